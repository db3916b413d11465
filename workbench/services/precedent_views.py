"""What the service of precedents hands to the front doors: how something alike was judged before, never a verdict."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from db.vocabulary import Confidentiality
from workbench.services.views import Signals

if TYPE_CHECKING:
    from workbench.matching import Finding
    from workbench.matching.wording import Agreement


class Origin(StrEnum):
    """Who judged it."""

    OWN = "own verdict"
    IMPORTED = "fact-check"


@dataclass(frozen=True, slots=True)
class Rating:
    """One judgement on its own scale, never turned into another.

    `label` is the level's name on a scale of this desk, or a fact-check's label to the letter. `scale` names the scale with
    its version; of a fact-check it says where on which numbers the label stands, empty where it gives none. `caveats` are
    plain sentences: in conflict, replaces an earlier verdict, not final, doubted by a review.
    """

    label: str
    scale: str
    by: str
    on: date | None
    on_text: str
    rationale: str = ""
    glyph: str = ""
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Precedent:
    """Something alike that was judged before. `key` is a claim's id, or the content hash of the document of a fact-check.

    `rank` counts from 1 within its origin. `days` go from the day of the claim asked about to the day of the first rating.
    `place` says where it was claimed: the article of a desk's own claim; of a fact-check the one who claimed it.
    """

    origin: Origin
    key: str
    rank: int
    wording: str
    ratings: tuple[Rating, ...]
    place: str
    address: str
    claimed_on: str
    days: int | None
    caveats: tuple[str, ...]
    signals: Signals
    agreement: "Agreement"
    findings: tuple["Finding", ...]
    explanation: str
    document: int | None = None
    confidentiality: Confidentiality = Confidentiality.PUBLIC


@dataclass(frozen=True, slots=True)
class PrecedentList:
    """What was judged before that is like one claim: the desk's own verdicts, then fact-checks of others.

    `note` says why meaning is missing, or of how many wordings, where it is.
    """

    own: tuple[Precedent, ...]
    imported: tuple[Precedent, ...]
    mode: str
    note: str

    @property
    def all(self) -> tuple[Precedent, ...]:
        """Both, the desk's own first."""
        return self.own + self.imported


@dataclass(frozen=True, slots=True)
class Copied:
    """A rationale taken over from a precedent as a draft; `warning` says what it repeats that must not leave, else empty."""

    text: str
    warning: str
