"""What services hand to the front doors beside the records themselves: small frozen values, computed in one read."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.tables import (
    Article,
    ArticleVersion,
    Attestation,
    Citation,
    Claim,
    Confirmation,
    Document,
    FactCheck,
    Passage,
    Receipt,
    Resolution,
    Review,
    Source,
    Verdict,
)
from db.vocabulary import Confidentiality, Stance, UnitKind, UnitState
from workbench.services.anchored import Anchored
from workbench.splitting.reasons import Reasons, parted

if TYPE_CHECKING:
    from workbench.credibility import Profile
    from workbench.matching import Finding
    from workbench.matching.explanation import Explanation
    from workbench.matching.wording import Agreement


class Status(StrEnum):
    """How far a claim has come, and what its newest verdict says of it."""

    TODO = "todo"
    IN_WORK = "in_work"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    MIXED = "mixed"
    UNPROVEN = "unproven"
    NEUTRAL = "neutral"
    CONFLICT = "conflict"
    COVERED = "covered"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    LOST = "lost"
    GONE = "gone"


OPEN = frozenset({Status.TODO, Status.IN_WORK, Status.CONFLICT, Status.WITHDRAWN, Status.CHANGED, Status.LOST})
"""Statuses that still ask for work."""

GLYPHS = {
    Status.TODO: "·",
    Status.IN_WORK: "…",
    Status.SUPPORTED: "✓",
    Status.REFUTED: "✗",
    Status.MIXED: "~",
    Status.UNPROVEN: "?",
    Status.NEUTRAL: "•",
    Status.CONFLICT: "!",
    Status.COVERED: "↕",
    Status.SET_ASIDE: "–",
    Status.WITHDRAWN: "×",
    Status.CHANGED: "Δ",
    Status.LOST: "‡",
    Status.GONE: "†",
}

ASCII_GLYPHS = dict(zip(GLYPHS, ".ovx~?*!|-%^&_", strict=True))

WORDS = {
    Status.TODO: "to check",
    Status.IN_WORK: "in work",
    Status.SUPPORTED: "supported",
    Status.REFUTED: "refuted",
    Status.MIXED: "mixed",
    Status.UNPROVEN: "unproven",
    Status.NEUTRAL: "settled",
    Status.CONFLICT: "conflict",
    Status.COVERED: "covered",
    Status.SET_ASIDE: "set aside",
    Status.WITHDRAWN: "withdrawn",
    Status.CHANGED: "changed",
    Status.LOST: "lost",
    Status.GONE: "gone",
}


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with what is shown of it at a glance; never a score."""

    source: Source
    summary: str
    attestations: int
    raters: int
    documents: int


@dataclass(frozen=True, slots=True)
class CitationView:
    """A citation with its document, which is None where it was withheld from this file."""

    citation: Citation
    document: Document | None
    source: SourceView | None
    quote_found: bool


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with everything decided about it. `number` counts from 1 in the order of the article, orphans last.

    `claim` is a copy with its place in the latest version; an orphan's is empty. `stale` are the decisions, verdicts or
    the setting aside, that were made on other words than the article has now, and that nobody said still hold.
    `original` is the wording that it began with, in the article's words, empty for what is implied; `edited` says that its
    wording is another now.
    """

    claim: Claim
    number: int
    status: Status
    citations: tuple[CitationView, ...]
    verdicts: tuple[Verdict, ...]
    reviews: tuple[Review, ...]
    depth: int
    kind: UnitKind
    anchor: Anchored
    confirmations: tuple[Confirmation, ...] = ()
    stale: frozenset[str] = frozenset()
    original: str = ""
    edited: bool = False
    resolutions: tuple[Resolution, ...] = ()

    @property
    def reasons(self) -> Reasons:
        """What moved its check-worthiness most, and the words that gave its kinds away."""
        return parted(self.claim.reasons)

    @property
    def standing_reviews(self) -> tuple[Review, ...]:
        """The reviews of its verdicts as they stand now; those of earlier ones are history."""
        now = {verdict.decision for verdict in self.verdicts}
        return tuple(review for review in self.reviews if review.verdict_rid in now)


_SOURCE_TYPES = {
    "named": "a named source",
    "unnamed": "an unnamed source",
    "collective": "a collective source",
    "official": "an official source",
}


def said_by(claim: Claim) -> str:
    """Who is said to have said a claim, and what kind of source that is; empty where nobody is."""
    said = claim.attribution or {}
    if not said.get("source"):
        return ""
    kind = _SOURCE_TYPES.get(said.get("type", ""), "")
    goes_on = "the quotation goes on from before" if said.get("continued") else ""
    return ", ".join(part for part in (str(said["source"]), kind, goes_on) if part)


class Order(StrEnum):
    """How a list of claims is ordered; nothing is ever left out of it."""

    POSITION = "position"
    CHECKWORTHINESS = "checkworthiness"


def ordered(claims: Sequence[ClaimView], order: Order) -> list[ClaimView]:
    """The claims in an order; sub-claims stay under their sentence, which the worthiest of them speaks for; orphans last."""
    if order is Order.POSITION:
        return list(claims)
    groups: dict[str, list[ClaimView]] = {}
    for view in claims:
        groups.setdefault(view.claim.parent_id or view.claim.id, []).append(view)
    worth = {name: max(view.claim.checkworthiness for view in group) for name, group in groups.items()}
    last = {name: all(view.anchor.orphan for view in group) for name, group in groups.items()}
    return [view for name in sorted(groups, key=lambda name: (last[name], -worth[name])) for view in groups[name]]


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit with its state and the claims that begin in it."""

    start: int
    end: int
    kind: UnitKind
    state: UnitState
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a version, in characters, is in which state."""

    characters: int
    checked: int
    set_aside: int
    in_work: int
    to_check: int
    units: int
    units_open: int

    @property
    def percent(self) -> int:
        """Checked or set aside, in whole percent, 100 only when nothing is open."""
        done = self.checked + self.set_aside
        return 100 if done >= self.characters else min(99, round(100 * done / self.characters))


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything about one article under check, on its latest version; `versions` are all, the latest last."""

    article: Article
    version: ArticleVersion
    units: tuple[UnitView, ...]
    claims: tuple[ClaimView, ...]
    coverage: Coverage
    versions: tuple[ArticleVersion, ...]

    @property
    def orphans(self) -> tuple[ClaimView, ...]:
        """The claims that the latest version does not hold any more."""
        return tuple(view for view in self.claims if view.anchor.orphan)


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article in a list, with how far its check has come.

    `changed` counts claims decided on words that have changed since, `lost` decided ones whose words are gone, `gone` those
    that need nothing more since the article does not say them any longer.
    """

    article: Article
    version: ArticleVersion
    units: int
    claims: int
    checked: int
    covered: int
    set_aside: int
    open: int
    conflicts: int
    percent: int
    versions: int
    changed: int
    lost: int
    gone: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document in a list."""

    document: Document
    source: SourceView | None
    confidentiality: Confidentiality
    external_id: str
    passages: int
    cited: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A document after somebody decided who may see it; `warning` says what that cannot undo, empty where nothing is to be said."""

    document: Document
    warning: str


@dataclass(frozen=True, slots=True)
class DocumentDetail:
    """A document with its passages, whose texts joined are `text`."""

    view: DocumentView
    passages: tuple[Passage, ...]
    text: str
    citations: tuple[Citation, ...]
    receipts: tuple["ReceiptView", ...] = ()
    fact_check: FactCheck | None = None


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """How a document was received; `kept` says whether the bytes are in this file."""

    receipt: Receipt
    kept: bool


@dataclass(frozen=True, slots=True)
class SourceDetail:
    """A source with its whole profile."""

    view: SourceView
    profile: "Profile"
    attestations: tuple[Attestation, ...]
    documents: tuple[Document, ...]
    cited: int


@dataclass(frozen=True, slots=True)
class Signals:
    """Why a passage was found: its rank by words and by meaning (from 1), and how alike the wording is (0 to 100).

    Reasons, never strength of evidence.
    """

    words: int | None
    meaning: int | None
    fuzzy: float | None


@dataclass(frozen=True, slots=True)
class Match:
    """A suggestion: a passage that may bear on a claim, with what agrees and what differs.

    Passages with the same `origin` number have one origin. `days` counts from the article's date to the document's.
    `copy_of` is the rank of an earlier passage that this one only repeats.
    `rarity` says in how many passages each shared word stands, the rarest first; `suggestion` is what a model says, under
    its name, and never stored.
    """

    rank: int
    passage: Passage
    document: Document
    source: SourceView | None
    external_id: str
    signals: Signals
    findings: tuple["Finding", ...]
    agreement: "Agreement"
    origin: int
    cited: Stance | None
    explanation: str
    days: int | None
    copy_of: int | None = None
    why: "Explanation | None" = None
    rarity: tuple[tuple[str, int], ...] = ()
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class MatchList:
    """Suggestions for one claim. `note` says why meaning is missing where it is; `origins` counts independent origins.

    `filters` are in force, in plain words; `withheld` says why nothing was looked for. `passages` is how many there are.
    """

    matches: tuple[Match, ...]
    mode: str
    note: str
    origins: int
    filters: tuple[str, ...] = ()
    withheld: str = ""
    passages: int = 0

    def copies(self, rank: int) -> tuple[Match, ...]:
        """The matches that only repeat the one of this rank."""
        return tuple(match for match in self.matches if match.copy_of == rank)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come; `total` is None where it is not known."""

    done: int
    total: int | None
    unit: str
    name: str
