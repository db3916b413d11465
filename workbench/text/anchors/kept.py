"""What of an old text stands in a new one, character by character: where an anchor went, by the difference of both."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.text.folding import fold
from workbench.text.spans import Span
from workbench.text.versions import ChangeKind, compare_versions, word_changes
from workbench.text.versions.alignment import Block


@dataclass(frozen=True, slots=True)
class Image:
    """Where a stretch of the old text went: a region of the new one, found by what was kept on either side.

    A side is tight when what stood next to the stretch still stands there; `kept` is the number of its characters
    that are kept inside the region.
    """

    region: Span
    tight_left: bool
    tight_right: bool
    kept: int


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept blocks of two texts, rising in both; offsets are those of the texts."""

    old: str
    new: str
    blocks: tuple[Block, ...]
    olds: tuple[int, ...]

    def image(self, span: Span) -> Image:
        """Where `span` of the old text went."""
        first = bisect_right(self.olds, span.start) - 1
        left, stood = 0, 0
        if first >= 0:
            block = self.blocks[first]
            inside = min(span.start - block.old, block.length)
            left, stood = block.new + inside, block.old + inside
        tight_left = not self.old[stood : span.start].strip()
        right, stood, kept = len(self.new), len(self.old), 0
        for at in range(max(0, first), len(self.blocks)):
            block = self.blocks[at]
            inside = min(max(0, span.end - block.old), block.length)
            kept += max(0, inside - max(0, span.start - block.old))
            if block.old + block.length >= span.end:
                right, stood = block.new + inside, block.old + inside
                break
        tight_right = not self.old[span.end : stood].strip()
        return Image(Span(left, max(left, right)), tight_left, tight_right, kept)

    def taken(self, span: Span, besides: Span) -> float:
        """The share of `span` of the new text that comes from the old text outside `besides`: another's words."""
        total = 0
        at = max(0, bisect_right(self.blocks, span.start, key=lambda block: block.new) - 1)
        while at < len(self.blocks) and self.blocks[at].new < span.end:
            block = self.blocks[at]
            start = max(block.new, span.start) - block.new + block.old
            end = min(block.new + block.length, span.end) - block.new + block.old
            if start < end:
                own = max(0, min(end, besides.end) - max(start, besides.start))
                total += end - start - own
            at += 1
        return total / max(1, span.length)


def _linear(old: str, new: str, old_span: Span, new_span: Span) -> Iterator[Block]:
    """Blocks of one stretch that has the same words on both sides."""
    one, other = old_span.of(old), new_span.of(new)
    if one != other:
        one, other = fold(one), fold(other)
    if one == other:
        yield Block(old_span.start, new_span.start, old_span.length)
        return
    at_old, at_new = 0, 0
    for word in one.split():
        start = one.index(word, at_old)
        there = other.find(word, at_new)
        if there < 0:
            continue
        yield Block(old_span.start + start, new_span.start + there, len(word))
        at_old, at_new = start + len(word), there + len(word)


def kept_of(old: str, new: str) -> Kept:
    """What of `old` stands in `new`, in the same order; cost as `compare_versions`."""
    blocks: list[Block] = []
    for change in compare_versions(old, new):
        if change.kind is ChangeKind.SAME:
            blocks += _linear(old, new, change.old, change.new)
        elif change.kind is ChangeKind.CHANGED:
            for op, one, other in word_changes(change.old.of(old), change.new.of(new)):
                if op is ChangeKind.SAME:
                    blocks += _linear(old, new, one.shift(change.old.start), other.shift(change.new.start))
    return Kept(old, new, tuple(blocks), tuple(block.old for block in blocks))
