"""What is known of a document when its origin is looked for, and the signs that tie two documents together."""

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """Why two documents are thought to go back to one origin, or to have to do with each other."""

    PERSON = "decision"
    ADDRESS = "same address"
    COPY = "shared words"
    QUOTATION = "shared quotation"
    AGENCY = "same agency"
    ATTRIBUTION = "attribution"
    BODY = "same body"
    OWNER = "same owner"


@dataclass(frozen=True, slots=True)
class Text:
    """A document as its origin is looked for. `key` is the same at every desk.

    `names` are those that its source goes by, `body` says that the source speaks for itself (an institution, agency or
    person, not an outlet), `agency` that it is an agency, `owner` who owns it. `published` is ISO 8601, or empty.
    """

    key: str
    text: str
    title: str = ""
    names: tuple[str, ...] = ()
    source: str = ""
    body: bool = False
    agency: bool = False
    owner: str = ""
    url: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """What ties two documents together. An attribution leads from who refers (`first`) to who is referred to (`second`).

    `joins` says whether it makes them one origin; else it is only shown. `weight` orders edges of one sign: shared words
    or shingles. `detail` is the reason in words.
    """

    first: str
    second: str
    sign: Sign
    weight: int = 0
    detail: str = ""
    joins: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of two documents. A document that is `joined` or not is named first."""

    document: str
    other: str
    joined: bool
