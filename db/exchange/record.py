"""The record of what this file packed for others and took in from them; it stays in this file."""

from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import Document, Exchange, Revision
from db.vocabulary import Kind


def packed_since(session: Session, moment: datetime) -> list[datetime]:
    """When shares were packed from this file since a moment, oldest first; those packed from it read-only are not on record."""
    query = select(col(Exchange.at)).where(Exchange.direction == "packed", col(Exchange.at) >= moment)
    return list(session.exec(query.order_by(col(Exchange.at))))


def may_hold_elsewhere(session: Session, document: Document, device: str) -> tuple[list[datetime], bool]:
    """When shares were packed that may hold a document, and whether another desk's device has cited it.

    Confidentiality at the time of packing is not asked: what is said of it is a warning, and one too many does no harm.
    """
    cited = select(Revision.rid).where(
        Revision.kind == Kind.CITATION,
        col(Revision.body).contains(document.content_hash, autoescape=True),
        Revision.device != device,
    )
    return packed_since(session, document.added_at), session.exec(cited.limit(1)).first() is not None
