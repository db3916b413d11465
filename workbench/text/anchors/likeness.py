"""How like two wordings are, and which stretch of a window is most like a quotation."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from workbench.text.anchors.prepared import words_of

_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]++['\")\]]*+ |[。！？]++")
_MOST_BOUNDS = 14
# Aligning takes the product of both lengths; a longer quotation is only compared with the whole of a window.
LONGEST_ALIGNED = 2_000
# Percent points of `fuzz.ratio` for each end at a natural boundary, and for filling a gap of about the right size:
# without them the changed words at an end would be cut off, since leaving them out makes the rest more alike.
_NATURAL_END, _FILLS_GAP = 12.0, 6.0


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch [start, end) of an even text; a side is tight when the words next to the anchor were found there."""

    start: int
    end: int
    tight_left: bool
    tight_right: bool


@dataclass(frozen=True, slots=True)
class Likely:
    """The stretch [start, end) of an even text, and how like the quotation it is, 0 to 1."""

    start: int
    end: int
    likeness: float


def likeness(one: str, other: str) -> float:
    """Mean of the share of characters and the share of words that both have in order, 0 to 1.

    Sentences without a common subject share characters (.4 to .5) but hardly a word; the mean parts them from edits.
    """
    characters = fuzz.ratio(one, other) / 100
    words, others = words_of(one), words_of(other)
    if not words or not others:
        return characters if not words and not others else 0.0
    return (characters + 2 * LCSseq.similarity(words, others) / (len(words) + len(others))) / 2


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end) of an even text without the spaces at its ends."""
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end


def _snapped(text: str, window: Window, start: int, end: int) -> tuple[int, int]:
    """[start, end) widened to whole words inside the window."""
    while start > window.start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < window.end and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _bounds(text: str, window: Window) -> list[int]:
    """The ends of the window and the sentence ends in it."""
    inner = [found.end() for found in _SENTENCE_END.finditer(text, window.start, window.end)]
    return [window.start, *[at for at in inner if window.start < at < window.end][: _MOST_BOUNDS - 2], window.end]


def _tries(quote: str, text: str, window: Window, bounds: list[int]) -> list[tuple[int, int]]:
    """Stretches of the window that could stand for the quotation: runs of sentences, and parts that align with it."""
    if len(quote) > LONGEST_ALIGNED:
        return []
    fewest, most = len(quote) // 3, len(quote) * 9 // 4 + 10
    tries = [(a, b) for i, a in enumerate(bounds) for b in bounds[i + 1 :] if fewest <= b - a <= most]
    if len(quote) > window.end - window.start:
        return [*tries, (window.start, window.end)]
    aligned = fuzz.partial_ratio_alignment(quote, text[window.start : window.end])
    if aligned is None or aligned.dest_start >= aligned.dest_end:
        return tries
    left, right = _snapped(text, window, window.start + aligned.dest_start, window.start + aligned.dest_end)
    tries.append((left, right))
    tries += [(at, right) for at in bounds if at < right and fewest <= right - at <= most]
    return tries + [(left, at) for at in bounds if left < at and fewest <= at - left <= most]


def best_in(quote: str, text: str, window: Window) -> Likely | None:
    """The stretch of the window most like `quote`; None when the window holds nothing but spaces.

    Sentences are tried whole, since an edit keeps their ends; a part of a sentence is found with
    `partial_ratio_alignment` and widened to whole words.
    """
    start, end = trimmed(text, window.start, window.end)
    if start == end:
        return None
    bounds = _bounds(text, window)
    lefts = set(bounds if window.tight_left else bounds[1:])
    rights = set(bounds if window.tight_right else bounds[:-1])
    filled = window.tight_left and window.tight_right and 2 * (end - start) <= 3 * len(quote) + 20
    scored: list[tuple[float, int, int]] = []
    for first, last in {*_tries(quote, text, window, bounds), (window.start, window.end)}:
        left, right = trimmed(text, first, last)
        if left < right:
            bonus = _NATURAL_END * ((first in lefts) + (last in rights))
            bonus += _FILLS_GAP if filled and (left, right) == (start, end) else 0.0
            scored.append((fuzz.ratio(quote, text[left:right]) + bonus, left, right))
    _, left, right = max(scored, key=lambda one: (one[0], -one[1], one[2]))
    return Likely(left, right, likeness(quote, text[left:right]))
