"""Shared words, near-identical wording, quotations found clause by clause."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.matching.explanation import explain
from workbench.matching.fusing import Ranked
from workbench.matching.quoting import QuotationState, find_quotation, quotations
from workbench.matching.wording import agreement, likeness, near_identical

LONG = "The harbour of the town was closed for two days after the storm broke the old pier"
SPEECH = (
    'She wrote: "Our crews fulfilled their duty with courage and stayed, after long resistance, at their posts '
    'against the storm or as a result of flooding of the lower docks." The council met later.'
)


def test_shared_words_are_spans_of_both_texts() -> None:
    claim, passage = "32 Cuban citizens were killed in Venezuela", "In Venezuela, 32 citizens died"
    found = agreement(claim, passage)
    assert [span.of(claim) for span in found.claim] == ["32", "citizens", "killed", "Venezuela"]
    assert [span.of(passage) for span in found.passage] == ["Venezuela", "32 citizens died"]
    assert found.words == ("32", "citizens", "killed", "Venezuela")


def test_function_words_are_not_shared_words() -> None:
    assert agreement("the storm is over", "the sun is out").claim == ()


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (LONG, True),
        (LONG.upper() + ".", True),
        (LONG.replace("two", "three"), True),
        ("A quite different sentence about the price of bread in the mountain villages", False),
    ],
)
def test_near_identical(other: str, *, expected: bool) -> None:
    assert near_identical(LONG, other) is expected


def test_likeness_is_a_share_of_a_hundred() -> None:
    assert likeness(LONG, LONG.upper()) == 100.0
    assert likeness(LONG, "Bread is dear") < 50.0


def test_short_texts_are_never_near_identical() -> None:
    assert not near_identical("Seven words are not enough for likeness", "Seven words are not enough for likeness")
    assert near_identical(
        "Eight words are just enough for this likeness", "Eight words are just enough for this likeness"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we will stay here” and left", ["we will stay here"]),
        ('He said "we will stay" and "we will fight"', ["we will stay", "we will fight"]),
        ("Dijo «nos quedamos aquí» ayer", ["nos quedamos aquí"]),
        ("It was ‘a long day’ for them", ["a long day"]),
        ("Er sagte „wir bleiben hier“ und ging", ["wir bleiben hier"]),
        ("The council’s plan and the mayor’s plan", []),
        ('One "word" only', []),
        ('An opening " mark alone', []),
        ("", []),
    ],
)
def test_quotations_of_a_text(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in quotations(text)] == expected


def test_a_verbatim_quotation_has_exact_offsets() -> None:
    hit = find_quotation("stayed, after long resistance, at their posts", SPEECH)
    assert hit is not None
    assert hit.state is QuotationState.VERBATIM
    assert hit.span.of(SPEECH) == "stayed, after long resistance, at their posts"
    assert hit.score == 100.0
    assert hit.differences == ()


def test_typography_and_case_do_not_matter() -> None:
    hit = find_quotation("Don’t leave the lower — docks", "they said don't leave the lower - docks today")
    assert hit is not None
    assert hit.state is QuotationState.VERBATIM


def test_a_trimmed_ending_is_said_with_what_goes_on() -> None:
    quote = (
        "our crews fulfilled their duty with courage and stayed, after long resistance, at their posts against the "
        "storm or as a result of the floods."
    )
    hit = find_quotation(quote, SPEECH)
    assert hit is not None
    assert hit.state is QuotationState.TRIMMED
    assert [(one.quote.of(quote), one.text.of(SPEECH)) for one in hit.differences] == [("the floods", "flooding")]
    assert hit.rest.of(SPEECH) == "of the lower docks"


def test_an_ending_left_out_before_a_full_stop_is_trimmed() -> None:
    hit = find_quotation("We will never sell our land.", '"We will never sell our land to anyone," she said.')
    assert hit is not None
    assert hit.state is QuotationState.TRIMMED
    assert hit.rest.of('"We will never sell our land to anyone," she said.') == "to anyone"


def test_a_word_left_out_in_the_middle_is_altered() -> None:
    text = '"We will never sell our land to anyone," she said.'
    hit = find_quotation("We will sell our land to anyone", text)
    assert hit is not None
    assert hit.state is QuotationState.ALTERED
    assert [one.text.of(text) for one in hit.differences] == ["never"]
    assert [one.quote.length for one in hit.differences] == [0]


def test_words_that_are_not_there_are_not_found() -> None:
    assert find_quotation("the price of bread has doubled again", SPEECH) is None


def test_clauses_far_apart_give_the_longest_one() -> None:
    text = (
        f"We will stay here forever. {'Other words come in between. ' * 30}and nobody in this town will make us leave."
    )
    hit = find_quotation("We will stay here forever, and nobody in this town will make us leave", text)
    assert hit is not None
    assert hit.span.of(text) == "and nobody in this town will make us leave"


@given(st.text(max_size=80), st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_spans_always_lie_inside_their_texts(quote: str, text: str) -> None:
    hit = find_quotation(quote, text)
    if hit is not None:
        for span, whole in [(hit.span, text), (hit.rest, text)]:
            assert len(span.of(whole)) == span.length
        for one in hit.differences:
            assert len(one.quote.of(quote)) == one.quote.length
            assert len(one.text.of(text)) == one.text.length


@given(st.text(max_size=120), st.text(max_size=120))
@settings(max_examples=100, deadline=None)
def test_agreement_and_explanation_take_any_text(claim: str, passage: str) -> None:
    told = explain(claim, passage)
    for span in told.claim_spans:
        assert span.of(claim).strip()
    for span in told.passage_spans:
        assert span.of(passage).strip()


def test_an_explanation_gives_reasons_and_ranks() -> None:
    told = explain(
        f"{LONG}, “stayed at their posts all night”",
        f"{LONG}. They stayed at their posts all night.",
        Ranked(7, 0.9, 1, 3),
    )
    assert (told.words_rank, told.meaning_rank) == (1, 3)
    assert told.near_identical
    assert not told.short
    assert [part.hit.state for part in told.quotations] == [QuotationState.VERBATIM]
    assert told.reasons[0] == "Almost the same wording."
    assert "Place 1 by words." in told.reasons
    assert "Place 3 by meaning." in told.reasons


def test_an_explanation_flags_short_texts() -> None:
    told = explain("Prices rose in May", "Prices rose sharply in the month of May across the whole region")
    assert told.short
    assert told.words_rank is None
    assert any("likeness says little" in reason for reason in told.reasons)
