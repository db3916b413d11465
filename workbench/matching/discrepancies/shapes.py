"""Numbers with what is written directly at them: comparator, currency, percent, measure, range, score."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.matching.discrepancies.lexicon import lexicon
from workbench.matching.discrepancies.numbers import Number, NumberForm
from workbench.matching.discrepancies.surroundings import match_phrase, phrase_after, phrase_before
from workbench.matching.tokens import Reading
from workbench.matching.words import Phrase


class QuantityKind(StrEnum):
    """What may be compared with what."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    MONEY = "money"
    MEASURE = "measure"
    SCORE = "score"
    RESULT = "result"
    RANK = "rank"


class Bound(StrEnum):
    """What a comparator says about the value."""

    EXACT = "exact"
    ABOUT = "about"
    MORE = "gt"
    AT_LEAST = "ge"
    LESS = "lt"
    AT_MOST = "le"


@dataclass(frozen=True, slots=True)
class Shape:
    """A number with what is written directly at it: comparator, currency, percent, range."""

    first: int
    last: int
    low: float
    high: float
    step: float
    written: float
    kind: QuantityKind
    bound: Bound
    near_bound: bool
    measure: str
    unit_text: str


def _currency(reading: Reading, first: int, last: int) -> tuple[str, int, int]:
    """Currency beside the tokens [first, last), "" when none, and the tokens with it."""
    lows, table = reading.lows, reading.table
    if first >= 1 and lows[first - 1] in table.currencies and not lows[first - 1].endswith("s"):
        name, begin = table.currencies[lows[first - 1]], first - 1
        letters = reading.tokens[begin - 1] if begin >= 1 and reading.tokens[begin].glued else None
        if letters is not None and letters.text.isupper() and letters.low + "$" in table.currencies:
            name, begin = table.currencies[lows[begin - 1] + "$"], begin - 1
        return name, begin, last
    at = last
    if at < len(lows) and lows[at] in table.money_links:
        at += 1
    if at < len(lows) and lows[at] in ("us", "u.s", "canadian", "australian") and at + 1 < len(lows):
        at += 1
    if at < len(lows) and lows[at] in table.currencies:
        return table.currencies[lows[at]], first, at + 1
    return "", first, last


def _any_phrase(lows: Sequence[str], at: int, phrases: Sequence[Phrase]) -> int:
    return next((len(phrase) for phrase in phrases if match_phrase(lows, at, phrase)), 0)


def _bound_of(reading: Reading, first: int, last: int) -> tuple[Bound, bool, int, int]:
    """Comparator at the tokens [first, last), whether it means "just below", and the tokens with it."""
    lows, table = reading.lows, reading.table
    bound, near = Bound.EXACT, False
    before = phrase_before(lows, first, table.before)
    if before is not None and not (before[0] == ("over",) and first >= 2 and lows[first - 2] in table.over_after):
        phrase, name = before
        first -= len(phrase)
        bound = Bound.ABOUT if name == "about" else Bound.EXACT if name == "exact" else Bound(name)
        near = phrase in table.near
        outer = phrase_before(lows, first, table.before)
        if outer is not None and bound in (Bound.ABOUT, Bound.EXACT) and outer[1] not in ("about", "exact"):
            bound, first = Bound(outer[1]), first - len(outer[0])
    after = phrase_after(lows, last, table.after)
    if after is not None:
        phrase, name = after
        last += len(phrase)
        bound = Bound.ABOUT if name == "about" else Bound(name)
    return bound, near, first, last


def _kind_at(reading: Reading, number: Number, last: int) -> tuple[QuantityKind, int, str, str]:
    """Kind, end, measure and unit word of what follows a number."""
    lows, table = reading.lows, reading.table
    if number.form is NumberForm.FRACTION:
        return QuantityKind.PERCENT, last, "", ""
    percent = _any_phrase(lows, last, table.percent)
    points = _any_phrase(lows, last, table.points)
    if percent and not points:
        after = last + percent
        points = _any_phrase(lows, after, table.points)
        if points:
            return QuantityKind.POINTS, after + points, "", ""
        return QuantityKind.PERCENT, after, "", ""
    if points and (points > 1 or lows[last].startswith(tuple(phrase[0] for phrase in table.percent))):
        return QuantityKind.POINTS, last + points, "", ""
    at = last + (last + 1 < len(lows) and lows[last] == "-" and lows[last + 1] in table.measures)
    if at < len(lows) and lows[at] in table.measures and not (lows[at] == "m" and number.scaled):
        dimension, _ = table.measures[lows[at]]
        return QuantityKind.MEASURE, at + 1, dimension, lows[at]
    return QuantityKind.COUNT, last, "", ""


def _ranked(reading: Reading, number: Number) -> bool:
    lows, table = reading.lows, reading.table
    if number.form is NumberForm.ORDINAL:
        return True
    before = number.first - 1
    if before >= 0 and lows[before] == "." and before >= 1 and lows[before - 1] == "no":
        return reading.tokens[before - 1].capital
    if before < 0 or lows[before] not in table.rank_words:
        return False
    return lows[before] != "no" or reading.tokens[before].capital


def _rated(reading: Reading, first: int) -> bool:
    """Whether a score is spoken of shortly before ("an average rating of 4.3")."""
    return any(low in reading.table.score_words for low in reading.lows[max(0, first - 5) : first])


def _shape(reading: Reading, number: Number, partner: Number | None) -> Shape:
    """The number with its comparator, currency and unit; `partner` is the other end of a range."""
    table = reading.table
    low, high, step = number.low, number.high, number.step
    first, last = number.first, number.last
    if partner is not None:
        scale = partner.step / step if partner.scaled and not number.scaled and low < partner.low else 1.0
        low, high, last = min(low * scale, partner.high), max(low * scale, partner.high), partner.last
    written = low
    kind, last, measure, unit_text = _kind_at(reading, partner or number, last)
    if kind is QuantityKind.MEASURE:
        factor = table.measures[unit_text][1]
        low, high, step = low * factor, high * factor, step * factor
    elif number.form is NumberForm.FRACTION:
        low, high, step = low * 100, high * 100, step * 100
    subunit = lexicon(table.code).subunits.get(reading.lows[last]) if last < len(reading.lows) else None
    currency, first, last = (subunit[0], first, last + 1) if subunit else _currency(reading, first, last)
    if subunit:
        low, high, step = low * subunit[1], high * subunit[1], step * subunit[1]
    if currency:
        kind, measure = QuantityKind.MONEY, currency
    elif kind is QuantityKind.COUNT and _ranked(reading, number):
        kind = QuantityKind.RANK
    elif kind is QuantityKind.COUNT and step < 1 and high <= 10 and _rated(reading, first):
        kind, low, high, step = QuantityKind.SCORE, low * 10, high * 10, step * 10
    bound, near, first, last = _bound_of(reading, first, last)
    return Shape(first, last, low, high, step, written, kind, bound, near, measure, unit_text)


def _slash_or_out_of(reading: Reading, number: Number, partner: Number | None) -> tuple[int, bool]:
    """End of a second number after "/" or "out of" (0 when none), and whether the two are a score."""
    if partner is None:
        return 0, False
    lows, table = reading.lows, reading.table
    gap = lows[number.last : partner.first]
    if gap == ("/",):
        return partner.last, True
    if gap in table.out_of and partner.low >= number.low:
        end = partner.last
        noun = end < len(lows) and reading.tokens[end].kind == "word" and lows[end] not in table.stop
        return end, not noun and partner.low in (5.0, 10.0, 20.0, 100.0)
    return 0, False


def _dash_pair(reading: Reading, number: Number, partner: Number | None) -> str:
    """ "range" or "result" when two numbers are written as one ("10-15 people", "3-1"), else ""."""
    if partner is None or number.form is not NumberForm.DIGITS or partner.form is not NumberForm.DIGITS:
        return ""
    lows, table = reading.lows, reading.table
    gap = lows[number.last : partner.first]
    if gap == (":",):
        tight = reading.tokens[number.last].glued and reading.tokens[partner.first].glued
        return "result" if tight else ""
    opened = number.first >= 1 and lows[number.first - 1] in table.range_open
    if gap == ("-",):
        noun = partner.last < len(lows) and reading.tokens[partner.last].kind == "word"
        noun = noun and lows[partner.last] not in table.stop
        if number.high < partner.low and (noun or partner.high >= 10):
            return "range"
        return "result" if partner.high < 100 and number.high < 100 else ""
    if len(gap) == 1 and gap[0] in table.range_join and opened and number.low < partner.low:
        return "range"
    if gap and gap[-1] == "to" and (len(gap) == 1 or (len(gap) == 2 and table.groups.get(gap[0]) == "votes")):
        if number.low < partner.low:
            return "range" if len(gap) == 1 else ""
        fallen = opened or partner.high >= 100 or number.high >= 100 or _moved(reading, partner)
        return "" if fallen or number.low == partner.low else "result"
    return ""


def _moved(reading: Reading, partner: Number) -> bool:
    """Whether a unit follows the second number, so that the two are no result ("cut 52 to 48 percent")."""
    kind = _kind_at(reading, partner, partner.last)[0]
    return kind is not QuantityKind.COUNT or bool(_currency(reading, partner.first, partner.last)[0])


def _opened(reading: Reading, shape: Shape) -> Shape:
    """A range with the word that opens it ("between")."""
    opened = shape.first >= 1 and reading.lows[shape.first - 1] in reading.table.range_open
    return replace(shape, first=shape.first - 1) if opened else shape


def shapes_of(reading: Reading, numbers: Sequence[Number]) -> Iterator[Shape]:
    """Every number with what is written directly at it; two numbers written as one make one shape."""
    skip = False
    for at, number in enumerate(numbers):
        if skip:
            skip = False
            continue
        partner = numbers[at + 1] if at + 1 < len(numbers) else None
        end, score = _slash_or_out_of(reading, number, partner)
        if end and partner is not None:
            skip = True
            shape = _shape(reading, number, None)
            if score:
                share = 100.0 / partner.low if partner.low else 1.0
                yield replace(
                    shape,
                    last=end,
                    kind=QuantityKind.PERCENT if partner.low == 100.0 else QuantityKind.SCORE,
                    low=number.low * share,
                    high=number.high * share,
                    step=number.step * share,
                )
            else:
                yield replace(shape, last=end)
            continue
        pair = _dash_pair(reading, number, partner)
        if pair and partner is not None:
            skip = True
            shape = _opened(reading, _shape(reading, number, partner))
            yield replace(shape, kind=QuantityKind.RESULT) if pair == "result" else shape
            continue
        yield _shape(reading, number, None)
