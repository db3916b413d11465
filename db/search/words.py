"""Candidate passages by their words, scored by BM25 over title and text.

A claim of 20 to 30 words joined by OR makes a full-text index visit most of a large store. Here the rarest words select
candidates, up to a budget of postings that bounds the cost at any size; the other words then score those candidates.
The lists of all words are held in memory as they stand in the file, some three bytes a posting.
BM25 as in Robertson and Zaragoza (2009), with the logarithm that never turns negative.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING

from sqlmodel import Session

from db.search.raw import driver
from db.search.stems import Stem, stemmer
from db.search.wordlists import SEGMENT, Lists, unlisted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Scores = NDArray[np.float32]
    Mask = NDArray[np.bool_]

SELECTING = 60_000
"""Postings that the words which select may have together."""
POOL = 1_000
"""Candidates that the other words score."""
SATURATION = 0.9
LENGTH = 0.4
"""The k1 and b of BM25: with the usual 1.2 and 0.75, passages of a few words crowd out sentences that say something."""
TITLE_WEIGHT = 1.0
"""What a word in the title counts, where one in the text counts 1."""


@dataclass(slots=True)
class _Segment:
    """Lists, and what the lengths of its passages mean for BM25."""

    lists: Lists
    room: "Scores"

    def postings(self, codes: "NDArray[np.uint32]") -> "tuple[Numbers, Numbers]":
        """Where the postings of each stem start and end; equal where it has none here."""
        import numpy as np

        stems, ends = self.lists.stems, self.lists.ends
        if not len(stems):
            return np.zeros(len(codes), np.int64), np.zeros(len(codes), np.int64)
        places = np.minimum(np.searchsorted(stems, codes), len(stems) - 1)
        stop = ends[places].astype(np.int64)
        start = np.where(places > 0, ends[places - 1], 0).astype(np.int64)
        return np.where(stems[places] == codes, start, stop), stop


@dataclass(frozen=True, slots=True)
class _Query:
    """The stems of a query, rarest first, what an occurrence of each weighs, and where its postings are in each segment."""

    weights: "Scores"
    starts: "Numbers"
    stops: "Numbers"
    selecting: int


class WordIndex:
    """The words of every passage: `catch_up` reads what was added since, `candidates` answers.

    numpy is imported on first use: most commands never search. Not for several threads at once.
    """

    def __init__(self) -> None:
        self._segments: list[_Segment] = []
        self._last = 0
        self._passages = 0
        self._words = 0

    def catch_up(self, session: Session) -> int:
        """Read the lists that were added since the last call; returns how many passages there are."""
        query = (
            "SELECT first, last, lengths, stems, ends, passages, counts FROM word_segment WHERE last > ? ORDER BY first"
        )
        fresh: list[Lists] = []
        with driver(session) as connection:
            fresh.extend(Lists.read(*row) for row in connection.execute(query, (self._last,)))
        # A file that cannot be written, such as a share that is only looked into, may have passages without lists.
        last = fresh[-1].last if fresh else self._last
        while missing := unlisted(session.connection(), last):
            near = [row for row in missing if row[0] - missing[0][0] < SEGMENT]
            fresh.append(Lists.of(near))
            last = near[-1][0]
        if fresh:
            self._take(fresh)
        return self._passages

    def _take(self, fresh: list[Lists]) -> None:
        """Segments that were joined since they were read take the place of their parts."""
        import numpy as np

        kept = [segment.lists for segment in self._segments if segment.lists.first < fresh[0].first]
        every = [*kept, *fresh]
        self._last = fresh[-1].last
        self._passages = sum(int(np.count_nonzero(lists.lengths)) for lists in every)
        self._words = sum(int(lists.lengths.sum(dtype=np.int64)) for lists in every)
        share = np.float32(LENGTH / (self._words / max(self._passages, 1) or 1.0))
        self._segments = [
            _Segment(
                lists, np.float32(SATURATION) * (np.float32(1 - LENGTH) + share * lists.lengths.astype(np.float32))
            )
            for lists in every
        ]

    def candidates(
        self,
        wanted: Sequence[str],
        *,
        limit: int = 200,
        also: "Numbers | None" = None,
        only: "Mask | None" = None,
        stems: Sequence[Stem] = (),
    ) -> dict[int, float]:
        """BM25 scores by passage number, larger is better: of the best passages for these words, and of those in `also`.

        A passage that holds none of the words is left out; empty where no word is known. `only` is a mask over passage
        numbers that says which may be found; `stems` are looked for beside the words.
        """
        import numpy as np

        query = self._query(wanted, stems)
        if query is None:
            return {}
        numbers, scores = self._selected(query)
        if only is not None:
            numbers, scores = _among(numbers, scores, only)
            if len(numbers) < limit and query.selecting < len(query.weights):
                # The rare words have nothing here to select: all words do.
                query = replace(query, selecting=len(query.weights))
                numbers, scores = _among(*self._selected(query), only)
            if not len(numbers):
                return {}
        chosen = _best(scores, limit if query.selecting == len(query.weights) else max(limit, POOL))
        others = np.empty(0, np.int64) if also is None else also[(also > 0) & (also <= self._last)]
        pool = np.unique(np.concatenate([numbers[chosen], others]))
        places = np.minimum(np.searchsorted(numbers, pool), len(numbers) - 1)
        found = np.where(numbers[places] == pool, scores[places], np.float32(0))
        if query.selecting < len(query.weights):
            found = found + self._scored(query, pool, range(query.selecting, len(query.weights)))
        kept = np.union1d(_best(found, limit), np.flatnonzero(np.isin(pool, others)))
        kept = kept[found[kept] > 0]
        return dict(zip(pool[kept].tolist(), found[kept].tolist(), strict=True))

    def short(self, numbers: Collection[int], below: int) -> dict[int, int]:
        """Those of these passages that have fewer words than `below`, title included, with their number of words."""
        import numpy as np

        ordered = np.sort(np.fromiter(numbers, dtype=np.int64, count=len(numbers)))
        bounds = np.searchsorted(ordered, [*(one.lists.first for one in self._segments), self._last + 1]).tolist()
        found: dict[int, int] = {}
        for place, segment in enumerate(self._segments):
            held = ordered[bounds[place] : bounds[place + 1]]
            lengths = segment.lists.lengths[held - segment.lists.first]
            few = lengths < below
            found.update(zip(held[few].tolist(), lengths[few].tolist(), strict=True))
        return found

    def holding(self, stems: Sequence[Stem]) -> "Mask":
        """A mask over passage numbers: those that hold any of the stems, or, rarely, another of the same CRC-32."""
        import numpy as np

        mask = np.zeros(self._last + 1, dtype=np.bool_)
        codes = np.array([stem.code for stem in stems], dtype=np.uint32)
        for segment in self._segments:
            for start, stop in zip(*segment.postings(codes), strict=True):
                mask[segment.lists.passages[start:stop].astype(np.int64) + segment.lists.first] = True
        return mask

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """In how many passages each word stands, in any of its forms; 0 where in none."""
        import numpy as np

        known = stemmer().stems(words)
        codes = np.array([stem.code for word in words for stem in known[word][:1]], dtype=np.uint32)
        counts = np.zeros(len(codes), dtype=np.int64)
        for segment in self._segments:
            starts, stops = segment.postings(codes)
            counts += stops - starts
        listed = iter(counts.tolist())
        return {word: next(listed) if known[word] else 0 for word in words}

    def _query(self, wanted: Sequence[str], more: Sequence[Stem] = ()) -> _Query | None:
        import numpy as np

        known = stemmer().stems(wanted)
        stems: dict[Stem, None] = dict.fromkeys(stem for word in wanted for stem in known[word])
        stems.update(dict.fromkeys(more))
        if not stems or not self._segments:
            return None
        codes = np.array([stem.code for stem in stems], dtype=np.uint32)
        places = [segment.postings(codes) for segment in self._segments]
        starts, stops = np.stack([start for start, _ in places]), np.stack([stop for _, stop in places])
        frequencies = (stops - starts).sum(axis=0)
        order = np.argsort(frequencies, kind="stable")
        order = order[frequencies[order] > 0]
        if not len(order):
            return None
        weights = [
            log(1 + (max(self._passages - count, 0) + 0.5) / (count + 0.5)) for count in frequencies[order].tolist()
        ]
        selecting = max(1, int(np.searchsorted(np.cumsum(frequencies[order]), SELECTING, side="right")))
        return _Query(np.array(weights, dtype=np.float32), starts[:, order], stops[:, order], selecting)

    def _selected(self, query: _Query) -> "tuple[Numbers, Scores]":
        """The passages that hold any of the selecting stems, and their scores for these."""
        import numpy as np

        numbers, scores = [], []
        for place, segment in enumerate(self._segments):
            starts, stops = query.starts[place, : query.selecting], query.stops[place, : query.selecting]
            sizes = stops - starts
            total = int(sizes.sum())
            if not total:
                continue
            postings = np.arange(total) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
            local = segment.lists.passages[postings]
            worth = _worth(segment, local, postings) * np.repeat(query.weights[: query.selecting], sizes)
            summed = np.bincount(local, weights=worth)
            held = np.flatnonzero(summed)
            numbers.append(held + segment.lists.first)
            scores.append(summed[held].astype(np.float32))
        return np.concatenate(numbers), np.concatenate(scores)

    def _scored(self, query: _Query, numbers: "Numbers", stems: range) -> "Scores":
        """The scores of passages, in ascending order, for some stems."""
        import numpy as np

        scores = np.zeros(len(numbers), dtype=np.float32)
        firsts = [segment.lists.first for segment in self._segments]
        bounds = np.searchsorted(numbers, [*firsts, self._last + 1]).tolist()
        for place, segment in enumerate(self._segments):
            start, stop = bounds[place], bounds[place + 1]
            if start == stop:
                continue
            local = (numbers[start:stop] - segment.lists.first).astype(np.uint16)
            rows, postings, weights = [], [], []
            for stem in stems:
                begin, end = int(query.starts[place, stem]), int(query.stops[place, stem])
                if begin < end:
                    among = segment.lists.passages[begin:end]
                    at = np.searchsorted(among, local)
                    at[at == end - begin] = 0
                    hit = (among[at] == local).nonzero()[0]
                    rows.append(hit)
                    postings.append(begin + at[hit])
                    weights.append(np.full(len(hit), query.weights[stem]))
            if rows:
                row, posting = np.concatenate(rows), np.concatenate(postings)
                worth = _worth(segment, local[row], posting) * np.concatenate(weights)
                scores[start:stop] = np.bincount(row, weights=worth, minlength=stop - start)
        return scores


def _among(numbers: "Numbers", scores: "Scores", only: "Mask") -> "tuple[Numbers, Scores]":
    """Those of the passages that may be found."""
    kept = numbers < len(only)
    kept[kept] = only[numbers[kept]]
    return numbers[kept], scores[kept]


def _best(scores: "Scores", limit: int) -> "Numbers":
    """Where the best scores are, in no order."""
    import numpy as np

    if len(scores) <= limit:
        return np.arange(len(scores))
    return np.argpartition(-scores, limit - 1)[:limit]


def _worth(segment: _Segment, local: "NDArray[np.uint16]", postings: "Numbers") -> "Scores":
    """What the occurrences of a stem in each passage count, before its weight."""
    import numpy as np

    counts = segment.lists.counts[postings]
    times: Scores = ((counts & 0x7F) + TITLE_WEIGHT * (counts >> 7)).astype(np.float32)
    worth: Scores = times * np.float32(SATURATION + 1) / (times + segment.room[local])
    return worth
