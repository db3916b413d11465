"""What intake hands on: clean texts with their metadata."""

from dataclasses import dataclass
from datetime import date

from workbench.text.blocks import BlockHint


@dataclass(frozen=True, slots=True)
class Link:
    """The words at [start, end) of the clean text pointed to `address`."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """The stretch [start, end) of a document's text that is one passage, and where a person finds it."""

    start: int
    end: int
    locator: str


@dataclass(frozen=True, slots=True)
class IncomingArticle:
    """An article as it came in.

    `text` is NFC with \\n for line breaks and is never changed again; all offsets point into it. Metadata that the file
    did not give is None: nothing is invented. `sha256` is of the bytes as received, in hex. `warnings` are sentences
    for the person who brought it in.
    """

    text: str
    title: str | None
    byline: str | None
    published: date | None
    outlet: str | None
    url: str | None
    language: str
    media_type: str
    sha256: str
    blocks: tuple[BlockHint, ...] = ()
    links: tuple[Link, ...] = ()
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingDocument:
    """A document for the evidence store, as it came in; see IncomingArticle for what the fields promise.

    `confidentiality` is "public", "internal" or "confidential", None when the row did not say. `external_id` is the
    id that an imported row carried.
    """

    text: str
    title: str | None
    authors: tuple[str, ...]
    published: date | None
    url: str | None
    outlet: str | None
    language: str
    media_type: str
    sha256: str
    blocks: tuple[BlockHint, ...] = ()
    links: tuple[Link, ...] = ()
    encoding: str = "utf-8"
    external_id: str | None = None
    confidentiality: str | None = None
    warnings: tuple[str, ...] = ()
