"""The closed word lists stored in columns. One word per thing, everywhere."""

from enum import StrEnum


class UnitKind(StrEnum):
    """What a stretch of an article is."""

    TITLE = "title"
    HEADING = "heading"
    BYLINE = "byline"
    DATELINE = "dateline"
    SENTENCE = "sentence"
    QUOTATION = "quotation"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class UnitState(StrEnum):
    """How far the checking of a unit has come; every unit has exactly one."""

    TO_CHECK = "to_check"
    IN_WORK = "in_work"
    CHECKED = "checked"
    SET_ASIDE = "set_aside"


class Relation(StrEnum):
    """How a claim hangs together with the sentence it was taken from.

    The sentence itself; that somebody said something (ACT) and what (CONTENT); what the splitter finds besides, from clauses to
    single details; then what a person or the helper picked (PART) and what is not in the words (IMPLIED, PRESUPPOSED).
    """

    SENTENCE = "sentence"
    ACT = "act"
    CONTENT = "content"
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
    PART = "part"
    IMPLIED = "implied"
    PRESUPPOSED = "presupposed"


class ClaimStatus(StrEnum):
    """What a person decided about working on a claim; progress itself is read from citations and verdicts."""

    OPEN = "open"
    SET_ASIDE = "set_aside"


class Stance(StrEnum):
    """What a cited passage does to the claim, in the judgement of the person who cites it."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class Role(StrEnum):
    """What the source is for this one claim."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    CLAIMANT = "claimant"
    EXPERT = "expert"


class Confidentiality(StrEnum):
    """Who may see a document; only the last one never leaves the desk in a share."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


class SourceKind(StrEnum):
    """What a source is."""

    OUTLET = "outlet"
    AGENCY = "agency"
    INSTITUTION = "institution"
    PERSON = "person"


class CriterionState(StrEnum):
    """How a source meets a criterion; without evidence it is unknown."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class ReviewOutcome(StrEnum):
    """What a second checker says of a recorded verdict."""

    AGREES = "agrees"
    DISAGREES = "disagrees"


class Kind(StrEnum):
    """What a revision decides; one table is the projection of each."""

    ARTICLE = "article"
    VERSION = "version"
    CUT = "cut"
    CLAIM = "claim"
    ANCHOR = "anchor"
    DROPPED_OFFER = "dropped_offer"
    COEFFICIENTS = "coefficients"
    CITATION = "citation"
    VERDICT = "verdict"
    REVIEW = "review"
    CONFIRMATION = "confirmation"
    DISMISSAL = "dismissal"
    HANDLING = "handling"
    SOURCE = "source"
    ASSESSMENT = "assessment"
    ATTESTATION = "attestation"
    ORIGIN_LINK = "origin_link"
    RESOLUTION = "resolution"
    TERM = "term"
