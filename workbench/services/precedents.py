"""Precedents: how claims like this one were judged before, by this desk and by others. A precedent is never a verdict."""

import hashlib
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from typing import TYPE_CHECKING

from sqlmodel import Session

from db import precedents as stored
from db import verdicts
from db.search import fact_checks
from db.search.wordings import Subjects, WordingIndex
from db.store import Store
from db.tables import Article, ArticleVersion, Claim
from db.withholding import quoted_elsewhere
from workbench.errors import InputRefused
from workbench.matching.encoder import Encoder, EncoderState, EncoderUnavailable
from workbench.matching.fusing import DEFAULT_WEIGHT, Ranked, fuse
from workbench.matching.likewise import alike
from workbench.matching.query import query_words
from workbench.matching.wordings import Wordings
from workbench.services import keys
from workbench.services.importing import Cancelled, ReportProgress, never, silent
from workbench.services.matching import ENCODING_SECONDS, why_words_only
from workbench.services.precedent_reading import Question, imported_views, own_views
from workbench.services.precedent_views import Copied, Origin, Precedent, PrecedentList
from workbench.services.views import ClaimView, Progress
from workbench.verdicts import load_scales

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CANDIDATES = 100
"""Wordings of each origin that each way of searching brings in."""
NOTHING_ENCODED = "no wording of an earlier claim has been encoded yet"
LOOKED_AT = 40
"""The best of each origin that are held against the claim, to tell which are alike enough to show."""
EMBED_BATCH = 32
EMBED_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order of both origins. Numbers of `own` stand for the ids in `claims`; cosines are None without meaning."""

    imported: list[Ranked]
    own: list[Ranked]
    claims: list[str]
    cosines: Mapping[int, float] | None
    own_cosines: Mapping[str, float]
    note: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Wordings that precedents are found by, and those among them that have no vector yet."""

    wordings: int
    pending: int


class PrecedentService:
    """Finding precedents, citing them, and encoding their wordings in the background."""

    def __init__(self, store: Store, encoder: Encoder, weight: float | None = None) -> None:
        self._store = store
        self._encoder = encoder
        self._weight = DEFAULT_WEIGHT if weight is None else weight
        self._claims = WordingIndex(encoder.model_id, Subjects.CLAIMS, encoder.dimensions)
        self._checks = WordingIndex(encoder.model_id, Subjects.FACT_CHECKS, encoder.dimensions)
        self._words = Wordings()
        self._hashes: dict[str, bytes] = {}
        self._read_at = -1
        self._counted_at = (-1, -1)
        self._unencoded = 0
        self._lock = threading.Lock()

    def find(
        self, claim: ClaimView | str, *, top: int = 5, meaning: bool = True, claim_date: date | None = None
    ) -> PrecedentList:
        """At most `top` own verdicts and as many fact-checks of others on claims like this one, or like any text.

        Never the claim itself, the parts of it or what it is a part of. What is not alike enough is left out.
        """
        with self._store.read() as session:
            question = _question(session, claim, claim_date)
            ranking = self.ranking_in(session, question.text, question.language, meaning=meaning)
            own = self._own_alike(session, question, ranking, top)
            imported = self._imported_alike(session, question, ranking, top)
            return PrecedentList(
                own=tuple(own_views(session, question, own, load_scales())),
                imported=tuple(imported_views(session, question, imported)),
                mode="words" if ranking.cosines is None else "words and meaning",
                note=ranking.note,
            )

    def ranking(self, text: str, *, language: str = "en", meaning: bool = True) -> Ranking:
        """Only the order of the candidates, however little alike: for measuring."""
        with self._store.read() as session:
            return self.ranking_in(session, text, language, meaning=meaning)

    def ranking_in(self, session: Session, text: str, language: str, *, meaning: bool) -> Ranking:
        """The order of the candidates of both origins, each fused by itself."""
        wanted = query_words(text, language)
        vector, note = self._vector(text) if meaning else (None, "words only, as asked")
        by_words = fact_checks.candidates(session, wanted, limit=CANDIDATES)
        with self._lock:
            self._catch_up(session)
            own_words = self._words.scores(text, language)
            if vector is not None:
                encoded = self._claims.catch_up(session) + self._checks.catch_up(session)
                note = self._missing(session) if encoded else NOTHING_ENCODED
                vector = vector if encoded else None
            own_best = set(nlargest(CANDIDATES, own_words, key=lambda claim: own_words[claim]))
            cosines, own_cosines = self._cosines(session, vector, by_words.keys(), own_best)
        unscored = [number for number in cosines if number not in by_words]
        by_words.update(fact_checks.scores(session, wanted, unscored))
        claims = sorted(own_best | own_cosines.keys())
        own = fuse(
            {place: own_words[claim] for place, claim in enumerate(claims) if claim in own_words},
            None
            if vector is None
            else {place: own_cosines[claim] for place, claim in enumerate(claims) if claim in own_cosines},
            weight=self._weight,
        )
        with_meaning = None if vector is None else cosines
        imported = fuse(by_words, with_meaning, weight=self._weight)
        return Ranking(imported, own, claims, with_meaning, own_cosines, note)

    def _vector(self, text: str) -> "tuple[NDArray[np.float32] | None, str]":
        """The vector of a text, or why there is none."""
        if self._encoder.state is not EncoderState.READY:
            return None, why_words_only(self._encoder)
        try:
            return self._encoder.encode([text], ENCODING_SECONDS)[0], ""
        except EncoderUnavailable as error:
            return None, error.reason

    def _cosines(
        self, session: Session, vector: "NDArray[np.float32] | None", numbers: Collection[int], claims: Collection[str]
    ) -> tuple[dict[int, float], dict[str, float]]:
        """Of the nearest fact-checks and claims and of those named: by document number, and by claim id."""
        if vector is None:
            return {}, {}
        checks = self._checks.near(vector, CANDIDATES).union(map(str, numbers))
        found = {int(name): cosine for name, cosine in self._checks.exact(session, vector, checks).items()}
        nearest = self._claims.near(vector, CANDIDATES).union(claims)
        # A vector of an earlier wording, or of a claim that has no verdict any more, does not count.
        current = [claim for claim in nearest if self._hashes.get(claim) == self._claims.hash_of(claim) != b""]
        return found, self._claims.exact(session, vector, current)

    def _missing(self, session: Session) -> str:
        """How many wordings have no vector, in words; empty where all have one."""
        size = (stored.last_fact_check(session), self._checks.size)
        if size != self._counted_at:
            self._counted_at, self._unencoded = size, max(0, stored.count_fact_checks(session) - self._checks.size)
        own = sum(self._claims.hash_of(claim) != digest for claim, digest in self._hashes.items())
        waiting = self._unencoded + own
        said = "1 wording of an earlier claim is" if waiting == 1 else f"{waiting:,} wordings of earlier claims are"
        return f"{said} not encoded yet" if waiting else ""

    def _catch_up(self, session: Session) -> None:
        """Hold the wordings of the claims that are judged now; nothing is read where nothing was decided since."""
        last = stored.last_decision(session)
        if last == self._read_at:
            return
        judged = stored.judged(session)
        self._words.update((one.claim_id, one.wording, one.language) for one in judged)
        self._hashes = {one.claim_id: digest(one.wording) for one in judged}
        self._read_at = last

    def _own_alike(self, session: Session, question: Question, ranking: Ranking, top: int) -> list[tuple[Ranked, str]]:
        kept: list[tuple[Ranked, str]] = []
        for item in ranking.own[:LOOKED_AT]:
            claim = ranking.claims[item.id]
            with self._lock:
                wording = self._words.text(claim) if claim in self._hashes else ""
            cosine = ranking.own_cosines.get(claim)
            like = bool(wording) and alike(question.text, wording, cosine, question.language)
            if like and not _of_one_family(session, question.claim_id, claim):
                kept.append((item, claim))
            if len(kept) == top:
                break
        return kept

    @staticmethod
    def _imported_alike(session: Session, question: Question, ranking: Ranking, top: int) -> list[Ranked]:
        candidates = ranking.imported[:LOOKED_AT]
        found = stored.fact_checks(session, [item.id for item in candidates])
        cosines = ranking.cosines or {}
        kept = []
        for item in candidates:
            if item.id not in found:
                continue
            checked, document = found[item.id]
            texts = (checked.claim_reviewed, document.title)
            if any(alike(question.text, text, cosines.get(item.id), question.language) for text in texts):
                kept.append(item)
            if len(kept) == top:
                break
        return kept

    def note(self, precedent: Precedent) -> str:
        """A line that cites a precedent, to be put into a rationale: what was rated how, by whom, when, where."""
        ratings = "; ".join(
            f"{rating.label}{f' ({rating.scale})' if rating.scale else ''}, {rating.by or 'not named'}, "
            f"{rating.on.isoformat() if rating.on else rating.on_text or 'no date'}"
            for rating in precedent.ratings
        )
        where = precedent.address or (f"claim {keys.short(precedent.key)}" if precedent.origin is Origin.OWN else "")
        tail = f", {where}" if where else ""
        return f"Precedent ({precedent.origin.value}): “{' '.join(precedent.wording.split())}” – {ratings}{tail}."

    def copied(self, precedent: Precedent, rating: int = 0) -> Copied:
        """The rationale of a precedent as the beginning of a draft, under a line that says where it is from.

        Nothing is recorded. Raises InputRefused where there is no rationale.
        """
        text = precedent.ratings[rating].rationale.strip() if rating < len(precedent.ratings) else ""
        if not text:
            raise InputRefused("This precedent has no rationale.", "Cite it as a note instead.")
        warning = ""
        if precedent.origin is Origin.OWN:
            with self._store.read() as session:
                claim = keys.claim(session, precedent.key)
                ids = [verdict.id for verdict in verdicts.verdicts(session, [claim.id])]
                if quoted_elsewhere(session, ids):
                    warning = "The rationale repeats words of a confidential document; reports refuse those."
        elif precedent.confidentiality.value != "public":
            warning = f"The fact-check is {precedent.confidentiality.value}."
        return Copied(f"[Draft, copied: {self.note(precedent)}]\n{text}", warning)

    def counts(self) -> Counts:
        """How many wordings of judged claims and of fact-checks there are, and how many wait to be encoded."""
        with self._store.read() as session:
            own = stored.judged(session)
            return Counts(len(own) + stored.count_fact_checks(session), self._waiting(session, own))

    def pending(self) -> int:
        """How many wordings of judged claims and fact-checks have no vector of the encoder's model yet."""
        return self.counts().pending

    def _waiting(self, session: Session, own: Sequence[stored.Judged]) -> int:
        known = stored.encoded_claims(session, self._encoder.model_id)
        missing = sum((one.claim_id, digest(one.wording)) not in known for one in own)
        return missing + stored.count_unencoded_fact_checks(session, self._encoder.model_id)

    def embed(self, *, progress: ReportProgress = silent, cancelled: Cancelled = never) -> int:
        """Encode the wordings that have no vector yet, in small transactions; stopped and run again, it goes on where it was.

        Returns how many were encoded. Raises EncoderUnavailable.
        """
        total, model, done, after = self.pending(), self._encoder.model_id, 0, 0
        with self._store.read() as session:
            known = stored.encoded_claims(session, model)
            own = [
                (one.claim_id, one.wording)
                for one in stored.judged(session)
                if (one.claim_id, digest(one.wording)) not in known
            ]
        while not cancelled():
            batch, own = own[:EMBED_BATCH], own[EMBED_BATCH:]
            if not batch:
                with self._store.read() as session:
                    rows = stored.unencoded_fact_checks(session, model, after=after, limit=EMBED_BATCH)
                if not rows:
                    break
                after = rows[-1][0]
                batch = [(str(number), reviewed_text(title, claim)) for number, title, claim in rows]
            self._encode(model, batch)
            done += len(batch)
            progress(Progress(done, max(total, done), "wordings", "encoding"))
        return done

    def _encode(self, model: str, batch: Sequence[tuple[str, str]]) -> None:
        vectors = self._encoder.encode([text for _, text in batch], EMBED_SECONDS)
        rows = [
            (subject, digest(text), vector.astype("<f2").tobytes())
            for (subject, text), vector in zip(batch, vectors, strict=True)
        ]
        with self._store.write_local() as session:
            stored.add_vectors(session, model, rows)


def digest(text: str) -> bytes:
    """The first 16 bytes of the SHA-256 of a text that is encoded."""
    return hashlib.sha256(text.encode()).digest()[:16]


def reviewed_text(title: str, claim: str) -> str:
    """What is encoded of a fact-check: the claim that it reviews, after the title of the review where that says more."""
    return claim if not title or claim.casefold().startswith(title.casefold()) else f"{title}. {claim}"


def _question(session: Session, claim: ClaimView | str, day: date | None) -> Question:
    if isinstance(claim, str):
        return Question(claim, None, day, "en")
    version = session.get(ArticleVersion, claim.claim.version_id)
    article = session.get(Article, version.article_id) if version else None
    return Question(
        claim.claim.wording,
        claim.claim.id,
        day or (article.published_on if article else None),
        version.language if version else "en",
    )


def _of_one_family(session: Session, asked: str | None, other: str) -> bool:
    """Whether two claims are the same, or one is a part of the other: that is one check and no precedent."""
    if asked is None:
        return False
    return asked == other or asked in _above(session, other) or other in _above(session, asked)


def _above(session: Session, claim_id: str) -> set[str]:
    found: set[str] = set()
    claim = session.get(Claim, claim_id)
    while claim is not None and claim.parent_id and claim.parent_id not in found:
        found.add(claim.parent_id)
        claim = session.get(Claim, claim.parent_id)
    return found
