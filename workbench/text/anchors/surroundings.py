"""The words on either side of an anchor: where they stand now, and how well a place agrees with them."""

from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Postfix, Prefix

from workbench.text.anchors.likeness import Window
from workbench.text.anchors.prepared import Wanted

_TAILS = (20, 12)
_FAR_PIECE = 16
_MOST_PLACES = 8
# Characters next to the anchor that tell a place: together with the other side, and alone.
_TELLING, _ALONE = 12, 20
_AGREEING_CHARACTERS = 8
_NEXT_TO = 3
_SLACK = 4
_AT_AN_END = 0.8
_ONE_SIDE_EDITED, _BOTH_SIDES_EDITED = 0.75, 0.6


@dataclass(frozen=True, slots=True)
class Edge:
    """A place where one side of an anchor should be; `strength` counts the characters that say so."""

    at: int
    strength: int
    tight: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A window that the surroundings point to; `sides` of them were found (half a side when only roughly)."""

    window: Window
    sides: float
    strength: int

    def adjoins(self, start: int, end: int) -> bool:
        """Whether [start, end) stands next to the words found; asked only where they were found on one side."""
        if self.sides > 1.0:
            return True
        away = start - self.window.start if self.window.tight_left else self.window.end - end
        return away <= _NEXT_TO


def occurrences(text: str, piece: str, most: int) -> list[int]:
    """Where `piece` begins in `text`, overlapping ones too; at most `most` places."""
    found: list[int] = []
    at = text.find(piece)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = text.find(piece, at + 1)
    return found


def _few(text: str, piece: str) -> list[int]:
    """The places of `piece`, or none when it stands in so many that it tells nothing."""
    found = occurrences(text, piece, _MOST_PLACES + 1)
    return found if len(found) <= _MOST_PLACES else []


def edges_before(text: str, prefix: str) -> list[Edge]:
    """Where the words before the anchor end in `text`; the beginning when it stood there."""
    near = prefix.rstrip()
    if not near:
        return [Edge(0, _TELLING, tight=True)]
    for length in (len(near), *[tail for tail in _TAILS if tail < len(near)]):
        places = _few(text, near[-length:])
        if places:
            return [Edge(at + length, length, tight=True) for at in places]
    far = near[:_FAR_PIECE] if len(near) > _FAR_PIECE else ""
    return [Edge(min(len(text), at + len(near)), _FAR_PIECE, tight=False) for at in (_few(text, far) if far else [])]


def edges_after(text: str, suffix: str) -> list[Edge]:
    """Where the words after the anchor begin in `text`; its end when it stood there."""
    near = suffix.lstrip()
    if not near:
        return [Edge(len(text), _TELLING, tight=True)]
    for length in (len(near), *[head for head in _TAILS if head < len(near)]):
        places = _few(text, near[:length])
        if places:
            return [Edge(at, length, tight=True) for at in places]
    far = near[-_FAR_PIECE:] if len(near) > _FAR_PIECE else ""
    ahead = len(near) - _FAR_PIECE
    return [Edge(max(0, at - ahead), _FAR_PIECE, tight=False) for at in (_few(text, far) if far else [])]


def places(text: str, sought: Wanted) -> tuple[list[Place], bool]:
    """The windows that the surroundings point to, and whether they now adjoin: what stood between was taken out."""
    length = len(sought.quote)
    before, after = edges_before(text, sought.prefix), edges_after(text, sought.suffix)
    found: list[Place] = []
    paired: set[Edge] = set()
    closed = False
    for left in before:
        for right in after:
            gap = right.at - left.at
            if not -1 <= gap <= 5 * length // 2 + 120:
                continue
            paired |= {left, right}
            sure = left.tight and right.tight
            if gap <= 1 or not text[left.at : right.at].strip():
                closed = closed or (sure and min(left.strength, right.strength) >= _TELLING)
                continue
            window = Window(left.at, right.at, left.tight, right.tight)
            found.append(Place(window, 2.0 if sure else 1.5, left.strength + right.strength))
    reach = length * 8 // 5 + 60
    for left in before:
        if left.tight and left.strength >= _ALONE and left not in paired:
            window = Window(left.at, min(len(text), left.at + reach), tight_left=True, tight_right=False)
            found.append(Place(window, 1.0, left.strength))
    for right in after:
        if right.tight and right.strength >= _ALONE and right not in paired:
            window = Window(max(0, right.at - reach), right.at, tight_left=False, tight_right=True)
            found.append(Place(window, 1.0, right.strength))
    return found, closed


def resemblance(text: str, sought: Wanted, start: int, end: int) -> float:
    """How like the anchor's the surroundings of [start, end) are when they may have been edited too, 0 to 1.

    The better of one side alone and both together, each scaled so that .5 parts edited words from others.
    """
    prefix, suffix = sought.prefix.strip(), sought.suffix.strip()
    left = text[max(0, start - len(prefix) - _SLACK) : start].rstrip()
    right = text[end : end + len(suffix) + _SLACK].lstrip()
    before = fuzz.ratio(prefix, left) / 100 if len(prefix) >= _TELLING else 0.0
    after = fuzz.ratio(suffix, right) / 100 if len(suffix) >= _TELLING else 0.0
    if not prefix and not left:
        before = _AT_AN_END
    if not suffix and not right:
        after = _AT_AN_END
    return max(max(before, after) - _ONE_SIDE_EDITED, (before + after) / 2 - _BOTH_SIDES_EDITED) + 0.5


def _side(kept: int, wanted: str, there: str) -> float:
    if not wanted.strip():
        return 0.0 if there.strip() else 1.0
    if kept >= min(len(wanted), _AGREEING_CHARACTERS):
        return max(kept / len(wanted), fuzz.ratio(wanted, there) / 100)
    return max(0.0, fuzz.ratio(wanted, there) / 100 - 0.6) * 2.5


def agreement(text: str, sought: Wanted, start: int) -> float:
    """How well the surroundings of the exact words at `start` agree with the anchor's, 0 to 1; one side gives .7."""
    end, prefix, suffix = start + len(sought.quote), sought.prefix, sought.suffix
    left = text[max(0, start - len(prefix)) : start] if prefix else text[max(0, start - _TELLING) : start]
    right = text[end : end + (len(suffix) or _TELLING)]
    before = _side(Postfix.similarity(prefix, left), prefix, left)
    after = _side(Prefix.similarity(suffix, right), suffix, right)
    return 0.7 * max(before, after) + 0.3 * min(before, after)
