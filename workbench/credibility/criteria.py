"""The criteria that a source is looked at by: a small, neutral, versioned set, kept as data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing to look up about a source: `question` is what is asked, `evidence` what counts as an answer."""

    id: str
    name: str
    question: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Criteria:
    """A set of criteria in one version, in the order in which they are shown."""

    id: str
    version: str
    name: str
    language: str
    note: str
    items: tuple[Criterion, ...]

    @property
    def key(self) -> str:
        """Names this set in this version, as in `workbench-criteria@1`."""
        return f"{self.id}@{self.version}"

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with this id. Raises InputRefused, listing the criteria there are."""
        for item in self.items:
            if item.id == criterion_id:
                return item
        raise InputRefused(
            f"There is no criterion {criterion_id!r} in {self.key}.",
            f"Use one of: {', '.join(item.id for item in self.items)}.",
        )


@cache
def load_criteria() -> Criteria:
    """The criteria in the package, read once."""
    table = tomllib.loads((files("workbench.credibility") / "data" / "criteria.toml").read_text(encoding="utf-8"))
    items = tuple(Criterion(**entry) for entry in table.pop("criteria"))
    return Criteria(items=items, **table)
