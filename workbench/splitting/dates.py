"""Date words ("Sunday", "last year", "in January") and what they may mean on the day an article was published.

A small grammar of patterns per language (languages/*.toml, section dates) finds the words and says what each means; this
module only reckons. It looks for nothing it has no pattern for, because finders of dates in free text invent some
("may", "two days of"). What it returns are candidates for a person to pick from.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from workbench.splitting.lexicon import Lexicon, phrase_pattern
from workbench.splitting.model import Mention

_SLOT = re.compile(r"{(\w+)}")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|/\d")
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_BESIDE = 3
_MONTHS_IN = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class DateWord:
    """Words at [start, end) that name a time by its distance from the day of publication.

    `type` is "weekday", "partial_date" (a month, or day and month, without a year), "relative_date", or "vague_date" for
    words such as "recently" that no date can settle; `meaning` is the grammar's name of what the words say.
    """

    start: int
    end: int
    type: str
    meaning: str


@dataclass(frozen=True, eq=False)
class _Grammar:
    patterns: tuple[tuple[re.Pattern[str], str, frozenset[str]], ...]
    """Pattern, meaning, and the words of which a sentence must have one to be searched."""
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    units: dict[str, str]
    numbers: dict[str, int]
    future: frozenset[str]


@cache
def _grammar(lexicon: Lexicon) -> _Grammar | None:
    table = lexicon.data.get("dates")
    if not table:
        return None
    months, weekdays = tuple(table["months"].split()), tuple(table["weekdays"].split())
    units, numbers, vague = dict(table["units"]), dict(table["numbers"]), table["vague"]
    slots = {
        "unit": f"(?:{'|'.join(units)})",
        "units": f"(?:{'|'.join(units)})",
        "number": rf"(?:\d{{1,3}}|{'|'.join(numbers)})",
        "weekday": f"(?:{'|'.join(weekdays)})",
        "month": f"(?:{'|'.join(months)})",
    }
    lists = {"unit": units, "units": units, "weekday": weekdays, "month": months}

    def needed(pattern: str) -> frozenset[str]:
        named = [frozenset(lists[slot]) for slot in _SLOT.findall(pattern) if slot in lists]
        return named[-1] if named else frozenset(_WORD.findall(pattern))

    patterns = [
        (re.compile(rf"(?<![\w-])(?:{_SLOT.sub(lambda m: slots[m[1]], pattern)})(?![\w-])"), meaning, needed(pattern))
        for pattern, meaning in table["patterns"]
    ]
    words = frozenset(word for phrase in vague for word in phrase.split())
    return _Grammar(
        (*patterns, (phrase_pattern(vague), "vague", words)),
        months,
        weekdays,
        units,
        numbers,
        frozenset(table["future"].split()),
    )


def date_words(
    folded: str, start: int, end: int, lexicon: Lexicon, *, words: AbstractSet[str], dates: Sequence[Mention]
) -> tuple[DateWord, ...]:
    """Date words in the sentence [start, end) that the day of publication settles, or nothing does, in order.

    `words` are the lower-case words of the sentence; `dates` its written-out dates: a word beside a full date says
    nothing more, and a date without a year is itself listed.
    """
    grammar = _grammar(lexicon)
    if grammar is None:
        return ()
    found = [DateWord(m.start, m.end, "partial_date", "day and month") for m in dates if not _YEAR.search(m.text)]
    lowered = folded[start:end].lower()
    if len(lowered) != end - start:
        return tuple(found)
    readings = [
        (match.end() - match.start(), start + match.start(), start + match.end(), meaning)
        for pattern, meaning, needed in grammar.patterns
        if not words.isdisjoint(needed)
        for match in pattern.finditer(lowered)
    ]
    taken = [(m.start - _BESIDE, m.end + _BESIDE) for m in dates]
    for _, first, last, meaning in sorted(readings, key=lambda reading: (-reading[0], reading[1])):
        if not any(first < other_end and other_start < last for other_start, other_end in taken):
            found.append(DateWord(first, last, _type(meaning), meaning))
            taken.append((first, last))
    return tuple(sorted(found, key=lambda word: word.start))


def _type(meaning: str) -> str:
    kind = meaning.split(maxsplit=1)[0]
    return {"weekday": "weekday", "month": "partial_date", "vague": "vague_date"}.get(kind, "relative_date")


def date_candidates(words: str, meaning: str, published: date, lexicon: Lexicon, *, sentence: str) -> tuple[str, ...]:
    """What `words` may mean in an article published on that day: ISO dates or intervals "first/last", likeliest first.

    "../2026-01-05" is an interval without a known beginning. `sentence` decides, by words such as "will", whether the
    day to come is a candidate for a bare weekday or month. Empty when the words settle nothing ("recently").
    """
    grammar = _grammar(lexicon)
    if grammar is None or meaning == "vague":
        return ()
    lowered = words.lower()
    kind, _, argument = meaning.partition(" ")
    ahead = not grammar.future.isdisjoint(_WORD.findall(sentence.lower()))
    try:
        if kind == "weekday":
            return _weekdays(_index(lowered, grammar.weekdays), argument, published, ahead)
        if kind == "month":
            return _months(_index(lowered, grammar.months), argument, published, ahead)
        if meaning == "day and month":
            return _day_and_month(lowered, published, grammar, ahead)
        if kind == "day":
            return (_iso(published + timedelta(days=int(argument))),)
        return _units(lowered, kind, argument, published, grammar)
    except (OverflowError, ValueError):
        # Outside the calendar ("300 centuries ago"), or the 30th of February: there is no such date to offer.
        return ()


def _index(lowered: str, names: Sequence[str]) -> int:
    return next(i for i, name in enumerate(names) if re.search(rf"\b{name}\b", lowered))


def _iso(first: date, last: date | None = None) -> str:
    return first.isoformat() if last is None or last == first else f"{first.isoformat()}/{last.isoformat()}"


def _weekdays(day: int, which: str, published: date, ahead: bool) -> tuple[str, ...]:
    latest = published - timedelta(days=(published.weekday() - day) % 7)
    following = latest + timedelta(days=7)
    if which == "next":
        return (_iso(following), _iso(following + timedelta(days=7)))
    if which == "last":
        earlier = latest if latest < published else latest - timedelta(days=7)
        return (_iso(earlier), _iso(earlier - timedelta(days=7)))
    return (_iso(following), _iso(latest)) if ahead else (_iso(latest),)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _months(index: int, which: str, published: date, ahead: bool) -> tuple[str, ...]:
    month = index + 1
    begun = published.year if month <= published.month else published.year - 1
    if which == "last" and month == published.month:
        begun -= 1
    if which == "next":
        return (_iso(*_month(begun + 1, month)),)
    past = _iso(*_month(begun, month))
    return (_iso(*_month(begun + 1, month)), past) if ahead else (past,)


def _day_and_month(lowered: str, published: date, grammar: _Grammar, ahead: bool) -> tuple[str, ...]:
    number = _NUMBER.search(lowered)
    month = next((i + 1 for i, name in enumerate(grammar.months) if re.search(rf"\b{name[:3]}", lowered)), None)
    if number is None or month is None:
        return ()
    day = int(number.group())
    fitting = [
        date(year, month, day)
        for year in range(published.year + 1, published.year - 9, -1)
        if year > 0 and 0 < day <= monthrange(year, month)[1]
    ]
    past = [one for one in fitting if one <= published][:1]
    coming = [one for one in fitting if one > published][-1:]
    return tuple(map(_iso, [*coming, *past] if ahead else past))


def _units(lowered: str, kind: str, argument: str, published: date, grammar: _Grammar) -> tuple[str, ...]:
    found = _WORD.findall(lowered)
    unit = next(grammar.units[word] for word in reversed(found) if word in grammar.units)
    digits = _NUMBER.search(lowered)
    number = int(digits.group()) if digits else next((grammar.numbers[w] for w in found if w in grammar.numbers), 1)
    if kind == "span":
        if argument == "back":
            return (_iso(_moved(published, unit, -number), published),)
        return (_iso(published, _moved(published, unit, number)),)
    if kind == "ago":
        then = _moved(published, unit, -number)
        return (_iso(then) if unit == "day" else _iso(*_around(then, unit)),)
    first, last = _around(published, unit)
    if argument == "begun":
        return (_iso(first, published),)
    if argument == "left":
        return (_iso(published, last),)
    steps = int(argument)
    whole = _iso(*_around(_moved(first, unit, steps), unit))
    if steps < 0 and unit in ("week", "month"):
        # "Last month" is also used for the weeks just gone by.
        return (whole, _iso(_moved(published, unit, -1), published))
    return (whole,)


def _moved(day: date, unit: str, steps: int) -> date:
    if unit in _DAYS_IN:
        return day + timedelta(days=_DAYS_IN[unit] * steps)
    months = day.year * 12 + day.month - 1 + _MONTHS_IN[unit] * steps
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _around(day: date, unit: str) -> tuple[date, date]:
    """The calendar day, week (from Monday), month, year, decade or century that holds `day`."""
    if unit in _DAYS_IN:
        monday = day - timedelta(days=day.weekday() if unit != "day" else 0)
        return monday, monday + timedelta(days=_DAYS_IN[unit] - 1)
    if unit == "month":
        return _month(day.year, day.month)
    years = _MONTHS_IN[unit] // 12
    first = day.year - day.year % years
    return date(max(first, 1), 1, 1), date(first + years - 1, 12, 31)
