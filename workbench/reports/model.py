"""Everything a report says, as plain values; services fill it from the store, renderers only read it.

Texts are as stored, never escaped or shortened. Times are aware and UTC; spans count code points of the article version.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workbench.credibility import Attestation, Profile
from workbench.credibility.sourcing import Sourcing
from workbench.text.anchors import Anchor, AnchorState
from workbench.text.spans import Span
from workbench.verdicts import RatingScale, Role, Rule, Stance, Tone


class ClaimStatus(StrEnum):
    """Where the work on a claim stands.

    RECHECK: its text changed after the verdict, so the verdict is not current. GONE: the article does not make it any more.
    """

    OPEN = "open"
    CHECKED = "checked"
    RECHECK = "recheck"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ReportArticle:
    """The article version that was checked; `version_hash` names its exact text, `length` is in code points.

    `version` is its number, of as many as `versions` says.
    """

    title: str
    length: int
    version_hash: str
    byline: str = ""
    outlet: str = ""
    published: date | None = None
    url: str = ""
    language: str = ""
    version: int = 1
    versions: int = 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the article is dealt with, in code points and in units; the three parts cover the whole text."""

    characters_checked: int
    characters_set_aside: int
    characters_open: int
    units_checked: int
    units_set_aside: int
    units_open: int

    @property
    def characters(self) -> int:
        """Length of the article in code points."""
        return self.characters_checked + self.characters_set_aside + self.characters_open

    @property
    def units(self) -> int:
        """Number of units in the article."""
        return self.units_checked + self.units_set_aside + self.units_open


@dataclass(frozen=True, slots=True)
class VerdictEntry:
    """One person's verdict. `label`, `glyph` and `tone` come from its level; `final` is False for a provisional one.

    `judged` are the words it is on, where the article has others now; `confirmed` who said, and when, that it holds for those.
    """

    level_id: str
    label: str
    glyph: str
    tone: Tone
    rationale: str
    author: str
    recorded_at: datetime
    missing: str = ""
    final: bool = True
    judged: str = ""
    confirmed: str = ""

    def __post_init__(self) -> None:
        _require_aware(self.recorded_at)


@dataclass(frozen=True, slots=True)
class ReportVerdict:
    """What stands for one claim on one scale: one entry is the verdict, several are a conflict nobody has resolved."""

    scale_id: str
    scale_version: str
    entries: tuple[VerdictEntry, ...]

    def __post_init__(self) -> None:
        if not self.entries:
            raise ValueError("A verdict in a report needs at least one entry; leave the verdict out instead.")

    @property
    def scale_key(self) -> str:
        """Names the scale in its version, as `RatingScale.key` does."""
        return f"{self.scale_id}@{self.scale_version}"

    @property
    def conflict(self) -> bool:
        """Whether several entries stand side by side."""
        return len(self.entries) > 1

    @property
    def settled(self) -> VerdictEntry | None:
        """The one final entry, None for a conflict and for a provisional verdict."""
        entry = self.entries[0]
        return entry if entry.final and not self.conflict else None


@dataclass(frozen=True, slots=True)
class ReportCitation:
    """A passage cited for a claim.

    `source_summary` is the profile's line, such as '7 of 11 assessed'. `discrepancies` are the messages about where the
    passage differs from the claim. Citations of one claim with the same `origin` number go back to one root; None where that
    is not known or may not be told. With `withheld`, every renderer gives only stance, role, `public_description` and
    `withheld_reason`; all other fields stay out of the report.
    """

    stance: Stance
    role: Role | None
    quote: str
    locator: str
    document_title: str
    document_id: str = ""
    document_hash: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    address: str = ""
    archive: str = ""
    accessed_on: date | None = None
    source_summary: str = ""
    discrepancies: tuple[str, ...] = ()
    withheld: bool = False
    withheld_reason: str = ""
    public_description: str = ""
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class ReportAnchor:
    """What became of a claim's words since it was made in version `made_in`.

    `quote` is where it stands, or for an orphan last stood, in `version`; None where that is not known any more.
    `placed_by` is who placed it or, with the `reason`, said that it is gone.
    """

    state: AnchorState
    version: int
    made_in: int
    made_words: str
    quote: Anchor | None
    placed_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReportResolution:
    """What words of the article stand for, as somebody chose it; an empty `choice` says that it cannot be resolved."""

    span: Span
    text: str
    type: str
    choice: str
    author: str
    recorded_at: datetime
    note: str = ""
    conflict: bool = False

    def __post_init__(self) -> None:
        _require_aware(self.recorded_at)


@dataclass(frozen=True, slots=True)
class ReportClaim:
    """One claim in the order of the article.

    `quoted` is the article's own text at `span` (an orphan has an empty span, and the words it last stood on), `wording`
    the wording that was checked, `attribution` who says it and what kind of source that is. `relation` says how a sub-claim
    hangs together with its sentence, empty for a whole one; `original` is the wording that it began with, given where a
    person has edited it; `helper` the model that proposed it. `gaps` are the lines of the checklist that are not met.
    `resolutions` say what words of it stand for, `left_open` are the words that need the text around them and that nobody
    has resolved.
    """

    number: int
    id: str
    span: Span
    quoted: str
    wording: str
    status: ClaimStatus
    attribution: str = ""
    kinds: tuple[str, ...] = ()
    verdicts: tuple[ReportVerdict, ...] = ()
    citations: tuple[ReportCitation, ...] = ()
    gaps: tuple[Rule, ...] = ()
    anchor: ReportAnchor | None = None
    relation: str = ""
    original: str = ""
    helper: str = ""
    resolutions: tuple[ReportResolution, ...] = ()
    left_open: tuple[str, ...] = ()

    @property
    def origins(self) -> int:
        """How many independent origins its citations have, those for context and withheld ones apart."""
        return len({item.origin for item in self._resting if item.origin is not None})

    @property
    def resting(self) -> int:
        """How many citations support or refute it and may be told of."""
        return len(self._resting)

    @property
    def _resting(self) -> tuple[ReportCitation, ...]:
        return tuple(one for one in self.citations if one.stance is not Stance.CONTEXT and not one.withheld)

    @property
    def orphan(self) -> bool:
        """Whether the article does not hold it any more."""
        return self.anchor is not None and self.anchor.state is AnchorState.ORPHAN

    @property
    def wording_differs(self) -> bool:
        """Whether the wording that was checked is more than the quoted text, white space aside."""
        return self.wording.split() != self.quoted.split() and bool(self.wording.strip())


@dataclass(frozen=True, slots=True)
class ReportUnit:
    """A unit of the article without a checked claim; `reason` says why it was set aside, empty for an open one."""

    span: Span
    kind: str
    text: str
    reason: str = ""


class CoverageState(StrEnum):
    """How far a unit is dealt with."""

    CHECKED = "checked"
    SET_ASIDE = "set_aside"
    IN_WORK = "in_work"
    TO_CHECK = "to_check"


@dataclass(frozen=True, slots=True)
class MappedUnit:
    """A unit in the coverage map."""

    span: Span
    state: CoverageState


@dataclass(frozen=True, slots=True)
class GoneClaim:
    """A claim that the article does not hold any more: its number, its last words and their version, and what was said of it."""

    number: int
    words: str
    version: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReportSource:
    """A source that was used, with its profile and what others say about it; leave withheld sources out."""

    name: str
    domain: str = ""
    profile: Profile | None = None
    attestations: tuple[Attestation, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportConflict:
    """Two or more decisions about one thing other than a verdict, with all alternatives as they were recorded."""

    what: str
    alternatives: tuple[str, ...]
    claim_number: int | None = None


@dataclass(frozen=True, slots=True)
class ReportModel:
    """A whole report.

    `claims` are in the order of the article, `set_aside` and `not_checked` too. `scales` holds every scale in the
    version that a verdict uses. `units` is the whole text by its units, `gone` what only earlier versions said. `conflicts`
    lists conflicts that are not about verdicts; those are in the claims. `sourcing` says how the article sources itself,
    `page` where the report will be published.
    """

    article: ReportArticle
    generated_at: datetime
    database: str
    tool_name: str
    tool_version: str
    coverage: Coverage
    claims: tuple[ReportClaim, ...] = ()
    set_aside: tuple[ReportUnit, ...] = ()
    not_checked: tuple[ReportUnit, ...] = ()
    scales: tuple[RatingScale, ...] = ()
    sources: tuple[ReportSource, ...] = ()
    conflicts: tuple[ReportConflict, ...] = ()
    units: tuple[MappedUnit, ...] = ()
    gone: tuple[GoneClaim, ...] = ()
    sourcing: Sourcing | None = None
    page: str = ""

    def __post_init__(self) -> None:
        _require_aware(self.generated_at)

    def scale(self, key: str) -> RatingScale | None:
        """The scale with this key among those of the report, None when it was not supplied."""
        return next((scale for scale in self.scales if scale.key == key), None)


def _require_aware(moment: datetime) -> None:
    if moment.utcoffset() is None:
        raise ValueError(f"A report needs times with a time zone; got {moment.isoformat()} without one.")
