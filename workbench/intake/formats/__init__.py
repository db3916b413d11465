"""Which kind of file something is: told by what it begins with first, by the ending of its name second."""

import re
from enum import StrEnum
from pathlib import PurePath

from workbench.errors import InputRefused
from workbench.text.visible import visible

MEGABYTE = 1024 * 1024


class Format(StrEnum):
    """The kinds of file that are read; the value is the media type under which what comes out is stored."""

    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    EML = "message/rfc822"
    CSV = "text/csv"
    ROWS = "application/jsonl"
    JSON = "application/json"
    RIS = "application/x-research-info-systems"
    BIBTEX = "application/x-bibtex"


LARGEST = {
    Format.PLAIN: 5 * MEGABYTE,
    Format.MARKDOWN: 5 * MEGABYTE,
    Format.HTML: 16 * MEGABYTE,
    Format.PDF: 64 * MEGABYTE,
    Format.DOCX: 64 * MEGABYTE,
    Format.EML: 32 * MEGABYTE,
    Format.CSV: 4096 * MEGABYTE,
    Format.ROWS: 1024 * 1024 * MEGABYTE,
    Format.JSON: 64 * MEGABYTE,
    Format.RIS: 32 * MEGABYTE,
    Format.BIBTEX: 32 * MEGABYTE,
}
"""Bytes that a file may have; tables and rows are read a piece at a time, so theirs only bound the time."""

MANY = frozenset({Format.CSV, Format.ROWS, Format.JSON, Format.RIS, Format.BIBTEX})
"""Files that hold many documents."""

STREAMED = frozenset({Format.CSV, Format.ROWS})

_ENDINGS = {
    "": Format.PLAIN, ".txt": Format.PLAIN, ".text": Format.PLAIN,
    ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".mdown": Format.MARKDOWN, ".mkd": Format.MARKDOWN,
    ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML,
    ".pdf": Format.PDF, ".docx": Format.DOCX, ".eml": Format.EML,
    ".csv": Format.CSV, ".tsv": Format.CSV, ".jsonl": Format.ROWS, ".ndjson": Format.ROWS,
    ".json": Format.JSON, ".jsonld": Format.JSON,
    ".ris": Format.RIS, ".bib": Format.BIBTEX, ".bibtex": Format.BIBTEX,
}  # fmt: skip
_MEDIA_TYPES = {
    **{form.value: form for form in Format},
    "text/x-markdown": Format.MARKDOWN,
    "application/xhtml+xml": Format.HTML,
    "application/x-pdf": Format.PDF,
    "application/ld+json": Format.JSON,
    "application/vnd.citationstyles.csl+json": Format.JSON,
    "application/x-ndjson": Format.ROWS,
    "application/jsonlines": Format.ROWS,
    "text/tab-separated-values": Format.CSV,
    "text/x-bibtex": Format.BIBTEX,
}
_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain", "application/x-download"})
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)*(?:<!doctype html|<html[\s>])",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_ZIP = b"PK\x03\x04"
_DOCX_PART = b"[Content_Types].xml"
_NAMED = {
    ".doc": "an old Word document", ".odt": "an OpenDocument text", ".rtf": "an RTF document", ".epub": "an e-book",
    ".xlsx": "a spreadsheet", ".xls": "a spreadsheet", ".ods": "a spreadsheet", ".pptx": "a presentation",
    ".zip": "a ZIP archive", ".gz": "a gzip archive", ".xml": "an XML file",
}  # fmt: skip
READ = "plain text, Markdown, HTML, PDF, DOCX, e-mail (.eml), CSV, JSON Lines, ClaimReview, CSL-JSON, RIS and BibTeX"


def format_of(head: bytes, name: str, media_type: str | None = None) -> Format:
    """The format of a file from its first bytes (a few hundred suffice), its name, and what its sender calls it.

    Bytes that are plainly a PDF, a Word document or a web page are believed before any name. Raises InputRefused for a
    media type or ending that is not read.
    """
    if head.startswith(b"%PDF-") or b"%PDF-" in head[:1024]:
        return Format.PDF
    given = (media_type or "").partition(";")[0].strip().lower()
    ending = PurePath(name).suffix.lower()
    known = _MEDIA_TYPES.get(given) if given not in _VAGUE else None
    if head.startswith(_ZIP):
        if ending == ".docx" or known is Format.DOCX or _DOCX_PART in head[:400]:
            return Format.DOCX
        return _refuse_or_plain(name, ending)
    by_name = known or _ENDINGS.get(ending)
    if _HTML.match(head[:4096]) and by_name in (None, Format.PLAIN, Format.HTML):
        return Format.HTML
    if given and given not in _VAGUE and known is None:
        raise InputRefused(f"“{visible(name)}” is of type {visible(given)}, which cannot be read.", f"Read are {READ}.")
    if given == "text/plain" and by_name is not Format.MARKDOWN:
        return Format.PLAIN
    return by_name or _refuse_or_plain(name, ending)


def _refuse_or_plain(name: str, ending: str) -> Format:
    """A name without an ending that says anything is tried as plain text, which refuses what is none by what it is."""
    if ending in _NAMED:
        raise InputRefused(
            f"“{visible(name)}” is {_NAMED[ending]}, which cannot be read.",
            "Save it as DOCX, PDF or plain text and add that.",
        )
    if re.fullmatch(r"\.[a-z][a-z0-9]{0,7}", ending):
        raise InputRefused(f"“{visible(name)}”: {visible(ending)} files cannot be read.", f"Read are {READ}.")
    return Format.PLAIN
