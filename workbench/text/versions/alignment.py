"""Equal runs of two sequences, at a cost that stays near linear.

A longest common subsequence on small matrices; where a matrix would be large, items that occur once in both
sequences are matched first (patience alignment).
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from workbench.text.spans import Span

# Scripts written without spaces between words: each character stands for itself.
_SPACELESS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+(?:[.,'][^\W{_SPACELESS}]+)*|[^\w\s]")
_LARGEST_MATRIX = 20_000_000


class Block(NamedTuple):
    """`length` items (characters, sentences or words) that stand at `old` in one sequence and at `new` in the other."""

    old: int
    new: int
    length: int


def rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs` (rising in the first number) that rises in the second too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, (_, value) in enumerate(pairs):
        at = bisect_left(ends, value)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(value)
            last.append(place)
        else:
            ends[at], last[at] = value, place
    chosen: list[tuple[int, int]] = []
    place = last[-1] if last else -1
    while place >= 0:
        chosen.append(pairs[place])
        place = before[place]
    return chosen[::-1]


def _singles(items: Sequence[int]) -> dict[int, int]:
    counted = Counter(items)
    return {item: at for at, item in enumerate(items) if counted[item] == 1}


def _by_matrix(old: Sequence[int], new: Sequence[int]) -> Iterator[Block]:
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            yield Block(code.src_start, code.dest_start, code.src_end - code.src_start)


def _by_singles(old: Sequence[int], new: Sequence[int]) -> Iterator[Block]:
    """Equal runs of large sequences: items that occur once in both are kept, what lies between goes by matrix.

    Where even that is too large, nothing is taken for equal.
    """
    singles = _singles(new)
    pairs = [(at, singles[item]) for item, at in _singles(old).items() if item in singles]
    at_old, at_new = 0, 0
    for stop_old, stop_new in [*rising(sorted(pairs)), (len(old), len(new))]:
        if 0 < (stop_old - at_old) * (stop_new - at_new) <= _LARGEST_MATRIX:
            for block in _by_matrix(old[at_old:stop_old], new[at_new:stop_new]):
                yield Block(at_old + block.old, at_new + block.new, block.length)
        if stop_old < len(old):
            yield Block(stop_old, stop_new, 1)
        at_old, at_new = stop_old + 1, stop_new + 1


def aligned(old: Sequence[int], new: Sequence[int]) -> Iterator[Block]:
    """Equal runs of both sequences, in order. Source: LCS (Indel) and, for what is large, patience alignment."""
    if len(old) * len(new) <= _LARGEST_MATRIX:
        yield from _by_matrix(old, new)
        return
    head, most = 0, min(len(old), len(new))
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield Block(0, 0, head)
    for block in _by_singles(old[head : len(old) - tail], new[head : len(new) - tail]):
        yield Block(head + block.old, head + block.new, block.length)
    if tail:
        yield Block(len(old) - tail, len(new) - tail, tail)


def numbered(*sequences: Sequence[str]) -> list[list[int]]:
    """`sequences` with a number for each item, the same for equal items."""
    numbers: dict[str, int] = {}
    return [[numbers.setdefault(item, len(numbers)) for item in sequence] for sequence in sequences]


def words_in(text: str, span: Span) -> list[Span]:
    """The words, figures and marks of a folded text inside `span`."""
    return [Span(*found.span()) for found in _WORD.finditer(text, span.start, span.end)]
