"""Two versions of a text compared: which sentences are the same, new, gone or changed, and which words in them.

Sentences are aligned first (longest common subsequence of their folded wordings), then the words of what is left;
two sentences belong together when they share enough words. Alignment works on small matrices and falls back on
words that occur once in both texts where a matrix would be large, so that the cost stays near linear.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import Indel

from workbench.text.folding import fold
from workbench.text.paragraphs import paragraphs
from workbench.text.spans import Span

# Scripts written without spaces between words: each character stands for itself.
_SPACELESS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+(?:[.,'][^\W{_SPACELESS}]+)*|[^\w\s]")
_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]++[\"')\]]*+\s++(?![a-zß-öø-ÿ])|[。！？]++")
_LARGEST_MATRIX = 20_000_000
# Two sentences belong together when this share of the letters of the shorter one, in at least two words, is kept.
_LEAST_SHARED = 0.5
_FEWEST_SHARED_WORDS = 2
# A kept run of no more letters than this, between larger changes, only breaks the picture ("a", "of", a comma).
_SCRAP = 3


class ChangeKind(StrEnum):
    """What became of a stretch of text from one version to the next."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence, or a few that were joined or parted: `old` in the old text and `new` in the new one.

    `old` is empty for what was inserted and `new` for what was deleted; an empty span stands where it would be.
    """

    kind: ChangeKind
    old: Span
    new: Span


class WordChange(NamedTuple):
    """One run of words: what became of it, its span in the old and its span in the new text."""

    op: ChangeKind
    old: Span
    new: Span


class Block(NamedTuple):
    """`length` items (characters, sentences or words) that stand at `old` in one sequence and at `new` in the other."""

    old: int
    new: int
    length: int


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
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


def _aligned(old: Sequence[int], new: Sequence[int], *, large_too: bool = True) -> Iterator[Block]:
    """Equal runs of both sequences, in order. Source: LCS (Indel) and, for what is large, patience alignment."""
    if len(old) * len(new) <= _LARGEST_MATRIX:
        for code in Indel.opcodes(old, new):
            if code.tag == "equal":
                yield Block(code.src_start, code.dest_start, code.src_end - code.src_start)
        return
    head, most = 0, min(len(old), len(new))
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield Block(0, 0, head)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if large_too or len(middle_old) * len(middle_new) <= _LARGEST_MATRIX:
        singles = _singles(middle_new)
        pairs = [(at, singles[item]) for item, at in _singles(middle_old).items() if item in singles]
        at_old, at_new = 0, 0
        for stop_old, stop_new in [*_rising(sorted(pairs)), (len(middle_old), len(middle_new))]:
            part_old, part_new = middle_old[at_old:stop_old], middle_new[at_new:stop_new]
            if part_old and part_new:
                for block in _aligned(part_old, part_new, large_too=False):
                    yield Block(head + at_old + block.old, head + at_new + block.new, block.length)
            if stop_old < len(middle_old):
                yield Block(head + stop_old, head + stop_new, 1)
            at_old, at_new = stop_old + 1, stop_new + 1
    if tail:
        yield Block(len(old) - tail, len(new) - tail, tail)


def _numbered(*sequences: Sequence[str]) -> list[list[int]]:
    numbers: dict[str, int] = {}
    return [[numbers.setdefault(item, len(numbers)) for item in sequence] for sequence in sequences]


def _words(text: str, span: Span) -> list[Span]:
    return [Span(*found.span()) for found in _WORD.finditer(text, span.start, span.end)]


def _key(piece: str) -> str:
    return " ".join(piece.split())


def _sentences(text: str, folded: str) -> list[Span]:
    """Stretches of about a sentence that tile `text`; white space belongs to the stretch before it."""
    starts = [0]
    for paragraph in paragraphs(text):
        starts.append(paragraph.start)
        starts.extend(found.end() for found in _SENTENCE_END.finditer(folded, paragraph.start, paragraph.end))
    first = len(text) - len(text.lstrip())
    bounds = [0, *sorted({at for at in starts if first < at < len(text)}), len(text)]
    return [Span(a, b) for a, b in zip(bounds, bounds[1:], strict=False) if a < b]


@dataclass(frozen=True, slots=True)
class _Side:
    """One text with its stretches."""

    folded: str
    pieces: list[Span]

    @classmethod
    def of(cls, text: str) -> "_Side":
        folded = fold(text)
        return cls(folded, _sentences(text, folded))

    def keys(self) -> list[str]:
        return [_key(piece.of(self.folded)) for piece in self.pieces]

    def cover(self, first: int, last: int) -> Span:
        """The stretch from piece `first` up to piece `last`; empty when they are the same."""
        if first < last:
            return Span(self.pieces[first].start, self.pieces[last - 1].end)
        at = self.pieces[first].start if first < len(self.pieces) else len(self.folded)
        return Span(at, at)


def _links(old: _Side, new: _Side, olds: range, news: range) -> list[tuple[int, int]]:
    """Pairs of pieces in the two ranges that share enough words, in order."""
    words = []
    for side, part in ((old, olds), (new, news)):
        words.append([(at, word.of(side.folded)) for at in part for word in _words(side.folded, side.pieces[at])])
    letters: Counter[tuple[int, int]] = Counter()
    number: Counter[tuple[int, int]] = Counter()
    whole = [Counter[int](), Counter[int]()]
    for total, listed in zip(whole, words, strict=True):
        for at, word in listed:
            total[at] += len(word) if word[0].isalnum() else 0
    numbers = _numbered([word for _, word in words[0]], [word for _, word in words[1]])
    for block in _aligned(*numbers):
        for step in range(block.length):
            one, word = words[0][block.old + step]
            if word[0].isalnum():
                pair = one, words[1][block.new + step][0]
                letters[pair] += len(word)
                number[pair] += 1
    return sorted(
        (one, other)
        for (one, other), shared in letters.items()
        if shared >= _LEAST_SHARED * min(whole[0][one], whole[1][other]) and number[one, other] >= _FEWEST_SHARED_WORDS
    )


def _changed_part(old: _Side, new: _Side, olds: range, news: range) -> Iterator[Change]:
    """The changes in a part where no sentence is the same."""
    at_old, at_new = olds.start, news.start
    links = _links(old, new, olds, news) if olds and news else []
    while links:
        (end_old, end_new), (start_old, start_new) = (n + 1 for n in links[0]), links[0]
        taken = 1
        while taken < len(links) and (links[taken][0] < end_old or links[taken][1] < end_new):
            end_old, end_new = max(end_old, links[taken][0] + 1), max(end_new, links[taken][1] + 1)
            taken += 1
        yield from _apart(old, new, range(at_old, start_old), range(at_new, start_new))
        before, after = old.cover(start_old, end_old), new.cover(start_new, end_new)
        same = _key(before.of(old.folded)) == _key(after.of(new.folded))
        yield Change(ChangeKind.SAME if same else ChangeKind.CHANGED, before, after)
        at_old, at_new, links = end_old, end_new, links[taken:]
    yield from _apart(old, new, range(at_old, olds.stop), range(at_new, news.stop))


def _apart(old: _Side, new: _Side, olds: range, news: range) -> Iterator[Change]:
    here = new.cover(news.start, news.start)
    for at in olds:
        yield Change(ChangeKind.DELETED, old.pieces[at], here)
    there = old.cover(olds.stop, olds.stop)
    for at in news:
        yield Change(ChangeKind.INSERTED, there, new.pieces[at])


def compare_versions(old: str, new: str) -> tuple[Change, ...]:
    """The changes from `old` to `new` by sentence, in order; their spans tile both texts.

    "same" means the same words: white space and the style of quotes and dashes are not looked at. A sentence that was
    moved is deleted in one place and inserted in another. 200,000 characters take a few tenths of a second.
    """
    one, other = _Side.of(old), _Side.of(new)
    found: list[Change] = []
    at_old, at_new = 0, 0
    end = Block(len(one.pieces), len(other.pieces), 0)
    for block in [*_aligned(*_numbered(one.keys(), other.keys())), end]:
        found += _changed_part(one, other, range(at_old, block.old), range(at_new, block.new))
        for step in range(block.length):
            found.append(Change(ChangeKind.SAME, one.pieces[block.old + step], other.pieces[block.new + step]))
        at_old, at_new = block.old + block.length, block.new + block.length
    return tuple(found)


def _kept_runs(words: tuple[list[Span], list[Span]], blocks: list[Block]) -> list[Block]:
    """`blocks` without scraps of a letter or two that stand between larger changes."""
    kept: list[Block] = []
    at_old, at_new = 0, 0
    for place, block in enumerate(blocks):
        after = blocks[place + 1] if place + 1 < len(blocks) else Block(len(words[0]), len(words[1]), 0)
        letters = sum(word.length for word in words[0][block.old : block.old + block.length])
        gaps = [
            max(block.old - at_old, block.new - at_new),
            max(after.old - block.old - block.length, after.new - block.new - block.length),
        ]
        at_old, at_new = block.old + block.length, block.new + block.length
        if letters > _SCRAP or min(gaps) < block.length + 1:
            kept.append(block)
    return kept


def word_changes(old: str, new: str) -> tuple[WordChange, ...]:
    """The changes from `old` to `new` by runs of words, in order; their spans tile both texts.

    Meant for the two sides of one "changed" stretch, whose spans are counted from its own beginning. White space
    belongs to the run before it.
    """
    folded = fold(old), fold(new)
    words = _words(folded[0], Span(0, len(old))), _words(folded[1], Span(0, len(new)))
    numbers = _numbered(*[[w.of(text) for w in found] for text, found in zip(folded, words, strict=True)])
    blocks = _kept_runs(words, list(_aligned(*numbers)))

    def stop(side: int, index: int) -> int:
        """Where the run that takes the words up to number `index` ends."""
        text, found = (old, new)[side], words[side]
        if index < len(found):
            return found[index].start if index else 0
        return len(text)

    result: list[WordChange] = []
    at_old, at_new = 0, 0
    ended = Span(0, 0), Span(0, 0)
    for block in [*blocks, Block(len(words[0]), len(words[1]), 0)]:
        gone, come = block.old - at_old, block.new - at_new
        op = ChangeKind.CHANGED if gone and come else ChangeKind.DELETED if gone else ChangeKind.INSERTED
        at_old, at_new = block.old + block.length, block.new + block.length
        for kind, old_end, new_end in ((op, block.old, block.new), (ChangeKind.SAME, at_old, at_new)):
            ended = Span(ended[0].end, stop(0, old_end)), Span(ended[1].end, stop(1, new_end))
            if ended[0].length or ended[1].length:
                result.append(WordChange(kind, *ended))
    return tuple(result)
