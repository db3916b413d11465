"""Reading an article with everything decided about it, in one go."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from db import articles, evidence, references, verdicts
from db.tables import Article, ArticleVersion, Citation, Claim, Document, Passage, Resolution, Unit
from db.vocabulary import UnitKind
from workbench.errors import NotFound
from workbench.services import overlaps
from workbench.services.sources import Resolver
from workbench.services.status import coverage_of, status_of, units_with_state, with_covered
from workbench.services.views import CitationView, ClaimView, Desk
from workbench.splitting.wordings import differs, words_at
from workbench.verdicts import load_scales


def version_of(session: Session, article: Article) -> ArticleVersion:
    """The current version of an article. Raises NotFound where a share has brought the article without its text."""
    version = articles.current_version(session, article.id)
    if version is None:
        raise NotFound(f"The text of “{article.title}” is not in this database.", "Merge a share that holds it.")
    return version


def desk_of(session: Session, article: Article) -> Desk:
    """Everything that the Desk shows of an article."""
    version = version_of(session, article)
    units = articles.units(session, version.id)
    views = claim_views(session, articles.claims(session, version.id), units)
    with_state = units_with_state(units, views)
    return Desk(article, version, with_state, tuple(views), coverage_of(with_state))


def claim_views(
    session: Session, claims: Sequence[Claim], units: Sequence[Unit], *, only: Claim | None = None
) -> list[ClaimView]:
    """The claims of a version, which come in order and are all of them, with everything decided about them.

    With `only`, just that one is returned, numbered and seen among all of them.
    """
    # What a claim's status depends on beside itself: its sentence, and the parts of that.
    root = only and (only.parent_id or only.id)
    near = [claim for claim in claims if root is None or root in (claim.id, claim.parent_id)]
    ids = [claim.id for claim in near]
    cited = citation_views(session, verdicts.citations(session, ids))
    judged = defaultdict(list)
    for verdict in verdicts.verdicts(session, ids):
        judged[verdict.claim_id].append(verdict)
    reviewed = defaultdict(list)
    for review in verdicts.reviews(session, ids):
        reviewed[review.claim_id].append(review)
    scales = load_scales()
    wanted = {claim.version_id for claim in near}
    texts = {name: row.text for name in wanted if (row := session.get(ArticleVersion, name)) is not None}
    clashing = {claim.id for overlap in overlaps.find(claims) for claim in overlap.claims}
    chosen = references.resolutions(session, sorted({claim.version_id for claim in claims}))
    resolved = {claim.id: tuple(one for one in chosen if holds(claim, one)) for claim in near}
    alone = {
        claim.id: status_of(
            claim,
            judged[claim.id],
            len(cited.get(claim.id, [])),
            scales,
            clashing=claim.id in clashing
            or any(view.citation.conflicted for view in cited.get(claim.id, []))
            or any(one.conflicted for one in resolved[claim.id]),
        )
        for claim in near
    }
    statuses = with_covered(near, alone)
    starts = [unit.start for unit in units]
    result = []
    for number, claim in enumerate(claims, 1):
        if claim.id not in statuses or (only is not None and claim.id != only.id):
            continue
        place = bisect_right(starts, claim.start) - 1
        unit = units[place] if place >= 0 and claim.start < units[place].end else None
        original = original_of(claim, texts.get(claim.version_id, ""))
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
                original=original,
                edited=bool(original) and differs(claim.wording, original),
                resolutions=resolved[claim.id],
            )
        )
    return result


def original_of(claim: Claim, text: str) -> str:
    """The wording that a claim began with: built from its fragments, or their words in `text`; empty where it has neither."""
    return claim.built or words_at(text, claim.fragments)


def holds(claim: Claim, one: Resolution) -> bool:
    """Whether the words that were resolved are among those that carry the claim."""
    return claim.version_id == one.version_id and in_fragments(claim, one.start, one.end)


def in_fragments(claim: Claim, start: int, end: int) -> bool:
    """Whether the stretch [start, end) of the version lies in the words that carry the claim."""
    return any(first <= start and end <= last for first, last in claim.fragments)


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
