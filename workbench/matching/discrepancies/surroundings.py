"""What stands around a figure or date: phrases at its edges, and the words near it with a weight."""

from collections.abc import Mapping, Sequence

from workbench.matching.tokens import Reading
from workbench.matching.words import Phrase

_NEAR = 14
_DECAY = 0.2
_BEYOND_NUMBER = 0.4
_BEYOND_MARK = 0.7


def match_phrase(lows: Sequence[str], at: int, phrase: Phrase) -> bool:
    """Whether `phrase` stands at token `at`."""
    return lows[at : at + len(phrase)] == phrase


def phrase_before(
    lows: Sequence[str], end: int, index: Mapping[str, tuple[tuple[Phrase, str], ...]]
) -> tuple[Phrase, str] | None:
    """The longest phrase of `index` (keyed by last word) that ends right before token `end`."""
    if end < 1:
        return None
    for phrase, name in index.get(lows[end - 1], ()):
        if end >= len(phrase) and match_phrase(lows, end - len(phrase), phrase):
            return phrase, name
    return None


def phrase_after(
    lows: Sequence[str], at: int, index: Mapping[str, tuple[tuple[Phrase, str], ...]]
) -> tuple[Phrase, str] | None:
    """The longest phrase of `index` (keyed by first word) that begins at token `at`."""
    if at >= len(lows):
        return None
    for phrase, name in index.get(lows[at], ()):
        if match_phrase(lows, at, phrase):
            return phrase, name
    return None


def context_of(reading: Reading, first: int, last: int, left: int = 0, right: int | None = None) -> dict[str, float]:
    """Senses of the sentence around the tokens [first, last), each with a weight in 0-1.

    What is nearer weighs more; so does what no mark cuts off, and what lies within [left, right), the tokens
    between the figure before and the figure after.
    """
    tokens, table = reading.tokens, reading.table
    sentence = tokens[first].sentence
    found: dict[str, float] = {}
    for indexes, border in (
        (range(first - 1, max(-1, first - 1 - _NEAR), -1), left - 1),
        (range(last, min(len(tokens), last + _NEAR)), len(tokens) if right is None else right),
    ):
        factor = 1.0
        for distance, i in enumerate(indexes, start=1):
            token = tokens[i]
            if token.sentence != sentence:
                break
            if i == border:
                factor *= _BEYOND_NUMBER
            if token.is_break:
                factor *= _BEYOND_MARK
            if token.kind == "word" and token.low not in table.stop:
                sense = table.sense(token.low)
                found[sense] = max(found.get(sense, 0.0), factor / (1.0 + distance * _DECAY))
    return found


def overlap(mine: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Shared words of two contexts, 0-1, in terms of the side that says less."""
    shared = sum(min(weight, other[sense]) for sense, weight in mine.items() if sense in other)
    return shared / max(min(sum(mine.values()), sum(other.values())), 1.0)
