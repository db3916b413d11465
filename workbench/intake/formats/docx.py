"""Word documents (ECMA-376): a ZIP archive of XML parts, looked into before anything is unpacked, read as a stream.

The standard library's expat reads the parts event by event, so depth and size of the XML cost no stack and little memory;
a document type declaration, which no Word document has and every entity attack needs, is refused.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from workbench.errors import InputRefused
from workbench.intake.formats.building import Builder, flowing
from workbench.text.blocks import BlockKind
from workbench.text.visible import visible

MOST_PARTS = 10_000
LARGEST_PART = 96 * 1024 * 1024
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_R = ("http://schemas.openxmlformats.org/officeDocument/2006/relationships ",
      "http://purl.oclc.org/ooxml/officeDocument/relationships ")  # fmt: skip
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_TITLE, _CREATOR = "http://purl.org/dc/elements/1.1/ title", "http://purl.org/dc/elements/1.1/ creator"
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SAVE = "Open it in a word processor, save it as DOCX anew, and add that."


class _Doctype(Exception):
    """The XML declares a document type."""


@dataclass(slots=True)
class Word:
    """What a Word document holds."""

    body: Builder
    title: str | None
    authors: tuple[str, ...]
    warnings: tuple[str, ...]


def read_docx(data: bytes, name: str) -> Word:
    """The text of a Word document: tables row by row, notes at the end, tracked changes as if accepted, no comments.

    Raises InputRefused for what is no Word document, encrypted, damaged, or unpacks to more than it should.
    """
    shown = visible(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look_into(archive, shown)
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                raise InputRefused(f"“{shown}” is a ZIP archive but no Word document: it has no text part.", _SAVE)
            return _read(archive, names, shown)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise InputRefused(f"“{shown}” is a damaged or encrypted ZIP archive.", _SAVE) from error
    except expat.ExpatError as error:
        raise InputRefused(f"“{shown}” holds broken XML ({error}).", _SAVE) from error
    except _Doctype as error:
        raise InputRefused(
            f"“{shown}” declares XML entities, which no Word document needs; it may be an attack.", _SAVE
        ) from error


def _look_into(archive: zipfile.ZipFile, shown: str) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise InputRefused(f"“{shown}” has {len(entries):,} parts; at most {MOST_PARTS:,} are read.", _SAVE)
    for entry in entries:
        if entry.filename.endswith(".xml") and entry.file_size > LARGEST_PART:
            raise InputRefused(
                f"“{shown}” unpacks to {entry.file_size // 1024**2:,} MB in one part; that is a bomb, or far too long.",
                _SAVE,
            )


def _part(archive: zipfile.ZipFile, part: str, shown: str) -> bytes:
    """A part, never more of it than allowed, whatever the directory says."""
    with archive.open(part) as file:
        data = file.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise InputRefused(f"“{shown}” unpacks to more than {LARGEST_PART // 1024**2} MB; that is a bomb.", _SAVE)
    return data


def _read(archive: zipfile.ZipFile, names: set[str], shown: str) -> Word:
    def part(name: str) -> bytes | None:
        return _part(archive, name, shown) if name in names else None

    styles = _Styles()
    _parse(part("word/styles.xml"), styles)
    targets = _Targets()
    _parse(part("word/_rels/document.xml.rels"), targets)
    core = _Core()
    _parse(part("docProps/core.xml"), core)
    story = _Story(Builder(), styles.names, targets.addresses)
    _parse(part("word/document.xml"), story)
    for notes in ("word/footnotes.xml", "word/endnotes.xml"):
        story.in_notes = True
        _parse(part(notes), story)
    if not story.builder.length:
        raise InputRefused(
            f"“{shown}” is a Word document without text.", "If it holds pictures, run text recognition on them."
        )
    warnings = []
    if story.changes:
        warnings.append("It has tracked changes; the text was taken as if all of them were accepted.")
    if "word/comments.xml" in names:
        warnings.append("Its comments were left out.")
    title = core.title or next(
        (story.builder.text[b.start : b.end] for b in story.builder.blocks if b.kind is BlockKind.TITLE), None
    )
    return Word(story.builder, title, (core.creator,) if core.creator else (), tuple(warnings))


def _parse(data: bytes | None, handler: "_Handler") -> None:
    if data is None:
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.words
    parser.buffer_text = True
    parser.Parse(data, True)


def _refuse_doctype(*_: object) -> None:
    raise _Doctype


class _Handler:
    """What is done with the events of a part; by default nothing."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def words(self, text: str) -> None:
        """Characters between tags."""


class _Styles(_Handler):
    """The names of paragraph styles: their ids are translated, the built-in names are not."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._id = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        if local == "style":
            self._id = _attribute(attributes, "styleId")
        elif local == "name" and self._id:
            self.names[self._id] = _attribute(attributes, "val").lower()


class _Targets(_Handler):
    """Where links lead."""

    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") == "External" and re.match(r"https?://", target):
            self.addresses[attributes.get("Id", "")] = target[:2000]


class _Core(_Handler):
    """Title and author as the file's properties state them."""

    def __init__(self) -> None:
        self.title = self.creator = ""
        self._tag = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._tag = tag

    def end(self, tag: str) -> None:
        self._tag = ""

    def words(self, text: str) -> None:
        if self._tag == _TITLE:
            self.title = flowing(self.title + text)[:500]
        elif self._tag == _CREATOR:
            self.creator = flowing(self.creator + text)[:200]


def _attribute(attributes: dict[str, str], name: str) -> str:
    return attributes.get(_W + name, "") or attributes.get(_STRICT_W + name, "")


@dataclass(slots=True)
class _Story(_Handler):
    """The running text."""

    builder: Builder
    styles: dict[str, str]
    addresses: dict[str, str]
    in_notes: bool = False
    changes: bool = False
    pieces: list[str] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    style: str = ""
    listed: bool = False
    skipping: int = 0
    tables: int = 0
    cell: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    linked: tuple[int, str] | None = None
    note: str = ""
    taking: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        if self.skipping or local in _LEFT_OUT or tag == _FALLBACK:
            self.skipping += 1
            self.changes |= local in ("del", "moveFrom")
        elif local in _SIGNS:
            self.pieces.append(_SIGNS[local])
        elif local == "p":
            self.pieces, self.links, self.style, self.listed = [], [], "", False
        elif local == "t":
            self.taking = True
        else:
            self._note(local, attributes)

    def _note(self, local: str, attributes: dict[str, str]) -> None:
        """What an element says about the text in it."""
        if local == "ins":
            self.changes = True
        elif local == "pStyle":
            self.style = self.styles.get(_attribute(attributes, "val"), _attribute(attributes, "val").lower())
        elif local == "numPr":
            self.listed = True
        elif local == "tbl":
            self.tables += 1
        elif local == "hyperlink":
            target = next((attributes[key + "id"] for key in _R if key + "id" in attributes), "")
            self.linked = (self._length(), self.addresses.get(target, ""))
        elif local in ("footnote", "endnote"):
            self.note = "" if _attribute(attributes, "type") else _attribute(attributes, "id")

    def end(self, tag: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        local = tag.rpartition(" ")[2]
        if local == "t":
            self.taking = False
        elif local == "p":
            self._paragraph()
        elif local == "tc":
            self.row.append(" ".join(self.cell))
            self.cell = []
        elif local == "tr":
            self.builder.add(" | ".join(cell for cell in self.row if cell))
            self.row = []
        elif local == "tbl":
            self.tables -= 1
        elif local == "hyperlink" and self.linked:
            start, address = self.linked
            self.links.append((start, self._length(), address))
            self.linked = None

    def words(self, text: str) -> None:
        if self.taking and not self.skipping and not self.builder.full:
            self.pieces.append(text)

    def _length(self) -> int:
        return sum(map(len, self.pieces))

    def _paragraph(self) -> None:
        text = "".join(self.pieces)
        self.pieces = []
        if self.tables and not self.in_notes:
            if text.strip():
                self.cell.append(flowing(text))
            return
        if self.in_notes:
            text = f"Note {self.note}: {text.strip()}" if self.note and text.strip() else ""
        self.builder.add(text, self._kind(), () if self.in_notes else self.links)

    def _kind(self) -> BlockKind:
        if self.style == "title" and not self.builder.blocks:
            return BlockKind.TITLE
        if self.style.startswith(("heading", "title", "subtitle")):
            return BlockKind.HEADING
        if self.style in ("quote", "intense quote", "block text"):
            return BlockKind.QUOTATION
        if self.style == "caption":
            return BlockKind.CAPTION
        return BlockKind.LIST_ITEM if self.listed or self.style.startswith("list") else BlockKind.PARAGRAPH
