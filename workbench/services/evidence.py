"""Evidence: bringing documents in, finding and reading them, encoding them in the background."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from sqlalchemy import func
from sqlmodel import Session, col, select

from db import evidence as stored
from db import verdicts
from db.evidence import NewDocument
from db.exchange.record import may_hold_elsewhere
from db.identity import derived, utc_now
from db.store import Store
from db.tables import Citation, Document, Passage
from db.tables.evidence import HandlingData
from db.vocabulary import Confidentiality, Kind
from db.withholding import confidentialities
from workbench.errors import InputRefused
from workbench.intake import read_document
from workbench.matching.encoder import Encoder
from workbench.services import keys
from workbench.services.evidence_reading import Item, count_lines, files, from_file, prepared, rows
from workbench.services.sources import Resolver
from workbench.services.views import DocumentDetail, DocumentView, ImportReport, Marked, Progress, Refusal

BATCH = 200
"""Documents per transaction: what a reader beside an import has to wait for."""
EMBED_BATCH = 32
EMBED_SECONDS = 120.0
MOST_WARNINGS = 100
STRICTNESS = list(Confidentiality)
"""From what anybody may see to what never leaves the desk."""

ReportProgress = Callable[[Progress], None]
Cancelled = Callable[[], bool]


def _silent(_: Progress) -> None:
    """Progress that nobody watches."""


def _never() -> bool:
    return False


@dataclass(slots=True)
class _Tally:
    added: int = 0
    known: int = 0
    passages: int = 0
    refused: list[Refusal] = field(default_factory=list)
    cancelled: bool = False
    tightened: int = 0
    warnings: list[Refusal] = field(default_factory=list)

    def report(self) -> ImportReport:
        return ImportReport(
            self.added,
            self.known,
            self.passages,
            tuple(self.refused),
            self.cancelled,
            self.tightened,
            tuple(self.warnings[:MOST_WARNINGS]),
        )


class EvidenceService:
    """Bringing evidence in and reading it."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder

    def add_paths(
        self,
        paths: Sequence[Path],
        *,
        source_name: str = "",
        confidentiality: Confidentiality | None = None,
        progress: ReportProgress = _silent,
        cancelled: Cancelled = _never,
    ) -> ImportReport:
        """Add files, and folders with everything readable in them; a file that cannot be read is refused by name, the rest goes on.

        `source_name` is for documents that name none.
        Confidentiality None leaves what a document says of itself, else public. JSON-lines files among them are imported row by row.
        """
        found = list(files(paths))
        tally = _Tally()
        plain = [file for file in found if file.suffix.lower() != ".jsonl"]
        items = (from_file(file, source_name, confidentiality) for file in plain)
        self._take(items, len(plain), "files", "files", tally, progress, cancelled)
        for file in found:
            if file.suffix.lower() == ".jsonl" and not tally.cancelled:
                self._import(file, source_name, confidentiality, tally, progress, cancelled)
        return tally.report()

    def add_data(
        self,
        data: bytes,
        name: str,
        *,
        source_name: str = "",
        confidentiality: Confidentiality | None = None,
        media_type: str | None = None,
    ) -> ImportReport:
        """Add one document from its bytes. Raises InputRefused."""
        tally = _Tally()
        item = prepared(read_document(data, name, media_type), name, source_name, confidentiality)
        self._take([item], 1, "files", name, tally, _silent, _never)
        return tally.report()

    def import_jsonl(
        self,
        path: Path,
        *,
        source_name: str = "",
        confidentiality: Confidentiality | None = None,
        progress: ReportProgress = _silent,
        cancelled: Cancelled = _never,
    ) -> ImportReport:
        """Import JSON lines, in transactions of 200. Stopped half-way, run it again: what is known is skipped.

        A row that cannot be taken is refused by line, the rest goes on. Raises InputRefused where the file cannot be read.
        """
        tally = _Tally()
        self._import(path, source_name, confidentiality, tally, progress, cancelled)
        return tally.report()

    def _import(
        self,
        path: Path,
        source_name: str,
        confidentiality: Confidentiality | None,
        tally: _Tally,
        progress: ReportProgress,
        cancelled: Cancelled,
    ) -> None:
        if path.exists() and not path.is_file():
            raise InputRefused(
                f"{path} is not a regular file.", "Name a file of JSON lines, or give it on standard input."
            )
        try:
            total = count_lines(path)
            with path.open("rb") as file:
                self._take(
                    rows(file, path.name, source_name, confidentiality),
                    total,
                    "rows",
                    path.name,
                    tally,
                    progress,
                    cancelled,
                )
        except OSError as error:
            raise InputRefused(
                f"{path} cannot be read: {error.strerror}.", "Check the path and its permissions."
            ) from error

    def import_stream(
        self,
        file: IO[bytes],
        name: str,
        *,
        source_name: str = "",
        confidentiality: Confidentiality | None = None,
        progress: ReportProgress = _silent,
    ) -> ImportReport:
        """Import JSON lines from a stream, such as standard input."""
        tally = _Tally()
        self._take(rows(file, name, source_name, confidentiality), None, "rows", name, tally, progress, _never)
        return tally.report()

    def _take(
        self,
        items: Iterable[Item],
        total: int | None,
        unit: str,
        name: str,
        tally: _Tally,
        progress: ReportProgress,
        cancelled: Cancelled,
    ) -> None:
        done = 0
        iterator = iter(items)
        while batch := list(islice(iterator, BATCH)):
            documents = [item[0] for item in batch if not isinstance(item, Refusal)]
            tally.refused.extend(item for item in batch if isinstance(item, Refusal))
            tally.warnings.extend(note for item in batch if not isinstance(item, Refusal) for note in item[1])
            if documents:
                with self._store.write_local() as session:
                    added = stored.add(session, documents, utc_now())
                tally.added += len(added.new)
                tally.known += len(added.known)
                tally.passages += added.passages
                if added.known:
                    tally.tightened += self._tighten(documents, set(added.known), tally)
            done += len(batch)
            progress(Progress(done, total, unit, name))
            if cancelled():
                tally.cancelled = total is None or done < total
                return

    def _tighten(self, documents: Sequence[NewDocument], known: set[str], tally: _Tally) -> int:
        """Hold what was known before as confidential as it is now brought in; never less."""
        wanted = {
            document.content_hash: document.confidentiality
            for document in sorted(documents, key=lambda item: STRICTNESS.index(item.confidentiality))
            if document.content_hash in known and document.confidentiality is not Confidentiality.PUBLIC
        }
        if not wanted:
            return 0
        with self._store.write("hold documents more confidential") as unit:
            for content, document in stored.by_hashes(unit.session, wanted).items():
                present = stored.confidentiality_of(unit.session, document)
                if STRICTNESS.index(wanted[content]) > STRICTNESS.index(present):
                    data = HandlingData(document=content, confidentiality=wanted[content])
                    unit.journal.record(Kind.HANDLING, derived("handling", content), data)
                    if wanted[content] is Confidentiality.CONFIDENTIAL:
                        said = _left_before(unit.session, document, self._store.actor.device)
                        tally.warnings.append(Refusal(document.title, None, said))
            return len(unit.journal.written)

    def list(self, *, words: str = "", offset: int = 0, limit: int = 50) -> list[DocumentView]:
        """A page of documents, optionally those whose title, source or address holds some words."""
        with self._store.read() as session:
            return _views(session, stored.documents(session, words=words, offset=offset, limit=limit))

    def count(self, words: str = "") -> int:
        """How many documents there are, or hold some words."""
        with self._store.read() as session:
            return stored.count(session, words)

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
            )

    def set_confidentiality(self, key: str, value: Confidentiality) -> Marked:
        """Decide how confidential a document is; a confidential one never leaves the desk in a share from then on.

        What has left before cannot be taken back; the warning says so.
        """
        with self._store.write("decide how confidential a document is") as unit:
            document = keys.document(unit.session, key)
            before = stored.confidentiality_of(unit.session, document)
            newly = value is Confidentiality.CONFIDENTIAL and before is not value
            warning = _left_before(unit.session, document, self._store.actor.device) if newly else ""
            data = HandlingData(document=document.content_hash, confidentiality=value)
            unit.journal.record(Kind.HANDLING, derived("handling", document.content_hash), data)
            return Marked(document, warning)

    def pending(self) -> int:
        """How many passages have no vector of the encoder's model yet."""
        with self._store.read() as session:
            return stored.count_unembedded(session, self._encoder.model_id)

    def embed(self, *, progress: ReportProgress = _silent, cancelled: Cancelled = _never) -> int:
        """Encode the passages that have no vector yet, in small transactions; stopped and run again, it goes on where it was.

        Returns how many were encoded. Raises EncoderUnavailable.
        """
        total = self.pending()
        model = self._encoder.model_id
        done = after = 0
        while not cancelled():
            with self._store.read() as session:
                batch = stored.unembedded(session, model, after=after, limit=EMBED_BATCH)
            if not batch:
                break
            texts = [encoded_text(title, text) for _, title, text in batch]
            vectors = self._encoder.encode(texts, EMBED_SECONDS)
            rows = [
                (number, hashlib.sha256(text.encode()).digest()[:16], vector.astype("<f2").tobytes())
                for (number, _, _), text, vector in zip(batch, texts, vectors, strict=True)
            ]
            with self._store.write_local() as session:
                stored.add_embeddings(session, model, rows)
            done += len(batch)
            after = batch[-1][0]
            progress(Progress(done, max(total, done), "passages", "encoding"))
        return done


def _left_before(session: Session, document: Document, device: str) -> str:
    """What marking a document as confidential cannot undo, as far as this file knows."""
    packed, cited = may_hold_elsewhere(session, document, device)
    stays = "what was shared or exported before cannot be taken back, and nobody there is told: tell them yourself"
    if cited:
        return f"Another desk has this document and has cited it; {stays}."
    if packed:
        days = list(dict.fromkeys(f"{moment:%Y-%m-%d}" for moment in packed))
        when = f"{days[0]}" if len(days) == 1 else f"{days[0]} to {days[-1]}"
        return (
            f"{len(packed)} share{'s' if len(packed) > 1 else ''} packed here ({when}) may hold this document; {stays}."
        )
    return "No share with it is on record here. Reports, copies and backups made before may hold its words."


def encoded_text(title: str, text: str) -> str:
    """What is encoded of a passage: its document's title gives it the context that a lone paragraph lacks."""
    return f"{title}\n{text.strip()}" if title and not text.startswith(title) else text.strip()


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
