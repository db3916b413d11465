"""Tables (CSV): a row is a document, its columns are the fields of a row of JSON Lines, by name or as a person maps them."""

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from workbench.errors import InputRefused
from workbench.text.visible import visible

FIELDS = ("id", "title", "text", "url", "source", "authors", "published_at", "language", "confidentiality")
LONGEST_CELL = 5_000_000
_ALSO = {
    "text": ("text", "body", "content", "full_text", "fulltext", "article", "claim", "statement", "quote"),
    "title": ("title", "headline", "name"),
    "url": ("url", "link", "address"),
    "source": ("source", "outlet", "publisher"),
    "authors": ("authors", "author", "byline", "by"),
    "published_at": ("published_at", "date", "published", "publication_date", "datepublished"),
    "language": ("language", "lang"),
    "id": ("id", "identifier", "key"),
    "confidentiality": ("confidentiality",),
}
_SAMPLE = 65_536
_DELIMITERS = ",;\t|"


class Table:
    """A table that is read row by row in bounded memory. The columns are mapped when it is opened.

    Raises InputRefused where there is no column for the text, or a mapping names a column that is not there.
    """

    def __init__(self, file: IO[bytes], name: str, columns: Mapping[str, str] | None = None) -> None:
        self._name = visible(name)
        sample = file.read(_SAMPLE)
        file.seek(0)
        self.encoding = _encoding(sample)
        self._reader = csv.reader(
            _lines(file, self.encoding), delimiter=_delimiter(sample.decode(self.encoding, "replace"))
        )
        csv.field_size_limit(LONGEST_CELL)
        try:
            header = [cell.strip() for cell in next(self._reader, [])]
        except (csv.Error, UnicodeDecodeError) as error:
            raise InputRefused(
                f"“{self._name}” is no table that can be read: {error}.", "Save it as CSV in UTF-8."
            ) from error
        self._header = header
        self.places = self._mapped(header, columns or {})

    def _mapped(self, header: list[str], columns: Mapping[str, str]) -> dict[str, int]:
        lower = [cell.lower().replace(" ", "_") for cell in header]
        places: dict[str, int] = {}
        for field, column in columns.items():
            if field not in FIELDS:
                raise InputRefused(f"“{visible(field)}” is no field of a document.", f"There are: {', '.join(FIELDS)}.")
            if column not in header:
                raise InputRefused(
                    f"“{self._name}” has no column “{visible(column)}”.",
                    f"It has: {', '.join(visible(cell) for cell in header[:20])}.",
                )
            places[field] = header.index(column)
        for field, names in _ALSO.items():
            place = next((lower.index(name) for name in names if name in lower), None)
            if field not in places and place is not None and place not in places.values():
                places[field] = place
        if "text" not in places:
            listed = ", ".join(visible(cell) for cell in header[:20]) or "none"
            raise InputRefused(
                f"“{self._name}” has no column for the text of its documents; its columns are: {listed}.",
                "Say which one it is, for example --column text=Statement.",
            )
        return places

    def rows(self) -> Iterator[tuple[int, dict[str, object] | str, str]]:
        """The number of the line on which each row ends, its fields (or why it cannot be read), and all of its cells as JSON."""
        while True:
            try:
                cells = next(self._reader, None)
            except csv.Error as error:
                yield self._reader.line_num, f"The row cannot be read: {error}.", ""
                continue
            except UnicodeDecodeError as error:
                yield (
                    self._reader.line_num + 1,
                    f"The row is not {self.encoding}: {error.reason}. Save the table in UTF-8.",
                    "",
                )
                return
            if cells is None:
                return
            if any(cells):
                yield self._reader.line_num, self._row(cells), json.dumps(self._record(cells), ensure_ascii=False)

    def _record(self, cells: list[str]) -> dict[str, str]:
        names = [name or f"column {place}" for place, name in enumerate(self._header, 1)]
        names += [f"column {place}" for place in range(len(names) + 1, len(cells) + 1)]
        return dict(zip(names, cells, strict=False))

    def _row(self, cells: list[str]) -> dict[str, object]:
        row: dict[str, object] = {
            field: cells[place] for field, place in self.places.items() if place < len(cells) and cells[place].strip()
        }
        authors = row.get("authors")
        if isinstance(authors, str):
            row["authors"] = [name.strip() for name in authors.split(";") if name.strip()]
        if isinstance(row.get("confidentiality"), str):
            row["confidentiality"] = str(row["confidentiality"]).strip().lower()
        return row


def _lines(file: IO[bytes], encoding: str) -> Iterator[str]:
    """Lines as text; one that never ends is cut where a cell would be too long anyway."""
    text = io.TextIOWrapper(io.BufferedReader(_Kept(file), 1 << 16), encoding=encoding, newline="")
    while line := text.readline(2 * LONGEST_CELL):
        yield line


class _Kept(io.RawIOBase):
    """A file that is read through a wrapper and stays open when the wrapper goes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as one read goes."""
        piece = self._file.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _encoding(sample: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(sample: str) -> str:
    """The separator that the first line has most of."""
    first = sample.lstrip("\ufeff").split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)
