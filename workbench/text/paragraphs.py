"""Paragraphs of a plain text: which line breaks part them and which only wrap a line."""

import re

from workbench.text.spans import Span

_LINE = re.compile(r"[^\n\v\f\x85\u2028\u2029]+")
_LIST_MARK = re.compile(r"\s*+(?:[•‣⁃◦▪●]\s*+|[*+\-–]\s++|(?:\d{1,3}(?:\.\)|[.)])|[A-Za-z]\))\s++)(?=\S)")
_WRAP_WIDTHS = range(40, 111)


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
    width = max((line.length for line in lines), default=0)
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


def _goes_on(text: str, above: Span, line: Span, width: int, paragraph: Span) -> bool:
    if text.count("\n", above.end, line.start) > 1:
        return False
    in_list = opens_list_item(text, paragraph.start, paragraph.end)
    if text[line.start].islower() and text[above.end - 1] not in ".!?:;" and not in_list:
        return True
    if width not in _WRAP_WIDTHS:
        return False
    first_word = text[line.start : line.end].split(maxsplit=1)[0]
    return above.length + 1 + len(first_word) > width
