"""What became of a stretch of text from one version to the next."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from workbench.text.spans import Span


class ChangeKind(StrEnum):
    """What became of a stretch of text from one version to the next."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence, or a few that were joined or parted: `old` in the old text and `new` in the new one.

    `old` is empty for what was inserted and `new` for what was deleted; an empty span stands where it would be.
    """

    kind: ChangeKind
    old: Span
    new: Span


class WordChange(NamedTuple):
    """One run of words: what became of it, its span in the old and its span in the new text."""

    op: ChangeKind
    old: Span
    new: Span
