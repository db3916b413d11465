"""From a file, an address or a paste to documents ready to be stored, whatever the format: one owner of how things come in.

Plain text, small Markdown, tables and rows of JSON Lines are read here, by the standard library and in bounded memory; every
other format is a stranger's and is read in the sandbox.
"""

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from db.snapshots import Received
from db.vocabulary import Confidentiality
from workbench.errors import InputRefused
from workbench.files import open_regular
from workbench.intake import IncomingDocument, import_row
from workbench.intake.fetching import Fetched
from workbench.intake.formats import LARGEST, STREAMED, Format, format_of
from workbench.intake.sandbox import Sandbox
from workbench.intake.sandbox.reading import HEAD, read_bytes, too_large
from workbench.intake.tables import Table
from workbench.services.evidence_reading import Item, file_name, prepared, rows
from workbench.services.import_views import Refusal

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever brings documents in says of all of them. `columns` maps fields to the columns of a table."""

    source_name: str = ""
    confidentiality: Confidentiality | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    keep_rows: bool = True


def walk(paths: Sequence[Path]) -> Iterator[tuple[Path, str | None]]:
    """The files that paths name, each with why it is passed over, or None where it is to be read.

    A path that is named itself is taken, link or not; of what folders hold, links, pipes, sockets and devices are refused by
    name and hidden files left out. Folders that links lead to are not entered, so that no loop is walked.
    """
    for path in paths:
        if not path.is_dir():
            yield path, None
            continue
        for folder, inner, names in os.walk(path, followlinks=False):
            inner[:] = sorted(one for one in inner if not one.startswith("."))
            for one in list(inner):
                if (Path(folder) / one).is_symlink():
                    inner.remove(one)
                    yield Path(folder) / one, "is a link to a folder, which is not followed"
            for one in sorted(names):
                if not one.startswith("."):
                    yield Path(folder) / one, _passed_over(Path(folder) / one)


def _passed_over(path: Path) -> str | None:
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return f"cannot be looked at: {error.strerror}"
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return "is a link, which is not followed out of a folder"
    return "is a pipe, a socket or a device, not a file"


class Reading:
    """Reads one file after another for an import. `known` says whether bytes under a name were brought in before."""

    def __init__(self, sandbox: Sandbox, wish: Wish, cancelled: Cancelled) -> None:
        self._sandbox = sandbox
        self._wish = wish
        self._cancelled = cancelled

    def file(self, path: Path, known: Callable[[bytes, str], Item | None]) -> Iterator[Item]:
        """The documents of a file that holds one or many, or why there are none."""
        shown, name = str(path), file_name(path)
        try:
            with open_regular(path) as file:
                form = format_of(head := file.read(HEAD), name)
                size = os.fstat(file.fileno()).st_size
                if size > LARGEST[form]:
                    raise too_large(name, size, form)
                if form in STREAMED:
                    file.seek(0)
                    yield from self.rows(form, file, name, shown)
                    return
                data = head + file.read(LARGEST[form] + 1 - len(head))
            if len(data) > LARGEST[form]:
                raise too_large(name, len(data), form)
            before = known(data, name)
            if before is not None:
                yield before
                return
            yield from self.data(data, name, shown, None)
        except InputRefused as error:
            yield Refusal(shown, None, str(error))
        except OSError as error:
            yield Refusal(shown, None, f"It cannot be read: {error.strerror}.")

    def rows(self, form: Format, file: IO[bytes], name: str, shown: str) -> Iterator[Item]:
        """The documents in the rows of a table or of JSON Lines. Raises InputRefused for a table that cannot be mapped."""
        wish = self._wish
        if form is Format.ROWS:
            yield from rows(file, shown, wish.source_name, wish.confidentiality, keep=wish.keep_rows)
            return
        for line, row, record in Table(file, name, wish.columns).rows():
            if isinstance(row, str):
                yield Refusal(shown, line, row)
                continue
            try:
                document = import_row(row, line)
            except InputRefused as error:
                yield Refusal(shown, line, str(error).removeprefix(f"Line {line}, "))
            else:
                placed = replace(document, media_type=Format.CSV.value, record=record if wish.keep_rows else None)
                yield self._item(placed, shown, line, name=name, given=None)

    def data(self, data: bytes, name: str, shown: str, media_type: str | None) -> Iterator[Item]:
        """The documents in bytes that a person calls `name`. Raises InputRefused."""
        for document in read_bytes(data, name, media_type, self._sandbox, self._cancelled):
            yield self._item(document, shown, None, name=name, given=data)

    def fetched(self, found: Fetched) -> Iterator[Item]:
        """The documents at an address. Raises InputRefused."""
        for document in read_bytes(found.data, found.name, found.media_type, self._sandbox, self._cancelled):
            received = Received(
                found.data if document.record is None else document.record.encode(),
                found.media_type or document.media_type,
                url=found.url,
                hops=found.hops,
                robots=found.robots,
            )
            # Where it was fetched from is known for certain; what a page says of its address is not.
            placed = replace(document, url=document.url if document.record is not None else found.url)
            yield prepared(placed, found.asked, self._wish.source_name, self._wish.confidentiality, received=received)

    def _item(
        self, document: IncomingDocument, shown: str, line: int | None, *, name: str, given: bytes | None
    ) -> Item:
        """A document with what it came as: its record where the file holds many, else the whole file."""
        kept = given if document.record is None else document.record.encode()
        media_type = (
            document.media_type if document.record is None else _RECORDS.get(document.media_type, "application/json")
        )
        received = None if kept is None else Received(kept, media_type, name=name)
        return prepared(document, shown, self._wish.source_name, self._wish.confidentiality, line, received)


_RECORDS = {Format.RIS.value: Format.RIS.value, Format.BIBTEX.value: Format.BIBTEX.value}
"""Media types of records that are not JSON."""
