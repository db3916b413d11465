"""Packing a store for another desk: a new file, built from rows, that never held what may not leave."""

import contextlib
import importlib.metadata
import os
import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable, insert, text
from sqlmodel import Session, col, select

from db import meta, migrate
from db.engine import explain, make_engine, plain_errors
from db.errors import StoreError, StoreNotWritable, TargetExists, WithheldQuoted
from db.exchange import received
from db.exchange.backup import publish
from db.exchange.foreign import digest
from db.identity import sha256_of_file, utc_now, uuid7
from db.projection import rebuild
from db.revisions import parents_of
from db.store import Store
from db.tables import Document, DocumentExternal, Exchange, Passage, Revision, RevisionParent
from db.vocabulary import Kind
from db.withholding import WHAT, Quoting, quoted_elsewhere, withheld_documents, withheld_entities

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class PackSummary:
    """What was packed and what was held back."""

    target: Path
    share: str
    sha256: str
    size: int
    documents: int
    passages: int
    revisions: int
    by_kind: dict[Kind, int]
    withheld_documents: int
    withheld_revisions: int
    quoting: tuple[Quoting, ...]
    snapshots: int = 0


@dataclass(slots=True)
class _Copied:
    documents: int = 0
    passages: int = 0
    withheld_documents: int = 0
    withheld_revisions: int = 0
    snapshots: int = 0


def pack(
    store: Store, target: Path, *, desk: str, even_quoting: bool = False, with_snapshots: bool = True
) -> PackSummary:
    """Write everything of a store that may leave to a new file, checked before it gets its name.

    The store may be in use; all is read in one transaction. Confidential documents and every decision that mentions one
    stay out, as do drafts, vectors and the record of earlier exchanges. `desk` is the name by which the other desk will know this one.
    Without `with_snapshots` the bytes that documents were received as stay too; when and from where they came is told all the same.
    Raises TargetExists, StoreNotWritable where the target cannot be written, and WithheldQuoted, naming where, when what would
    leave repeats words of a confidential document, unless `even_quoting`.
    """
    if os.path.lexists(target):
        raise TargetExists(f"{target} exists already.", "Name a new file; nothing was overwritten.")
    part = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    share = uuid7()
    now = utc_now()
    try:
        migrate.create(part)
        copied, kinds, quoting = _build(store, part, even_quoting=even_quoting, with_snapshots=with_snapshots)
        _finish(part, copied, kinds, {"share": share, "desk": desk, "packed_at": now.isoformat(timespec="seconds")})
        summary = PackSummary(
            target=target,
            share=share,
            sha256=sha256_of_file(part),
            size=part.stat().st_size,
            documents=copied.documents,
            passages=copied.passages,
            revisions=kinds.total(),
            by_kind=dict(sorted(kinds.items())),
            withheld_documents=copied.withheld_documents,
            withheld_revisions=copied.withheld_revisions,
            quoting=tuple(quoting),
            snapshots=copied.snapshots,
        )
        part.chmod(0o644)
        _publish(store, part, summary, desk, now)
    except OSError as error:
        raise StoreNotWritable(f"{target} cannot be written: {error.strerror}.", "Name another place.") from error
    except sqlite3.Error as error:
        raise explain(error, target) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
            part.with_name(f"{part.name}-journal").unlink(missing_ok=True)
    return summary


def _publish(store: Store, part: Path, summary: PackSummary, desk: str, now: datetime) -> None:
    if store.read_only:
        publish(part, summary.target)
        return
    published = False
    try:
        with store.write_local() as session:
            counts = {"documents": summary.documents, "revisions": summary.revisions}
            session.add(Exchange(direction="packed", sha256=summary.sha256, desk=desk, at=now, counts=counts))
            session.flush()
            publish(part, summary.target)
            published = True
    except StoreError:
        if published:
            summary.target.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _writing(part: Path) -> Iterator[Connection]:
    """One transaction on the new file."""
    engine = make_engine(part, read_only=False).execution_options(immediate=True)
    try:
        with plain_errors(), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _build(
    store: Store, part: Path, *, even_quoting: bool, with_snapshots: bool
) -> tuple[_Copied, Counter[Kind], list[Quoting]]:
    """Copy the rows; the store is locked against commits only while this runs."""
    with store.read() as session, _writing(part) as new:
        quoting = quoted_elsewhere(session)
        if quoting and not even_quoting:
            raise _quoted(quoting)
        copied = _Copied()
        numbers = _copy_documents(session, new, withheld_documents(session), copied)
        copied.snapshots = received.copy(session, new, numbers, with_bytes=with_snapshots)
        kinds = _copy_revisions(session, new, withheld_entities(session), copied)
        return copied, kinds, quoting


def _quoted(quoting: list[Quoting]) -> WithheldQuoted:
    found: dict[str, list[Quoting]] = {}
    for one in quoting:
        found.setdefault(one.place, []).append(one)
    places = [
        f"{place} ({' and '.join(dict.fromkeys(WHAT[one.what] for one in several))}"
        f"{', only in an earlier decision' if all(one.past for one in several) else ''})"
        for place, several in found.items()
    ]
    more = f" and {len(places) - 5} more places" if len(places) > 5 else ""
    if all(one.kind is None for one in quoting):
        hint = "Mark it as confidential too, or pack even so (--even-quoting) if these words may leave."
    elif all(one.past or one.kind is None for one in quoting):
        hint = "The history is shared whole and cannot be reworded: pack even so (--even-quoting) if these words may leave."
    else:
        hint = "Rewording is not enough, earlier decisions are shared too: pack even so (--even-quoting) if these words may leave."
    return WithheldQuoted(f"A confidential document is given away in {', '.join(places[:5])}{more}.", hint)


def _batches(rows: Iterable[Any]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(dict(row))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _stream(session: Session, query: Executable) -> Iterator[Any]:
    return iter(session.connection().execution_options(yield_per=500).execute(query).mappings())


def _columns(table: Any, *left_out: str) -> list[Any]:
    return [column for column in table.__table__.columns if column.key not in left_out]


def _copy_documents(session: Session, new: Connection, withheld: set[str], copied: _Copied) -> dict[int, int]:
    """Number documents and passages anew, so that gaps do not tell where something is missing; the numbers here: there."""
    numbers: dict[int, int] = {}
    held_back = 0

    def documents() -> Iterator[dict[str, Any]]:
        nonlocal held_back
        for row in _stream(session, select(*_columns(Document)).order_by(col(Document.id))):
            if row["content_hash"] in withheld:
                held_back += 1
                continue
            numbers[row["id"]] = len(numbers) + 1
            yield {**row, "id": numbers[row["id"]]}

    def parts(table: Any, *order: Any) -> Iterator[dict[str, Any]]:
        for row in _stream(session, select(*_columns(table, "id")).order_by(*order)):
            if row["document_id"] in numbers:
                yield {**row, "document_id": numbers[row["document_id"]]}

    for batch in _batches(documents()):
        new.execute(insert(Document), batch)
    for batch in _batches(parts(Passage, col(Passage.document_id), col(Passage.start))):
        new.execute(insert(Passage), batch)
        copied.passages += len(batch)
    for batch in _batches(parts(DocumentExternal, DocumentExternal.document_id, DocumentExternal.external_id)):
        new.execute(insert(DocumentExternal), batch)
    copied.documents, copied.withheld_documents = len(numbers), held_back
    return numbers


def _copy_revisions(session: Session, new: Connection, withheld: set[str], copied: _Copied) -> Counter[Kind]:
    kinds: Counter[Kind] = Counter()

    def revisions() -> Iterator[dict[str, Any]]:
        for row in _stream(session, select(*_columns(Revision, "number")).order_by(col(Revision.number))):
            if row["entity"] in withheld:
                copied.withheld_revisions += 1
                continue
            kinds[row["kind"]] += 1
            yield row

    for batch in _batches(revisions()):
        new.execute(insert(Revision), batch)
        parents = [{"rid": row["rid"], "parent": parent} for row in batch for parent in parents_of(row["body"])]
        if parents:
            new.execute(insert(RevisionParent), parents)
    return kinds


def _release() -> str:
    try:
        return importlib.metadata.version("claim-workbench")
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _finish(part: Path, copied: _Copied, kinds: Counter[Kind], facts: dict[str, str]) -> None:
    """Compute the ordinary tables and the full-text index, say what the file is, and check it."""
    with _writing(part) as new, Session(new) as session:
        rebuild(session)
        every = {
            **facts,
            "release": _release(),
            "documents": str(copied.documents),
            "revisions": str(kinds.total()),
            "withheld_documents": str(copied.withheld_documents),
            "withheld_revisions": str(copied.withheld_revisions),
        }
        for key, value in every.items():
            meta.put(session, key, value)
        session.flush()
        for command in ("rebuild", "optimize"):
            new.execute(text("INSERT INTO passage_fts(passage_fts) VALUES (:command)"), {"command": command})
            new.execute(text("INSERT INTO fact_check_fts(fact_check_fts) VALUES (:command)"), {"command": command})
    connection = sqlite3.connect(part, isolation_level=None)
    try:
        connection.execute("INSERT INTO meta VALUES ('digest', ?)", (digest(connection),))
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        if free:
            connection.execute("VACUUM")
        problems = [answer for (answer,) in connection.execute("PRAGMA quick_check(1)") if answer != "ok"]
        if problems:
            raise sqlite3.DatabaseError(f"malformed: {problems[0]}")
    finally:
        connection.close()
