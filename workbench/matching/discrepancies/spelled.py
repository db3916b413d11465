"""Cardinal numbers spelled out in words: by our own tables in English and Spanish, by text2num in the other languages."""

from collections.abc import Sequence
from functools import lru_cache

from workbench.matching.tokens import Token
from workbench.matching.words import WordTable

BY_LIBRARY = frozenset(("de", "fr", "it", "nl", "pt"))
"""Languages whose numbers grow together into words ("zweiunddreißig", "quatre-vingt-dix") that no table of parts reads."""
_LONGEST = 10


def spelled_cardinal(tokens: Sequence[Token], at: int, table: WordTable) -> tuple[float, int, bool] | None:
    """Value, end and whether a scale was used, of a cardinal spelled out from `at`."""
    if table.code in BY_LIBRARY:
        return _read_by_library(tokens, at, table)
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


def _read_by_library(tokens: Sequence[Token], at: int, table: WordTable) -> tuple[float, int, bool] | None:
    """The longest run of words from `at` that is one number."""
    low = tokens[at].low
    if tokens[at].kind != "word" or (low not in table.cardinals and _value(low, table.code) is None):
        return None
    found: tuple[float, int, bool] | None = None
    words = ""
    for end in range(at, min(len(tokens), at + _LONGEST)):
        token = tokens[end]
        if token.kind == "mark":
            if token.text != "-" or not token.glued:
                break
            words += "-"
            continue
        words += token.low if words.endswith("-") or not words else " " + token.low
        value = _value(words, table.code)
        if value is not None:
            scaled = any(one.low in table.multipliers for one in tokens[at : end + 1])
            found = (value, end + 1, scaled)
        elif token.low not in table.number_joiners and token.low not in table.cardinals:
            break
    return found


@lru_cache(maxsize=8192)
def _value(words: str, code: str) -> float | None:
    from text_to_num import text2num

    try:
        return float(text2num(words, code))
    except ValueError:
        return None
