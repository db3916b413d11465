"""How a quotation stands in a text, clause by clause: word for word, altered, only in part, or spliced from several places."""

import re
from dataclasses import dataclass
from itertools import pairwise

from workbench.matching.quoting import Difference, QuotationState, clause_places, clauses, find_quotation
from workbench.text.spans import Span

SPLICED = "spliced"
_ELLIPSIS = re.compile(r"[\[(]?(?:…|\.{3,})[\])]?")
_APART = 60
"""Characters that may stand between two clauses beyond what the quotation has there, before they count as apart."""
_BRIDGED = 100
"""Characters that an ellipsis may leave out before it is said how many."""
_COMPLETE = 0.8
_PART = 0.35
_PART_WORDS = 5
_SHORT_WORDS = 5
_SURE = 85.0
"""How alike a clause of a few words must be; longer ones are by chance less often."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A quotation in one text. Spans are code points of the quotation and of the text; `rest` is how the text goes on.

    `state` is that of `QuotationState`, or "spliced"; `said` are plain sentences on what is not as quoted; `found` are
    the clauses of the quotation that stand there, `covered` their share of it, 0 to 1.
    """

    span: Span
    state: str
    differences: tuple[Difference, ...]
    rest: Span
    found: tuple[Span, ...]
    covered: float
    said: tuple[str, ...]


def trace(quote: str, text: str) -> Standing | None:
    """How `quote` stands in `text`, None where not enough of it does to be no chance."""
    places = [
        (mine, score, there)
        for mine, score, there in clause_places(quote, text)
        if score >= _SURE or len(mine.of(quote).split()) > _SHORT_WORDS
    ]
    wanted = sum(clause.length for clause in clauses(quote)) or 1
    covered = sum(mine.length for mine, _, _ in places) / wanted
    said = _apart(quote, places)
    if covered >= _COMPLETE and said:
        return _spliced(quote, text, places, covered, said)
    hit = find_quotation(quote, text)
    if hit is None or (covered < _PART and hit.state is not QuotationState.PARTIAL):
        return None
    if hit.state is QuotationState.PARTIAL or covered < _COMPLETE:
        longest = max((len(mine.of(quote).split()) for mine, _, _ in places), default=0)
        if hit.state is not QuotationState.PARTIAL and longest < _PART_WORDS:
            return None
        found = tuple(mine for mine, _, _ in places) or _shared(quote, hit.differences)
        share = max(covered, sum(piece.length for piece in found) / max(len(quote), 1))
        return Standing(
            hit.span, "partial", hit.differences, hit.rest, found, share, ("only a part of it stands here",)
        )
    found = tuple(mine for mine, _, _ in places)
    return Standing(hit.span, hit.state.value, hit.differences, hit.rest, found, covered, ())


def _shared(quote: str, lacking: tuple[Difference, ...]) -> tuple[Span, ...]:
    """The stretch of a quotation that is left when what is lacking is taken from its ends."""
    start, end = 0, len(quote)
    for one in lacking:
        if one.quote.start <= start:
            start = one.quote.end
        else:
            end = min(end, one.quote.start)
    return (Span(start, end),) if start < end else ()


def _apart(quote: str, places: list[tuple[Span, float, Span]]) -> tuple[str, ...]:
    """What stands between clauses in the text that does not in the quotation."""
    said = []
    for number, (before, after) in enumerate(pairwise(places), 1):
        (mine, _, there), (mine_next, _, there_next) = before, after
        between = quote[mine.end - 1 : mine_next.start + 1]
        gap = there_next.start - there.end
        if gap < -_APART:
            said.append(f"clause {number + 1} stands before clause {number} here")
        elif gap > (_BRIDGED if _ELLIPSIS.search(between) else _APART):
            what = (
                "an ellipsis bridges"
                if _ELLIPSIS.search(between)
                else f"between clauses {number} and {number + 1} stand"
            )
            said.append(f"{what} {gap:,} characters that are not quoted")
    return tuple(said)


def _spliced(
    quote: str, text: str, places: list[tuple[Span, float, Span]], covered: float, said: tuple[str, ...]
) -> Standing:
    """Each clause compared where it stands."""
    differences: list[Difference] = []
    for mine, _, there in places:
        hit = find_quotation(mine.of(quote), there.of(text))
        if hit is not None:
            differences += [
                Difference(one.quote.shift(mine.start), one.text.shift(there.start)) for one in hit.differences
            ]
    start, end = min(there.start for _, _, there in places), max(there.end for _, _, there in places)
    found = tuple(mine for mine, _, _ in places)
    return Standing(Span(start, end), SPLICED, tuple(differences), Span(end, end), found, covered, said)
