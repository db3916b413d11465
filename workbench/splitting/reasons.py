"""The reasons that a claim carries, parted: what moved its check-worthiness, and the words that gave its kinds away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MOVED = re.compile(r" \([+-]\d+\.\d\d\)$")


@dataclass(frozen=True, slots=True)
class Reasons:
    """`score` are the features that moved check-worthiness most, each with how far; `kinds` all other reasons."""

    score: tuple[str, ...]
    kinds: tuple[str, ...]


def parted(reasons: Sequence[str]) -> Reasons:
    """The reasons of a suggested claim, which come in one list, as the two that people read."""
    score = tuple(reason for reason in reasons if _MOVED.search(reason))
    return Reasons(score, tuple(reason for reason in reasons if reason not in score))
