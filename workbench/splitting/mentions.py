"""Quantities, dates and references named in a sentence. All on folded text with offsets of the article."""

import re
from functools import cache

from workbench.splitting.lexicon import Lexicon, phrase_pattern
from workbench.splitting.model import Mention, Reference

_DIGITS = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
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
    return tuple(
        Mention(found.start(), found.end(), found.group(), "year" if len(found.group()) == 4 else "date")
        for found in _date(lexicon).finditer(folded, start, end)
    )


def quantities_of(
    folded: str, start: int, end: int, dates: tuple[Mention, ...], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Numbers in digits or words in [start, end) that are no part of a date: type "number", "percent" or "money"."""
    result = []
    for found in _quantity(lexicon).finditer(folded, start, end):
        if any(date.start < found.end() and found.start() < date.end for date in dates):
            continue
        kind = "percent" if found.group("percent") else "number"
        if found.group("sign") or found.group("currency"):
            kind = "money"
        result.append(Mention(found.start(), found.end(), found.group(), kind))
    return tuple(result)


@cache
def _relative(lexicon: Lexicon) -> re.Pattern[str]:
    return phrase_pattern(lexicon.phrases("references", "relative_dates"))


@cache
def _weekday(lexicon: Lexicon) -> re.Pattern[str]:
    return phrase_pattern(word for word in lexicon.weekdays if len(word) > 4)


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
    folded: str, start: int, end: int, lexicon: Lexicon, *, dates: tuple[Mention, ...], before: tuple[str, ...] = ()
) -> tuple[Reference, ...]:
    """What needs the text around the sentence [start, end): pronouns that open it, "this" with a noun, date words.

    `before` are names found in the sentences before it, nearest first, offered as candidates.
    """
    if not lexicon.data:
        return ()
    lowered = folded[start:end].lower()
    if len(lowered) != end - start:
        lowered = folded[start:end]
    found: list[Reference] = []
    opening = re.match(r"[\"'(\[]*([^\W\d_]+)", lowered)
    if opening and opening.group(1) in lexicon.words("references", "pronouns"):
        found.append(_reference(folded, start + opening.start(1), start + opening.end(1), "pronoun", before))
    for match in _demonstrative(lexicon).finditer(folded, start, end):
        if not any(reference.start == match.start() for reference in found):
            found.append(_reference(folded, match.start(), match.end(), "demonstrative", before))
    for pattern, kind in ((_group(lexicon), "group"),):
        found.extend(_reference(folded, m.start(), m.end(), kind, before) for m in pattern.finditer(folded, start, end))
    for pattern, kind in ((_relative(lexicon), "relative_date"), (_weekday(lexicon), "weekday")):
        for match in pattern.finditer(lowered):
            a, b = start + match.start(), start + match.end()
            dated = any(date.start - 3 <= b and a <= date.end + 3 for date in dates)
            if not dated and not any(r.start < b and a < r.end for r in found):
                found.append(_reference(folded, a, b, kind, ()))
    return tuple(sorted(found, key=lambda r: (r.start, r.end)))


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
        if name and name not in names:
            names.append(name)
    return tuple(reversed(names))[:_MOST_CANDIDATES]
