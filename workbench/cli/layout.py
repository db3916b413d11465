"""Laying text out for a terminal or a screen reader: one thing after the other, aligned, never wider than asked."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from workbench.text.visible import visible


def cells(text: str) -> int:
    """How many terminal columns `text` takes: two for wide letters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_cell(letter) for letter in text)


def _cell(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def one_line(text: str) -> str:
    """`text` on one line, made visible; runs of white space become one space."""
    return visible(" ".join(text.split()))


def clip(text: str, columns: int) -> str:
    """`text` on one line of at most `columns`, with … where something was left out."""
    line = one_line(text)
    if cells(line) <= columns:
        return line
    kept, used = [], 1
    for letter in line:
        used += _cell(letter)
        if used > columns:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + "…"


def pad(text: str, columns: int) -> str:
    """`text` filled with blanks to `columns`."""
    return text + " " * max(0, columns - cells(text))


def wrap(text: str, columns: int, first: str = "", rest: str | None = None, *, cut: bool = True) -> str:
    """`text` in lines of at most `columns`; `first` begins the first line, `rest` the others (blanks by default).

    Words longer than a line are cut, unless `cut` says to leave them whole; white space is not kept.
    """
    rest = " " * cells(first) if rest is None else rest
    room = max(8, columns - max(cells(first), cells(rest)))
    lines: list[str] = []
    line, used = "", 0
    words = one_line(text).split(" ")
    for word in _cut_words(words, room) if cut else words:
        size = cells(word)
        if line and used + 1 + size > room:
            lines.append(line)
            line, used = word, size
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    lines.append(line)
    return "\n".join(f"{first if number == 0 else rest}{line}".rstrip() for number, line in enumerate(lines))


def _cut_words(words: Iterable[str], room: int) -> Iterable[str]:
    for word in words:
        piece, used = "", 0
        if cells(word) <= room:
            yield word
            continue
        for letter in word:
            if used + _cell(letter) > room:
                yield piece
                piece, used = "", 0
            piece, used = piece + letter, used + _cell(letter)
        yield piece


def fields(rows: Iterable[tuple[str, str]], columns: int, indent: str = "") -> str:
    """Names and values under each other, aligned; a row without a value is left out.

    Addresses, paths and hashes stay in one piece, so that they can be copied.
    """
    kept = [(name, value) for name, value in rows if value.strip()]
    widest = max((cells(name) for name, _ in kept), default=0)
    return "\n".join(wrap(value, columns, f"{indent}{pad(name, widest)}  ", cut=False) for name, value in kept)


def joined(parts: Sequence[str]) -> str:
    """The parts that are not empty, on one line with dots between."""
    return " · ".join(part for part in parts if part)


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun: 1 claim, 1,200 claims."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def when(moment: datetime | date | None) -> str:
    """A moment for reading, in UTC: 2026-03-17 09:30; a date without a time of day."""
    if moment is None:
        return ""
    return moment.strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else moment.isoformat()
