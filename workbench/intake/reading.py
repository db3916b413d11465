"""What articles and documents share: from bytes to clean text with metadata."""

from dataclasses import dataclass
from pathlib import PurePath

from workbench.errors import InputRefused
from workbench.intake.decoding import decode
from workbench.intake.markdown import clean_markdown
from workbench.intake.metadata import Metadata, front_matter, header, top_lines
from workbench.intake.model import Link
from workbench.text.blocks import BlockHint
from workbench.text.identify import identify_language
from workbench.text.visible import visible

PLAIN, MARKDOWN = "text/plain", "text/markdown"
_MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown", ".mkd")


@dataclass(frozen=True, slots=True)
class Reading:
    """Clean text with everything known about it."""

    text: str
    metadata: Metadata
    language: str
    media_type: str
    encoding: str
    sha256: str
    blocks: tuple[BlockHint, ...]
    links: tuple[Link, ...]
    warnings: tuple[str, ...]


def read(data: bytes, name: str, media_type: str | None) -> Reading:
    """The clean text in `data`. `media_type` decides between plain text and Markdown, else the ending of `name` does.

    Raises InputRefused for what is no text, and for other media types.
    """
    kind = _media_type(name, media_type)
    decoded = decode(data, name)
    text, blocks, links = decoded.text, (), ()  # type: tuple[str, tuple[BlockHint, ...], tuple[Link, ...]]
    warnings = list(decoded.warnings)
    if kind == MARKDOWN:
        metadata, begin = front_matter(text)
        clean = clean_markdown(text[begin:])
        if not clean.text.strip():
            raise InputRefused(f"“{visible(name)}” holds no text beside its markup.", "Choose a file that holds text.")
        text, blocks, links = clean.text, clean.blocks, clean.links
        metadata.title = metadata.title or clean.title
        warnings.extend(clean.warnings)
    else:
        metadata = header(text)
        blocks = tuple(metadata.blocks)
    top_lines(text, metadata)
    warnings.extend(metadata.warnings)
    language = (metadata.language or identify_language(text)).lower()
    return Reading(text, metadata, language, kind, decoded.encoding, decoded.sha256, blocks, links, tuple(warnings))


def _media_type(name: str, asked: str | None) -> str:
    if asked is None:
        return MARKDOWN if PurePath(name).suffix.lower() in _MARKDOWN_ENDINGS else PLAIN
    plain = asked.partition(";")[0].strip().lower()
    if plain in (MARKDOWN, "text/x-markdown"):
        return MARKDOWN
    if plain == PLAIN:
        return PLAIN
    raise InputRefused(
        f"“{visible(name)}” is of type {visible(asked)}, which cannot be read.", "Bring in plain text or Markdown."
    )
