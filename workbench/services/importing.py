"""Bringing evidence in: files, folders, addresses, pastes and rows, stored in small transactions with what they came as."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sqlmodel import Session

from db import evidence as stored
from db import snapshots
from db.evidence import NewDocument
from db.exchange.record import may_hold_elsewhere
from db.identity import derived, sha256, utc_now
from db.store import Store
from db.tables import Document
from db.tables.evidence import HandlingData
from db.vocabulary import Confidentiality, Kind
from workbench.errors import InputRefused
from workbench.files import open_regular
from workbench.intake.fetching import Fetched, Rules, fetch
from workbench.intake.formats import STREAMED, Format, format_of
from workbench.intake.sandbox import Sandbox
from workbench.intake.sandbox.process import Cancelled as ReadingCancelled
from workbench.services.evidence_reading import Item, Known, Prepared, count_lines
from workbench.services.import_views import ImportReport, Refusal
from workbench.services.origins import catch_up
from workbench.services.receiving import Reading, Wish, walk
from workbench.services.views import Progress

BATCH = 200
"""Documents per transaction: what a reader beside an import has to wait for."""

BATCH_SECONDS = 1.0
"""Slow files are stored as they come, so that progress shows and a stop loses little."""

MOST_WARNINGS = 100
STRICTNESS = list(Confidentiality)
"""From what anybody may see to what never leaves the desk."""

ReportProgress = Callable[[Progress], None]
Cancelled = Callable[[], bool]


def silent(_: Progress) -> None:
    """Progress that nobody watches."""


def never() -> bool:
    """An import that nobody stops."""
    return False


@dataclass(slots=True)
class _Tally:
    progress: ReportProgress
    cancelled_by: Cancelled
    added: int = 0
    known: int = 0
    passages: int = 0
    refused: list[Refusal] = field(default_factory=list)
    cancelled: bool = False
    tightened: int = 0
    warnings: list[Refusal] = field(default_factory=list)
    files: int = 0

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


class EvidenceImports:
    """The half of the evidence service that brings things in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add_paths(
        self,
        paths: Sequence[Path],
        *,
        source_name: str = "",
        confidentiality: Confidentiality | None = None,
        columns: Mapping[str, str] | None = None,
        progress: ReportProgress = silent,
        cancelled: Cancelled = never,
    ) -> ImportReport:
        """Add files, and folders with everything in them; what cannot be read is refused by name, the rest goes on.

        `source_name` is for documents that name none, `columns` says which columns of a table hold which field.
        Confidentiality None leaves what a document says of itself, else public. Stopped half-way, run it again: files that
        came in are known by their bytes and not read anew.
        """
        tally = _Tally(progress, cancelled)
        wish = Wish(source_name, confidentiality, columns or {})
        found = list(walk(paths))
        rowwise = {path for path, reason in found if reason is None and _is_rows(path)}
        with Sandbox() as sandbox:
            reading = Reading(sandbox, wish, cancelled)
            plain = [one for one in found if one[0] not in rowwise]
            items = self._files(plain, reading, wish, tally)
            self._take(items, len(plain), "files", "files", tally, lambda: tally.files)
        for path in sorted(rowwise):
            if not tally.cancelled:
                self._import(path, wish, tally, refuse=len(found) == 1)
        return tally.report()

    def _files(
        self, found: Sequence[tuple[Path, str | None]], reading: Reading, wish: Wish, tally: _Tally
    ) -> Iterator[Item]:
        def known(data: bytes, name: str) -> Known | None:
            return self._known(data, name, wish)

        for path, reason in found:
            if reason is not None:
                yield Refusal(str(path), None, f"It {reason}.")
            elif self._is_store(path):
                yield Refusal(str(path), None, "It is the database that is open here.")
            else:
                yield from reading.file(path, known)
            tally.files += 1

    def _is_store(self, path: Path) -> bool:
        """Whether a path is the open database or its journal: reading it here would drop SQLite's locks on it."""
        for own in (self._store.path, self._store.path.with_name(self._store.path.name + "-journal")):
            try:
                if path.samefile(own):
                    return True
            except OSError:
                continue
        return False

    def _known(self, data: bytes, name: str, wish: Wish) -> Known | None:
        """What came from these bytes under this name before, where it would come out the same again."""
        with self._store.read() as session:
            documents = snapshots.received_as(session, sha256(data), name)
        if not documents or any(wish.source_name not in ("", one.source_name) for one in documents):
            return None
        return Known(tuple(one.content_hash for one in documents), wish.confidentiality or Confidentiality.PUBLIC)

    def add_address(
        self,
        address: str,
        *,
        rules: Rules | None = None,
        source_name: str = "",
        confidentiality: Confidentiality | None = None,
        cancelled: Cancelled = never,
    ) -> ImportReport:
        """Fetch one address and add what it gives. Nothing else in the program asks the network. Raises InputRefused."""
        return self.add_fetched(
            fetch(address, rules, cancelled),
            source_name=source_name,
            confidentiality=confidentiality,
            cancelled=cancelled,
        )

    def add_fetched(
        self,
        found: Fetched,
        *,
        source_name: str = "",
        confidentiality: Confidentiality | None = None,
        cancelled: Cancelled = never,
    ) -> ImportReport:
        """Add what an address gave. Raises InputRefused."""
        tally = _Tally(silent, cancelled)
        with Sandbox() as sandbox:
            items = Reading(sandbox, Wish(source_name, confidentiality), cancelled).fetched(found)
            self._take(items, None, "documents", found.asked, tally)
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
        """Add what is in some bytes, such as a paste or standard input. Raises InputRefused."""
        tally = _Tally(silent, never)
        with Sandbox() as sandbox:
            reading = Reading(sandbox, Wish(source_name, confidentiality), never)
            self._take(reading.data(data, name, name, media_type), None, "documents", name, tally)
        return tally.report()

    def import_jsonl(
        self,
        path: Path,
        *,
        source_name: str = "",
        confidentiality: Confidentiality | None = None,
        keep_rows: bool = False,
        progress: ReportProgress = silent,
        cancelled: Cancelled = never,
    ) -> ImportReport:
        """Import JSON lines, in transactions of 200. Stopped half-way, run it again: what is known is skipped.

        A row that cannot be taken is refused by line, the rest goes on. `keep_rows` keeps each row as it came beside its
        document. Raises InputRefused where the file cannot be read.
        """
        tally = _Tally(progress, cancelled)
        wish = Wish(source_name, confidentiality, keep_rows=keep_rows)
        self._import(path, wish, tally, refuse=True, form=Format.ROWS)
        return tally.report()

    def _import(self, path: Path, wish: Wish, tally: _Tally, *, refuse: bool, form: Format | None = None) -> None:
        """Import the rows of a file; one that cannot be read or mapped at all is refused, by exception where it stands alone."""
        try:
            with ExitStack() as opened:
                file = opened.enter_context(open_regular(path))
                form = form or format_of(b"", path.name)
                total = count_lines(file) if form is Format.ROWS else None
                reading = Reading(opened.enter_context(Sandbox()), wish, tally.cancelled_by)
                self._take(reading.rows(form, file, path.name, path.name), total, "rows", path.name, tally)
        except InputRefused as error:
            if refuse:
                raise
            tally.refused.append(Refusal(str(path), None, str(error)))
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
        keep_rows: bool = False,
        progress: ReportProgress = silent,
    ) -> ImportReport:
        """Import JSON lines from a stream, such as standard input."""
        tally = _Tally(progress, never)
        wish = Wish(source_name, confidentiality, keep_rows=keep_rows)
        with Sandbox() as sandbox:
            items = Reading(sandbox, wish, never).rows(Format.ROWS, file, name, name)
            self._take(items, None, "rows", name, tally)
        return tally.report()

    def _take(
        self,
        items: Iterable[Item],
        total: int | None,
        unit: str,
        name: str,
        tally: _Tally,
        counted: Callable[[], int] | None = None,
    ) -> None:
        done = 0
        for batch, ended in batches(items):
            tally.refused.extend(item for item in batch if isinstance(item, Refusal))
            prepared = [item for item in batch if isinstance(item, Prepared)]
            tally.warnings.extend(note for item in prepared for note in item.warnings)
            if prepared:
                self._store_batch(prepared, tally)
            for item in batch:
                if isinstance(item, Known):
                    self._seen_again(item, tally)
            done = done + len(batch) if counted is None else counted()
            tally.progress(Progress(done, total, unit, name))
            if ended is not None or tally.cancelled_by():
                tally.cancelled = ended is ReadingCancelled or total is None or done < total
                return
        if tally.added:
            catch_up(self._store, progress=tally.progress, cancelled=tally.cancelled_by)

    def _seen_again(self, item: Known, tally: _Tally) -> None:
        tally.known += len(item.contents)
        if item.confidentiality is not Confidentiality.PUBLIC:
            tally.tightened += self._hold(dict.fromkeys(item.contents, item.confidentiality), tally)

    def _store_batch(self, prepared: Sequence[Prepared], tally: _Tally) -> None:
        documents = [item.document for item in prepared]
        contents = [(item.document.content_hash, item) for item in prepared if item.received or item.fact_check]
        now = utc_now()
        with self._store.write_local() as session:
            added = stored.add(session, documents, now)
            snapshots.keep(session, ((content, item.received) for content, item in contents if item.received), now)
            snapshots.keep_fact_checks(
                session, ((content, item.fact_check) for content, item in contents if item.fact_check)
            )
        tally.added += len(added.new)
        tally.known += len(added.known)
        tally.passages += added.passages
        if added.known:
            tally.tightened += self._tighten(documents, set(added.known), tally)

    def _tighten(self, documents: Sequence[NewDocument], known: set[str], tally: _Tally) -> int:
        """Hold what was known before as confidential as it is now brought in; never less."""
        wanted = {
            document.content_hash: document.confidentiality
            for document in sorted(documents, key=lambda item: STRICTNESS.index(item.confidentiality))
            if document.content_hash in known and document.confidentiality is not Confidentiality.PUBLIC
        }
        return self._hold(wanted, tally) if wanted else 0

    def _hold(self, wanted: Mapping[str, Confidentiality], tally: _Tally) -> int:
        with self._store.write("hold documents more confidential") as unit:
            for content, document in stored.by_hashes(unit.session, wanted).items():
                present = stored.confidentiality_of(unit.session, document)
                if STRICTNESS.index(wanted[content]) > STRICTNESS.index(present):
                    data = HandlingData(document=content, confidentiality=wanted[content])
                    unit.journal.record(Kind.HANDLING, derived("handling", content), data)
                    if wanted[content] is Confidentiality.CONFIDENTIAL:
                        said = left_before(unit.session, document, self._store.actor.device)
                        tally.warnings.append(Refusal(document.title, None, said))
            return len(unit.journal.written)


def _is_rows(path: Path) -> bool:
    try:
        return format_of(b"", path.name) in STREAMED
    except InputRefused:
        return False


def batches(items: Iterable[Item]) -> Iterator[tuple[list[Item], type[ReadingCancelled] | None]]:
    """Items in batches of at most 200, or of what came within a second; the last one says whether reading was stopped."""
    batch: list[Item] = []
    began = time.monotonic()
    try:
        for item in items:
            batch.append(item)
            if len(batch) >= BATCH or time.monotonic() - began > BATCH_SECONDS:
                yield batch, None
                batch, began = [], time.monotonic()
    except ReadingCancelled:
        yield batch, ReadingCancelled
        return
    if batch:
        yield batch, None


def left_before(session: Session, document: Document, device: str) -> str:
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
