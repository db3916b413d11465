"""Numbers as written: digits with separators and scales, spelled out, ordinal, fractional, vague."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.matching.tokens import Reading, Token
from workbench.matching.words import WordTable

_LONGEST_DIGITS = 30
_OF = ("of", "the", "de", "del")


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


def _spelled(tokens: Sequence[Token], at: int, table: WordTable) -> tuple[float, int, bool] | None:
    """Value, end and whether a scale was used, of a cardinal spelled out from `at`."""
    total, current, position, seen, scaled = 0.0, 0.0, at, False, False
    while position < len(tokens):
        low = tokens[position].low
        if low in table.cardinals and _fits(current, table.cardinals[low], seen and current == 0 and total == 0):
            current += table.cardinals[low]
        elif low in table.multipliers and (current or (table.code == "es" and low == "mil")):
            factor = table.multipliers[low]
            if factor == 100:
                current *= 100
            else:
                total, current = total + (current or 1) * factor, 0.0
            scaled = True
        elif seen and _joins(tokens, position, table, current):
            position += 1
            continue
        else:
            break
        seen = True
        position += 1
    return (total + current, position, scaled) if seen else None


def _fits(current: float, value: int, after_zero: bool) -> bool:
    """Whether a cardinal word may be added to what was read so far ("twenty" + "three", never "two" + "three")."""
    if after_zero:
        return False
    if current == 0:
        return True
    if current % 100 == 0:
        return 0 < value < 100
    return current % 10 == 0 and current % 100 >= 20 and 0 < value < 10


def _joins(tokens: Sequence[Token], at: int, table: WordTable, current: float) -> bool:
    """Whether the token at `at` ("and", "-") only links two parts of one number."""
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.low not in table.cardinals:
        return False
    value = table.cardinals[following.low]
    if token.text == "-":
        return token.glued and following.glued and _fits(current, value, False) and current != 0
    if token.low not in table.number_joiners:
        return False
    if table.code == "es":
        return current % 100 >= 30 and current % 10 == 0 and 0 < value < 10
    return current % 100 == 0 and 0 < value < 100 and current != 0


def _with_scale(reading: Reading, at: int, value: float, step: float) -> tuple[float, float, int, bool]:
    """Value and step after the scale words at `at` ("million", "mil millones"), and where they end."""
    tokens, table = reading.tokens, reading.table
    scaled = False
    while at < len(tokens) and tokens[at].low in table.scales and tokens[at].kind == "word":
        low = tokens[at].low
        if len(low) == 1 and (not tokens[at].glued or low == "m"):
            break
        factor = table.scales[low]
        value, step, scaled = value * factor, step * factor, True
        at += 1
    return value, step, at, scaled


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
    plain = reading.table.code == "es" or token.text == "000"
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
    if low in table.articles and following in table.multipliers:
        value, step, end, _ = _with_scale(reading, at + 1, 1.0, 1.0)
        return Number(at, end, value, value, step, NumberForm.WORDS, scaled=True)
    if low in table.none_words and low not in table.cardinals:
        return _none(reading, at)
    if low in table.vague:
        lowest, highest = table.vague[low]
        return Number(at, at + 1, lowest, highest, 1.0, NumberForm.VAGUE)
    if low in table.ordinals:
        number = table.ordinals[low]
        return Number(at, at + 1, number, number, 1.0, NumberForm.ORDINAL)
    if low in table.fractions and low not in table.ordinals and following in _OF and not _mid_capital(tokens, at):
        return Number(at, at + 1, table.fractions[low], table.fractions[low], 0.01, NumberForm.FRACTION)
    spelled = _spelled(tokens, at, table)
    if spelled is None:
        return None
    value, end, scaled = spelled
    if not scaled and end - at == 1 and end < len(tokens):
        part = end + (tokens[end].text == "-")
        if part < len(tokens) and tokens[part].low in table.fractions and low not in table.articles:
            value *= table.fractions[tokens[part].low]
            return Number(at, part + 1, value, value, 0.01, NumberForm.FRACTION)
    if end - at == 1 and low in table.singles:
        return _single(reading, at)
    return Number(at, end, value, value, 1.0, NumberForm.WORDS, scaled)


def _mid_capital(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is capitalised inside a sentence, as in a title."""
    return tokens[at].capital and at > 0 and tokens[at - 1].sentence == tokens[at].sentence


def _none(reading: Reading, at: int) -> Number | None:
    """ "No" as zero, right before something that is counted ("no deaths", "no new cases")."""
    tokens, table = reading.tokens, reading.table
    for token in tokens[at + 1 : at + 4]:
        if token.kind != "word" or token.low in table.stop:
            return None
        if token.low in table.groups:
            return Number(at, at + 1, 0.0, 0.0, 1.0, NumberForm.WORDS)
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
    """Every number of a text, in order, none overlapping; digits glued to letters (COVID-19, A320) are names."""
    tokens = reading.tokens
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        number: Number | None = None
        token = tokens[at]
        if token.kind == "number" and not _part_of_name(reading, at):
            number = _from_digits(reading, at)
        elif token.kind == "word":
            number = _from_words(reading, at)
        if number is None:
            at += 1
        else:
            found.append(number)
            at = number.last
    return tuple(found)


def _part_of_name(reading: Reading, at: int) -> bool:
    """Whether digits hang on letters ("E3", "COVID-19", "3D"); currencies, scales and measures do not count."""
    tokens, table = reading.tokens, reading.table
    token = tokens[at]
    if at + 1 < len(tokens) and tokens[at + 1].glued and tokens[at + 1].kind == "word":
        low = tokens[at + 1].low
        known = low in table.scales or low in table.measures or low in table.ordinal_suffixes
        if not known and low not in table.currencies and low != "s":
            return True
    if not at or not token.glued:
        return False
    before = tokens[at - 1]
    if before.kind == "word":
        return before.low not in table.currencies and before.low != "us"
    return before.text == "-" and before.glued and at >= 2 and tokens[at - 2].kind == "word"
