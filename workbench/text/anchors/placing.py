"""Where the claims of an article stand in its latest edition, carried from one edition to the next.

A pure function of the texts, the claims and what people said of single claims: whoever has the same of these sees
every claim in the same place.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workbench.text.anchors.carrying import carried
from workbench.text.anchors.many import resolve_all
from workbench.text.anchors.model import AnchorState, anchor
from workbench.text.anchors.places import Edition, Place, Standing
from workbench.text.folding import same_words
from workbench.text.spans import Span, trimmed


@dataclass(frozen=True, slots=True)
class _Now:
    """Where a claim stands, or last stood; `gone` where a person said so, until its very words are back."""

    edition: int
    span: Span
    inside: tuple[Span | None, ...]
    gone: bool = False
    pinned: bool = False


Pins = Mapping[tuple[str, int], Span | None]
"""What people said: a claim's place in an edition, None for gone."""


def place_all(editions: Sequence[Edition], claims: Sequence[Standing], pins: Pins) -> dict[str, Place]:
    """The place of every claim in the last edition, by its key.

    Each step takes a claim from the edition in which it last stood, so that what was taken out is found again when it
    comes back. Whole sentences that share units share out their words, so that no word is left without a claim
    because a sentence grew; claims that were made in the edition keep theirs.
    """
    latest = len(editions) - 1
    now = {claim.key: _Now(claim.edition, claim.span, claim.inside) for claim in claims}
    for target in range(1, len(editions)):
        earlier = [claim for claim in claims if claim.edition < target]
        before = dict(now)
        _step(editions, target, earlier, now, pins)
        made = [claim.span for claim in claims if claim.edition == target and claim.whole]
        whole = [claim.key for claim in earlier if claim.whole]
        _settle(editions, target, whole, made, before, now)
        _share_out(editions[target], target, whole, made, now)
    result = {}
    for claim in claims:
        stands = now[claim.key]
        here = stands.edition == latest and not stands.gone
        state = AnchorState.ORPHAN
        if here:
            words = claim.span.of(editions[claim.edition].text)
            same = same_words(words, stands.span.of(editions[latest].text))
            state = AnchorState.OK if same else AnchorState.DRIFTED
        result[claim.key] = Place(
            state, stands.span if here else None, stands.inside, stands.edition, stands.span, stands.pinned
        )
    return result


def _step(
    editions: Sequence[Edition], target: int, claims: Sequence[Standing], now: dict[str, _Now], pins: Pins
) -> None:
    """Take the claims to the next edition; those not found stay where they last stood."""
    text = editions[target].text
    by_edition: dict[int, list[Standing]] = defaultdict(list)
    for claim in claims:
        stands = now[claim.key]
        if (claim.key, target) in pins:
            pin = pins[claim.key, target]
            gone = pin is None or pin.end > len(text) or not pin.of(text).strip()
            if gone or pin is None:
                now[claim.key] = replace(stands, gone=True, pinned=True)
            else:
                moved = _moved(editions, stands, target, pin, pinned=True)
                inside = (*([pin] * claim.fragments), *moved.inside[claim.fragments :])
                now[claim.key] = replace(moved, inside=inside)
        else:
            by_edition[stands.edition].append(claim)
    for edition, several in by_edition.items():
        before = editions[edition].text
        anchors = [anchor(before, now[claim.key].span) for claim in several]
        for claim, found in zip(several, resolve_all(anchors, before, text), strict=True):
            stands = now[claim.key]
            back = not stands.gone or found.state is AnchorState.OK
            now[claim.key] = (
                _moved(editions, stands, target, found.span)
                if found.span is not None and back
                else replace(stands, pinned=False)
            )


def _moved(editions: Sequence[Edition], stands: _Now, target: int, span: Span, *, pinned: bool = False) -> _Now:
    old, new = editions[stands.edition].text, editions[target].text
    inside = tuple(None if piece is None else carried(old, stands.span, new, span, piece) for piece in stands.inside)
    return _Now(target, span, inside, pinned=pinned)


def _settle(
    editions: Sequence[Edition],
    target: int,
    keys: Sequence[str],
    made: Sequence[Span],
    before: Mapping[str, _Now],
    now: dict[str, _Now],
) -> None:
    """Sentences that stood apart cannot come to stand on the same words: the one found less surely gives way.

    Those that overlapped before go on doing so, since two desks parted the same words differently.
    """
    text = editions[target].text

    def rank(key: str) -> tuple[int, str]:
        stands, stood = now[key], before[key]
        same = same_words(stands.span.of(text), stood.span.of(editions[stood.edition].text))
        return (0 if stands.pinned else 1 if same else 2), key

    def give_way(key: str, span: Span) -> None:
        mine = now[key].span
        shared = min(mine.end, span.end) - max(mine.start, span.start)
        left, right = Span(mine.start, max(mine.start, span.start)), Span(min(mine.end, span.end), mine.end)
        rest = trimmed(text, max(left, right, key=lambda part: part.length))
        if shared > min(mine.length, span.length) // 2 or not rest.length:
            now[key] = before[key]
        else:
            now[key] = _moved(editions, before[key], target, rest, pinned=now[key].pinned)

    here = [key for key in keys if now[key].edition == target]
    items = sorted([(now[key].span, key) for key in here] + [(span, "") for span in made])
    active: list[tuple[Span, str]] = []
    for span, key in items:
        active = [item for item in active if item[0].end > span.start]
        for other_span, other in active:
            if (not key and not other) or not span.overlaps(other_span):
                continue
            if not key or not other:
                placed, fixed = (other, span) if not key else (key, other_span)
                if now[placed].edition == target and not now[placed].pinned and now[placed].span.overlaps(fixed):
                    give_way(placed, fixed)
                continue
            one, two = before[key], before[other]
            apart = one.edition != two.edition or not one.span.overlaps(two.span)
            both = now[key].edition == target == now[other].edition
            if apart and both and now[key].span.overlaps(now[other].span):
                loser, winner = sorted((key, other), key=rank, reverse=True)
                give_way(loser, now[winner].span)
        active.append((span, key))


def _share_out(edition: Edition, target: int, keys: Sequence[str], made: Sequence[Span], now: dict[str, _Now]) -> None:
    """Let the whole sentences that came from earlier editions take the words of their units that nobody has."""
    here = {key: now[key].span for key in keys if now[key].edition == target}
    for group, inside in _groups(edition, here, made):
        spans = [here[key] for key in inside] + [span for span in made if span.overlaps(group)]
        for key in inside:
            span = here[key]
            before = max((other.end for other in spans if other.end <= span.start), default=None)
            after = min((other.start for other in spans if other.start >= span.end), default=group.end)
            start = group.start if before is None else span.start
            wide = trimmed(edition.text, Span(min(start, span.start), max(after, span.end)))
            grown = edition.text[wide.start : span.start] + edition.text[span.end : wide.end]
            if any(letter.isalnum() for letter in grown):
                now[key] = replace(now[key], span=wide)


def _groups(edition: Edition, here: Mapping[str, Span], made: Iterable[Span]) -> Iterable[tuple[Span, list[str]]]:
    """Runs of units that claims hold together, each with the claims that came to it, in order."""
    bounds = pairwise([*edition.starts, len(edition.text)])
    units = [trimmed(edition.text, Span(start, end)) for start, end in bounds]
    open_to = -1
    runs: list[Span] = []
    reach = sorted([*here.values(), *made])
    at = 0
    for unit in units:
        if not unit.length:
            continue
        if runs and unit.start < open_to:
            runs[-1] = Span(runs[-1].start, unit.end)
        else:
            runs.append(unit)
        while at < len(reach) and reach[at].start < unit.end:
            open_to = max(open_to, reach[at].end)
            at += 1
    ordered = sorted(here.items(), key=lambda item: (item[1], item[0]))
    place = 0
    for run in runs:
        keys = []
        while place < len(ordered) and ordered[place][1].start < run.end:
            keys.append(ordered[place][0])
            place += 1
        if keys:
            yield run, keys
