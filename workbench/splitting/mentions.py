"""Quantities, dates and references named in a sentence. All on folded text with offsets of the article."""

import re
from collections.abc import Set
from functools import cache

from workbench.splitting.lexicon import Lexicon, phrase_pattern
from workbench.splitting.model import Mention, Reference
from workbench.text.spans import Span

_DIGITS = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_OPENING = re.compile(r"[\"'(\[]*([^\W\d_]+)")
_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"[A-Z][\w'-]+(?: (?:of |de |del )?[A-Z][\w'-]+){0,4}")
_MOST_CANDIDATES = 5


def _any_of(words: frozenset[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered)) if ordered else r"(?!)"


@cache
def _quantity(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.words("quantities", "number_words") - {"one", "half", "mitad"}
    scales = _any_of(lexicon.words("quantities", "scales"))
    percent = _any_of(lexicon.words("quantities", "percent")) + r"|per cent|por ciento|percentage points?|%"
    currency = _any_of(lexicon.words("quantities", "currencies"))
    number = rf"(?:{_DIGITS}|(?:{_any_of(words)})(?:[ -](?:{_any_of(words)})){{0,4}})"
    return re.compile(
        rf"(?<![\w.])(?P<sign>[$€£¥] ?)?(?P<number>{number})(?:[ -](?P<scale>{scales})\b)?"
        rf"(?: ?(?P<percent>{percent})| (?P<currency>{currency})\b)?(?!\w)",
        re.IGNORECASE,
    )


@cache
def _date(lexicon: Lexicon) -> re.Pattern[str]:
    months = _any_of(lexicon.months)
    return re.compile(
        rf"(?<!\w)(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
        rf"|(?:{months})\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?: de)? (?:{months})(?:,?(?: de)? \d{{4}})?"
        rf"|(?:{months})(?: de)? \d{{4}}|(?:1[5-9]|20)\d\d)(?![\w,]\d)",
        re.IGNORECASE,
    )


def dates_of(folded: str, start: int, end: int, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Dates and years written out in [start, end)."""
    if not _DIGIT.search(folded, start, end):
        return ()
    return tuple(
        Mention(found.start(), found.end(), found.group(), "year" if len(found.group()) == 4 else "date")
        for found in _date(lexicon).finditer(folded, start, end)
    )


def quantities_of(
    folded: str, start: int, end: int, words: Set[str], dates: tuple[Mention, ...], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Numbers in digits or words in [start, end) that are no part of a date: type "number", "percent" or "money"."""
    result: list[Mention] = []
    if not _DIGIT.search(folded, start, end) and words.isdisjoint(lexicon.words("quantities", "number_words")):
        return ()
    for found in _quantity(lexicon).finditer(folded, start, end):
        if any(date.start < found.end() and found.start() < date.end for date in dates):
            continue
        kind = "percent" if found.group("percent") else "number"
        if found.group("sign") or found.group("currency"):
            kind = "money"
        result.append(Mention(found.start(), found.end(), found.group(), kind))
    return tuple(result)


@cache
def _demonstrative(lexicon: Lexicon) -> re.Pattern[str]:
    words = _any_of(lexicon.words("references", "demonstratives"))
    followers = _any_of(lexicon.words("references", "demonstrative_followers_not"))
    return re.compile(rf"(?<!\w)(?:{words}) (?!(?:{followers})\b)[^\W\d_]+", re.IGNORECASE)


@cache
def _group(lexicon: Lexicon) -> re.Pattern[str]:
    words = _any_of(lexicon.words("references", "nominal_adjectives"))
    return re.compile(
        rf"(?<!\w)(?:the|los|las|el|la) (?:{words})(?=[.,;:!?)\"]| (?:was|were|is|are|had|have|and)\b|\Z)",
        re.IGNORECASE,
    )


def references_of(
    folded: str,
    start: int,
    end: int,
    lexicon: Lexicon,
    *,
    words: Set[str],
    dates: tuple[Mention, ...],
    before: tuple[str, ...] = (),
) -> tuple[Reference, ...]:
    """What needs the text around the sentence [start, end): pronouns that open it, "this" with a noun, date words.

    `before` are names found in the sentences before it, nearest first, offered as candidates.
    """
    if not lexicon.data:
        return ()
    found: list[Reference] = []
    if words & lexicon.words("references", "demonstratives"):
        matches = _demonstrative(lexicon).finditer(folded, start, end)
        found.extend(_reference(folded, m.start(), m.end(), "demonstrative", before) for m in matches)
    opening = _OPENING.match(folded, start, end)
    pronoun = opening is not None and opening.group(1).lower() in lexicon.words("references", "pronouns")
    if opening and pronoun and not any(reference.start == opening.start(1) for reference in found):
        found.append(_reference(folded, opening.start(1), opening.end(1), "pronoun", before))
    if words & lexicon.words("references", "nominal_adjectives"):
        found.extend(
            _reference(folded, m.start(), m.end(), "group", before)
            for m in _group(lexicon).finditer(folded, start, end)
        )
    found.extend(_date_words(folded, Span(start, end), words, dates, lexicon))
    return tuple(sorted(found, key=lambda r: (r.start, r.end)))


def _date_words(
    folded: str, sentence: Span, words: Set[str], dates: tuple[Mention, ...], lexicon: Lexicon
) -> list[Reference]:
    """Words like "Sunday" or "last week" that no date stands beside."""
    found: list[Reference] = []
    lowered = folded[sentence.start : sentence.end].lower()
    if len(lowered) != sentence.length:
        return found
    for first_words, pattern, kind in _date_patterns(lexicon):
        if words.isdisjoint(first_words):
            continue
        for match in pattern.finditer(lowered):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            dated = any(date.start - 3 <= end and start <= date.end + 3 for date in dates)
            if not dated and not any(r.start < end and start < r.end for r in found):
                found.append(_reference(folded, start, end, kind, ()))
    return found


@cache
def _date_patterns(lexicon: Lexicon) -> tuple[tuple[frozenset[str], re.Pattern[str], str], ...]:
    """Per type of date word: the words one of which must be there, and the pattern that finds it."""
    relative = lexicon.phrases("references", "relative_dates")
    weekdays = [word for word in lexicon.weekdays if len(word) > 4]
    return (
        (frozenset(phrase.split()[0] for phrase in relative), phrase_pattern(relative), "relative_date"),
        (frozenset(weekdays), phrase_pattern(weekdays), "weekday"),
    )


def _reference(folded: str, start: int, end: int, kind: str, candidates: tuple[str, ...]) -> Reference:
    return Reference(start, end, folded[start:end], kind, candidates)


def names_of(folded: str, start: int, end: int, lexicon: Lexicon) -> tuple[str, ...]:
    """Capitalised names in [start, end), last first, without words that only open a sentence."""
    names: list[str] = []
    for found in _NAME.finditer(folded, start, end):
        name = found.group()
        first, _, rest = name.partition(" ")
        if first.lower() in lexicon.openers:
            name = rest
        if name and name not in names and name.lower() not in lexicon.weekdays | lexicon.months:
            names.append(name)
    return tuple(reversed(names))[:_MOST_CANDIDATES]
