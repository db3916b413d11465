"""What was received with documents: the bytes, kept once and checked whenever they are read; when and from where they came."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, text
from sqlmodel import Session, col, select

from db.errors import DamagedStore
from db.identity import sha256
from db.revisions import batched
from db.tables import Document, FactCheck, Receipt, Snapshot

ZLIB, NONE = "zlib", "none"
LARGEST = 64 * 1024 * 1024
"""Bytes that one snapshot may have, before packing."""

_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that came in and how. `name` is a file's without its folder; `url` the address in the end, `hops` those before it."""

    data: bytes
    media_type: str
    name: str = ""
    url: str = ""
    hops: tuple[str, ...] = ()
    robots: str = ""


@dataclass(frozen=True, slots=True)
class NewFactCheck:
    """The fields of somebody else's fact-check, as tables.FactCheck has them."""

    claim_reviewed: str
    rating_label: str = ""
    rating_value: str = ""
    best_rating: str = ""
    worst_rating: str = ""
    explanation: str = ""
    reviewer: str = ""
    url: str = ""
    reviewed_at: str = ""
    claimed_by: str = ""
    claimed_at: str = ""
    appearances: tuple[str, ...] = ()


def packed(data: bytes) -> tuple[str, bytes]:
    """Bytes as they are stored: compressed where that makes them smaller."""
    small = zlib.compress(data, _LEVEL)
    return (ZLIB, small) if len(small) < len(data) else (NONE, data)


def unpacked(digest: str, size: int, packing: str, data: bytes) -> bytes:
    """The bytes of a snapshot, held against their length and hash; never more memory than `size`.

    Raises ValueError where they are not what they were.
    """
    if packing == ZLIB:
        if not 0 <= size <= LARGEST:
            raise ValueError("it is larger than a snapshot may be")
        machine = zlib.decompressobj()
        try:
            found = machine.decompress(data, size + 1)
        except zlib.error as error:
            raise ValueError(f"it cannot be unpacked ({error})") from error
        if not machine.eof or machine.unused_data:
            raise ValueError("it cannot be unpacked to its length")
    elif packing == NONE:
        found = data
    else:
        raise ValueError("it is packed in a way that is not known")
    if len(found) != size or hashlib.sha256(found).hexdigest() != digest:
        raise ValueError("its bytes do not give its hash")
    return found


def keep(session: Session, received: Iterable[tuple[str, Received]], now: datetime) -> None:
    """Note how documents, named by content hash, were received just now, and keep the bytes.

    What came under the same name or address with the same bytes before is not noted again.
    """
    pairs = list(received)
    if not pairs:
        return
    numbers = _numbers(session, (content for content, _ in pairs))
    digests = [sha256(one.data) for _, one in pairs]
    known = set(session.exec(select(col(Snapshot.sha256)).where(col(Snapshot.sha256).in_(set(digests)))))
    noted = {
        (row.document_id, row.sha256, row.name, row.url)
        for chunk in batched(sorted(set(digests)), 500)
        for row in session.exec(select(Receipt).where(col(Receipt.sha256).in_(chunk)))
    }
    snapshots, receipts = [], []
    for (content, one), digest in zip(pairs, digests, strict=True):
        number = numbers.get(content)
        if number is None:
            continue
        if digest not in known:
            known.add(digest)
            packing, data = packed(one.data)
            snapshots.append({"sha256": digest, "size": len(one.data), "packing": packing, "data": data})
        key = (number, digest, one.name, one.url)
        if key not in noted:
            noted.add(key)
            receipts.append(_receipt(one, number, digest, now))
    connection = session.connection()
    if snapshots:
        connection.execute(insert(Snapshot), snapshots)
    if receipts:
        connection.execute(insert(Receipt), receipts)


def _receipt(one: Received, number: int, digest: str, now: datetime) -> dict[str, object]:
    return {
        "document_id": number,
        "sha256": digest,
        "size": len(one.data),
        "media_type": one.media_type,
        "name": one.name,
        "url": one.url,
        "hops": list(one.hops),
        "robots": one.robots,
        "received_at": now,
    }


def keep_fact_checks(session: Session, checked: Iterable[tuple[str, NewFactCheck]]) -> None:
    """Keep what fact-checks say, of documents named by content hash; what is known stays as it is."""
    pairs = dict(checked)
    if not pairs:
        return
    numbers = _numbers(session, pairs)
    known: set[int] = set()
    for chunk in batched(sorted(numbers.values()), 500):
        known.update(session.exec(select(col(FactCheck.document_id)).where(col(FactCheck.document_id).in_(chunk))))
    rows = []
    for content, one in pairs.items():
        number = numbers.get(content)
        if number is not None and number not in known:
            values = {item.name: getattr(one, item.name) for item in fields(one)}
            rows.append({**values, "document_id": number, "appearances": list(one.appearances)})
    if rows:
        insert_fact_checks(session, rows)


def insert_fact_checks(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows of fact-checks whose documents are here, and the words that they are found by."""
    connection = session.connection()
    connection.execute(insert(FactCheck), rows)
    connection.execute(
        text(
            "INSERT INTO fact_check_fts(rowid, title, claim) SELECT id, title, claim FROM fact_check_words "
            "WHERE id IN (SELECT value FROM json_each(:numbers))"
        ),
        {"numbers": json.dumps([row["document_id"] for row in rows])},
    )


def _numbers(session: Session, contents: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in batched(sorted(set(contents)), 500):
        query = select(col(Document.content_hash), col(Document.id)).where(col(Document.content_hash).in_(chunk))
        found.update((content, number or 0) for content, number in session.exec(query))
    return found


def receipts(session: Session, numbers: Sequence[int]) -> list[Receipt]:
    """How documents were received, the earliest first."""
    found: list[Receipt] = []
    for chunk in batched(numbers, 500):
        found += session.exec(select(Receipt).where(col(Receipt.document_id).in_(chunk)))
    return sorted(found, key=lambda row: (row.received_at, row.id or 0))


def every_receipt(session: Session) -> Iterator[Receipt]:
    """Every receipt in the order of documents."""
    yield from session.exec(select(Receipt).order_by(col(Receipt.document_id), col(Receipt.id)))


def received_as(session: Session, digest: str, name: str) -> list[Document]:
    """The documents that came from these bytes in a file of this name."""
    query = (
        select(Document)
        .join(Receipt, col(Receipt.document_id) == col(Document.id))
        .where(Receipt.sha256 == digest, Receipt.name == name)
    )
    return list({document.id: document for document in session.exec(query)}.values())


def fact_check_of(session: Session, document_id: int) -> FactCheck | None:
    """What a document says as a fact-check, None where it is none."""
    return session.get(FactCheck, document_id)


def kept(session: Session, digests: Iterable[str]) -> set[str]:
    """Those of the hashes whose bytes are in this file."""
    found: set[str] = set()
    for chunk in batched(sorted(set(digests)), 500):
        found.update(session.exec(select(col(Snapshot.sha256)).where(col(Snapshot.sha256).in_(chunk))))
    return found


def bytes_of(session: Session, digest: str) -> bytes | None:
    """The bytes with this hash, None where they are not in this file. Raises DamagedStore where they have changed."""
    row = session.get(Snapshot, digest)
    if row is None:
        return None
    try:
        return unpacked(row.sha256, row.size, row.packing, row.data)
    except ValueError as error:
        raise DamagedStore(
            f"The snapshot {digest[:12]} is damaged: {error}.",
            "Run workbench db check, then restore the last good backup.",
        ) from error


def counts(session: Session) -> tuple[int, int]:
    """How many snapshots the file holds, and their bytes as stored."""
    query = select(func.count(), func.coalesce(func.sum(func.length(Snapshot.data)), 0)).select_from(Snapshot)
    number, size = session.exec(query).one()
    return number, size
