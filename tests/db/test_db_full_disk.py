"""A disk that is full, on one that is tiny: refused in words, and nothing is left behind."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from db_builders import actor, document

from db import migrate
from db.errors import StoreNotWritable
from db.exchange.backup import backup
from db.exchange.inspect import inspect
from db.exchange.merge import merge
from db.exchange.pack import pack
from db.store import Store


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of 96 KiB: less than an empty store takes."""
    place = tmp_path / "tiny"
    place.mkdir()
    yield from _mounted(place, 96)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 KiB: room for one store with a little in it."""
    place = tmp_path / "small"
    place.mkdir()
    yield from _mounted(place, 600)


def _mounted(place: Path, kilobytes: int) -> Iterator[Path]:
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() != 0 or mount is None or umount is None:
        pytest.skip("only root may mount a tiny disk")
    command = [mount, "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a tiny disk cannot be mounted here")
    try:
        yield place
    finally:
        subprocess.run([umount, "-l", str(place)], check=True)


def filled(path: Path, documents: int = 40) -> Store:
    """A store with some text in it."""
    store = Store.open(path, actor("Ada"), create=True)
    with store.write_local() as session:
        for number in range(documents):
            document(session, f"Figures {number}", f"{number} tons were counted at the northern quay. " * 400)
    return store


def test_making_a_database_on_a_full_disk(tiny: Path) -> None:
    with pytest.raises(StoreNotWritable, match="does not take more data"):
        migrate.create(tiny / "desk.db")
    assert list(tiny.iterdir()) == []


@pytest.mark.parametrize("act", ["pack", "backup"])
def test_packing_and_backing_up_to_a_full_disk(tmp_path: Path, small: Path, act: str) -> None:
    with filled(tmp_path / "desk.db") as store:
        write = partial(pack, store, desk="Ada") if act == "pack" else partial(backup, store.path)
        with pytest.raises(StoreNotWritable, match="does not take more data") as caught:
            write(target=small / "out.db")
        assert str(small) in str(caught.value)
    assert list(small.iterdir()) == []


def test_packing_to_a_disk_that_takes_no_database(tmp_path: Path, tiny: Path) -> None:
    with filled(tmp_path / "desk.db", 1) as store, pytest.raises(StoreNotWritable, match="does not take more data"):
        pack(store, tiny / "out.pack", desk="Ada")
    assert list(tiny.iterdir()) == []


def test_merging_into_a_store_on_a_full_disk(tmp_path: Path, small: Path) -> None:
    with filled(tmp_path / "desk.db") as store:
        pack(store, tmp_path / "out.pack", desk="Ada")
    with Store.open(small / "desk.db", actor("Ben"), create=True) as taker:
        before = (small / "desk.db").read_bytes()
        with inspect(tmp_path / "out.pack") as foreign, pytest.raises(StoreNotWritable, match="does not take more"):
            merge(taker, foreign, preview=False)
    assert [path.name for path in small.iterdir()] == ["desk.db"]
    assert (small / "desk.db").read_bytes() == before
