"""Spans, folding and visible text: the only owner of offsets (Unicode code points, half-open, in the stored text)."""

from workbench.text.blocks import BlockHint, BlockKind
from workbench.text.folding import fold
from workbench.text.language import detect_language
from workbench.text.paragraphs import paragraphs
from workbench.text.spans import Span
from workbench.text.visible import has_hidden, visible

__all__ = ["BlockHint", "BlockKind", "Span", "detect_language", "fold", "has_hidden", "paragraphs", "visible"]
