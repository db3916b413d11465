"""What a report counts, and what a claim may be said to be; every renderer takes its counts from here."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from workbench.reports.model import ClaimStatus, Coverage, ReportClaim, ReportModel, VerdictEntry


class Standing(StrEnum):
    """What the report may say of a claim. Only SETTLED claims carry a verdict in force."""

    SETTLED = "settled"
    OPEN = "open"
    RECHECK = "recheck"
    CONFLICT = "conflict"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many claims have a verdict in force on one level of one scale."""

    scale_key: str
    level_id: str
    label: str
    glyph: str
    claims: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts for the head of a report; `levels` in order of scale and, where the scale is known, of level."""

    claims: int
    settled: int
    open: int
    recheck: int
    conflicts: int
    levels: tuple[LevelCount, ...]
    other_conflicts: int
    gone: int = 0


def standing(claim: ReportClaim) -> Standing:
    """What may be said of a claim: a conflict stays a conflict, and without a final verdict a claim stays open."""
    if any(verdict.conflict for verdict in claim.verdicts):
        return Standing.CONFLICT
    if claim.status is ClaimStatus.GONE:
        return Standing.GONE
    if claim.status is ClaimStatus.RECHECK:
        return Standing.RECHECK
    if claim.status is ClaimStatus.CHECKED and any(verdict.settled for verdict in claim.verdicts):
        return Standing.SETTLED
    return Standing.OPEN


def in_force(claim: ReportClaim) -> tuple[tuple[str, VerdictEntry], ...]:
    """The verdicts in force, each with the key of its scale; none unless the claim is settled."""
    if standing(claim) is not Standing.SETTLED:
        return ()
    return tuple((verdict.scale_key, verdict.settled) for verdict in claim.verdicts if verdict.settled is not None)


def summarise(model: ReportModel) -> Summary:
    """Count the claims of a report by standing and the verdicts in force by scale and level."""
    standings = Counter(standing(claim) for claim in model.claims)
    counted: Counter[tuple[str, str]] = Counter()
    shown: dict[tuple[str, str], VerdictEntry] = {}
    for claim in model.claims:
        for key, entry in in_force(claim):
            counted[key, entry.level_id] += 1
            shown.setdefault((key, entry.level_id), entry)
    order = {(scale.key, level.id): level.order for scale in model.scales for level in scale.levels}
    keys = sorted(counted, key=lambda key: (key[0], order.get(key, len(order) + 1), key[1]))
    return Summary(
        claims=len(model.claims),
        settled=standings[Standing.SETTLED],
        open=standings[Standing.OPEN],
        recheck=standings[Standing.RECHECK],
        conflicts=standings[Standing.CONFLICT],
        levels=tuple(LevelCount(*key, shown[key].label, shown[key].glyph, counted[key]) for key in keys),
        other_conflicts=len(model.conflicts),
        gone=standings[Standing.GONE],
    )


def share(part: int, whole: int) -> str:
    """A share as percent text that never rounds something to nothing or to everything."""
    if whole <= 0 or part <= 0:
        return "0 %"
    if part >= whole:
        return "100 %"
    if part * 100 < whole:
        return "under 1 %"
    if part * 100 > whole * 99:
        return "over 99 %"
    return f"{(part * 200 + whole) // (2 * whole)} %"


def coverage_line(coverage: Coverage) -> str:
    """Coverage by characters in one line."""
    whole = coverage.characters
    return (
        f"{share(coverage.characters_checked, whole)} checked, "
        f"{share(coverage.characters_set_aside, whole)} set aside, "
        f"{share(coverage.characters_open, whole)} open"
    )
