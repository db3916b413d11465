"""Paragraphs of a plain text: which line breaks part them and which only wrap a line."""

import itertools
import re

from workbench.text.spans import Span

_LINE = re.compile(r"[^\n\v\f\x85\u2028\u2029]+")
_LIST_MARK = re.compile(
    r"\s*+(?:[•‣⁃◦▪●]\s*+|[*+\-–]\s++|(?:\d{1,3}(?:\.\)|[.)])|[A-Za-z]\)|\d{1,2}/(?:\d{1,2})?)\s++)(?=\S)"
)
_WRAP_WIDTHS = range(40, 111)
_NEARLY_FULL, _MOSTLY = 0.7, 0.6
# "Q: …", "MAYOR POE: …", "Jane Doe: …": who speaks in a transcript opens a paragraph.
_LABEL = re.compile(r"(?:[A-Z][\w.'’-]*\s){0,3}[A-Z][\w.'’-]*:\s|[QA]\.\s")


def opens_list_item(text: str, start: int, end: int) -> bool:
    """Whether the line [start, end) begins with a bullet or a number of a list."""
    return _LIST_MARK.match(text, start, end) is not None


def trimmed(text: str, start: int, end: int) -> Span:
    """[start, end) without white space at both ends; empty at its start when there is nothing else."""
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return Span(first, max(first, start + len(piece.rstrip())))


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The paragraphs in [start, end), each without white space around it; items of a list stand alone.

    A line goes on with the one before it when it begins with a small letter after unfinished words, or when all lines
    are short enough for a fixed width and its first word would not have fitted on the line above.
    """
    stop = len(text) if end is None else end
    lines = [trimmed(text, found.start(), found.end()) for found in _LINE.finditer(text, start, stop)]
    lines = [line for line in lines if line.length]
    width = _wrap_width(text, lines)
    result: list[Span] = []
    above = Span(0, 0)
    for line in lines:
        if (
            result
            and not opens_list_item(text, line.start, line.end)
            and _goes_on(text, above, line, width, result[-1])
        ):
            result[-1] = Span(result[-1].start, line.end)
        else:
            result.append(line)
        above = line
    return result


def _wrap_width(text: str, lines: list[Span]) -> int:
    """The width that lines were wrapped at, or 0: wrapped lines are mostly full where another follows at once."""
    width = max((line.length for line in lines), default=0)
    if width not in _WRAP_WIDTHS:
        return 0
    followed = [a.length for a, b in itertools.pairwise(lines) if text.count("\n", a.end, b.start) == 1]
    full = sum(length >= _NEARLY_FULL * width for length in followed)
    return width if full >= _MOSTLY * len(followed) else 0


def _goes_on(text: str, above: Span, line: Span, width: int, paragraph: Span) -> bool:
    if text.count("\n", above.end, line.start) > 1:
        return False
    in_list = opens_list_item(text, paragraph.start, paragraph.end)
    if text[line.start].islower() and text[above.end - 1] not in ".!?:;" and not in_list:
        return True
    if not width or _LABEL.match(text, line.start, line.end):
        return False
    first_word = text[line.start : line.end].split(maxsplit=1)[0]
    return above.length + 1 + len(first_word) > width
