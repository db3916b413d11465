"""Files from outside that are broken or made to harm: each is refused in one sentence, or gives the data it claims to be."""

import hashlib
import random
import tempfile
import time
from pathlib import Path

import pytest
from db_builders import MakeStore, actor, cite, claim, document, verdict, version
from db_harms import REFUSED, sql

from db import projection
from db.engine import APPLICATION_ID
from db.errors import ForeignFileRefused, NewerStore, StoreError
from db.exchange import quarantine
from db.exchange.foreign import ForeignStore
from db.exchange.inspect import inspect
from db.exchange.merge import merge
from db.exchange.pack import pack
from db.identity import sha256
from db.store import Store


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an honest pack."""
    folder = tmp_path_factory.mktemp("sample")
    with Store.open(folder / "desk.db", actor("Ada"), create=True) as store:
        with store.write_local() as session:
            contents = [
                document(session, f"Figures of the port, part {part}", external_id=f"x{part}") for part in range(3)
            ]
        with store.write("Add an article") as unit:
            target = claim(unit, version(unit))
            for content in contents:
                cite(unit, target, content)
            verdict(unit, target, "true", "The authority's own figures say so.")
        pack(store, folder / "desk.pack", desk="Ada's desk")
    return (folder / "desk.pack").read_bytes()


@pytest.fixture
def path(sample: bytes, tmp_path: Path) -> Path:
    """An honest pack in a file."""
    target = tmp_path / "foreign.pack"
    target.write_bytes(sample)
    return target


@pytest.fixture(autouse=True)
def no_leftovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Private copies go to a folder of the test and are gone at its end."""
    folder = tmp_path / "private"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


def fingerprint(path: Path) -> object:
    if path.is_symlink() or not path.is_file():
        return None
    status = path.stat()
    return (
        status.st_mtime_ns,
        status.st_size,
        hashlib.sha256(path.read_bytes()).hexdigest() if status.st_size < 10**9 else "",
    )


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_one_sentence_and_untouched(path: Path, name: str) -> None:
    harm, words = REFUSED[name]
    harm(path)
    before = fingerprint(path)
    started = time.monotonic()
    with pytest.raises(ForeignFileRefused if name != "newer schema" else NewerStore) as caught:
        inspect(path)
    assert time.monotonic() - started < 10
    assert words in caught.value.message
    assert caught.value.message.count("\n") == 0
    assert len(caught.value.message) < 300
    assert caught.value.hint
    assert fingerprint(path) == before


def test_an_honest_pack_passes(path: Path) -> None:
    before = fingerprint(path)
    with inspect(path) as foreign:
        assert (foreign.contents.documents, foreign.contents.passages, foreign.contents.revisions) == (3, 6, 7)
        assert (foreign.contents.desk, foreign.contents.is_pack) == ("Ada's desk", True)
        assert (foreign.contents.authors, foreign.contents.forked) == (("Ada",), ())
        assert foreign.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert foreign.size == path.stat().st_size
    assert fingerprint(path) == before


def test_a_file_over_the_limit_is_refused_before_it_is_copied(path: Path) -> None:
    with pytest.raises(ForeignFileRefused, match="is larger than 0 MB"):
        inspect(path, limit=path.stat().st_size - 1)


def test_a_file_that_takes_too_long_is_given_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "STEPS", 1)
    with pytest.raises(ForeignFileRefused, match="takes too long"):
        inspect(path, seconds=-1)


def test_the_store_that_is_open_here_is_not_even_opened(make: MakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store = make("Ada")
    monkeypatch.setattr(quarantine.os, "open", lambda *_: pytest.fail("was opened"))
    with pytest.raises(ForeignFileRefused, match="is the database that is open here"):
        inspect(store.path, own=store.path)


def test_a_file_that_grows_while_it_is_copied_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = quarantine._copy

    def grow(*arguments: object) -> object:
        with path.open("ab") as file:
            file.write(b"more")
        return copy(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(quarantine, "_copy", grow)
    with pytest.raises(ForeignFileRefused, match="changed while it was read"):
        inspect(path)


def test_views_triggers_and_unknown_names_are_denied_while_reading(path: Path) -> None:
    sql(
        "CREATE VIEW evil AS SELECT * FROM meta", "CREATE TABLE other(a)",
        "DROP TABLE draft", "CREATE VIEW draft AS SELECT * FROM meta",
    )(path)  # fmt: skip
    kept = quarantine.take_in(path)
    for statement in (
        "SELECT * FROM evil", "SELECT * FROM draft", "SELECT * FROM other", "SELECT load_extension('x')", "SELECT writefile('x', 'y')",
        "SELECT upper(value) FROM meta", "PRAGMA writable_schema=ON", "ATTACH 'x' AS y", "DELETE FROM meta", "CREATE TABLE z(a)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n", "SELECT * FROM passage_words",
    ):  # fmt: skip
        with pytest.raises(ForeignFileRefused), kept.reading() as connection:
            connection.execute(statement)
    with kept.reading() as connection:
        assert connection.execute("SELECT count(*) FROM meta").fetchone()[0] > 0
    kept.close()


def test_a_version_whose_text_changed_is_not_merged(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    with ada.write("Add an article") as unit:
        entity = version(unit, "The first text of the article stands here.")
    pack(ada, tmp_path / "one.pack", desk="Ada")
    with inspect(tmp_path / "one.pack") as foreign:
        merge(ben, foreign, preview=False)
    with ada.write("Change the text") as unit:
        text = "Another text of the same version stands here now."
        row = projection.rows(unit.session)["article_version"][0]
        data = {name: row[name] for name in ("article_id", "ordinal", "units")}
        unit.journal.append(
            projection.Kind.VERSION, entity, {**data, "text": text, "text_hash": sha256(text.encode())}, [row["rid"]]
        )
    pack(ada, tmp_path / "two.pack", desk="Ada")
    with ben.read() as session:
        before = projection.rows(session)
    with inspect(tmp_path / "two.pack") as foreign, pytest.raises(ForeignFileRefused, match="changes the text"):
        merge(ben, foreign, preview=False)
    with ben.read() as session:
        assert projection.rows(session) == before


def everything(foreign: ForeignStore) -> object:
    return foreign.contents, list(foreign.revisions(set())), list(foreign.documents())


def refused(path: Path) -> bool:
    """Whether inspection refuses a file, which it must do in words."""
    try:
        inspect(path).close()
    except StoreError as error:
        return bool(error.message)
    return False


def test_random_damage_is_refused_or_harmless(sample: bytes, tmp_path: Path, make: MakeStore) -> None:
    path = tmp_path / "mutant.pack"
    path.write_bytes(sample)
    with inspect(path) as foreign:
        original = everything(foreign)
        merge(make("reference"), foreign, preview=False)
    chance = random.Random(20240506)  # noqa: S311
    accepted = 0
    for number in range(200):
        mutant = bytearray(sample)
        for _ in range(chance.choice([1, 1, 2, 8, 64])):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        path.write_bytes(mutant)
        if refused(path):
            continue
        accepted += 1
        with inspect(path) as foreign:
            assert everything(foreign) == original
            if accepted <= 4:
                merge(make(f"desk{number}"), foreign, preview=False)
                with make("reference").read() as mine, make(f"desk{number}").read() as theirs:
                    assert projection.rows(mine) == projection.rows(theirs)
    assert 0 < accepted < 200


def test_the_sample_is_marked_as_ours(sample: bytes) -> None:
    assert int.from_bytes(sample[68:72], "big") == APPLICATION_ID
