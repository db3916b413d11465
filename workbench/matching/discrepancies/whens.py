"""Dates and years of a claim against those of a passage."""

from collections.abc import Iterator, Sequence

from workbench.matching.discrepancies.datefit import compare_dates, only_weekday
from workbench.matching.discrepancies.dates import DateMention
from workbench.matching.discrepancies.figures import Measured
from workbench.matching.discrepancies.model import Finding, FindingKind, Relation, side_of
from workbench.matching.discrepancies.surroundings import overlap

_ENOUGH = 0.25


def date_findings(claim: Measured, passage: Measured) -> Iterator[Finding]:
    """A finding for every date of the claim: consistent, conflict, or missing; one best counterpart each."""
    for mine in claim.dates:
        left = side_of(claim.reading.text, mine.start, mine.end)
        best = _counterpart(mine, passage.dates)
        if best is None and only_weekday(mine):
            continue
        if best is None:
            message = f"date not in the passage: claim {left.text}"
            yield Finding(FindingKind.DATE, Relation.MISSING, left, None, message)
            continue
        other, fit = best
        right = side_of(passage.reading.text, other.start, other.end)
        relation, word = (Relation.CONSISTENT, "agrees") if fit else (Relation.CONFLICT, "differs")
        message = f"date {word}: claim {left.text}, passage {right.text}"
        yield Finding(FindingKind.DATE, relation, left, right, message)


def _counterpart(mine: DateMention, others: Sequence[DateMention]) -> tuple[DateMention, bool] | None:
    """The date that speaks of the same event, and whether it fits; None when no date is near the same words."""
    scored = [
        (overlap(mine.context, other.context) + (0.5 if fit else 0.0), -place, other, fit)
        for place, other in enumerate(others)
        if (fit := compare_dates(mine, other)) is not None
    ]
    if not scored:
        return None
    score, _, other, fit = max(scored, key=lambda one: one[:2])
    return (other, fit) if score >= _ENOUGH else None
