"""Copies count once: trimmed, re-headlined, embedded; different texts do not."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.credibility.origins import group

WIRE = (
    "The harbour fire killed thirteen people on Friday night, the port authority said, and the pumps that should have "
    "put it out had been broken since December. Tugs dragged the burning tanker clear at dawn."
)
OTHER = (
    "Wholesale diesel cost nine percent more on Monday than a week earlier, traders said, because nobody knew how long "
    "the terminal would stay closed. Bread prices did not change."
)


def test_copies_share_an_origin() -> None:
    trimmed = "PORT TOWN (Wire) - " + WIRE[:120]
    embedded = OTHER + " " + WIRE + " Our reporter adds that it rained."
    assert group([WIRE, trimmed, OTHER[:60] + " and more news from the market today", embedded]) == [1, 1, 2, 1]


def test_case_and_punctuation_do_not_hide_a_copy() -> None:
    assert group([WIRE, WIRE.upper().replace(",", " –")]) == [1, 1]


def test_different_texts_on_one_topic_are_independent() -> None:
    again = (
        "Thirteen died when fire swept the harbour; broken pumps were to blame, according to the authority of the port."
    )
    assert group([WIRE, again, OTHER]) == [1, 2, 3]


def test_the_same_short_text_is_one_origin() -> None:
    assert group(["The pier is 90 metres long.", "the pier is 90 metres long", "The pier is old."]) == [1, 1, 2]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_numbers_count_from_one_in_order_of_appearance(texts: list[str]) -> None:
    numbers = group(texts)
    assert [number for place, number in enumerate(numbers) if number not in numbers[:place]] == list(
        range(1, len(set(numbers)) + 1)
    )
