"""What documents were received as: giving the bytes back, and exporting them for web archives."""

import importlib.metadata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db import snapshots as stored
from db.identity import utc_now
from db.store import Store
from db.tables import Document, Receipt
from db.vocabulary import Confidentiality
from db.withholding import confidentialities
from workbench.errors import InputRefused, NotFound
from workbench.intake import warc
from workbench.services import keys
from workbench.services.views import Progress

ReportProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Given:
    """A snapshot: its bytes, held against their hash, and how they were received."""

    document: Document
    receipt: Receipt
    data: bytes


@dataclass(slots=True)
class WarcReport:
    """What a WARC export held: things received, documents without bytes here, and confidential ones that stayed."""

    written: int = 0
    missing: int = 0
    withheld: int = 0


class SnapshotService:
    """Reading what was received."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str, digest: str = "") -> Given:
        """What a document was received as: the latest of several, or the one whose hash begins with `digest`.

        Raises NotFound where nothing was kept, and DamagedStore where the bytes have changed.
        """
        with self._store.read() as session:
            document = keys.document(session, key)
            found = [row for row in stored.receipts(session, [document.id or 0]) if row.sha256.startswith(digest)]
            if not found:
                raise NotFound(
                    f"Nothing was kept of how document {document.id} was received.",
                    "Rows of JSON Lines are kept only where the import is told so; see evidence import --keep-rows.",
                )
            for row in reversed(found):
                data = stored.bytes_of(session, row.sha256)
                if data is not None:
                    return Given(document, row, data)
        raise NotFound(
            f"The bytes of document {document.id} are not in this file, only their hash {found[-1].sha256}.",
            "They stayed at the desk that shared it; ask there for them.",
        )

    def warc(
        self,
        keys_given: Sequence[str],
        write: Callable[[bytes], object],
        *,
        compress: bool,
        even_confidential: bool = False,
        progress: ReportProgress = lambda _: None,
    ) -> WarcReport:
        """Write what documents were received as to a WARC file, piece by piece; of all documents where none is named.

        Confidential ones stay out; one that is named is refused, unless `even_confidential`. Raises NotFound, InputRefused.
        """
        report = WarcReport()
        with self._store.read() as session:
            wanted = [keys.document(session, key) for key in keys_given]
            held = {
                content
                for content, value in confidentialities(session).items()
                if value is Confidentiality.CONFIDENTIAL
            }
            named = next((one for one in wanted if one.content_hash in held), None)
            if named is not None and not even_confidential:
                raise InputRefused(
                    f"Document {named.id} is confidential.", "Leave it out, or add --even-confidential if it may leave."
                )
            write(warc.warcinfo(_software(), utc_now(), compress=compress))
            numbers = [one.id or 0 for one in wanted]
            receipts = stored.receipts(session, numbers) if wanted else list(stored.every_receipt(session))
            stays = set() if even_confidential else held
            withheld_bytes = _bytes_of_withheld(session, stays)
            for done, row in enumerate(receipts, 1):
                document = session.get_one(Document, row.document_id)
                if document.content_hash in stays or row.sha256 in withheld_bytes:
                    report.withheld += 1
                    continue
                data = stored.bytes_of(session, row.sha256)
                if data is None:
                    report.missing += 1
                    continue
                write(warc.records(_archived(document, row, data), compress=compress))
                report.written += 1
                progress(Progress(done, len(receipts), "snapshots", "exporting"))
        return report


def _bytes_of_withheld(session: Session, held: set[str]) -> set[str]:
    if not held:
        return set()
    return {
        row.sha256
        for row in stored.every_receipt(session)
        if session.get_one(Document, row.document_id).content_hash in held
    }


def _archived(document: Document, row: Receipt, data: bytes) -> warc.Archived:
    return warc.Archived(
        data,
        row.received_at,
        row.media_type,
        row.url,
        row.name,
        tuple(row.hops),
        tuple(_facts(document, row)),
    )


def _facts(document: Document, row: Receipt) -> Iterator[tuple[str, str]]:
    yield "document", document.content_hash
    yield "title", document.title
    yield "source", document.source_name
    yield "address", document.url
    yield "sha256", row.sha256
    yield "robots", row.robots


def _software() -> str:
    try:
        return f"Claim Workbench {importlib.metadata.version('claim-workbench')}"
    except importlib.metadata.PackageNotFoundError:
        return "Claim Workbench"
