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
class Section:
    """From `start` to the next section the text belongs to a part with a name that people cite, such as "page 3"."""

    start: int
    name: str


@dataclass(frozen=True, slots=True)
class FactCheck:
    """What a ClaimReview says, as it says it: labels are never mapped, and what it leaves out is an empty text.

    Dates are as written. `claimed_by` is who made the claim, `reviewer` who checked it; `appearances` are addresses.
    """

    claim_reviewed: str
    rating_label: str
    rating_value: str = ""
    best_rating: str = ""
    worst_rating: str = ""
    explanation: str = ""
    reviewer: str = ""
    url: str = ""
    reviewed_at: str = ""
    claimed_by: str = ""
    claimed_at: str = ""
    appearances: tuple[str, ...] = ()


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
    id that an imported row carried. `sections` name the parts of the text that passages must not cross, such as pages; the
    first begins at 0. `record` is what was received where a file held many documents, None where the document is the
    whole file. `fact_check` is what a fact-check says in structured form.
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
    sections: tuple[Section, ...] = ()
    record: str | None = None
    fact_check: FactCheck | None = None
