"""Finding all anchors of an article again: order, neighbours and the difference of the two texts vote."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from workbench.text.anchors.kept import Image, Kept, kept_of
from workbench.text.anchors.likeness import Window, best_in
from workbench.text.anchors.model import Anchor, AnchorState, How, Resolved
from workbench.text.anchors.prepared import Prepared, Wanted, prepared, wanted
from workbench.text.anchors.resolving import NOWHERE, Finding, drifted, find, found_words, least_like
from workbench.text.anchors.surroundings import occurrences, places
from workbench.text.spans import Span

_FIRM = 2
_NEIGHBOURS_SIDES = 1.0
# More than this share of a place taken over from elsewhere in the old text: somebody else's words.
_MOST_TAKEN = 0.5


def _by_difference(made: Anchor, home: Span, target: Prepared, image: Image) -> Finding | None:
    """The anchor inside the region that the difference of both texts gives for it; None when it is not there."""
    sought = wanted(replace(made, start=home.start, end=home.end))
    if not sought.quote:
        return None
    start, end = target.to_even(image.region.start), target.to_even(image.region.end)
    there = target.even[start:end]
    kept_all = image.kept >= len(made.exact.strip())
    inside = [start + at for at in occurrences(there, sought.quote, 2)]
    if len(inside) == 1 and (kept_all or there.strip() == sought.quote or not sought.short):
        return Finding(found_words(target, sought, inside[0], How.EXACT), _FIRM)
    if len(there) > 6 * len(sought.quote) + 400 or places(target.even, sought)[1]:
        return None
    likely = best_in(sought.quote, target.even, Window(start, end, image.tight_left, image.tight_right))
    sides = float(image.tight_left + image.tight_right) or 0.5
    if likely is None or likely.likeness < least_like(sought, sides):
        return None
    return Finding(drifted(target, sought, likely), _FIRM)


def _with_difference(made: Anchor, kept: Kept, target: Prepared) -> Finding:
    home = Span(made.start, made.start + len(made.exact))
    if not kept.old.startswith(made.exact, made.start):
        stood = find(made, kept.old).resolved.span
        if stood is None:
            return find(made, kept.new)
        home = stood
    image = kept.image(home)
    finding = _by_difference(made, home, target, image)
    if finding is not None:
        return finding
    elsewhere = find(made, kept.new)
    span = elsewhere.resolved.span
    if span is None:
        return elsewhere
    firm = elsewhere.resolved.state is AnchorState.OK or elsewhere.firmness == _FIRM
    if firm and kept.taken(span, home) <= _MOST_TAKEN:
        return elsewhere
    return Finding(replace(NOWHERE, score=elsewhere.resolved.score), 0, removed=True)


def _skeleton(anchors: Sequence[Anchor], findings: Sequence[Finding]) -> list[int]:
    """The firmly found anchors that kept their order, as places in `anchors`; the longest such row."""
    firm = [
        (index, finding.resolved.span)
        for index, finding in enumerate(findings)
        if finding.firmness == _FIRM and finding.resolved.span is not None
    ]
    firm.sort(key=lambda one: (anchors[one[0]].start, -anchors[one[0]].end))
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, (_, span) in enumerate(firm):
        at = bisect_left(ends, span.start + 1)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1], last[at : at + 1] = [span.start + 1], [place]
    row: list[int] = []
    place = last[-1] if last else -1
    while place >= 0:
        row.append(firm[place][0])
        place = before[place]
    return row[::-1]


def _between(made: Anchor, anchors: Sequence[Anchor], findings: Sequence[Finding], row: Sequence[int]) -> Span | None:
    """The stretch of the new text between the nearest neighbours of `made` in the row; None when both are missing."""
    left, right = 0, None
    seen = False
    for index in row:
        span = findings[index].resolved.span
        if span is None:
            continue
        if anchors[index].end <= made.start:
            left, seen = max(left, span.end), True
        elif anchors[index].start >= made.end and right is None:
            right = span.start
    if right is None:
        return Span(left, 10**9) if seen else None
    return Span(min(left, right), right)


def _by_neighbours(sought: Wanted, target: Prepared, between: Span) -> Finding | None:
    """An anchor that nothing near it told about, looked for between its neighbours."""
    start = target.to_even(between.start)
    end = target.to_even(min(between.end, len(target.text)))
    there = target.even[start:end]
    inside = occurrences(there, sought.quote, 2)
    narrow = len(there) <= 3 * len(sought.quote) + 200
    if len(inside) == 1 and (narrow or not sought.short):
        return Finding(found_words(target, sought, start + inside[0], How.CONTEXT), 1)
    if inside or not narrow:
        return None
    likely = best_in(sought.quote, target.even, Window(start, end, tight_left=False, tight_right=False))
    if likely is None or likely.likeness < least_like(sought, _NEIGHBOURS_SIDES):
        return None
    return Finding(drifted(target, sought, likely), 1)


def _voted(anchors: Sequence[Anchor], findings: list[Finding], target: Prepared) -> None:
    """Lets the firmly found anchors decide about the others."""
    row = _skeleton(anchors, findings)
    for index, finding in enumerate(findings):
        if finding.firmness == _FIRM or finding.removed and not finding.several:
            continue
        sought = wanted(anchors[index])
        between = _between(anchors[index], anchors, findings, row)
        if between is None or not sought.quote:
            continue
        span = finding.resolved.span
        if span is not None and between.start <= span.start and span.end <= between.end:
            continue
        voted = _by_neighbours(sought, target, between)
        if voted is not None:
            findings[index] = voted
        elif span is not None and finding.resolved.state is AnchorState.DRIFTED:
            findings[index] = Finding(replace(NOWHERE, score=finding.resolved.score), 0)


def _settled(anchors: Sequence[Anchor], findings: list[Finding]) -> None:
    """Two anchors that stood apart cannot stand in one place: the one found less firmly is an orphan."""

    def rank(index: int) -> tuple[bool, int, float]:
        found = findings[index].resolved
        return found.state is AnchorState.OK, findings[index].firmness, found.score

    placed = [(one.resolved.span, index) for index, one in enumerate(findings) if one.resolved.span is not None]
    active: list[tuple[Span, int]] = []
    for span, index in sorted(placed):
        active = [(other, at) for other, at in active if other.overlaps(span) and findings[at].firmness]
        for other, at in active:
            apart = not anchors[at].span.overlaps(anchors[index].span)
            if apart and min(other.end, span.end) - max(other.start, span.start) > min(other.length, span.length) // 2:
                loser = min(index, at, key=rank)
                findings[loser] = Finding(replace(NOWHERE, score=findings[loser].resolved.score), 0)
        if findings[index].firmness:
            active.append((span, index))


def resolve_all(anchors: Sequence[Anchor], old_text: str | None, new_text: str) -> list[Resolved]:
    """What became of all `anchors` of one article in `new_text`, in the order given.

    States are those of `resolve`. With the old text at hand, the difference of the two texts says where each anchor
    went, and a place whose words came from elsewhere in the old text is never taken for it. Without it, anchors that
    are found firmly and kept their order decide about the others. Two anchors that stood apart never end up in one
    place. Moved paragraphs are found by their words.
    """
    if not anchors:
        return []
    if old_text is None:
        findings = [find(made, new_text) for made in anchors]
        if any(one.firmness < _FIRM for one in findings):
            _voted(anchors, findings, prepared(new_text))
    else:
        kept, target = kept_of(old_text, new_text), prepared(new_text)
        findings = [_with_difference(made, kept, target) for made in anchors]
    _settled(anchors, findings)
    return [one.resolved for one in findings]
