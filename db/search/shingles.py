"""Runs of five words as numbers: what is looked up to see whether texts were copied from each other."""

import functools
import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.needles import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RUN = 5
CLOSING = 240
"""Characters up to which the last paragraph of a text counts as a closing line."""
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"\n]{20,})[”“»\"]")
_FACTORS = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F)


@functools.lru_cache(maxsize=1 << 18)
def _of_word(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _parts(text: str) -> list[tuple[str, bool]]:
    """A text and whether it is a closing line: who wrote it, whose it is, where else to read."""
    body, _, last = text.rstrip().rpartition("\n\n")
    if "\n\n" in body and len(last) < CLOSING:
        return [(body, False), (last, True)]
    return [(text, False)]


def shingles(texts: Sequence[str]) -> "tuple[NDArray[np.uint64], NDArray[np.uint32]]":
    """The distinct shingles of each text and the place of the text they are of, sorted by shingle, then by place.

    A short last paragraph is left out but for what it quotes: outlets close every text with the same line.
    A shingle is a 64-bit hash of five words in a row, whatever their case and punctuation. Its lowest bit is no part of the
    hash: it says that all five stand within quotation marks somewhere in the text.
    """
    import numpy as np

    hashed: list[int] = []
    quoted: list[slice] = []
    closing: list[slice] = []
    lengths: list[int] = []
    for text in texts:
        before = len(hashed)
        for part, is_closing in _parts(text):
            start = len(hashed)
            # Every second piece is what stands between quotation marks.
            for place, piece in enumerate(_QUOTED.split(part)):
                at = len(hashed)
                hashed.extend(map(_of_word, words(piece)))
                if place % 2:
                    quoted.append(slice(at, len(hashed)))
            if is_closing:
                closing.append(slice(start, len(hashed)))
        lengths.append(len(hashed) - before)
    last = len(hashed) - RUN + 1
    if last < 1:
        return np.empty(0, np.uint64), np.empty(0, np.uint32)
    owners = np.repeat(np.arange(len(texts), dtype=np.uint32), lengths)
    numbers = np.array(hashed, dtype=np.uint64)
    mixed = np.zeros(last, dtype=np.uint64)
    for place, factor in enumerate(_FACTORS):
        mixed += numbers[place : place + last] * np.uint64(factor)
        mixed ^= mixed >> np.uint64(29)
    whole = owners[:last] == owners[RUN - 1 :]
    within = _whole_runs(quoted, len(hashed))
    if closing:
        ends = _marked(closing, len(hashed))
        whole &= within | ~(ends[:last] | ends[RUN - 1 :])
    keys, owners, within = mixed[whole] >> np.uint64(1), owners[:last][whole], within[whole]
    order = np.argsort(keys, kind="stable")
    keys, owners, within = keys[order], owners[order], within[order]
    fresh = np.ones(len(keys), dtype=bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
    starts = np.flatnonzero(fresh)
    # A run counts as quoted where it is so anywhere in its text.
    marks = np.logical_or.reduceat(within, starts) if len(starts) else within
    return (keys[starts] << np.uint64(1)) | marks.astype(np.uint64), owners[starts]


def _marked(slices: Sequence[slice], count: int) -> "NDArray[np.bool_]":
    import numpy as np

    marks = np.zeros(count, dtype=bool)
    for one in slices:
        marks[one] = True
    return marks


def _whole_runs(slices: Sequence[slice], count: int) -> "NDArray[np.bool_]":
    """Where a run of five begins that lies within the marked words."""
    import numpy as np

    last = count - RUN + 1
    marks = _marked(slices, count)
    within = np.full(last, bool(slices))
    if slices:
        for place in range(RUN):
            within &= marks[place : place + last]
    return within
