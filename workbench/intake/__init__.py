"""Intake: bytes from outside become clean text with what is known about it, or are refused with a reason."""

from workbench.intake.articles import read_article
from workbench.intake.documents import read_document
from workbench.intake.model import FactCheck, IncomingArticle, IncomingDocument, Link, PassageSpan, Section
from workbench.intake.normal import normalise
from workbench.intake.passages import chunk, chunk_sections
from workbench.intake.rows import import_row

__all__ = [
    "FactCheck",
    "IncomingArticle",
    "IncomingDocument",
    "Link",
    "PassageSpan",
    "Section",
    "chunk",
    "chunk_sections",
    "import_row",
    "normalise",
    "read_article",
    "read_document",
]
