"""Reading evidence from files and rows: each item is a document ready to be stored, or a refusal by name."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from db.evidence import NewDocument, NewPassage
from db.vocabulary import Confidentiality
from workbench.credibility import domain_of
from workbench.errors import InputRefused
from workbench.files import read_bounded
from workbench.intake import IncomingDocument, chunk, import_row, read_document
from workbench.intake.decoding import LARGEST
from workbench.services.views import Refusal

LINE_LIMIT = 8_000_000
SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})

Item = tuple[NewDocument, tuple[Refusal, ...]] | Refusal
"""A document with what deserves a look about it, or why there is none."""


def files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files that paths name: each file, and everything in a folder that is not hidden, in order."""
    for path in paths:
        if path.is_dir():
            inside = (file for file in sorted(path.rglob("*")) if file.is_file())
            yield from (
                file for file in inside if not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
        else:
            yield path


def from_file(path: Path, source_name: str, confidentiality: Confidentiality | None) -> Item:
    """The document in one file."""
    if path.suffix and path.suffix.lower() not in SUFFIXES:
        return Refusal(str(path), None, f"{path.suffix} files are not read yet; plain text and Markdown are.")
    try:
        return prepared(read_document(read_bounded(path, LARGEST), path.name), str(path), source_name, confidentiality)
    except InputRefused as error:
        return Refusal(str(path), None, str(error))


def prepared(
    incoming: IncomingDocument,
    name: str,
    source_name: str = "",
    confidentiality: Confidentiality | None = None,
    line: int | None = None,
) -> Item:
    """A document as it came in, with its passages, ready to be stored."""
    passages = tuple(NewPassage(piece.start, piece.end, piece.locator) for piece in chunk(incoming.text))
    warnings = tuple(Refusal(name, line, text) for text in incoming.warnings)
    document = NewDocument(
        title=incoming.title or _first_words(incoming.text),
        text=incoming.text,
        passages=passages,
        source_name=incoming.outlet or source_name,
        authors=incoming.authors,
        url=incoming.url or "",
        domain=domain_of(incoming.url) if incoming.url else "",
        published_at=incoming.published.isoformat() if incoming.published else "",
        language=incoming.language,
        media_type=incoming.media_type,
        confidentiality=confidentiality or Confidentiality(incoming.confidentiality or "public"),
        external_id=incoming.external_id or "",
    )
    return document, warnings


def _first_words(text: str, limit: int = 80) -> str:
    """What to call a document that names itself nowhere."""
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"


def count_lines(path: Path) -> int:
    """How many line ends a file has, for progress."""
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))


def rows(file: IO[bytes], name: str, source_name: str, confidentiality: Confidentiality | None) -> Iterator[Item]:
    """The documents in JSON lines, one row at a time in bounded memory."""
    number = 0
    while raw := file.readline(LINE_LIMIT + 1):
        number += 1
        if len(raw) > LINE_LIMIT:
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(LINE_LIMIT)
            yield Refusal(name, number, f"The row is longer than {LINE_LIMIT:,} bytes.")
        elif raw.strip():
            yield _from_row(raw, name, number, source_name, confidentiality)


def _from_row(raw: bytes, name: str, number: int, source_name: str, confidentiality: Confidentiality | None) -> Item:
    try:
        row = json.loads(raw)
    except json.JSONDecodeError as error:
        return Refusal(name, number, f"The row is not JSON: {error.msg} at character {error.pos + 1}.")
    except (ValueError, RecursionError):
        return Refusal(name, number, "The row is not JSON in UTF-8, or holds a number without end.")
    if not isinstance(row, dict):
        return Refusal(name, number, "The row is not a JSON object.")
    try:
        return prepared(import_row(row, number), name, source_name, confidentiality, number)
    except InputRefused as error:
        return Refusal(name, number, str(error).removeprefix(f"Line {number}, "))
