"""Writing: data on standard output, narration on standard error, and never a raw control character in text."""

import json
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from workbench.errors import ExitCode, InputRefused, WorkbenchError
from workbench.files import read_bounded
from workbench.text.visible import visible

WIDTH = 80
_WIDEST = 100
_PLAIN = str.maketrans(
    {"·": "-", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "×": "x", "\u00a0": " "}
)
_LARGEST_INPUT = 5 * 1024 * 1024
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of files whose format has a limit of its own."""

# JSON allows these raw, a terminal or a log should not get them; as escapes they read back as what they were.
_HIDDEN = re.compile(
    "[\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)


class OutputLost(WorkbenchError):
    """What was asked for could not be written where it was to go."""

    exit_code = ExitCode.INPUT_REFUSED


class ReaderGone(Exception):
    """Whoever reads an output has had enough; the work is done as far as anybody wants it."""


def _write(stream: TextIO, text: str) -> None:
    """Write and flush. Not through click, which sends UTF-8 to a terminal that says it cannot show it."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError as error:
        raise ReaderGone from error


def _spelled(stream: TextIO, text: str) -> str:
    shown = visible(text)
    return shown if _unicode(stream) else shown.translate(_PLAIN)


def _unicode(stream: TextIO) -> bool:
    return (stream.encoding or "ascii").lower().replace("-", "").startswith("utf")


def plain_signs(text: str) -> str:
    """The text with typographic signs in ASCII; letters stay as they are."""
    return text.translate(_PLAIN)


def out(text: str = "") -> None:
    """One piece of data for standard output, with a line end; control characters are made visible."""
    _write(sys.stdout, _spelled(sys.stdout, text) + "\n")


def out_exactly(text: str) -> None:
    """A stored text for standard output: to the letter into a file or pipe, made visible on a terminal."""
    _write(sys.stdout, _spelled(sys.stdout, text) if sys.stdout.isatty() else text)


def say(text: str) -> None:
    """One line of narration for standard error."""
    _write(sys.stderr, _spelled(sys.stderr, text) + "\n")


def to_json(value: object, *, indent: int | None = 2) -> str:
    """`value` as JSON with readable letters; what would hide or act on a terminal is escaped."""
    text = json.dumps(value, ensure_ascii=not _unicode(sys.stdout), allow_nan=False, indent=indent)
    return _HIDDEN.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code > 0xFFFF:
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"


def out_json(value: object) -> None:
    """One JSON value for standard output."""
    _write(sys.stdout, to_json(value) + "\n")


def out_rows(rows: Iterable[dict[str, Any]]) -> None:
    """JSON Lines for standard output, each written as it comes."""
    for row in rows:
        _write(sys.stdout, to_json(row, indent=None) + "\n")


def width() -> int:
    """Columns to lay text out in: the terminal's, at most 100; 80 where output goes elsewhere."""
    if not sys.stdout.isatty():
        return WIDTH
    return max(40, min(shutil.get_terminal_size((WIDTH, 24)).columns, _WIDEST))


def plain_marks() -> bool:
    """Whether standard output cannot spell the status marks."""
    return not _unicode(sys.stdout)


def read_input(file: str, files_of: int = _LARGEST_INPUT) -> tuple[bytes, str]:
    """The bytes of a file of at most `files_of` bytes, or of standard input for "-", and a name for them. Raises InputRefused."""
    if file == "-":
        if sys.stdin.isatty():
            say("reading from the keyboard; Ctrl-D ends the text")
        return _bounded(sys.stdin.buffer.read(_LARGEST_INPUT + 1), "standard input"), "standard input"
    path = Path(file)
    return read_bounded(path, files_of), path.name


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > _LARGEST_INPUT:
        raise InputRefused(f"{name} is larger than {_LARGEST_INPUT // 1024**2} MB.", "Split it into smaller files.")
    return data


def words_or_input(value: str) -> str:
    """A text given as an option; "-" reads it from standard input instead. Raises InputRefused for other than UTF-8."""
    if value != "-":
        return value
    data, name = read_input("-")
    try:
        return data.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise InputRefused(f"{name} is not UTF-8 at byte {error.start}.", "Convert it first.") from error
