"""How much a sentence calls for checking: logistic regression over named features and terms, with its reasons.

The coefficients and where they come from are in checkworthiness.json; benchmarks/fit_checkworthiness.py writes it, and a
desk can fit its own upon them (workbench.splitting.refitting). Method: Hassan et al., "ClaimBuster" (2017), with terms
weighted as in Wang and Manning, "Baselines and bigrams" (2012).
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from heapq import nsmallest
from importlib.resources import files
from typing import Any

from workbench.errors import InputRefused
from workbench.splitting.features import features_of
from workbench.splitting.lexicon import Lexicon
from workbench.splitting.terms import NUMBER, shown, stem, terms_of

_REASONS = 3
_SMALLEST_REASON = 0.05
_TERMS_OF = "en"
_FIGURE = "figure in digits"
_PERCENTAGE = "percentage"
_HINT = "Take the shipped checkworthiness.json for the form, or fit the model again."


@dataclass(frozen=True, slots=True)
class Plain:
    """Coefficients of the named features where no terms are read with them: for languages without terms."""

    intercept: float
    weights: dict[str, float]


@dataclass(frozen=True, eq=False)
class Model:
    """Coefficients of named features and of terms.

    The terms of a sentence weigh together `scale` times their sum over the root of their number. `means` and
    `terms_mean` are averages that reasons are measured from; a score of `threshold` or more proposes a sentence.
    `plain` takes the place of intercept and weights in languages whose terms are not known.
    """

    intercept: float
    threshold: float
    weights: dict[str, float]
    means: dict[str, float]
    terms: dict[str, float]
    terms_mean: float
    closed: frozenset[str]
    scale: float = 1.0
    provenance: dict[str, Any] = field(default_factory=dict)
    plain: Plain | None = None

    def for_language(self, code: str) -> "Model":
        """The model to read a language with: this one, or its named features alone."""
        return self if code == _TERMS_OF or self.plain is None else self._without_terms

    @cached_property
    def _without_terms(self) -> "Model":
        plain = self.plain or Plain(self.intercept, self.weights)
        return replace(
            self,
            intercept=plain.intercept,
            weights=plain.weights,
            terms={},
            scale=0.0,
            terms_mean=0.0,
            plain=None,
        )


@cache
def model() -> Model:
    """The model that is shipped."""
    return read_model(
        files("workbench.splitting").joinpath("checkworthiness.json").read_bytes(), "checkworthiness.json"
    )


def read_model(data: bytes, name: str) -> Model:
    """A model from its JSON; raises InputRefused, with `name`, when it is not in that form."""
    try:
        raw = json.loads(data.decode("utf-8"))
        read = Model(
            float(raw["intercept"]),
            float(raw["threshold"]),
            {str(key): float(value) for key, value in raw["weights"].items()},
            {str(key): float(value) for key, value in raw["means"].items()},
            {term: float(weight) for weight, terms in raw["terms"].items() for term in terms.split("|")},
            float(raw["terms_mean"]),
            frozenset(raw["closed"].split()),
            float(raw.get("scale", 1.0)),
            dict(raw.get("provenance", {})),
            _plain(raw.get("without_terms")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputRefused(f"{name} is no check-worthiness model: {error!r}.", _HINT) from error
    plain = (read.plain.intercept, *read.plain.weights.values()) if read.plain else ()
    values = (
        read.intercept, read.threshold, read.terms_mean, read.scale, *read.weights.values(), *read.terms.values(), *plain
    )  # fmt: skip
    if not all(math.isfinite(value) for value in (*values, *read.means.values())) or not 0 < read.threshold < 1:
        raise InputRefused(f"{name} holds a coefficient that is no number, or a threshold outside 0 to 1.", _HINT)
    return read


def _plain(raw: Any) -> Plain | None:
    if raw is None:
        return None
    return Plain(float(raw["intercept"]), {str(key): float(value) for key, value in raw["weights"].items()})


def to_json(fitted: Model) -> str:
    """The model as JSON that `read_model` reads back: terms are grouped by their weight, to one decimal place."""
    grouped: dict[str, list[str]] = {}
    for term, weight in sorted(fitted.terms.items(), key=lambda item: (item[1], item[0])):
        grouped.setdefault(f"{weight:.1f}", []).append(term)
    plain: dict[str, Any] = {
        "provenance": fitted.provenance,
        "intercept": fitted.intercept,
        "threshold": fitted.threshold,
        "scale": fitted.scale,
        "weights": fitted.weights,
        "means": fitted.means,
        "terms_mean": fitted.terms_mean,
        "closed": " ".join(sorted(fitted.closed)),
        "terms": {weight: "|".join(terms) for weight, terms in grouped.items()},
    }
    if fitted.plain is not None:
        plain["without_terms"] = {"intercept": fitted.plain.intercept, "weights": fitted.plain.weights}
    return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Score:
    """A score from 0 to 1 and the three features that moved it most, in words."""

    value: float
    reasons: tuple[str, ...]


def score(sentence: str, words: Sequence[str], lexicon: Lexicon, *, fitted: Model | None = None) -> Score:
    """Check-worthiness of a folded `sentence` with its lower-case `words` (workbench.splitting.features.words_of).

    `fitted` is the shipped model when None. That one was fitted on English debates: in other languages, where only the
    named features are read, and in other kinds of text it gives an order, no probability.
    """
    used = (model() if fitted is None else fitted).for_language(lexicon.code)
    moved: dict[str, float] = {}
    total = used.intercept
    for feature, value in features_of(sentence, words, lexicon).items():
        weight = used.weights.get(feature, 0.0)
        total += weight * value
        moved[feature] = weight * (value - used.means.get(feature, 0.0))
    of_terms = term_weights(sentence, lexicon, used)
    total += sum(of_terms.values()) if lexicon.code == _TERMS_OF else used.scale * used.terms_mean
    for name, amount in _term_reasons(of_terms, lexicon, used).items():
        moved[name] = moved.get(name, 0.0) + amount
    strongest = nsmallest(_REASONS, moved.items(), key=lambda item: (-abs(item[1]), item[0]))
    reasons = tuple(f"{name} ({amount:+.2f})" for name, amount in strongest if abs(amount) >= _SMALLEST_REASON)
    return Score(round(_logistic(total), 4), reasons)


def term_weights(sentence: str, lexicon: Lexicon, fitted: Model) -> dict[str, float]:
    """What each known term adds to the score of a folded sentence, before the logistic function."""
    if lexicon.code != _TERMS_OF:
        return {}
    found = terms_of(sentence, fitted.closed, lexicon.words("quantities", "number_words"))
    known = {term: fitted.terms[term] for term in found if term in fitted.terms}
    root = math.sqrt(len(known)) or 1.0
    return {term: fitted.scale * weight / root for term, weight in known.items()}


def _term_reasons(of_terms: dict[str, float], lexicon: Lexicon, fitted: Model) -> dict[str, float]:
    """What moved the score, by name: each word with its stem, and all turns of phrase together, named by the strongest."""
    reasons: dict[str, float] = {}
    turns: dict[str, float] = {}
    words = {"~" + stem(term): term for term in of_terms if term[0].isalpha()}
    percent = lexicon.words("quantities", "percent")
    for term, weight in of_terms.items():
        plain = words.get(term, term).lstrip("~#")
        if plain == NUMBER or plain in percent:
            name = _FIGURE if plain == NUMBER else _PERCENTAGE
            reasons[name] = reasons.get(name, 0.0) + weight
        elif term[0] == "~" or term[0].isalpha():
            name = shown(words.get(term, term))
            reasons[name] = reasons.get(name, 0.0) + weight
        else:
            turns[term] = weight
    if turns:
        total = sum(turns.values()) - fitted.scale * fitted.terms_mean
        named = max(turns, key=lambda term: (turns[term] * total, " " in term, term))
        reasons[f"turns of phrase such as “{named.lstrip('#')}”"] = total
    return reasons


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
