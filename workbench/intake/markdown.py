"""Markdown to clean text: no markup is left, and headings, lists and quotations become hints with exact offsets."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from workbench.intake.model import Link
from workbench.intake.normal import normalise
from workbench.text.blocks import BlockHint, BlockKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST_BOLD_HEADING = 120
_TAG = re.compile(r"<[^<>]{0,500}>")


@dataclass
class CleanMarkdown:
    """The clean text with its blocks, its links, the first heading of the first level, and warnings."""

    text: str
    blocks: tuple[BlockHint, ...]
    links: tuple[Link, ...]
    title: str | None
    warnings: tuple[str, ...]


def clean_markdown(source: str) -> CleanMarkdown:
    """The clean text of Markdown `source` (CommonMark with tables).

    Blocks are parted by a blank line. Raw HTML is left out and warned about, pictures leave their alternative text.
    The text is normalised block by block, because entities can bring in characters that are not; a block where that
    changes anything loses its links, whose offsets would no longer hold.
    """
    builder = _Builder()
    for token in _parser().parse(source):
        builder.block(token)
    return builder.result()


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


@dataclass
class _Builder:
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[BlockHint] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    title: str | None = None
    nesting: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)

    def block(self, token: "Token") -> None:
        if token.type in ("blockquote_open", "list_item_open", "heading_open", "table_open"):
            self.nesting.append(token.tag if token.type == "heading_open" else token.type.removesuffix("_open"))
        elif token.type in ("blockquote_close", "list_item_close", "heading_close", "table_close"):
            self.nesting.pop()
        elif token.type == "inline":
            self._inline_block(token)
        elif token.type in ("fence", "code_block"):
            self._add_block(token.content.strip("\n"), BlockKind.PARAGRAPH)
        elif token.type == "html_block":
            self._warn_html()
        elif token.type == "tr_close":
            self._add_block(" | ".join(cell for cell in self.row if cell), BlockKind.PARAGRAPH)
            self.row.clear()

    def _inline_block(self, token: "Token") -> None:
        inline = _Inline()
        for child in token.children or ():
            inline.add(child)
        if inline.html:
            self._warn_html()
        if "table" in self.nesting:
            self.row.append(inline.text().strip())
            return
        kind = self._kind(inline)
        start = self._add_block(inline.text(), kind)
        if start is None:
            return
        if self.title is None and "h1" in self.nesting:
            self.title = " ".join(normalise(inline.text()).split())
        if not unicodedata.is_normalized("NFC", inline.text()):
            return
        lead = len(inline.text()) - len(inline.text().lstrip())
        for link in inline.links:
            end = min(start + link.end - lead, self.length)
            if 0 <= start + link.start - lead < end:
                self.links.append(Link(start + link.start - lead, end, link.address))

    def _kind(self, inline: "_Inline") -> BlockKind:
        if any(name.startswith("h") for name in self.nesting if len(name) == 2):
            first = "h1" in self.nesting and not any(hint.kind is BlockKind.TITLE for hint in self.blocks)
            return BlockKind.TITLE if first else BlockKind.HEADING
        if "blockquote" in self.nesting:
            return BlockKind.QUOTATION
        if "list_item" in self.nesting:
            return BlockKind.LIST_ITEM
        if inline.only_picture:
            return BlockKind.CAPTION
        text = inline.text().strip()
        if inline.only_bold and 0 < len(text) <= _LONGEST_BOLD_HEADING and text[-1] not in ".!?,;":
            return BlockKind.HEADING
        return BlockKind.PARAGRAPH

    def _add_block(self, text: str, kind: BlockKind) -> int | None:
        text = normalise(text).strip()
        if not text:
            return None
        if self.length:
            self.pieces.append("\n\n")
            self.length += 2
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        self.blocks.append(BlockHint(start, self.length, kind))
        return start

    def _warn_html(self) -> None:
        warning = "Raw HTML in the Markdown was left out."
        if warning not in self.warnings:
            self.warnings.append(warning)

    def result(self) -> CleanMarkdown:
        text = "".join(self.pieces)
        return CleanMarkdown(text, tuple(self.blocks), tuple(self.links), self.title, tuple(self.warnings))


@dataclass
class _Inline:
    """The clean words of one block of inline markup."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    links: list[Link] = field(default_factory=list)
    opened: list[tuple[int, str]] = field(default_factory=list)
    html: bool = False
    bold: int = 0
    bold_seen: bool = False
    outside_bold: bool = False
    pictures: int = 0
    words: int = 0

    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def only_bold(self) -> bool:
        return self.bold_seen and not self.outside_bold

    @property
    def only_picture(self) -> bool:
        return self.pictures > 0 and self.words == 0

    def add(self, token: "Token") -> None:
        if token.type in ("text", "code_inline", "text_special"):
            self.words += bool(token.content.strip())
            self._put(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            self._put(" " if token.type == "softbreak" else "\n")
        elif token.type == "image":
            self.pictures += 1
            self._put("".join(child.content for child in token.children or ()) or token.content)
        elif token.type == "link_open":
            self.opened.append((self.length, str(token.attrGet("href") or "")))
        elif token.type == "link_close" and self.opened:
            start, address = self.opened.pop()
            if address and self.length > start:
                self.links.append(Link(start, self.length, address))
        elif token.type in ("strong_open", "strong_close"):
            self.bold += 1 if token.type == "strong_open" else -1
            self.bold_seen = True
        elif token.type == "html_inline":
            self.html = True
            self._put("\n" if re.fullmatch(r"<br\s*/?>", token.content, re.IGNORECASE) else "")

    def _put(self, text: str) -> None:
        if text.strip() and not self.bold:
            self.outside_bold = True
        self.pieces.append(text)
        self.length += len(text)
