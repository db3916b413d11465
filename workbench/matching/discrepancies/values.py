"""Whether a figure of the passage fits the claim's figure, comparators and rounding understood."""

import math
from dataclasses import dataclass

from workbench.matching.discrepancies.quantities import Quantity
from workbench.matching.discrepancies.shapes import Bound, QuantityKind

_ABOUT = 0.1
_NEARLY = 0.93
_OVER = 1.2
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class _Interval:
    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def meets(self, other: "_Interval") -> bool:
        """Whether the two share a value."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low < high:
            return True
        if low > high:
            return False
        return not (self._excludes(low) or other._excludes(low))

    def _excludes(self, value: float) -> bool:
        return (self.open_low and value == self.low) or (self.open_high and value == self.high)

    def holds(self, other: "_Interval") -> bool:
        """Whether every value of `other` is in this interval."""
        low = self.low < other.low or (self.low == other.low and (other.open_low or not self.open_low))
        high = self.high > other.high or (self.high == other.high and (other.open_high or not self.open_high))
        return low and high


def _interval(quantity: Quantity, *, widen: bool, reported: bool = False) -> _Interval:
    """What the figure allows; `widen` gives "about" its tolerance.

    A `reported` figure is one that somebody knows: "over 4,000" then means a little over, not any number above.
    """
    low, high = quantity.low, quantity.high
    if quantity.near_bound:
        return _Interval(low * _NEARLY, high, open_low=True, open_high=True)
    match quantity.bound:
        case Bound.MORE:
            return _Interval(high, high * _OVER if reported else math.inf, open_low=True)
        case Bound.AT_LEAST:
            return _Interval(low, high * _OVER if reported else math.inf)
        case Bound.LESS:
            return _Interval(low / _OVER if reported else -math.inf, low, open_high=True)
        case Bound.AT_MOST:
            return _Interval(low / _OVER if reported else -math.inf, high)
        case Bound.ABOUT if widen:
            return _Interval(low - abs(low) * _ABOUT, high + abs(high) * _ABOUT)
        case _:
            return _Interval(low, high)


def _same(claim: Quantity, passage: Quantity) -> bool:
    """Whether the written values are equal, one of them possibly rounded to its last written digit."""
    tolerance = max(_rounding(claim), _rounding(passage)) + _TINY * max(abs(claim.low), 1.0)
    return abs(claim.low - passage.low) <= tolerance and abs(claim.high - passage.high) <= tolerance


def _rounding(quantity: Quantity) -> float:
    return 0.0 if quantity.step == 1.0 else quantity.step / 2


def fits(claim: Quantity, passage: Quantity) -> bool | None:
    """True when the passage's figure is within what the claim says, False when they exclude each other.

    None when the passage leaves it open ("more than 80" against "more than 90").
    """
    if claim.kind is QuantityKind.RESULT or passage.kind is QuantityKind.RESULT:
        return {claim.low, claim.high} == {passage.low, passage.high}
    loose = {claim.bound, passage.bound} <= {Bound.EXACT, Bound.ABOUT}
    if loose and not (claim.near_bound or passage.near_bound):
        if _same(claim, passage):
            return True
        return _interval(claim, widen=True).meets(_interval(passage, widen=True))
    mine, other = _interval(claim, widen=False), _interval(passage, widen=False, reported=True)
    if mine.holds(other):
        return True
    if claim.bound in (Bound.EXACT, Bound.ABOUT) and _same(claim, passage):
        return True
    return None if mine.meets(other) else False
