"""Hints about the blocks of a text, handed from intake (which saw the markup) to splitting (which sees only text)."""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What the markup of a document said a stretch of its text is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    CAPTION = "caption"
    BYLINE = "byline"
    DATELINE = "dateline"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True, order=True)
class BlockHint:
    """The stretch [start, end) of a clean text is one block of `kind`; line breaks inside it are only wrapping.

    Raises ValueError unless 0 <= start <= end.
    """

    start: int
    end: int
    kind: BlockKind

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"A block needs 0 <= start <= end; got start {self.start}, end {self.end}.")
