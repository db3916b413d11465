"""Evidence documents from bytes."""

import re

from workbench.intake.model import IncomingDocument
from workbench.intake.reading import read

_BETWEEN_AUTHORS = re.compile(r"\s*(?:;|,(?! (?:Jr|Sr)\b)|\band\b|\by\b|&)\s*")


def read_document(data: bytes, name: str, media_type: str | None = None) -> IncomingDocument:
    """The evidence document in `data`, a file that a person calls `name`; plain text or Markdown.

    Raises InputRefused as read_article does.
    """
    reading = read(data, name, media_type)
    metadata = reading.metadata
    return IncomingDocument(
        text=reading.text,
        title=metadata.title,
        authors=split_authors(metadata.byline or ""),
        published=metadata.published,
        url=metadata.url,
        outlet=metadata.outlet,
        language=reading.language,
        media_type=reading.media_type,
        sha256=reading.sha256,
        blocks=reading.blocks,
        links=reading.links,
        encoding=reading.encoding,
        warnings=reading.warnings,
    )


def split_authors(byline: str) -> tuple[str, ...]:
    """The names in a byline ("Jane Doe, John Roe and Ann Poe")."""
    return tuple(name for name in (part.strip() for part in _BETWEEN_AUTHORS.split(byline)) if name)
