"""What was received with documents, on its way between desks: packing it, reading it from a foreign file, merging it, checking it.

Bytes that came with a withheld document stay, also where a document that leaves came from the same bytes.
"""

import json
import sqlite3
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert
from sqlmodel import Session, col, select

from db.errors import ForeignFileRefused
from db.exchange import reading
from db.exchange.reading import Column
from db.revisions import batched
from db.snapshots import LARGEST, insert_fact_checks, unpacked
from db.tables import Document, FactCheck, Receipt, Snapshot

_ASK = "Nothing of it was taken in; ask for it again."

SNAPSHOT = (
    Column("sha256"), Column("size", int), Column("packing"), Column("data", bytes, longest=LARGEST),
)  # fmt: skip
RECEIPT = (
    Column("document_id", int), Column("sha256"), Column("size", int), Column("media_type"), Column("name"), Column("url"),
    Column("hops"), Column("robots"), Column("received_at"),
)  # fmt: skip
_CHECKED = (
    "claim_reviewed", "rating_label", "rating_value", "best_rating", "worst_rating", "explanation", "reviewer", "url",
    "reviewed_at", "claimed_by", "claimed_at", "appearances",
)  # fmt: skip
FACT_CHECK = (Column("document_id", int), *(Column(name) for name in _CHECKED))


@dataclass(frozen=True, slots=True)
class ForeignReceived:
    """What a foreign file says of how its documents were received: rows without their document's number, by content hash."""

    receipts: tuple[tuple[str, dict[str, Any]], ...]
    fact_checks: tuple[tuple[str, dict[str, Any]], ...]


def copy(session: Session, new: Connection, numbers: Mapping[int, int], *, with_bytes: bool) -> int:
    """Copy receipts and fact-checks of the documents in `numbers` (number here: number there), and their bytes if wanted.

    Returns how many snapshots went along.
    """
    leaving: set[str] = set()
    held: set[str] = set()
    columns = [column for column in Receipt.__table__.columns if column.key != "id"]  # type: ignore[attr-defined]
    query = select(*columns).order_by(col(Receipt.document_id), col(Receipt.received_at), col(Receipt.id))
    for batch in batched(session.connection().execute(query).mappings(), 500):
        rows = []
        for row in batch:
            (leaving if row["document_id"] in numbers else held).add(row["sha256"])
            if row["document_id"] in numbers:
                rows.append({**row, "document_id": numbers[row["document_id"]]})
        if rows:
            new.execute(insert(Receipt), rows)
    for several in batched(session.exec(select(FactCheck).order_by(col(FactCheck.document_id))), 500):
        checked = [
            {**row.model_dump(), "document_id": numbers[row.document_id]}
            for row in several
            if row.document_id in numbers
        ]
        if checked:
            new.execute(insert(FactCheck), checked)
    copied = 0
    for digest in sorted(leaving - held) if with_bytes else ():
        # One by one: a snapshot may have many megabytes.
        snapshot = session.get(Snapshot, digest)
        if snapshot is not None:
            new.execute(insert(Snapshot), [snapshot.model_dump()])
            session.expunge(snapshot)
            copied += 1
    return copied


def facts(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """Everything of it that no other hash covers, in a fixed order, for the digest of a pack."""
    order = ", ".join(column.name for column in RECEIPT)
    yield from (("receipt", *row) for row in reading.rows(connection, "receipt", RECEIPT, order))
    yield from (("fact_check", *row) for row in reading.rows(connection, "fact_check", FACT_CHECK, "document_id"))
    yield from (("snapshot", digest) for (digest,) in reading.rows(connection, "snapshot", SNAPSHOT[:1], "sha256"))


def inspect_received(connection: sqlite3.Connection) -> int:
    """Hold every snapshot of a foreign file against its hash, and look whether receipts and fact-checks can be what they say.

    Returns how many snapshots there are. Raises ForeignFileRefused.
    """
    count = 0
    for digest, size, packing, data in reading.rows(connection, "snapshot", SNAPSHOT, "sha256"):
        try:
            unpacked(digest, size, packing, data)
        except ValueError as error:
            raise ForeignFileRefused(f"Snapshot {digest[:12]} was changed: {error}.", _ASK) from error
        count += 1
    for row in _receipts(connection):
        _refuse_receipt(row)
    for row in _fact_checks(connection):
        if not all(isinstance(one, str) for one in row["appearances"]):
            raise ForeignFileRefused("A fact-check is described wrongly.", _ASK)
    return count


def _refuse_receipt(row: dict[str, Any]) -> None:
    digest, hops = row["sha256"], row["hops"]
    whole = len(digest) == 64 and not set(digest) - set("0123456789abcdef")
    plain = "/" not in row["name"] and len(row["name"]) <= 1000
    if not whole or not plain or not all(isinstance(hop, str) for hop in hops) or len(row["robots"]) > 24:
        raise ForeignFileRefused("How a document was received is described wrongly.", _ASK)


def _receipts(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for values in reading.rows(connection, "receipt", RECEIPT, "id"):
        row = dict(zip((column.name for column in RECEIPT), values, strict=True))
        try:
            yield {**row, "hops": _list(row["hops"]), "received_at": reading.moment(row["received_at"])}
        except (ValueError, RecursionError) as error:
            raise ForeignFileRefused("How a document was received is described wrongly.", _ASK) from error


def _fact_checks(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for values in reading.rows(connection, "fact_check", FACT_CHECK, "document_id"):
        row = dict(zip((column.name for column in FACT_CHECK), values, strict=True))
        try:
            yield {**row, "appearances": _list(row["appearances"])}
        except (ValueError, RecursionError) as error:
            raise ForeignFileRefused("A fact-check is described wrongly.", _ASK) from error


def _list(text: str) -> list[Any]:
    value = json.loads(text)
    if isinstance(value, list):
        return value
    raise ValueError("not a list")


def read_received(connection: sqlite3.Connection) -> ForeignReceived:
    """Receipts and fact-checks of a foreign file by the content hash of their documents."""
    columns = (Column("id", int), Column("content_hash"))
    contents = dict(reading.rows(connection, "document", columns, "id"))

    def by_content(rows: Iterator[dict[str, Any]]) -> tuple[tuple[str, dict[str, Any]], ...]:
        return tuple((contents[row.pop("document_id")], row) for row in rows)

    return ForeignReceived(by_content(_receipts(connection)), by_content(_fact_checks(connection)))


def read_snapshots(connection: sqlite3.Connection, wanted: Container[str]) -> Iterator[dict[str, Any]]:
    """Snapshots of a foreign file that are wanted, one at a time."""
    names = [column.name for column in SNAPSHOT]
    for values in reading.rows(connection, "snapshot", SNAPSHOT, "sha256"):
        if values[0] in wanted:
            yield dict(zip(names, values, strict=True))


def foreign_digests(connection: sqlite3.Connection) -> list[str]:
    """The hashes of the snapshots in a foreign file."""
    return [digest for (digest,) in reading.rows(connection, "snapshot", SNAPSHOT[:1], "sha256")]


def add(session: Session, received: ForeignReceived) -> None:
    """Add the receipts and fact-checks that are not here; documents must have been added before."""
    wanted = {content for content, _ in (*received.receipts, *received.fact_checks)}
    numbers: dict[str, int] = {}
    for chunk in batched(sorted(wanted), 500):
        query = select(col(Document.content_hash), col(Document.id)).where(col(Document.content_hash).in_(chunk))
        numbers.update((content, number or 0) for content, number in session.exec(query))
    for batch in batched(received.receipts, 500):
        rows = [{**row, "document_id": numbers[content]} for content, row in batch if content in numbers]
        query_known = select(Receipt).where(col(Receipt.document_id).in_({row["document_id"] for row in rows}))
        known = {_key(row.model_dump()) for row in session.exec(query_known)}
        fresh = {_key(row): row for row in rows if _key(row) not in known}
        if fresh:
            session.connection().execute(insert(Receipt), list(fresh.values()))
    for batch in batched(received.fact_checks, 500):
        rows = [{**row, "document_id": numbers[content]} for content, row in batch if content in numbers]
        query_numbers = select(col(FactCheck.document_id))
        known_numbers = set(
            session.exec(query_numbers.where(col(FactCheck.document_id).in_({r["document_id"] for r in rows})))
        )
        fresh_checks = [row for row in rows if row["document_id"] not in known_numbers]
        if fresh_checks:
            insert_fact_checks(session, fresh_checks)


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["document_id"], row["sha256"], row["name"], row["url"], row["received_at"]


def add_snapshot(session: Session, row: dict[str, Any]) -> None:
    """Add a snapshot that is not here."""
    session.connection().execute(insert(Snapshot), [row])


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the snapshots of a store, a sentence each."""
    query = "SELECT sha256, size, packing, data FROM snapshot ORDER BY sha256"
    sizes: dict[str, int] = {}
    for digest, size, packing, data in connection.execute(query):
        sizes[digest] = size
        try:
            unpacked(str(digest), int(size), str(packing), bytes(data))
        except (ValueError, TypeError) as error:
            yield f"Snapshot {str(digest)[:12]} was changed: {error}."
    said = set()
    for number, digest, size in connection.execute("SELECT document_id, sha256, size FROM receipt ORDER BY id"):
        said.add(digest)
        if digest in sizes and sizes[digest] != size:
            yield f"How document {number} was received was changed: its bytes have another length than it says."
    for digest in sorted(set(sizes) - said, key=repr):
        yield f"Snapshot {str(digest)[:12]} belongs to no document."
