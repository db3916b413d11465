"""Candidates for a claim or a query: brought in by words and by meaning, narrowed by a filter, in order."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Session

from db import evidence
from db.search import vocabulary
from db.search.narrowing import Narrowing
from db.search.stems import Stem, stemmer
from db.search.vectors import VectorIndex
from db.search.words import WordIndex
from db.tables import Article, Citation, Claim
from workbench.matching.encoder import Encoder
from workbench.matching.fusing import SHORT, Ranked, fuse, toned_down
from workbench.matching.query import Query, query_words, too_short
from workbench.services.dismissing import dismissed
from workbench.services.filters import Filter, Narrowed, both, narrow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

CANDIDATES = 100
"""Passages that each way of searching brings in."""
DEEPER = 4
"""How many times more candidates are brought in where too few of the first may be shown."""
READ = 100
"""Passages that are read at once to see whether they may be shown."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for. Passages are compared with `text`; `query` is what finds them, where that is something else."""

    text: str
    claim: Claim | None = None
    article: Article | None = None
    day: date | None = None
    language: str = "en"
    query: Query | None = None
    cited: tuple[Citation, ...] = ()

    @property
    def sought(self) -> str:
        """The text whose meaning is looked for."""
        return self.query.text if self.query else self.text

    @property
    def words(self) -> list[str]:
        """The words that are looked for."""
        return list(self.query.words) if self.query else query_words(self.text, self.language)

    @property
    def prefixes(self) -> list[str]:
        """How words begin that must stand in a passage."""
        return [term.words[-1] for term in self.query.required if term.prefix] if self.query else []


@dataclass(frozen=True, slots=True)
class Found:
    """Scores by passage number from words and from meaning, of how many passages, and how many of these have vectors."""

    words: dict[int, float]
    meaning: dict[int, float] | None
    passages: int
    encoded: int


class Finder:
    """The indexes over all passages, and what they bring in. May be used from several threads."""

    def __init__(self, encoder: Encoder, weight: float) -> None:
        self._weight = weight
        self._words = WordIndex()
        self._vectors = VectorIndex(encoder.model_id, encoder.dimensions)
        self._narrowing = Narrowing()
        self._lock = threading.Lock()
        self.passages = 0

    def narrowed(self, session: Session, question: Question, wanted: Filter) -> Narrowed:
        """The filter, with what it lets through. What a person looks for in own words may be in the article's own outlet."""
        article = question.article if question.query is None else None
        with self._lock:
            return narrow(session, self._narrowing, wanted, article, question.cited)

    def rank(
        self,
        session: Session,
        question: Question,
        vectors: "NDArray[np.float32] | None",
        narrowed: Narrowed,
        top: int,
        *,
        short: bool = True,
        near: "NDArray[np.int64] | None" = None,
    ) -> tuple[list[Ranked], Found]:
        """The best that may be shown. Candidates are brought in ever deeper until there are enough, or no more."""
        chosen = _Chosen(session, question, short=short)
        limit = CANDIDATES
        with self._lock:
            mask, stems = self._required(session, question, narrowed.mask)
            while True:
                found = self._found(
                    session, question, vectors, mask, limit, stems, near if limit == CANDIDATES else None
                )
                ranked = chosen.first(fuse(found.words, found.meaning, weight=self._weight), top)
                enough = len(ranked) >= top or chosen.lets_all
                if enough or max(len(found.words), len(found.meaning or ())) < limit:
                    return ranked, found
                limit *= DEEPER

    def nearest_of_each(
        self, session: Session, vectors: "NDArray[np.float32] | None", narrowed: Narrowed
    ) -> "list[NDArray[np.int64]] | None":
        """For each of many vectors the passages near it, in one scan; None where no passage has a vector."""
        with self._lock:
            if vectors is None or not self._vectors.catch_up(session):
                return None
            return self._vectors.nearest_of_each(vectors, CANDIDATES, narrowed.mask)

    def frequencies(self, session: Session, words: Sequence[str]) -> dict[str, int]:
        """In how many passages words stand, in any of their forms."""
        with self._lock:
            self._words.catch_up(session)
            lowered = {word: word.lower() for word in words}
            counts = self._words.frequencies(list(dict.fromkeys(lowered.values())))
            return {word: counts[low] for word, low in lowered.items()}

    def by_words(
        self, session: Session, words: Sequence[str], limit: int, stems: Sequence[Stem] = (), only: "Mask | None" = None
    ) -> list[int]:
        """The passages that go best with some words, the best first."""
        with self._lock:
            self._words.catch_up(session)
            scores = self._words.candidates(words, limit=limit, stems=stems, only=only)
        return sorted(scores, key=lambda number: (-scores[number], number))

    def _required(self, session: Session, question: Question, mask: "Mask | None") -> "tuple[Mask | None, list[Stem]]":
        """The passages that may hold what a query requires, and the stems of words that begin as asked.

        That a passage does hold it is seen when it is read: stems stand for several words.
        """
        begun: list[Stem] = []
        if question.query is None or not question.query.required:
            return mask, begun
        self._words.catch_up(session)
        for term in question.query.required:
            whole = term.words[:-1] if term.prefix else term.words
            for stems in stemmer().stems(whole).values():
                mask = both(mask, self._words.holding(stems)) if stems else mask
            if term.prefix:
                stems_begun = vocabulary.beginning(session, term.words[-1])
                mask = both(mask, self._words.holding(stems_begun))
                begun.extend(stems_begun)
        return mask, begun

    def _found(
        self,
        session: Session,
        question: Question,
        vectors: "NDArray[np.float32] | None",
        only: "Mask | None",
        limit: int,
        stems: Sequence[Stem],
        near: "NDArray[np.int64] | None",
    ) -> Found:
        """The passages that words and vector bring in, each scored both ways."""
        passages = self.passages = self._words.catch_up(session)
        encoded = self._vectors.catch_up(session) if vectors is not None else 0
        if vectors is None or not encoded or not question.sought.strip():
            by_words = self._words.candidates(question.words, limit=limit, only=only, stems=stems)
            return Found(toned_down(by_words, self._words.short(by_words, SHORT)), None, passages, encoded)
        vector = vectors[0]
        near = self._vectors.nearest(vector, limit, only) if near is None else near
        by_words = self._words.candidates(question.words, limit=limit, also=near, only=only, stems=stems)
        numbers = set(by_words).union(near.tolist())
        by_meaning = self._vectors.cosines(session, vector, numbers)
        lengths = self._words.short(numbers, SHORT)
        return Found(toned_down(by_words, lengths), toned_down(by_meaning, lengths), passages, encoded)


class _Chosen:
    """Which candidates may be shown, as far as that is only seen by reading them."""

    def __init__(self, session: Session, question: Question, *, short: bool) -> None:
        self._session = session
        self._query = question.query
        self._dismissed = dismissed(session, question.claim)
        self._short = short
        self._known: dict[int, bool] = {}

    @property
    def lets_all(self) -> bool:
        """Whether nothing has to be read."""
        return self._short and not self._dismissed and (self._query is None or self._query.plain)

    def first(self, ranked: Sequence[Ranked], top: int) -> list[Ranked]:
        """The first of the candidates that may be shown."""
        if self.lets_all:
            return list(ranked[:top])
        kept: list[Ranked] = []
        for start in range(0, len(ranked), READ):
            piece = ranked[start : start + READ]
            self._learn([item.id for item in piece if item.id not in self._known])
            kept.extend(item for item in piece if self._known[item.id])
            if len(kept) >= top:
                break
        return kept[:top]

    def _learn(self, numbers: Sequence[int]) -> None:
        found = evidence.passages_by_id(self._session, numbers)
        for number in numbers:
            known = found.get(number)
            self._known[number] = (
                known is not None
                and (known[1].content_hash, known[0].start) not in self._dismissed
                and (self._short or not too_short(known[0].text))
                and (self._query is None or self._query.fits(f"{known[1].title}\n{known[0].text}"))
            )
