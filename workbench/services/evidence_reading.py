"""Reading evidence from files and rows: each item is a document ready to be stored, or a refusal by name."""

import json
import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import IO, NamedTuple

from db.evidence import NewDocument, NewPassage
from db.snapshots import NewFactCheck, Received
from db.vocabulary import Confidentiality
from workbench.credibility import domain_of
from workbench.errors import InputRefused
from workbench.intake import FactCheck, IncomingDocument, chunk_sections, import_row
from workbench.services.import_views import Refusal

LINE_LIMIT = 8_000_000


class Prepared(NamedTuple):
    """A document ready to be stored: with what deserves a look about it, the bytes it came as, and what it says as a fact-check."""

    document: NewDocument
    warnings: tuple[Refusal, ...] = ()
    received: Received | None = None
    fact_check: NewFactCheck | None = None


class Known(NamedTuple):
    """A file that was brought in before, byte for byte and under this name: the content hashes of what came from it.

    `confidentiality` is what whoever brings it in now asks for.
    """

    contents: tuple[str, ...]
    confidentiality: Confidentiality = Confidentiality.PUBLIC


Item = Prepared | Known | Refusal
"""A document, documents that are here already, or why there is none."""


def prepared(
    incoming: IncomingDocument,
    name: str,
    source_name: str = "",
    confidentiality: Confidentiality | None = None,
    line: int | None = None,
    received: Received | None = None,
) -> Prepared:
    """A document as it came in, with its passages, ready to be stored."""
    pieces = chunk_sections(incoming.text, incoming.sections)
    passages = tuple(NewPassage(piece.start, piece.end, piece.locator) for piece in pieces)
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
    checked = incoming.fact_check
    return Prepared(document, warnings, received, None if checked is None else _fact_check(checked))


def _fact_check(checked: FactCheck) -> NewFactCheck:
    return NewFactCheck(**{item.name: getattr(checked, item.name) for item in fields(NewFactCheck)})


def file_name(path: Path) -> str:
    """The name of a file without its folder, as text that can be stored: names may be any bytes."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _first_words(text: str, limit: int = 80) -> str:
    """What to call a document that names itself nowhere."""
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"


def count_lines(file: IO[bytes]) -> int:
    """How many line ends a file has, for progress; afterwards it is at its beginning again."""
    found = sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))
    file.seek(0)
    return found


def rows(
    file: IO[bytes],
    name: str,
    source_name: str,
    confidentiality: Confidentiality | None,
    *,
    keep: bool = False,
) -> Iterator[Item]:
    """The documents in JSON lines, one row at a time in bounded memory; with `keep` each with its row as it came."""
    number = 0
    while raw := file.readline(LINE_LIMIT + 1):
        number += 1
        if len(raw) > LINE_LIMIT:
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(LINE_LIMIT)
            yield Refusal(name, number, f"The row is longer than {LINE_LIMIT:,} bytes.")
        elif raw.strip():
            yield _from_row(raw, name, number, source_name, confidentiality, keep=keep)


def _from_row(
    raw: bytes, name: str, number: int, source_name: str, confidentiality: Confidentiality | None, *, keep: bool
) -> Item:
    try:
        row = json.loads(raw)
    except json.JSONDecodeError as error:
        return Refusal(name, number, f"The row is not JSON: {error.msg} at character {error.pos + 1}.")
    except (ValueError, RecursionError):
        return Refusal(name, number, "The row is not JSON in UTF-8, or holds a number without end.")
    if not isinstance(row, dict):
        return Refusal(name, number, "The row is not a JSON object.")
    try:
        received = Received(raw.strip(), "application/json", name=file_name(Path(name))) if keep else None
        return prepared(import_row(row, number), name, source_name, confidentiality, number, received)
    except InputRefused as error:
        return Refusal(name, number, str(error).removeprefix(f"Line {number}, "))
