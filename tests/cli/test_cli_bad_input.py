"""Bad input: each kind gets its exit code and a sentence, and nothing is half written."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_desk import NASTY, CommandLine

Make = Callable[[Path, Path], Path]


def _text(content: bytes) -> Make:
    def make(folder: Path, _sample: Path) -> Path:
        target = folder / "given"
        target.write_bytes(content)
        return target

    return make


def _missing(folder: Path, _sample: Path) -> Path:
    return folder / "missing"


def _folder(folder: Path, _sample: Path) -> Path:
    target = folder / "a-folder"
    target.mkdir()
    return target


def _sqlite(folder: Path, _sample: Path) -> Path:
    target = folder / "other.db"
    connection = sqlite3.connect(target)
    connection.execute("CREATE TABLE notes(text)")
    connection.commit()
    connection.close()
    return target


def _changed(folder: Path, sample: Path, *statements: str) -> Path:
    target = folder / "changed.db"
    target.write_bytes((sample / "data" / "desk.db").read_bytes())
    connection = sqlite3.connect(target)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return target


def _newer(folder: Path, sample: Path) -> Path:
    return _changed(folder, sample, "UPDATE alembic_version SET version_num = '9999'")


def _truncated(folder: Path, sample: Path) -> Path:
    target = folder / "truncated.db"
    whole = (sample / "data" / "desk.db").read_bytes()
    target.write_bytes(whole[: len(whole) // 2])
    return target


def _link_loop(folder: Path, _sample: Path) -> Path:
    target = folder / "loop"
    target.symlink_to(target)
    return target


DATABASES: list[tuple[str, Make, str]] = [
    ("missing", _missing, "There is no database"),
    ("folder", _folder, "is a folder"),
    ("empty", _text(b""), "is empty"),
    ("text", _text(b"The bridge was opened in 1997.\n" * 20), "not a Claim Workbench database"),
    ("another program's", _sqlite, "not one of Claim Workbench"),
    ("newer", _newer, "newer release"),
    ("truncated", _truncated, "shorter than it says"),
]


@pytest.mark.parametrize(("make", "sentence"), [item[1:] for item in DATABASES], ids=[item[0] for item in DATABASES])
@pytest.mark.parametrize(
    "command", [("article", "list"), ("match", "--text", "x"), ("undo",), ("db", "check")], ids=" ".join
)
def test_a_file_that_is_no_database_of_ours(
    line: CommandLine, tmp_path: Path, sample_home: Path, make: Make, sentence: str, command: tuple[str, ...]
) -> None:
    given = make(tmp_path, sample_home)
    before = given.read_bytes() if given.is_file() else None
    names = {item.name for item in tmp_path.iterdir()}
    result = line("--db", given, *command)
    if make is _truncated and command == ("db", "check"):
        assert (result.code, sentence in " ".join(result.out.split())) == (1, True)
        return
    assert (result.code, result.out) == (4, "")
    assert sentence in result.err
    assert result.err.count("\n") == 1
    assert (given.read_bytes() if given.is_file() else None) == before
    assert {item.name for item in tmp_path.iterdir()} - {"home"} == names - {"home"}


FILES: list[tuple[str, Make, str]] = [
    ("missing", _missing, "missing"),
    ("folder", _folder, "is a folder"),
    ("empty", _text(b""), "given"),
    ("white", _text(b" \n\t\n"), "given"),
    ("binary", _text(bytes(range(256)) * 8), "given"),
    ("loop", _link_loop, "loop"),
]


@pytest.mark.parametrize(("make", "sentence"), [item[1:] for item in FILES], ids=[item[0] for item in FILES])
@pytest.mark.parametrize("command", [("split",), ("article", "add")], ids=" ".join)
def test_a_file_that_cannot_be_taken_in(
    line: CommandLine, tmp_path: Path, sample_home: Path, make: Make, sentence: str, command: tuple[str, ...]
) -> None:
    result = line(*command, make(tmp_path, sample_home))
    assert (result.code, result.out) == (3, "")
    assert sentence in result.err
    assert result.err.count("\n") == 1
    assert not line.db.exists()


@pytest.mark.parametrize("make", [_missing, _folder, _link_loop, _text(b"{"), _text(b"[1]"), _text(b'{"sources": 3}')])
def test_a_list_of_sources_that_is_none(line: CommandLine, tmp_path: Path, sample_home: Path, make: Make) -> None:
    result = line("source", "import", make(tmp_path, sample_home))
    assert (result.code, result.out) == (3, "")
    assert result.err.count("\n") == 1
    assert not line.db.exists() or line.ok("source", "list", "--format", "json").json == {"sources": []}


def test_nothing_is_added_where_one_of_the_paths_is_wrong(line: CommandLine, tmp_path: Path) -> None:
    result = line("evidence", "add", NASTY / "crlf.txt", tmp_path / "missing.txt")
    assert (result.code, "missing.txt" in result.err, line.db.exists()) == (3, True, False)


@pytest.mark.parametrize("make", [_missing, _folder, _link_loop])
@pytest.mark.parametrize("command", [("evidence", "import"), ("match", "--queries")], ids=" ".join)
def test_rows_that_cannot_be_read(
    reader: CommandLine, tmp_path: Path, sample_home: Path, make: Make, command: tuple[str, ...]
) -> None:
    result = reader(*command, make(tmp_path, sample_home))
    assert (result.code, result.out) == (3, "")


@pytest.mark.parametrize(
    "name", ["rows-broken.jsonl", "rows-empty.jsonl", "rows-duplicate.jsonl", "rows-crlf-bom.jsonl"]
)
def test_dirty_rows_never_crash(line: CommandLine, name: str) -> None:
    result = line("evidence", "import", NASTY / name, "--format", "json")
    assert result.code in (0, 1, 3)
    report = result.json
    assert line.ok("evidence", "list", "--format", "json").json["count"] == report["added"]


SHARES: list[tuple[str, Make]] = [(name, make) for name, make, _ in DATABASES]


@pytest.mark.parametrize("make", [item[1] for item in SHARES], ids=[item[0] for item in SHARES])
@pytest.mark.parametrize(
    "command", [("share", "inspect"), ("share", "merge"), ("share", "merge", "--preview")], ids=" ".join
)
def test_a_share_that_is_none(
    reader: CommandLine, tmp_path: Path, sample_home: Path, make: Make, command: tuple[str, ...]
) -> None:
    before = reader.db.read_bytes()
    result = reader(*command, make(tmp_path, sample_home))
    assert (result.code, result.out) == (4 if make is _newer else 3, "")
    assert result.err.count("\n") == 1
    assert reader.db.read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [
        ("claims",),
        ("claims", "x", "--status", "nonsense"),
        ("claims", "x", "--format", "xml"),
        ("article", "add", "x", "--date", "yesterday"),
        ("article", "add", "x", "--format", "pdf"),
        ("article", "edit", "x"),
        ("claim", "split", "x", "--at", "three"),
        ("evidence", "add"),
        ("evidence", "add", "-", "."),
        ("evidence", "list", "--limit", "0"),
        ("evidence", "mark", "1", "secret"),
        ("source", "edit", "x"),
        ("cite", "x", "1", "--stance", "refutes"),
        ("cite", "x", "1", "--stance", "refutes", "--role", "primary", "--start", "3"),
        ("cite", "x", "1", "--stance", "refutes", "--role", "primary", "--start", "3", "--end", "4", "--quote", "y"),
        ("verdict", "record", "x"),
        ("verdict", "nonsense"),
        ("review", "record", "x", "--outcome", "perhaps"),
        ("report", "x", "--format", "docx"),
        ("history", "--limit", "many"),
        ("--nonsense",),
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_in_one_line_and_touches_nothing(line: CommandLine, command: tuple[str, ...]) -> None:
    result = line(*command)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("workbench: ")
    assert result.err.count("\n") == 1
    assert "--help" in result.err
    assert not line.db.exists()


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("claims", "zzzz"), "There is no article"),
        (("article", "show", "ab"), "too short"),
        (("article", "withdraw", "zzzz"), "There is no article"),
        (("claim", "show", "zzzz"), "There is no claim"),
        (("verdict", "record", "zzzz", "--level", "wrong"), "There is no claim"),
        (("cite", "zzzz", "1", "--stance", "refutes", "--role", "primary"), "There is no claim"),
        (("citation", "withdraw", "zzzz"), "There is no citation"),
        (("evidence", "show", "999"), "There is no document"),
        (("source", "show", "Nobody at all"), "There is no source"),
        (("report", "zzzz"), "There is no article"),
    ],
    ids=lambda item: " ".join(item) if isinstance(item, tuple) else "",
)
def test_what_is_not_there_is_named(reader: CommandLine, command: tuple[str, ...], sentence: str) -> None:
    result = reader(*command)
    assert (result.code, result.out) == (3, "")
    assert sentence in result.err
    assert result.err.count("\n") == 1


def test_a_database_in_a_synchronised_folder_is_refused_with_what_to_do(line: CommandLine, tmp_path: Path) -> None:
    sync = tmp_path / "sync"
    (sync / ".stfolder").mkdir(parents=True)
    story = tmp_path / "story.md"
    story.write_text("# Quay\n\nThe quay is long.\n", encoding="utf-8")
    db = sync / "case.db"
    refused = line("--db", db, "article", "add", story)
    assert refused.code == 4
    assert "synchronised (Syncthing" in refused.err
    assert "share pack" in refused.err
    assert not db.exists()
    found = line("--db", db, "doctor", "--format", "json").json["findings"]
    assert [item["state"] for item in found if item["name"] == "place"] == ["problem"]
    line.ok("--even-shared-folder", "--db", db, "article", "add", story)
    assert line("--db", db, "article", "list").code == 4
    line.ok("article", "list", "--db", db, "--even-shared-folder")
    line.ok("--even-shared-folder", "--db", db, "db", "backup", tmp_path / "copy.db")
    line.ok("--db", tmp_path / "copy.db", "share", "pack", sync / "from-us.db")
    assert line("--db", tmp_path / "copy.db", "share", "merge", sync / "from-us.db").code == 0, "shares go through"
