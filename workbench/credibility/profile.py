"""A source's profile: each criterion with its state, its evidence and who looked; what nobody looked up is unknown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workbench.credibility.criteria import Criteria, Criterion
from workbench.errors import InputRefused


class State(StrEnum):
    """The answer to one criterion."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one person found for one criterion. `evidence` is what was seen, `address` where; one of them is needed."""

    criterion: str
    state: State
    evidence: str = ""
    address: str = ""
    assessor: str = ""
    assessed_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.assessed_at is not None and self.assessed_at.utcoffset() is None:
            raise ValueError(f"An assessment needs a time with a time zone; got {self.assessed_at.isoformat()}.")

    @property
    def has_evidence(self) -> bool:
        """Whether anything is on record that another person could look up."""
        return bool(self.evidence.strip() or self.address.strip())


@dataclass(frozen=True, slots=True)
class ProfileItem:
    """One criterion in a profile: `state` is what counts, `note` says why where that is not what was given."""

    criterion: Criterion
    state: State
    assessment: Assessment | None
    note: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Every criterion of one set with its state, in the order of the set.

    `assessed` says how many of the `total` criteria somebody answered with evidence, whichever way the answer went;
    it measures how much is known, never how good the source is.
    """

    criteria: str
    items: tuple[ProfileItem, ...]

    @property
    def assessed(self) -> int:
        """How many criteria carry an answer with evidence, 'not applicable' included."""
        return sum(item.state is not State.UNKNOWN for item in self.items)

    @property
    def total(self) -> int:
        """How many criteria the set holds."""
        return len(self.items)

    @property
    def summary(self) -> str:
        """The one line to show, as in '7 of 11 assessed'."""
        return f"{self.assessed} of {self.total} assessed"

    def having(self, state: State) -> tuple[ProfileItem, ...]:
        """The criteria in one state, in order."""
        return tuple(item for item in self.items if item.state is state)


def profile(criteria: Criteria, assessments: Sequence[Assessment]) -> Profile:
    """Put at most one assessment per criterion beside the criteria; an answer without evidence counts as unknown.

    Which of several assessments is the latest is for the caller to decide. Raises InputRefused for two assessments
    of one criterion and for a criterion that is not in the set.
    """
    given: dict[str, Assessment] = {}
    for item in assessments:
        known = criteria.criterion(item.criterion)
        if known.id in given:
            raise InputRefused(
                f"The criterion {known.id!r} is assessed more than once.", "Pass the latest assessment of each only."
            )
        given[known.id] = item
    return Profile(criteria.key, tuple(_item(criterion, given.get(criterion.id)) for criterion in criteria.items))


def _item(criterion: Criterion, given: Assessment | None) -> ProfileItem:
    if given is None:
        return ProfileItem(criterion, State.UNKNOWN, None, "Nobody has looked yet.")
    if given.state is not State.UNKNOWN and not given.has_evidence:
        words = given.state.value.replace("_", " ")
        note = f"Given as '{words}' without evidence, so it counts as unknown."
        return ProfileItem(criterion, State.UNKNOWN, given, note)
    return ProfileItem(criterion, given.state, given, "")
