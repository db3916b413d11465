"""Figures of a claim against those of a passage: one best counterpart each, then scope, date and value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.matching.discrepancies.datefit import only_weekday, same_time
from workbench.matching.discrepancies.dates import DateMention, dates_of
from workbench.matching.discrepancies.lexicon import lexicon
from workbench.matching.discrepancies.model import Finding, FindingKind, FindingSide, Relation, side_of
from workbench.matching.discrepancies.pairing import pair_figures, years_of
from workbench.matching.discrepancies.quantities import Quantity, quantities_of
from workbench.matching.discrepancies.shapes import QuantityKind
from workbench.matching.discrepancies.surroundings import match_phrase
from workbench.matching.discrepancies.unitchange import unit_finding
from workbench.matching.tokens import Reading

MOST_FIGURES = 400
MOST_DATES = 200
"""Limits for a passage, so that a text of nothing but numbers takes no time; a claim has a tenth of them."""

_ROOT = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """A text with the figures and dates found in it."""

    reading: Reading
    figures: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]


def measure(reading: Reading, *, figures: int = MOST_FIGURES, dates: int = MOST_DATES) -> Measured:
    """The first `figures` figures and `dates` dates of a text; no number is both."""
    found = dates_of(reading, dates)
    return Measured(reading, quantities_of(reading, [(one.first, one.last) for one in found], figures), found)


def _sides(claim: Reading, mine: Quantity, passage: Reading, other: Quantity) -> tuple[FindingSide, FindingSide]:
    return side_of(claim.text, mine.start, mine.end), side_of(passage.text, other.start, other.end)


def _other_population(mine: Quantity, other: Quantity, claim: Reading, passage: Reading) -> bool:
    """Whether one side counts a population that the other does not mention."""
    for none, some in ((mine, other), (other, mine)):
        # "No casualties" at all leaves none in any part of the people.
        if none.high == 0 and not none.whom and some.low > 0:
            return False
    return _unmentioned(mine.whom, passage.senses) or _unmentioned(other.whom, claim.senses)


def _unmentioned(whom: frozenset[str], senses: frozenset[str]) -> bool:
    """Whether a word of `whom` has no counterpart; "Cuban" is mentioned by "Cuba"."""
    beginnings = {sense[:_ROOT] for sense in senses}
    return any(word not in senses and word[:_ROOT] not in beginnings for word in whom)


class _Times:
    """Whether the sentences of two figures are dated, and apart; remembered by pair of sentences."""

    def __init__(self, claim: Measured, passage: Measured) -> None:
        # The day of the week mostly says when somebody spoke, not of when a figure is.
        self._claim = [one for one in claim.dates if not only_weekday(one)]
        self._passage = [one for one in passage.dates if not only_weekday(one)]
        self._known: dict[tuple[int, int], bool] = {}

    def apart(self, mine: int, other: int) -> bool:
        """Whether both sentences (of claim and passage, by number) name dates, and none of the one fits the other."""
        if (mine, other) not in self._known:
            left = [date for date in self._claim if date.sentence == mine]
            right = [date for date in self._passage if date.sentence == other] or self._passage
            fits = {same_time(a, b) for a in left for b in right}
            self._known[mine, other] = False in fits and True not in fits
        return self._known[mine, other]


RUNNING = frozenset(
    {
        "killed",
        "injured",
        "missing",
        "arrested",
        "displaced",
        "recovered",
        "hospitalised",
        "cases",
        "tests",
        "votes",
        "people",
    }
)
"""Units whose counts grow from day to day, so that an older text may simply know an earlier number."""


def figure_findings(claim: Measured, passage: Measured, *, dates_differ: bool) -> Iterator[Finding]:
    """A finding for every figure of the claim: conflict, consistent, other scope, other date, or missing.

    `dates_differ` says that the two texts are known to be of different dates: that excuses only a running toll.
    """
    denied = [other for other in passage.figures if _denied(passage.reading, other)]
    said = [other for other in passage.figures if other not in denied]
    years = [years_of(one.reading, figures, one.dates) for one, figures in ((claim, claim.figures), (passage, said))]
    paired = {pair.claim: pair for pair in pair_figures(claim.figures, said, *years)}
    taken = {pair.passage for pair in paired.values()}
    free = [other for j, other in enumerate(said) if j not in taken]
    times = _Times(claim, passage)
    for i, mine in enumerate(claim.figures):
        if _denied(claim.reading, mine):
            continue
        pair = paired.get(i)
        refused = next((other for other in denied if _same_figure(mine, other)), None)
        stands = any(_same_figure(mine, other) for other in said)
        if refused is not None and not stands and (pair is None or pair.fit is False):
            yield _refused(claim.reading, mine, passage.reading, refused)
            continue
        if pair is None:
            if mine.kind is not QuantityKind.RANK:
                yield _unpaired(claim.reading, mine, passage.reading, free)
            continue
        other = said[pair.passage]
        if pair.fit is False and mine.kind is not QuantityKind.COUNT:
            other_unit = unit_finding(claim.reading, mine, passage.reading, free)
            if other_unit is not None:
                yield other_unit
                continue
        apart = (dates_differ and mine.unit in RUNNING) or times.apart(mine.sentence, other.sentence)
        yield _judged(claim.reading, mine, passage.reading, other, pair.fit, dates_differ=apart)


def _denied(reading: Reading, figure: Quantity) -> bool:
    """Whether the text itself denies the figure ("was not the first", "13, not 31"): what it asserts is then another."""
    words = lexicon(reading.table.code)
    before = reading.lows[max(0, figure.first - 2) : figure.first]
    if any(low in words.denying_figures or low.endswith(reading.table.negation_endings or ("\n",)) for low in before):
        return True
    return any(match_phrase(reading.lows, figure.first - len(phrase), phrase) for phrase in words.instead_of)


def _same_figure(mine: Quantity, denied: Quantity) -> bool:
    """Whether a figure that the passage denies is the claim's: the same value, and no other unit."""
    same = mine.kind is denied.kind and mine.measure == denied.measure and mine.low == denied.low
    return same and mine.high == denied.high and (denied.unit is None or denied.unit == mine.unit)


def _refused(claim: Reading, mine: Quantity, passage: Reading, denied: Quantity) -> Finding:
    left = side_of(claim.text, mine.start, mine.end)
    start = passage.tokens[max(0, denied.first - 1)].start
    right = side_of(passage.text, start, denied.end)
    message = f'figure denied: claim {left.text}, the passage says "{right.text}"'
    return Finding(FindingKind.FIGURE, Relation.CONFLICT, left, right, message)


def _unpaired(claim: Reading, mine: Quantity, passage: Reading, free: Sequence[Quantity]) -> Finding:
    other_unit = unit_finding(claim, mine, passage, free)
    if other_unit is not None:
        return other_unit
    side = side_of(claim.text, mine.start, mine.end)
    return Finding(FindingKind.FIGURE, Relation.MISSING, side, None, f"figure not in the passage: claim {side.text}")


def _judged(
    claim: Reading, mine: Quantity, passage: Reading, other: Quantity, fit: bool | None, *, dates_differ: bool
) -> Finding:
    left, right = _sides(claim, mine, passage, other)
    unit = mine.unit_text or other.unit_text
    same = f" (same unit: {unit})" if unit else " (same kind)"
    relation, words = Relation.CONFLICT, f"figure differs: claim {left.text}, passage {right.text}{same}"
    if fit:
        relation, words = Relation.CONSISTENT, f"figure agrees: claim {left.text}, passage {right.text}{same}"
    elif fit is None:
        relation = Relation.MISSING
        words = f"figure left open: claim {left.text}, passage {right.text}{same}"
    elif mine.known_unit and mine.kind is QuantityKind.COUNT and _other_population(mine, other, claim, passage):
        relation = Relation.SCOPE_DIFFERS
        words = f"figures of different scope: claim {left.text}, passage {right.text}"
    elif dates_differ:
        relation = Relation.DATE_DIFFERS
        words = f"figures at different dates: claim {left.text}, passage {right.text}"
    kind = FindingKind.FIGURE
    if (
        relation is Relation.CONFLICT
        and mine.kind is QuantityKind.MEASURE
        and mine.written == other.written
        and mine.unit_text != other.unit_text
    ):
        kind, words = FindingKind.UNIT, f"unit differs: claim {left.text}, passage {right.text}"
    return Finding(kind, relation, left, right, words)
