"""What holds a claim against a passage, as text for people."""

from workbench.cli.layout import wrap
from workbench.cli.output import plain_marks
from workbench.matching.discrepancies.model import Finding, Relation

_MARKS = {
    Relation.CONFLICT: ("≠", "!="),
    Relation.CONSISTENT: ("=", "="),
    Relation.SCOPE_DIFFERS: ("≈", "~"),
    Relation.DATE_DIFFERS: ("≈", "~"),
    Relation.MISSING: ("∅", "-"),
}


def finding_line(found: Finding, columns: int, indent: str = "") -> str:
    """How claim and passage compare at one place: a mark, and a sentence that says the same in words."""
    return wrap(found.message, columns, f"{indent}{_MARKS[found.relation][plain_marks()]} ")
