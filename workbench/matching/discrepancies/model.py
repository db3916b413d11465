"""Findings: one place where a claim and a passage can be held against each other, and how they compare there."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What is compared."""

    FIGURE = "figure"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    SPEAKER = "speaker"
    UNIT = "unit"
    QUOTATION = "quotation"


class Relation(StrEnum):
    """How the two sides compare; none of them is a verdict."""

    CONFLICT = "conflict"
    CONSISTENT = "consistent"
    SCOPE_DIFFERS = "scope_differs"
    DATE_DIFFERS = "date_differs"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class FindingSide:
    """Verbatim words of one side; [start, end) in code points of the text that was given to `compare`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison, with a plain sentence that says what was found.

    `weak` marks a finding that is worth showing and says little by itself (negation). A side is None where the
    text has nothing to show there.
    """

    kind: FindingKind
    relation: Relation
    claim: FindingSide | None
    passage: FindingSide | None
    message: str
    weak: bool = False


def side_of(text: str, start: int, end: int) -> FindingSide:
    """The words [start, end) of `text` as a side."""
    return FindingSide(start, end, text[start:end])


def _side_json(side: FindingSide | None) -> dict[str, int | str] | None:
    return None if side is None else {"start": side.start, "end": side.end, "text": side.text}


def findings_to_json(findings: Iterable[Finding]) -> dict[str, list[dict[str, object]]]:
    """The shape of `workbench compare --format json`: {"findings": [...]}, keys added only, never changed."""
    return {
        "findings": [
            {
                "kind": finding.kind.value,
                "relation": finding.relation.value,
                "claim": _side_json(finding.claim),
                "passage": _side_json(finding.passage),
                "message": finding.message,
                "weak": finding.weak,
            }
            for finding in findings
        ]
    }
