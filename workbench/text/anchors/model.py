"""What an anchor is, what became of it, and its JSON form."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workbench.errors import InputRefused
from workbench.text.spans import Span

CONTEXT = 32
_POSITION, _QUOTE = "TextPositionSelector", "TextQuoteSelector"
_HINT = "Give a TextQuoteSelector with the exact words, and a TextPositionSelector with start and end if you have it."


class AnchorState(StrEnum):
    """Whether the words of an anchor still stand: the same, with changed words, or not at all."""

    OK = "ok"
    DRIFTED = "drifted"
    ORPHAN = "orphan"


class How(StrEnum):
    """The evidence that an anchor was found by; empty for an orphan."""

    POSITION = "position"
    EXACT = "exact"
    CONTEXT = "context"
    WHITESPACE = "whitespace"
    FUZZY = "fuzzy"
    NONE = ""


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """The stretch [start, end) of one text in code points, its words, and up to 32 characters on either side.

    Raises ValueError unless 0 <= start <= end, or when `exact` holds nothing but white space: such an anchor could
    only be guessed at.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"An anchor needs 0 <= start <= end; got start {self.start}, end {self.end}.")
        if not self.exact.strip():
            raise ValueError(f"An anchor needs words; [{self.start}, {self.end}) covers none.")

    @property
    def span(self) -> Span:
        """Where it stood in the text it was made on."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of an anchor in another text; `span` is None exactly for an orphan.

    `score` is the share of the words found again, 0 to 1: 1.0 for ok, and for an orphan how like the best rejected
    place was (0.0 when there was none). It says nothing of whether the place is right.
    """

    state: AnchorState
    span: Span | None
    score: float
    how: How


def anchor(text: str, span: Span, *, context: int = CONTEXT) -> Anchor:
    """The anchor of `span` in `text`, with up to `context` characters on either side.

    Raises ValueError when the span reaches beyond the text or covers nothing but white space.
    """
    exact = span.of(text)
    prefix = text[max(0, span.start - context) : span.start]
    return Anchor(span.start, span.end, exact, prefix, text[span.end : span.end + context])


def to_selectors(made: Anchor) -> dict[str, list[dict[str, str | int]]]:
    """`{"selector": [...]}` as a W3C SpecificResource carries it; offsets count code points, as the model asks."""
    return {
        "selector": [
            {"type": _POSITION, "start": made.start, "end": made.end},
            {"type": _QUOTE, "exact": made.exact, "prefix": made.prefix, "suffix": made.suffix},
        ]
    }


def _text_field(quote: dict[str, Any], name: str) -> str:
    value = quote.get(name, "")
    if not isinstance(value, str):
        raise InputRefused(f"The field '{name}' of a TextQuoteSelector is no text.", _HINT)
    return value


def from_selectors(target: dict[str, Any]) -> Anchor:
    """The anchor in `{"selector": ...}`, a list of selectors or a single one; unknown kinds are passed over.

    The position, the prefix and the suffix may be missing (the position then counts as 0). Raises InputRefused when
    there is no quotation, or when a field has the wrong type or order.
    """
    given = target.get("selector")
    selectors = [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, dict)]
    quote = next((one for one in selectors if one.get("type") == _QUOTE), None)
    if quote is None:
        raise InputRefused("The annotation quotes no words: it has no TextQuoteSelector.", _HINT)
    exact, prefix, suffix = (_text_field(quote, name) for name in ("exact", "prefix", "suffix"))
    position = next((one for one in selectors if one.get("type") == _POSITION), {"start": 0, "end": len(exact)})
    start, end = position.get("start"), position.get("end")
    if type(start) is not int or type(end) is not int:
        raise InputRefused("The start and end of a TextPositionSelector are not both whole numbers.", _HINT)
    try:
        return Anchor(start, end, exact, prefix, suffix)
    except ValueError as error:
        raise InputRefused(str(error), _HINT) from error
