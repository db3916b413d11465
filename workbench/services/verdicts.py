"""Verdicts, reviews, and the conflicts between desks."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, select

from db import evidence
from db import verdicts as stored
from db.identity import derived, uuid7
from db.store import Store
from db.tables import Citation, Claim, Review, Verdict
from db.tables.verdicts import ReviewData, VerdictData
from db.vocabulary import Kind, ReviewOutcome, Role, Stance
from workbench.credibility.origins import numbered
from workbench.errors import InputRefused, NotFound
from workbench.services import keys
from workbench.services.citations import CitationService
from workbench.services.conflicts import ConflictService
from workbench.services.desks import claim_views, quote_stands
from workbench.services.placing import placed_around
from workbench.services.store_views import ConflictView
from workbench.services.tracing import Tracer
from workbench.verdicts import CitationFacts, RatingScale, Rule, RuleState, VerdictFacts, check, load_scales, scale
from workbench.verdicts import Role as CheckedRole
from workbench.verdicts import Stance as CheckedStance


class VerdictService:
    """Recording, reviewing and checking verdicts; citing is part of it."""

    def __init__(self, store: Store, default_scale: str) -> None:
        self._store = store
        self._default = default_scale
        self._citations = CitationService(store)
        self._conflicts = ConflictService(store)

    def cite(
        self,
        claim_key: str,
        document_key: str,
        *,
        stance: Stance,
        role: Role,
        start: int | None = None,
        end: int | None = None,
        quote: str | None = None,
        note: str = "",
    ) -> Citation:
        """Cite words of a document for a claim; see CitationService.cite."""
        return self._citations.cite(
            claim_key, document_key, stance=stance, role=role, start=start, end=end, quote=quote, note=note
        )

    def edit_citation(
        self,
        key: str,
        *,
        stance: Stance | None = None,
        role: Role | None = None,
        start: int | None = None,
        end: int | None = None,
        quote: str | None = None,
        note: str | None = None,
    ) -> Citation:
        """Change a citation; see CitationService.edit."""
        return self._citations.edit(key, stance=stance, role=role, start=start, end=end, quote=quote, note=note)

    def withdraw_citation(self, key: str) -> None:
        """Take a citation back."""
        self._citations.withdraw(key)

    def record(
        self,
        claim_key: str,
        scale_id: str,
        level: str,
        *,
        rationale: str = "",
        missing: str = "",
        seen: Sequence[str] | None = None,
    ) -> Verdict:
        """Give a claim a level of a scale. Earlier verdicts stay in its history.

        `seen` names the revision that the form showed (none for a first verdict): where somebody has recorded another in
        the meantime, both stand as a conflict. Raises InputRefused for an unknown scale or level, ConflictOpen where a
        conflict waits to be resolved.
        """
        chosen = scale(scale_id)
        found = chosen.level(level)
        with self._store.write("record a verdict") as unit:
            claim = keys.claim(unit.session, claim_key)
            data = VerdictData(
                claim_id=claim.id,
                scale=chosen.id,
                scale_version=chosen.version,
                level=found.id,
                rationale=keys.bounded(rationale.strip(), "rationale", 100_000),
                missing=keys.bounded(missing.strip(), "note on what is missing"),
                words=_judged_words(unit.session, claim),
            )
            identity = _verdict_id(claim.id, chosen.id)
            unit.journal.record(Kind.VERDICT, identity, data, seen=seen)
            return unit.session.get_one(Verdict, identity)

    def withdraw(self, claim_key: str, scale_id: str) -> None:
        """Take a verdict back; history keeps it."""
        with self._store.write("withdraw a verdict") as unit:
            claim = keys.claim(unit.session, claim_key)
            verdict = _verdict(unit.session, claim, scale_id)
            unit.journal.record(Kind.VERDICT, verdict.id, None)

    def review(
        self, claim_key: str, scale_id: str, outcome: ReviewOutcome, *, level: str = "", note: str = ""
    ) -> Review:
        """Say of somebody else's verdict whether one agrees. It holds for the verdict as it stands, not for a later one.

        Whoever reviews the same verdict again changes their mind: the earlier review stays in the history.

        Raises InputRefused where the reviewer recorded the verdict, or disagrees without saying why.
        """
        with self._store.write("review a verdict") as unit:
            claim = keys.claim(unit.session, claim_key)
            verdict = _verdict(unit.session, claim, scale_id)
            if verdict.author.casefold() == self._store.actor.name.casefold():
                raise InputRefused(
                    f"{verdict.author} recorded this verdict and cannot review it.",
                    "A second person reviews; see --as.",
                )
            if outcome is ReviewOutcome.DISAGREES and not note.strip():
                raise InputRefused("A review that disagrees needs a note.", "Say what is wrong with the verdict.")
            data = ReviewData(
                claim_id=claim.id,
                verdict_id=verdict.id,
                verdict_rid=verdict.decision,
                outcome=outcome,
                level=scale(scale_id).level(level).id if level else "",
                note=keys.bounded(note.strip(), "note"),
            )
            identity = _review_before(unit.session, verdict, self._store.actor.name) or uuid7()
            unit.journal.record(Kind.REVIEW, identity, data)
            return unit.session.get_one(Review, identity)

    def checklist(
        self, claim_key: str, scale_id: str | None = None, *, level: str | None = None, rationale: str | None = None
    ) -> tuple[Rule, ...]:
        """What a claim's verdict still needs; `level` and `rationale` try values that are not recorded yet."""
        with self._store.read() as session:
            claim = keys.claim(session, claim_key)
            recorded = session.get(Verdict, _verdict_id(claim.id, scale_id or self._default))
            wanted = level or (recorded.level if recorded else None)
            chosen = scale(scale_id or self._default).level(wanted) if wanted else None
            view = claim_views(session, placed_around(session, claim), [claim.id])[0]
            stale = recorded is not None and level is None and recorded.decision in view.stale
            return (TEXT_CHANGED,) * stale + checklist_of(
                session,
                stored.citations(session, [claim.id]),
                rationale=(recorded.rationale if recorded else "") if rationale is None else rationale,
                missing=recorded.missing if recorded else "",
                rests_on_evidence=chosen.rests_on_evidence if chosen else True,
            )

    def conflicts(self, article_key: str | None = None) -> list[ConflictView]:
        """Every open conflict, or those about one article and its claims."""
        return self._conflicts.list(article_key)

    def resolve(self, entity: str, rid: str) -> None:
        """Choose one of the differing decisions; see ConflictService.resolve."""
        self._conflicts.resolve(entity, rid)

    @staticmethod
    def scales() -> Mapping[str, RatingScale]:
        """The rating scales by identifier."""
        return load_scales()

    def default_scale(self) -> str:
        """The scale that forms open with."""
        return self._default


def _judged_words(session: Session, claim: Claim) -> str:
    """What a verdict keeps of the words that it is on: nothing where they are those the claim was made on."""
    anchored = placed_around(session, claim).anchors.get(claim.id)
    return anchored.words if anchored is not None and anchored.changed and not anchored.orphan else ""


TEXT_CHANGED = Rule(
    "text_unchanged",
    "The words that were judged",
    RuleState.UNMET,
    "The article's text changed since; say that the verdict still holds, or judge the claim anew.",
)


def _verdict_id(claim_id: str, scale_id: str) -> str:
    return derived("verdict", claim_id, scale_id)


def _verdict(session: Session, claim: Claim, scale_id: str) -> Verdict:
    query = select(Verdict).where(Verdict.claim_id == claim.id, Verdict.scale == scale(scale_id).id)
    verdict = session.exec(query).first()
    if verdict is None:
        raise NotFound(f"This claim has no verdict on the scale {scale_id}.", "Record one first.")
    return verdict


def origins_of(session: Session, citations: Sequence[Citation]) -> dict[str, int]:
    """The number of the origin of each cited document that is here, by content hash, from 1 in order of citation."""
    found = evidence.by_hashes(session, [citation.document for citation in citations])
    contents = [key for key in dict.fromkeys(citation.document for citation in citations) if key in found]
    traced = Tracer(session).trace([found[key] for key in contents], one_claim=True)
    return dict(zip(contents, numbered(contents, traced.origins), strict=True))


def checklist_of(
    session: Session, citations: Sequence[Citation], *, rationale: str, missing: str, rests_on_evidence: bool
) -> tuple[Rule, ...]:
    """The checklist for these citations and this reasoning."""
    documents = evidence.by_hashes(session, [citation.document for citation in citations])
    groups = origins_of(session, citations)
    facts = []
    for citation in citations:
        document = documents.get(citation.document)
        facts.append(
            CitationFacts(
                stance=CheckedStance(citation.stance.value),
                role=CheckedRole(citation.role.value),
                locator=citation.locator,
                address=document.url if document else "",
                document_id=citation.document,
                accessed_on=citation.accessed_on,
                origin=str(groups[citation.document]) if citation.document in groups else None,
                quote=citation.quote,
                quote_found=quote_stands(session, document, citation) if document else None,
            )
        )
    return check(
        VerdictFacts(rationale=rationale, citations=tuple(facts), rests_on_evidence=rests_on_evidence, missing=missing)
    )


def _review_before(session: Session, verdict: Verdict, name: str) -> str | None:
    """The review that somebody of this name has already given of a verdict as it stands."""
    query = select(Review).where(Review.verdict_rid == verdict.decision).order_by(Review.id)
    return next((one.id for one in session.exec(query) if one.author.casefold() == name.casefold()), None)
