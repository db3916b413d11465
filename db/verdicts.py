"""Citations, verdicts, reviews and dismissals: reading them, and what is in conflict."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.articles import CHUNK
from db.kinds import KINDS
from db.revisions import alternatives, batched, heads
from db.tables import Citation, Confirmation, Dismissal, Review, Revision, Verdict
from db.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Conflict:
    """One entity that desks decided differently about, with each differing decision."""

    kind: Kind
    entity: str
    alternatives: tuple[Revision, ...]


def citations(session: Session, claim_ids: Sequence[str]) -> list[Citation]:
    """The citations of these claims, oldest first."""
    found: list[Citation] = []
    for chunk in batched(claim_ids, CHUNK):
        found.extend(session.exec(select(Citation).where(col(Citation.claim_id).in_(chunk))))
    return sorted(found, key=lambda citation: citation.id)


def citations_of_document(session: Session, content: str) -> list[Citation]:
    """Where a document is cited."""
    return list(session.exec(select(Citation).where(Citation.document == content).order_by(Citation.id)))


def citations_by_prefix(session: Session, prefix: str) -> list[Citation]:
    """Citations whose identifier begins or ends so; at most five."""
    matching = col(Citation.id).startswith(prefix, autoescape=True) | col(Citation.id).endswith(prefix, autoescape=True)
    return list(session.exec(select(Citation).where(matching).limit(5)))


def verdicts(session: Session, claim_ids: Sequence[str]) -> list[Verdict]:
    """The verdicts of these claims, by scale."""
    found: list[Verdict] = []
    for chunk in batched(claim_ids, CHUNK):
        found.extend(session.exec(select(Verdict).where(col(Verdict.claim_id).in_(chunk))))
    return sorted(found, key=lambda verdict: (verdict.claim_id, verdict.scale))


def reviews(session: Session, claim_ids: Sequence[str]) -> list[Review]:
    """The reviews of these claims' verdicts, oldest first."""
    found: list[Review] = []
    for chunk in batched(claim_ids, CHUNK):
        found.extend(session.exec(select(Review).where(col(Review.claim_id).in_(chunk))))
    return sorted(found, key=lambda review: review.id)


def confirmations(session: Session, claim_ids: Sequence[str]) -> list[Confirmation]:
    """What was said to hold still of these claims, oldest first."""
    found: list[Confirmation] = []
    for chunk in batched(claim_ids, CHUNK):
        found.extend(session.exec(select(Confirmation).where(col(Confirmation.claim_id).in_(chunk))))
    return sorted(found, key=lambda confirmation: confirmation.id)


def dismissals(session: Session, claim_id: str) -> list[Dismissal]:
    """What was dismissed for a claim."""
    return list(session.exec(select(Dismissal).where(Dismissal.claim_id == claim_id)))


def conflicts(session: Session) -> list[Conflict]:
    """Every open conflict. Entities whose live rows are all withdrawn have no row and are no conflict."""
    found: list[Conflict] = []
    for kind, (_, table) in KINDS.items():
        entities = session.exec(select(table.id).where(col(table.conflicted).is_(True)).order_by(table.id)).all()
        found.extend(conflict(session, kind, entity) for entity in entities)
    return found


def conflict(session: Session, kind: Kind, entity: str) -> Conflict:
    """The differing decisions about one entity."""
    return Conflict(kind, entity, tuple(alternatives(heads(session, entity))))
