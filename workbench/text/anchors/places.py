"""What is asked about the claims of an article, and what the answer is."""

from dataclasses import dataclass

from workbench.text.anchors.model import AnchorState
from workbench.text.spans import Span


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of an article, with the offsets at which its units start; the first is 0."""

    text: str
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim where it was made: the number of its edition from 0, and its span there.

    `whole` says that it is a whole sentence, which shares out the words of its units with the others; `inside` are
    stretches to be carried along: first its fragments, as many as `fragments` says, then others.
    """

    key: str
    edition: int
    span: Span
    whole: bool
    inside: tuple[Span, ...] = ()
    fragments: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """What became of a claim. `span` is None exactly for an orphan; then `last` is where it last stood, in `edition`.

    `pinned` says that a person placed it, or declared it gone, in the latest edition. `inside` has None for a stretch
    of which nothing is left.
    """

    state: AnchorState
    span: Span | None
    inside: tuple[Span | None, ...]
    edition: int
    last: Span
    pinned: bool = False
