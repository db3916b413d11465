"""What services hand to the front doors about origins."""

from dataclasses import dataclass

from db.tables import Document, OriginLink
from workbench.credibility.origins import Chain, Edge


@dataclass(frozen=True, slots=True)
class OriginDocument:
    """A document of an origin: its place in order of time from 1, and what ties it to earlier ones, in words."""

    place: int
    document: Document
    source: str
    ties: tuple["Tie", ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a document to another one. `place` is that one's, None where it has another origin.

    `words` is the longest run of words that both have, where they share any, and `count` how many stand in such runs.
    `refers` says of an attribution that it is this document which refers to the other one.
    """

    edge: Edge
    place: int | None
    other: Document
    words: str = ""
    count: int = 0
    refers: bool = False


@dataclass(frozen=True, slots=True)
class OriginView:
    """One origin: its documents in order of time, where it probably began, and what is only related to it."""

    documents: tuple[OriginDocument, ...]
    chain: Chain
    related: tuple[Tie, ...]
    decisions: tuple[OriginLink, ...]

    @property
    def root(self) -> OriginDocument | None:
        """The document where it probably began."""
        return next((item for item in self.documents if item.document.content_hash == self.chain.root), None)

    @property
    def circles(self) -> tuple[tuple[int, ...], ...]:
        """The places of documents that refer to each other in a circle."""
        places = {item.document.content_hash: item.place for item in self.documents}
        return tuple(tuple(sorted(places[key] for key in circle if key in places)) for circle in self.chain.circles)


@dataclass(frozen=True, slots=True)
class OriginSummary:
    """An origin in a list: how many documents it has, and the earliest of them."""

    documents: int
    first: Document
    sources: tuple[str, ...]
