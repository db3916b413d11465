"""Ways to harm a pack, each with the words in which it must be refused."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from db.identity import canonical, sha256
from db.revisions import TAG

Harm = Callable[[Path], None]


def sql(*statements: str, schema: bool = False) -> Harm:
    """Runs statements on the file; with `schema`, as somebody who edits sqlite_master by hand."""

    def harm(path: Path) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA foreign_keys=OFF")
        if schema:
            connection.execute("PRAGMA writable_schema=ON")
        for statement in statements:
            connection.execute(statement)
        connection.close()

    return harm


def edit_schema(table: str, old: str, new: str) -> Harm:
    return sql(f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') WHERE name = '{table}'", schema=True)


def many_tables(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    for number in range(3000):
        connection.execute(f"CREATE TABLE extra_{number}(a)")
    connection.execute("COMMIT")
    connection.close()


def column_bytes(table: str, column: str, value: bytes) -> Harm:
    """Puts bytes into a text column as text, whatever they are."""

    def harm(path: Path) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute(f"UPDATE {table} SET {column} = CAST(? AS TEXT)", (value,))
        connection.close()

    return harm


def one_root(path: Path) -> None:
    sql(
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'claim') "
        "WHERE name = 'source'",
        schema=True,
    )(path)


def bad_schema_text(path: Path) -> None:
    content = path.read_bytes()
    assert b"CREATE TABLE citation" in content
    path.write_bytes(content.replace(b"CREATE TABLE citation", b"CREATE TABLE \xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8"))


def companion(ending: str) -> Harm:
    return lambda path: path.with_name(path.name + ending).write_bytes(b"") and None


def header(offset: int, value: bytes) -> Harm:
    def harm(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[offset : offset + len(value)] = value
        path.write_bytes(content)

    return harm


def replaced(write: Harm) -> Harm:
    def harm(path: Path) -> None:
        path.unlink()
        write(path)

    return harm


def sparse(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(3 * 1024**3)


def link(path: Path) -> None:
    real = path.with_name("real.pack")
    path.rename(real)
    path.symlink_to(real)


def body_edit(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(
        'UPDATE revision SET body = replace(body, \'"level":"true"\', \'"level":"fals"\') WHERE kind = \'verdict\''
    )
    connection.close()


def body_with_matching_rid(change: Callable[[dict[str, object]], None]) -> Harm:
    """Forges a verdict whose identifier fits, so that only its content can give it away."""

    def harm(path: Path) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        ((body,),) = connection.execute("SELECT body FROM revision WHERE kind = 'verdict'").fetchall()
        value = json.loads(body)
        change(value)
        new = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        rid = hashlib.sha256(TAG + new.encode()).hexdigest()
        connection.execute("UPDATE revision SET body = ?, rid = ? WHERE kind = 'verdict'", (new, rid))
        connection.close()

    return harm


def extra_claim_kind(path: Path) -> None:
    """Makes one entity a source and a claim."""
    connection = sqlite3.connect(path, isolation_level=None)
    row = connection.execute("SELECT body, entity FROM revision WHERE kind = 'claim'").fetchone()
    value = {**json.loads(row[0]), "kind": "source", "seq": 99}
    value["data"] = {"name": "Courier", "kind": "outlet", "domains": [], "aliases": [], "owner": "", "note": ""}
    body = canonical(value).decode()
    rid = sha256(TAG + body.encode())
    digest = sha256(canonical({"data": value["data"]}))
    connection.execute(
        "INSERT INTO revision(rid, kind, entity, device, seq, prev, action, label, author, at, data_hash, body) "
        "SELECT ?, 'source', entity, device, 99, prev, action, label, author, at, ?, ? FROM revision WHERE kind = 'claim'",
        (rid, digest, body),
    )
    connection.close()


REFUSED: dict[str, tuple[Harm, str]] = {
    "trigger": (sql("CREATE TRIGGER t AFTER INSERT ON claim BEGIN DELETE FROM verdict; END"), "is not built like"),
    "view in place of a table": (
        sql("DROP TABLE meta", "CREATE VIEW meta AS SELECT 'share' AS key, 'x' AS value"),
        "is not built like",
    ),
    "endless view in place of the version": (
        sql(
            "DROP TABLE alembic_version",
            "CREATE VIEW alembic_version AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
            "SELECT max(i) AS version_num FROM n",
        ),
        "is not built like",
    ),
    "virtual table": (sql("CREATE VIRTUAL TABLE evil USING fts5(a)"), "is not built like"),
    "generated column": (sql("ALTER TABLE meta ADD COLUMN g TEXT AS (upper(value))"), "is not built like"),
    "check that loads an extension": (
        edit_schema("meta", "value VARCHAR NOT NULL", "value VARCHAR NOT NULL CHECK (load_extension(value))"),
        "is not built like",
    ),
    "index on an expression": (sql("CREATE INDEX evil ON claim(length(wording))"), "is not built like"),
    "edited schema": (edit_schema("claim", "wording TEXT NOT NULL", "wording TEXT"), "is not built like"),
    "missing table": (sql("DROP TABLE draft"), "is not built like"),
    "3,000 tables more": (many_tables, "is not built like"),
    "two tables on one root page": (one_root, "is damaged"),
    "malformed schema text": (bad_schema_text, "is"),
    "blob in a text column": (sql("UPDATE document SET title = x'00ff00'"), "another type"),
    "number in a text column": (sql("UPDATE document SET authors = 5.5"), "another type"),
    "text in a number column": (sql("UPDATE passage SET end_offset = 'many'"), "another type"),
    "bad UTF-8": (column_bytes("document", "title", b"caf\xe9 \xff"), "is damaged"),
    "NUL": (column_bytes("document", "title", b"fig\x00ures"), "NUL"),
    "NUL in a revision": (column_bytes("revision", "label", b"Add\x00"), "NUL"),
    "5 MB of title": (column_bytes("document", "title", b"x" * 5_000_000), "a text of 5000000 characters"),
    "more than any value may have": (column_bytes("passage", "text", b"x" * 33 * 1024**2), "a text of 34603008"),
    "dangling key": (sql("INSERT INTO passage VALUES (999, 777, 0, 1, 'p', 'x')"), "points nowhere"),
    "newer schema": (sql("UPDATE alembic_version SET version_num = '9999'"), "newer release"),
    "schema of no release": (sql("UPDATE alembic_version SET version_num = 'evil'"), "does not say which release"),
    "two schema versions": (sql("INSERT INTO alembic_version VALUES ('0001')"), "does not say which release"),
    "wrong application": (sql("PRAGMA application_id=7"), "not one of Claim Workbench"),
    "companion wal": (companion("-wal"), "has a companion"),
    "companion journal": (companion("-journal"), "has a companion"),
    "symbolic link": (link, "is a symbolic link"),
    "pipe": (replaced(os.mkfifo), "is a pipe"),
    "folder": (replaced(Path.mkdir), "is a folder"),
    "missing": (replaced(lambda _: None), "cannot be read"),
    "empty": (replaced(Path.touch), "is empty"),
    "truncated": (lambda path: os.truncate(path, path.stat().st_size // 2), "incomplete"),
    "cut to the header": (lambda path: os.truncate(path, 100), "incomplete"),
    "longer than it says": (lambda path: os.truncate(path, path.stat().st_size + 4096), "incomplete"),
    "sparse giant": (sparse, "is larger than"),
    "web page": (
        replaced(lambda path: path.write_text("<!doctype html><title>Sign in</title>" * 99) and None),
        "is not a Claim",
    ),
    "page size of no sense": (header(16, b"\x00\x03"), "incomplete"),
    "tampered revision": (body_edit, "was changed"),
    "tampered column": (sql("UPDATE revision SET author = 'Eve'"), "was changed"),
    "revision that is not canonical": (
        body_with_matching_rid(lambda value: value.update(author="Eve", at="2024-05-06T07:08:09+00:00")),
        "wrong data",
    ),
    "revision with unknown members": (body_with_matching_rid(lambda value: value.update(evil=1)), "unknown form"),
    "revision dated to break readers": (
        body_with_matching_rid(lambda value: value.update(at="0001-01-01T00:00:00.000+00:00")),
        "wrong data",
    ),
    "one thing of two kinds": (extra_claim_kind, "Two kinds of decision"),
    "tampered document text": (sql("UPDATE passage SET text = upper(text)"), "its text is not what"),
    "tampered document title": (
        sql("UPDATE document SET title = 'Other figures' WHERE id = 1"),
        "its text is not what",
    ),
    "gap between passages": (sql("UPDATE passage SET start_offset = start_offset + 1 WHERE id = 2"), "gap or overlap"),
    "document without text": (sql("DELETE FROM passage"), "has no text"),
    "document of no known confidentiality": (
        sql("PRAGMA ignore_check_constraints=ON", "UPDATE document SET confidentiality = 'secret'"),
        "described wrongly",
    ),
    "authors that are no list": (sql("UPDATE document SET authors = '{}'"), "described wrongly"),
    "other identifiers of a document": (
        sql("UPDATE document_external SET external_id = 'y'"),
        "damaged after it was packed",
    ),
    "other locators": (sql("UPDATE passage SET locator = 'page 9'"), "damaged after it was packed"),
    "another desk's name": (sql("UPDATE meta SET value = 'Ben' WHERE key = 'desk'"), "damaged after it was packed"),
    "fewer revisions": (sql("DELETE FROM revision WHERE kind = 'verdict'"), "damaged after it was packed"),
}
