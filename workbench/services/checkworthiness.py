"""Check-worthiness as a desk has it: the shipped coefficients, or those fitted on what the desk took up and set aside."""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from db import articles as stored
from db.identity import derived
from db.store import Store
from db.tables import Coefficients
from db.tables.articles import CoefficientsData
from db.vocabulary import ClaimStatus, Kind, Relation
from workbench.errors import InputRefused
from workbench.services.placing import Placed, placed
from workbench.splitting.wordings import words_at

if TYPE_CHECKING:
    from workbench.splitting.checkworthiness import Model
    from workbench.splitting.refitting import Judged
    from workbench.splitting.validation import Measured

_PARTS = 10_000
"""Coefficients are rounded to four places by the fit, so that they are whole numbers of these."""


@dataclass(frozen=True, slots=True)
class Examples:
    """The sentences of a desk that say what it takes up and what it sets aside, in one language."""

    language: str
    rows: "tuple[Judged, ...]"

    @property
    def accepted(self) -> int:
        """How many were taken up: cited, judged, or with a sub-claim that a person accepted or worked on."""
        return sum(row.accepted for row in self.rows)

    @property
    def set_aside(self) -> int:
        """How many were set aside by a person."""
        return len(self.rows) - self.accepted


@dataclass(frozen=True, slots=True)
class ModelView:
    """The coefficients in force for a language: `own` are a desk's, None for the shipped ones.

    `outdated` says that the shipped model has changed since the desk's was fitted upon it, `conflicted` that desks have
    fitted differently and nobody has chosen, so that the shipped ones hold.
    """

    language: str
    own: Coefficients | None
    fitted: "Model"
    examples: Examples
    outdated: bool
    conflicted: bool


@dataclass(frozen=True, slots=True)
class Refitted:
    """What a refit was fitted on and what it is worth; `stored` is false where it was only measured."""

    examples: Examples
    before: "Measured"
    after: "Measured"
    folds: int
    stored: bool


class CheckworthinessService:
    """Showing, refitting and resetting the coefficients of check-worthiness."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def show(self, language: str | None = None) -> ModelView:
        """The coefficients in force for a language, by default the one most of the desk's judgements are in."""
        from workbench.splitting.checkworthiness import model

        with self._store.read() as session:
            code = _language(session, language)
            own = session.get(Coefficients, entity_of(code))
            conflicted = own is not None and own.conflicted
            outdated = own is not None and own.shipped != shipped_hash()
            return ModelView(
                code, own, fitted_for(session, code) or model(), examples(session, code), outdated, conflicted
            )

    def refit(self, language: str | None = None, *, store: bool = True) -> Refitted:
        """Fit the desk's own coefficients on its accepted and set-aside claims; later splits use them.

        One action that undo takes back. Raises InputRefused, saying how many there are, where they are too few.
        """
        from workbench.splitting.refitting import refit
        from workbench.splitting.validation import cross_validated

        with self._store.read() as session:
            found = examples(session, _language(session, language))
        compared = cross_validated(found.rows, language=found.language)
        result = Refitted(found, compared.before, compared.after, compared.folds, store)
        if store:
            data = _data(refit(found.rows, language=found.language), result)
            with self._store.write("refit check-worthiness") as unit:
                unit.journal.record(Kind.COEFFICIENTS, entity_of(found.language), data, resolve=True)
        return result

    def reset(self, language: str | None = None) -> str:
        """Return to the shipped coefficients; returns the language. Raises InputRefused where they are in force already."""
        with self._store.write("reset check-worthiness") as unit:
            fitted = unit.session.exec(select(Coefficients).order_by(col(Coefficients.language))).all()
            code = language or (fitted[0].language if len(fitted) == 1 else _language(unit.session, None))
            if all(row.language != code for row in fitted):
                raise InputRefused(
                    f"The shipped coefficients are in force for “{code}” already.", "There is nothing to reset."
                )
            unit.journal.record(Kind.COEFFICIENTS, entity_of(code), None, resolve=True)
            return code


def entity_of(language: str) -> str:
    """What the decision about the coefficients for a language is about: the same thing at every desk."""
    return derived("coefficients", language)


@cache
def shipped_hash() -> str:
    """Names the shipped model, to tell what a desk's own was fitted upon."""
    return hashlib.sha256(files("workbench.splitting").joinpath("checkworthiness.json").read_bytes()).hexdigest()


def fitted_for(session: Session, language: str) -> "Model | None":
    """The desk's own model for a language; None where the shipped one holds, also while desks differ about theirs."""
    from workbench.splitting.checkworthiness import model

    row = session.get(Coefficients, entity_of(language))
    if row is None or row.conflicted:
        return None
    shipped = model()
    return replace(
        shipped,
        intercept=row.intercept / _PARTS,
        scale=row.scale / _PARTS,
        weights={**shipped.weights, **{name: value / _PARTS for name, value in row.weights.items()}},
        provenance={
            "data": "this desk's accepted and set-aside claims",
            "accepted": row.accepted,
            "set_aside": row.set_aside,
            "method": row.method,
            "fitted_by": row.author,
            "fitted_at": row.decided_at.isoformat(),
            "from": shipped.provenance,
        },
    )


def _data(fitted: "Model", result: Refitted) -> CoefficientsData:
    from workbench.splitting.refitting import SHRINKAGE

    measures = {
        "f1_before": result.before.f1,
        "ap_before": result.before.average_precision,
        "f1_after": result.after.f1,
        "ap_after": result.after.average_precision,
    }
    return CoefficientsData(
        language=result.examples.language,
        intercept=round(fitted.intercept * _PARTS),
        scale=round(fitted.scale * _PARTS),
        weights={name: round(value * _PARTS) for name, value in sorted(fitted.weights.items())},
        accepted=result.examples.accepted,
        set_aside=result.examples.set_aside,
        measures={"folds": result.folds, **{name: round(value * _PARTS) for name, value in measures.items()}},
        method=f"logistic regression held to the shipped model with shrinkage {SHRINKAGE:g}",
        shipped=shipped_hash(),
    )


def _language(session: Session, asked: str | None) -> str:
    """The language asked for, or the one that most of the desk's judgements are in. Raises InputRefused for one without rules."""
    from workbench.splitting.lexicon import KNOWN

    if asked is not None:
        if asked not in KNOWN:
            raise InputRefused(
                f"There are no rules for the language “{asked}”.", f"There are for: {', '.join(sorted(KNOWN))}."
            )
        return asked
    counted = Counter({code: len(examples(session, code).rows) for code in sorted(KNOWN)})
    return counted.most_common(1)[0][0] if counted.total() else "en"


def examples(session: Session, language: str) -> Examples:
    """The judged sentences of every article in a language, in the words of the article.

    Taken up is a sentence that is cited or judged, or whose sub-claim is, or was accepted by a person; set aside one that a
    person set aside with none of that. What was set aside on arrival (bylines, notices) says nothing about a desk.
    """
    rows: list[Judged] = []
    for article in stored.articles(session):
        version = stored.current_version(session, article.id)
        if version is not None and version.language == language:
            rows += _judged(session, placed(session, article))
    return Examples(language, tuple(rows))


def _judged(session: Session, places: Placed) -> "list[Judged]":
    from workbench.splitting.refitting import Judged

    claims = [claim for claim in places.standing() if not claim.conflicted]
    worked = stored.decided_about(session, [claim.id for claim in claims])
    written: set[str] = set()
    arrived: set[str] = set()
    for version in places.versions:
        revisions, things = stored.arrived_with(session, version.id)
        written |= revisions
        arrived |= things
    taken = {claim.parent_id or claim.id for claim in claims if claim.id in worked}
    taken |= {claim.parent_id for claim in claims if claim.parent_id and claim.id not in arrived}
    rows: list[Judged] = []
    for claim in claims:
        if claim.relation is not Relation.SENTENCE:
            continue
        aside = claim.status is ClaimStatus.SET_ASIDE and claim.rid not in written
        if claim.id in taken or aside:
            rows.append(Judged(words_at(places.version.text, claim.fragments), claim.id in taken))
    return rows
