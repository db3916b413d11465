"""User text on screen: the only way in which text from outside becomes something that Textual draws.

Nothing here is markup. Characters that would act on the terminal or hide are shown (`workbench.text.visible`).
"""

import re
from collections.abc import Iterable

from textual.content import Content, Span
from textual.style import Style

from workbench.text import visible

Mark = tuple[int, int, Style | str]
"""[start, end) in the text as stored, and how to draw it."""

_BLANKS = re.compile(r"[ \t\n]+")
_UNSEEN = "▯"


class Shown:
    """A text as stored beside its visible form, with offsets from one to the other."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = visible(raw)
        self._starts: list[int] | None = None if self.text == raw else _starts(raw, self.text)

    def offset(self, raw_offset: int) -> int:
        """Where the character at `raw_offset` begins in the visible text."""
        if self._starts is None:
            return raw_offset
        return self._starts[max(0, min(raw_offset, len(self.raw)))]

    def content(self, marks: Iterable[Mark] = (), style: Style | str = "") -> Content:
        """The visible text in `style`, with the marks, given in stored offsets, laid over it."""
        spans = [Span(0, len(self.text), style)] if style and self.text else []
        for start, end, mark in marks:
            first, last = self.offset(start), self.offset(end)
            if first < last:
                spans.append(Span(first, last, mark))
        return Content(self.text, spans)


def _starts(raw: str, shown: str) -> list[int]:
    """For each character of `raw`, and its end, where it begins in `shown`."""
    starts, at = [], 0
    for character in raw:
        starts.append(at)
        at += 1 if shown.startswith(character, at) else len(visible(character))
    starts.append(len(shown))
    return starts


def content(text: str, style: Style | str = "") -> Content:
    """`text` as it is, line breaks included."""
    return Shown(text).content(style=style)


def line(text: str, style: Style | str = "") -> Content:
    """`text` on one line: every run of blanks and line breaks is one space."""
    shown = plain_line(text)
    return Content(shown, [Span(0, len(shown), style)] if style and shown else [])


def plain(text: str) -> str:
    """`text` for places that take a string and no markup: fields, notices, the title of the terminal."""
    return visible(text)


def plain_line(text: str) -> str:
    """`plain` on one line."""
    return _BLANKS.sub(" ", visible(text)).strip()


def same_length(text: str) -> str:
    """`text` made safe character by character, for editors whose columns count stored characters."""
    shown = visible(text)
    if shown == text:
        return text
    starts = _starts(text, shown)
    return "".join(
        character if shown[start : start + 1] == character else shown[start] if end - start == 1 else _UNSEEN
        for character, start, end in zip(text, starts, starts[1:], strict=False)
    )


def joined(parts: Iterable[Content], between: str = " · ") -> Content:
    """The parts that are not empty, with `between` between them."""
    return Content(between).join([part for part in parts if part])
