"""Silent damage is seen: whatever is changed behind the store's back, the check names the row."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from db_builders import MakeStore, actor, cite, claim, cut, document, handle, send, source, verdict, version

from db.errors import NotAStore
from db.exchange.check import Severity, check
from db.store import Store
from db.vocabulary import Confidentiality, Kind


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with something in most tables."""
    path = tmp_path_factory.mktemp("template") / "desk.db"
    with Store.open(path, actor("Ada"), create=True) as store:
        with store.write_local() as session:
            contents = [document(session, f"Figures of the port {part}", external_id=f"x{part}") for part in range(4)]
        with store.write("Add an article") as unit:
            versioned = version(unit)
            target = claim(unit, versioned)
            for content in contents:
                cite(unit, target, content)
            verdict(unit, target, "true", "The authority says so.")
            source(unit, "Courier")
            cut(unit, versioned, 20)
            handle(unit, contents[0], Confidentiality.INTERNAL)
        with store.write("Edit") as unit:
            verdict(unit, target, "false", "It does not say so after all.")
            unit.journal.record(Kind.CLAIM, claim(unit, versioned, "Nobody objected."), None)
    return path


@pytest.fixture
def full(template: Path, tmp_path: Path) -> Path:
    """A copy of it to damage."""
    return Path(shutil.copy(template, tmp_path / "desk.db"))


def edit(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints=ON")
    assert connection.execute(statement).rowcount != 0
    connection.close()


def damage(path: Path) -> list[str]:
    return [problem.message for problem in check(path) if problem.severity is Severity.DAMAGE]


def test_a_sound_store_has_no_problems_and_stays_untouched(full: Path) -> None:
    before = full.read_bytes()
    assert check(full) == []
    assert full.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE claim SET wording = 'The port handled 9.9 million tons.' WHERE withdrawn = 0", ("Claim", "wording")),
        ("UPDATE claim SET withdrawn = 0 WHERE withdrawn = 1", ("Claim", "withdrawn")),
        ("UPDATE verdict SET level = 'true'", ("Verdict", "level")),
        ("UPDATE verdict SET author = 'Eve'", ("Verdict", "author")),
        ("UPDATE citation SET stance = 'refutes' WHERE rowid = 1", ("Citation", "stance")),
        ("DELETE FROM citation WHERE rowid = 2", ("Citation", "is missing")),
        ("INSERT INTO meta SELECT 'a', 'b'; ", ()),
        ("UPDATE handling SET confidentiality = 'public'", ("Handling", "confidentiality")),
        ("UPDATE unit SET end_offset = end_offset - 1 WHERE start_offset = 0", ("Unit", "end_offset")),
        ("DELETE FROM unit WHERE start_offset = 20", ("Unit", "is missing")),
        ("DELETE FROM cut", ("Cut", "is missing")),
        ("DELETE FROM head WHERE rowid = 1", ("Head", "is missing")),
        ("INSERT INTO head SELECT 'nothing', rid FROM head LIMIT 1", ("Head", "no decision says so")),
        ("UPDATE passage SET text = replace(text, 'every', 'eVery') WHERE id = 3", ("Document 2", "its text was changed")),
        ("UPDATE passage SET end_offset = end_offset + 1 WHERE id = 3", ("Document 2", "passage 3", "gap or overlap")),
        ("DELETE FROM passage WHERE id = 4", ("Document 2", "its text was changed")),
        ("UPDATE document SET title = 'Other figures' WHERE id = 3", ("Document 3", "its title, source")),
        ("UPDATE document SET authors = '[]' WHERE id = 3", ("Document 3", "its title, source")),
        ("UPDATE document SET authors = 'x' WHERE id = 3", ("Document 3", "its title, source")),
        ("UPDATE document SET url = 'https://evil.example' WHERE id = 3", ("Document 3", "its title, source")),
        ("UPDATE document SET characters = 5 WHERE id = 3", ("Document 3", "its text was changed")),
        ("UPDATE passage SET text = x'00ff' WHERE id = 3", ("Document 2", "another type")),
        ("DELETE FROM document WHERE id = 3", ("points to a document",)),
        ("UPDATE revision SET body = replace(body, '\"false\"', '\"mixed\"') WHERE kind = 'verdict'",
         ("Revision 12", "verdict", "does not give its identifier")),
        ("UPDATE revision SET body = replace(body, '}', ' }') WHERE number = 5", ("Revision 5", "not in canonical form")),
        ("UPDATE revision SET body = x'ff' WHERE number = 5", ("Revision 5", "cannot be read")),
        ("UPDATE revision SET author = 'Eve' WHERE number = 5", ("Revision 5", "shows another author")),
        ("UPDATE revision SET at = '2020-01-01T00:00:00.000000Z' WHERE number = 5", ("Revision 5", "shows another at")),
        ("UPDATE revision SET rid = upper(rid) WHERE number = 5", ("Revision 5", "does not give its identifier")),
        ("DELETE FROM revision WHERE kind = 'source'", ("Source", "no decision says so")),
        ("DELETE FROM revision_parent", ("What revision", "is recorded otherwise")),
        ("UPDATE verdict SET decided_at = 'yesterday'", ("Verdict", "decided_at")),
        ("UPDATE claim SET relation = 'rumour'", ("Claim", "relation")),
        ("UPDATE article_version SET text = text || ' More.'", ("Article version", "shows another text")),
        ("CREATE TRIGGER t AFTER INSERT ON claim BEGIN DELETE FROM verdict; END", ("table, index or view t",)),
        ("DROP INDEX ix_claim_version_id_start_offset", ("ix_claim_version_id_start_offset",)),
    ],
)  # fmt: skip
def test_every_edit_behind_our_back_is_named(full: Path, statement: str, words: tuple[str, ...]) -> None:
    edit(full, statement)
    found = damage(full)
    if not words:
        assert found == []
        return
    assert any(all(word in message for word in words) for message in found), found
    assert all("\n" not in message for message in found)


def test_an_index_of_words_that_does_not_fit_is_named(full: Path) -> None:
    edit(full, "INSERT INTO passage_fts(passage_fts) VALUES ('delete-all')")
    assert any("The index of words does not fit" in message for message in damage(full))


def test_flipped_bytes_in_what_people_wrote_are_seen(full: Path, tmp_path: Path) -> None:
    sound = full.read_bytes()
    target = tmp_path / "flipped.db"
    chance = random.Random(7)  # noqa: S311
    for words in (
        b"It does not say so after all.", b"The authority says so.", b"The port handled 4.2 million tons.", b"published the figures",
        b'"level":"false"', b"Figures of the port 2", b"Nobody objected.",
    ):  # fmt: skip
        places = [place for place in range(len(sound)) if sound.startswith(words, place)]
        assert places
        for place in places:
            flipped = bytearray(sound)
            flipped[place + chance.randrange(len(words))] ^= 1 << chance.randrange(5)
            target.write_bytes(flipped)
            assert damage(target), (words, place)


def test_a_file_cut_off_in_the_middle_is_reported_or_refused(full: Path, tmp_path: Path) -> None:
    target = tmp_path / "cut.db"
    content = full.read_bytes()
    target.write_bytes(content[: len(content) // 2])
    assert damage(target)
    target.write_bytes(b"no database " * 100)
    with pytest.raises(NotAStore):
        check(target)


def test_gaps_and_what_was_withheld_are_notes(make: MakeStore, tmp_path: Path) -> None:
    ada, ben = make("Ada"), make("Ben")
    with ada.write_local() as session:
        content = document(session, "Figures", confidentiality=Confidentiality.CONFIDENTIAL)
    with ada.write("Cite") as unit:
        cite(unit, claim(unit, version(unit)), content)
        source(unit, "Courier")
    send(ada, ben, tmp_path)
    problems = check(ben.path)
    assert [problem.severity for problem in problems] == [Severity.NOTE]
    assert problems[0].message == f"1 decisions of device {ada.actor.device} are not in this file."
    assert check(ada.path) == []
