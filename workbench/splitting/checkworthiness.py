"""How much a sentence calls for checking: logistic regression over named features, with its reasons.

The coefficients and where they come from are in checkworthiness.json; benchmarks/fit_checkworthiness.py writes it.
Method: Hassan et al., "ClaimBuster" (2017), on plain features instead of a vocabulary of thousands.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.splitting.features import features_of, words_of
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


def score(sentence: str, lexicon: Lexicon) -> Score:
    """Check-worthiness of a folded `sentence`. Fitted on English debates: elsewhere it is an order, no probability."""
    fitted = model()
    words = words_of(sentence)
    values = features_of(sentence, words, lexicon)
    moved: dict[str, float] = {}
    total = fitted.intercept
    for feature, weight in fitted.weights.items():
        value = values.get(feature, 0.0)
        total += weight * value
        moved[feature] = weight * (value - fitted.means.get(feature, 0.0)) if value else 0.0
    for word in set(words):
        weight = fitted.words.get(word, 0.0)
        if weight:
            total += weight
            moved[f"the word “{word}”"] = weight
    strongest = sorted(moved.items(), key=lambda item: (-abs(item[1]), item[0]))[:_REASONS]
    reasons = tuple(f"{name} ({amount:+.2f})" for name, amount in strongest if abs(amount) >= _SMALLEST_REASON)
    return Score(round(_logistic(total), 4), reasons)


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
