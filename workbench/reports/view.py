"""What a reader sees of a report, as text pieces in reading order; Markdown and HTML are two spellings of one view."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled piece of text; `href`, where there is one, is an address that is safe to link. A label may be empty."""

    label: str
    value: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class EntryView:
    """One recorded verdict: glyph and label, who recorded it and when, and why."""

    label: str
    tone: str
    meta: str
    rationale: str
    missing: str


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What stands on one scale; `caution` is not empty when none of the entries is in force."""

    scale: str
    caution: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class CitationView:
    """A cited passage: what it does, its words, where it stands, how to find it again, and what differs."""

    lead: str
    quote: str
    where: tuple[Fact, ...]
    trace: tuple[Fact, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as a compact block; `headline` says what may be said of it."""

    number: int
    headline: str
    tone: str
    quoted: str
    excerpt: str
    wording: str
    facts: tuple[Fact, ...]
    verdicts: tuple[VerdictView, ...]
    citations: tuple[CitationView, ...]
    gaps: tuple[str, ...]
    resolved: tuple[str, ...] = ()
    left_open: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column heads; without rows it is left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SourcingView:
    """How the article sources itself: what it says of its own origin, its claims by source, who is quoted."""

    particulars: Table
    claims: Table
    unnamed: Table
    quotations: Table


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with its profile, criterion by criterion, and others' ratings."""

    name: str
    domain: str
    profile_line: str
    criteria: Table
    ratings_line: str
    ratings: Table


@dataclass(frozen=True, slots=True)
class ScaleView:
    """A rating scale with the meaning of its levels."""

    name: str
    line: str
    note: str
    levels: Table


@dataclass(frozen=True, slots=True)
class ConflictView:
    """An unresolved conflict with every alternative."""

    what: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """How much of the text is dealt with: a table of states, and the whole text as one line of signs over their legend."""

    states: Table
    strip: str
    legend: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report in reading order. `complete` is whether `notices` say that nothing is open."""

    title: str
    language: str
    complete: bool
    notices: tuple[str, ...]
    article: tuple[Fact, ...]
    summary: tuple[Fact, ...]
    levels: Table
    coverage: CoverageView
    claims: tuple[ClaimView, ...]
    gone: Table
    conflicts: tuple[ConflictView, ...]
    not_checked: Table
    set_aside: Table
    sources: tuple[SourceView, ...]
    scales: tuple[ScaleView, ...]
    about: tuple[Fact, ...]
    sourcing: SourcingView | None = None
