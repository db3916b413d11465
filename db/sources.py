"""Sources, their assessments and attestations: reading them, and which source a document comes from."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables import Assessment, Attestation, Source


def sources(session: Session) -> list[Source]:
    """Every source by name."""
    return list(session.exec(select(Source).order_by(col(Source.name), col(Source.id))))


def assessments(session: Session, source_ids: Sequence[str]) -> list[Assessment]:
    """The assessments of these sources."""
    query = select(Assessment).where(col(Assessment.source_id).in_(source_ids))
    return list(session.exec(query.order_by(Assessment.source_id, Assessment.criterion)))


def attestations(session: Session, source_ids: Sequence[str]) -> list[Attestation]:
    """Others' ratings of these sources, oldest first."""
    query = select(Attestation).where(col(Attestation.source_id).in_(source_ids))
    return list(session.exec(query.order_by(Attestation.source_id, col(Attestation.rated_on), Attestation.id)))


def sources_by_prefix(session: Session, key: str) -> list[Source]:
    """Sources whose identifier begins or ends so, or whose name is this; at most five."""
    query = select(Source).where(
        col(Source.id).startswith(key, autoescape=True)
        | col(Source.id).endswith(key, autoescape=True)
        | (col(Source.name) == key)
    )
    return list(session.exec(query.limit(5)))
