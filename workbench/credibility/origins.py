"""How many independent origins a set of passages has: ten outlets with one agency text are one.

Word shingles rather than whole-text similarity: copies are trimmed, re-headlined and embedded in longer texts, and a run of
shared words survives all of that.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

SHINGLE = 5
SHARED = 8
"""Shared shingles from which two texts count as copies; a shorter text needs most of its own."""
SHORT_SHARE = 0.6

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of five words of a text, lower-case, punctuation left out."""
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset(tuple(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1))


def group(texts: Sequence[str]) -> list[int]:
    """One number for each text, from 1 in order of first appearance; texts with one origin have the same number."""
    runs = [shingles(text) for text in texts]
    parent = list(range(len(texts)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for item, own in enumerate(runs):
        for run in own:
            holders[run].append(item)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for items in holders.values():
        for place, first in enumerate(items):
            for second in items[place + 1 :]:
                shared[(first, second)] += 1
    for (first, second), count in shared.items():
        shorter = min(len(runs[first]), len(runs[second]))
        if count >= min(SHARED, max(1, round(SHORT_SHARE * shorter))):
            parent[max(root(first), root(second))] = min(root(first), root(second))
    numbers: dict[int, int] = {}
    return [numbers.setdefault(root(item), len(numbers) + 1) for item in range(len(texts))]
