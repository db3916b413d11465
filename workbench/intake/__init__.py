"""Intake: bytes from outside become clean text with what is known about it, or are refused with a reason."""

from workbench.intake.articles import read_article
from workbench.intake.documents import read_document
from workbench.intake.model import IncomingArticle, IncomingDocument, Link, PassageSpan
from workbench.intake.normal import normalise
from workbench.intake.passages import chunk
from workbench.intake.rows import import_row

__all__ = [
    "IncomingArticle",
    "IncomingDocument",
    "Link",
    "PassageSpan",
    "chunk",
    "import_row",
    "normalise",
    "read_article",
    "read_document",
]
