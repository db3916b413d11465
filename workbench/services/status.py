"""Reading a claim's progress: one owner for what "in work", "checked", "covered" and "conflict" mean."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from db.tables import Claim, Confirmation, Unit, Verdict
from db.vocabulary import ClaimStatus, Relation, UnitKind, UnitState
from workbench.errors import InputRefused
from workbench.services.anchored import Anchored
from workbench.services.views import OPEN, ClaimView, Coverage, Status, UnitView
from workbench.text.anchors import same_words
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


def stale_decisions(
    claim: Claim,
    anchored: Anchored,
    verdicts: Sequence[Verdict],
    confirmations: Sequence[Confirmation],
) -> frozenset[str]:
    """The decisions about a claim that were made on other words than the article has now, and that nobody confirmed.

    What was set aside on arrival for what it is, such as a byline, needs nobody to say so again.
    """
    if anchored.orphan:
        return frozenset()
    held = {item.holds for item in confirmations if same_words(item.words, anchored.words)}
    found = {
        verdict.decision for verdict in verdicts if not same_words(verdict.words or anchored.made_words, anchored.words)
    }
    aside = claim.status is ClaimStatus.SET_ASIDE and claim.reason not in _BY_KIND
    if aside and anchored.changed:
        found.add(claim.decision)
    return frozenset(found - held)


_BY_KIND = frozenset(kind.value for kind in UnitKind)


def status_of(
    claim: Claim,
    verdicts: Sequence[Verdict],
    citations: int,
    scales: Mapping[str, RatingScale],
    *,
    clashing: bool,
    anchored: Anchored,
    stale: frozenset[str],
) -> Status:
    """A claim's status: conflict before anything, then its final verdicts, then whether work has begun.

    Final verdicts on several scales that do not say the same make it mixed: no clock chooses between them. What was
    decided on words that have changed since does not count until somebody says so.
    """
    if clashing or claim.conflicted or any(verdict.conflicted for verdict in verdicts):
        return Status.CONFLICT
    if claim.withdrawn:
        return Status.WITHDRAWN
    if anchored.orphan:
        return Status.LOST if (citations or verdicts) and not anchored.placed_by else Status.GONE
    final = [(verdict, level) for verdict in verdicts if (level := level_of(scales, verdict)) is None or level.final]
    if final:
        if any(verdict.decision in stale for verdict, _ in final):
            return Status.CHANGED
        said = {_BY_TONE[level.tone] if level else Status.NEUTRAL for _, level in final}
        return said.pop() if len(said) == 1 else Status.MIXED
    if claim.status is ClaimStatus.SET_ASIDE:
        return Status.CHANGED if claim.decision in stale else Status.SET_ASIDE
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
    if any(view.status in (Status.CONFLICT, Status.WITHDRAWN, Status.CHANGED) for view in claims):
        return UnitState.IN_WORK
    if not any(view.claim.relation is Relation.SENTENCE for view in standing):
        return UnitState.TO_CHECK
    if any(view.status in OPEN for view in standing):
        begun = any(view.status is not Status.TODO for view in standing)
        return UnitState.IN_WORK if begun else UnitState.TO_CHECK
    return UnitState.CHECKED if any(view.status in DECIDED for view in standing) else UnitState.SET_ASIDE


def units_with_state(units: Iterable[Unit], claims: Sequence[ClaimView]) -> tuple[UnitView, ...]:
    """The units of a version with their states; a claim belongs to the unit in which it begins.

    A unit in which no sentence begins joins the one before where a sentence of an earlier version reaches into it.
    """
    ordered = list(units)
    inside_of: list[list[ClaimView]] = [[] for _ in ordered]
    starts = [unit.start for unit in ordered]
    reaching = [-1] * len(ordered)
    for view in claims:
        place = bisect_right(starts, view.claim.start) - 1
        if place >= 0 and view.claim.start < ordered[place].end:
            inside_of[place].append(view)
            if view.claim.relation is Relation.SENTENCE:
                reaching[place] = max(reaching[place], view.claim.end)
    result: list[UnitView] = []
    reached = -1
    for unit, inside, reach in zip(ordered, inside_of, reaching, strict=True):
        reached = max(reached, reach)
        whole = any(view.claim.relation is Relation.SENTENCE for view in inside)
        if not whole and result and unit.start < reached:
            before = result.pop()
            start, kind = before.start, before.kind
            views = [*(view for view in claims if view.claim.id in before.claims), *inside]
        else:
            start, kind, views = unit.start, unit.kind, inside
        result.append(UnitView(start, unit.end, kind, unit_state(views), tuple(view.claim.id for view in views)))
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


def reason_of(unit: UnitView, claims: Mapping[str, ClaimView]) -> str:
    """Why a unit that is set aside was, from the claims by identifier; empty for another unit."""
    if unit.state is not UnitState.SET_ASIDE:
        return ""
    reasons = [claims[key].claim.reason for key in unit.claims if claims[key].status is Status.SET_ASIDE]
    return "; ".join(dict.fromkeys(reason.replace("_", " ") if reason in _BY_KIND else reason for reason in reasons))


def strip_of(units: Sequence[UnitView], cells: int) -> list[UnitState]:
    """The state of the unit in the middle of each of `cells` equal stretches of the text."""
    total = max(1, units[-1].end if units else 0)
    states, at = [], 0
    for cell in range(cells):
        middle = (2 * cell + 1) * total // (2 * cells)
        while at + 1 < len(units) and units[at].end <= middle:
            at += 1
        states.append(units[at].state if units else UnitState.TO_CHECK)
    return states
