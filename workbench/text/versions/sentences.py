"""Two versions compared by sentence: which are the same, new, gone or changed.

Sentences are aligned by their folded wordings first, then the words of what is left; two sentences belong together
when they share enough words.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from workbench.text.folding import fold
from workbench.text.paragraphs import paragraphs
from workbench.text.spans import Span
from workbench.text.versions.alignment import Block, aligned, numbered, words_in
from workbench.text.versions.model import Change, ChangeKind

_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]++[\"')\]]*+\s++(?![a-zß-öø-ÿ])|[。！？]++")
# Two sentences belong together when this share of the letters of the shorter one, in at least two words, is kept.
_LEAST_SHARED = 0.5
_FEWEST_SHARED_WORDS = 2


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
    return [Span(a, b) for a, b in pairwise(bounds) if a < b]


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
        words.append([(at, word.of(side.folded)) for at in part for word in words_in(side.folded, side.pieces[at])])
    letters: Counter[tuple[int, int]] = Counter()
    number: Counter[tuple[int, int]] = Counter()
    whole = [Counter[int](), Counter[int]()]
    for total, listed in zip(whole, words, strict=True):
        for at, word in listed:
            total[at] += len(word) if word[0].isalnum() else 0
    numbers = numbered([word for _, word in words[0]], [word for _, word in words[1]])
    for block in aligned(*numbers):
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
    for block in [*aligned(*numbered(one.keys(), other.keys())), end]:
        found += _changed_part(one, other, range(at_old, block.old), range(at_new, block.new))
        for step in range(block.length):
            found.append(Change(ChangeKind.SAME, one.pieces[block.old + step], other.pieces[block.new + step]))
        at_old, at_new = block.old + block.length, block.new + block.length
    return tuple(found)
