"""Percent agreement and Cohen's kappa."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.verdicts import Disagreement, agreement

RATINGS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["true", "false", "mixed"]))


def test_the_worked_example() -> None:
    # 50 claims: 20 both yes, 15 both no, 5 yes/no, 10 no/yes. By chance .5, observed .7, so kappa is .4.
    pairs = [("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10
    first = {str(number): pair[0] for number, pair in enumerate(pairs)}
    second = {str(number): pair[1] for number, pair in enumerate(pairs)}
    found = agreement(first, second)
    assert (found.n, found.agreed, found.percent) == (50, 35, 70.0)
    assert found.kappa == pytest.approx(0.4)


def test_nothing_in_common_is_not_zero() -> None:
    found = agreement({"a": "true"}, {"b": "true"})
    assert (found.n, found.percent, found.kappa) == (0, None, None)
    assert (found.only_first, found.only_second) == (1, 1)
    assert found.note == "No claim was rated by both."


def test_one_level_throughout_has_no_kappa() -> None:
    found = agreement({"a": "true", "b": "true"}, {"a": "true", "b": "true"})
    assert (found.percent, found.kappa) == (100.0, None)
    assert "not defined" in found.note


def test_full_disagreement_of_constant_raters_is_chance() -> None:
    assert agreement({"a": "true", "b": "true"}, {"a": "false", "b": "false"}).kappa == 0


def test_disagreements_are_listed_by_claim() -> None:
    found = agreement({"b": "true", "a": "true", "c": "true"}, {"a": "false", "b": "true", "c": "mixed"})
    assert found.disagreements == (Disagreement("a", "true", "false"), Disagreement("c", "true", "mixed"))


@given(RATINGS, RATINGS)
def test_it_does_not_matter_who_is_first(first: dict[str, str], second: dict[str, str]) -> None:
    one, other = agreement(first, second), agreement(second, first)
    assert (one.n, one.percent, one.kappa) == (other.n, other.percent, other.kappa)
    assert one.kappa is None or -1 <= one.kappa <= 1
    assert one.n + one.only_first == len(first)


@given(RATINGS)
def test_agreeing_with_oneself_is_full_agreement(ratings: dict[str, str]) -> None:
    found = agreement(ratings, ratings)
    assert found.agreed == found.n
    assert found.kappa in (None, 1.0)
