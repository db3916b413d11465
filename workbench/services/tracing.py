"""Looking for the origins of documents in one read of the store: pairs that share words, other signs, and decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlmodel import Session, col, select

from db import evidence, origins
from db.revisions import batched
from db.search import copies
from db.tables import CopyPair, Document, OriginLink
from db.vocabulary import SourceKind
from workbench.credibility.origins import Decision, Edge, Origins, Sign, Text, cluster, signs
from workbench.services.sources import Resolver

PASSAGES = 200
"""Passages of a document that are read for agency lines and whom it refers to."""
MOST_COMPARED = 60
"""Documents that are compared two by two for other signs than shared words."""
_BODIES = frozenset({SourceKind.AGENCY, SourceKind.INSTITUTION, SourceKind.PERSON})


@dataclass(frozen=True, slots=True)
class Traced:
    """Documents with what ties them together, and their origins. `texts` are only those that were read."""

    documents: dict[str, Document]
    texts: dict[str, Text]
    edges: tuple[Edge, ...]
    decisions: tuple[OriginLink, ...]
    origins: Origins

    def copied(self) -> Origins:
        """The same by shared words, addresses and decisions alone: whose words are the same, not only whose root."""
        edges = [edge for edge in self.edges if edge.sign in (Sign.COPY, Sign.ADDRESS)]
        return cluster(self.documents, edges, in_force(self.decisions))


def in_force(links: Iterable[OriginLink]) -> list[Decision]:
    """The decisions that hold: while desks differ, none of theirs does."""
    return [Decision(link.document, link.other, link.joined) for link in links if not link.conflicted]


class Tracer:
    """Finds what documents' origins are."""

    def __init__(self, session: Session, resolver: Resolver | None = None) -> None:
        self._session = session
        self._resolver = resolver or Resolver(session)
        self._agencies = [
            name
            for source in self._resolver.sources
            if source.kind is SourceKind.AGENCY
            for name in (source.name, *source.aliases)
        ]

    def trace(self, documents: Sequence[Document], *, one_claim: bool) -> Traced:
        """The origins of these documents and of all that hang together with them.

        `one_claim` says that all of them bear on one claim: what one body says there has one origin. Documents that were
        added a moment ago and are not paired yet are compared with each other by their words.
        """
        wanted = {document.content_hash: document for document in documents}
        pairs, known, links = self._closure(wanted)
        read = dict(list(wanted.items())[:MOST_COMPARED])
        texts = {key: self.text(document) for key, document in read.items()}
        numbers = {document.id or 0: key for key, document in known.items()}
        if copies.behind(self._session):
            fresh = copies.among([(document.id or 0, texts[key].text) for key, document in read.items()])
            pairs = {**{(pair.first, pair.second): pair for pair in fresh}, **pairs}
        edges = [edge for pair in pairs.values() if (edge := copy_edge(pair, numbers)) is not None]
        near = {
            frozenset((numbers[pair.first], numbers[pair.second])) for pair in pairs.values() if _both(pair, numbers)
        }
        for one, two in combinations(sorted(texts), 2):
            if known[one].text_hash == known[two].text_hash:
                edges.append(Edge(one, two, Sign.COPY, 1, "the same text"))
            edges += signs(
                texts[one], texts[two], near=frozenset((one, two)) in near, one_claim=one_claim, known=self._agencies
            )
        return Traced(known, texts, tuple(sorted(set(edges))), tuple(links), cluster(known, edges, in_force(links)))

    def _closure(
        self, wanted: dict[str, Document]
    ) -> tuple[dict[tuple[int, int], CopyPair], dict[str, Document], list[OriginLink]]:
        """What hangs together with these documents through shared words and through people's decisions."""
        known = dict(wanted)
        pairs: dict[tuple[int, int], CopyPair] = {}
        links: list[OriginLink] = []
        fresh = set(known)
        while fresh:
            numbers = {known[key].id or 0 for key in fresh}
            for pair in copies.pairs(self._session, numbers):
                pairs[(pair.first, pair.second)] = pair
            reached = {
                number for pair in pairs.values() if copies.is_copy(pair) for number in (pair.first, pair.second)
            }
            self._load(known, reached)
            links = origins.links(self._session, known)
            missing = {key for link in links for key in (link.document, link.other)} - set(known)
            fresh = set(evidence.by_hashes(self._session, missing))
            known.update(evidence.by_hashes(self._session, fresh))
        return pairs, known, links

    def _load(self, known: dict[str, Document], numbers: set[int]) -> None:
        missing = numbers - {document.id or 0 for document in known.values()}
        for chunk in batched(sorted(missing), 400):
            for document in self._session.exec(select(Document).where(col(Document.id).in_(chunk))):
                known[document.content_hash] = document

    def text(self, document: Document) -> Text:
        """A document as the signs look at it."""
        source = self._resolver.source_of(document)
        names = (source.name, *source.aliases) if source else (document.source_name,) if document.source_name else ()
        return Text(
            key=document.content_hash,
            text=evidence.text_of(self._session, document.id or 0, passages=PASSAGES),
            title=document.title,
            names=tuple(names),
            source=source.id if source else document.source_name.casefold(),
            body=source is not None and source.kind in _BODIES,
            agency=source is not None and source.kind is SourceKind.AGENCY,
            owner=source.owner if source else "",
            url=document.url,
            published=document.published_at,
        )


def _both(pair: CopyPair, numbers: dict[int, str]) -> bool:
    return pair.first in numbers and pair.second in numbers


def copy_edge(pair: CopyPair, numbers: dict[int, str]) -> Edge | None:
    """The edge that shared words make; None where they are too few, or of a document that is not known."""
    if not copies.is_copy(pair) or not _both(pair, numbers):
        return None
    first, second = sorted((numbers[pair.first], numbers[pair.second]))
    most_quoted = pair.quoted >= copies.SHARED and pair.quoted * 10 >= pair.shared * 7
    sign = Sign.QUOTATION if most_quoted and pair.shared < copies.SHARE * pair.shorter else Sign.COPY
    what = "runs of five words" if pair.shared > 1 else "run of five words"
    where = ", most of them in quotation marks" if sign is Sign.QUOTATION else ""
    return Edge(first, second, sign, pair.shared, f"{pair.shared:,} {what} shared{where}")
