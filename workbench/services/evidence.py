"""Evidence: bringing documents in, finding and reading them, encoding them in the background."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from db import evidence as stored
from db import snapshots, verdicts
from db.identity import derived
from db.search import embeddings
from db.search.stems import repeats_beginning
from db.store import Store
from db.tables import Citation, Document, Passage
from db.tables.evidence import HandlingData
from db.vocabulary import Confidentiality, Kind
from db.withholding import confidentialities
from workbench.matching.encoder import Encoder
from workbench.matching.query import read_query
from workbench.services import keys
from workbench.services.importing import Cancelled, EvidenceImports, ReportProgress, left_before, never, silent
from workbench.services.sources import Resolver
from workbench.services.views import DocumentDetail, DocumentView, Marked, Progress, ReceiptView

EMBED_BATCH = 128
EMBED_SECONDS = 120.0


class EvidenceService(EvidenceImports):
    """Bringing evidence in and reading it."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        super().__init__(store)
        self._encoder = encoder

    def list(self, *, words: str = "", offset: int = 0, limit: int = 50) -> list[DocumentView]:
        """A page of documents, optionally those whose title, source or address holds some words."""
        with self._store.read() as session:
            return _views(session, stored.documents(session, words=sought(words), offset=offset, limit=limit))

    def count(self, words: str = "") -> int:
        """How many documents there are, or hold some words."""
        with self._store.read() as session:
            return stored.count(session, sought(words))

    def show(self, key: str) -> DocumentDetail:
        """A document with its passages and where it is cited. Raises NotFound."""
        with self._store.read() as session:
            document = keys.document(session, key)
            passages = tuple(stored.passages_of(session, document.id or 0))
            return DocumentDetail(
                view=_views(session, [document])[0],
                passages=passages,
                text="".join(passage.text for passage in passages),
                citations=tuple(verdicts.citations_of_document(session, document.content_hash)),
                receipts=receipt_views(session, document),
                fact_check=snapshots.fact_check_of(session, document.id or 0),
            )

    def set_confidentiality(self, key: str, value: Confidentiality) -> Marked:
        """Decide how confidential a document is; a confidential one never leaves the desk in a share from then on.

        What has left before cannot be taken back; the warning says so.
        """
        with self._store.write("decide how confidential a document is") as unit:
            document = keys.document(unit.session, key)
            before = stored.confidentiality_of(unit.session, document)
            newly = value is Confidentiality.CONFIDENTIAL and before is not value
            warning = left_before(unit.session, document, self._store.actor.device) if newly else ""
            data = HandlingData(document=document.content_hash, confidentiality=value)
            unit.journal.record(Kind.HANDLING, derived("handling", document.content_hash), data)
            return Marked(document, warning)

    def pending(self) -> int:
        """How many passages have no vector of the encoder's model yet."""
        with self._store.read() as session:
            return embeddings.count_unembedded(session, self._encoder.model_id)

    def embed(self, *, progress: ReportProgress = silent, cancelled: Cancelled = never) -> int:
        """Encode the passages that have no vector yet, in small transactions; stopped and run again, it goes on where it was.

        Returns how many were encoded. Raises EncoderUnavailable.
        """
        total = self.pending()
        model = self._encoder.model_id
        done = after = 0
        while not cancelled():
            with self._store.read() as session:
                batch = embeddings.unembedded(session, model, after=after, limit=EMBED_BATCH)
            if not batch:
                break
            texts = [encoded_text(title, text) for _, title, text in batch]
            vectors = self._encoder.encode(texts, EMBED_SECONDS)
            rows = [
                (number, hashlib.sha256(text.encode()).digest()[:16], vector.astype("<f2").tobytes())
                for (number, _, _), text, vector in zip(batch, texts, vectors, strict=True)
            ]
            with self._store.write_local() as session:
                embeddings.add_embeddings(session, model, rows)
            done += len(batch)
            after = batch[-1][0]
            progress(Progress(done, max(total, done), "passages", "encoding"))
        return done


def receipt_views(session: Session, document: Document) -> tuple[ReceiptView, ...]:
    """How a document was received, the earliest first, each with whether its bytes are here."""
    found = snapshots.receipts(session, [document.id or 0])
    kept = snapshots.kept(session, [row.sha256 for row in found])
    return tuple(ReceiptView(row, row.sha256 in kept) for row in found)


def sought(words: str) -> stored.Sought | str:
    """What a person looks for among documents, as a query: words, phrases, exclusions, prefixes. Raises InputRefused."""
    if not words.strip():
        return ""
    query = read_query(words)
    return stored.Sought(
        held=tuple(term.typed for term in (*query.ranking, *query.required) if not term.prefix),
        begun=tuple(term.typed for term in query.required if term.prefix),
        lacking=tuple(term.typed for term in query.excluded if not term.prefix),
        lacking_begun=tuple(term.typed for term in query.excluded if term.prefix),
    )


def encoded_text(title: str, text: str) -> str:
    """What is encoded of a passage: its document's title gives it the context that a lone paragraph lacks."""
    return text.strip() if repeats_beginning(title, text) else f"{title}\n{text.strip()}"


def _views(session: Session, documents: Sequence[Document]) -> list[DocumentView]:
    numbers = [document.id or 0 for document in documents]
    resolver = Resolver(session)
    externals = stored.external_ids(session, numbers)
    counted = select(col(Passage.document_id), func.count()).where(col(Passage.document_id).in_(numbers))
    passages = dict(session.exec(counted.group_by(col(Passage.document_id))).all())
    hashes = [document.content_hash for document in documents]
    confidential = confidentialities(session, hashes)
    citing = select(col(Citation.document), func.count()).where(col(Citation.document).in_(hashes))
    cited = dict(session.exec(citing.group_by(col(Citation.document))).all())
    return [
        DocumentView(
            document=document,
            source=resolver.of(document),
            confidentiality=confidential[document.content_hash],
            external_id=externals.get(document.id or 0, ""),
            passages=passages.get(document.id or 0, 0),
            cited=cited.get(document.content_hash, 0),
        )
        for document in documents
    ]
