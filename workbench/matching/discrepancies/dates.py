"""Dates and years in a text: what is written of year, month and day, with before, after, since and until."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from workbench.matching.discrepancies.naming import designates
from workbench.matching.discrepancies.surroundings import context_of, phrase_before
from workbench.matching.tokens import Reading

_YEARS = (1000, 2100)
_SMALLEST_PLAIN_YEAR = 1900
_MODERN = 1900
_DETERMINERS = ("a", "the", "el", "la", "del")


class When(StrEnum):
    """How a date bounds what is said of it."""

    ON = "plain"
    BEFORE = "before"
    AFTER = "after"
    SINCE = "since"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written; parts that are not written are None. `last_year` differs from `year` in a range or decade,
    `weekday` (0 is Monday) is written or follows from the rest.

    [start, end) are code points, `first` and `last` its tokens. `context` holds the senses around it, nearer ones with more weight.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    year: int | None
    month: int | None
    day: int | None
    last_year: int | None
    weekday: int | None
    when: When
    context: Mapping[str, float]
    sentence: int
    swapped: bool = False
    """Whether day and month may be the other way round ("05/04/2020")."""


@dataclass(frozen=True, slots=True)
class _Parts:
    first: int
    last: int
    year: int | None
    month: int | None
    day: int | None
    last_year: int | None
    weekday: int | None = None
    swapped: bool = False


def _month(reading: Reading, at: int) -> int | None:
    if not 0 <= at < len(reading.tokens):
        return None
    token = reading.tokens[at]
    if reading.table.code == "en" and not token.capital:
        return None
    return reading.table.months.get(token.low)


def _day(reading: Reading, at: int) -> int | None:
    if not 0 <= at < len(reading.tokens):
        return None
    text = reading.tokens[at].text
    return int(text) if len(text) <= 2 and text.isascii() and text.isdigit() and 1 <= int(text) <= 31 else None


def _year(reading: Reading, at: int) -> int | None:
    if not 0 <= at < len(reading.tokens):
        return None
    text = reading.tokens[at].text
    if len(text) != 4 or not (text.isascii() and text.isdigit()):
        return None
    return int(text) if _YEARS[0] <= int(text) <= _YEARS[1] else None


def _skip(reading: Reading, at: int) -> int:
    """The token after "of", "de", a comma or an ordinal ending, from `at`."""
    joiners, lows = reading.table.date_joiners, reading.lows
    while at < len(lows) and (lows[at] in joiners or lows[at] == ","):
        at += 1
    return at


def _after_ordinal(reading: Reading, at: int) -> int:
    lows = reading.lows
    glued = at < len(lows) and reading.tokens[at].glued and lows[at] in reading.table.ordinal_suffixes
    return at + 1 if glued else at


def _with_year(reading: Reading, at: int) -> tuple[int | None, int]:
    skipped = _skip(reading, at)
    year = _year(reading, skipped)
    return (year, skipped + 1) if year is not None else (None, at)


def _at(reading: Reading, at: int) -> _Parts | None:
    """The date that begins at token `at`, if any."""
    token = reading.tokens[at]
    weekday = _weekday(reading, at)
    if weekday is not None:
        return weekday
    century = _century(reading, at)
    if century is not None:
        return century
    if token.kind == "word":
        return _month_first(reading, at)
    if token.kind != "number":
        return None
    numeric = _iso(reading, at) or _slashed(reading, at)
    if numeric is not None:
        return numeric
    day = _day(reading, at)
    if day is not None:
        month_at = _skip(reading, _after_ordinal(reading, at + 1))
        month = _month(reading, month_at)
        if month is not None:
            year, last = _with_year(reading, month_at + 1)
            return _Parts(at, last, year, month, day, year)
    return _plain_year(reading, at)


def _weekday(reading: Reading, at: int) -> _Parts | None:
    """A day of the week, with the date when it follows ("Thursday 12 March")."""
    token, table = reading.tokens[at], reading.table
    number = table.weekdays.get(token.low)
    if number is None or (table.code == "en" and not token.capital):
        return None
    following = _skip(reading, at + 1)
    dated = _at(reading, following) if following < len(reading.tokens) else None
    if dated is not None and dated.day is not None:
        return replace(dated, first=at, weekday=number)
    return _Parts(at, at + 1, None, None, None, None, number)


def _derived_weekday(parts: _Parts) -> int | None:
    if parts.swapped or parts.year is None or parts.month is None or parts.day is None:
        return parts.weekday
    try:
        return date(parts.year, parts.month, parts.day).weekday()
    except ValueError:
        return None


def _century(reading: Reading, at: int) -> _Parts | None:
    """ "19th century" and "nineteenth century" as a hundred years."""
    token, lows, table = reading.tokens[at], reading.lows, reading.table
    ordinal = table.ordinals.get(token.low) if token.kind == "word" else None
    last = at + 1
    if token.kind == "number" and token.text.isascii() and token.text.isdigit() and len(token.text) <= 2:
        last = _after_ordinal(reading, at + 1)
        ordinal = int(token.text) if last > at + 1 else None
    if last < len(lows) and lows[last] == "-":
        last += 1
    if not ordinal or last >= len(lows) or lows[last] not in table.century:
        return None
    return _Parts(at, last + 1, (ordinal - 1) * 100 + 1, None, None, ordinal * 100)


def _month_first(reading: Reading, at: int) -> _Parts | None:
    month = _month(reading, at)
    if month is None:
        return None
    next_at = at + 1 + (at + 1 < len(reading.lows) and reading.lows[at + 1] == "." and reading.tokens[at + 1].glued)
    day = _day(reading, next_at)
    if day is not None:
        after = _after_ordinal(reading, next_at + 1)
        year, last = _with_year(reading, after)
        return _Parts(at, last, year, month, day, year)
    year, last = _with_year(reading, next_at)
    if year is None and reading.lows[at] in ("may", "march", "mar", "jan", "dec"):
        before = phrase_before(reading.lows, at, reading.table.date_before)
        if before is None:
            return None
    return _Parts(at, last if year is not None else at + 1, year, month, None, year)


def _iso(reading: Reading, at: int) -> _Parts | None:
    tokens = reading.tokens
    year = _year(reading, at)
    if year is None or at + 4 >= len(tokens) or (tokens[at + 1].text, tokens[at + 3].text) != ("-", "-"):
        return None
    month, day = _day(reading, at + 2), _day(reading, at + 4)
    if month is None or day is None or month > 12 or not all(tokens[i].glued for i in range(at + 1, at + 5)):
        return None
    return _Parts(at, at + 5, year, month, day, year)


def _slashed(reading: Reading, at: int) -> _Parts | None:
    """ "05/04/2020": where both numbers may be the month, the reading with the day first is kept and marked."""
    tokens = reading.tokens
    if at + 4 >= len(tokens) or tokens[at + 1].text != "/" or tokens[at + 3].text != "/":
        return None
    first, second, year = _day(reading, at), _day(reading, at + 2), _year(reading, at + 4)
    if first is None or second is None or year is None or min(first, second) > 12:
        return None
    if not all(tokens[i].glued for i in range(at + 1, at + 5)):
        return None
    day, month = (first, second) if second <= 12 else (second, first)
    return _Parts(at, at + 5, year, month, day, year, swapped=max(first, second) <= 12 and first != second)


def _plain_year(reading: Reading, at: int) -> _Parts | None:
    year = _year(reading, at)
    if year is None:
        return None
    tokens, lows, table = reading.tokens, reading.lows, reading.table
    dated = phrase_before(lows, at, table.date_before) is not None
    if at and lows[at - 1] in _DETERMINERS and year >= _MODERN:
        dated = True
    if not dated and (year < _SMALLEST_PLAIN_YEAR or _counts_something(reading, at)):
        return None
    if at and (lows[at - 1] in table.currencies or designates(reading, at - 1)):
        return None
    if dated and lows[at - 1] not in _DETERMINERS and _counts_something(reading, at):
        return None
    if at + 1 < len(tokens) and tokens[at + 1].glued and lows[at + 1] == "s":
        return _Parts(at, at + 2, year, None, None, year + (99 if year % 100 == 0 else 9))
    last_year, last = _range_end(reading, at, year)
    return _Parts(at, last, year, None, None, last_year)


def _range_end(reading: Reading, at: int, year: int) -> tuple[int, int]:
    """The last year of "2018-19" or "between 1978 and 2010", and where it ends."""
    tokens, lows, table = reading.tokens, reading.lows, reading.table
    if at + 2 >= len(tokens) or tokens[at + 2].kind != "number":
        return year, at + 1
    text = tokens[at + 2].text
    if lows[at + 1] == "-" and text.isdigit() and len(text) == 2 and tokens[at + 1].glued:
        return year - year % 100 + int(text) + (100 if int(text) < year % 100 else 0), at + 3
    opened = at >= 1 and lows[at - 1] in table.range_open
    end = _year(reading, at + 2)
    if end is not None and end > year and (lows[at + 1] == "-" or (opened and lows[at + 1] in table.range_join)):
        return end, at + 3
    return year, at + 1


def _counts_something(reading: Reading, at: int) -> bool:
    """Whether a four-digit number is followed by something that is counted ("1010 new cases")."""
    table = reading.table
    for token in reading.tokens[at + 1 : at + 4]:
        if token.kind != "word" or token.low in table.stop:
            return token.text == "%"
        if token.capital:
            return False
        if token.low in table.groups or token.low in table.generic or token.low in table.measures:
            return True
        if token.low in table.scales or token.low in table.currencies:
            return True
    return False


def dates_of(reading: Reading, limit: int = 200) -> tuple[DateMention, ...]:
    """Dates of a text, in order, none overlapping; at most `limit`."""
    return tuple(found for _, found in zip(range(limit), _dates(reading), strict=False))


def _dates(reading: Reading) -> Iterator[DateMention]:
    at = 0
    while at < len(reading.tokens):
        parts = _at(reading, at)
        if parts is None:
            at += 1
            continue
        yield _mention(reading, parts)
        at = parts.last


def _mention(reading: Reading, parts: _Parts) -> DateMention:
    tokens = reading.tokens
    first, when = parts.first, When.ON
    edge = first - 1 if first and reading.lows[first - 1] == "the" else first
    before = phrase_before(reading.lows, edge, reading.table.date_before)
    if before is not None and before[1] != "plain":
        first, when = edge - len(before[0]), When(before[1])
    start, end = tokens[first].start, tokens[parts.last - 1].end
    context = context_of(reading, first, parts.last)
    return DateMention(
        start,
        end,
        reading.text[start:end],
        first,
        parts.last,
        parts.year,
        parts.month,
        parts.day,
        parts.last_year,
        _derived_weekday(parts),
        when,
        {sense: weight for sense, weight in context.items() if sense not in reading.table.months},
        tokens[parts.first].sentence,
        parts.swapped,
    )
