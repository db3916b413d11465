"""Articles, versions, units and claims: reading them."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.revisions import batched
from db.tables import Anchor, Article, ArticleVersion, Citation, Claim, DroppedOffer, Revision, Unit, Verdict
from db.vocabulary import Relation

CHUNK = 500
"""Values in one IN: below every limit on bound variables that SQLite was ever built with."""


def articles(session: Session) -> list[Article]:
    """Every article, the one brought in last first."""
    return list(session.exec(select(Article).order_by(col(Article.id).desc())))


def current_version(session: Session, article_id: str) -> ArticleVersion | None:
    """The latest version of an article."""
    query = select(ArticleVersion).where(ArticleVersion.article_id == article_id)
    return session.exec(query.order_by(col(ArticleVersion.ordinal).desc(), col(ArticleVersion.id)).limit(1)).first()


def units(session: Session, version_id: str) -> list[Unit]:
    """The units of a version in order."""
    return list(session.exec(select(Unit).where(Unit.version_id == version_id).order_by(col(Unit.start))))


def versions(session: Session, article_id: str) -> list[ArticleVersion]:
    """The versions of an article, the latest last; of two with one number the same one is last at every desk."""
    query = select(ArticleVersion).where(ArticleVersion.article_id == article_id)
    return list(session.exec(query.order_by(col(ArticleVersion.ordinal), col(ArticleVersion.id).desc())))


def claims(session: Session, version_id: str) -> list[Claim]:
    """The claims made in a version, in order of its text, a sentence before its parts.

    A claim withdrawn here that somebody else has decided about is among them, marked.
    """
    return in_order(_kept(session, [version_id]))


def claims_of_article(session: Session, article_id: str) -> list[Claim]:
    """The claims made in any version of an article, also in one that was withdrawn since; in no order.

    A withdrawn claim is among them, marked, where somebody has decided about it.
    """
    known = [version.id for version in versions(session, article_id)]
    return _kept(session, [*known, *_withdrawn_versions(session, article_id)])


def _withdrawn_versions(session: Session, article_id: str) -> list[str]:
    """Versions that have claims but no text here any more."""
    homeless = select(col(Claim.version_id)).where(col(Claim.version_id).not_in(select(ArticleVersion.id))).distinct()
    wanted = list(session.exec(homeless))
    found: list[str] = []
    for chunk in batched(wanted, CHUNK):
        query = select(col(Revision.entity)).where(
            col(Revision.entity).in_(chunk),
            func.json_extract(col(Revision.body), "$.data.article_id") == article_id,
        )
        found += session.exec(query.distinct())
    return sorted(found)


def _kept(session: Session, version_ids: Sequence[str]) -> list[Claim]:
    found: list[Claim] = []
    for chunk in batched(version_ids, CHUNK):
        found += session.exec(select(Claim).where(col(Claim.version_id).in_(chunk)))
    decided = decided_about(session, [claim.id for claim in found if claim.withdrawn])
    return [claim for claim in found if not claim.withdrawn or claim.id in decided]


def in_order(found: Sequence[Claim]) -> list[Claim]:
    """Claims with places in one text, in its order, a sentence before its parts."""
    starts = {claim.id: claim.start for claim in found}
    relations = list(Relation)

    def place(claim: Claim) -> tuple[int, bool, int, int, int, str, str]:
        above = starts.get(claim.parent_id, claim.start) if claim.parent_id else claim.start
        # Identifiers made within one millisecond are in no order, so they only decide between equals.
        relation = relations.index(claim.relation)
        return above, claim.parent_id is not None, claim.start, relation, claim.end, claim.wording, claim.id

    return sorted(found, key=place)


def anchors(session: Session, claim_ids: Sequence[str]) -> list[Anchor]:
    """Where people placed these claims."""
    found: list[Anchor] = []
    for chunk in batched(claim_ids, CHUNK):
        found += session.exec(select(Anchor).where(col(Anchor.claim_id).in_(chunk)))
    return sorted(found, key=lambda anchor: anchor.id)


def decided_about(session: Session, claim_ids: Sequence[str]) -> set[str]:
    """Those of the claims that have a citation or a verdict."""
    decided: set[str] = set()
    for chunk in batched(claim_ids, CHUNK):
        decided.update(session.exec(select(Citation.claim_id).where(col(Citation.claim_id).in_(chunk))))
        decided.update(session.exec(select(Verdict.claim_id).where(col(Verdict.claim_id).in_(chunk))))
    return decided


def arrived_with(session: Session, version_id: str) -> tuple[set[str], set[str]]:
    """The revisions that were written when a version was brought in, and what they are about: no person's choice yet."""
    first = select(col(Revision.action)).where(Revision.entity == version_id).order_by(col(Revision.number)).limit(1)
    query = select(col(Revision.rid), col(Revision.entity)).where(col(Revision.action).in_(first))
    written = session.exec(query).all()
    return {rid for rid, _ in written}, {entity for _, entity in written}


def dropped_offers(session: Session, version_id: str) -> list[DroppedOffer]:
    """The offered sub-claims of a version that a person dropped, in order of the text."""
    query = select(DroppedOffer).where(DroppedOffer.version_id == version_id)
    return list(session.exec(query.order_by(col(DroppedOffer.start), col(DroppedOffer.id))))


def claims_by_prefix(session: Session, prefix: str) -> list[Claim]:
    """Claims whose identifier begins or ends so; at most five."""
    query = select(Claim).where(
        col(Claim.id).startswith(prefix, autoescape=True) | col(Claim.id).endswith(prefix, autoescape=True)
    )
    return list(session.exec(query.limit(5)))


def articles_by_prefix(session: Session, prefix: str) -> list[Article]:
    """Articles whose identifier begins or ends so; at most five."""
    query = select(Article).where(
        col(Article.id).startswith(prefix, autoescape=True) | col(Article.id).endswith(prefix, autoescape=True)
    )
    return list(session.exec(query.limit(5)))


def count(session: Session) -> int:
    """How many articles the file holds."""
    return session.exec(select(func.count()).select_from(Article)).one()
