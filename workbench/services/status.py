"""Reading a claim's progress: one owner for what "in work", "checked", "covered" and "conflict" mean."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from db.tables import Claim, Unit, Verdict
from db.vocabulary import ClaimStatus, Relation, UnitState
from workbench.errors import InputRefused
from workbench.services.views import OPEN, ClaimView, Coverage, Status, UnitView
from workbench.verdicts import Level, RatingScale, Tone

_BY_TONE = {
    Tone.SUPPORTED: Status.SUPPORTED,
    Tone.REFUTED: Status.REFUTED,
    Tone.MIXED: Status.MIXED,
    Tone.UNPROVEN: Status.UNPROVEN,
    Tone.NEUTRAL: Status.NEUTRAL,
}
DECIDED = frozenset(_BY_TONE.values())


def level_of(scales: Mapping[str, RatingScale], verdict: Verdict) -> Level | None:
    """The level that a verdict names, or None where this desk does not have its scale."""
    scale = scales.get(verdict.scale)
    if scale is None:
        return None
    try:
        return scale.level(verdict.level)
    except InputRefused:
        return None


def status_of(
    claim: Claim, verdicts: Sequence[Verdict], citations: int, scales: Mapping[str, RatingScale], *, clashing: bool
) -> Status:
    """A claim's status: conflict before anything, then its final verdicts, then whether work has begun.

    Final verdicts on several scales that do not say the same make it mixed: no clock chooses between them.
    """
    if clashing or claim.conflicted or any(verdict.conflicted for verdict in verdicts):
        return Status.CONFLICT
    if claim.withdrawn:
        return Status.WITHDRAWN
    final = [(verdict, level) for verdict in verdicts if (level := level_of(scales, verdict)) is None or level.final]
    if final:
        said = {_BY_TONE[level.tone] if level else Status.NEUTRAL for _, level in final}
        return said.pop() if len(said) == 1 else Status.MIXED
    if claim.status is ClaimStatus.SET_ASIDE:
        return Status.SET_ASIDE
    return Status.IN_WORK if citations or verdicts else Status.TODO


def with_covered(claims: Sequence[Claim], statuses: Mapping[str, Status]) -> dict[str, Status]:
    """The statuses of all claims of a version, with those marked as covered that ask for no work of their own any more.

    A part that nobody has begun is covered once its sentence has a final verdict or is set aside; a sentence that nobody has
    begun once every part of it has a final verdict or is set aside, at least one the former. What somebody has begun (cited, or
    given a verdict that is not final) is never covered: it asks to be finished.
    """
    parts = defaultdict(list)
    for claim in claims:
        if claim.parent_id is not None and not claim.withdrawn:
            parts[claim.parent_id].append(statuses[claim.id])
    result = dict(statuses)
    for claim in claims:
        if statuses[claim.id] is not Status.TODO:
            continue
        if claim.parent_id is not None:
            above = statuses.get(claim.parent_id)
            covered = above in DECIDED or above is Status.SET_ASIDE
        else:
            below = parts[claim.id]
            settled = all(status in DECIDED or status is Status.SET_ASIDE for status in below)
            covered = settled and any(status in DECIDED for status in below)
        if covered:
            result[claim.id] = Status.COVERED
    return result


def unit_state(claims: Sequence[ClaimView]) -> UnitState:
    """A unit's state from the claims in it: dealt with when none of them asks for work."""
    standing = [view for view in claims if not view.claim.withdrawn]
    if any(view.status in (Status.CONFLICT, Status.WITHDRAWN) for view in claims):
        return UnitState.IN_WORK
    if not any(view.claim.relation is Relation.SENTENCE for view in standing):
        return UnitState.TO_CHECK
    if any(view.status in OPEN for view in standing):
        begun = any(view.status is not Status.TODO for view in standing)
        return UnitState.IN_WORK if begun else UnitState.TO_CHECK
    return UnitState.CHECKED if any(view.status in DECIDED for view in standing) else UnitState.SET_ASIDE


def units_with_state(units: Iterable[Unit], claims: Sequence[ClaimView]) -> tuple[UnitView, ...]:
    """The units of a version with their states; a claim belongs to the unit in which it begins."""
    ordered = list(units)
    inside_of: list[list[ClaimView]] = [[] for _ in ordered]
    starts = [unit.start for unit in ordered]
    for view in claims:
        place = bisect_right(starts, view.claim.start) - 1
        if place >= 0 and view.claim.start < ordered[place].end:
            inside_of[place].append(view)
    result = []
    for unit, inside in zip(ordered, inside_of, strict=True):
        result.append(
            UnitView(unit.start, unit.end, unit.kind, unit_state(inside), tuple(view.claim.id for view in inside))
        )
    return tuple(result)


def coverage_of(units: Sequence[UnitView]) -> Coverage:
    """How many characters are in which state."""
    totals = dict.fromkeys(UnitState, 0)
    for unit in units:
        totals[unit.state] += unit.end - unit.start
    return Coverage(
        characters=sum(totals.values()),
        checked=totals[UnitState.CHECKED],
        set_aside=totals[UnitState.SET_ASIDE],
        in_work=totals[UnitState.IN_WORK],
        to_check=totals[UnitState.TO_CHECK],
        units=len(units),
        units_open=sum(unit.state in (UnitState.TO_CHECK, UnitState.IN_WORK) for unit in units),
    )
