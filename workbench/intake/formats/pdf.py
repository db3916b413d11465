"""PDF documents: the text of each page, its lines joined into paragraphs. What has no text layer is refused, not guessed."""

import re
import statistics
from contextlib import closing
from typing import TYPE_CHECKING

from workbench.errors import InputRefused
from workbench.intake.formats.building import Builder, flowing
from workbench.text.visible import visible

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MOST_PAGES = 5000
_ENDS = (".", "!", "?", ":", ";", "”", "’", '"', "»", ")")
_BULLET = re.compile(r"\s*(?:[•◦▪‣–—*-]|\(?\d{1,3}[.)]|[a-z][.)])\s")
# How PDFium writes a hyphen that only parts a word at the end of a line.
_PARTED = re.compile("[\ufffe\x02]\r?\n?")
_GENERIC_TITLE = re.compile(r"(?:microsoft word|untitled|document\d*|.*\.(?:docx?|pdf|indd|qxd|tmp))\b", re.IGNORECASE)


def read_pdf(data: bytes, name: str) -> tuple[Builder, str | None, tuple[str, ...], tuple[str, ...]]:
    """Text with a section for each page, title and authors where the file states them, and warnings.

    Raises InputRefused for a file that is encrypted, damaged, without text, or has more than 5,000 pages.
    """
    import pypdfium2

    shown = visible(name)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise InputRefused(
                f"“{shown}” is an encrypted PDF that asks for a password.", "Save a copy without one and add that."
            ) from error
        raise InputRefused(
            f"“{shown}” is not a PDF that can be read, or is damaged.", "Save or print it anew."
        ) from error
    with closing(document):
        if len(document) > MOST_PAGES:
            raise InputRefused(f"“{shown}” has {len(document):,} pages; at most {MOST_PAGES:,} are read.", "Split it.")
        builder, empty = _pages(document)
        stated = document.get_metadata_dict(skip_empty=True)
        count = len(document)
    if not builder.length:
        raise InputRefused(
            f"“{shown}” is a PDF without text: its pages are pictures.",
            "Run text recognition (OCR) over it, for example with OCRmyPDF, and add the result.",
        )
    warnings = (f"{len(empty)} of {count} pages have no text ({_listed(empty)}); they may be scans.",) if empty else ()
    title = flowing(str(stated.get("Title", "")))[:500]
    author = flowing(str(stated.get("Author", "")))[:200]
    return builder, title if title and not _GENERIC_TITLE.match(title) else None, (author,) if author else (), warnings


def _listed(pages: list[int]) -> str:
    return ", ".join(map(str, pages[:10])) + (" …" if len(pages) > 10 else "")


def _pages(document: "PdfDocument") -> tuple[Builder, list[int]]:
    import pypdfium2

    builder, empty = Builder(), []
    for number in range(len(document)):
        if builder.full:
            break
        builder.section(f"page {number + 1}")
        try:
            with closing(document[number]) as page, closing(page.get_textpage()) as layer:
                text = layer.get_text_range()
        except pypdfium2.PdfiumError:
            text = ""
        found = paragraphs_of(text)
        if not found:
            empty.append(number + 1)
        for paragraph in found:
            builder.add(paragraph)
    return builder, empty


def paragraphs_of(page: str) -> list[str]:
    """The lines of a page joined into paragraphs.

    A paragraph ends at a blank line, before a bullet, and where a line is clearly shorter than the page is wide and
    either ends a sentence or is followed by a capital letter.
    """
    lines = [flowing(line) for line in _PARTED.sub("", page).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    widths = sorted(len(line) for line in lines if line)
    if not widths:
        return []
    wide = statistics.median(widths[len(widths) // 2 :])
    paragraphs: list[str] = []
    open_line = ""
    for line in lines:
        if not line:
            open_line = ""
            continue
        if paragraphs and open_line and not _breaks(open_line, line, wide):
            joint = "" if open_line.endswith(("-", "/", "—")) else " "
            paragraphs[-1] += joint + line
        else:
            paragraphs.append(line)
        open_line = line
    return paragraphs


def _breaks(before: str, line: str, wide: float) -> bool:
    if _BULLET.match(line):
        return True
    short = len(before) < 0.8 * wide
    return short and (before.endswith(_ENDS) or line[:1].isupper() or line[:1].isdigit())
