"""Suggested claims of one unit: the unit itself, and for each attribution what was said and that it was said."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.splitting.checkworthiness import model, score
from workbench.splitting.details import Context, noted, notes_on, stated
from workbench.splitting.features import words_of
from workbench.splitting.kinds import kinds_of
from workbench.splitting.mentions import dates_of, quantities_of
from workbench.splitting.model import (
    SET_ASIDE,
    Attribution,
    ClaimKind,
    ClaimRelation,
    SuggestedClaim,
    UnitKind,
)
from workbench.splitting.quotes import Quote
from workbench.splitting.references import references_of
from workbench.splitting.speakers import Piece
from workbench.text.spans import Span

_LONGEST = 3_000
_FEWEST_WORDS = 2
_SHORT_GAP = 60
_NOT_SUGGESTED = frozenset({*SET_ASIDE, UnitKind.HEADING})
_STATING = frozenset({UnitKind.SENTENCE, UnitKind.QUOTATION, UnitKind.LIST_ITEM})
_QUOTE_MARKS = "\"'"


def claims_of(
    piece: Piece, attributions: Sequence[Attribution], quotes: Sequence[Quote], context: Context
) -> tuple[SuggestedClaim, ...]:
    """The claims of the unit around `piece`; the first is the sentence, those after it are suggestions under it."""
    whole = Span(piece.start, piece.end)
    if piece.kind in SET_ASIDE:
        reasons = (f"set aside: {piece.kind}",)
        return (
            SuggestedClaim(
                whole.start, whole.end, (whole,), whole.of(context.text), ClaimRelation.SENTENCE, (), reasons
            ),
        )
    sentence = _sentence_claim(whole, attributions[0] if attributions else None, quotes, context, piece.kind)
    if whole.length > _LONGEST:
        return (sentence,)
    under: list[SuggestedClaim] = []
    for attribution in attributions:
        under.extend(_under(sentence, attribution, quotes, context, piece.kind))
    if piece.kind in _STATING:
        under.extend(stated(sentence, under, attributions, context))
    return (sentence, *under)


def _sentence_claim(
    whole: Span, attribution: Attribution | None, quotes: Sequence[Quote], context: Context, kind: UnitKind
) -> SuggestedClaim:
    claim = _rated((whole,), ClaimRelation.SENTENCE, attribution, quotes, context, kind)
    # Beyond this no sentence was written by a person; what is listed from its beginning is enough.
    start, end = whole.start, min(whole.end, whole.start + _LONGEST)
    words = set(words_of(context.folded[start:end]))
    dates = dates_of(context.folded, start, end, context.lexicon)
    quantities = quantities_of(context.folded, start, end, words, dates, context.lexicon)
    references = references_of(context.folded, start, end, context.lexicon, words=words, dates=dates)
    polarity, modality = notes_on(context.folded[start:end], context.lexicon)
    return replace(
        claim, references=references, quantities=quantities, dates=dates, polarity=polarity, modality=modality
    )


def _under(
    sentence: SuggestedClaim, attribution: Attribution, quotes: Sequence[Quote], context: Context, kind: UnitKind
) -> list[SuggestedClaim]:
    """The content of one attribution and, where source and cue stand in the sentence, the act of saying it."""
    whole = sentence.fragments[0]
    contents = (_bare(span, context) for span in attribution.content)
    fragments = tuple(bare for bare in contents if bare is not None and _inside(bare, whole))
    if not fragments or sum(len(f.of(context.text).split()) for f in fragments) < _FEWEST_WORDS:
        return []
    content = _rated(fragments, ClaimRelation.CONTENT, attribution, quotes, context, kind)
    found = [noted(content, sentence, context)]
    source = Span(attribution.start, attribution.end)
    if not attribution.continued and _inside(source, whole) and _inside(attribution.cue_span, whole):
        parts = _joined(sorted({source, attribution.cue_span, *attribution.content}), context.folded)
        act = replace(
            sentence,
            start=parts[0].start,
            end=parts[-1].end,
            fragments=parts,
            text=_wording(parts, context.text),
            relation=ClaimRelation.ACT,
            suggested=False,
            attribution=attribution,
        )
        found.append(noted(act, sentence, context))
    return found


def _inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end


def _joined(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Spans in order, made one where they touch or where only few words of the same clause part them."""
    result: list[Span] = []
    for span in spans:
        if result and (span.start <= result[-1].end + 1 or _same_clause(text[result[-1].end : span.start])):
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def _same_clause(between: str) -> bool:
    return len(between) <= _SHORT_GAP and not any(mark in between for mark in ',;:"-')


def _bare(span: Span, context: Context) -> Span | None:
    """The content without an opening "that" and without quotation marks that enclose all of it."""
    start, end = span.start, span.end
    words = context.lexicon.words("reporting", "dropped_complements")
    first = context.folded[start:end].split(maxsplit=1)
    if len(first) == 2 and first[0].lower() in words:
        start = end - len(context.folded[start:end].lstrip()[len(first[0]) :].lstrip())
    inner = context.folded[start:end]
    if inner[:1] and inner[0] in _QUOTE_MARKS and '"' not in inner[1:-1]:
        start += 1
        end -= len(inner) > 1 and inner[-1] in _QUOTE_MARKS
    elif inner[-1:] == '"' and '"' not in inner[:-1]:
        end -= 1
    while end > start and context.folded[end - 1] in " \n,;":
        end -= 1
    while start < end and context.folded[start].isspace():
        start += 1
    return Span(start, end) if start < end else None


def _wording(fragments: Sequence[Span], text: str) -> str:
    wording = " ".join(" ".join(fragment.of(text).split()) for fragment in fragments)
    return wording[:1].upper() + wording[1:]


def _rated(
    fragments: tuple[Span, ...],
    relation: ClaimRelation,
    attribution: Attribution | None,
    quotes: Sequence[Quote],
    context: Context,
    kind: UnitKind,
) -> SuggestedClaim:
    """A claim with its wording, kinds, score and reasons, without mentions."""
    start, end = fragments[0].start, fragments[-1].end
    whole = relation is ClaimRelation.SENTENCE
    wording = fragments[0].of(context.text) if whole else _wording(fragments, context.text)
    plain = " ".join(f.of(context.folded) for f in fragments)
    words = words_of(plain)
    rated = score(plain, words, context.lexicon, fitted=context.fitted)
    quoted = any(q.start < end and start < q.end for q in quotes)
    source = attribution.source if attribution else None
    hints = kinds_of(plain, words, context.lexicon, source=source, quoted=quoted)
    return SuggestedClaim(
        start,
        end,
        fragments,
        wording,
        relation,
        hints.kinds,
        (*rated.reasons, *hints.reasons),
        rated.value,
        _is_suggested(rated.value, hints.kinds, kind, context),
        attribution,
    )


def _is_suggested(value: float, kinds: Sequence[ClaimKind], kind: UnitKind, context: Context) -> bool:
    threshold = (context.fitted or model()).threshold
    return kind not in _NOT_SUGGESTED and ClaimKind.QUESTION not in kinds and value >= threshold
