"""Rows of an evidence import, one JSON object a line."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from workbench.errors import InputRefused
from workbench.intake.model import IncomingDocument
from workbench.intake.normal import normalise
from workbench.text.identify import identify_language
from workbench.text.visible import visible

CONFIDENTIALITY = ("public", "internal", "confidential")
_LONGEST_TEXT = 5_000_000
_LONGEST_FIELD = 2_000
_MOST_AUTHORS = 200
_KNOWN = frozenset({"id", "title", "text", "url", "source", "authors", "published_at", "language", "confidentiality"})


def import_row(row: object, line: int) -> IncomingDocument:
    """The document in one row of `evidence import`; `line` is counted from 1, for messages only.

    Text is normalised. `sha256` is of the text as received, in UTF-8. Fields that are not known are named in a warning.
    Raises InputRefused, naming line and field, when something is missing, of a wrong type, too long or no date.
    """
    if not isinstance(row, Mapping):
        raise _refused(line, "row", "is not a JSON object", 'Write {"text": "…"} with one document a line.')
    text = _string(row, "text", line, _LONGEST_TEXT)
    if text is None or not text.strip():
        raise _refused(line, "text", "is missing or empty", "Every row needs the document's text.")
    clean = normalise(text)
    language = _string(row, "language", line, 35)
    unknown = sorted(visible(str(key)) for key in row if key not in _KNOWN)
    return IncomingDocument(
        text=clean,
        title=_short(row, "title", line),
        authors=_authors(row, line),
        published=_published(row, line),
        url=_short(row, "url", line),
        outlet=_short(row, "source", line),
        language=language.lower() if language else identify_language(clean),
        media_type="text/plain",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        external_id=_identifier(row, line),
        confidentiality=_confidentiality(row, line),
        warnings=(f"Line {line}: unknown fields were left out: {', '.join(unknown)}.",) if unknown else (),
    )


def _refused(line: int, field: str, problem: str, hint: str) -> InputRefused:
    return InputRefused(f"Line {line}, field “{field}”: {problem}.", hint)


def _string(row: Mapping[str, object], field: str, line: int, longest: int) -> str | None:
    value = row.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _refused(line, field, f"is a {type(value).__name__}, not a string", "Put it in quotation marks.")
    if len(value) > longest:
        raise _refused(line, field, f"has {len(value):,} characters; the limit is {longest:,}", "Shorten or split it.")
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise _refused(line, field, "holds NUL or half a surrogate pair, which is no text", "Repair the row.")
    return value


def _short(row: Mapping[str, object], field: str, line: int) -> str | None:
    value = _string(row, field, line, _LONGEST_FIELD)
    cleaned = " ".join(normalise(value).split()) if value else ""
    return cleaned or None


def _identifier(row: Mapping[str, object], line: int) -> str | None:
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(row, "id", line, _LONGEST_FIELD) or None


def _authors(row: Mapping[str, object], line: int) -> tuple[str, ...]:
    value = row.get("authors")
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or len(names) > _MOST_AUTHORS:
        raise _refused(line, "authors", f"is not a list of at most {_MOST_AUTHORS} names", 'Write ["Jane Doe"].')
    cleaned = [_short({"authors": name}, "authors", line) for name in names]
    return tuple(name for name in cleaned if name)


def _published(row: Mapping[str, object], line: int) -> date | None:
    value = _string(row, "published_at", line, 40)
    if not value:
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError as error:
        problem = f"“{visible(value)}” is not an ISO date"
        raise _refused(line, "published_at", problem, "Write it as 2026-01-31 or 2026-01-31T10:00:00Z.") from error


def _confidentiality(row: Mapping[str, object], line: int) -> str | None:
    value = _string(row, "confidentiality", line, 40)
    if value is None or value in CONFIDENTIALITY:
        return value
    raise _refused(
        line, "confidentiality", f"“{visible(value)}” is not known", f"Use one of {', '.join(CONFIDENTIALITY)}."
    )
