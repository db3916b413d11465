"""Offices that a sentence takes for granted: listed among its references, and a reason to check the sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from workbench.splitting.model import SET_ASIDE, ClaimRelation, Reference, SplitWarning, SuggestedClaim, Unit, UnitKind
from workbench.splitting.office_table import OfficeTable
from workbench.splitting.offices import OfficeFinding, OfficeFit, check

_NOT_PROPOSED = frozenset({*SET_ASIDE, UnitKind.HEADING})


def with_presuppositions(
    units: Sequence[Unit], text: str, published: date | None, table: OfficeTable | None
) -> tuple[tuple[Unit, ...], tuple[SplitWarning, ...]]:
    """The units with offices that do not fit the day of publication among their references, and a warning for each.

    The sentence is proposed for checking, with the reason, unless it tells of the past. Without a publication date this
    holds for offices whose holder is known to have left.
    """
    findings = check(text, published, table=table)
    if not findings:
        return tuple(units), ()
    result: list[Unit] = []
    for unit in units:
        mine = [f for f in findings if unit.start <= f.start and f.end <= unit.end]
        result.append(_unit(unit, mine) if mine and unit.kind not in SET_ASIDE else unit)
    return tuple(result), tuple(_warnings(findings))


def _warnings(findings: Sequence[OfficeFinding]) -> list[SplitWarning]:
    warned: dict[str, SplitWarning] = {}
    for one in findings:
        kind = "publication_date_missing" if one.fit is OfficeFit.DATE_MISSING else "office_not_held"
        warned.setdefault(one.text, SplitWarning(kind, one.start, one.end, one.message))
    return list(warned.values())


def _unit(unit: Unit, findings: Sequence[OfficeFinding]) -> Unit:
    return replace(unit, claims=tuple(_claim(claim, unit.kind, findings) for claim in unit.claims))


def _claim(claim: SuggestedClaim, kind: UnitKind, findings: Sequence[OfficeFinding]) -> SuggestedClaim:
    inside = [
        f
        for f in findings
        if (f.ended or f.fit is not OfficeFit.DATE_MISSING)
        and any(s.start <= f.start and f.end <= s.end for s in claim.fragments)
    ]
    if not inside:
        return claim
    apart = [r for r in claim.references if not any(r.start < f.end and f.start < r.end for f in inside)]
    offices = [Reference(f.start, f.end, f.text, "office", f.holders[:5]) for f in inside]
    proposed = (
        any(not f.history for f in inside) and claim.relation is ClaimRelation.SENTENCE and kind not in _NOT_PROPOSED
    )
    return replace(
        claim,
        references=tuple(sorted((*apart, *offices), key=lambda r: r.start)),
        reasons=(*(f"presupposition: {f.message}" for f in inside), *claim.reasons),
        suggested=claim.suggested or proposed,
    )


@dataclass(frozen=True, slots=True)
class Presupposition:
    """What the words at [start, end) take for granted, worded as a claim, and why it deserves a look."""

    start: int
    end: int
    wording: str
    message: str


_HELD = {
    "en": ("{} was in office on {}.", "{} was in office when the article was published."),
    "es": ("{} estaba en el cargo el {}.", "{} estaba en el cargo cuando se publicó el artículo."),
}


def presupposed(
    text: str, published: date | None, language: str, table: OfficeTable | None = None
) -> tuple[Presupposition, ...]:
    """The offices that `text` takes to be held and that do not fit the day of publication, each as a claim of its own.

    Without that day those whose holders are known to have left. Sentences that tell of the past presuppose nothing.
    """
    dated, undated = _HELD.get(language, _HELD["en"])
    found: list[Presupposition] = []
    for one in check(text, published, table=table):
        if one.history or (one.fit is OfficeFit.DATE_MISSING and not one.ended):
            continue
        words = one.text[:1].upper() + one.text[1:]
        wording = undated.format(words) if published is None else dated.format(words, published.isoformat())
        found.append(Presupposition(one.start, one.end, wording, one.message))
    return tuple(found)
