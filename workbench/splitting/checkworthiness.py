"""How much a sentence calls for checking: logistic regression over named features, with its reasons.

The coefficients and where they come from are in checkworthiness.json; benchmarks/fit_checkworthiness.py writes it.
Method: Hassan et al., "ClaimBuster" (2017), on plain features instead of a vocabulary of thousands.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from importlib.resources import files

from workbench.splitting.features import features_of
from workbench.splitting.lexicon import Lexicon

_REASONS = 3
_SMALLEST_REASON = 0.05


@dataclass(frozen=True)
class Model:
    """Coefficients of named features and of single words; `means` centre the reasons, `threshold` is the best F1."""

    intercept: float
    threshold: float
    weights: dict[str, float]
    means: dict[str, float]
    words: dict[str, float]


@cache
def model() -> Model:
    """The model that is shipped."""
    raw = json.loads(files("workbench.splitting").joinpath("checkworthiness.json").read_text(encoding="utf-8"))
    return Model(raw["intercept"], raw["threshold"], raw["weights"], raw["means"], raw["words"])


@dataclass(frozen=True, slots=True)
class Score:
    """A score from 0 to 1 and the three features that moved it most, in words."""

    value: float
    reasons: tuple[str, ...]


def score(sentence: str, words: Sequence[str], lexicon: Lexicon) -> Score:
    """Check-worthiness of a folded `sentence` with its lower-case `words` (workbench.splitting.features.words_of).

    Fitted on English debates: in other languages and kinds of text it gives an order, no probability.
    """
    fitted = model()
    moved: list[tuple[float, str]] = []
    total = fitted.intercept
    for feature, value in features_of(sentence, words, lexicon).items():
        weight = fitted.weights.get(feature, 0.0)
        total += weight * value
        moved.append((weight * (value - fitted.means.get(feature, 0.0)), feature))
    for word in set(words):
        weight = fitted.words.get(word, 0.0)
        if weight:
            total += weight
            moved.append((weight, f"the word “{word}”"))
    strongest = nsmallest(_REASONS, moved, key=lambda item: (-abs(item[0]), item[1]))
    reasons = tuple(f"{name} ({amount:+.2f})" for amount, name in strongest if abs(amount) >= _SMALLEST_REASON)
    return Score(round(_logistic(total), 4), reasons)


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
