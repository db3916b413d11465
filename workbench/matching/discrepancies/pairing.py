"""Which figure of the passage is the counterpart of which figure of the claim."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.matching.discrepancies.dates import DateMention
from workbench.matching.discrepancies.quantities import Quantity
from workbench.matching.discrepancies.shapes import QuantityKind
from workbench.matching.discrepancies.surroundings import overlap
from workbench.matching.discrepancies.values import fits
from workbench.matching.tokens import Reading

_ENOUGH = 2.5
_DISTINCTIVE = 100
_SAME_YEAR = 1.5
_FARTHEST = 14
_HARM = frozenset(("killed", "injured"))
CASUALTIES = "casualties"


@dataclass(frozen=True, slots=True)
class Pair:
    """Places of a claim's figure and its counterpart, how likely it is one, and whether its value fits."""

    score: float
    claim: int
    passage: int
    fit: bool | None


def _comparable(claim: Quantity, passage: Quantity) -> bool:
    if claim.kind is not passage.kind or claim.measure != passage.measure:
        return False
    if claim.kind is not QuantityKind.COUNT or not (claim.known_unit and passage.known_unit):
        return True
    if claim.unit == passage.unit or claim.unit in passage.whom or passage.unit in claim.whom:
        return True
    if _no_harm(claim, passage) or _no_harm(passage, claim):
        return True
    return "people" in (claim.unit, passage.unit) and claim.low == passage.low


def _no_harm(none: Quantity, some: Quantity) -> bool:
    """Whether "no casualties" stands against people killed or injured: casualties are both."""
    return none.unit == CASUALTIES and none.high == 0 and some.unit in _HARM


def _score(claim: Quantity, passage: Quantity, fit: bool | None) -> float:
    """How likely the two figures are about the same thing; the unit weighs most, then the words around."""
    score = 0.0
    if claim.kind in (QuantityKind.COUNT, QuantityKind.RANK):
        if claim.unit is not None and claim.unit == passage.unit:
            score += 3.0 if claim.known_unit else 2.5
        elif claim.unit in passage.whom or passage.unit in claim.whom:
            score += 2.0
        elif _no_harm(claim, passage) or _no_harm(passage, claim):
            score += 3.0
        elif claim.unit is not None and (claim.unit in passage.context or (passage.unit or "") in claim.context):
            score += 1.5
        elif claim.unit is None and passage.unit is None:
            score += 1.0
    else:
        score += 1.5
    if claim.kind in (QuantityKind.MEASURE, QuantityKind.RANK):
        score -= 0.5
    if claim.names and passage.names and not claim.names & passage.names:
        score -= 1.0
    if claim.part != passage.part:
        score -= 0.75
    score += 4.0 * overlap(claim.context, passage.context)
    return score + _closeness(claim, passage) + (0.5 if fit else 0.0)


def _closeness(claim: Quantity, passage: Quantity) -> float:
    """1 for equal values, falling to 0 at half as much again: what was misquoted or has moved on is mostly near."""
    low, high = sorted((abs(claim.low), abs(passage.low)))
    if low == high:
        return 1.5 if high >= _DISTINCTIVE else 1.0
    return max(0.0, 1.0 - 2.0 * (high - low) / high)


def years_of(reading: Reading, figures: Sequence[Quantity], dates: Sequence[DateMention]) -> tuple[int | None, ...]:
    """The year that each figure is said of: the nearest one of its sentence, fewest clauses away; None without one."""
    single = [one for one in dates if one.year is not None and one.year == one.last_year]
    return tuple(_year_of(reading, figure, single) for figure in figures)


def _year_of(reading: Reading, figure: Quantity, dates: Sequence[DateMention]) -> int | None:
    tokens, joiners = reading.tokens, reading.table.number_joiners
    best: tuple[int, int, int] | None = None
    year = None
    for date in dates:
        if date.sentence != figure.sentence:
            continue
        after = date.first >= figure.last
        between = tokens[figure.last : date.first] if after else tokens[date.last : figure.first]
        if len(between) > _FARTHEST:
            continue
        cost = sum(2 if token.low in joiners or token.text in ";:" else int(token.is_break) for token in between)
        rank = (cost, len(between), int(not after))
        if best is None or rank < best:
            best, year = rank, date.year
    return year


def _same_thing(claim: Quantity, equal: Quantity, other: Quantity) -> bool:
    """Whether the figure of equal value counts no other thing than the one it is preferred to."""
    return equal.unit == claim.unit or equal.unit is None or other.unit != claim.unit


def _possible(
    claim: Quantity, year: int | None, passages: Sequence[Quantity], years: Sequence[int | None]
) -> list[tuple[int, float, bool | None]]:
    """Counterparts of a figure with score and fit.

    A figure of one year meets those of the same year where there are any. Where one has the very value, those that
    exclude it are none: the passage says other numbers of other things.
    """
    found: list[tuple[int, float, bool | None]] = []
    for j, passage in enumerate(passages):
        if _comparable(claim, passage):
            fit = fits(claim, passage)
            same = _SAME_YEAR if year is not None and years[j] == year and len(set(years)) > 1 else 0.0
            score = _score(claim, passage, fit) + same
            if score >= _ENOUGH:
                found.append((j, score, fit))
    if year is not None and any(years[j] == year for j, _, _ in found):
        found = [one for one in found if years[one[0]] in (year, None)]
    others = [j for j, passage in enumerate(passages) if year is None or years[j] in (year, None)]
    equals = [j for j in others if _equal(claim, passages[j])]
    return [
        (j, score, fit)
        for j, score, fit in found
        if fit is not False or not any(_same_thing(claim, passages[k], passages[j]) for k in equals)
    ]


def _equal(claim: Quantity, passage: Quantity) -> bool:
    same = (claim.low, claim.high) == (passage.low, passage.high) and claim.low != 0
    return same and _comparable(claim, passage) and fits(claim, passage) is True


def pair_figures(
    claims: Sequence[Quantity],
    passages: Sequence[Quantity],
    claim_years: Sequence[int | None],
    passage_years: Sequence[int | None],
) -> list[Pair]:
    """At most one counterpart for every figure of the claim, the best pairs first; the years are `years_of` each."""
    pairs = [
        Pair(score, i, j, fit)
        for i, claim in enumerate(claims)
        for j, score, fit in _possible(claim, claim_years[i], passages, passage_years)
    ]
    pairs.sort(key=lambda pair: (-pair.score, pair.claim, pair.passage))
    used_claims: set[int] = set()
    used_passages: set[int] = set()
    chosen: list[Pair] = []
    for pair in pairs:
        if pair.claim in used_claims or pair.passage in used_passages:
            continue
        used_claims.add(pair.claim)
        used_passages.add(pair.passage)
        chosen.append(pair)
    return chosen
