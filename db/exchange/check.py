"""Looking for damage in a store: every promise that the file makes is held against what is in it.

SQLite keeps no checksum of its pages, so a flipped bit can change a verdict and pass SQLite's own checks. The hashes of
revisions and documents see it, and the ordinary tables are computed anew from the revisions and compared.
"""

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from db.engine import connect_arguments, make_engine
from db.errors import DamagedStore, RevisionRefused
from db.exchange.backup import copy_pages
from db.exchange.reading import REVISION, moment_text
from db.exchange.received import problems as received_problems
from db.exchange.schema import known_schema, read_schema
from db.identity import document_hash, sha256
from db.kinds import KINDS
from db.projection import rebuild
from db.revisions import parents_of, parse
from db.search.checking import unfitting

Row = dict[str, Any]

_KEYS = {"unit": ("version_id", "start_offset"), "head": ("entity", "rid")}
_PROJECTED = [*(str(table.__tablename__) for _, table in KINDS.values()), "unit", "head"]


class Severity(StrEnum):
    """Whether something is broken, or only worth knowing."""

    DAMAGE = "damage"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding as a plain sentence that names the row. It may hold text from the file: show control characters visibly."""

    severity: Severity
    message: str


def check(path: Path) -> list[Problem]:
    """Everything that is wrong with a store, damage before notes; nothing where all is well.

    Works on a private copy, which takes as much room in the temporary folder: the store stays usable and is never
    written. Raises NotAStore, StoreBusy or StoreNotWritable where there is nothing to look at.
    """
    with tempfile.TemporaryDirectory(prefix="claim-workbench-") as folder:
        copy = Path(folder) / "copy.db"
        copy.touch(mode=0o600)
        try:
            copy_pages(path, copy)
        except DamagedStore as error:
            return [_damage(error.message)]
        connection = sqlite3.connect(connect_arguments(copy, read_only=False), uri=True, isolation_level=None)
        connection.text_factory = _decode
        try:
            found = list(_check(connection, copy))
        finally:
            connection.close()
    return sorted(found, key=lambda problem: problem.severity)


def _decode(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _damage(message: str) -> Problem:
    return Problem(Severity.DAMAGE, message)


def _check(connection: sqlite3.Connection, copy: Path) -> Iterator[Problem]:
    steps = (_pages, _schema, _revisions, _parents, _documents, _snapshots, _full_text, _search, _copies, _chains)
    for step in steps:
        try:
            yield from step(connection)
        except (sqlite3.Error, TypeError) as error:
            yield _damage(f"The file cannot be read everywhere: {error}.")
    try:
        yield from _projection(connection, copy)
        yield from _units(connection)
    except sqlite3.Error as error:
        yield _damage(f"The ordinary tables cannot be compared with the decisions: {error}.")


def _pages(connection: sqlite3.Connection) -> Iterator[Problem]:
    for (answer,) in connection.execute("PRAGMA integrity_check(20)"):
        if answer != "ok":
            yield _damage(f"SQLite finds: {answer}.")
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield _damage(f"Row {row} of {table} points to a {parent} that is not there.")


def _schema(connection: sqlite3.Connection) -> Iterator[Problem]:
    for name in sorted({row[1] for row in set(read_schema(connection)) ^ known_schema()}):
        yield _damage(f"The table, index or view {name} is not as this release makes it.")


def _rows(connection: sqlite3.Connection, query: str) -> Iterator[Row]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def _revisions(connection: sqlite3.Connection) -> Iterator[Problem]:
    names = [column.name for column in REVISION]
    for row in _rows(connection, "SELECT * FROM revision ORDER BY number"):
        who = f"Revision {row['number']} ({str(row['rid'])[:12]}, {row['kind']} {row['entity']})"
        try:
            revision, _ = parse(str(row["body"]))
        except RevisionRefused as error:
            yield _damage(f"{who} cannot be read: {error.message}")
            continue
        expected = {name: getattr(revision, name) for name in names}
        expected.update(kind=revision.kind.value, at=moment_text(revision.at))
        if revision.rid != row["rid"]:
            yield _damage(f"{who} was changed: its content does not give its identifier.")
            continue
        wrong = [name for name in names if row[name] != expected[name]]
        if wrong:
            yield _damage(f"{who} shows another {', '.join(wrong)} than its content says.")


def _parents(connection: sqlite3.Connection) -> Iterator[Problem]:
    stored = {(row["rid"], row["parent"]) for row in _rows(connection, "SELECT rid, parent FROM revision_parent")}
    said: set[tuple[Any, Any]] = set()
    for row in _rows(connection, "SELECT rid, body FROM revision"):
        try:
            said.update((row["rid"], parent) for parent in parents_of(row["body"]))
        except (ValueError, KeyError, TypeError):
            continue
    for rid, _ in sorted(stored ^ said, key=repr):
        yield _damage(f"What revision {str(rid)[:12]} replaces is recorded otherwise than its content says.")


def _documents(connection: sqlite3.Connection) -> Iterator[Problem]:
    passages = _rows(connection, "SELECT * FROM passage ORDER BY document_id, start_offset")
    piece = next(passages, None)
    for row in _rows(connection, "SELECT * FROM document ORDER BY id"):
        pieces: list[Row] = []
        while piece is not None and piece["document_id"] <= row["id"]:
            if piece["document_id"] == row["id"]:
                pieces.append(piece)
            piece = next(passages, None)
        try:
            yield from _document(row, pieces)
        except (TypeError, AttributeError):
            yield _damage(f"Document {row['id']} or one of its passages holds values of another type.")


def _document(row: Row, pieces: list[Row]) -> Iterator[Problem]:
    who = f"Document {row['id']} ({str(row['content_hash'])[:12]})"
    where = 0
    for piece in pieces:
        if piece["start_offset"] != where or piece["end_offset"] - where != len(piece["text"]):
            yield _damage(f"{who}: passage {piece['id']} leaves a gap or overlaps.")
        where = piece["end_offset"]
    text = "".join(piece["text"] for piece in pieces)
    if where != row["characters"] or sha256(text.encode(errors="replace")) != row["text_hash"]:
        yield _damage(f"{who}: its text was changed, it does not give its hash.")
        return
    try:
        expected = document_hash(
            title=row["title"],
            text=text,
            source_name=row["source_name"],
            authors=json.loads(row["authors"]),
            url=row["url"],
            published_at=row["published_at"],
        )
    except (ValueError, TypeError):
        expected = ""
    if expected != row["content_hash"]:
        yield _damage(f"{who}: its title, source, authors, address or date was changed.")


def _snapshots(connection: sqlite3.Connection) -> Iterator[Problem]:
    yield from (_damage(message) for message in received_problems(connection))


def _full_text(connection: sqlite3.Connection) -> Iterator[Problem]:
    try:
        connection.execute("INSERT INTO passage_fts(passage_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        yield _damage(f"The index of words does not fit the passages ({error}).")
    try:
        connection.execute("INSERT INTO fact_check_fts(fact_check_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        yield _damage(f"The index of words does not fit the fact-checks of others ({error}).")


def _copies(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Whether shingles are of the form that is read; what they say follows from the texts and can be computed anew."""
    query = (
        "SELECT first, last, length(hashes) AS hashes, length(documents) AS documents, length(sizes) AS sizes, "
        "last - first + 1 AS count FROM shingle_segment ORDER BY first"
    )
    before = 0
    for row in _rows(connection, query):
        whole = row["hashes"] == 2 * row["documents"] and row["sizes"] == 4 * row["count"] and row["hashes"] % 8 == 0
        if not whole or row["first"] != before + 1:
            yield _damage(
                f"The list of words shared from document {row['first']} on is broken; db reindex makes it anew."
            )
        before = row["last"]


def _search(connection: sqlite3.Connection) -> Iterator[Problem]:
    yield from map(_damage, unfitting(connection))


def _chains(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Gaps are usual where another desk withheld something; a fork tells of a copied identity."""
    query = (
        "SELECT device, count(DISTINCT seq) AS known, max(seq) AS last FROM revision GROUP BY device ORDER BY device"
    )
    for row in _rows(connection, query):
        missing = row["last"] - row["known"]
        if missing > 0:
            yield Problem(Severity.NOTE, f"{missing} decisions of device {row['device']} are not in this file.")
    query = "SELECT device, seq FROM revision GROUP BY device, seq HAVING count(*) > 1"
    forks = Counter(row["device"] for row in _rows(connection, query))
    for device, count in sorted(forks.items()):
        yield Problem(
            Severity.NOTE,
            f"Device {device} used {count} numbers twice: its identity or an old copy of its file was used elsewhere.",
        )


def _projection(connection: sqlite3.Connection, copy: Path) -> Iterator[Problem]:
    """Compare every projected table with what the revisions give, by rebuilding it in the copy."""
    before = {table: _table(connection, table) for table in _PROJECTED}
    engine = make_engine(copy, read_only=False).execution_options(immediate=True)
    try:
        with Session(engine) as session:
            rebuild(session)
            session.commit()
    except (SQLAlchemyError, ValueError, LookupError, TypeError) as error:
        yield _damage(f"The ordinary tables cannot be computed from the decisions: {type(error).__name__}.")
        return
    finally:
        engine.dispose()
    for table in _PROJECTED:
        yield from _differences(table, before[table], _table(connection, table))


def _table(connection: sqlite3.Connection, table: str) -> dict[tuple[Any, ...], Row]:
    keys = _KEYS.get(table, ("id",))
    rows = _rows(connection, f"SELECT * FROM {table}")  # noqa: S608
    return {tuple(row[key] for key in keys): row for row in rows}


def _differences(
    table: str, stored: dict[tuple[Any, ...], Row], expected: dict[tuple[Any, ...], Row]
) -> Iterator[Problem]:
    for key in sorted(stored.keys() | expected.keys(), key=repr):
        name = f"{table.replace('_', ' ').capitalize()} {' '.join(str(part) for part in key)}"
        if key not in expected:
            yield _damage(f"{name} is there, but no decision says so.")
        elif key not in stored:
            yield _damage(f"{name} is missing, though it was decided.")
        elif stored[key] != expected[key]:
            wrong = [column for column, value in expected[key].items() if stored[key][column] != value]
            yield _damage(f"{name} shows another {', '.join(wrong)} than was decided.")


def _units(connection: sqlite3.Connection) -> Iterator[Problem]:
    query = (
        "SELECT v.id, length(v.text) AS length, count(u.start_offset) AS units, coalesce(min(u.start_offset), 0) AS first, "
        "coalesce(max(u.end_offset), 0) AS last, coalesce(sum(u.end_offset - u.start_offset), 0) AS covered "
        "FROM article_version v LEFT JOIN unit u ON u.version_id = v.id GROUP BY v.id"
    )
    for row in _rows(connection, query):
        if (row["first"], row["last"], row["covered"]) != (0, row["length"], row["length"]):
            yield _damage(f"The units of version {row['id']} do not cover its text.")
