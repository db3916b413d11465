"""Quantities and written-out dates named in a sentence. All on folded text with offsets of the article."""

import re
from collections.abc import Set
from functools import cache

from workbench.splitting.lexicon import Lexicon
from workbench.splitting.model import Mention

_DIGITS = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_DIGIT = re.compile(r"\d")


def _any_of(words: frozenset[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered)) if ordered else r"(?!)"


@cache
def _quantity(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.words("quantities", "number_words") - lexicon.words("quantities", "no_amounts")
    scales = _any_of(lexicon.words("quantities", "scales"))
    signs = {*lexicon.words("quantities", "percent"), *lexicon.phrases("quantities", "percent_phrases"), "%"}
    percent = _any_of(frozenset(signs))
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
