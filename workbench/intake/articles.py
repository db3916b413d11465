"""Articles from bytes."""

from workbench.intake.model import IncomingArticle
from workbench.intake.reading import read


def read_article(data: bytes, name: str, media_type: str | None = None) -> IncomingArticle:
    """The article in `data`, a file that a person calls `name`; plain text or Markdown.

    Plain text is normalised and otherwise kept to the letter. Raises InputRefused, naming the file, when it is empty,
    over 5 MB, no text, or in an encoding that cannot be told.
    """
    reading = read(data, name, media_type)
    metadata = reading.metadata
    return IncomingArticle(
        text=reading.text,
        title=metadata.title,
        byline=metadata.byline,
        published=metadata.published,
        outlet=metadata.outlet,
        url=metadata.url,
        language=reading.language,
        media_type=reading.media_type,
        sha256=reading.sha256,
        blocks=reading.blocks,
        links=reading.links,
        encoding=reading.encoding,
        warnings=reading.warnings,
    )
