"""Fits workbench/splitting/checkworthiness.json on the ClaimBuster training sentences: python -m benchmarks.fit_checkworthiness

Logistic regression with an L2 penalty by Newton's method (iteratively reweighted least squares), numpy only.
`cross_validated` is also what benchmarks/splitting.py reports.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.splitting.features import FEATURES, features_of, words_of
from workbench.splitting.lexicon import lexicon
from workbench.text.folding import fold
from workbench.text.language import STOP_WORDS

ROOT = Path(__file__).resolve().parent.parent
TRAIN = ROOT.parent / "shared" / "data" / "claimbuster" / "train.jsonl"
TARGET = ROOT / "workbench" / "splitting" / "checkworthiness.json"
Floats = NDArray[np.float64]
MOST_WORDS = 900
FEWEST_SENTENCES = 6
PENALTY = 4.0
WORD_PENALTY = 8.0
FOLDS = 5


def read(path: Path = TRAIN) -> tuple[list[str], Floats, list[int]]:
    """Folded sentences, labels, and the fold of each; neighbouring sentences share a fold."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    labels = np.array([row["label"] == "checkworthy" for row in rows], dtype=np.float64)
    folds = [(int(row["id"]) // 25 * 2_654_435_761 >> 7) % FOLDS for row in rows]
    return [fold(row["text"]) for row in rows], labels, folds


def plain_words(sentences: Sequence[str]) -> list[str]:
    """Frequent words that mean something and are no names, which mostly have a capital inside a sentence.

    Function words would improve the figures a little and the reasons not at all.
    """
    small = {"a", "an", "or", "if", "so", "its", "our", "my", "your", "them", "him", "her", "us", "me", "i", "into"}
    plain = small | STOP_WORDS["en"]
    documents: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for sentence in sentences:
        documents.update(set(words_of(sentence)))
        capital.update({word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", sentence)})
    return [
        w
        for w, n in documents.items()
        if n >= FEWEST_SENTENCES and len(w) > 2 and w not in plain and capital[w] < 0.3 * n
    ]


def chosen_words(sentences: Sequence[str], labels: Floats) -> list[str]:
    """The words that differ most between the classes, by chi squared."""
    present = [set(words_of(sentence)) for sentence in sentences]
    candidates, total, positive = plain_words(sentences), len(labels), float(labels.sum())
    scored: list[tuple[float, str]] = []
    for word in candidates:
        has = np.array([word in words for words in present])
        both = float(labels[has].sum())
        expected = has.sum() * positive / total
        scored.append(((both - expected) ** 2 / max(expected, 1e-9), word))
    return [word for _, word in sorted(scored, reverse=True)[:MOST_WORDS]]


def matrix(sentences: Sequence[str], words: Sequence[str]) -> Floats:
    """One row a sentence: the named features, then the words, then 1 for the intercept."""
    rules, place = lexicon("en"), {word: len(FEATURES) + i for i, word in enumerate(words)}
    column = {feature: i for i, feature in enumerate(FEATURES)}
    result = np.zeros((len(sentences), len(FEATURES) + len(words) + 1))
    for row, sentence in enumerate(sentences):
        found = words_of(sentence)
        for feature, value in features_of(sentence, found, rules).items():
            result[row, column[feature]] = value
        for word in found:
            if word in place:
                result[row, place[word]] = 1.0
    result[:, -1] = 1.0
    return result


def fit(x: Floats, y: Floats) -> Floats:
    """Coefficients of the penalised logistic regression; the intercept (last column) is not penalised."""
    penalty = np.full(x.shape[1], WORD_PENALTY)
    penalty[: len(FEATURES)] = PENALTY
    penalty[-1] = 1e-6
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = predict(x, beta)
        gradient = x.T @ (y - p) - penalty * beta
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        beta = beta + step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def predict(x: Floats, beta: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x @ beta, -35, 35))), dtype=np.float64)


def f1(y: Floats, positive: NDArray[np.bool_]) -> float:
    hits = float(y[positive].sum())
    return 2 * hits / (float(y.sum()) + float(positive.sum())) if hits else 0.0


def best_threshold(y: Floats, p: Floats) -> float:
    return float(max(np.arange(0.2, 0.7, 0.01), key=lambda t: f1(y, p >= t)))


def average_precision(y: Floats, p: Floats) -> float:
    ranked = y[np.argsort(-p, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked == 1].mean())


def cross_validated(path: Path = TRAIN) -> dict[str, float]:
    """F1 of the check-worthy class and average precision, five folds; words and threshold chosen inside each fold."""
    sentences, y, fold_of = read(path)
    folds = np.array(fold_of)
    scores, decided = np.zeros(len(y)), np.zeros(len(y), dtype=bool)
    for k in range(FOLDS):
        train, test = np.flatnonzero(folds != k), np.flatnonzero(folds == k)
        words = chosen_words([sentences[i] for i in train], y[train])
        x = matrix(sentences, words)
        beta = fit(x[train], y[train])
        scores[test] = predict(x[test], beta)
        decided[test] = scores[test] >= best_threshold(y[train], predict(x[train], beta))
    negative = f1(1 - y, ~decided)
    weighted = f1(y, decided) * y.mean() + negative * (1 - y.mean())
    return {
        "checkworthy_f1": round(f1(y, decided), 4),
        "weighted_f1": round(float(weighted), 4),
        "average_precision": round(average_precision(y, scores), 4),
    }


def main() -> dict[str, float]:
    """Fits on all training sentences, writes the coefficients, prints the cross-validated figures."""
    if not TRAIN.exists():
        print(f"No {TRAIN}: nothing was fitted.", file=sys.stderr)
        return {}
    sentences, y, _ = read()
    words = chosen_words(sentences, y)
    x = matrix(sentences, words)
    beta = fit(x, y)
    figures = cross_validated()
    weights = {name: round(float(b), 4) for name, b in zip(FEATURES, beta, strict=False)}
    word_weights = {word: round(float(b), 3) for word, b in zip(words, beta[len(FEATURES) :], strict=False)}
    model = {
        "provenance": {
            "data": "ClaimBuster, US presidential debates: github.com/utaresearch/claimbuster-spotter at 332bba08, training part",
            "sentences": len(y),
            "checkworthy": int(y.sum()),
            "method": "logistic regression, L2, Newton; words by chi squared, no names, no function words",
            "fitted_by": "python -m benchmarks.fit_checkworthiness",
            "cross_validated": figures,
        },
        "intercept": round(float(beta[-1]), 4),
        "threshold": round(best_threshold(y, predict(x, beta)), 2),
        "weights": weights,
        "means": {name: round(float(m), 4) for name, m in zip(FEATURES, x.mean(axis=0), strict=False)},
        "words": dict(sorted((w, b) for w, b in word_weights.items() if abs(b) >= 0.05)),
    }
    TARGET.write_text(json.dumps(model, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(figures))
    return figures


if __name__ == "__main__":
    main()
