"""Others' ratings and where they come from."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.credibility import Attestation, roots


def rating(rater: str, *derives_from: str, value: str = "good", scale: str = "words") -> Attestation:
    return Attestation(rater, value, scale, derives_from=derives_from)


def groups(*ratings: Attestation) -> list[tuple[tuple[str, ...], list[str]]]:
    return [(group.roots, [item.rater for item in group.ratings]) for group in roots(ratings).groups]


def test_nothing_on_record_is_no_rating() -> None:
    assert roots(()).summary == "no ratings by others on record"


def test_a_rating_and_what_derives_from_it_count_once() -> None:
    found = roots((rating("Ledger", "Lantern"), rating("Lantern"), rating("Weir")))
    assert found.summary == "3 ratings, 2 independent raters"
    assert groups(rating("Ledger", "Lantern"), rating("Lantern"), rating("Weir")) == [
        (("Lantern",), ["Lantern", "Ledger"]),
        (("Weir",), ["Weir"]),
    ]


def test_a_root_that_gave_no_rating_itself_still_counts_once() -> None:
    assert roots((rating("A", "Unlisted"), rating("B", "unlisted "))).summary == "2 ratings, 1 independent rater"


def test_lineage_reaches_over_several_steps() -> None:
    assert groups(rating("C", "B"), rating("B", "A"), rating("A")) == [(("A",), ["A", "B", "C"])]


def test_a_compilation_does_not_hide_that_its_parts_are_independent() -> None:
    found = roots((rating("Digest", "A", "B"), rating("A"), rating("B")))
    assert found.summary == "3 ratings, 2 independent raters"
    assert roots((rating("Digest", "A", "B"),)).summary == "1 rating, 1 independent rater"


def test_agreement_counts_once_per_root_and_only_within_one_scale() -> None:
    found = roots(
        (rating("A"), rating("B", "A"), rating("C"), rating("D", value="poor"), rating("E", scale="stars"))
    ).values
    assert [(item.scale, item.value, item.ratings, item.independent) for item in found] == [
        ("stars", "good", 1, 1),
        ("words", "good", 3, 2),
        ("words", "poor", 1, 1),
    ]


def test_raters_that_derive_from_each_other_are_one_root_and_named() -> None:
    found = roots((rating("A", "B"), rating("B", "A"), rating("C", "A"), rating("D")))
    assert found.summary == "4 ratings, 2 independent raters"
    assert found.circular == ("A", "B")


def test_naming_oneself_is_no_lineage() -> None:
    found = roots((rating("A", "a"),))
    assert found.circular == ()
    assert found.groups[0].roots == ("A",)


RATERS = st.sampled_from("abcdef")
RATINGS = st.lists(st.builds(lambda who, whom: rating(who, *whom), RATERS, st.lists(RATERS, max_size=2)), max_size=8)


@given(RATINGS)
def test_every_rating_is_in_one_group_and_groups_share_no_root(ratings: list[Attestation]) -> None:
    found = roots(ratings)
    assert sorted(item.rater for group in found.groups for item in group.ratings) == sorted(
        item.rater for item in ratings
    )
    openers = [set(group.roots) for group in found.groups]
    assert sum(len(group) for group in openers) == len(set().union(*openers))
    assert bool(found.groups) == bool(ratings)


@given(RATINGS, RATERS)
def test_deriving_from_a_listed_rater_adds_no_independent_one(ratings: list[Attestation], rater: str) -> None:
    known = [item.rater for item in ratings]
    if rater in known:
        more = [*ratings, rating("newcomer", rater)]
        assert len(roots(more).groups) == len(roots(ratings).groups)
