"""Cardinal numbers spelled out in words."""

from collections.abc import Sequence

from workbench.matching.tokens import Token
from workbench.matching.words import WordTable


def spelled_cardinal(tokens: Sequence[Token], at: int, table: WordTable) -> tuple[float, int, bool] | None:
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
