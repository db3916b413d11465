"""Documents and passages: adding many quickly, and reading them a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, literal, not_, text, true
from sqlmodel import Session, col, or_, select

from db.identity import document_hash, sha256
from db.search import copies
from db.search.wordlists import add_words
from db.tables import Document, DocumentExternal, Passage
from db.vocabulary import Confidentiality
from db.withholding import confidentialities


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A stretch of a document about to be stored; [start, end) of the document's text."""

    start: int
    end: int
    locator: str


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document about to be stored. Its passages must cover its text without gap or overlap."""

    title: str
    text: str
    passages: tuple[NewPassage, ...]
    source_name: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""
    domain: str = ""
    published_at: str = ""
    language: str = "und"
    media_type: str = "text/plain"
    confidentiality: Confidentiality = Confidentiality.PUBLIC
    external_id: str = ""

    @property
    def content_hash(self) -> str:
        """The document's identity at every desk."""
        return document_hash(
            title=self.title,
            text=self.text,
            source_name=self.source_name,
            authors=self.authors,
            url=self.url,
            published_at=self.published_at,
        )


@dataclass(frozen=True, slots=True)
class Sought:
    """What title, source and address of a document must hold, between them, and must not; parts that words begin with apart."""

    held: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    lacking_begun: tuple[str, ...] = ()


@dataclass(slots=True)
class Added:
    """What became of a batch: the hashes of what is new, and of what was there before."""

    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    passages: int = 0


def add(session: Session, documents: Sequence[NewDocument], now: datetime) -> Added:
    """Store documents with their passages and words; the same evidence again is reported as known and only gains its identifier."""
    result = Added()
    hashes = [document.content_hash for document in documents]
    known = {
        value: number
        for chunk in _chunks(hashes, 500)
        for value, number in session.exec(
            select(col(Document.content_hash), col(Document.id)).where(col(Document.content_hash).in_(chunk))
        )
    }
    next_document = (session.exec(select(func.max(Document.id))).one() or 0) + 1
    next_passage = (session.exec(select(func.max(Passage.id))).one() or 0) + 1
    document_rows: list[dict[str, Any]] = []
    passage_rows: list[dict[str, Any]] = []
    external_rows: dict[tuple[int, str], dict[str, Any]] = {}
    titles: dict[int, str] = {}
    words: list[tuple[int, str]] = []
    for document, content in zip(documents, hashes, strict=True):
        number = known.get(content)
        if number is None:
            number = known[content] = next_document
            next_document += 1
            result.new.append(content)
            words.append((number, document.text))
            titles[number] = document.title
            document_rows.append(_row(document, number, content, now))
            for passage in document.passages:
                piece = document.text[passage.start : passage.end]
                passage_rows.append(
                    {
                        "id": next_passage,
                        "document_id": number,
                        "start_offset": passage.start,
                        "end_offset": passage.end,
                        "locator": passage.locator,
                        "text": piece,
                    }
                )
                next_passage += 1
        else:
            result.known.append(content)
        if document.external_id:
            external_rows[(number, document.external_id)] = {
                "document_id": number,
                "external_id": document.external_id,
            }
    result.passages = len(passage_rows)
    _insert(session, document_rows, passage_rows, titles)
    copies.add(session, words)
    _insert_externals(session, list(external_rows.values()))
    return result


def _row(document: NewDocument, number: int, content: str, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "content_hash": content,
        "text_hash": sha256(document.text.encode()),
        "title": document.title,
        "source_name": document.source_name,
        "authors": list(document.authors),
        "url": document.url,
        "domain": document.domain,
        "published_at": document.published_at,
        "language": document.language,
        "media_type": document.media_type,
        "confidentiality": document.confidentiality,
        "characters": len(document.text),
        "added_at": now,
    }


def _insert(
    session: Session, documents: list[dict[str, Any]], passages: list[dict[str, Any]], titles: dict[int, str]
) -> None:
    if not documents:
        return
    connection = session.connection()
    connection.execute(insert(Document), documents)
    connection.execute(insert(Passage), passages)
    add_words(session, [(row["id"], titles[row["document_id"]], row["text"]) for row in passages])


def _insert_externals(session: Session, rows: list[dict[str, Any]]) -> None:
    if rows:
        statement = text(
            "INSERT INTO document_external(document_id, external_id) VALUES (:document_id, :external_id) "
            "ON CONFLICT DO NOTHING"
        )
        session.connection().execute(statement, rows)


def _chunks(values: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def documents(session: Session, *, limit: int = 50, words: "str | Sought" = "", offset: int = 0) -> list[Document]:
    """A page of documents by number; `words` keeps those whose title, source or address holds the text."""
    query = select(Document).order_by(col(Document.id))
    if words:
        query = query.where(_holding(words)).offset(offset)
    elif offset:
        # Numbers are given without a gap and nothing is deleted, so a page far down is found by number, not by counting.
        query = query.where(col(Document.id) > offset)
    return list(session.exec(query.limit(limit)))


def count(session: Session, words: "str | Sought" = "") -> int:
    """How many documents there are, or hold some words in title, source or address."""
    query = select(func.count()).select_from(Document)
    return session.exec(query.where(_holding(words)) if words else query).one()


def _holding(words: "str | Sought") -> ColumnElement[bool]:
    if isinstance(words, str):
        return _held(words)
    found = [
        *(_held(text) for text in words.held),
        *(_held(text, begun=True) for text in words.begun),
        *(not_(_held(text)) for text in words.lacking),
        *(not_(_held(text, begun=True)) for text in words.lacking_begun),
    ]
    return and_(true(), *found)


def _held(words: str, *, begun: bool = False) -> ColumnElement[bool]:
    """That title, source or address hold some words; with `begun` some word begins so."""
    pattern = f"% {_escaped(words)}%" if begun else f"%{_escaped(words)}%"
    columns = (col(Document.title), col(Document.source_name), col(Document.url))
    return or_(*((literal(" ") + column if begun else column).like(pattern, escape="\\") for column in columns))


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def find(session: Session, key: str) -> list[Document]:
    """The documents that a person may mean by a number, a content hash (or at least 8 digits of it) or an external identifier."""
    query = select(Document)
    if key.isascii() and key.isdigit() and len(key) < 16:
        found = session.get(Document, int(key))
        if found:
            return [found]
    if len(key) >= 8 and all(digit in "0123456789abcdef" for digit in key):
        by_hash = list(session.exec(query.where(col(Document.content_hash).startswith(key)).limit(5)))
        if by_hash:
            return by_hash
    external = query.join(DocumentExternal, col(DocumentExternal.document_id) == col(Document.id))
    return list(session.exec(external.where(DocumentExternal.external_id == key).limit(5)))


def by_hash(session: Session, content: str) -> Document | None:
    """The document with this content hash, or None where it is not in this file (withheld, or not merged)."""
    return session.exec(select(Document).where(Document.content_hash == content)).first()


def by_hashes(session: Session, contents: Iterable[str]) -> dict[str, Document]:
    """The documents with these content hashes, by hash."""
    found: dict[str, Document] = {}
    for chunk in _chunks(sorted(set(contents)), 500):
        for document in session.exec(select(Document).where(col(Document.content_hash).in_(chunk))):
            found[document.content_hash] = document
    return found


def passages_of(session: Session, document_id: int, limit: int | None = None) -> list[Passage]:
    """The passages of a document in order, or the first of them; all of them joined are its text."""
    query = select(Passage).where(Passage.document_id == document_id).order_by(col(Passage.start))
    return list(session.exec(query.limit(limit)))


def text_of(session: Session, document_id: int, *, passages: int | None = None) -> str:
    """The text of a document, or of its first passages."""
    return "".join(passage.text for passage in passages_of(session, document_id, passages))


def passages_by_id(session: Session, numbers: Sequence[int]) -> dict[int, tuple[Passage, Document]]:
    """Passages with their documents, by passage number."""
    found: dict[int, tuple[Passage, Document]] = {}
    for chunk in _chunks(numbers, 500):
        query = (
            select(Passage, Document)
            .join(Document, col(Document.id) == col(Passage.document_id))
            .where(col(Passage.id).in_(chunk))
        )
        for passage, document in session.exec(query):
            found[passage.id or 0] = (passage, document)
    return found


def external_ids(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    """One external identifier for each document that has any, the first by order of text."""
    found: dict[int, str] = {}
    for chunk in _chunks(numbers, 500):
        query = select(DocumentExternal).where(col(DocumentExternal.document_id).in_(chunk))
        for row in session.exec(query.order_by(col(DocumentExternal.external_id))):
            found.setdefault(row.document_id, row.external_id)
    return found


def confidentiality_of(session: Session, document: Document) -> Confidentiality:
    """How confidential a document is now."""
    return confidentialities(session, [document.content_hash])[document.content_hash]


def counts(session: Session) -> tuple[int, int]:
    """How many documents and passages the file holds."""
    return (
        session.exec(select(func.count()).select_from(Document)).one(),
        session.exec(select(func.count()).select_from(Passage)).one(),
    )
