"""Reading precedents: the ratings of what was found, each on its own scale, with everything that must be said beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from sqlmodel import Session

from db import precedents as stored
from db import verdicts as judged
from db.revisions import data_of
from db.tables import Article, Claim, FactCheck, Review, Verdict
from db.vocabulary import Confidentiality, Kind, ReviewOutcome
from db.withholding import confidentialities
from workbench.matching import Finding, compare
from workbench.matching.explanation import explain
from workbench.matching.fusing import Ranked
from workbench.matching.wording import Agreement, agreement, likeness
from workbench.services.matching import STALE_DAYS, day_of
from workbench.services.precedent_views import Origin, Precedent, Rating
from workbench.services.status import level_of
from workbench.services.views import Signals
from workbench.verdicts import RatingScale


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about: a text, or a claim with its day."""

    text: str
    claim_id: str | None
    day: date | None
    language: str


def own_views(
    session: Session, question: Question, ranked: Sequence[tuple[Ranked, str]], scales: Mapping[str, RatingScale]
) -> list[Precedent]:
    """Claims of this desk that have verdicts."""
    identities = [claim for _, claim in ranked]
    found = stored.claims(session, identities)
    by_claim: dict[str, list[Verdict]] = {}
    every = judged.verdicts(session, identities)
    for verdict in every:
        by_claim.setdefault(verdict.claim_id, []).append(verdict)
    earlier = stored.verdicts_before(session, every)
    reviews = judged.reviews(session, identities)
    confidential = _resting_on_confidential(session, identities)
    views: list[Precedent] = []
    for item, identity in ranked:
        if identity not in found or identity not in by_claim:
            continue
        claim, article = found[identity]
        newest_first = sorted(by_claim[identity], key=lambda verdict: verdict.decided_at, reverse=True)
        ratings = tuple(
            _rating(session, verdict, scales, earlier.get(verdict.id, []), reviews) for verdict in newest_first
        )
        caveats = _claim_caveats(claim, article, len(ratings))
        if identity in confidential:
            caveats.append("It rests on confidential documents too.")
        day = article.published_on if article else None
        views.append(
            Precedent(
                origin=Origin.OWN,
                key=identity,
                rank=len(views) + 1,
                wording=claim.wording,
                ratings=ratings,
                place=article.title if article else "",
                address="",
                claimed_on=day.isoformat() if day else "",
                days=_days(question.day, ratings[0].on),
                caveats=tuple(caveats),
                **_held_against(question, claim.wording, day, item),
            )
        )
    return views


def imported_views(session: Session, question: Question, ranked: Sequence[Ranked]) -> list[Precedent]:
    """Fact-checks of others, their labels to the letter."""
    found = stored.fact_checks(session, [item.id for item in ranked])
    held = confidentialities(session, [document.content_hash for _, document in found.values()])
    views: list[Precedent] = []
    for item in ranked:
        checked, document = found[item.id]
        rated_on = day_of(document.published_at) or day_of(checked.reviewed_at)
        rating = Rating(
            label=checked.rating_label or checked.rating_value or "no label",
            scale=numbers_of(checked),
            by=checked.reviewer or document.source_name,
            on=rated_on,
            on_text=checked.reviewed_at,
            rationale=checked.explanation,
        )
        confidentiality = held.get(document.content_hash, Confidentiality.PUBLIC)
        caveats = [] if confidentiality is Confidentiality.PUBLIC else [f"The fact-check is {confidentiality.value}."]
        views.append(
            Precedent(
                origin=Origin.IMPORTED,
                key=document.content_hash,
                rank=len(views) + 1,
                wording=checked.claim_reviewed,
                ratings=(rating,),
                place=checked.claimed_by,
                address=checked.url or document.url,
                claimed_on=checked.claimed_at,
                days=_days(question.day, rated_on),
                caveats=tuple(caveats),
                document=document.id,
                confidentiality=confidentiality,
                **_held_against(question, checked.claim_reviewed, day_of(checked.claimed_at), item),
            )
        )
    return views


def numbers_of(checked: FactCheck) -> str:
    """Where on which numbers a fact-check puts its label, as written; empty where it does not."""
    if not checked.rating_value or not checked.rating_label:
        return ""
    ends = [("worst", checked.worst_rating), ("best", checked.best_rating)]
    said = ", ".join(f"{which} {value}" for which, value in ends if value)
    return f"{checked.rating_value} ({said})" if said else checked.rating_value


class _Comparison(TypedDict):
    signals: Signals
    agreement: Agreement
    findings: tuple[Finding, ...]
    explanation: str


def _held_against(question: Question, wording: str, day: date | None, item: Ranked) -> _Comparison:
    apart = _days(question.day, day)
    dated = apart is not None and apart < -STALE_DAYS
    return {
        "signals": Signals(item.words_rank, item.meaning_rank, likeness(question.text, wording)),
        "agreement": agreement(question.text, wording),
        "findings": compare(
            question.text,
            wording,
            claim_date=question.day if dated else None,
            passage_date=day if dated else None,
            language=question.language,
        ),
        "explanation": explain(question.text, wording, item, language=question.language).text,
    }


def _rating(
    session: Session,
    verdict: Verdict,
    scales: Mapping[str, RatingScale],
    earlier: Sequence[stored.Earlier],
    reviews: Sequence[Review],
) -> Rating:
    scale, level = scales.get(verdict.scale), level_of(scales, verdict)
    caveats = []
    label = level.label if level else verdict.level
    if verdict.conflicted:
        alternatives = judged.conflict(session, Kind.VERDICT, verdict.id).alternatives
        said = [str((data_of(one) or {}).get("level", "withdrawn")) for one in alternatives]
        label = f"in conflict: {' / '.join(said)}"
        caveats.append("Desks decided differently; neither verdict is in force.")
    if level is not None and not level.final:
        caveats.append("The level is not final.")
    if scale is None:
        caveats.append("This desk does not have the scale.")
    elif scale.version != verdict.scale_version:
        caveats.append(f"Given on version {verdict.scale_version}; this desk has {scale.version}.")
    before = [one.level for one in earlier if one.level is not None]
    if before:
        named = ", ".join(_level_name(scales, verdict, one) for one in dict.fromkeys(before))
        caveats.append(f"It replaces an earlier verdict: {named}.")
    doubts = [one for one in reviews if one.verdict_rid == verdict.decision and one.outcome is ReviewOutcome.DISAGREES]
    if doubts:
        caveats.append(f"A review disagrees ({', '.join(dict.fromkeys(one.author for one in doubts))}).")
    return Rating(
        label=label,
        scale=f"{scale.name if scale else verdict.scale}, version {verdict.scale_version}",
        by=verdict.author,
        on=verdict.decided_at.date(),
        on_text="",
        rationale="" if verdict.conflicted else verdict.rationale,
        glyph="!" if verdict.conflicted else (level.glyph if level else ""),
        caveats=tuple(caveats),
    )


def _level_name(scales: Mapping[str, RatingScale], verdict: Verdict, level: str) -> str:
    scale = scales.get(verdict.scale)
    return next((one.label for one in scale.levels if one.id == level), level) if scale else level


def _claim_caveats(claim: Claim, article: Article | None, ratings: int) -> list[str]:
    said = []
    if claim.withdrawn:
        said.append("The claim was withdrawn after it was judged.")
    if claim.conflicted:
        said.append("Desks differ on the claim itself.")
    if article is None:
        said.append("Its article is not in this database.")
    if ratings > 1:
        said.append("It was judged on several scales.")
    return said


def _resting_on_confidential(session: Session, claims: Sequence[str]) -> set[str]:
    citations = judged.citations(session, claims)
    held = confidentialities(session, [one.document for one in citations]) if citations else {}
    return {one.claim_id for one in citations if held.get(one.document) is Confidentiality.CONFIDENTIAL}


def _days(first: date | None, second: date | None) -> int | None:
    return (second - first).days if first and second else None
