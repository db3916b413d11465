"""Candidate passages by their words, scored by BM25 over title and text.

A claim of 20 to 30 words joined by OR makes a full-text index visit most of a large store. Here the rarest words select
candidates up to a budget of postings, which bounds the cost at any size; how many passages each stem is in stands in a
table, since counting it costs more than the search. Then all words score the candidates, from lists held in memory.
BM25 as in Robertson and Zaragoza (2009), with the logarithm that never turns negative.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from sqlmodel import Session

from db.search.growing import Growing
from db.search.raw import driver
from db.search.stems import Stem, bags, stemmer
from db.search.wordlists import Lists, lists_of, unlisted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Scores = NDArray[np.float64]

SELECTING = 5_000
"""Postings that the words which select may have together."""
POOL = 1_000
"""Candidates that all words score: those in which the selecting words weigh most."""
SATURATION = 1.2
LENGTH = 0.75
"""The k1 and b of BM25."""
TITLE_WEIGHT = 1.0
"""What a word in the title counts, where one in the text counts 1."""


@dataclass(frozen=True, slots=True)
class Term:
    """A stem of a query: the word it comes from, in how many passages it is, and what one occurrence weighs."""

    stem: Stem
    word: str
    passages: int
    weight: float


class WordIndex:
    """The words of every passage: `catch_up` reads what was added since, `candidates` and `scores` answer.

    numpy is imported on first use. Not for several threads at once.
    """

    def __init__(self) -> None:
        self._last = 0
        self._passages = 0
        self._total = 0
        self._unwritten: Counter[str] = Counter()
        self._ends = Growing("i8")
        self._lengths = Growing("u2")
        self._stems = Growing("u4")
        self._counts = Growing("u1")

    def catch_up(self, session: Session) -> int:
        """Read the lists that were added since the last call; returns how many passages there are."""
        size = "SELECT sum(last - first + 1), sum(length(counts)) FROM word_segment WHERE last > ?"
        query = "SELECT first, last, different, lengths, stems, counts FROM word_segment WHERE last > ? ORDER BY first"
        with driver(session) as connection:
            passages, words = connection.execute(size, (self._last,)).fetchone()
            if passages and passages > len(self._ends):
                for part, more in (
                    (self._ends, passages),
                    (self._lengths, passages),
                    (self._stems, words),
                    (self._counts, words),
                ):
                    part.reserve(len(part) + more)
            for row in connection.execute(query, (self._last,)):
                self._take(Lists(*row))
        # A file that cannot be written, such as a share that is only looked into, may have passages without lists.
        while missing := unlisted(session.connection(), self._last):
            found = bags((title, piece) for _, title, piece in missing)
            self._unwritten.update(stem.text for bag in found for stem in bag.counts)
            self._take(lists_of([number for number, _, _ in missing], found))
        return self._passages

    def _take(self, lists: Lists) -> None:
        import numpy as np

        different = np.frombuffer(lists.different, dtype="<u2")
        lengths = np.frombuffer(lists.lengths, dtype="<u2")
        known = max(0, self._last + 1 - lists.first)
        passed = int(different[:known].sum(dtype=np.int64))
        gap = max(0, lists.first - self._last - 1)
        if gap:
            self._ends.extend(np.full(gap, len(self._stems), dtype=np.int64))
            self._lengths.extend(np.zeros(gap, dtype=np.uint16))
        self._ends.extend(np.cumsum(different[known:], dtype=np.int64) + len(self._stems))
        self._lengths.extend(lengths[known:])
        self._stems.extend(np.frombuffer(lists.stems, dtype="<u4")[passed:])
        self._counts.extend(np.frombuffer(lists.counts, dtype=np.uint8)[passed:])
        self._last = lists.last
        self._passages += int(np.count_nonzero(lengths[known:]))
        self._total += int(lengths[known:].sum(dtype=np.int64))

    def terms(self, session: Session, wanted: Sequence[str]) -> list[Term]:
        """The stems of these words that are in any passage, rarest first."""
        found: dict[Stem, str] = {}
        known = stemmer().stems(wanted)
        for word in wanted:
            for stem in known[word]:
                found.setdefault(stem, word)
        query = "SELECT stem, passages FROM word_frequency WHERE stem IN (SELECT value FROM json_each(?))"
        with driver(session) as connection:
            rows = connection.execute(query, (json.dumps([stem.text for stem in found]),)).fetchall()
        counted = Counter(dict(rows))
        terms = []
        for stem, word in found.items():
            passages = counted[stem.text] + self._unwritten[stem.text]
            if passages:
                weight = log(1 + (max(self._passages - passages, 0) + 0.5) / (passages + 0.5))
                terms.append(Term(stem, word, passages, weight))
        return sorted(terms, key=lambda term: (term.passages, term.stem.text))

    def candidates(self, session: Session, wanted: Sequence[str], *, limit: int = 200) -> dict[int, float]:
        """Passage numbers with their BM25 score for these words, larger is better; empty where no word is known."""
        import numpy as np

        terms = self.terms(session, wanted)
        if not terms:
            return {}
        numbers = self._selected(session, within(terms, SELECTING))
        scores = self._bm25(terms, numbers)
        if len(numbers) > limit:
            best = np.argpartition(-scores, limit - 1)[:limit]
            numbers, scores = numbers[best], scores[best]
        return dict(zip(numbers.tolist(), scores.tolist(), strict=True))

    def scores(self, session: Session, wanted: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
        """The BM25 scores of these passages; one that holds none of the words is left out."""
        import numpy as np

        terms = self.terms(session, wanted)
        asked = np.fromiter(numbers, dtype=np.int64)
        asked = asked[(asked > 0) & (asked <= self._last)]
        found = self._bm25(terms, asked)
        return {number: score for number, score in zip(asked.tolist(), found.tolist(), strict=True) if score > 0}

    def _selected(self, session: Session, terms: Sequence[Term]) -> "Numbers":
        """The passages in which these words weigh most together."""
        import numpy as np

        query = "SELECT rowid FROM passage_fts WHERE passage_fts MATCH ?"
        postings, weights = [], []
        with driver(session) as connection:
            for term in terms:
                rows = connection.execute(query, ('"' + term.word.replace('"', '""') + '"',)).fetchall()
                postings.append(np.fromiter((number for (number,) in rows), dtype=np.int64, count=len(rows)))
                weights.append(np.full(len(rows), term.weight))
        together = np.concatenate(postings)
        numbers, places = np.unique(together[together <= self._last], return_inverse=True)
        if len(numbers) > POOL:
            sums = np.bincount(places, weights=np.concatenate(weights)[together <= self._last])
            numbers = numbers[np.argpartition(-sums, POOL - 1)[:POOL]]
        return numbers

    def _bm25(self, terms: Sequence[Term], numbers: "Numbers") -> "Scores":
        """The score of each passage for these stems."""
        import numpy as np

        if not terms or not len(numbers):
            return np.zeros(len(numbers))
        codes = np.array([term.stem.code for term in terms], dtype=np.uint32)
        order = np.argsort(codes)
        codes = codes[order]
        weights = np.array([term.weight for term in terms])[order]
        ends = self._ends.values
        stop = ends[numbers - 1]
        start = np.where(numbers > 1, ends[np.maximum(numbers - 2, 0)], 0)
        sizes = stop - start
        owner = np.repeat(np.arange(len(numbers)), sizes)
        places = np.arange(int(sizes.sum())) + np.repeat(start - (np.cumsum(sizes) - sizes), sizes)
        stems = self._stems.values[places]
        slot = np.minimum(np.searchsorted(codes, stems), len(codes) - 1)
        hit = codes[slot] == stems
        owner, slot = owner[hit], slot[hit]
        counts = self._counts.values[places[hit]]
        times = (counts & 0x7F) + TITLE_WEIGHT * (counts >> 7)
        average = self._total / max(self._passages, 1)
        room = SATURATION * (1 - LENGTH + LENGTH * self._lengths.values[numbers - 1] / average)
        return np.bincount(
            owner, weights=weights[slot] * times * (SATURATION + 1) / (times + room[owner]), minlength=len(numbers)
        )


def within(terms: Sequence[Term], budget: int) -> list[Term]:
    """The rarest terms whose passages together stay within a budget; always at least one where there is any."""
    chosen: list[Term] = []
    total = 0
    for term in terms:
        if chosen and total + term.passages > budget:
            break
        chosen.append(term)
        total += term.passages
    return chosen
