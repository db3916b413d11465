"""Bytes to text: size, kind of file, encoding. What cannot be read for certain is refused or warned about."""

import codecs
import hashlib
import re
from dataclasses import dataclass

from workbench.errors import InputRefused
from workbench.intake.normal import normalise
from workbench.text.language import UNDETERMINED, detect_language
from workbench.text.visible import visible

LARGEST = 5 * 1024 * 1024
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document (docx, odt, epub)"),
    (b"\xd0\xcf\x11\xe0", "an old office document (doc, xls)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an audio, video or WebP file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a SQLite database"),
    (b"{\\rtf", "an RTF document"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio file"),
)
_HTML = re.compile(rb"\s*(?:<!doctype html|<html[\s>])", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROLS = 0.01
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE_AS_TEXT = "Save it as plain text or Markdown in UTF-8 and bring that in."


@dataclass(frozen=True, slots=True)
class Decoded:
    """Normalised text with the encoding it was read in and the hash of the bytes."""

    text: str
    encoding: str
    sha256: str
    warnings: tuple[str, ...]


def decode(data: bytes, name: str, limit: int | None = LARGEST) -> Decoded:
    """The text in `data`; `name` is what a person calls the file, for messages only. `limit` in bytes, None for no limit.

    Raises InputRefused when it is empty, over the limit, no text, or in an encoding that cannot be told.
    """
    shown = visible(name)
    if limit is not None and len(data) > limit:
        raise InputRefused(
            f"“{shown}” has {len(data) / 1_048_576:.1f} MB; the limit is {LARGEST // 1_048_576} MB.",
            "Split it into parts and bring them in one by one.",
        )
    encoding, body = _by_mark(data)
    if encoding is None:
        _refuse_binary(data, shown)
    text, used, warnings = _decoded(body, encoding, shown)
    text = normalise(text)
    if not text.strip():
        raise InputRefused(f"“{shown}” is empty.", "Choose a file that holds text.")
    if "\x00" in text or len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise InputRefused(f"“{shown}” is not text: it is full of control characters.", _SAVE_AS_TEXT)
    return Decoded(text, used, hashlib.sha256(data).hexdigest(), warnings)


def _by_mark(data: bytes) -> tuple[str | None, bytes]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return None, data


def _refuse_binary(data: bytes, shown: str) -> None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise InputRefused(f"“{shown}” is {kind}, not plain text or Markdown.", _SAVE_AS_TEXT)
    if b"\x00" in data:
        raise InputRefused(f"“{shown}” is not text: it holds NUL bytes.", _SAVE_AS_TEXT)
    if _HTML.match(data[:1_000]):
        raise InputRefused(f"“{shown}” is a web page (HTML), not plain text or Markdown.", _SAVE_AS_TEXT)


def _decoded(data: bytes, encoding: str | None, shown: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        return data.decode(encoding or "utf-8"), encoding or "utf-8", ()
    except UnicodeDecodeError as error:
        if encoding is not None:
            raise InputRefused(
                f"“{shown}” begins with the mark of {encoding}, but byte {error.start} is not valid in it.",
                "The file is damaged or was joined from two; save it again as UTF-8.",
            ) from error
    return _guessed(data, shown)


def _guessed(data: bytes, shown: str) -> tuple[str, str, tuple[str, ...]]:
    text, encoding = _western(data) or _by_statistics(data, shown)
    warning = f"“{shown}” is not UTF-8; it was read as {encoding}, which is a guess. Check accents and quotation marks."
    return text, encoding, (warning,)


def _western(data: bytes) -> tuple[str, str] | None:
    """Windows-1252 when that gives a language it is used for: statistics alone take it for its neighbours."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return None if detect_language(text) == UNDETERMINED else (text, "cp1252")


def _by_statistics(data: bytes, shown: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise InputRefused(
            f"“{shown}” is not UTF-8 and its encoding cannot be told.", "Save it again as UTF-8 and bring that in."
        )
    return str(best), best.encoding
