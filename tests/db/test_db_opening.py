"""What opening a store accepts and refuses, and that a refusal leaves the file alone."""

import hashlib
import multiprocessing
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from db_builders import actor, claim, version

from db import engine, migrate
from db.errors import DamagedStore, NewerStore, NotAStore, StoreBusy, StoreError, StoreNotWritable
from db.exchange.backup import backup
from db.revisions import count
from db.store import Store


def text_file(path: Path) -> None:
    path.write_text("Dear desk, here are my notes on the port of Nordhaven. " * 9)


def empty_file(path: Path) -> None:
    path.touch()


def short_file(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00")


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmark(url)")
    connection.close()


def folder(path: Path) -> None:
    path.mkdir()


def bare_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA application_id={engine.APPLICATION_ID}")
        connection.execute("CREATE TABLE bookmark(url)")
    connection.close()


def truncated(path: Path) -> None:
    migrate.create(path)
    os.truncate(path, path.stat().st_size - 4096)


def scribbled(path: Path) -> None:
    migrate.create(path)
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)


def newer(path: Path) -> None:
    migrate.create(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def dangling(path: Path) -> None:
    migrate.create(path)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO passage VALUES (1, 77, 0, 1, 'p', 'x')")
    connection.close()


@pytest.mark.parametrize(
    ("build", "refusal", "words"),
    [
        (text_file, NotAStore, "is not a Claim Workbench database"),
        (empty_file, NotAStore, "is empty"),
        (short_file, NotAStore, "is not a Claim Workbench database"),
        (other_database, NotAStore, "not one of Claim Workbench"),
        (folder, NotAStore, "is a folder"),
        (bare_database, NotAStore, "lacks what"),
        (truncated, DamagedStore, "shorter than it says"),
        (scribbled, DamagedStore, "is damaged"),
        (newer, NewerStore, "newer release"),
        (dangling, DamagedStore, "points nowhere"),
    ],
)
def test_what_is_no_good_store_is_refused_untouched(
    tmp_path: Path, build: Callable[[Path], None], refusal: type[StoreError], words: str
) -> None:
    path = tmp_path / "desk.db"
    build(path)
    before = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    with pytest.raises(refusal) as caught:
        Store.open(path, actor("Ada"), create=True)
    assert words in caught.value.message
    assert "desk.db" in caught.value.message
    assert caught.value.hint
    after = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    assert before == after
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_missing_file_is_made_only_on_request(tmp_path: Path) -> None:
    with pytest.raises(NotAStore, match="There is no database"):
        Store.open(tmp_path / "desk.db", actor("Ada"))
    assert list(tmp_path.iterdir()) == []
    with Store.open(tmp_path / "desk.db", actor("Ada"), create=True) as store, store.read() as session:
        assert count(session) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["desk.db"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreNotWritable, match="cannot be made"):
        Store.open(tmp_path / "none" / "desk.db", actor("Ada"), create=True)


def test_making_a_store_never_overwrites_one_made_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "desk.db"
    transact = migrate._transact

    def slow(part: Path, *, new: bool) -> None:
        transact(part, new=new)
        if not path.exists():
            path.write_text("somebody was faster")

    monkeypatch.setattr(migrate, "_transact", slow)
    migrate.create(path)
    assert path.read_text() == "somebody was faster"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_making_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(migrate, "run", fail)
    with pytest.raises(StoreNotWritable, match="does not take more data"):
        migrate.create(tmp_path / "desk.db")
    assert list(tmp_path.iterdir()) == []


def test_odd_characters_in_a_path_are_no_options(tmp_path: Path) -> None:
    path = tmp_path / "50% of ?mode=ro#desk ä.db"
    with Store.open(path, actor("Ada"), create=True) as store, store.write("Add an article") as unit:
        version(unit)
    assert path.exists()


def test_a_read_only_store_takes_no_writes_but_reads(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with Store.open(path, actor("Ada"), create=True) as store, store.write("Add an article") as unit:
        claim(unit, version(unit))
    before = path.read_bytes()
    with Store.open(path, actor("Ada"), read_only=True) as store:
        with store.read() as session:
            assert count(session) == 3
        with pytest.raises(StoreNotWritable, match="opened read-only"), store.write("Edit a claim"):
            pass
        with pytest.raises(StoreNotWritable, match="opened read-only"):
            store.undo()
        with pytest.raises(StoreNotWritable, match="opened read-only"), store.write_local():
            pass
    assert path.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreNotWritable):
            Store.open(tmp_path / "desk.db", actor("Ada"), create=True)
    finally:
        tmp_path.chmod(0o700)


def hold(path: str, ready: "multiprocessing.synchronize.Event", done: "multiprocessing.synchronize.Event") -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    ready.set()
    done.wait(30)
    connection.close()


def test_a_store_locked_by_another_process_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "desk.db"
    monkeypatch.setattr("db.engine.BUSY_SECONDS", 0.1)
    monkeypatch.setattr("db.exchange.backup.BUSY_SECONDS", 0.1)
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    with Store.open(path, actor("Ada"), create=True) as store:
        holder = context.Process(target=hold, args=(str(path), ready, done))
        holder.start()
        try:
            assert ready.wait(30)
            with pytest.raises(StoreBusy, match="in use by another program"), store.write("Add an article") as unit:
                version(unit)
            with pytest.raises(StoreBusy, match="in use by another program"):
                backup(path, tmp_path / "copy.db")
            assert not (tmp_path / "copy.db").exists()
        finally:
            done.set()
            holder.join(30)
        with store.write("Add an article") as unit:
            version(unit)


@pytest.mark.parametrize("backed_up_first", [False, True])
def test_what_a_crash_left_half_written_is_put_back(tmp_path: Path, *, backed_up_first: bool) -> None:
    path = tmp_path / "desk.db"
    with Store.open(path, actor("Ada"), create=True) as store, store.write("Add an article") as unit:
        version(unit)
    program = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size=1'); c.execute('BEGIN IMMEDIATE')\n"
        "for n in range(500): c.execute('INSERT INTO meta VALUES (?, ?)', (str(n), 'v' * 2000))\n"
        "os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, str(path)], check=False).returncode == 9
    assert path.with_name("desk.db-journal").stat().st_size > 0
    if backed_up_first:
        backup(path, tmp_path / "copy.db")
    with Store.open(path, actor("Ada")) as store, store.read() as session:
        assert count(session) == 2
    assert not path.with_name("desk.db-journal").exists()


def test_a_backup_is_complete_and_overwrites_nothing(tmp_path: Path) -> None:
    path, copy = tmp_path / "desk.db", tmp_path / "copy.db"
    with Store.open(path, actor("Ada"), create=True) as store:
        with store.write("Add an article") as unit:
            version(unit)
        backup(path, copy)
    with Store.open(copy, actor("Ada")) as store, store.read() as session:
        assert count(session) == 2
    with pytest.raises(StoreNotWritable, match="exists already"):
        backup(path, copy)
    assert sorted(found.name for found in tmp_path.iterdir()) == ["copy.db", "desk.db"]


def test_every_connection_gets_the_safe_settings(store: Store) -> None:
    wanted = {"foreign_keys": 1, "synchronous": 2, "mmap_size": 0, "trusted_schema": 0, "secure_delete": 1}
    with store.read() as session:
        connection = session.connection()
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
