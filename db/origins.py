"""What people decided about documents' origins."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from db.identity import derived
from db.revisions import batched
from db.tables import OriginLink


def entity(first: str, second: str) -> str:
    """What a decision about two documents, named by content hash, is called at every desk, whichever is named first."""
    return derived("origin-link", *sorted((first, second)))


def links(session: Session, contents: Iterable[str] | None = None) -> list[OriginLink]:
    """The decisions about these documents, or all of them, in a fixed order."""
    found: dict[str, OriginLink] = {}
    if contents is None:
        found.update((link.id, link) for link in session.exec(select(OriginLink)))
    else:
        for chunk in batched(sorted(set(contents)), 400):
            query = select(OriginLink).where(col(OriginLink.document).in_(chunk) | col(OriginLink.other).in_(chunk))
            found.update((link.id, link) for link in session.exec(query))
    return [found[key] for key in sorted(found)]
