"""What may not leave this desk: confidential documents, every decision that mentions one, and who quotes them elsewhere.

The one place that knows. Packing leaves out what this module names; a complete copy of a store leaves out nothing.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from db.kinds import KINDS
from db.needles import Needles, Words, name_words
from db.revisions import batched, data_of
from db.tables import Document, DocumentExternal, Handling, Head, Passage, Revision
from db.vocabulary import Confidentiality, Kind, SourceKind

TEXT_WORDS = 3
TITLE_WORDS = 2
QUOTE_WORDS = 3

NAMES = "name"
"""What names, addresses and identifiers of a document are found as."""

WHAT = {"text": "words of its text", "title": "its title", "quotation": "a quotation", NAMES: "a name of its source"}

_ORDER = list(Confidentiality)
_ABOUT_ARTICLES = frozenset({Kind.ARTICLE, Kind.CLAIM, Kind.RESOLUTION, Kind.TERM})
"""Kinds that repeat names which the articles under check say."""
_MENTIONING = [kind for kind, (data, _) in KINDS.items() if "document" in data.model_fields]


@dataclass(frozen=True, slots=True, order=True)
class Quoting:
    """Where words of a withheld document stand outside it. For a document, `kind` is None and `entity` its content hash.

    `what` is "text", "title", "quotation" or "name"; `part` the part of the decision that holds it. `about` is the claim or the
    source that the decision is about, else the entity; `past` says that only an earlier decision says so.
    """

    kind: Kind | None
    entity: str
    what: str
    part: str = field(default="", compare=False)
    about: str = field(default="", compare=False)
    past: bool = field(default=False, compare=False)

    @property
    def place(self) -> str:
        """Where that is, in words, with identifiers short enough to read and long enough to name things by."""
        if self.kind is None:
            return f"the text of document {self.entity[:8]}"
        part = f"the {self.part.replace('_', ' ')} of "
        short = f"…{self.about[-6:]}"
        if self.kind in (Kind.CLAIM, Kind.SOURCE, Kind.ARTICLE):
            return f"{part}{self.kind.value} {short}"
        if self.kind is Kind.ANCHOR:
            return f"{part}an anchor of claim {short}"
        if self.kind in (Kind.ASSESSMENT, Kind.ATTESTATION):
            return f"{part}an {self.kind.value} of source {short}"
        if self.kind is Kind.ORIGIN_LINK:
            return f"{part}a decision {short} about origins"
        if self.kind is Kind.TERM:
            return f"{part}an entry {short} of the table of offices"
        if self.kind in (Kind.VERSION, Kind.CUT):
            return f"{part}an article’s {self.kind.value} {short}"
        return f"{part}{'the' if self.kind is Kind.VERDICT else 'a'} {self.kind.value} on claim {short}"


def strictest(values: Iterable[Confidentiality]) -> Confidentiality:
    """The one of the values that lets the fewest people see it; public where there is none."""
    return max(values, key=_ORDER.index, default=Confidentiality.PUBLIC)


def confidentialities(session: Session, contents: Iterable[str] | None = None) -> dict[str, Confidentiality]:
    """How confidential documents are now, by content hash; of these documents, or of all that are here or were decided about.

    A person's decision overrides what the import said. Where decisions stand side by side the strictest counts, and a
    withdrawn one among them counts as what the import said.
    """
    query = select(col(Document.content_hash), col(Document.confidentiality))
    wanted = None if contents is None else set(contents)
    found: dict[str, Confidentiality] = {}
    if wanted is None:
        found.update(session.exec(query).all())
    else:
        for chunk in batched(sorted(wanted), 500):
            found.update(session.exec(query.where(col(Document.content_hash).in_(chunk))).all())
    for content, decided in _decided(session).items():
        if wanted is None or content in wanted:
            imported = found.get(content, Confidentiality.PUBLIC)
            found[content] = strictest(imported if value is None else value for value in decided)
    return found


def _decided(session: Session) -> dict[str, list[Confidentiality | None]]:
    """The decisions that stand about each document; None for a withdrawn one beside others."""
    # By the few things decided about, not by looking through every decision there is; one that is wholly withdrawn says nothing.
    by_entity: dict[str, list[dict[str, Any] | None]] = {}
    for chunk in batched(sorted(session.exec(select(col(Handling.id)))), 500):
        query = select(Revision).join(Head, col(Head.rid) == col(Revision.rid))
        for revision in session.exec(query.where(Revision.kind == Kind.HANDLING, col(Revision.entity).in_(chunk))):
            by_entity.setdefault(revision.entity, []).append(data_of(revision))
    decided: dict[str, list[Confidentiality | None]] = {}
    for several in by_entity.values():
        live = [data for data in several if data is not None]
        for data in live:
            decided.setdefault(data["document"], []).append(Confidentiality(data["confidentiality"]))
        if len(live) < len(several):
            for content in {data["document"] for data in live}:
                decided[content].append(None)
    return decided


def withheld_documents(session: Session) -> set[str]:
    """The content hashes of the documents that must not leave, whether their text is in this file or not."""
    return {content for content, value in confidentialities(session).items() if value is Confidentiality.CONFIDENTIAL}


def withheld_entities(session: Session) -> set[str]:
    """Every entity that mentions a withheld document in any of its revisions: citations, dismissals, handlings, origin links.

    Verdicts and reviews stay, also where they rest on a withheld citation.
    """
    withheld = withheld_documents(session)
    return {entity for entity, _ in _mentions(session, withheld)}


def _mentions(session: Session, withheld: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not withheld:
        return
    query = select(col(Revision.entity), col(Revision.body)).where(col(Revision.kind).in_(_MENTIONING))
    for entity, body in session.exec(query):
        data = json.loads(body)["data"]
        if data is not None and not withheld.isdisjoint(documents_in(data)):
            yield entity, data


def documents_in(data: dict[str, Any]) -> list[str]:
    """The content hashes of the documents that a decision is about."""
    return [data[name] for name in ("document", "other") if name in data]


def quoted_elsewhere(session: Session, only: Iterable[str] | None = None) -> list[Quoting]:
    """Decisions, past ones too, and documents that would leave and that repeat words of a withheld document.

    Told by its title (from 2 words), by the quotation of a withheld citation, by any 8 words in a row of its text (or the whole
    of a shorter one, from 3), and by the names, addresses and identifiers that no document which may leave has; case and
    punctuation make no difference. A name that the articles under check say themselves is not looked for in them, in their
    claims, in what people say that their words stand for and in the table of offices, notes apart; nor that of a public
    body in its own profile. A document counts only where its text is the same as a whole.
    With `only`, the decisions that stand about these entities and no documents.
    """
    withheld = withheld_documents(session)
    if not withheld:
        return []
    hidden = {entity for entity, _ in _mentions(session, withheld)}
    needles = _needles(session, withheld)
    said = _said_by_articles(session, needles)
    heads = set(session.exec(select(col(Head.rid))))
    found: dict[tuple[str, str, str, str], Quoting] = {}
    for rid, kind, entity, body in _revisions(session, only):
        if entity in hidden or (only is not None and rid not in heads):
            continue
        data = json.loads(body)["data"] or {}
        about = str(data.get("claim_id") or data.get("source_id") or entity)
        for part, value in data.items():
            for what, run in needles.hits(value):
                if what == NAMES and _may_name(kind, part, data, said_by_articles=run in said):
                    continue
                place = (kind.value, entity, part, what)
                if place not in found or rid in heads:
                    found[place] = Quoting(kind, entity, what, part, about, past=rid not in heads)
    return [*(found[place] for place in sorted(found)), *(_same_text(session, withheld) if only is None else ())]


def _may_name(kind: Kind, part: str, data: dict[str, Any], *, said_by_articles: bool) -> bool:
    if kind is Kind.SOURCE:
        # The profile of a public body says nothing of what came from it; that of anybody else may name an informant.
        return bool(data["kind"] == SourceKind.INSTITUTION) and part != "note"
    if kind in (Kind.VERDICT, Kind.CONFIRMATION):
        # Words of the article that were judged stand in its text as well.
        return part == "words" and said_by_articles
    if kind in (Kind.RESOLUTION, Kind.TERM) and part in ("note", "source"):
        return False
    return kind is Kind.VERSION or (kind in _ABOUT_ARTICLES and said_by_articles)


def _revisions(session: Session, only: Iterable[str] | None) -> Iterator[tuple[str, Kind, str, str]]:
    query = select(col(Revision.rid), col(Revision.kind), col(Revision.entity), col(Revision.body))
    if only is None:
        yield from session.exec(query)
        return
    for chunk in batched(sorted(set(only)), 500):
        yield from session.exec(query.where(col(Revision.entity).in_(chunk)))


def _said_by_articles(session: Session, needles: Needles) -> set[int]:
    query = select(col(Revision.body)).where(col(Revision.kind) == Kind.VERSION)
    texts = ((json.loads(body)["data"] or {}).get("text", "") for body in session.exec(query))
    return {run for text in texts for _, run in needles.hits(text)}


def _needles(session: Session, withheld: set[str]) -> Needles:
    needles = Needles()
    for content in sorted(withheld):
        document = session.exec(select(Document).where(Document.content_hash == content)).first()
        if document is not None:
            passages = select(col(Passage.text)).where(Passage.document_id == document.id).order_by(col(Passage.start))
            needles.add_text("".join(session.exec(passages)), "text", TEXT_WORDS)
            needles.add_text(document.title, "title", TITLE_WORDS)
    for _, data in _mentions(session, withheld):
        needles.add_text(data.get("quote", ""), "quotation", QUOTE_WORDS)
    for name in sorted(_names(session, withheld)):
        needles.add_name(name, NAMES)
    return needles


def _names(session: Session, withheld: set[str]) -> set[Words]:
    """The names, addresses and identifiers of withheld documents, without those that a document which may leave has too."""
    secret: set[Words] = set()
    open_: set[Words] = set()
    query = select(col(Document.content_hash), col(Document.source_name), col(Document.authors), col(Document.url))
    for content, source, authors, url in session.exec(query):
        names = (source, *authors, url, _host(url))
        (secret if content in withheld else open_).update(name_words(name) for name in names)
    externals = select(col(Document.content_hash), col(DocumentExternal.external_id)).join(
        DocumentExternal, col(DocumentExternal.document_id) == col(Document.id)
    )
    for content, external in session.exec(externals):
        (secret if content in withheld else open_).add(name_words(external))
    return secret - open_


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _same_text(session: Session, withheld: set[str]) -> list[Quoting]:
    texts: set[str] = set()
    for chunk in batched(sorted(withheld), 500):
        texts.update(session.exec(select(col(Document.text_hash)).where(col(Document.content_hash).in_(chunk))))
    found: set[str] = set()
    for chunk in batched(sorted(texts), 500):
        found.update(session.exec(select(col(Document.content_hash)).where(col(Document.text_hash).in_(chunk))))
    return [Quoting(None, content, "text") for content in sorted(found - withheld)]
