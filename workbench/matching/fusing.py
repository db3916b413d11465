"""Ranking by words and by meaning together: a weighted sum of normalised scores."""

from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_WEIGHT = 0.6
"""Share of meaning in the sum, 0-1: the best one on tweets against checked claims (benchmarks/matching.py fits it on
the training queries). What is best differs with the kind of collection, so it is a setting."""


SHORT = 8
"""A passage of fewer words is like many things by chance: it counts less, down to half."""


def toned_down(scores: Mapping[int, float], lengths: Mapping[int, int]) -> dict[int, float]:
    """Scores, less for short passages, whose `lengths` in words are given; the others count in full."""
    short = {item: lengths[item] for item in scores.keys() & lengths.keys() if lengths[item] < SHORT}
    return {**scores, **{item: scores[item] * (0.5 + 0.5 * length / SHORT) for item, length in short.items()}}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate in its place. Ranks count from 1 and are None where that way did not find it.

    `score` only orders the candidates of one query; it says nothing about how well a passage supports a claim.
    """

    id: int
    score: float
    words_rank: int | None
    meaning_rank: int | None


def _ranks(scores: Mapping[int, float]) -> dict[int, int]:
    ordered = sorted([(-score, item) for item, score in scores.items()])
    return {item: place for place, (_, item) in enumerate(ordered, start=1)}


def _by_best(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores as shares of the best one; all 0 when none is above 0."""
    best = max(scores.values(), default=0.0)
    if best <= 0:
        return dict.fromkeys(scores, 0.0)
    return {item: (score / best if score > 0 else 0.0) for item, score in scores.items()}


def fuse(
    words: Mapping[int, float], meaning: Mapping[int, float] | None, *, weight: float = DEFAULT_WEIGHT
) -> list[Ranked]:
    """Candidates of one query, best first.

    `words` holds BM25 scores (larger is better), `meaning` cosines in -1..1, or None when there is no encoder: then
    words alone decide. Each side is divided by its best score, so that the two are of one size; a candidate that one
    side lacks has 0 there, so callers score every candidate both ways where they can. `weight` in 0..1 is the share of
    meaning; ValueError otherwise. Equal scores are ordered by id.
    """
    if not 0.0 <= weight <= 1.0:
        raise ValueError(f"The weight of meaning lies between 0 and 1; got {weight}.")
    share = weight if meaning is not None else 0.0
    cosines = meaning or {}
    by_words, by_meaning = _by_best(words), _by_best(cosines)
    words_ranks, meaning_ranks = _ranks(words), _ranks(cosines)
    summed = sorted(
        [
            (-((1.0 - share) * by_words.get(item, 0.0) + share * by_meaning.get(item, 0.0)), item)
            for item in by_words.keys() | by_meaning.keys()
        ]
    )
    return [Ranked(item, -score, words_ranks.get(item), meaning_ranks.get(item)) for score, item in summed]
