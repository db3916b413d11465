"""Whether two wordings are alike enough that how one was judged is worth seeing beside the other."""

from workbench.matching.wording import SHORTEST
from workbench.matching.wordings import stems

NEAR = 0.6
"""Cosine from which two wordings are shown beside each other whatever their words."""
NEAR_SHORT = 0.75
"""The same where one of them has fewer than eight words: short texts are near to many."""
FAR = 0.3
"""Cosine below which shared words are no reason."""
SHARED = 3
SHARE = 0.5
"""Content words that both must share, and the least share of the shorter one's, where meaning does not decide."""


def alike(one: str, other: str, cosine: float | None, language: str = "en") -> bool:
    """Whether to show them beside each other; it says nothing about whether they claim the same.

    `cosine` is None where the meaning is not known; then shared words decide. Texts of fewer than eight words need to be
    nearer, or to have the same content words; texts without content words are like nothing.
    """
    mine, its = set(stems(one, language)), set(stems(other, language))
    if not mine or not its:
        return False
    short = min(len(one.split()), len(other.split())) < SHORTEST
    if cosine is not None and cosine >= (NEAR_SHORT if short else NEAR):
        return True
    if cosine is not None and cosine < FAR:
        return False
    shared = len(mine & its)
    if short:
        return mine == its
    return shared >= SHARED and shared >= SHARE * min(len(mine), len(its))
