"""Intake: bytes from outside become clean text with what is known about it, or are refused with a reason."""

from typing import TYPE_CHECKING

from workbench.intake.model import FactCheck, IncomingArticle, IncomingDocument, Link, PassageSpan, Section
from workbench.ondemand import on_demand

if TYPE_CHECKING:
    from workbench.intake.articles import read_article
    from workbench.intake.documents import read_document
    from workbench.intake.normal import normalise
    from workbench.intake.passages import chunk, chunk_sections
    from workbench.intake.rows import import_row
else:
    __getattr__ = on_demand(
        __name__,
        {
            "chunk": "passages",
            "chunk_sections": "passages",
            "import_row": "rows",
            "normalise": "normal",
            "read_article": "articles",
            "read_document": "documents",
        },
    )

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
