"""Matching: passages that may bear on a claim, with what agrees and where they disagree."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from db import evidence, verdicts
from db.identity import derived
from db.search import words
from db.search.vectors import VectorIndex
from db.store import Store
from db.tables import Article, ArticleVersion, Citation, Document, Passage
from db.tables.verdicts import DismissalData
from db.vocabulary import Kind, Stance
from workbench.credibility.origins import Origins, numbered, overlap
from workbench.matching import compare
from workbench.matching.encoder import Encoder, EncoderState, EncoderUnavailable
from workbench.matching.explanation import explain
from workbench.matching.fusing import DEFAULT_WEIGHT, Ranked, fuse
from workbench.matching.query import query_words
from workbench.matching.wording import agreement, likeness
from workbench.services import keys
from workbench.services.sources import Resolver
from workbench.services.tracing import Tracer
from workbench.services.views import ClaimView, Match, MatchList, Signals

CANDIDATES = 200
ENCODING_SECONDS = 20.0
FOLDED = 0.6
"""Part of the words of the shorter passage that two passages of copies share where one is folded under the other."""
STALE_DAYS = 7
"""A passage older than the claim by more than this may simply know an earlier toll: its figures are compared by date."""


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    claim_id: str | None
    day: date | None
    language: str


class MatchingService:
    """Finding passages for claims, and dismissing suggestions."""

    def __init__(self, store: Store, encoder: Encoder, weight: float | None = None) -> None:
        self._store = store
        self._encoder = encoder
        self._weight = DEFAULT_WEIGHT if weight is None else weight
        self._index = VectorIndex(encoder.model_id)
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

    def dismiss(
        self,
        claim_key: str,
        document_hash: str,
        start: int,
        reason: str = "",
        *,
        also: Sequence[tuple[str, int]] = (),
    ) -> None:
        """Do not suggest a passage for a claim again; `also` names others, such as its copies, by document and start."""
        with self._store.write("dismiss a match") as unit:
            claim = keys.claim(unit.session, claim_key)
            words = keys.bounded(" ".join(reason.split()), "reason", 1000)
            for content, place in dict.fromkeys([(document_hash, start), *also]):
                data = DismissalData(claim_id=claim.id, document=content, start=place, reason=words)
                unit.journal.record(Kind.DISMISSAL, derived("dismissal", claim.id, content, place), data)

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
        wanted = query_words(text, language)
        by_words = words.candidates(session, wanted, limit=CANDIDATES)
        by_meaning: Mapping[int, float] | None = None
        note = "" if meaning else "words only, as asked"
        if meaning:
            by_meaning, note = self._by_meaning(session, text, by_words)
            if by_meaning is not None:
                unscored = [number for number in by_meaning if number not in by_words]
                by_words.update(words.scores(session, wanted, unscored))
        return fuse(by_words, by_meaning, weight=self._weight), note

    def _by_meaning(
        self, session: Session, text: str, by_words: Mapping[int, float]
    ) -> tuple[dict[int, float] | None, str]:
        if self._encoder.state is not EncoderState.READY:
            return None, why_words_only(self._encoder)
        try:
            vector = self._encoder.encode([text], ENCODING_SECONDS)[0]
        except EncoderUnavailable as error:
            return None, error.reason
        with self._lock:
            known = self._index.catch_up(session)
            if not known:
                return None, "no passage has been encoded yet"
            found = self._index.nearest(vector, CANDIDATES, also=list(by_words))
        missing = evidence.count_unembedded(session, self._encoder.model_id)
        return found, f"{missing:,} passages are not encoded yet" if missing else ""

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
        resolver = Resolver(session)
        documents = [document for _, _, document in pairs]
        traced = Tracer(session, resolver).trace(documents, one_claim=True)
        groups = numbered([document.content_hash for document in documents], traced.origins)
        externals = evidence.external_ids(session, [document.id or 0 for _, _, document in pairs])
        cited = verdicts.citations(session, [question.claim_id]) if question.claim_id else []
        matches = tuple(
            self._match(rank, question, item, passage, document, resolver, externals, cited, origin)
            for rank, ((item, passage, document), origin) in enumerate(zip(pairs, groups, strict=True), 1)
        )
        with_meaning = any(item.meaning_rank is not None for item, _, _ in pairs)
        return MatchList(
            matches=_folded(matches, traced.copied()),
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


def _folded(matches: Sequence[Match], copied: Origins) -> tuple[Match, ...]:
    """The matches, each that only repeats an earlier one marked with its rank.

    A copy is folded where its passage has the words of the other one and differs from the claim in the same: a copy with
    another figure is never hidden.
    """
    heads: list[Match] = []
    result = []
    for match in matches:
        head = next((one for one in heads if _repeats(match, one, copied)), None)
        if head is None:
            heads.append(match)
        result.append(match if head is None else replace(match, copy_of=head.rank))
    return tuple(result)


def _repeats(match: Match, head: Match, copied: Origins) -> bool:
    one, two = match.document.content_hash, head.document.content_hash
    if one == two or copied.of[one] != copied.of[two] or match.cited != head.cited:
        return False
    if _differences(match) != _differences(head):
        return False
    words = min(len(match.passage.text.split()), len(head.passage.text.split()))
    return overlap(match.passage.text, head.passage.text).words >= FOLDED * words


def _differences(match: Match) -> set[tuple[str, str, str]]:
    return {(finding.kind.value, finding.relation.value, finding.message) for finding in match.findings}


def _stance(cited: Sequence[Citation], document: Document, passage: Passage) -> Stance | None:
    for citation in cited:
        same = citation.document == document.content_hash
        if same and citation.start < passage.end and citation.end > passage.start:
            return citation.stance
    return None
