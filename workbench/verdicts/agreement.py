"""How far two checkers agree who rated the same claims without seeing each other's verdicts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim that got two different levels."""

    claim: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over the `n` claims that both rated.

    `percent` is 0 to 100, None when n is 0. `kappa` is Cohen's kappa, None when it is not defined: no common claim, or
    both gave one and the same level throughout, so that agreement by chance is certain. `note` says why it is None.
    """

    n: int
    agreed: int
    percent: float | None
    kappa: float | None
    only_first: int
    only_second: int
    disagreements: tuple[Disagreement, ...]
    note: str


def agreement(first: Mapping[str, str], second: Mapping[str, str]) -> Agreement:
    """Compare two checkers' levels, each a mapping from claim id to level id of one and the same scale.

    Claims that only one rated are counted apart and enter neither figure. Method: J. Cohen, "A coefficient of
    agreement for nominal scales", Educational and Psychological Measurement 20 (1960); levels count as names, so
    neighbouring levels are as different as far ones.
    """
    common = sorted(first.keys() & second.keys())
    n = len(common)
    differing = tuple(Disagreement(c, first[c], second[c]) for c in common if first[c] != second[c])
    agreed = n - len(differing)
    given, taken = Counter(first[c] for c in common), Counter(second[c] for c in common)
    # Whole numbers until the one division, so that equal input gives bit-equal output.
    by_chance = sum(count * taken[level] for level, count in given.items())
    kappa = (n * agreed - by_chance) / (n * n - by_chance) if n * n != by_chance else None
    note = ""
    if n == 0:
        note = "No claim was rated by both."
    elif kappa is None:
        note = "Both gave the same level throughout, so kappa is not defined."
    return Agreement(
        n=n,
        agreed=agreed,
        percent=100 * agreed / n if n else None,
        kappa=kappa,
        only_first=len(first.keys() - second.keys()),
        only_second=len(second.keys() - first.keys()),
        disagreements=differing,
        note=note,
    )
