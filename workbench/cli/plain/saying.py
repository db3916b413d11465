"""Claims, matches and decisions in sentences: every state as a word, nothing that only a picture could tell."""

from collections.abc import Iterator

from db.vocabulary import Relation as ClaimRelation
from workbench.cli.layout import counted, when
from workbench.cli.render import level_label
from workbench.matching.discrepancies.model import Finding, Relation
from workbench.services.offers import Offer
from workbench.services.reference_views import ReferenceView
from workbench.services.views import WORDS, CitationView, ClaimView, Desk, Match, said_by

_RELATIONS = {
    Relation.CONFLICT: "Differs",
    Relation.CONSISTENT: "Agrees",
    Relation.SCOPE_DIFFERS: "Differs in scope",
    Relation.DATE_DIFFERS: "Differs by date",
    Relation.MISSING: "Not in the passage",
}


def sentence(*parts: str) -> str:
    """The parts that say something, as sentences one after the other."""
    said = [" ".join(part.split()) for part in parts if part.strip()]
    return " ".join(part if part[-1] in ".?!:”" else f"{part}." for part in said)


def headline(view: ClaimView, total: int) -> str:
    """Which claim this is and how far it has come."""
    place = f"a sub-claim, {view.claim.relation.value}" if view.depth else ""
    return sentence(f"Claim {view.number} of {total}", WORDS[view.status].capitalize(), place)


def claim_lines(view: ClaimView, desk: Desk) -> Iterator[str]:
    """A claim: its wording, where it stands, who said it, what was decided."""
    claim = view.claim
    yield headline(view, len(desk.claims))
    yield f"Wording: {claim.wording}"
    if view.edited:
        yield f"In the article's words: {view.original}"
    if said_by(claim):
        yield sentence(f"Said by {said_by(claim)}")
    if claim.reason:
        yield sentence(f"Set aside because: {claim.reason}")
    for verdict in view.verdicts:
        yield sentence(
            f"Verdict: {level_label(verdict)}, on {verdict.scale}, by {verdict.author}",
            f"Rationale: {verdict.rationale}" if verdict.rationale else "",
            f"Missing: {verdict.missing}" if verdict.missing else "",
            "In conflict with another decision" if verdict.conflicted else "",
        )
    for review in view.standing_reviews:
        yield sentence(f"Review: {review.author} {review.outcome.value}", review.level, review.note)
    for number, cited in enumerate(view.citations, 1):
        yield f"Citation {number}: {citation(cited)}"


def around(view: ClaimView, desk: Desk) -> Iterator[str]:
    """The sentence of a claim in the article, with the one before and the one after."""
    if view.anchor.orphan:
        yield f"No longer in the article. It said: {view.anchor.words}"
        return
    text = desk.version.text
    here = next((n for n, unit in enumerate(desk.units) if unit.start <= view.claim.start < unit.end), None)
    if here is None:
        yield f"In the article: {text[view.claim.start : view.claim.end]}"
        return
    if here > 0:
        yield f"Before it: {text[desk.units[here - 1].start : desk.units[here - 1].end]}"
    yield f"In the article: {text[desk.units[here].start : max(desk.units[here].end, view.claim.end)]}"
    if here + 1 < len(desk.units):
        yield f"After it: {text[desk.units[here + 1].start : desk.units[here + 1].end]}"


def why(view: ClaimView) -> Iterator[str]:
    """Its kinds and its check-worthiness, with reasons."""
    claim, reasons = view.claim, view.reasons
    yield sentence(f"Kinds: {', '.join(claim.kinds) or 'none that its words give away'}", *reasons.kinds)
    yield sentence(f"Worth checking: {claim.checkworthiness / 1000:.2f} of 1, from its words alone", *reasons.score)


def citation(view: CitationView) -> str:
    """A citation with its quotation."""
    record = view.citation
    return sentence(
        f"{record.stance.value}, {record.role.value}",
        view.document.title if view.document else "A document that is withheld here",
        record.locator,
        f"Quote: “{record.quote}”",
        f"Note: {record.note}" if record.note else "",
        "" if view.quote_found or view.document is None else "The quotation is not found in the document",
    )


def match_lines(found: Match) -> Iterator[str]:
    """A suggestion: where it comes from, its words, how it agrees and where it differs, its origin."""
    record = found.document
    dated = f"{record.published_at[:10]}{_days(found.days)}" if record.published_at else "No date"
    yield sentence(f"Match {found.rank}", record.title or "No title", record.source_name, dated, found.passage.locator)
    if found.source is not None:
        yield sentence(f"Source: {found.source.summary}")
    yield f"Passage: “{found.passage.text}”"
    told = [item for item in found.findings if item.relation is not Relation.MISSING]
    for item in sorted(told, key=lambda item: item.relation is Relation.CONSISTENT):
        yield finding(item)
    if not told:
        yield "Nothing to compare was found in both."
    yield sentence(f"Origin {found.origin}", found.explanation, f"Document {found.external_id or record.id}")
    if found.cited:
        yield f"Cited for this claim already: {found.cited.value}."


def finding(item: Finding) -> str:
    """How claim and passage compare at one place."""
    return sentence(f"{_RELATIONS[item.relation]}, {item.kind.value}: {item.message}")


def _days(days: int | None) -> str:
    if days is None:
        return ""
    if days == 0:
        return ", the same day"
    return f", {counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def reference(view: ReferenceView) -> str:
    """Words that leave something open, and what was chosen for them."""
    chosen = view.resolution
    said = ""
    if chosen is not None:
        said = "It cannot be resolved" if chosen.unresolvable else f"It stands for {chosen.choice}"
        said += f", says {chosen.author}" + (", and another desk differs" if chosen.conflicted else "")
    return sentence(f"“{view.text}”, {view.type.replace('_', ' ')}", view.message, said or "Open")


def offer(item: Offer) -> str:
    """A sub-claim on offer."""
    presumed = next((reason for reason in item.reasons if reason.startswith("presupposition: ")), "")
    because = presumed.partition(": ")[2] if item.relation is ClaimRelation.PRESUPPOSED else ""
    return sentence(
        f"{item.relation.value}: {item.wording}",
        because,
        "Reliable" if item.reliable else "",
        f"Proposed by the helper, {item.helper}" if item.helper else "",
    )


def progress(desk: Desk, open_ones: int) -> str:
    """How far the article has come."""
    return sentence(
        f"{counted(len(desk.claims), 'claim')}, {open_ones} open",
        f"{desk.coverage.percent} percent of the text is dealt with",
        f"Published {when(desk.article.published_on)}" if desk.article.published_on else "No publication date",
    )
