"""A source's profile: criteria, states and evidence, and never a score."""

import inspect
from datetime import UTC, datetime

import pytest

import workbench.credibility
from workbench.credibility import Assessment, State, load_criteria, profile
from workbench.errors import InputRefused

WHEN = datetime(2026, 11, 3, tzinfo=UTC)
CRITERIA = load_criteria()


def test_there_are_eleven_criteria_each_with_its_question() -> None:
    assert len(CRITERIA.items) == 11
    assert len({item.id for item in CRITERIA.items}) == 11
    assert CRITERIA.key == "workbench-criteria@1"
    assert all(item.question.endswith("?") and item.evidence.endswith(".") for item in CRITERIA.items)


def test_a_source_nobody_looked_at_is_unknown_throughout() -> None:
    found = profile(CRITERIA, ())
    assert found.summary == "0 of 11 assessed"
    assert {item.state for item in found.items} == {State.UNKNOWN}
    assert {item.note for item in found.items} == {"Nobody has looked yet."}


def test_assessed_counts_answers_whichever_way_they_went() -> None:
    given = [
        Assessment("ownership", State.MET, "imprint", "", "Ana", WHEN),
        Assessment("bylines", State.NOT_MET, "no names in 20 pieces"),
        Assessment("headlines", State.NOT_APPLICABLE, "no headlines"),
        Assessment("sourcing", State.PARTLY, address="https://a.example"),
        Assessment("conflicts", State.UNKNOWN, "looked, could not tell"),
    ]
    found = profile(CRITERIA, given)
    assert (found.assessed, found.total, found.summary) == (4, 11, "4 of 11 assessed")
    assert [item.criterion.id for item in found.having(State.NOT_MET)] == ["bylines"]
    assert [item.criterion.id for item in found.items] == [item.id for item in CRITERIA.items]


@pytest.mark.parametrize("state", [State.MET, State.PARTLY, State.NOT_MET, State.NOT_APPLICABLE])
def test_an_answer_without_evidence_is_unknown_and_says_so(state: State) -> None:
    given = Assessment("ownership", state, " ", "\n")
    item = profile(CRITERIA, [given]).items[0]
    assert item.state is State.UNKNOWN
    assert item.assessment is given
    assert f"'{state.value.replace('_', ' ')}' without evidence" in item.note


def test_two_assessments_of_one_criterion_are_refused() -> None:
    given = Assessment("ownership", State.MET, "imprint")
    with pytest.raises(InputRefused, match="more than once"):
        profile(CRITERIA, [given, given])


def test_an_unknown_criterion_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputRefused, match="ownership, leadership"):
        profile(CRITERIA, [Assessment("trust", State.MET, "x")])


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Assessment("ownership", State.MET, "x", assessed_at=datetime(2026, 1, 1))  # noqa: DTZ001


def test_nothing_public_returns_a_number_for_a_source() -> None:
    functions = [value for _, value in inspect.getmembers(workbench.credibility, inspect.isfunction)]
    assert len(functions) >= 5
    for function in functions:
        assert inspect.signature(function).return_annotation not in (int, float, "int", "float")
    names = {name for cls in ("Profile", "Ratings") for name in dir(getattr(workbench.credibility, cls))}
    assert not {name for name in names if "score" in name or "percent" in name or "rank" in name}
