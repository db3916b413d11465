"""Quotations of a claim against the words of the passage, clause by clause."""

from collections.abc import Iterator

from workbench.matching.discrepancies.model import Finding, FindingKind, Relation, side_of
from workbench.matching.quoting import QuotationHit, QuotationState, find_quotation, quotations

_SHORTEST = 4
_MOST = 20
_RELATIONS = {QuotationState.VERBATIM: Relation.CONSISTENT, QuotationState.PARTIAL: Relation.MISSING}


def quotation_findings(claim: str, passage: str) -> Iterator[Finding]:
    """A finding for every quotation of at least four words: verbatim, trimmed, altered, or not there."""
    for span in quotations(claim)[:_MOST]:
        quote = span.of(claim)
        if len(quote.split()) < _SHORTEST:
            continue
        left = side_of(claim, span.start, span.end)
        hit = find_quotation(quote, passage)
        if hit is None:
            message = "quotation not in the passage"
            yield Finding(FindingKind.QUOTATION, Relation.MISSING, left, None, message)
            continue
        right = side_of(passage, hit.span.start, hit.span.end)
        relation = _RELATIONS.get(hit.state, Relation.CONFLICT)
        yield Finding(FindingKind.QUOTATION, relation, left, right, _message(quote, passage, hit))


def _message(quote: str, passage: str, hit: QuotationHit) -> str:
    rest = hit.rest.of(passage)
    if hit.state is QuotationState.VERBATIM:
        return f'quotation word for word; the passage goes on "{rest}"' if rest else "quotation word for word"
    if hit.state is QuotationState.PARTIAL:
        lacking = " … ".join(f'"{one.quote.of(quote)}"' for one in hit.differences)
        return f"only part of the quotation is in the passage; it lacks {lacking}"
    if not hit.differences:
        return f'quotation trimmed at the end: the passage goes on "{rest}"'
    first = hit.differences[0]
    mine, other = first.quote.of(quote) or "(nothing)", first.text.of(passage) or "(nothing)"
    if hit.state is QuotationState.TRIMMED:
        return f'quotation trimmed at the end: claim "{mine}", passage "{f"{other} {rest}".strip()}"'
    return f'quotation altered: claim "{mine}", passage "{other}"'
