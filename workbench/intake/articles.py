"""Articles from bytes."""

from workbench.errors import InputRefused
from workbench.intake.formats import LARGEST, MANY, format_of
from workbench.intake.model import IncomingArticle
from workbench.intake.reading import read
from workbench.text.visible import visible


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


def read_article_file(data: bytes, name: str, media_type: str | None = None) -> IncomingArticle:
    """The article in a file of any format that holds one text, read in the sandbox where that is called for.

    Raises InputRefused, naming the file.
    """
    from workbench.intake.sandbox import Sandbox
    from workbench.intake.sandbox.reading import HEAD, simple, too_large

    form = format_of(data[:HEAD], name, media_type)
    if simple(form, len(data)):
        return read_article(data, name, form.value)
    if form in MANY:
        raise InputRefused(
            f"“{visible(name)}” is of a kind that holds many documents, not one article.", "Bring it in as evidence."
        )
    if len(data) > LARGEST[form]:
        raise too_large(name, len(data), form)
    with Sandbox() as sandbox:
        found = next(sandbox.read(form, data, name))
    return IncomingArticle(
        text=found.text,
        title=found.title,
        byline=", ".join(found.authors) or None,
        published=found.published,
        outlet=found.outlet,
        url=found.url,
        language=found.language,
        media_type=found.media_type,
        sha256=found.sha256,
        blocks=found.blocks,
        links=found.links,
        encoding=found.encoding,
        warnings=found.warnings,
    )
