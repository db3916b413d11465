"""Measuring a refit: on judgements that the fit has not seen, the same ones every time."""

import pytest

from workbench.errors import InputRefused
from workbench.splitting.reasons import parted
from workbench.splitting.refitting import Judged
from workbench.splitting.validation import cross_validated, measured
from workbench.splitting.wordings import differs, words_at

FIGURES = [f"Prices rose by {number} percent in the year {1990 + number}." for number in range(15)]
QUESTIONS = [f"Who on earth paid for all {number} of it?" for number in range(15)]


def test_a_desk_that_judges_as_the_model_does_gains_nothing_and_one_that_does_not_gains_much() -> None:
    agreeing = [Judged(text, True) for text in FIGURES] + [Judged(text, False) for text in QUESTIONS]
    same = cross_validated(agreeing)
    assert same.before.average_precision == same.after.average_precision == 1.0
    opposite = cross_validated([Judged(row.text, not row.accepted) for row in agreeing])
    assert opposite.after.average_precision > opposite.before.average_precision
    assert cross_validated(agreeing[::-1]) == same


def test_too_few_are_refused_before_anything_is_measured() -> None:
    with pytest.raises(InputRefused, match="9 accepted and 15 set-aside"):
        cross_validated([Judged(t, True) for t in FIGURES[:9]] + [Judged(t, False) for t in QUESTIONS])


def test_the_measures_are_those_of_the_textbook() -> None:
    found = measured([(0.9, True), (0.8, False), (0.7, True), (0.2, True), (0.1, False)], 0.5)
    assert found.f1 == pytest.approx(2 * 2 / (3 + 3))
    assert found.average_precision == pytest.approx((1 / 1 + 2 / 3 + 3 / 4) / 3)
    assert measured([(0.5, True), (0.5, False)], 0.5).average_precision == pytest.approx(0.5)
    assert measured([], 0.5).f1 == 0.0


def test_reasons_are_parted_by_what_they_are_for() -> None:
    reasons = parted(
        ["length (+0.51)", "figure in digits (-1.20)", "factual: “31”", "presupposition: “X” (1990–1999)."]
    )
    assert reasons.score == ("length (+0.51)", "figure in digits (-1.20)")
    assert reasons.kinds == ("factual: “31”", "presupposition: “X” (1990–1999).")


def test_a_wording_differs_by_its_words_alone() -> None:
    assert words_at("It  was\nlong, she said.", [[0, 12], [14, 17]]) == "It was long she"
    assert not differs("the  quay\nburned", "The quay burned")
    assert differs("the quay Burned", "The quay burned")
