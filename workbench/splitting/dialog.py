"""Speech written with a dash and no quotation marks, as in Spanish: "-It holds -said the mayor-. It will hold."."""

import re

from workbench.splitting.lexicon import Lexicon
from workbench.splitting.model import Attribution
from workbench.splitting.source_phrase import source_after, tokens_of
from workbench.text.spans import Span

# The writer's words begin at a dash after white space that touches a small letter, and end at one that touches their last.
_ASIDE = re.compile(r"(?<=\s)-(?=[^\W\d_])")
_ASIDE_END = re.compile(r"(?<=\w)-(?=[\s.,;:?!]|\Z)")
_TURN = re.compile(r"-(?=[^\W_]|[¿¡\"'(])")


def opens_turn(folded: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the paragraph that begins at `start` is spoken, in a language that writes speech with dashes."""
    return lexicon.dialog_dashes and _TURN.match(folded, start, end) is not None


def spoken(folded: str, start: int, end: int, lexicon: Lexicon) -> Attribution | None:
    """Who speaks in the sentence [start, end) of a spoken paragraph, by the writer's aside; None when nobody is named."""
    for found in _ASIDE.finditer(folded, start + 1, end):
        tokens = tokens_of(folded, found.end(), end, lexicon)
        if not tokens or tokens[0].lower not in lexicon.reporting or tokens[0].is_capital:
            continue
        source = source_after(tokens, 1, lexicon, stop_at_comma=False)
        if source is None:
            continue
        closes = _ASIDE_END.search(folded, source.end - 1, end)
        cue = Span(tokens[0].start, tokens[0].end)
        rest = _trimmed(folded, closes.end(), end) if closes else None
        parts = [part for part in (_trimmed(folded, start, found.start()), rest) if part]
        return Attribution(source.of(folded), source.start, source.end, cue.of(folded), cue, tuple(parts))
    return None


def _trimmed(folded: str, start: int, end: int) -> Span | None:
    while start < end and folded[start] in " \n\t-.,;:":
        start += 1
    while end > start and folded[end - 1] in " \n\t-,;:":
        end -= 1
    return Span(start, end) if start < end else None
