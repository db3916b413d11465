"""Fits workbench/splitting/checkworthiness.json on the ClaimBuster training sentences: python -m benchmarks.fit_checkworthiness

Logistic regression with an L2 penalty on the named features and on the terms of a sentence. Terms are scaled by how
unevenly the two classes use them (the log-count ratio of Wang and Manning, 2012) and by the root of their number in the
sentence; those that weigh most are kept and fitted again. `cross_validated` is also what benchmarks/splitting.py reports.
scikit-learn is needed here only; the product reads the coefficients.
"""

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.splitting.checkworthiness import Model, Plain, read_model, score, to_json
from workbench.splitting.features import FEATURES, features_of, words_of
from workbench.splitting.lexicon import lexicon
from workbench.splitting.terms import stem, terms_of
from workbench.text.folding import fold
from workbench.text.language import STOP_WORDS

ROOT = Path(__file__).resolve().parent.parent
TRAIN = ROOT.parent / "shared" / "data" / "claimbuster" / "train.jsonl"
TARGET = ROOT / "workbench" / "splitting" / "checkworthiness.json"
Floats = NDArray[np.float64]
MOST_TERMS = 5_000
FEWEST_SENTENCES = 2
FIRST_C, SECOND_C = 12.0, 4.0
PLAIN_C = 1.0
# What the lists of another language do not count alike.
_NOT_PLAIN = frozenset({"verb in -ed", "verb in -ing", "name"})
FOLDS = 5
PROPOSED_FROM = 0.5
# Debates have none of these; what a writer adds in closing is judged by the rule, not by the data.
BY_HAND = {"editorial phrase": -2.0}
MORE_CLOSED = (
    "me him her them us myself up out off down going get got let want think know believe say said lot just like"
)


def read(path: Path = TRAIN) -> tuple[list[str], Floats, list[int]]:
    """Folded sentences, labels, and the fold of each; neighbouring sentences share a fold."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    labels = np.array([row["label"] == "checkworthy" for row in rows], dtype=np.float64)
    folds = [(int(row["id"]) // 25 * 2_654_435_761 >> 7) % FOLDS for row in rows]
    return [fold(row["text"]) for row in rows], labels, folds


def closed_words() -> frozenset[str]:
    rules = lexicon("en")
    return frozenset({*rules.openers, *rules.auxiliaries, *STOP_WORDS["en"], *MORE_CLOSED.split()})


def names_in(sentences: Sequence[str]) -> set[str]:
    """Words that mostly have a capital inside a sentence, and their stems: who and where is not what makes a claim."""
    documents: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for sentence in sentences:
        documents.update(set(words_of(sentence)))
        capital.update({word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", sentence)})
    names = {word for word, n in documents.items() if len(word) > 1 and capital[word] >= 0.3 * n}
    return names | {"~" + stem(name) for name in names}


def featured(sentences: Sequence[str]) -> Floats:
    rules, column = lexicon("en"), {feature: i for i, feature in enumerate(FEATURES)}
    result = np.zeros((len(sentences), len(FEATURES)))
    for row, sentence in enumerate(sentences):
        for feature, value in features_of(sentence, words_of(sentence), rules).items():
            if feature not in BY_HAND:
                result[row, column[feature]] = value
    return result


@dataclass(frozen=True)
class Data:
    """Sentences with what is known of them: features (one row each), terms, labels."""

    sentences: list[str]
    features: Floats
    terms: list[set[str]]
    labels: Floats

    def part(self, rows: NDArray[np.int64]) -> "Data":
        return Data(
            [self.sentences[i] for i in rows], self.features[rows], [self.terms[i] for i in rows], self.labels[rows]
        )


def data(sentences: list[str], labels: Floats) -> Data:
    numbers, closed = lexicon("en").words("quantities", "number_words"), closed_words()
    return Data(sentences, featured(sentences), [terms_of(s, closed, numbers) for s in sentences], labels)


def fit(train: Data) -> Model:
    """The model for the training part, with the threshold still at 0.5."""
    names, counts = names_in(train.sentences), Counter(term for terms in train.terms for term in terms)
    vocabulary = sorted(term for term, n in counts.items() if n >= FEWEST_SENTENCES and term not in names)
    intercept, weights, term_weights = _fit(train, vocabulary, FIRST_C)
    strength = {term: abs(w) * math.sqrt(counts[term]) for term, w in zip(vocabulary, term_weights, strict=True)}
    vocabulary = sorted(sorted(strength, key=lambda term: (-strength[term], term))[:MOST_TERMS])
    intercept, weights, term_weights = _fit(train, vocabulary, SECOND_C)
    terms = {t: round(float(w), 1) for t, w in zip(vocabulary, term_weights, strict=True) if abs(w) >= 0.05}
    sums = [_sum(found, terms) for found in train.terms]
    named = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)} | BY_HAND
    means = dict(zip(FEATURES, (round(float(m), 4) for m in train.features.mean(axis=0)), strict=True))
    return Model(round(intercept, 4), 0.5, named, means, terms, round(float(np.mean(sums)), 4), closed_words())


def _sum(found: set[str], terms: dict[str, float]) -> float:
    known = [terms[term] for term in found if term in terms]
    return sum(known) / math.sqrt(len(known) or 1)


def _fit(train: Data, vocabulary: Sequence[str], c: float) -> tuple[float, Floats, Floats]:
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    place = {term: i for i, term in enumerate(vocabulary)}
    rows = [(row, place[term]) for row, terms in enumerate(train.terms) for term in sorted(terms) if term in place]
    index = np.array(rows).T
    present: Any = sparse.csr_matrix((np.ones(len(rows)), index), shape=(len(train.terms), len(vocabulary)))
    worthy = np.asarray(present[train.labels == 1].sum(axis=0)).ravel() + 1
    other = np.asarray(present[train.labels == 0].sum(axis=0)).ravel() + 1
    ratio = np.abs(np.log((worthy / worthy.sum()) / (other / other.sum())))
    root = np.sqrt(np.maximum(1, np.asarray(present.sum(axis=1)).ravel()))
    x = sparse.hstack([sparse.diags(1 / root) @ present @ sparse.diags(ratio), train.features]).tocsr()
    fitted = LogisticRegression(C=c, solver="liblinear", max_iter=3_000, random_state=0).fit(x, train.labels)
    beta = fitted.coef_[0]
    return float(fitted.intercept_[0]), beta[len(vocabulary) :], beta[: len(vocabulary)] * ratio


def fit_plain(features: Floats, labels: Floats) -> tuple[float, Floats]:
    """Intercept and weights of the named features alone, for languages whose terms are not known."""
    from sklearn.linear_model import LogisticRegression

    kept = [i for i, feature in enumerate(FEATURES) if feature not in _NOT_PLAIN]
    fitted = LogisticRegression(C=PLAIN_C, solver="liblinear", max_iter=3_000, random_state=0).fit(
        features[:, kept], labels
    )
    weights = np.zeros(len(FEATURES))
    weights[kept] = fitted.coef_[0]
    return float(fitted.intercept_[0]), weights


def plain_out_of_fold(whole: Data, folds: NDArray[np.int64]) -> Floats:
    """Scores by the named features alone, each sentence by a model that has not seen its fold."""
    scores = np.zeros(len(whole.labels))
    for k in range(FOLDS):
        train, test = np.flatnonzero(folds != k), np.flatnonzero(folds == k)
        intercept, weights = fit_plain(whole.features[train], whole.labels[train])
        scores[test] = 1 / (1 + np.exp(-(intercept + whole.features[test] @ weights)))
    return scores


def predicted(fitted: Model, sentences: Sequence[str]) -> Floats:
    """Scores by the product's own code."""
    rules = lexicon("en")
    return np.array([score(sentence, words_of(sentence), rules, fitted=fitted).value for sentence in sentences])


def f1(y: Floats, positive: NDArray[np.bool_]) -> float:
    hits = float(y[positive].sum())
    return 2 * hits / (float(y.sum()) + float(positive.sum())) if hits else 0.0


def best_threshold(y: Floats, p: Floats) -> float:
    return float(max(np.arange(0.2, 0.7, 0.01), key=lambda t: f1(y, p >= t)))


def average_precision(y: Floats, p: Floats) -> float:
    ranked = y[np.argsort(-p, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked == 1].mean())


def out_of_fold(path: Path = TRAIN) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Labels, scores of each sentence by a model that has not seen its fold, and the folds."""
    sentences, y, fold_of = read(path)
    whole, folds, scores = data(sentences, y), np.array(fold_of), np.zeros(len(y))
    for k in range(FOLDS):
        test = np.flatnonzero(folds == k)
        scores[test] = predicted(fit(whole.part(np.flatnonzero(folds != k))), [sentences[i] for i in test])
    return y, scores, folds


def measured(y: Floats, scores: Floats, folds: NDArray[np.int64]) -> dict[str, float]:
    """F1 of the check-worthy class, weighted F1, average precision; the threshold of a fold is the best of the others."""
    decided = np.zeros(len(y), dtype=bool)
    for k in range(FOLDS):
        decided[folds == k] = scores[folds == k] >= best_threshold(y[folds != k], scores[folds != k])
    weighted = f1(y, decided) * y.mean() + f1(1 - y, ~decided) * (1 - y.mean())
    return {
        "checkworthy_f1": round(f1(y, decided), 4),
        "weighted_f1": round(float(weighted), 4),
        "average_precision": round(average_precision(y, scores), 4),
    }


def cross_validated(path: Path = TRAIN) -> dict[str, float]:
    """The measures over five folds; terms, coefficients and threshold are chosen without the fold that is measured."""
    return measured(*out_of_fold(path))


def _moved(threshold: float) -> float:
    """What to add to an intercept so that the threshold becomes PROPOSED_FROM."""
    return math.log(PROPOSED_FROM / (1 - PROPOSED_FROM)) - math.log(threshold / (1 - threshold))


def _shipped_plain(whole: Data, folds: NDArray[np.int64]) -> tuple[Plain, dict[str, float]]:
    scores = plain_out_of_fold(whole, folds)
    intercept, weights = fit_plain(whole.features, whole.labels)
    shift = _moved(best_threshold(whole.labels, scores))
    named = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)} | BY_HAND
    return Plain(round(intercept + shift, 4), named), measured(whole.labels, scores, folds)


def main() -> dict[str, float]:
    """Fits on all training sentences, writes the coefficients, prints the cross-validated figures."""
    if not TRAIN.exists():
        print(f"No {TRAIN}: nothing was fitted.", file=sys.stderr)
        return {}
    y, scores, folds = out_of_fold()
    figures, threshold = measured(y, scores, folds), best_threshold(y, scores)
    sentences, labels, _ = read()
    whole = data(sentences, labels)
    fitted = fit(whole)
    plain, plain_figures = _shipped_plain(whole, folds)
    # Moved so that the best threshold of unseen sentences is one half, which needs no explanation on a screen.
    shift = _moved(threshold)
    provenance = {
        "data": "ClaimBuster, US presidential debates: github.com/utaresearch/claimbuster-spotter at 332bba08, training part",
        "sentences": len(labels),
        "checkworthy": int(labels.sum()),
        "method": "logistic regression, L2, terms scaled by log-count ratio; no names among the terms",
        "by_hand": BY_HAND,
        "moved_by": round(shift, 4),
        "fitted_by": "python -m benchmarks.fit_checkworthiness",
        "cross_validated": figures,
        "cross_validated_without_terms": plain_figures,
    }
    shipped = replace(fitted, intercept=round(fitted.intercept + shift, 4), provenance=provenance, plain=plain)
    written = to_json(shipped)
    read_model(written.encode(), TARGET.name)
    TARGET.write_text(written, encoding="utf-8")
    print(json.dumps(figures), threshold)
    return figures


if __name__ == "__main__":
    main()
