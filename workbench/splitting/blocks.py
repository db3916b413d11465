"""Blocks: lines and paragraphs of a text with what each is, before any sentence is looked for.

Line breaks carry more than any sentence rule: a heading glued to the next sentence spoils both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.splitting.layout import cut_block
from workbench.splitting.lexicon import Lexicon
from workbench.splitting.lines import (
    is_boilerplate,
    is_byline,
    is_caption,
    is_dateline,
    is_table_row,
    looks_like_heading,
)
from workbench.splitting.model import UnitKind
from workbench.text.blocks import BlockHint, BlockKind
from workbench.text.paragraphs import opens_list_item, paragraphs, trimmed

_HEADINGS_IN_A_ROW = 3
_OPEN_QUOTES = '"“«„'
_CLOSE_QUOTES = '"”»“'
_HINTED = {
    BlockKind.TITLE: UnitKind.TITLE,
    BlockKind.HEADING: UnitKind.HEADING,
    BlockKind.LIST_ITEM: UnitKind.LIST_ITEM,
    BlockKind.QUOTATION: UnitKind.QUOTATION,
    BlockKind.CAPTION: UnitKind.CAPTION,
    BlockKind.PARAGRAPH: UnitKind.SENTENCE,
    BlockKind.BYLINE: UnitKind.BYLINE,
    BlockKind.DATELINE: UnitKind.DATELINE,
    BlockKind.BOILERPLATE: UnitKind.BOILERPLATE,
}
_WHOLE_KINDS = (UnitKind.TITLE, UnitKind.HEADING, UnitKind.BYLINE, UnitKind.DATELINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A trimmed stretch [start, end) to be cut into sentences of `kind`.

    `whole` says that it is one unit whatever punctuation it holds; `paragraph` numbers the paragraph it came from.
    """

    start: int
    end: int
    kind: UnitKind
    whole: bool = False
    paragraph: int = 0


def find_blocks(text: str, folded: str, lexicon: Lexicon, hints: Sequence[BlockHint] = ()) -> list[Block]:
    """The blocks of `text` in order, covering everything but white space.

    `hints` from a document's markup win over the look of the lines; hints that overlap an earlier one or reach
    beyond the text are left out.
    """
    rough: list[Block] = []
    at = 0
    for hint in sorted(hints):
        if hint.start < at or hint.end > len(text) or not text[hint.start : hint.end].strip():
            continue
        rough.extend(_from_lines(text, at, hint.start))
        span = trimmed(text, hint.start, hint.end)
        kind = _HINTED[hint.kind]
        rough.append(Block(span.start, span.end, kind, whole=kind in _WHOLE_KINDS))
        at = hint.end
    rough.extend(_from_lines(text, at, len(text)))
    hinted = {trimmed(text, hint.start, hint.end).start for hint in hints if hint.end <= len(text)}
    named = _named(text, folded, [replace(block, paragraph=i) for i, block in enumerate(rough)], lexicon, hinted)
    return [piece for block in named for piece in _cut(folded, block, lexicon)]


def _from_lines(text: str, start: int, end: int) -> list[Block]:
    found: list[Block] = []
    for span in paragraphs(text, start, end):
        row = is_table_row(text[span.start : span.end])
        listed = row or opens_list_item(text, span.start, span.end)
        found.append(Block(span.start, span.end, UnitKind.LIST_ITEM if listed else UnitKind.SENTENCE, whole=row))
    return found


def _named(text: str, folded: str, blocks: list[Block], lexicon: Lexicon, hinted: set[int]) -> list[Block]:
    """The blocks with title, headings, bylines, datelines, captions and boilerplate told apart."""
    named: list[Block] = []
    body_seen = any(block.kind is UnitKind.TITLE for block in blocks)
    for i, block in enumerate(blocks):
        if block.kind is not UnitKind.SENTENCE:
            body_seen = body_seen or block.kind is not UnitKind.HEADING
            named.append(block)
            continue
        line = folded[block.start : block.end]
        kind = _plain_kind(line, lexicon, near_top=i < 12 or i >= len(blocks) - 3)
        if kind is None and block.start not in hinted:
            kind = _heading_kind(line, title_possible=not body_seen and len(blocks) > 1, lexicon=lexicon)
        if kind is None and _all_quoted(text, block):
            named.append(replace(block, kind=UnitKind.QUOTATION))
        else:
            whole = kind in _WHOLE_KINDS
            named.append(replace(block, kind=kind or UnitKind.SENTENCE, whole=whole))
        body_seen = body_seen or named[-1].kind not in (UnitKind.BYLINE, UnitKind.DATELINE, UnitKind.BOILERPLATE)
    return _without_runs(named, hinted) if len(blocks) > 1 else [_alone(block, hinted) for block in named]


def _plain_kind(line: str, lexicon: Lexicon, *, near_top: bool) -> UnitKind | None:
    if len(line) > 400:
        return None
    if is_dateline(line, lexicon):
        return UnitKind.DATELINE
    if near_top and is_byline(line, lexicon):
        return UnitKind.BYLINE
    if is_boilerplate(line, lexicon):
        return UnitKind.BOILERPLATE
    return UnitKind.CAPTION if is_caption(line, lexicon) else None


def _heading_kind(line: str, *, title_possible: bool, lexicon: Lexicon) -> UnitKind | None:
    if not looks_like_heading(line, lexicon, as_title=title_possible):
        return None
    return UnitKind.TITLE if title_possible else UnitKind.HEADING


def _all_quoted(text: str, block: Block) -> bool:
    inner = text[block.start + 1 : block.end - 1]
    return (
        block.end - block.start > 2
        and text[block.start] in _OPEN_QUOTES
        and text[block.end - 1] in _CLOSE_QUOTES
        and not any(mark in inner for mark in '"”»')
    )


def _without_runs(blocks: list[Block], hinted: set[int]) -> list[Block]:
    """Three or more headings in a row are verse, an address or a table rather than headings."""
    result = list(blocks)
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and blocks[end].kind is UnitKind.HEADING and blocks[end].start not in hinted:
            end += 1
        if end - at >= _HEADINGS_IN_A_ROW:
            for i in range(at, end):
                result[i] = replace(blocks[i], kind=UnitKind.SENTENCE, whole=False)
        at = max(end, at + 1)
    return result


def _alone(block: Block, hinted: set[int]) -> Block:
    """A text of a single block is what somebody typed to be checked: a sentence, unless it is marked otherwise."""
    if block.kind is UnitKind.HEADING and block.start not in hinted:
        return replace(block, kind=UnitKind.SENTENCE, whole=False)
    return block


def _cut(folded: str, block: Block, lexicon: Lexicon) -> list[Block]:
    """The block in pieces where it holds a dateline, a photo credit or a list run into one line."""
    return [
        replace(block, start=start, end=end, kind=kind or block.kind, whole=block.whole or kind is UnitKind.DATELINE)
        for start, end, kind in cut_block(folded, block.start, block.end, block.kind, lexicon)
    ]
