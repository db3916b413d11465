"""Quotations that run on: the speaker of one sentence carries over to the next quoted ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workbench.splitting import dialog
from workbench.splitting.attribution import LONGEST_SENTENCE, attributions, lead_in
from workbench.splitting.lexicon import Lexicon
from workbench.splitting.model import Attribution, UnitKind
from workbench.splitting.quotes import Quote
from workbench.splitting.source_phrase import opening_subject, tokens_of
from workbench.splitting.source_types import typed
from workbench.text.spans import Span

_FEWEST_QUOTED = 3
_WHOLE = 0.75
_LONGEST_CUE = 45
_CARRIES = 3
# "MAYOR POE: We were lucky." as interviews and hearings are written down; never a heading such as "NOTE:".
_LABEL = re.compile(r"\"?((?:[A-Z][A-Z.'-]+ ?){1,4}):\s")
_SIGNATURE = re.compile(r"\"\s*-{1,2}\s*([A-Z][^\n\",]{2,50})\.?$")
_SPOKEN_KINDS = (UnitKind.SENTENCE, UnitKind.QUOTATION, UnitKind.LIST_ITEM)


@dataclass(frozen=True, slots=True)
class Piece:
    """A trimmed sentence or whole block, with the number of the paragraph it stands in."""

    start: int
    end: int
    kind: UnitKind
    paragraph: int


def find_speakers(
    folded: str, pieces: Sequence[Piece], quotes: Sequence[Sequence[Quote]], lexicon: Lexicon
) -> list[tuple[Attribution, ...]]:
    """The attributions of every piece, those of continued quotations included.

    `quotes` holds for every piece the quoted stretches that touch it. A carried-over speaker is marked `continued`.
    """
    if not lexicon.reporting:
        return [() for _ in pieces]
    label: Attribution | None = None
    paragraph, turn = -1, False
    own: list[tuple[Attribution, ...]] = []
    for piece, touching in zip(pieces, quotes, strict=True):
        spoken = piece.kind in _SPOKEN_KINDS
        if piece.paragraph != paragraph:
            paragraph, label = piece.paragraph, None
            turn = dialog.opens_turn(folded, piece.start, piece.end, lexicon)
        aside = dialog.spoken(folded, piece.start, piece.end, lexicon) if turn and spoken else None
        if aside is not None:
            label = aside
            own.append((aside,))
            continue
        found = attributions(folded, piece.start, piece.end, touching, lexicon) if spoken else ()
        label = _labelled(folded, piece, lexicon) or label
        if label is not None and spoken and not found:
            start = max(piece.start, label.cue_span.end)
            found = (replace(label, content=(Span(start, piece.end),), continued=start == piece.start),)
        own.append(found or _signed(folded, piece, touching))
    reader = _Reader(folded, lexicon)
    for found, touching in zip(own, quotes, strict=True):
        reader.claim(found, touching)
    result: list[tuple[Attribution, ...]] = []
    for i, (piece, found, touching) in enumerate(zip(pieces, own, quotes, strict=True)):
        result.append((*found, *reader.carried(i, piece, found, touching)))
        reader.remember(i, piece, result[-1], touching)
    return [tuple(typed(attribution, lexicon) for attribution in found) for found in result]


def _labelled(folded: str, piece: Piece, lexicon: Lexicon) -> Attribution | None:
    """The speaker whose name in capitals stands before a colon at the beginning of the piece."""
    found = _LABEL.match(folded, piece.start, piece.end)
    no_speakers = lexicon.words("reporting", "no_speakers")
    if found is None or not no_speakers.isdisjoint(found.group(1).lower().split()):
        return None
    start, end = found.span(1)
    return Attribution(folded[start:end], start, end, ":", Span(end, end + 1), ())


def _signed(folded: str, piece: Piece, quotes: Sequence[Quote]) -> tuple[Attribution, ...]:
    """Who signs a quotation with a dash and a name after it."""
    found = _SIGNATURE.search(folded, max(piece.start, piece.end - 90), piece.end) if quotes else None
    if found is None or quotes[-1].end != found.start():
        return ()
    start, end = found.span(1)
    content = Span(max(piece.start, quotes[-1].start), quotes[-1].end)
    cue = Span(found.start() + 1, start)
    return (
        (Attribution(folded[start:end], start, end, cue.of(folded).strip(), cue, (content,)),) if content.length else ()
    )


@dataclass(slots=True)
class _Reader:
    """Who owns which quotation, who spoke last, and where; filled while the pieces are read in order."""

    folded: str
    lexicon: Lexicon
    owners: dict[Quote, Attribution] = field(default_factory=dict)
    speaker: Attribution | None = None
    spoke_at: int = -9
    announced: bool = False
    chain: Quote | None = None

    def claim(self, found: Sequence[Attribution], quotes: Sequence[Quote]) -> None:
        """Notes which quotations the attributions of one sentence own."""
        for attribution in found:
            for quote in quotes:
                if any(s.start <= quote.end and quote.start <= s.end for s in attribution.content):
                    self.owners.setdefault(quote, attribution)

    def carried(self, i: int, piece: Piece, own: Sequence[Attribution], quotes: Sequence[Quote]) -> list[Attribution]:
        """Attributions of the quoted words in piece i that its own sentence does not attribute."""
        if piece.kind is UnitKind.QUOTATION and not quotes and self.speaker and i - self.spoke_at == 1:
            return [_continue(self.speaker, Span(piece.start, piece.end))]
        carried: list[Attribution] = []
        if piece.end - piece.start > LONGEST_SENTENCE:
            return carried
        for quote in quotes:
            part = Span(max(quote.start, piece.start), min(quote.end, piece.end))
            said = part.start + len(part.of(self.folded).rstrip(" .,;:"))
            if any(s.start <= part.start and said <= s.end for a in own for s in a.content):
                continue
            speaker = self._speaker(i, piece, own, quote, part)
            self.chain = None if quote.closed else quote
            if speaker is not None:
                self.owners.setdefault(quote, speaker)
                carried.append(_continue(speaker, part))
        return carried

    def _speaker(
        self, i: int, piece: Piece, own: Sequence[Attribution], quote: Quote, part: Span
    ) -> Attribution | None:
        known = self.owners.get(quote)
        if known is not None:
            return known
        if own:
            return own[0] if part.length > 2 else None
        quoted_words = len(part.of(self.folded).split())
        all_words = max(1, len(self.folded[piece.start : piece.end].split()))
        goes_on = self.chain is not None or self.announced or i - self.spoke_at <= _CARRIES
        if quoted_words / all_words >= _WHOLE:
            return self.speaker if goes_on else None
        if quoted_words < _FEWEST_QUOTED or _is_a_name(part.of(self.folded)):
            return None
        return _subject_as_speaker(self.folded, piece, quote, self.lexicon)

    def remember(self, i: int, piece: Piece, found: Sequence[Attribution], quotes: Sequence[Quote]) -> None:
        """Notes who spoke in piece i, or whose words it announces."""
        if piece.kind not in _SPOKEN_KINDS:
            return
        self.announced = False
        quoting = [a for a in found if _quotes(a, quotes)]
        if quoting:
            self.speaker, self.spoke_at = quoting[-1], i
            return
        if found:
            return
        announced = lead_in(self.folded, piece.start, piece.end, self.lexicon)
        if announced is not None:
            self.speaker, self.spoke_at, self.announced = announced, i, True


def _quotes(attribution: Attribution, quotes: Sequence[Quote]) -> bool:
    """Whether quoted words are among what is attributed, or a label or dash announces them."""
    verbal = attribution.cue[:1].isalpha()
    return not verbal or any(s.start <= q.end and q.start <= s.end for s in attribution.content for q in quotes)


def _is_a_name(words: str) -> bool:
    """The title of a programme or a book stands in quotation marks too, in title case."""
    long_words = [word for word in words.split() if len(word) > 3]
    return bool(long_words) and all(word[0].isupper() for word in long_words)


def _subject_as_speaker(folded: str, piece: Piece, quote: Quote, lexicon: Lexicon) -> Attribution | None:
    """Who opens a sentence with quoted words in its middle is taken to have spoken them."""
    tokens = tokens_of(folded, piece.start, min(piece.end, quote.start), lexicon)
    subject = opening_subject(tokens, len(tokens), lexicon)
    if subject is None or subject.end >= quote.start - 1:
        return None
    cue = Span(subject.end, max(subject.end, quote.start - 1))
    words = cue.of(folded).strip()
    if len(words) > _LONGEST_CUE:
        return None
    return Attribution(subject.of(folded), subject.start, subject.end, words, cue, ())


def _continue(speaker: Attribution, content: Span) -> Attribution:
    return replace(speaker, content=(content,), continued=True)
