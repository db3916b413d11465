"""A desk's own check-worthiness: the shipped coefficients, moved as far as its accepted and set-aside claims carry them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.errors import InputRefused
from workbench.splitting.checkworthiness import Model, model, term_weights
from workbench.splitting.features import features_of, words_of
from workbench.splitting.lexicon import lexicon
from workbench.text.folding import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST_OF_EACH = 10
"""Claims that a desk must have accepted, and as many set aside, before its choices say anything."""
SHRINKAGE = 20.0
"""How strongly coefficients are held to the shipped ones, in the units of an L2 penalty: a few claims move little."""
_STEPS = 50
_CONVERGED = 1e-9


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence or claim that a person accepted for checking or set aside."""

    text: str
    accepted: bool


def refit(rows: Sequence[Judged], *, language: str = "en", shipped: Model | None = None) -> Model:
    """A model fitted on `rows` by logistic regression, each coefficient held to that of `shipped`.

    Moved are the named features, the intercept and the weight that all terms have together; single terms keep theirs,
    since no desk has judged enough of them. The same rows give the same model, in whatever order they come.
    Raises InputRefused with fewer than ten accepted or ten set-aside rows.
    """
    check_enough(rows)
    return fit(rows, language=language, shipped=model() if shipped is None else shipped)


def check_enough(rows: Sequence[Judged]) -> None:
    """Raise InputRefused where there are too few rows of either kind to say anything."""
    accepted = sum(row.accepted for row in rows)
    if min(accepted, len(rows) - accepted) < FEWEST_OF_EACH:
        raise InputRefused(
            f"There are {accepted} accepted and {len(rows) - accepted} set-aside claims.",
            f"Judge at least {FEWEST_OF_EACH} of each before fitting a model of your own.",
        )


def fit(rows: Sequence[Judged], *, language: str, shipped: Model) -> Model:
    """What `refit` does, on however few rows."""
    import numpy as np

    prior, accepted = shipped.for_language(language), sum(row.accepted for row in rows)
    ordered = sorted(rows, key=lambda row: (row.text, row.accepted))
    names = sorted(prior.weights)
    x, y = _matrix(ordered, names, prior, language), np.array([float(row.accepted) for row in ordered])
    start = np.array([*(prior.weights[name] for name in names), 1.0, prior.intercept])
    beta = _newton(x, y, start)
    weights = {name: round(float(value), 4) for name, value in zip(names, beta[:-2], strict=True)}
    provenance: dict[str, Any] = {
        "data": "this desk's accepted and set-aside claims",
        "claims": len(rows),
        "accepted": accepted,
        "language": language,
        "method": f"logistic regression held to the model below with shrinkage {SHRINKAGE:g}",
        "from": prior.provenance,
    }
    scale = round(prior.scale * float(beta[-2]), 4)
    return replace(prior, intercept=round(float(beta[-1]), 4), weights=weights, scale=scale, provenance=provenance)


def _matrix(rows: Sequence[Judged], names: Sequence[str], prior: Model, language: str) -> "NDArray[np.float64]":
    """One row a claim: its named features, what its terms add together, and 1 for the intercept."""
    import numpy as np

    rules = lexicon(language)
    x = np.zeros((len(rows), len(names) + 2))
    for at, row in enumerate(rows):
        sentence = fold(row.text)
        found = features_of(sentence, words_of(sentence), rules)
        x[at, :-2] = [found.get(name, 0.0) for name in names]
        of_terms = term_weights(sentence, rules, prior)
        x[at, -2] = sum(of_terms.values()) if rules.code == "en" else prior.scale * prior.terms_mean
    x[:, -1] = 1.0
    return x


def _newton(x: "NDArray[np.float64]", y: "NDArray[np.float64]", start: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Coefficients that fit best less the penalty for leaving `start`; the intercept may move ten times as freely."""
    import numpy as np

    penalty = np.full(len(start), SHRINKAGE)
    penalty[-1] = SHRINKAGE / 10

    def loss(beta: "NDArray[np.float64]") -> float:
        z = x @ beta
        return float((np.logaddexp(0, z) - y * z).sum() + 0.5 * (penalty * (beta - start) ** 2).sum())

    beta, best = start, loss(start)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -35, 35)))
        gradient = x.T @ (y - p) - penalty * (beta - start)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        while loss(beta + step) > best and np.abs(step).max() > _CONVERGED:
            step = step / 2
        beta, best = beta + step, min(best, loss(beta + step))
        if np.abs(step).max() < _CONVERGED:
            break
    return beta
