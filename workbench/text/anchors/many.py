"""Finding all anchors of an article again: order, neighbours and the difference of the two texts vote."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.text.anchors.kept import Image, Kept, kept_of
from workbench.text.anchors.likeness import Window, best_in
from workbench.text.anchors.model import Anchor, AnchorState, How, Resolved
from workbench.text.anchors.prepared import Prepared, Wanted, prepared, wanted
from workbench.text.anchors.resolving import FIRM, NOWHERE, Finding, drifted, find, found_words, least_like
from workbench.text.anchors.surroundings import occurrences, places
from workbench.text.spans import Span
from workbench.text.versions.alignment import rising

_NEIGHBOURS_SIDES = 1.0
_BESIDE = 4
# More than this share of a place taken over from elsewhere in the old text: somebody else's words.
_MOST_TAKEN = 0.5
# Below this, the same words elsewhere go before what stands in the place now: a moved sentence.
_LIKE_ENOUGH = 0.75


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
        return Finding(found_words(target, sought, inside[0], How.EXACT), FIRM)
    if len(there) > 6 * len(sought.quote) + 400 or places(target.even, sought)[1]:
        return None
    likely = best_in(sought.quote, target.even, Window(start, end, image.tight_left, image.tight_right))
    sides = float(image.tight_left + image.tight_right) or 0.5
    if likely is None or likely.likeness < least_like(sought, sides):
        return None
    return Finding(drifted(target, sought, likely), FIRM)


def _with_difference(made: Anchor, kept: Kept, target: Prepared) -> Finding:
    home = Span(made.start, made.start + len(made.exact))
    if not kept.old.startswith(made.exact, made.start):
        stood = find(made, kept.old).resolved.span
        if stood is None:
            return find(made, kept.new)
        home = stood
    image = kept.image(home)
    if image.region.of(kept.new) == made.exact:
        how = How.POSITION if image.region.start == made.start else How.EXACT
        return Finding(Resolved(AnchorState.OK, image.region, 1.0, how), FIRM)
    finding = _by_difference(made, home, target, image)
    if finding is not None and finding.resolved.score >= _LIKE_ENOUGH:
        return finding
    elsewhere = find(made, kept.new)
    span, same = elsewhere.resolved.span, elsewhere.resolved.state is AnchorState.OK
    free = span is not None and kept.taken(span, home) <= _MOST_TAKEN
    if finding is not None:
        return elsewhere if same and free else finding
    if span is None or (free and (same or elsewhere.firmness == FIRM)):
        return elsewhere
    return Finding(replace(NOWHERE, score=elsewhere.resolved.score), 0, removed=True)


def _skeleton(anchors: Sequence[Anchor], findings: Sequence[Finding]) -> list[int]:
    """The firmly found anchors that kept their order, as places in `anchors`; the longest such row."""
    firm = [
        (index, finding.resolved.span)
        for index, finding in enumerate(findings)
        if finding.firmness == FIRM and finding.resolved.span is not None
    ]
    firm.sort(key=lambda one: (anchors[one[0]].start, -anchors[one[0]].end))
    return [firm[place][0] for place, _ in rising([(place, span.start) for place, (_, span) in enumerate(firm)])]


def _between(
    made: Anchor, anchors: Sequence[Anchor], findings: Sequence[Finding], row: Sequence[int], length: int
) -> Span | None:
    """The stretch of a new text of `length` between the nearest neighbours of `made` in the row; None without any."""
    left, seen = 0, False
    for index in row:
        span = findings[index].resolved.span
        if span is None:
            continue
        if anchors[index].end <= made.start:
            left, seen = max(left, span.end), True
        elif anchors[index].start >= made.end:
            return Span(min(left, span.start), span.start)
    return Span(left, length) if seen else None


def _by_neighbours(sought: Wanted, target: Prepared, between: Span, beside: bool) -> Finding | None:
    """An anchor that nothing near it told about, looked for between its neighbours.

    Changed words are looked for only `beside` a neighbour: what lies between distant ones may hold look-alikes.
    """
    start, end = target.to_even(between.start), target.to_even(between.end)
    there = target.even[start:end]
    inside = occurrences(there, sought.quote, 2)
    narrow = len(there) <= 3 * len(sought.quote) + 200
    if len(inside) == 1 and (narrow or not sought.short):
        return Finding(found_words(target, sought, start + inside[0], How.CONTEXT), 1)
    if inside or not narrow or not beside:
        return None
    likely = best_in(sought.quote, target.even, Window(start, end, tight_left=False, tight_right=False))
    if likely is None or likely.likeness < least_like(sought, _NEIGHBOURS_SIDES):
        return None
    return Finding(drifted(target, sought, likely), 1)


def _voted(anchors: Sequence[Anchor], findings: list[Finding], target: Prepared) -> None:
    """Lets the firmly found anchors decide about the others."""
    row = _skeleton(anchors, findings)
    for index, finding in enumerate(findings):
        if finding.firmness == FIRM or (finding.removed and not finding.several):
            continue
        sought = wanted(anchors[index])
        between = _between(anchors[index], anchors, findings, row, len(target.text))
        if between is None or not sought.quote:
            continue
        span = finding.resolved.span
        if span is not None and between.start <= span.start and span.end <= between.end:
            continue
        made = anchors[index]
        beside = any(
            0 <= made.start - anchors[at].end <= _BESIDE or 0 <= anchors[at].start - made.end <= _BESIDE for at in row
        )
        voted = _by_neighbours(sought, target, between, beside)
        if finding.resolved.state is AnchorState.OK and (voted is None or voted.resolved.state is not AnchorState.OK):
            continue
        if voted is not None:
            findings[index] = voted
        elif span is not None:
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
        if any(one.firmness < FIRM for one in findings):
            _voted(anchors, findings, prepared(new_text))
    else:
        kept, target = kept_of(old_text, new_text), prepared(new_text)
        findings = [_with_difference(made, kept, target) for made in anchors]
    _settled(anchors, findings)
    return [one.resolved for one in findings]
