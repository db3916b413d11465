"""Resolutions and terms of office: reading them."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.articles import CHUNK
from db.revisions import batched
from db.tables import OfficeTerm, Resolution


def resolutions(session: Session, version_ids: Sequence[str]) -> list[Resolution]:
    """What was chosen for words of these versions, in order of the text."""
    found: list[Resolution] = []
    for chunk in batched(version_ids, CHUNK):
        found.extend(session.exec(select(Resolution).where(col(Resolution.version_id).in_(chunk))))
    return sorted(found, key=lambda one: (one.version_id, one.start, one.end))


def terms(session: Session) -> list[OfficeTerm]:
    """The desk's own entries, by country, office and beginning."""
    order = (OfficeTerm.country, OfficeTerm.office, OfficeTerm.first, OfficeTerm.person, OfficeTerm.id)
    return list(session.exec(select(OfficeTerm).order_by(*order)))
