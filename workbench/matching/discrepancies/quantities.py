"""Quantities: a number with its comparator, its unit, whom it counts and the words around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.matching.discrepancies.numbers import is_clock, numbers_of
from workbench.matching.discrepancies.shapes import Bound, QuantityKind, Shape, shapes_of
from workbench.matching.discrepancies.surroundings import context_of
from workbench.matching.discrepancies.units import clause_end, run_after, unit_of
from workbench.matching.tokens import Reading

_NAMES = 8
_ASIDE = 8


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text; [start, end) are code points, `first` and `last` its tokens.

    `low` and `high` are the value in the base unit of `measure` (equal unless a range or a vague word), `written` the
    number before any conversion. `unit` is
    the name of what is counted, None when unknown; `known_unit` says that it comes from the word table. `whom`
    holds the words that narrow the population, `context` the senses around it with a weight that falls with distance,
    `names` the capitalised words close after it; `part` says that it is a part of what was counted before.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    kind: QuantityKind
    low: float
    high: float
    step: float
    written: float
    bound: Bound
    near_bound: bool
    unit: str | None
    unit_text: str
    known_unit: bool
    measure: str
    whom: frozenset[str]
    context: Mapping[str, float]
    names: frozenset[str]
    part: bool
    sentence: int


def quantities_of(reading: Reading, taken: Sequence[tuple[int, int]] = (), limit: int = 400) -> tuple[Quantity, ...]:
    """Figures of a text that are not part of a date; `taken` are token ranges that dates hold."""
    dated = {token for first, last in taken for token in range(first, last)}
    numbers = [n for n in numbers_of(reading) if n.first not in dated and not is_clock(reading, n)]
    shapes = list(shapes_of(reading, numbers[:limit]))
    found: list[Quantity] = []
    for at, shape in enumerate(shapes):
        left = shapes[at - 1].last if at else 0
        right = shapes[at + 1].first if at + 1 < len(shapes) else len(reading.tokens)
        quantity = _placed(reading, shape, left, right)
        if _is_label(reading, quantity):
            continue
        if quantity.unit is None and found and _elliptic(reading, quantity, found[-1]):
            quantity = replace(quantity, unit=found[-1].unit, known_unit=found[-1].known_unit)
        found.append(quantity)
    return tuple(found)


def _is_label(reading: Reading, quantity: Quantity) -> bool:
    """Whether the number belongs to a name ("Maroon 5", "Radio 1"): right after a capitalised word, with no noun."""
    first = quantity.first
    if quantity.kind is not QuantityKind.COUNT or quantity.known_unit or first == 0:
        return False
    before = reading.tokens[first - 1]
    known = before.low in reading.table.stop or before.low in reading.table.senses
    opens = first == 1 or reading.tokens[first - 2].sentence != before.sentence
    return before.capital and not known and not (opens and quantity.unit_text.endswith("s"))


def _elliptic(reading: Reading, quantity: Quantity, previous: Quantity) -> bool:
    """Whether the unit of the figure before is meant ("107 cases, 56 in Sofia")."""
    return (
        quantity.kind is QuantityKind.COUNT
        and previous.kind is QuantityKind.COUNT
        and previous.sentence == quantity.sentence
        and quantity.last < len(reading.tokens)
        and reading.lows[quantity.last] in ("in", "from", "among", "of", "en", "entre")
    )


def _placed(reading: Reading, shape: Shape, left: int, right: int) -> Quantity:
    """The shape with unit, population and the words around it."""
    tokens = reading.tokens
    bare = shape.kind in (QuantityKind.SCORE, QuantityKind.RESULT)
    run = [] if bare else run_after(reading, shape.last, ranked=shape.kind is QuantityKind.RANK)
    unit, unit_text, known, whom = unit_of(reading, shape, run, left, right)
    start, end = tokens[shape.first].start, tokens[shape.last - 1].end
    return Quantity(
        start,
        end,
        reading.text[start:end],
        shape.first,
        shape.last,
        shape.kind,
        shape.low,
        shape.high,
        shape.step,
        shape.written,
        shape.bound,
        shape.near_bound,
        unit,
        unit_text,
        known,
        shape.measure,
        whom,
        context_of(reading, shape.first, shape.last, left, right),
        _names(reading, shape, right),
        _is_part(reading, shape, left),
        tokens[shape.first].sentence,
    )


def _is_part(reading: Reading, shape: Shape, left: int) -> bool:
    """Whether "including" or the like stands shortly before, with no other figure between."""
    start = max(left, shape.first - _ASIDE)
    return left > 0 and not reading.table.parts.isdisjoint(reading.lows[start : shape.first])


def _names(reading: Reading, shape: Shape, right: int) -> frozenset[str]:
    """Senses of capitalised words in the clause right after a figure, where places and bodies are named."""
    tokens, table = reading.tokens, reading.table
    end = min(clause_end(reading, shape.last, right), shape.last + _NAMES)
    return frozenset(
        table.sense(token.low) for token in tokens[shape.last : end] if token.capital and token.low not in table.stop
    )
