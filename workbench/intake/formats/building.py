"""Putting a clean text together from blocks, with exact offsets for what each block is and for its links."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.intake.model import Link, Section
from workbench.intake.normal import normalise
from workbench.text.blocks import BlockHint, BlockKind

LONGEST = 5_000_000
"""Characters that a document's text may have."""

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]*\n[ \t\r\f\v\u00a0]*|[ \t\r\f\v]+")


def clean(text: str) -> str:
    """Text without NUL, control characters and half surrogate pairs, which are in no text that a person wrote."""
    return normalise(_NO_TEXT.sub("", text))


def flowing(text: str) -> str:
    """A paragraph: white space is one blank, a line break stays where there was one."""
    return _SPACE.sub(lambda found: "\n" if "\n" in found.group() else " ", clean(text)).strip()


@dataclass(slots=True)
class Builder:
    """Gathers blocks, parted by a blank line. `full` says that the text has become too long, and nothing more is taken."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[BlockHint] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    _pending: str | None = None

    @property
    def full(self) -> bool:
        """Whether the text is longer than a document may be."""
        return self.length > LONGEST

    @property
    def text(self) -> str:
        """What was gathered."""
        return "".join(self.pieces)

    def section(self, name: str) -> None:
        """What comes now belongs to a part of the document with this name."""
        self._pending = name

    def add(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, links: Sequence[tuple[int, int, str]] = ()) -> None:
        """Add a block. `links` are (start, end, address) in `text`, kept where cleaning changes nothing before them."""
        ready = clean(text)
        lead = len(ready) - len(ready.lstrip())
        ready = ready.strip()
        if not ready:
            return
        if self.length:
            self.pieces.append("\n\n")
            self.length += 2
        start = self.length
        if self._pending is not None:
            self.sections.append(Section(start if self.sections else 0, self._pending))
            self._pending = None
        self.pieces.append(ready)
        self.length += len(ready)
        self.blocks.append(BlockHint(start, self.length, kind))
        if ready in text:
            for link_start, link_end, address in links:
                where, end = start + link_start - lead, min(start + link_end - lead, self.length)
                if start <= where < end and address:
                    self.links.append(Link(where, end, address))
