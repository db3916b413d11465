"""Carrying a stretch inside an anchored text along: a claim's fragments, the words that name its source."""

from workbench.text.spans import Span
from workbench.text.versions import ChangeKind, word_changes


def carried(old: str, old_span: Span, new: str, new_span: Span, piece: Span) -> Span | None:
    """Where `piece` of `old` went when `old_span` became `new_span` of `new`; None where nothing of it is left.

    Inside the span it goes with its words: a changed word takes the place of the old one. Outside it moves by as much
    as the span did, if the same words stand there.
    """
    before, after = old_span.of(old), new_span.of(new)
    moved = new_span.start - old_span.start
    if piece.start < old_span.start or piece.end > old_span.end:
        if piece.start + moved < 0 or piece.end + moved > len(new):
            return None
        there = piece.shift(moved)
        return there if there.of(new) == piece.of(old) else None
    if before == after:
        return piece.shift(moved)
    inside = Span(piece.start - old_span.start, piece.end - old_span.start)
    found = [
        image
        for kind, one, other in word_changes(before, after)
        if one.overlaps(inside) and other.length
        for image in _images(kind, before, after, one, other, inside)
    ]
    if not found:
        return None
    start, end = min(image.start for image in found), max(image.end for image in found)
    return Span(start, end).shift(new_span.start)


def _images(kind: ChangeKind, before: str, after: str, one: Span, other: Span, inside: Span) -> list[Span]:
    if kind is not ChangeKind.SAME:
        whole = _stripped(after, other)
        return (
            [whole] if whole.length and before[max(one.start, inside.start) : min(one.end, inside.end)].strip() else []
        )
    olds, news = _words(before, one), _words(after, other)
    if len(olds) != len(news):
        return [_stripped(after, other)]
    return [new for old, new in zip(olds, news, strict=True) if old.overlaps(inside)]


def _words(text: str, span: Span) -> list[Span]:
    found, at = [], span.start
    for word in span.of(text).split():
        start = text.index(word, at)
        at = start + len(word)
        found.append(Span(start, at))
    return found


def _stripped(text: str, span: Span) -> Span:
    words = _words(text, span)
    return Span(words[0].start, words[-1].end) if words else Span(span.start, span.start)
