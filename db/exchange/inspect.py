"""Looking into a file from outside: what it is, whether it is whole and honest, and what it holds.

Every revision is parsed and every document hashed anew, so what passes is what its identifiers promise.
"""

import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

from db.engine import SCHEMA_HEAD
from db.errors import ForeignFileRefused, NewerStore, RevisionRefused
from db.exchange import reading
from db.exchange.foreign import Contents, ForeignDocument, ForeignStore, digest, read_documents
from db.exchange.quarantine import SECONDS, SIZE_LIMIT, take_in
from db.exchange.received import inspect_received
from db.exchange.schema import known_schema, read_schema
from db.identity import document_hash, sha256
from db.revisions import parse
from db.vocabulary import Kind

_ASK = "Nothing of it was taken in; ask for it again."
_SCHEMA_HINT = "Ask for it again, packed with “workbench share pack”."


def inspect(path: Path, *, limit: int = SIZE_LIMIT, seconds: float = SECONDS, own: Path | None = None) -> ForeignStore:
    """Check a pack, or a complete copy of a store, from outside without trusting anything in it.

    `limit` is the largest size in bytes, `seconds` the longest time that reading may take, `own` the store that this process has open.
    The file is only read, once; SQLite sees a private copy of it. Raises ForeignFileRefused or NewerStore.
    """
    quarantine = take_in(path, limit=limit, own=own)
    try:
        with quarantine.reading(seconds) as connection:
            _check_schema(connection, quarantine.name)
            _check_pages(connection, quarantine.name)
            return ForeignStore(quarantine, _contents(connection))
    except BaseException:
        quarantine.close()
        raise


def _check_schema(connection: sqlite3.Connection, name: str) -> None:
    found = read_schema(connection)
    known = known_schema()
    version = next((row for row in known if row[1] == "alembic_version" and row[0] == "table"), None)
    if version in found:
        stamps = connection.execute("SELECT version_num FROM alembic_version LIMIT 2").fetchall()
        stamp = stamps[0][0] if len(stamps) == 1 else None
        if isinstance(stamp, str) and stamp.isdigit() and stamp > SCHEMA_HEAD:
            raise NewerStore(
                f"{name} was written by a newer release (schema {stamp[:20]}; this one knows {SCHEMA_HEAD}).",
                "Upgrade Claim Workbench, then take it in.",
            )
        if isinstance(stamp, str) and stamp.isdigit() and stamp < SCHEMA_HEAD:
            raise ForeignFileRefused(f"{name} was written by an older release.", "Have it packed by a current one.")
        if stamp != SCHEMA_HEAD:
            raise ForeignFileRefused(f"{name} does not say which release wrote it.", _SCHEMA_HINT)
    if len(found) != len(known) or set(found) != known:
        odd = sorted({row[1] for row in set(found) ^ known})
        raise ForeignFileRefused(
            f"{name} is not built like a Claim Workbench database: {odd[0][:60] if odd else 'a name'} differs.",
            _SCHEMA_HINT,
        )
    roots = [root for (root,) in connection.execute("SELECT rootpage FROM sqlite_master") if root]
    if len(set(roots)) != len(roots):
        raise ForeignFileRefused(f"{name} is damaged: two tables share their pages.", _SCHEMA_HINT)


def _check_pages(connection: sqlite3.Connection, name: str) -> None:
    """Look at the tables that are read, and only at those: checking full-text tables would run their code on foreign bytes."""
    for table in (
        "document",
        "passage",
        "document_external",
        "snapshot",
        "receipt",
        "fact_check",
        "revision",
        "meta",
        "alembic_version",
    ):
        problems = [str(row[0]) for row in connection.execute(f"PRAGMA quick_check({table})")]
        if problems != ["ok"]:
            raise ForeignFileRefused(f"{name} is damaged: {problems[0][:120] if problems else 'no answer'}.", _ASK)
    dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if dangling is not None:
        raise ForeignFileRefused(f"{name} is damaged: a row of {dangling[0]} points nowhere.", _ASK)


def _contents(connection: sqlite3.Connection) -> Contents:
    hashes: set[str] = set()
    documents = passages = 0
    for document in read_documents(connection):
        _check_document(document)
        hashes.add(document.content_hash)
        documents += 1
        passages += len(document.passages)
    snapshots = inspect_received(connection)
    kinds: Counter[Kind] = Counter()
    authors: dict[str, None] = {}
    numbers: Counter[tuple[str, int]] = Counter()
    entities: dict[str, str] = {}
    rids: set[str] = set()
    author = [column.name for column in reading.REVISION].index("author")
    for row in reading.rows(connection, "revision", reading.REVISION, "number"):
        _check_revision(row)
        rid, kind, entity, device, seq = row[:5]
        rids.add(rid)
        if entities.setdefault(entity, kind) != kind:
            raise ForeignFileRefused(f"Two kinds of decision are about one thing, {entity}.", _ASK)
        kinds[Kind(kind)] += 1
        numbers[device, seq] += 1
        authors[row[author]] = None
    if len(hashes) != documents or len(rids) != kinds.total():
        # SQLite's quick check trusts the indexes that should have kept them apart.
        raise ForeignFileRefused("The file is damaged: it holds something twice that can be there once.", _ASK)
    meta = dict(reading.rows(connection, "meta", reading.META, "key"))
    if "share" in meta and meta.get("digest") != digest(connection):
        raise ForeignFileRefused("The file was damaged after it was packed.", _ASK)
    return Contents(
        documents=documents,
        passages=passages,
        snapshots=snapshots,
        revisions=kinds.total(),
        by_kind=dict(sorted(kinds.items())),
        authors=tuple(sorted(authors)),
        devices=tuple(sorted({device for device, _ in numbers})),
        forked=tuple(sorted({device for (device, _), times in numbers.items() if times > 1})),
        share=meta.get("share", "")[:64],
        desk=meta.get("desk", "")[:200],
        packed_at=meta.get("packed_at", "")[:40],
        release=meta.get("release", "")[:40],
        withheld_documents=_whole(meta.get("withheld_documents", "")),
        withheld_revisions=_whole(meta.get("withheld_revisions", "")),
    )


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _check_revision(row: tuple[Any, ...]) -> None:
    try:
        revision, _ = parse(row[-1])
    except RevisionRefused as error:
        raise ForeignFileRefused(error.message, _ASK) from error
    expected = (
        revision.rid, revision.kind.value, revision.entity, revision.device, revision.seq, revision.prev,
        revision.action, revision.label, revision.undoes, revision.redoes, revision.restates,
        revision.author, reading.moment_text(revision.at), revision.data_hash, revision.body,
    )  # fmt: skip
    if row != expected:
        raise ForeignFileRefused(f"Revision {str(row[0])[:12]} was changed: it is not what its identifier says.", _ASK)


def _check_document(document: ForeignDocument) -> None:
    where = 0
    for start, end, _, text in document.passages:
        if start != where or end - start != len(text) or not text:
            raise ForeignFileRefused(f"Document {document.content_hash[:12]} has a gap or overlap in its text.", _ASK)
        where = end
    if not document.passages:
        raise ForeignFileRefused(f"Document {document.content_hash[:12]} has no text.", _ASK)
    text = document.text
    try:
        expected = document_hash(
            title=document.title,
            text=text,
            source_name=document.source_name,
            authors=document.authors,
            url=document.url,
            published_at=document.published_at,
        )
        text_hash = sha256(text.encode())
    except ValueError as error:
        raise ForeignFileRefused(f"Document {document.content_hash[:12]} holds broken text.", _ASK) from error
    if where != document.characters or expected != document.content_hash or text_hash != document.text_hash:
        raise ForeignFileRefused(
            f"Document {document.content_hash[:12]} was changed: its text is not what its identifier says.", _ASK
        )
