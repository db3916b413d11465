"""Matching: passages that may bear on a claim, with what agrees and where they disagree."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Session

from db import evidence, verdicts
from db.store import Store
from db.tables import Article, ArticleVersion, Citation, Document, Passage
from db.vocabulary import Stance
from workbench.credibility.origins import Origins, numbered, overlap
from workbench.matching import compare
from workbench.matching.encoder import Encoder, EncoderState, EncoderUnavailable
from workbench.matching.explanation import explain
from workbench.matching.fusing import DEFAULT_WEIGHT, Ranked
from workbench.matching.query import Query, too_short
from workbench.matching.wording import Agreement, agreement, likeness
from workbench.services.dismissing import DismissalCommands
from workbench.services.filters import EVERYTHING, Filter, Narrowed
from workbench.services.finding import Finder, Question
from workbench.services.sources import Resolver
from workbench.services.tracing import Tracer
from workbench.services.views import ClaimView, Match, MatchList, Signals

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENCODING_SECONDS = 20.0
ENCODING_MANY_SECONDS = 300.0
FOLDED = 0.6
"""Part of the words of the shorter passage that two passages of copies share where one is folded under the other."""
STALE_DAYS = 7
"""A passage older than the claim by more than this may simply know an earlier toll: its figures are compared by date."""
_WORDS_ASKED = "words only, as asked"


class MatchingService(DismissalCommands):
    """Finding passages for claims, and dismissing suggestions."""

    def __init__(self, store: Store, encoder: Encoder, weight: float | None = None) -> None:
        super().__init__(store)
        self._encoder = encoder
        self.finder = Finder(encoder, DEFAULT_WEIGHT if weight is None else weight)

    def match(
        self,
        claim: ClaimView | str,
        *,
        query: Query | None = None,
        wanted: Filter = EVERYTHING,
        top: int = 10,
        meaning: bool = True,
        claim_date: date | None = None,
        even_short: bool = False,
    ) -> MatchList:
        """The passages most worth reading for a claim, or for any text; order and reasons, never a strength.

        By words, and by meaning too when the encoder is ready; `note` says why meaning is missing where it is. `query`
        finds passages in place of the claim's words; what must and must not stand there holds. A claim under eight words,
        or only an address, finds nothing by itself, and no passage of that kind is suggested for a claim: `even_short`
        asks all the same. Raises InputRefused for a filter that names an unknown source.
        """
        with self._store.read() as session:
            question = self._question(session, claim, claim_date, query)
            by_itself = question.claim is not None and query is None and not even_short
            narrowed = self.finder.narrowed(session, question, wanted)
            withheld = too_short(question.text) if by_itself else "" if question.words else "no word to look for"
            if withheld and not (question.query and question.query.required):
                return MatchList((), "words", "", 0, filters=narrowed.words, withheld=withheld)
            vectors, note = self._encoded([question.sought], ENCODING_SECONDS) if meaning else (None, _WORDS_ASKED)
            ranked, found = self.finder.rank(session, question, vectors, narrowed, top, short=not by_itself)
            note = note or missing_vectors(found.passages, found.encoded)
            return self._shown(session, question, ranked, note, narrowed)

    def many(
        self, texts: Sequence[str], *, wanted: Filter = EVERYTHING, top: int = 10, meaning: bool = True
    ) -> list[MatchList]:
        """`match` for many texts, without what is only for reading: they share one encoding, one scan of the vectors and
        one view of the file."""
        vectors, note = self._encoded(texts, ENCODING_MANY_SECONDS) if meaning and texts else (None, _WORDS_ASKED)
        with self._store.read() as session:
            questions = [Question(text, language="en") for text in texts]
            narrowed = self.finder.narrowed(session, Question("", language="en"), wanted)
            near = self.finder.nearest_of_each(session, vectors, narrowed)
            lists = []
            for place, question in enumerate(questions):
                if not question.words:
                    lists.append(MatchList((), "words", "", 0, filters=narrowed.words, withheld="no word to look for"))
                    continue
                vector = None if vectors is None else vectors[place : place + 1]
                ranked, found = self.finder.rank(
                    session, question, vector, narrowed, top, near=near[place] if near else None
                )
                told = note or missing_vectors(found.passages, found.encoded)
                lists.append(self._shown(session, question, ranked, told, narrowed, brief=True))
            return lists

    def ranking(
        self, text: str, *, top: int = 10, meaning: bool = True, language: str = "en"
    ) -> tuple[list[Ranked], str]:
        """Only the order."""
        with self._store.read() as session:
            vectors, note = self._encoded([text], ENCODING_SECONDS) if meaning else (None, _WORDS_ASKED)
            ranked, found = self.finder.rank(session, Question(text, language=language), vectors, Narrowed(None), top)
            return ranked, note or missing_vectors(found.passages, found.encoded)

    def _question(self, session: Session, claim: ClaimView | str, day: date | None, query: Query | None) -> Question:
        if isinstance(claim, str):
            return Question(claim, day=day, query=query)
        version = session.get(ArticleVersion, claim.claim.version_id)
        article = session.get(Article, version.article_id) if version else None
        return Question(
            claim.claim.wording,
            claim.claim,
            article,
            day or (article.published_on if article else None),
            version.language if version else "en",
            query,
            tuple(verdicts.citations(session, [claim.claim.id])),
        )

    def _encoded(self, texts: Sequence[str], seconds: float) -> "tuple[NDArray[np.float32] | None, str]":
        """The vectors of texts, or why there are none."""
        if self._encoder.state is not EncoderState.READY:
            return None, why_words_only(self._encoder)
        try:
            return self._encoder.encode(texts, seconds), ""
        except EncoderUnavailable as error:
            return None, error.reason

    def _shown(
        self,
        session: Session,
        question: Question,
        ranked: Sequence[Ranked],
        note: str,
        narrowed: Narrowed,
        *,
        brief: bool = False,
    ) -> MatchList:
        found = evidence.passages_by_id(session, [item.id for item in ranked])
        pairs = [(item, *found[item.id]) for item in ranked if item.id in found]
        resolver = Resolver(session)
        documents = [document for _, _, document in pairs]
        traced = Tracer(session, resolver).trace(documents, one_claim=True)
        groups = numbered([document.content_hash for document in documents], traced.origins)
        externals = evidence.external_ids(session, [document.id or 0 for _, _, document in pairs])
        one = self._brief if brief else self._match
        matches = tuple(
            one(rank, question, item, passage, document, resolver, externals, question.cited, origin)
            for rank, ((item, passage, document), origin) in enumerate(zip(pairs, groups, strict=True), 1)
        )
        if not brief:
            matches = self._with_rarity(session, matches)
        with_meaning = any(item.meaning_rank is not None for item, _, _ in pairs)
        return MatchList(
            matches=_folded(matches, traced.copied()),
            mode="words and meaning" if with_meaning else "words",
            note=note,
            origins=max(groups, default=0),
            filters=narrowed.words,
            passages=self.finder.passages,
        )

    def _with_rarity(self, session: Session, matches: Sequence[Match]) -> tuple[Match, ...]:
        """In how many passages each shared word stands, the rarest first: common words say little."""
        every = list(dict.fromkeys(word for match in matches for word in match.agreement.words))
        counts = self.finder.frequencies(session, every)
        return tuple(
            replace(
                match,
                rarity=tuple(
                    sorted(((word, counts[word]) for word in match.agreement.words), key=lambda pair: pair[1])
                ),
            )
            for match in matches
        )

    @staticmethod
    def _brief(
        rank: int,
        question: Question,
        item: Ranked,
        passage: Passage,
        document: Document,
        _resolver: Resolver,
        externals: Mapping[int, str],
        _cited: Sequence[Citation],
        origin: int,
    ) -> Match:
        """A match as a row of many: where it is and why, without what a person reads."""
        return Match(
            rank=rank,
            passage=passage,
            document=document,
            source=None,
            external_id=externals.get(document.id or 0, ""),
            signals=Signals(item.words_rank, item.meaning_rank, likeness(question.text, passage.text)),
            findings=(),
            agreement=Agreement((), (), (), near_identical=False),
            origin=origin,
            cited=None,
            explanation="",
            days=None,
        )

    @staticmethod
    def _match(
        rank: int,
        question: Question,
        item: Ranked,
        passage: Passage,
        document: Document,
        resolver: Resolver,
        externals: Mapping[int, str],
        cited: Sequence[Citation],
        origin: int,
    ) -> Match:
        shared = agreement(question.text, passage.text)
        why = explain(question.text, passage.text, item)
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
            explanation=why.text,
            why=why,
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
