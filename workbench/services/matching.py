"""Matching: passages that may bear on a claim, with what agrees and where they disagree."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Session

from db import evidence, verdicts
from db.identity import derived
from db.search.vectors import VectorIndex
from db.search.words import WordIndex
from db.store import Store
from db.tables import Article, ArticleVersion, Citation, Document, Passage
from db.tables.verdicts import DismissalData
from db.vocabulary import Kind, Stance
from workbench.credibility import origins
from workbench.matching import compare
from workbench.matching.encoder import Encoder, EncoderState, EncoderUnavailable
from workbench.matching.explanation import explain
from workbench.matching.fusing import DEFAULT_WEIGHT, SHORT, Ranked, fuse, toned_down
from workbench.matching.query import query_words
from workbench.matching.wording import agreement, likeness
from workbench.services import keys
from workbench.services.sources import Resolver
from workbench.services.views import ClaimView, Match, MatchList, Signals

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CANDIDATES = 100
"""Passages that each way of searching brings in."""
ENCODING_SECONDS = 20.0
ORIGIN_PASSAGES = 40
"""Passages of each document that are compared for copies: a copied text shows in its beginning."""
STALE_DAYS = 7
"""A passage older than the claim by more than this may simply know an earlier toll: its figures are compared by date."""


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    claim_id: str | None
    day: date | None
    language: str


@dataclass(frozen=True, slots=True)
class Found:
    """Scores by passage number from words and from meaning, of how many passages, and how many of these have vectors."""

    words: dict[int, float]
    meaning: dict[int, float] | None
    passages: int
    encoded: int


class MatchingService:
    """Finding passages for claims, and dismissing suggestions."""

    def __init__(self, store: Store, encoder: Encoder, weight: float | None = None) -> None:
        self._store = store
        self._encoder = encoder
        self._weight = DEFAULT_WEIGHT if weight is None else weight
        self._words = WordIndex()
        self._vectors = VectorIndex(encoder.model_id, encoder.dimensions)
        self._lock = threading.Lock()

    def match(
        self, claim: ClaimView | str, *, top: int = 10, meaning: bool = True, claim_date: date | None = None
    ) -> MatchList:
        """The passages most worth reading for a claim, or for any text; order and reasons, never a strength.

        By words, and by meaning too when the encoder is ready; `note` says why meaning is missing where it is.
        """
        with self._store.read() as session:
            question = self._question(session, claim, claim_date)
            ranked, note = self._rank(session, question.text, question.language, meaning)
            ranked = self._without_dismissed(session, ranked, question.claim_id, top)
            return self._shown(session, question, ranked, note)

    def ranking(
        self, text: str, *, top: int = 10, meaning: bool = True, language: str = "en"
    ) -> tuple[list[Ranked], str]:
        """Only the order: for many queries at once."""
        with self._store.read() as session:
            ranked, note = self._rank(session, text, language, meaning)
            return ranked[:top], note

    def dismiss(self, claim_key: str, document_hash: str, start: int, reason: str = "") -> None:
        """Do not suggest a passage for a claim again."""
        with self._store.write("dismiss a match") as unit:
            claim = keys.claim(unit.session, claim_key)
            data = DismissalData(
                claim_id=claim.id,
                document=document_hash,
                start=start,
                reason=keys.bounded(" ".join(reason.split()), "reason", 1000),
            )
            unit.journal.record(Kind.DISMISSAL, derived("dismissal", claim.id, document_hash, start), data)

    def _question(self, session: Session, claim: ClaimView | str, day: date | None) -> _Question:
        if isinstance(claim, str):
            return _Question(claim, None, day, "en")
        version = session.get(ArticleVersion, claim.claim.version_id)
        article = session.get(Article, version.article_id) if version else None
        return _Question(
            claim.claim.wording,
            claim.claim.id,
            day or (article.published_on if article else None),
            version.language if version else "en",
        )

    def _rank(self, session: Session, text: str, language: str, meaning: bool) -> tuple[list[Ranked], str]:
        vector, note = self._encoded(text) if meaning else (None, "words only, as asked")
        found = self._found(session, query_words(text, language), vector)
        ranked = fuse(found.words, found.meaning, weight=self._weight)
        return ranked, note or missing_vectors(found.passages, found.encoded)

    def _found(self, session: Session, wanted: Sequence[str], vector: "NDArray[np.float32] | None") -> Found:
        """The passages that words and vector bring in, each scored both ways."""
        with self._lock:
            passages = self._words.catch_up(session)
            encoded = self._vectors.catch_up(session) if vector is not None else 0
            if vector is None or not encoded:
                by_words = self._words.candidates(wanted, limit=CANDIDATES)
                return Found(toned_down(by_words, self._words.short(by_words, SHORT)), None, passages, encoded)
            near = self._vectors.nearest(vector, CANDIDATES)
            by_words = self._words.candidates(wanted, limit=CANDIDATES, also=near)
            numbers = set(by_words).union(near.tolist())
            by_meaning = self._vectors.cosines(session, vector, numbers)
            lengths = self._words.short(numbers, SHORT)
            return Found(toned_down(by_words, lengths), toned_down(by_meaning, lengths), passages, encoded)

    def _encoded(self, text: str) -> "tuple[NDArray[np.float32] | None, str]":
        """The vector of a text, or why there is none."""
        if self._encoder.state is not EncoderState.READY:
            return None, why_words_only(self._encoder)
        try:
            return self._encoder.encode([text], ENCODING_SECONDS)[0], ""
        except EncoderUnavailable as error:
            return None, error.reason

    @staticmethod
    def _without_dismissed(session: Session, ranked: list[Ranked], claim_id: str | None, top: int) -> list[Ranked]:
        dismissed = (
            {(item.document, item.start) for item in verdicts.dismissals(session, claim_id)} if claim_id else set()
        )
        if not dismissed:
            return ranked[:top]
        chosen = ranked[: top + len(dismissed)]
        found = evidence.passages_by_id(session, [item.id for item in chosen])
        kept = [
            item
            for item in chosen
            if item.id in found and (found[item.id][1].content_hash, found[item.id][0].start) not in dismissed
        ]
        return kept[:top]

    def _shown(self, session: Session, question: _Question, ranked: Sequence[Ranked], note: str) -> MatchList:
        found = evidence.passages_by_id(session, [item.id for item in ranked])
        pairs = [(item, *found[item.id]) for item in ranked if item.id in found]
        groups = _origins(session, [document for _, _, document in pairs])
        resolver = Resolver(session)
        externals = evidence.external_ids(session, [document.id or 0 for _, _, document in pairs])
        cited = verdicts.citations(session, [question.claim_id]) if question.claim_id else []
        matches = tuple(
            self._match(rank, question, item, passage, document, resolver, externals, cited, origin)
            for rank, ((item, passage, document), origin) in enumerate(zip(pairs, groups, strict=True), 1)
        )
        with_meaning = any(item.meaning_rank is not None for item, _, _ in pairs)
        return MatchList(
            matches=matches,
            mode="words and meaning" if with_meaning else "words",
            note=note,
            origins=max(groups, default=0),
        )

    @staticmethod
    def _match(
        rank: int,
        question: _Question,
        item: Ranked,
        passage: Passage,
        document: Document,
        resolver: Resolver,
        externals: Mapping[int, str],
        cited: Sequence[Citation],
        origin: int,
    ) -> Match:
        shared = agreement(question.text, passage.text)
        day = day_of(document.published_at)
        days = (day - question.day).days if day and question.day else None
        dated = days is not None and days < -STALE_DAYS
        return Match(
            rank=rank,
            passage=passage,
            document=document,
            source=resolver.of(document),
            external_id=externals.get(document.id or 0, ""),
            signals=Signals(item.words_rank, item.meaning_rank, likeness(question.text, passage.text)),
            findings=compare(
                question.text,
                passage.text,
                claim_date=question.day if dated else None,
                passage_date=day if dated else None,
                language=question.language,
            ),
            agreement=shared,
            origin=origin,
            cited=_stance(cited, document, passage),
            explanation=explain(question.text, passage.text, item).text,
            days=days,
        )


def missing_vectors(passages: int, encoded: int) -> str:
    """What to say where not every passage can be found by meaning; empty where all can."""
    if not encoded:
        return "no passage has been encoded yet"
    missing = passages - encoded
    return f"{missing:,} passages are not encoded yet" if missing > 0 else ""


def why_words_only(encoder: Encoder) -> str:
    """Why there is no search by meaning now, in plain words."""
    if encoder.state is EncoderState.STARTING:
        return "the encoder is still loading"
    reason = getattr(encoder, "reason", "")
    return reason or "the encoder is not running"


def day_of(published_at: str) -> date | None:
    """The day of a document's date, or None where it has none or only a year or month."""
    try:
        return date.fromisoformat(published_at[:10])
    except ValueError:
        return None


def _origins(session: Session, documents: Sequence[Document]) -> list[int]:
    """The origin number of each document, from 1; copies have one, and so have two passages of one document."""
    distinct = list(dict.fromkeys(document.id or 0 for document in documents))
    texts = [evidence.text_of(session, number, passages=ORIGIN_PASSAGES) for number in distinct]
    numbers = dict(zip(distinct, origins.group(texts), strict=True))
    return [numbers[document.id or 0] for document in documents]


def _stance(cited: Sequence[Citation], document: Document, passage: Passage) -> Stance | None:
    for citation in cited:
        same = citation.document == document.content_hash
        if same and citation.start < passage.end and citation.end > passage.start:
            return citation.stance
    return None
