"""A file from outside that passed inspection: what it holds, read again from its private copy as often as needed."""

import hashlib
import json
import sqlite3
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from db.errors import ForeignFileRefused
from db.exchange import reading, received
from db.exchange.quarantine import Quarantine
from db.vocabulary import Confidentiality, Kind

_ASK = "Nothing of it was taken in; ask for it again."


@dataclass(frozen=True, slots=True)
class ForeignDocument:
    """A document of a foreign file, with its passages as (start, end, locator, text)."""

    content_hash: str
    text_hash: str
    title: str
    source_name: str
    authors: list[str]
    url: str
    published_at: str
    language: str
    media_type: str
    confidentiality: Confidentiality
    characters: int
    added_at: str
    passages: tuple[tuple[int, int, str, str], ...]
    external_ids: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(text for _, _, _, text in self.passages)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a foreign file holds and says of itself; the latter is hearsay."""

    documents: int = 0
    passages: int = 0
    snapshots: int = 0
    revisions: int = 0
    by_kind: dict[Kind, int] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    forked: tuple[str, ...] = ()
    """Devices that made two different decisions under one number: their identity was copied."""
    share: str = ""
    desk: str = ""
    packed_at: str = ""
    release: str = ""
    withheld_documents: int = 0
    withheld_revisions: int = 0

    @property
    def is_pack(self) -> bool:
        """Whether it was packed for sharing; otherwise it is a complete copy of a store."""
        return bool(self.share)


class ForeignStore:
    """A foreign file that passed inspection. Close it, or use it as a context: a private copy on disk goes with it."""

    def __init__(self, quarantine: Quarantine, contents: Contents) -> None:
        self._quarantine = quarantine
        self.contents = contents

    @property
    def name(self) -> str:
        """The name of the file, for messages."""
        return self._quarantine.name

    @property
    def sha256(self) -> str:
        """Of the whole file."""
        return self._quarantine.sha256

    @property
    def size(self) -> int:
        """In bytes."""
        return self._quarantine.size

    def close(self) -> None:
        """Remove the private copy."""
        self._quarantine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rids(self) -> list[str]:
        """The identifiers of its revisions in their order of arrival there."""
        with self._quarantine.reading() as connection:
            column = (reading.REVISION[0],)
            return [rid for (rid,) in reading.rows(connection, "revision", column, "number")]

    def revisions(self, skip: Container[str]) -> Iterator[dict[str, Any]]:
        """The columns of each revision whose identifier is not in `skip`, and its `parents`."""
        names = [column.name for column in reading.REVISION]
        with self._quarantine.reading() as connection:
            for row in reading.rows(connection, "revision", reading.REVISION, "number"):
                if row[0] not in skip:
                    values = dict(zip(names, row, strict=True))
                    parents = json.loads(values["body"])["parents"]
                    yield {
                        **values,
                        "kind": Kind(values["kind"]),
                        "at": reading.moment(values["at"]),
                        "parents": parents,
                    }

    def documents(self) -> Iterator[ForeignDocument]:
        """Each document with its passages and external identifiers."""
        with self._quarantine.reading() as connection:
            yield from read_documents(connection)

    def received(self) -> received.ForeignReceived:
        """How its documents were received, and what those that are fact-checks say."""
        with self._quarantine.reading() as connection:
            return received.read_received(connection)

    def snapshot_digests(self) -> list[str]:
        """The hashes of the snapshots that came along."""
        with self._quarantine.reading() as connection:
            return received.foreign_digests(connection)

    def snapshots(self, wanted: Container[str]) -> Iterator[dict[str, Any]]:
        """The columns of the snapshots whose hashes are wanted, one at a time."""
        with self._quarantine.reading() as connection:
            yield from received.read_snapshots(connection, wanted)


def digest(connection: sqlite3.Connection) -> str:
    """SHA-256 over what no other hash covers: the facts of the file, how documents are described, which revisions there are.

    It shows damage on the way, not deceit: whoever changes a file on purpose can compute it anew.
    """
    total = hashlib.sha256()

    def add(*values: object) -> None:
        total.update(json.dumps(values, ensure_ascii=True).encode() + b"\n")

    for key, value in reading.rows(connection, "meta", reading.META, "key"):
        if key != "digest":
            add(key, value)
    for document in read_documents(connection):
        places = [(start, end, locator) for start, end, locator, _ in document.passages]
        add(document.content_hash, document.language, document.media_type, document.confidentiality.value)
        add(document.added_at, document.external_ids, places)
    for (rid,) in reading.rows(connection, "revision", (reading.REVISION[0],), "number"):
        add(rid)
    for values in received.facts(connection):
        add(*values)
    return total.hexdigest()


def read_documents(connection: sqlite3.Connection) -> Iterator[ForeignDocument]:
    """Documents joined with their passages and identifiers, all three read in the order of the document's number."""
    passages = _grouped(reading.rows(connection, "passage", reading.PASSAGE, "document_id, start_offset"))
    externals = _grouped(reading.rows(connection, "document_external", reading.EXTERNAL, "document_id, external_id"))
    piece, external = next(passages, None), next(externals, None)
    for row in reading.rows(connection, "document", reading.DOCUMENT, "id"):
        number = row[0]
        pieces: tuple[tuple[Any, ...], ...] = ()
        names: tuple[tuple[Any, ...], ...] = ()
        if piece is not None and piece[0] == number:
            pieces, piece = piece[1], next(passages, None)
        if external is not None and external[0] == number:
            names, external = external[1], next(externals, None)
        yield _document(row, pieces, tuple(name for (name,) in names))
    if piece is not None or external is not None:
        raise ForeignFileRefused("A passage belongs to no document.", _ASK)


def _grouped(
    rows: Iterator[tuple[Any, ...]],
) -> Iterator[tuple[int, tuple[tuple[Any, ...], ...]]]:
    """Rows that begin with a number in ascending order, gathered by it."""
    number = -1
    gathered: list[tuple[Any, ...]] = []
    for row in rows:
        if row[0] != number and gathered:
            yield number, tuple(gathered)
            gathered = []
        number = row[0]
        gathered.append(row[1:])
    if gathered:
        yield number, tuple(gathered)


def _document(row: tuple[Any, ...], passages: tuple[Any, ...], external_ids: tuple[str, ...]) -> ForeignDocument:
    try:
        authors = _names(row[5])
        reading.moment(row[12])
        confidentiality = Confidentiality(row[10])
    except (ValueError, RecursionError) as error:
        raise ForeignFileRefused(f"Document {row[1][:12]} is described wrongly.", _ASK) from error
    return ForeignDocument(
        content_hash=row[1],
        text_hash=row[2],
        title=row[3],
        source_name=row[4],
        authors=authors,
        url=row[6],
        published_at=row[7],
        language=row[8],
        media_type=row[9],
        confidentiality=confidentiality,
        characters=row[11],
        added_at=row[12],
        passages=passages,
        external_ids=external_ids,
    )


def _names(text: str) -> list[str]:
    names = json.loads(text)
    if not isinstance(names, list) or not all(isinstance(name, str) and "\0" not in name for name in names):
        raise ValueError("not a list of names")
    return names
