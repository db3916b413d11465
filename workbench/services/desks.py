"""Reading an article with everything decided about it, in one go."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from db import evidence, verdicts
from db.tables import Article, ArticleVersion, Citation, Claim, Confirmation, Document, Passage, Review, Verdict
from db.vocabulary import UnitKind
from workbench.services import overlaps
from workbench.services.placing import Placed, placed
from workbench.services.resolved import carried_resolutions, holds
from workbench.services.sources import Resolver
from workbench.services.status import coverage_of, stale_decisions, status_of, units_with_state, with_covered
from workbench.services.views import CitationView, ClaimView, Desk
from workbench.splitting.wordings import differs, words_at
from workbench.verdicts import load_scales


def version_of(session: Session, article: Article) -> ArticleVersion:
    """The current version of an article. Raises NotFound where a share has brought the article without its text."""
    return placed(session, article).version


def desk_of(session: Session, article: Article) -> Desk:
    """Everything that the Desk shows of an article. Raises NotFound where its text is not here."""
    places = placed(session, article)
    views = claim_views(session, places)
    with_state = units_with_state(places.units, views)
    return Desk(article, places.version, with_state, tuple(views), coverage_of(with_state), places.versions)


def claim_views(session: Session, places: Placed, only: Sequence[str] | None = None) -> list[ClaimView]:
    """The claims of an article, or only these, with everything decided about them; numbered in the order of the article."""
    # What a claim's status depends on beside itself: its sentence, and the parts of that.
    roots = None if only is None else {claim.parent_id or claim.id for claim in places.claims if claim.id in only}
    near = [claim for claim in places.claims if roots is None or claim.id in roots or claim.parent_id in roots]
    ids = [claim.id for claim in near]
    cited = citation_views(session, verdicts.citations(session, ids))
    judged: dict[str, list[Verdict]] = defaultdict(list)
    reviewed: dict[str, list[Review]] = defaultdict(list)
    confirmed: dict[str, list[Confirmation]] = defaultdict(list)
    for verdict in verdicts.verdicts(session, ids):
        judged[verdict.claim_id].append(verdict)
    for review in verdicts.reviews(session, ids):
        reviewed[review.claim_id].append(review)
    for confirmation in verdicts.confirmations(session, ids):
        confirmed[confirmation.claim_id].append(confirmation)
    scales = load_scales()
    clashing = {claim.id for overlap in overlaps.find(places.standing()) for claim in overlap.claims}
    clashing |= places.disputed
    chosen = carried_resolutions(session, places)
    resolved = {claim.id: tuple(one for one in chosen if holds(claim, one)) for claim in near}
    stale = {
        claim.id: stale_decisions(claim, places.anchors[claim.id], judged[claim.id], confirmed[claim.id])
        for claim in near
    }
    alone = {
        claim.id: status_of(
            claim,
            judged[claim.id],
            len(cited.get(claim.id, [])),
            scales,
            clashing=claim.id in clashing
            or any(view.citation.conflicted for view in cited.get(claim.id, []))
            or any(one.conflicted for one in resolved[claim.id]),
            anchored=places.anchors[claim.id],
            stale=stale[claim.id],
        )
        for claim in near
    }
    statuses = with_covered(near, alone)
    starts = [unit.start for unit in places.units]
    result = []
    for number, claim in enumerate(places.claims, 1):
        if claim.id not in statuses or (only is not None and claim.id not in only):
            continue
        place = bisect_right(starts, claim.start) - 1
        unit = places.units[place] if place >= 0 and claim.start < places.units[place].end else None
        original = original_of(claim, "" if places.anchors[claim.id].orphan else places.version.text)
        result.append(
            ClaimView(
                claim=claim,
                number=number,
                status=statuses[claim.id],
                citations=tuple(cited.get(claim.id, [])),
                verdicts=tuple(judged[claim.id]),
                reviews=tuple(reviewed[claim.id]),
                depth=0 if claim.parent_id is None else 1,
                kind=unit.kind if unit else UnitKind.SENTENCE,
                anchor=places.anchors[claim.id],
                confirmations=tuple(confirmed[claim.id]),
                stale=stale[claim.id],
                original=original,
                edited=bool(original) and differs(claim.wording, original),
                resolutions=resolved[claim.id],
            )
        )
    return result


def original_of(claim: Claim, text: str) -> str:
    """The wording that a claim began with: built from its fragments, or their words in `text`; empty where it has neither."""
    return claim.built or words_at(text, claim.fragments)


def citation_views(session: Session, citations: Sequence[Citation]) -> dict[str, list[CitationView]]:
    """Citations with their documents, by claim."""
    documents = evidence.by_hashes(session, [citation.document for citation in citations])
    resolver = Resolver(session)
    result: dict[str, list[CitationView]] = defaultdict(list)
    for citation in citations:
        document = documents.get(citation.document)
        result[citation.claim_id].append(
            CitationView(
                citation=citation,
                document=document,
                source=resolver.of(document) if document else None,
                quote_found=document is not None and quote_stands(session, document, citation),
            )
        )
    return result


def quote_stands(session: Session, document: Document, citation: Citation) -> bool:
    """Whether the cited words still stand in the stored text where the citation says."""
    query = (
        select(Passage)
        .where(Passage.document_id == document.id, col(Passage.end) > citation.start, col(Passage.start) < citation.end)
        .order_by(col(Passage.start))
    )
    passages = session.exec(query).all()
    if not passages:
        return False
    joined = "".join(passage.text for passage in passages)
    first = passages[0].start
    return joined[citation.start - first : citation.end - first] == citation.quote
