"""The same number with another unit: percent and percentage points, dollars and euros, injured and killed."""

from collections.abc import Sequence

from workbench.matching.discrepancies.model import Finding, FindingKind, Relation, side_of
from workbench.matching.discrepancies.quantities import Quantity
from workbench.matching.discrepancies.shapes import QuantityKind
from workbench.matching.discrepancies.surroundings import overlap
from workbench.matching.tokens import Reading

_ENOUGH = 0.25
_SHARES = frozenset((QuantityKind.PERCENT, QuantityKind.POINTS))


def unit_finding(claim: Reading, mine: Quantity, passage: Reading, others: Sequence[Quantity]) -> Finding | None:
    """A finding where a figure of the claim stands in the passage with another unit; None when it does not.

    `others` are the figures of the passage that are the counterpart of nothing else.
    """
    for other in others:
        if _written_alike(mine, other) and _other_unit(mine, other):
            left = side_of(claim.text, *_with_unit(claim, mine))
            right = side_of(passage.text, *_with_unit(passage, other))
            message = f"unit differs: claim {left.text}, passage {right.text}"
            return Finding(FindingKind.UNIT, Relation.CONFLICT, left, right, message)
    return None


def _written_alike(mine: Quantity, other: Quantity) -> bool:
    return mine.written == other.written and overlap(mine.context, other.context) >= _ENOUGH


def _other_unit(mine: Quantity, other: Quantity) -> bool:
    if mine.kind is not other.kind:
        return {mine.kind, other.kind} <= _SHARES
    if mine.kind in (QuantityKind.MONEY, QuantityKind.MEASURE):
        return mine.unit_text != other.unit_text or mine.measure != other.measure
    both = mine.known_unit and other.known_unit and "people" not in (mine.unit, other.unit)
    return mine.kind is QuantityKind.COUNT and both and mine.unit != other.unit and mine.written >= 2


def _with_unit(reading: Reading, quantity: Quantity) -> tuple[int, int]:
    """The figure up to the word that names its unit, when that follows closely."""
    for token in reading.tokens[quantity.last : quantity.last + 5]:
        if token.low == quantity.unit_text:
            return quantity.start, token.end
    return quantity.start, quantity.end
