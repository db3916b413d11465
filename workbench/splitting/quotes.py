"""Quoted stretches of a block, with straight or curly marks, closed or running on into the next paragraph."""

import re
from dataclasses import dataclass

_DOUBLE = re.compile(r"[\"“”„«»‟]")
_SINGLE = re.compile(
    r"(?<![\w'’])['‘](?=\w)(?P<inner>[^'‘\n\"“”]{8,600}?(?:['’](?=\w)[^'‘\n\"“”]{1,300}?){0,6})['’](?!\w)"
)
_PAIR = re.compile(r"''(?=(\w)?)")
_ALWAYS_OPEN, _ALWAYS_CLOSE = "„«‟", "»"


@dataclass(frozen=True, slots=True)
class Quote:
    """The quoted words at [start, end), without their marks; `closed` says whether the closing mark was there."""

    start: int
    end: int
    closed: bool


def join_paired_marks(text: str) -> str:
    """`text` with two single quotation marks in a row read as a double one; same length, for reading only."""
    if "''" not in text:
        return text
    return _PAIR.sub(lambda found: ' "' if found.group(1) else '" ', text)


def find_quotes(text: str, start: int, end: int) -> list[Quote]:
    """The quoted stretches in the block [start, end), in order and not nested.

    Single quotation marks count only where the block has no double ones, because most of them are apostrophes.
    """
    quotes: list[Quote] = []
    opened = -1
    marks = 0
    for found in _DOUBLE.finditer(text, start, end):
        marks += 1
        at, mark = found.start(), found.group()
        if _opens(text, mark, start, opened):
            if opened >= 0:
                quotes.append(Quote(opened, at, closed=False))
            opened = at + 1
        elif opened >= 0:
            quotes.append(Quote(opened, at, closed=True))
            opened = -1
    if opened >= 0:
        quotes.append(Quote(opened, end, closed=False))
    if not marks:
        quotes.extend(Quote(f.start("inner"), f.end("inner"), closed=True) for f in _SINGLE.finditer(text, start, end))
    return [quote for quote in quotes if text[quote.start : quote.end].strip()]


def _opens(text: str, mark: str, start: int, opened: int) -> bool:
    if mark in _ALWAYS_OPEN:
        return True
    if mark in _ALWAYS_CLOSE:
        return False
    if mark == "“":
        # In German the same mark closes what „ opened.
        return not (opened > start and text[opened - 1] == "„")
    if mark == "”":
        return False
    return opened < 0
