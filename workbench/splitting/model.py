"""The values that splitting hands out: units that tile a text, and the claims suggested under them."""

from dataclasses import dataclass, field
from enum import StrEnum

from workbench.text.spans import Span


class UnitKind(StrEnum):
    """What a stretch of a text is."""

    TITLE = "title"
    HEADING = "heading"
    BYLINE = "byline"
    DATELINE = "dateline"
    SENTENCE = "sentence"
    QUOTATION = "quotation"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


SET_ASIDE = frozenset({UnitKind.BYLINE, UnitKind.DATELINE, UnitKind.BOILERPLATE})


class ClaimRelation(StrEnum):
    """How a suggested claim stands to its unit.

    The unit itself, what somebody said, that they said it; then clauses (MAIN without its details, CLAUSE a reported or other
    one, SUBORDINATE, RELATIVE, COORDINATION, PARTICIPLE), what names or brackets say (APPOSITION, PARENTHESIS), and single
    details (PREPOSITIONAL one adjunct, CONJUNCT one member of a series, EXAMPLE one that was given).
    """

    SENTENCE = "sentence"
    CONTENT = "content"
    ACT = "act"
    MAIN = "main"
    CLAUSE = "clause"
    SUBORDINATE = "subordinate"
    RELATIVE = "relative"
    COORDINATION = "coordination"
    PARTICIPLE = "participle"
    APPOSITION = "apposition"
    PARENTHESIS = "parenthesis"
    PREPOSITIONAL = "prepositional"
    CONJUNCT = "conjunct"
    EXAMPLE = "example"


class Polarity(StrEnum):
    """Whether the words of a claim hold a negation."""

    AFFIRMATIVE = "affirmative"
    NEGATIVE = "negative"


class ClaimKind(StrEnum):
    """Hints about the nature of a claim; they overlap and nothing is hidden because of one."""

    ATTRIBUTED = "attributed"
    QUOTE = "quote"
    FACTUAL = "factual"
    BACKGROUND = "background"
    PREDICTION = "prediction"
    NORMATIVE = "normative"
    INTERPRETATION = "interpretation"
    OPINION = "opinion"
    QUESTION = "question"


class SourceType(StrEnum):
    """How a source is given: by name, without one, as several or a body together, or speaking for an office."""

    NAMED = "named"
    UNNAMED = "unnamed"
    COLLECTIVE = "collective"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said it.

    `source` are the words of the text at [start, end), which may lie in an earlier or later unit when a quotation runs on;
    `cue` are the words at `cue_span` that report ("said", "according to"); `content` the stretches that are
    attributed, inside the unit. `sources` are the names one by one where `source` joins several.
    """

    source: str
    start: int
    end: int
    cue: str
    cue_span: Span
    content: tuple[Span, ...]
    continued: bool = False
    type: SourceType = SourceType.NAMED
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Words at [start, end) that need something outside the sentence to be understood.

    `type` is "pronoun", "possessive", "demonstrative", "role", "group", "metonymy", "office", or for times "weekday",
    "relative_date", "partial_date" (no year) and "vague_date" (nothing can date it). `candidates` are at most five readings
    for a person to pick from, likeliest first: names, phrases or statements met before, office-holders, or ISO dates and
    intervals "first/last". None is ever chosen here.
    """

    start: int
    end: int
    text: str
    type: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity or a date named in the text, verbatim at [start, end)."""

    start: int
    end: int
    text: str
    type: str


@dataclass(frozen=True, slots=True)
class SuggestedClaim:
    """One claim suggested for checking, or listed so that nothing is left in silence.

    `fragments` are verbatim stretches of the text in order, all inside the unit and [start, end); `text` is the
    suggested wording built from them. `checkworthiness` runs from 0 to 1; `reasons` say in words what gave the
    kinds and the score; sub-claims other than content and act carry those of their sentence. `polarity` and `modality`
    (the modal verbs, as written) are notes beside the wording, which keeps its negations and modals. `reliable` marks
    relations that were right often enough to be taken in many at once.
    """

    start: int
    end: int
    fragments: tuple[Span, ...]
    text: str
    relation: ClaimRelation
    kinds: tuple[ClaimKind, ...] = ()
    reasons: tuple[str, ...] = ()
    checkworthiness: float = 0.0
    suggested: bool = False
    attribution: Attribution | None = None
    references: tuple[Reference, ...] = ()
    quantities: tuple[Mention, ...] = ()
    dates: tuple[Mention, ...] = ()
    polarity: Polarity = Polarity.AFFIRMATIVE
    modality: tuple[str, ...] = ()
    reliable: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """The stretch [start, end) of a text; the units of a text follow each other without gap or overlap."""

    start: int
    end: int
    kind: UnitKind
    claims: tuple[SuggestedClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class SplitWarning:
    """Something about [start, end) that a person should know before relying on the result."""

    type: str
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class SplitResult:
    """The units of a text of `length` code points in `language` (two letters, or "und")."""

    language: str
    length: int
    units: tuple[Unit, ...] = field(default=())
    warnings: tuple[SplitWarning, ...] = ()
