"""What a verdict still needs before it can be called final: a checklist, computed while the checker works.

The rules are the part of the IFCN code of principles that can be checked from what is on record. Whether a source is
relevant and whether the selection is fair stays a person's judgement: a met rule never means that a verdict is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

REQUIRED_ORIGINS = 2


class Stance(StrEnum):
    """What a cited passage does to the claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class Role(StrEnum):
    """What the source is for this claim; the same source can be something else for the next one."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    CLAIMANT = "claimant"
    EXPERT = "expert"


class RuleState(StrEnum):
    """Whether a rule holds; unknown where what is on record does not tell."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CitationFacts:
    """What the checklist needs to know of one citation.

    `origin` names the cluster of passages with one root, None while nobody has decided it. `quote_found` is whether
    `quote` stands in the stored text, None when that was not looked up. `role` is None while it is not chosen.
    """

    stance: Stance
    role: Role | None
    locator: str = ""
    address: str = ""
    archive: str = ""
    document_id: str = ""
    accessed_on: date | None = None
    origin: str | None = None
    quote: str = ""
    quote_found: bool | None = None


@dataclass(frozen=True, slots=True)
class VerdictFacts:
    """What the checklist needs to know of one verdict and its claim.

    `rests_on_evidence` comes from the chosen level (True while none is chosen). For levels that say evidence is
    missing, `negative_searches` counts the logged searches that found nothing, and `missing` says what would settle it.
    """

    rationale: str
    citations: tuple[CitationFacts, ...] = ()
    rests_on_evidence: bool = True
    negative_searches: int = 0
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the checklist: `text` says what is asked for, `detail` what was found."""

    id: str
    text: str
    state: RuleState
    detail: str


def check(facts: VerdictFacts, *, required_origins: int = REQUIRED_ORIGINS) -> tuple[Rule, ...]:
    """The checklist for one verdict, always in the same order.

    A level that rests on evidence is asked for a complete citation, a primary source or `required_origins` independent
    origins, and a source other than the claimant. A level that says evidence is missing is asked for what was looked
    for instead. Both are asked for a rationale and for quotations that are still found.
    """
    evidence = tuple(item for item in facts.citations if item.stance is not Stance.CONTEXT)
    first: tuple[Rule, ...]
    if facts.rests_on_evidence:
        first = (_citation(facts.citations), _origins(evidence, required_origins), _claimant(evidence))
    else:
        first = (_search(facts),)
    return (*first, _rationale(facts.rationale), _quotes(facts.citations))


def gaps(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules that are not met, unknown ones included."""
    return tuple(rule for rule in rules if rule.state is not RuleState.MET)


def _lacks(item: CitationFacts) -> list[str]:
    lacks = []
    if not item.locator.strip():
        lacks.append("a locator")
    if not (item.address.strip() or item.archive.strip() or item.document_id.strip()):
        lacks.append("an address, archive or document id")
    if item.accessed_on is None:
        lacks.append("an access date")
    return lacks


def _citation(citations: Sequence[CitationFacts]) -> Rule:
    text = "A citation with a locator, an address, archive or document id, and an access date"
    if not citations:
        return Rule("citation", text, RuleState.UNMET, "There is no citation yet.")
    lacking = [(number, _lacks(item)) for number, item in enumerate(citations, start=1)]
    complete = sum(not lacks for _, lacks in lacking)
    if complete:
        return Rule("citation", text, RuleState.MET, f"{complete} of {len(citations)} complete.")
    number, lacks = lacking[0]
    return Rule("citation", text, RuleState.UNMET, f"Citation {number} lacks {' and '.join(lacks)}.")


def _origins(evidence: Sequence[CitationFacts], required: int) -> Rule:
    text = f"A primary source, or {required} independent origins"
    if not evidence:
        return Rule("origins", text, RuleState.UNMET, "Nothing is cited that supports or refutes the claim.")
    primary = sum(item.role is Role.PRIMARY for item in evidence)
    if primary:
        return Rule("origins", text, RuleState.MET, _counted(primary, "primary source") + ".")
    # The claimant repeating the claim is no origin of its own.
    others = [item for item in evidence if item.role is not Role.CLAIMANT]
    known = {item.origin for item in others if item.origin is not None}
    undecided = sum(item.origin is None for item in others)
    if len(known) >= required:
        return Rule("origins", text, RuleState.MET, _counted(len(known), "independent origin") + ".")
    found = f"No primary source; {_counted(len(known), 'independent origin')}"
    if len(known) + undecided >= required:
        return Rule("origins", text, RuleState.UNKNOWN, f"{found}, {undecided} not yet decided.")
    return Rule("origins", text, RuleState.UNMET, f"{found}.")


def _claimant(evidence: Sequence[CitationFacts]) -> Rule:
    text = "The claimant is not the only source"
    if not evidence:
        return Rule("claimant", text, RuleState.UNKNOWN, "Nothing is cited that supports or refutes the claim.")
    others = sum(item.role is not None and item.role is not Role.CLAIMANT for item in evidence)
    if others:
        return Rule("claimant", text, RuleState.MET, f"{_counted(others, 'source')} besides the claimant.")
    undecided = sum(item.role is None for item in evidence)
    if undecided:
        return Rule("claimant", text, RuleState.UNKNOWN, f"{_counted(undecided, 'citation')} without a role.")
    return Rule("claimant", text, RuleState.UNMET, "Every citation goes back to the claimant.")


def _search(facts: VerdictFacts) -> Rule:
    text = "What was looked for, or what would settle it, is on record"
    if facts.negative_searches > 0:
        detail = f"{_counted(facts.negative_searches, 'search', 'searches')} without a find logged."
        return Rule("search", text, RuleState.MET, detail)
    if facts.missing.strip():
        return Rule("search", text, RuleState.MET, "What is missing is stated.")
    return Rule("search", text, RuleState.UNMET, "No search is logged, and what is missing is not stated.")


def _rationale(rationale: str) -> Rule:
    text = "The rationale is written"
    if rationale.strip():
        return Rule("rationale", text, RuleState.MET, _counted(len(rationale.split()), "word") + ".")
    return Rule("rationale", text, RuleState.UNMET, "The rationale is empty.")


def _quotes(citations: Sequence[CitationFacts]) -> Rule:
    text = "Every quotation is still found in the stored text"
    quoted = [(number, item) for number, item in enumerate(citations, start=1) if item.quote.strip()]
    if not quoted:
        return Rule("quote", text, RuleState.UNKNOWN, "No quotation to look up.")
    lost = [str(number) for number, item in quoted if item.quote_found is False]
    if lost:
        return Rule("quote", text, RuleState.UNMET, f"Not found any more: citation {', '.join(lost)}.")
    unseen = sum(item.quote_found is None for _, item in quoted)
    if unseen:
        return Rule("quote", text, RuleState.UNKNOWN, f"{unseen} of {len(quoted)} not looked up.")
    return Rule("quote", text, RuleState.MET, f"{len(quoted)} of {len(quoted)} found.")


def _counted(number: int, one: str, several: str = "") -> str:
    return f"{number} {one}" if number == 1 else f"{number} {several or one + 's'}"
