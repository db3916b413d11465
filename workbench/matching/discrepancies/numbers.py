"""Numbers as written: digits with separators and scales, spelled out, ordinal, fractional, vague."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.matching.discrepancies.lexicon import lexicon
from workbench.matching.discrepancies.naming import in_name
from workbench.matching.discrepancies.spelled import BY_LIBRARY, spelled_cardinal
from workbench.matching.discrepancies.surroundings import match_phrase
from workbench.matching.tokens import Reading, Token
from workbench.matching.words import WordTable

_LONGEST_DIGITS = 30
_OF = ("of", "the", "de", "del")
FRACTION_STEP = 0.02
"""Fractions are spoken of roughly: a third agrees with 33 and with 34 percent."""


class NumberForm(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens [first, last); `step` is the weight of its last written digit, for rounding.

    `low` and `high` differ only for vague words ("dozens"). `scaled` says that a scale word (million) follows.
    """

    first: int
    last: int
    low: float
    high: float
    step: float
    form: NumberForm
    scaled: bool = False


def digits_value(text: str, decimal: str) -> tuple[float, float] | None:
    """Value and step of a run of digits with separators, or None when it is no number.

    The decimal mark of the language decides where both readings are possible ("1.234"); groups that are not of
    three digits are decimals whichever mark they have, and nobody writes three zeros of decimals ("30.000").
    """
    if len(text) > _LONGEST_DIGITS:
        return None
    thousands = "," if decimal == "." else "."
    marks = [character for character in text if character in ".,"]
    if not marks:
        return float(text), 1.0
    parts = text.replace(",", ".").split(".")
    grouped = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:]) and parts[0] != "0"
    if len(set(marks)) == 1:
        if grouped and (len(marks) > 1 or marks[0] == thousands or set(parts[1]) == {"0"}):
            return float("".join(parts)), 1.0
        if len(marks) > 1:
            return None
        return float(".".join(parts)), 10.0 ** -len(parts[1])
    if marks.count(marks[-1]) != 1 or not all(len(part) == 3 for part in parts[1:-1]):
        return None
    return float("".join(parts[:-1]) + "." + parts[-1]), 10.0 ** -len(parts[-1])


def _with_scale(reading: Reading, at: int, value: float, step: float) -> tuple[float, float, int, bool]:
    """Value and step after the scale words at `at` ("million", "mil millones"), and where they end."""
    tokens, table = reading.tokens, reading.table
    scaled = False
    while at < len(tokens) and tokens[at].low in table.scales and tokens[at].kind == "word":
        low = tokens[at].low
        if len(low) == 1 and not (tokens[at].glued and (low != "m" or _millions(reading, at))):
            break
        factor = table.scales[low]
        value, step, scaled = value * factor, step * factor, True
        at += 1
    return value, step, at, scaled


def _millions(reading: Reading, at: int) -> bool:
    """Whether the "m" at `at` means millions, not metres: at money, or before what is counted."""
    tokens, table = reading.tokens, reading.table
    if at >= 2 and tokens[at - 2].low in table.currencies:
        return True
    if at + 1 >= len(tokens):
        return False
    low = tokens[at + 1].low
    if low in table.generic or low in table.groups or low in table.currencies:
        return True
    plural = tokens[at + 1].kind == "word" and len(low) > 4 and low.endswith("s") and not low.endswith("ss")
    return plural and low not in table.stop and low not in lexicon(table.code).metre_nouns


def _from_digits(reading: Reading, at: int) -> Number | None:
    tokens, table = reading.tokens, reading.table
    text = tokens[at].text
    end = at + 1
    while end < len(tokens) and _thin_group(reading, end):
        text, end = text + tokens[end].text, end + 1
    parsed = digits_value(text, table.decimal)
    if parsed is None:
        return None
    value, step = parsed
    if end < len(tokens) and tokens[end].glued and tokens[end].low in table.ordinal_suffixes:
        return Number(at, end + 1, value, value, step, NumberForm.ORDINAL)
    value, step, end, scaled = _with_scale(reading, end, value, step)
    return Number(at, end, value, value, step, NumberForm.DIGITS, scaled)


def _thin_group(reading: Reading, at: int) -> bool:
    """Whether the token at `at` is three more digits after a no-break or thin space ("12 000")."""
    before, token = reading.tokens[at - 1], reading.tokens[at]
    gap = reading.text[before.end : token.start]
    plain = reading.table.decimal == "," or token.text == "000"
    spaces = "\u00a0\u2009\u202f" + (" " if plain else "")
    return (
        token.kind == "number"
        and len(gap) == 1
        and gap in spaces
        and token.text.isdigit()
        and len(token.text) == 3
        and before.text.isdigit()
        and len(before.text) <= 3
    )


def _from_words(reading: Reading, at: int) -> Number | None:
    tokens, table = reading.tokens, reading.table
    low = tokens[at].low
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if at and (tokens[at - 1].low, low) in table.percent:
        return None
    if low in table.articles and following in table.multipliers:
        counted = spelled_cardinal(tokens, at + 1, table) if table.code in BY_LIBRARY else None
        if counted is not None:
            return Number(at, counted[1], counted[0], counted[0], 1.0, NumberForm.WORDS, scaled=True)
        value, step, end, _ = _with_scale(reading, at + 1, 1.0, 1.0)
        return Number(at, end, value, value, step, NumberForm.WORDS, scaled=True)
    nobody = next((len(p) for p in lexicon(table.code).nobody if match_phrase(reading.lows, at, p)), 0)
    if nobody or (low in table.none_words and low not in table.cardinals):
        return _nobody(reading, at, at + nobody) if nobody else _none(reading, at)
    return _part_of_million(reading, at) or _word_or_cardinal(reading, at, following)


def _word_or_cardinal(reading: Reading, at: int, following: str) -> Number | None:
    tokens, table = reading.tokens, reading.table
    low = tokens[at].low
    if low in table.vague or low in table.ordinals or low in table.fractions:
        return _one_word(reading, at, following)
    counted = spelled_cardinal(tokens, at, table)
    if counted is None:
        return None
    value, end, scaled = counted
    if not scaled and end - at == 1 and end < len(tokens):
        part = end + (tokens[end].text == "-")
        if part < len(tokens) and tokens[part].low in table.fractions and low not in table.articles:
            value *= table.fractions[tokens[part].low]
            return _scaled_fraction(reading, at, part + 1, value)
    if end - at == 1 and low in table.singles:
        return _single(reading, at)
    return Number(at, end, value, value, 1.0, NumberForm.WORDS, scaled)


def _one_word(reading: Reading, at: int, following: str) -> Number | None:
    """A vague number, an ordinal, or a fraction that is a part of something ("half of", never a title)."""
    table, low = reading.table, reading.tokens[at].low
    if low in table.vague:
        lowest, highest = table.vague[low]
        return Number(at, at + 1, lowest, highest, 1.0, NumberForm.VAGUE)
    after_article = at > 0 and reading.lows[at - 1] in table.articles and following in _OF[:1]
    if low in table.ordinals and not (after_article and low in table.fractions):
        number = table.ordinals[low]
        return Number(at, at + 1, number, number, 1.0, NumberForm.ORDINAL)
    if following in _OF and not _mid_capital(reading.tokens, at):
        return _scaled_fraction(reading, at, at + 1, table.fractions[low])
    return None


def _scaled_fraction(reading: Reading, first: int, last: int, value: float) -> Number:
    """A fraction; of a million it is a number ("a quarter of a million")."""
    lows, table = reading.lows, reading.table
    at = last + (last < len(lows) and lows[last] in _OF)
    if at + 1 < len(lows) and lows[at] in table.articles and lows[at + 1] in table.multipliers:
        value *= table.multipliers[lows[at + 1]]
        return Number(first, at + 2, value, value, 1.0, NumberForm.WORDS, scaled=True)
    return Number(first, last, value, value, FRACTION_STEP, NumberForm.FRACTION)


def _part_of_million(reading: Reading, at: int) -> Number | None:
    """ "Half a million" as a number."""
    table, low = reading.table, reading.tokens[at].low
    if low not in table.fractions:
        return None
    number = _scaled_fraction(reading, at, at + 1, table.fractions[low])
    return number if number.scaled else None


def ratio_at(reading: Reading, at: int) -> Number | None:
    """ "One in five" as a fifth; digits only where they can hardly be a count in so many of something."""
    tokens, table = reading.tokens, reading.table
    top = _small(reading, at)
    if top is None:
        return None
    for phrase in lexicon(table.code).ratio_joiners:
        below = at + 1 + len(phrase)
        bottom = _small(reading, below) if match_phrase(reading.lows, at + 1, phrase) else None
        if bottom is None or not top < bottom or not (top == 1 or bottom == 10 or phrase[-1] == "cada"):
            continue
        following = tokens[below + 1] if below + 1 < len(tokens) else None
        if following is not None and following.kind == "word":
            low = following.low
            if low in table.measures or low in table.months or low in table.scales or low in table.multipliers:
                return None
            if low in table.groups and table.groups[low] in ("attacks", "strikes"):
                return None
        elif phrase != ("in",) and phrase[-1] != "cada":
            continue
        elif following is not None and following.text in ("-", "/", "%", ":") and following.glued:
            return None
        return Number(at, below + 1, top / bottom, top / bottom, FRACTION_STEP, NumberForm.FRACTION)
    return None


def _small(reading: Reading, at: int) -> int | None:
    """A whole number of at most 100 at token `at`, in digits or one word."""
    if at >= len(reading.tokens):
        return None
    token = reading.tokens[at]
    if token.kind == "number":
        value = int(token.text) if token.text.isdecimal() and token.text.isascii() and len(token.text) <= 3 else 0
    else:
        value = reading.table.cardinals.get(token.low, 0)
    return value if 0 < value <= 100 else None


def _mid_capital(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is capitalised inside a sentence, as in a title."""
    return tokens[at].capital and at > 0 and tokens[at - 1].sentence == tokens[at].sentence


def _none(reading: Reading, at: int) -> Number | None:
    """ "No" as zero, right before something that is counted ("no deaths", "no people were killed")."""
    tokens, table = reading.tokens, reading.table
    for place, token in enumerate(tokens[at + 1 : at + 4], start=at + 2):
        if token.kind != "word" or token.low in table.stop:
            return None
        if token.low in table.groups:
            return Number(at, at + 1, 0.0, 0.0, 1.0, NumberForm.WORDS)
        if token.low in table.generic:
            return _nobody(reading, at, place, at + 1)
    return None


def _nobody(reading: Reading, at: int, clause: int, last: int | None = None) -> Number | None:
    """No person at all as zero, where something happened to none ("nobody was killed")."""
    tokens, table = reading.tokens, reading.table
    for token in tokens[clause : clause + 5]:
        if token.kind != "word":
            return None
        if table.groups.get(token.low) in table.events:
            return Number(at, last or clause, 0.0, 0.0, 1.0, NumberForm.WORDS)
    return None


def _single(reading: Reading, at: int) -> Number | None:
    """ "One" only where it counts something: right before a noun that can be counted."""
    tokens, table = reading.tokens, reading.table
    nouns = table.groups.keys() if tokens[at].low in table.articles else _countable(table)
    for token in tokens[at + 1 : at + 4]:
        if token.kind != "word" or token.low in table.stop:
            return None
        if token.low in nouns:
            return Number(at, at + 1, 1.0, 1.0, 1.0, NumberForm.WORDS)
    return None


def _countable(table: WordTable) -> frozenset[str]:
    return table.generic | table.groups.keys() | table.measures.keys()


def numbers_of(reading: Reading) -> tuple[Number, ...]:
    """Every number of a text, in order, none overlapping; digits in names (COVID-19, A320, Flight 447) are none."""
    tokens = reading.tokens
    found: list[Number] = []
    names: set[int] = set()
    at = 0
    while at < len(tokens):
        number: Number | None = None
        token = tokens[at]
        if token.kind == "number" and in_name(reading, at, names):
            names.add(at)
        elif token.kind != "mark":
            number = ratio_at(reading, at)
            if number is None:
                number = _from_digits(reading, at) if token.kind == "number" else _from_words(reading, at)
        if number is None:
            at += 1
        else:
            found.append(number)
            at = number.last
    return tuple(found)


def is_clock(reading: Reading, number: Number) -> bool:
    """Whether a number is part of a time of day ("11 p.m.", "23:04"), which is compared with nothing."""
    tokens, lows = reading.tokens, reading.lows
    if number.last < len(tokens) and lows[number.last] in reading.table.clock:
        return True
    if number.last - number.first != 1:
        return False
    for hour, minute in ((number.first, number.first + 2), (number.first - 2, number.first)):
        if hour >= 0 and minute < len(tokens) and lows[hour + 1] == ":" and tokens[minute].glued:
            pair = tokens[hour].text, tokens[minute].text
            if tokens[hour + 1].glued and pair[1].isdigit() and len(pair[1]) == 2 and pair[0].isdigit():
                return int(pair[0][:3]) < 24 and int(pair[1]) < 60
    return False
