"""Documents into passages of readable size that tile the text, each with a locator for a person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.intake.model import PassageSpan, Section
from workbench.splitting.lexicon import lexicon
from workbench.splitting.sentences import sentence_spans
from workbench.text.folding import fold
from workbench.text.language import detect_language
from workbench.text.paragraphs import paragraphs

_ENOUGH, _MOST = 60, 120
_TINY = 12
_TOO_LONG_SENTENCE = 150
_WORD = re.compile(r"\S+")
# A word of more letters than this counts as several: scripts without spaces would make one passage of everything.
_LETTERS = 10


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch that is not cut further: a paragraph, or a piece of a long one."""

    start: int
    end: int
    words: int
    paragraph: int
    piece: int = 0


def chunk(text: str) -> tuple[PassageSpan, ...]:
    """Passages of about 60 to 120 words that tile `text` exactly, white space after a passage included.

    Paragraphs are the borders where they can be; longer ones are cut at ends of sentences and, if need be, between words;
    headings and other tiny paragraphs go with what follows. A text of at most 120 words is one passage. Locators count
    paragraphs from 1. Empty text gives no passage.
    """
    if not text:
        return ()
    spans = paragraphs(text)
    if not spans or (len(text) < _MOST * 2 * _LETTERS and _weight(text, 0, len(text)) <= _MOST):
        locator = "paragraph 1" if len(spans) < 2 else f"paragraphs 1–{len(spans)}"
        return (PassageSpan(0, len(text), locator),)
    parts = [part for i, span in enumerate(spans, 1) for part in _parts(text, span.start, span.end, i)]
    groups = _grouped(parts)
    starts = [0, *(group[0].start for group in groups[1:]), len(text)]
    return tuple(
        PassageSpan(start, end, _locator(group)) for start, end, group in zip(starts, starts[1:], groups, strict=False)
    )


def chunk_sections(text: str, sections: Sequence[Section]) -> tuple[PassageSpan, ...]:
    """The same where a text has named parts, such as pages: no passage crosses from one into the next, and locators name it."""
    if not sections:
        return chunk(text)
    starts = [0, *(section.start for section in sections[1:]), len(text)]
    found: list[PassageSpan] = []
    for section, start, end in zip(sections, starts, starts[1:], strict=False):
        pieces = chunk(text[start:end])
        for piece in pieces:
            where = section.name if len(pieces) == 1 else f"{section.name}, {piece.locator}"
            found.append(PassageSpan(start + piece.start, start + piece.end, where))
    return tuple(found)


def _weight(text: str, start: int, end: int) -> int:
    return sum(1 + (f.end() - f.start()) // (2 * _LETTERS) for f in _WORD.finditer(text, start, end))


def _parts(text: str, start: int, end: int, paragraph: int) -> list[_Part]:
    words = _weight(text, start, end)
    if words <= _MOST:
        return [_Part(start, end, words, paragraph)]
    piece_text = text[start:end]
    rules = lexicon(detect_language(piece_text))
    pieces: list[tuple[int, int, int]] = []
    for s, e in sentence_spans(piece_text, fold(piece_text), 0, len(piece_text), rules):
        pieces.extend(_bounded(text, start + s, start + e))
    joined: list[list[int]] = []
    for s, e, weight in pieces:
        if joined and joined[-1][2] + weight <= _MOST and joined[-1][2] < _ENOUGH:
            joined[-1][1], joined[-1][2] = e, joined[-1][2] + weight
        else:
            joined.append([s, e, weight])
    if len(joined) > 1 and joined[-1][2] < _TINY:
        last = joined.pop()
        joined[-1][1], joined[-1][2] = last[1], joined[-1][2] + last[2]
    return [_Part(s, e, weight, paragraph, i) for i, (s, e, weight) in enumerate(joined, 1)]


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """The sentence as it is, or cut between words (inside one when it never ends) when it is far too long."""
    weight = _weight(text, start, end)
    if weight <= _TOO_LONG_SENTENCE:
        return [(start, end, weight)]
    pieces: list[tuple[int, int, int]] = []
    begin, count, last_end = start, 0, start
    for found in _WORD.finditer(text, start, end):
        for s in range(found.start(), found.end(), _MOST * _LETTERS):
            e = min(s + _MOST * _LETTERS, found.end())
            size = 1 + (e - s) // (2 * _LETTERS)
            if count and count + size > _MOST:
                pieces.append((begin, last_end, count))
                begin, count = s, 0
            count += size
            last_end = e
    pieces.append((begin, end, count))
    return pieces


def _grouped(parts: list[_Part]) -> list[list[_Part]]:
    groups: list[list[_Part]] = []
    size = 0
    for part in parts:
        if groups and _joins(groups[-1], size, part):
            groups[-1].append(part)
            size += part.words
        else:
            groups.append([part])
            size = part.words
    return groups


def _joins(group: list[_Part], size: int, part: _Part) -> bool:
    heading = group[-1].words <= _TINY
    if size + part.words > _MOST + (_TINY if heading else 0):
        return heading and size <= _TINY
    if part.piece and group[-1].piece and part.paragraph == group[-1].paragraph:
        return False
    return heading or (size < _ENOUGH and part.words > _TINY)


def _locator(group: list[_Part]) -> str:
    first, last = group[0].paragraph, group[-1].paragraph
    where = f"paragraph {first}" if first == last else f"paragraphs {first}–{last}"
    pieces = [part.piece for part in group if part.piece]
    return f"{where}, part {pieces[-1]}" if pieces else where
