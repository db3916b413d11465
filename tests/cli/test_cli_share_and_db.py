"""Sharing files and looking after the database."""

import hashlib
import sqlite3
from pathlib import Path

import pytest
from cli_desk import CommandLine

OPENING = "confirmed on Sunday that 31 Kestrian citizens"


@pytest.fixture
def other(tmp_path: Path) -> CommandLine:
    """A second, empty desk."""
    return CommandLine(tmp_path / "other", "Ben Holt")


def test_a_share_is_packed_looked_into_and_merged(desk: CommandLine, other: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "share.db"
    packed = desk.ok("share", "pack", target)
    assert packed.out.split()[0] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert "packed 39 documents" in packed.err
    other.ok("source", "add", "Something of their own")
    seen = other.ok("share", "inspect", target, "--format", "json").json
    assert (seen["is_pack"], seen["documents"], seen["authors"]) == (True, 39, ["Ana Brook"])
    assert "39 with" in other.ok("share", "inspect", target).out
    preview = other.ok("share", "merge", target, "--preview", "--format", "json").json
    assert other.ok("article", "list", "--format", "json").json["articles"] == []
    merged = other.ok("share", "merge", target, "--format", "json").json
    assert preview | {"preview": False} == merged
    assert merged["new_documents"] == 39
    assert other.claims() == desk.claims()
    assert other.ok("share", "merge", target, "--format", "json").json["changes_nothing"]
    assert "nothing, all of it was known" in other.ok("share", "merge", target).out


def test_merging_makes_the_first_database(desk: CommandLine, other: CommandLine, tmp_path: Path) -> None:
    desk.ok("share", "pack", tmp_path / "share.db")
    other.ok("share", "merge", tmp_path / "share.db")
    assert other.article() == desk.article()


def test_what_is_confidential_stays(desk: CommandLine, other: CommandLine, tmp_path: Path) -> None:
    claim = desk.claim(OPENING)["id"]
    desk.ok("cite", claim, "sample-harbour-log", "--stance", "context", "--role", "primary")
    desk.ok("evidence", "mark", "sample-harbour-log", "confidential")
    packed = desk.ok("share", "pack", tmp_path / "share.db", "--even-quoting", "--format", "json").json
    assert packed["withheld_documents"] == 2
    other.ok("share", "merge", tmp_path / "share.db")
    assert other("evidence", "show", "sample-harbour-log").code == 3


def test_packing_never_overwrites(desk: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "there"
    target.write_text("mine", encoding="utf-8")
    assert desk("share", "pack", target).code == 3
    assert target.read_text(encoding="utf-8") == "mine"


def test_info_check_backup_and_upgrade(desk: CommandLine, tmp_path: Path) -> None:
    info = desk.ok("db", "info", "--format", "json").json
    assert (info["articles"], info["documents"], info["conflicts"]) == (1, 40, 0)
    assert "documents" in desk.ok("db", "info").out
    assert "is whole" in desk.ok("db", "check").err
    assert desk.ok("db", "check", "--format", "json").json["problems"] == []
    copy = tmp_path / "copy.db"
    desk.ok("db", "backup", copy)
    assert desk.ok("--db", copy, "db", "info", "--format", "json").json["revisions"] == info["revisions"]
    assert desk("db", "backup", copy).code == 3
    assert "has schema" in desk.ok("db", "upgrade").err


def test_a_changed_row_is_found_and_the_answer_is_no(desk: CommandLine) -> None:
    claim = desk.claim(OPENING)["id"]
    desk.ok("verdict", "record", claim, "--level", "wrong")
    with sqlite3.connect(desk.db) as connection:
        connection.execute("UPDATE verdict SET level = 'confirmed'")
    connection.close()
    result = desk("db", "check")
    assert result.code == 1
    assert "damage" in result.out
    assert desk("db", "check", "--format", "json").json["problems"][0]["severity"] == "damage"
    assert desk("doctor").code == 1


def test_a_damaged_file_that_does_not_open_is_examined(desk: CommandLine) -> None:
    with sqlite3.connect(desk.db) as connection:
        connection.execute("UPDATE verdict SET claim_id = ''")
        connection.execute("UPDATE document SET title = 'Another' WHERE id IN (1, 2)")
        connection.execute("DELETE FROM document WHERE id = 3")
        connection.execute("DELETE FROM alembic_version")
    connection.close()
    before = desk.db.read_bytes()
    assert desk("claims", "x").code == 4
    result = desk("db", "check", "--format", "json")
    assert result.code == 1
    told = " ".join(problem["message"] for problem in result.json["problems"])
    for words in ("which release", "Document 1 ", "Document 2 ", "points to a document that is not there"):
        assert words in told
    assert desk.db.read_bytes() == before


def test_checking_what_is_no_database_is_refused(desk: CommandLine, tmp_path: Path) -> None:
    assert desk("--db", tmp_path / "none.db", "db", "check").code == 4
    assert not (tmp_path / "none.db").exists()
    with sqlite3.connect(desk.db) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert (desk("db", "check").code, "newer release" in desk("db", "check").err) == (4, True)


def test_a_database_address_is_told_without_its_password(line: CommandLine) -> None:
    for address in ("postgres://ana:hush@host/desk", "postgres://ana:hu@sh@host/desk"):
        result = line("--db", address, "claims", "x")
        assert result.code == 2
        assert "host/desk" in result.err
        assert "hu" not in result.err.replace("the", "")
    empty = line("--db", "", "article", "list")
    assert (empty.code, "is empty" in empty.err) == (2, True)


def test_quoting_what_stays_is_a_no(desk: CommandLine, tmp_path: Path) -> None:
    claim = desk.claim(OPENING)["id"]
    words = "fire protection at the fuel terminal next to our leased berths is not in working order"
    desk.ok("verdict", "record", claim, "--level", "wrong", "--rationale", words)
    refused = desk("share", "pack", tmp_path / "share.db")
    assert refused.code == 1
    assert f"the rationale of the verdict on claim …{claim[-6:]}" in refused.err
    report = desk("report", desk.article())
    assert (report.code, report.out) == (3, "")
    assert "(rationale)" in report.err
    assert words in " ".join(desk.ok("report", desk.article(), "--even-quoting").out.split())


def test_a_foreign_file_that_is_refused_is_refused_input(desk: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("notes")
    assert desk("share", "merge", tmp_path / "notes.db").code == 3


def test_reading_only_changes_nothing(desk: CommandLine) -> None:
    claim = desk.claim(OPENING)["id"]
    desk.ok("--read-only", "claims", desk.article())
    for arguments in (
        ("undo",),
        ("verdict", "record", claim, "--level", "wrong"),
        ("article", "withdraw", desk.article()),
    ):
        result = desk(*arguments, "--read-only")
        assert (result.code, "read-only" in result.err) == (4, True)
    assert desk.claim(OPENING)["verdicts"] == []
