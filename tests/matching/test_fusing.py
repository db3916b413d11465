"""Ranking by words and by meaning together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.matching.fusing import DEFAULT_WEIGHT, fuse, toned_down

SCORES = st.dictionaries(st.integers(0, 30), st.floats(-1, 40, allow_nan=False), max_size=12)


def test_words_alone_decide_without_meaning() -> None:
    ranked = fuse({1: 3.0, 2: 9.0, 3: 6.0}, None)
    assert [one.id for one in ranked] == [2, 3, 1]
    assert [one.words_rank for one in ranked] == [1, 2, 3]
    assert {one.meaning_rank for one in ranked} == {None}
    assert ranked[0].score == 1.0


def test_both_sides_count_by_weight() -> None:
    words, meaning = {1: 10.0, 2: 5.0}, {1: 0.2, 2: 0.8}
    assert [one.id for one in fuse(words, meaning, weight=0.0)] == [1, 2]
    assert [one.id for one in fuse(words, meaning, weight=1.0)] == [2, 1]
    assert fuse(words, meaning, weight=0.5)[0].score == pytest.approx(0.5 * 0.5 + 0.5 * 1.0)


def test_a_candidate_of_one_side_only_keeps_its_place() -> None:
    ranked = {one.id: one for one in fuse({1: 10.0}, {2: 0.9, 1: 0.3})}
    assert ranked[2].words_rank is None
    assert (ranked[1].words_rank, ranked[1].meaning_rank) == (1, 2)


def test_ties_are_ordered_by_id() -> None:
    assert [one.id for one in fuse({9: 1.0, 3: 1.0, 5: 1.0}, {9: 0.5, 3: 0.5, 5: 0.5})] == [3, 5, 9]


@pytest.mark.parametrize(("words", "meaning"), [({}, None), ({}, {})])
def test_nothing_gives_nothing(words: dict[int, float], meaning: dict[int, float] | None) -> None:
    assert fuse(words, meaning) == []


@pytest.mark.parametrize("weight", [-0.1, 1.1])
def test_a_weight_outside_its_bounds_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        fuse({1: 1.0}, {1: 1.0}, weight=weight)


@given(SCORES, st.one_of(st.none(), SCORES))
def test_every_candidate_is_ranked_once_best_first(words: dict[int, float], meaning: dict[int, float] | None) -> None:
    ranked = fuse(words, meaning, weight=DEFAULT_WEIGHT)
    assert {one.id for one in ranked} == words.keys() | (meaning or {}).keys()
    assert len(ranked) == len({one.id for one in ranked})
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert ranked == fuse(dict(reversed(words.items())), meaning, weight=DEFAULT_WEIGHT)


def test_short_passages_count_less_and_keep_their_order() -> None:
    scores = {1: 10.0, 2: 10.0, 3: 8.0, 4: 8.0}
    assert toned_down(scores, {2: 4, 3: 8, 9: 1}) == {1: 10.0, 2: 7.5, 3: 8.0, 4: 8.0}
    assert toned_down(scores, {1: 0, 2: 0, 3: 0, 4: 0}) == {item: score / 2 for item, score in scores.items()}
    assert toned_down({}, {1: 2}) == {}
