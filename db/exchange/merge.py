"""Taking in what another desk packed. Merging is the union of two sets of revisions and of two sets of documents.

So the order and number of merges makes no difference, and nothing that anybody decided is lost: where desks decided
differently, both decisions stand and are shown.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from db import snapshots
from db.errors import ForeignFileRefused
from db.exchange import reading, received
from db.exchange.foreign import ForeignDocument, ForeignStore
from db.identity import utc_now
from db.projection import project
from db.revisions import batched, recompute_heads
from db.search import copies
from db.search.wordlists import add_words
from db.store import Store
from db.tables import (
    Citation,
    Claim,
    Document,
    DocumentExternal,
    Exchange,
    Head,
    Passage,
    Revision,
    RevisionParent,
    Verdict,
)
from db.vocabulary import Kind

Entity = tuple[Kind, str]

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Orphaned:
    """A decision about a claim that is withdrawn here, split or merged away for instance."""

    claim: str
    kind: Kind
    entity: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge does, or did; the preview of a merge says the same as the merge."""

    desk: str
    sha256: str
    new_revisions: dict[Kind, int]
    known_revisions: int
    new_documents: int
    known_documents: int
    new_conflicts: tuple[Entity, ...]
    resolved_conflicts: tuple[Entity, ...]
    orphaned: tuple[Orphaned, ...]
    forked_devices: tuple[str, ...]
    """Devices that made two different decisions under one number, with at least one of them new: their identity was copied."""
    citations_without_document: tuple[str, ...]
    """New citations whose document is in neither file."""
    withheld_documents: int
    """How many documents the other desk says it kept back."""
    new_snapshots: int = 0
    """How many documents as they were received came along."""

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the file was known."""
        return not self.new_revisions and not self.new_documents and not self.new_snapshots


def plain_host(url: str) -> str:
    """The host of an address without a leading `www.`, or nothing."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def merge(
    store: Store, foreign: ForeignStore, *, preview: bool, domain_of: Callable[[str], str] = plain_host
) -> MergeReport:
    """Add what an inspected file holds and this store lacks, in one transaction; with `preview`, see what that would do.

    `domain_of` gives the domain by which documents are listed here; what the other file says of it is not believed.
    Raises ForeignFileRefused where the file contradicts what is here in a way that no desk's work can; nothing is written then.
    """
    with store.write_local() as session:
        try:
            report = _merge(session, foreign, domain_of)
        except IntegrityError as error:
            raise ForeignFileRefused(
                f"{foreign.name} does not fit with what is here ({str(error.orig)[:120]}).", "Nothing was taken in."
            ) from error
        if preview:
            session.rollback()
        else:
            counts = {"documents": report.new_documents, "revisions": sum(report.new_revisions.values())}
            session.add(
                Exchange(direction="merged", sha256=foreign.sha256, desk=report.desk, at=utc_now(), counts=counts)
            )
    return report


def _merge(session: Session, foreign: ForeignStore, domain_of: Callable[[str], str]) -> MergeReport:
    new_documents = _add_documents(session, foreign, domain_of)
    new_snapshots = _add_received(session, foreign)
    rids = foreign.rids()
    known = _known(session, rids)
    new = _add_revisions(session, foreign, known)
    _refuse_contradictions(session, foreign.name, new.entities)
    touched = sorted(entity for _, entity in new.entities)
    before = _conflicts(session, touched)
    recompute_heads(session, touched)
    after = _conflicts(session, touched)
    project(session, sorted(new.entities))
    return MergeReport(
        desk=foreign.contents.desk,
        sha256=foreign.sha256,
        new_revisions=dict(sorted(new.kinds.items())),
        known_revisions=len(known),
        new_documents=new_documents,
        known_documents=foreign.contents.documents - new_documents,
        new_conflicts=tuple(sorted(after - before)),
        resolved_conflicts=tuple(sorted(before - after)),
        orphaned=_orphaned(session, set(touched)),
        forked_devices=_forked(session, new.numbers),
        citations_without_document=_without_document(session, new.entities),
        withheld_documents=foreign.contents.withheld_documents,
        new_snapshots=new_snapshots,
    )


def _known(session: Session, rids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for chunk in batched(rids, 500):
        found.update(session.exec(select(col(Revision.rid)).where(col(Revision.rid).in_(chunk))))
    return found


@dataclass(slots=True)
class _New:
    kinds: Counter[Kind]
    entities: set[Entity]
    numbers: set[tuple[str, int]]


def _add_revisions(session: Session, foreign: ForeignStore, known: set[str]) -> _New:
    new = _New(Counter(), set(), set())
    connection = session.connection()
    for batch in batched(foreign.revisions(known), _BATCH):
        parents = [{"rid": row["rid"], "parent": parent} for row in batch for parent in row.pop("parents")]
        connection.execute(insert(Revision), batch)
        if parents:
            connection.execute(insert(RevisionParent), parents)
        for row in batch:
            new.kinds[row["kind"]] += 1
            new.entities.add((row["kind"], row["entity"]))
            new.numbers.add((row["device"], row["seq"]))
    return new


def _refuse_contradictions(session: Session, name: str, entities: set[Entity]) -> None:
    """One thing is of one kind, and the text of a version never changes, at whatever desk."""
    for chunk in batched(sorted(entity for _, entity in entities), 500):
        kinds = (
            select(col(Revision.entity))
            .where(col(Revision.entity).in_(chunk))
            .group_by(col(Revision.entity))
            .having(func.count(func.distinct(Revision.kind)) > 1)
        )
        entity = session.exec(kinds.limit(1)).first()
        if entity is not None:
            raise ForeignFileRefused(
                f"{name} makes {entity} another kind of thing than it is here.", "Nothing was taken in."
            )
    versions = [entity for kind, entity in entities if kind is Kind.VERSION]
    for chunk in batched(sorted(versions), 100):
        texts: dict[str, str] = {}
        for entity, body in session.exec(
            select(col(Revision.entity), col(Revision.body)).where(col(Revision.entity).in_(chunk))
        ):
            data = json.loads(body)["data"]
            if data is not None and texts.setdefault(entity, data["text_hash"]) != data["text_hash"]:
                raise ForeignFileRefused(
                    f"{name} changes the text of the article version {entity}.", "Nothing was taken in."
                )


def _conflicts(session: Session, entities: Sequence[str]) -> set[Entity]:
    """Those of the entities about which differing decisions stand side by side."""
    found: set[Entity] = set()
    for chunk in batched(entities, 500):
        query = (
            select(col(Revision.kind), col(Revision.entity))
            .join(Head, col(Head.rid) == col(Revision.rid))
            .where(col(Head.entity).in_(chunk))
            .group_by(col(Revision.kind), col(Revision.entity))
            .having(func.count(func.distinct(Revision.data_hash)) > 1)
        )
        found.update((Kind(kind), entity) for kind, entity in session.exec(query))
    return found


def _orphaned(session: Session, touched: set[str]) -> tuple[Orphaned, ...]:
    """Live citations and verdicts of withdrawn claims, where the merge brought the decision or the withdrawal."""
    found: list[Orphaned] = []
    for kind, table in ((Kind.CITATION, Citation), (Kind.VERDICT, Verdict)):
        query = select(col(table.id), col(Claim.id)).join(Claim, col(Claim.id) == col(table.claim_id))
        for entity, claim in session.exec(query.where(col(Claim.withdrawn).is_(True))):
            if entity in touched or claim in touched:
                found.append(Orphaned(claim, kind, entity))
    return tuple(sorted(found, key=lambda one: (one.claim, one.kind, one.entity)))


def _forked(session: Session, numbers: set[tuple[str, int]]) -> tuple[str, ...]:
    query = (
        select(col(Revision.device), col(Revision.seq))
        .group_by(col(Revision.device), col(Revision.seq))
        .having(func.count() > 1)
    )
    return tuple(sorted({device for device, seq in session.exec(query) if (device, seq) in numbers}))


def _without_document(session: Session, entities: set[Entity]) -> tuple[str, ...]:
    found: list[str] = []
    for chunk in batched(sorted(entity for kind, entity in entities if kind is Kind.CITATION), 500):
        query = select(col(Citation.id)).outerjoin(Document, col(Document.content_hash) == col(Citation.document))
        found += session.exec(query.where(col(Citation.id).in_(chunk), col(Document.id).is_(None)))
    return tuple(sorted(found))


def _add_documents(session: Session, foreign: ForeignStore, domain_of: Callable[[str], str]) -> int:
    """Add the documents that are not here, each with its words; those that are here only gain identifiers."""
    new = 0
    for batch in batched(foreign.documents(), 200):
        hashes = [document.content_hash for document in batch]
        query = select(col(Document.content_hash), col(Document.id)).where(col(Document.content_hash).in_(hashes))
        numbers = {content: number or 0 for content, number in session.exec(query)}
        fresh = [document for document in batch if document.content_hash not in numbers]
        first = (session.exec(select(func.max(Document.id))).one() or 0) + 1
        for number, document in enumerate(fresh, first):
            numbers[document.content_hash] = number
        _insert_documents(session, fresh, numbers, domain_of)
        _insert_externals(session, batch, numbers)
        new += len(fresh)
    return new


def _add_received(session: Session, foreign: ForeignStore) -> int:
    """Add how documents were received, and the bytes that are not here; returns how many of those."""
    told = foreign.received()
    received.add(session, told)
    digests = {row["sha256"] for _, row in told.receipts}.intersection(foreign.snapshot_digests())
    missing = digests - snapshots.kept(session, digests)
    for row in foreign.snapshots(missing):
        received.add_snapshot(session, row)
    return len(missing)


def _insert_documents(
    session: Session, documents: Sequence[ForeignDocument], numbers: dict[str, int], domain_of: Callable[[str], str]
) -> None:
    if not documents:
        return
    connection = session.connection()
    described = ("content_hash", "text_hash", "title", "source_name", "authors", "url", "published_at", "language",
                 "media_type", "confidentiality", "characters")  # fmt: skip
    rows = [
        {
            **{name: getattr(document, name) for name in described},
            "id": numbers[document.content_hash],
            "domain": domain_of(document.url),
            "added_at": reading.moment(document.added_at),
        }
        for document in documents
    ]
    connection.execute(insert(Document), rows)
    pieces: list[dict[str, Any]] = []
    words: list[tuple[int, str, str]] = []
    next_passage = (session.exec(select(func.max(Passage.id))).one() or 0) + 1
    for document in documents:
        for start, end, locator, piece in document.passages:
            number = next_passage + len(pieces)
            place = {
                "id": number,
                "document_id": numbers[document.content_hash],
                "start_offset": start,
                "end_offset": end,
            }
            pieces.append({**place, "locator": locator, "text": piece})
            words.append((number, document.title, piece))
    connection.execute(insert(Passage), pieces)
    add_words(session, words)
    copies.add(session, [(numbers[document.content_hash], document.text) for document in documents])


def _insert_externals(session: Session, documents: Sequence[ForeignDocument], numbers: dict[str, int]) -> None:
    wanted = {(numbers[document.content_hash], name) for document in documents for name in document.external_ids}
    if not wanted:
        return
    query = select(col(DocumentExternal.document_id), col(DocumentExternal.external_id))
    known = set(session.exec(query.where(col(DocumentExternal.document_id).in_({number for number, _ in wanted}))))
    rows = [{"document_id": number, "external_id": name} for number, name in sorted(wanted - known)]
    if rows:
        session.connection().execute(insert(DocumentExternal), rows)
