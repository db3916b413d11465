"""What refitting is worth: check-worthiness before and after, each on judgements that the fit has not seen.

Stratified k-fold cross-validation; the folds follow from the texts alone, so the same judgements give the same measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.splitting.checkworthiness import Model, model, score
from workbench.splitting.features import words_of
from workbench.splitting.lexicon import lexicon
from workbench.splitting.refitting import Judged, check_enough, fit
from workbench.text.folding import fold

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """F1 of the proposals (at the model's threshold) and average precision of the order, both from 0 to 1."""

    f1: float
    average_precision: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The shipped model and the refitted one on the same judgements; `folds` parts were held out in turn."""

    before: Measured
    after: Measured
    folds: int


def cross_validated(rows: Sequence[Judged], *, language: str = "en", shipped: Model | None = None) -> Comparison:
    """How well the shipped model and a refitted one tell accepted from set-aside rows. Raises InputRefused as `refit` does."""
    check_enough(rows)
    prior = (model() if shipped is None else shipped).for_language(language)
    parts = _folds(rows)
    before: list[tuple[float, bool]] = []
    after: list[tuple[float, bool]] = []
    for held in range(FOLDS):
        seen = [row for at, part in enumerate(parts) if at != held for row in part]
        fitted = fit(seen, language=language, shipped=prior)
        for row in parts[held]:
            before.append((value_of(row.text, prior, language), row.accepted))
            after.append((value_of(row.text, fitted, language), row.accepted))
    return Comparison(measured(before, prior.threshold), measured(after, prior.threshold), FOLDS)


def value_of(text: str, fitted: Model, language: str) -> float:
    """The check-worthiness of a sentence under a model."""
    sentence = fold(text)
    return score(sentence, words_of(sentence), lexicon(language), fitted=fitted).value


def _folds(rows: Sequence[Judged]) -> list[list[Judged]]:
    """The rows in parts with as even a share of each class as their number allows; equal texts stay together."""
    parts: list[list[Judged]] = [[] for _ in range(FOLDS)]
    for accepted in (True, False):
        texts = sorted({row.text for row in rows if row.accepted is accepted})
        place = {text: at % FOLDS for at, text in enumerate(texts)}
        for row in rows:
            if row.accepted is accepted:
                parts[place[row.text]].append(row)
    return parts


def measured(scored: Sequence[tuple[float, bool]], threshold: float) -> Measured:
    """F1 at `threshold` and average precision of (score, accepted) pairs; equal scores count as one step of the order."""
    hits = sum(value >= threshold and accepted for value, accepted in scored)
    proposed = sum(value >= threshold for value, _ in scored)
    wanted = sum(accepted for _, accepted in scored)
    f1 = 2 * hits / (proposed + wanted) if proposed + wanted else 0.0
    steps: dict[float, tuple[int, int]] = {}
    for value, accepted in scored:
        right, every = steps.get(value, (0, 0))
        steps[value] = right + accepted, every + 1
    total, found, seen = 0.0, 0, 0
    for value in sorted(steps, reverse=True):
        right, every = steps[value]
        found, seen = found + right, seen + every
        total += right / wanted * found / seen if wanted else 0.0
    return Measured(f1, total)
