"""Origins: which documents go back to one root, how the story went, and what people decide about it."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlmodel import Session, col, select

from db import evidence, verdicts
from db import origins as stored
from db.revisions import batched
from db.search import copies
from db.store import Store
from db.tables import Document, OriginLink
from db.tables.copies import OriginLinkData
from db.vocabulary import Kind
from workbench.credibility.origins import Edge, Sign, chain, cluster, overlap, shared_quotation
from workbench.errors import InputRefused
from workbench.services import keys
from workbench.services.origin_views import OriginDocument, OriginSummary, OriginView, Tie
from workbench.services.sources import Resolver
from workbench.services.tracing import Traced, Tracer, copy_edge, in_force
from workbench.services.views import Progress

MOST_LISTED = 60
"""Documents of one origin whose texts are read to say what ties them together; of more, the first by date."""


def catch_up(
    store: Store,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Pair the documents that have not been paired yet, in bounded transactions; returns how many are left."""
    with store.read() as session:
        total = missing = copies.behind(session)
    if store.read_only:
        return missing
    while missing and not cancelled():
        with store.write_local() as session:
            missing = copies.catch_up(session)
        progress(Progress(total - missing, total, "documents", "looking for copies"))
    return missing


class OriginService:
    """Reading and deciding about origins."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def again(self) -> None:
        """Forget what was found of shared words, so that `catch_up` looks through every document anew."""
        with self._store.write_local() as session:
            copies.rebuild(session)

    def catch_up(
        self,
        *,
        progress: Callable[[Progress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> int:
        """Pair documents that an earlier release or another desk brought in; returns how many are left. Stopped, it goes on later."""
        return catch_up(self._store, progress=progress, cancelled=cancelled)

    def behind(self) -> int:
        """How many documents have not been paired yet."""
        with self._store.read() as session:
            return copies.behind(session)

    def of_document(self, key: str) -> OriginView:
        """The origin of a document. Raises NotFound."""
        with self._store.read() as session:
            document = keys.document(session, key)
            return _views(session, [document], referring=True)[0]

    def of_claim(self, key: str) -> list[OriginView]:
        """The origins of what is cited for a claim, and of what each has copies of. Raises NotFound."""
        with self._store.read() as session:
            claim = keys.claim(session, key)
            cited = [citation.document for citation in verdicts.citations(session, [claim.id])]
            documents = evidence.by_hashes(session, cited)
            return _views(session, [documents[key] for key in dict.fromkeys(cited) if key in documents], one_claim=True)

    def of_documents(self, contents: Sequence[str]) -> list[OriginView]:
        """The origins of documents that bear on one claim, given by content hash."""
        with self._store.read() as session:
            found = evidence.by_hashes(session, contents)
            return _views(session, [found[key] for key in dict.fromkeys(contents) if key in found], one_claim=True)

    def list(self, limit: int = 100) -> list[OriginSummary]:
        """Origins with more than one document, by shared words and decisions, the largest first."""
        with self._store.read() as session:
            return _summaries(session, limit)

    def join(self, key: str, other: str, reason: str) -> OriginLink:
        """Decide that a document has the origin of another one. Raises NotFound, and InputRefused without a reason."""
        return self._decide("join documents to one origin", key, other, reason, joined=True)

    def split(self, key: str, other: str, reason: str) -> OriginLink:
        """Decide that a document has another origin than another one, whatever they share. Raises as `join` does."""
        return self._decide("split documents’ origins", key, other, reason, joined=False)

    def withdraw(self, key: str, other: str) -> None:
        """Take the decision about two documents back. Raises NotFound, and InputRefused where there is none."""
        with self._store.write("withdraw a decision about origins") as unit:
            one, two = keys.document(unit.session, key), keys.document(unit.session, other)
            identity = stored.entity(one.content_hash, two.content_hash)
            if unit.journal.record(Kind.ORIGIN_LINK, identity, None) is None:
                raise InputRefused(
                    f"Nothing was decided about documents {one.id} and {two.id}.", "evidence origins shows what was."
                )

    def _decide(self, label: str, key: str, other: str, reason: str, *, joined: bool) -> OriginLink:
        with self._store.write(label) as unit:
            one, two = keys.document(unit.session, key), keys.document(unit.session, other)
            if one.id == two.id:
                raise InputRefused("That is one document twice.", "Name two documents.")
            cleaned = " ".join(keys.bounded(reason, "reason", 1000).split())
            if not cleaned:
                raise InputRefused("A decision about origins needs a reason.", "Say how you know.")
            data = OriginLinkData(document=one.content_hash, other=two.content_hash, joined=joined, reason=cleaned)
            identity = stored.entity(one.content_hash, two.content_hash)
            unit.journal.record(Kind.ORIGIN_LINK, identity, data)
            return unit.session.get_one(OriginLink, identity)


def _views(
    session: Session, documents: Sequence[Document], *, one_claim: bool = False, referring: bool = False
) -> list[OriginView]:
    """The origins of these documents, in order of first appearance."""
    if not documents:
        return []
    resolver = Resolver(session)
    tracer = Tracer(session, resolver)
    first = tracer.trace(documents, one_claim=one_claim)
    wanted = dict(first.documents)
    if referring:
        wanted.update((one.content_hash, one) for one in _referred(session, resolver, tracer, documents[0]))
    ordered = sorted(
        wanted.values(), key=lambda one: (one.content_hash not in _hashes(documents), one.published_at or "9")
    )
    traced = tracer.trace(ordered[:MOST_LISTED], one_claim=one_claim)
    origins = dict.fromkeys(traced.origins.of[document.content_hash] for document in documents)
    return [_view(traced, origin, resolver) for origin in origins]


def _hashes(documents: Sequence[Document]) -> set[str]:
    return {document.content_hash for document in documents}


def _referred(session: Session, resolver: Resolver, tracer: Tracer, document: Document) -> list[Document]:
    """Documents of other sources that this one may refer to, and that may refer to it: those of about the same days."""
    day = document.published_at[:7]
    if not day:
        return []
    query = select(Document).where(
        col(Document.published_at).startswith(day), col(Document.id) != document.id, col(Document.source_name) != ""
    )
    mine = tracer.text(document)
    low = mine.text.casefold()
    found = []
    for other in session.exec(query.limit(2000)):
        source = resolver.source_of(other)
        names = (source.name, *source.aliases) if source else (other.source_name,)
        if any(len(name) > 3 and name.casefold().removeprefix("the ") in low for name in names):
            found.append(other)
    return found[:MOST_LISTED]


def _view(traced: Traced, origin: str, resolver: Resolver) -> OriginView:
    inside = [key for key in traced.documents if traced.origins.of[key] == origin]
    texts = [traced.texts[key] for key in inside if key in traced.texts]
    refused = set(traced.origins.refused)
    edges = [edge for edge in traced.edges if edge.first in inside and edge.second in inside and edge not in refused]
    edges += [
        Edge(link.document, link.other, Sign.PERSON, 0, f"{link.author}: {link.reason}")
        for link in traced.decisions
        if link.joined and not link.conflicted and link.document in inside and link.other in inside
    ]
    made = chain(texts, edges)
    places = {link.key: place for place, link in enumerate(made.links, 1)}
    listed = tuple(
        OriginDocument(
            places[link.key],
            traced.documents[link.key],
            _name(resolver, traced.documents[link.key]),
            tuple(_tie(traced, link.key, edge, places) for edge in link.edges),
        )
        for link in made.links
    )
    outside = [
        edge
        for edge in traced.edges
        if (edge.first in inside) != (edge.second in inside) and (not edge.joins or edge in refused)
    ]
    related = tuple(
        _tie(traced, edge.first if edge.first in inside else edge.second, edge, places) for edge in outside[:20]
    )
    decided = tuple(link for link in traced.decisions if link.document in inside or link.other in inside)
    return OriginView(listed, made, related, decided)


def _tie(traced: Traced, key: str, edge: Edge, places: dict[str, int]) -> Tie:
    other = edge.second if edge.first == key else edge.first
    words, count = "", 0
    if key in traced.texts and other in traced.texts:
        mine, theirs = traced.texts[key].text, traced.texts[other].text
        if edge.sign is Sign.QUOTATION:
            words = shared_quotation(mine, theirs)
        elif edge.sign is Sign.COPY:
            found = overlap(mine, theirs)
            words, count = found.longest, found.words
    return Tie(edge, places.get(other), traced.documents[other], words, count, refers=edge.first == key)


def _name(resolver: Resolver, document: Document) -> str:
    source = resolver.source_of(document)
    return source.name if source else document.source_name


def _summaries(session: Session, limit: int) -> list[OriginSummary]:
    pairs = copies.copied(session)
    links = stored.links(session)
    numbers: dict[int, str] = {}
    wanted = sorted({number for pair in pairs for number in (pair.first, pair.second)})
    for chunk in batched(wanted, 500):
        query = select(col(Document.id), col(Document.content_hash)).where(col(Document.id).in_(chunk))
        numbers.update((number or 0, content) for number, content in session.exec(query))
    joined = {key for link in links for key in (link.document, link.other)}
    known = set(numbers.values()) | set(evidence.by_hashes(session, joined))
    edges = [edge for pair in pairs if (edge := copy_edge(pair, numbers)) is not None]
    origins = cluster(known, edges, in_force(links))
    groups: dict[str, list[str]] = defaultdict(list)
    for key, origin in origins.of.items():
        groups[origin].append(key)
    several = sorted(
        (group for group in groups.values() if len(group) > 1), key=lambda group: (-len(group), min(group))
    )
    result = []
    for group in several[:limit]:
        documents = list(evidence.by_hashes(session, group).values())
        ordered = sorted(documents, key=lambda one: (one.published_at or "9999", one.id or 0))
        sources = tuple(dict.fromkeys(one.source_name for one in ordered if one.source_name))
        result.append(OriginSummary(len(ordered), ordered[0], sources))
    return result
