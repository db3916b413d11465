"""From the bytes of one file to the documents in it, whatever its format. Runs in the child."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date

from workbench.errors import InputRefused
from workbench.intake.documents import read_document
from workbench.intake.formats import Format
from workbench.intake.formats.bibtex import bibtex_records
from workbench.intake.formats.building import LONGEST, Builder
from workbench.intake.formats.claimreview import document_of, reviews_in
from workbench.intake.formats.library import CSL, Reference, csl_records, looks_like_csl, ris_records
from workbench.intake.model import IncomingDocument
from workbench.intake.rows import import_row
from workbench.text.identify import identify_language
from workbench.text.visible import visible


def incoming(form: Format, data: bytes, name: str) -> Iterator[IncomingDocument]:
    """The documents in `data`, a file of a format that a person calls `name`. Raises InputRefused."""
    if form in (Format.PLAIN, Format.MARKDOWN):
        yield read_document(data, name, form.value)
    elif form is Format.HTML:
        yield _page(data, name)
    elif form is Format.PDF:
        yield _pdf(data, name)
    elif form is Format.DOCX:
        yield _word(data, name)
    elif form is Format.EML:
        yield _message(data, name)
    elif form is Format.JSON:
        yield from _json(data, name)
    elif form is Format.RIS:
        yield from _records(ris_records(_decoded(data, name)), form.value, name)
    elif form is Format.BIBTEX:
        yield from _records(bibtex_records(_decoded(data, name)), form.value, name)
    else:
        raise InputRefused(f"“{visible(name)}” is of a kind that is read row by row.", "Import it.")


def _page(data: bytes, name: str) -> IncomingDocument:
    from workbench.intake.formats.html import read_page

    page = read_page(data, name)
    return _document(
        Format.HTML, data, name, page.body, page.title, page.authors, page.published, page.warnings,
        outlet=page.outlet, url=page.url, language=page.language,
    )  # fmt: skip


def _pdf(data: bytes, name: str) -> IncomingDocument:
    from workbench.intake.formats.pdf import read_pdf

    builder, title, authors, warnings = read_pdf(data, name)
    return _document(Format.PDF, data, name, builder, title, authors, None, warnings)


def _word(data: bytes, name: str) -> IncomingDocument:
    from workbench.intake.formats.docx import read_docx

    word = read_docx(data, name)
    return _document(Format.DOCX, data, name, word.body, word.title, word.authors, None, word.warnings)


def _message(data: bytes, name: str) -> IncomingDocument:
    from workbench.intake.formats.eml import read_eml

    builder, subject, writers, sent, warnings = read_eml(data, name)
    return _document(Format.EML, data, name, builder, subject, writers, sent, warnings)


def _document(
    form: Format,
    data: bytes,
    name: str,
    builder: Builder,
    title: str | None,
    authors: tuple[str, ...],
    published: date | None,
    warnings: tuple[str, ...],
    *,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> IncomingDocument:
    if builder.full:
        raise InputRefused(
            f"“{visible(name)}” has more than {LONGEST:,} characters of text; that is the most a document may have.",
            "Split it into parts and add those.",
        )
    text = builder.text
    told = identify_language(text)
    return IncomingDocument(
        text=text,
        title=title,
        authors=authors,
        published=published,
        url=url,
        outlet=outlet,
        # What the words tell goes before what a page's template says of them.
        language=language if told == "und" and language else told,
        media_type=form.value,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=tuple(builder.blocks),
        links=tuple(builder.links),
        sections=tuple(builder.sections),
        warnings=warnings,
    )


def _decoded(data: bytes, name: str) -> str:
    from workbench.intake.decoding import decode

    return decode(data, name, limit=None).text


def _json(data: bytes, name: str) -> Iterator[IncomingDocument]:
    """A feed of fact-checks, a CSL library, or a list of rows as in JSON Lines."""
    shown = visible(name)
    try:
        value = json.loads(data)
    except (ValueError, UnicodeDecodeError) as error:
        raise InputRefused(f"“{shown}” is not JSON in UTF-8: {str(error)[:120]}.", "Save it anew.") from error
    found = False
    for review, holder in reviews_in(value):
        document = document_of(review, holder)
        if document is not None:
            found = True
            yield document
    if found:
        return
    if looks_like_csl(value):
        yield from _records(csl_records(value), CSL, name)
    elif isinstance(value, list) and value and all(isinstance(one, dict) and "text" in one for one in value[:20]):
        for number, row in enumerate(value, 1):
            yield import_row(row, number)
    else:
        raise InputRefused(
            f"“{shown}” is JSON, but holds no fact-checks (ClaimReview), no references (CSL-JSON) and no list of rows with “text”.",
            "See the guide on evidence for what is read.",
        )


def _records(records: Iterator[tuple[Reference, str]], media_type: str, name: str) -> Iterator[IncomingDocument]:
    found = False
    for reference, record in records:
        document = reference.document(media_type, record)
        if document is not None:
            found = True
            yield document
    if not found:
        raise InputRefused(f"“{visible(name)}” holds no reference with a title or an abstract.", "Export it anew.")
