import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from workbench.errors import InputRefused
from workbench.text.anchors import (
    Anchor,
    AnchorState,
    How,
    Resolved,
    anchor,
    from_selectors,
    resolve,
    resolve_all,
    to_selectors,
)
from workbench.text.spans import Span

ARTICLE = (
    "The town of Alder opened a bridge over the river Lin.\n\n"
    'It cost 4 million crowns, the council said in 2019. "We are proud of it," said the mayor, Ida Holm. '
    "Work on the northern ramp took eleven months longer than planned.\n\n"
    "Traffic through the old centre fell by a third within a year. She agreed. "
    "A second bridge is to follow before the end of the decade.\n"
)
COST = "It cost 4 million crowns, the council said in 2019."
RAMP = "Work on the northern ramp took eleven months longer than planned."
TRAFFIC = "Traffic through the old centre fell by a third within a year."
SENTENCES = ["The town of Alder opened a bridge over the river Lin.", COST, RAMP, TRAFFIC, "She agreed."]
TEXTS = st.text(alphabet=st.sampled_from("ab .,\n\t'\"“”-–…9é\u00a0\u200b漢"), max_size=200) | st.text(max_size=120)


def of(words: str, text: str = ARTICLE) -> Anchor:
    start = text.index(words)
    return anchor(text, Span(start, start + len(words)))


def words_found(found: Resolved, text: str) -> str:
    assert found.span is not None
    return found.span.of(text)


def edited(*pairs: tuple[str, str]) -> str:
    text = ARTICLE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def test_an_anchor_carries_its_words_and_their_surroundings():
    made = anchor("One two three.", Span(4, 7), context=3)
    assert made == Anchor(4, 7, "two", "ne ", " th")
    assert made.span == Span(4, 7)


@pytest.mark.parametrize("span", [Span(3, 3), Span(3, 4)])
def test_an_anchor_without_words_is_refused(span):
    with pytest.raises(ValueError, match="needs words"):
        anchor("One two", span)


def test_an_anchor_beyond_the_text_is_refused():
    with pytest.raises(ValueError, match="beyond"):
        anchor("One", Span(0, 4))
    with pytest.raises(ValueError, match="0 <= start <= end"):
        Anchor(5, 4, "x")


def test_selectors_are_those_of_the_web_annotation_model():
    made = of(RAMP)
    target = json.loads(json.dumps(to_selectors(made)))
    assert [one["type"] for one in target["selector"]] == ["TextPositionSelector", "TextQuoteSelector"]
    assert target["selector"][1]["exact"] == RAMP
    assert from_selectors(target) == made


def test_a_lone_quotation_is_enough():
    found = from_selectors({"selector": {"type": "TextQuoteSelector", "exact": RAMP}})
    assert words_found(resolve(found, ARTICLE), ARTICLE) == RAMP


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ({}, "no TextQuoteSelector"),
        ({"selector": [7]}, "no TextQuoteSelector"),
        ({"selector": [{"type": "TextQuoteSelector", "exact": 7}]}, "'exact'"),
        ({"selector": [{"type": "TextQuoteSelector", "exact": "a", "prefix": None}]}, "'prefix'"),
        ({"selector": [{"type": "TextQuoteSelector", "exact": "  "}]}, "needs words"),
        (
            {
                "selector": [
                    {"type": "TextPositionSelector", "start": "1", "end": 2},
                    {"type": "TextQuoteSelector", "exact": "a"},
                ]
            },
            "whole numbers",
        ),
        (
            {
                "selector": [
                    {"type": "TextPositionSelector", "start": 9, "end": 2},
                    {"type": "TextQuoteSelector", "exact": "a"},
                ]
            },
            "start 9",
        ),
    ],
)
def test_selectors_that_cannot_be_used_are_refused(target, said):
    with pytest.raises(InputRefused, match=said):
        from_selectors(target)


def test_an_unchanged_text_is_found_by_position():
    assert resolve(of(COST), ARTICLE) == Resolved(AnchorState.OK, of(COST).span, 1.0, How.POSITION)


@pytest.mark.parametrize("words", [*SENTENCES, "4 million", "Ida Holm"])
def test_text_inserted_and_deleted_elsewhere_does_no_harm(words):
    new = "An opening line that is new. " + edited((" A second bridge is to follow before the end of the decade.", ""))
    found = resolve(of(words), new)
    assert (found.state, found.how, words_found(found, new)) == (AnchorState.OK, How.EXACT, words)


def test_other_quotes_dashes_and_line_wraps_are_the_same_words():
    words = '"We are proud of it," said the mayor, Ida Holm.'
    new = edited((words, "“We are\nproud of   it,” said the mayor,\nIda Holm."), ("It cost", "So it cost"))
    found = resolve(of(words), new)
    assert (found.state, found.how) == (AnchorState.OK, How.WHITESPACE)
    assert words_found(found, new) == "“We are\nproud of   it,” said the mayor,\nIda Holm."


@pytest.mark.parametrize(("old", "new"), [(" – ", "—"), ("...", "…"), ("``a b''", '"a b"'), ("so\u00adfar", "sofar")])
def test_house_style_does_not_count_as_a_change(old, new):
    before = f"Alder, a town{old}on the river Lin, paid for all of it."
    found = resolve(anchor(before, Span(0, len(before))), before.replace(old, new) + " More came later.")
    assert found.state is AnchorState.OK


def test_changed_words_are_a_drift_with_the_new_words_as_span():
    new = edited(("cost 4 million", "cost 5 billion"), ("Alder", "Elm"))
    found = resolve(of(COST), new)
    assert (found.state, found.how) == (AnchorState.DRIFTED, How.FUZZY)
    assert words_found(found, new) == COST.replace("4 million", "5 billion")
    assert 0.5 < found.score < 1


def test_changed_words_at_the_ends_stay_in_the_span():
    new = edited((COST, "This took 4 million crowns, the council said in May."))
    assert words_found(resolve(of(COST), new), new) == "This took 4 million crowns, the council said in May."


def test_a_changed_sentence_is_found_without_a_sentence_added_before_it():
    new = edited((COST, "Not all liked it. It cost 6 million crowns, the mayor said in 2019."))
    for found in (resolve(of(COST), new), resolve_all([of(COST)], ARTICLE, new)[0]):
        assert words_found(found, new) == "It cost 6 million crowns, the mayor said in 2019."


def test_a_deleted_sentence_does_not_move_to_a_look_alike():
    look_alike = "It cost 5 million crowns, the council said in 2020."
    new = edited((COST + " ", "")) + look_alike
    for old in (None, ARTICLE):
        found = resolve_all([of(words) for words in SENTENCES], old, new)
        assert [one.state for one in found] == ["ok", "orphan", "ok", "ok", "ok"]
    assert resolve(of(COST), new).state is AnchorState.ORPHAN


def test_a_sentence_replaced_by_another_is_an_orphan():
    new = edited((COST, "Schools were closed for the day."))
    assert resolve(of(COST), new).span is None
    assert resolve_all([of(COST)], ARTICLE, new)[0].span is None


def test_a_short_quotation_needs_its_surroundings():
    text = "Holm praised the bridge at length. She agreed. Then the band played on."
    made = of("She agreed.", text)
    assert resolve(made, "Nobody spoke for an hour. She agreed. Votes were counted twice.").state is AnchorState.ORPHAN
    assert resolve(made, "Holm praised the bridge at length. She agreed. Votes were counted.").state is AnchorState.OK


def test_a_short_quotation_that_was_deleted_does_not_move_to_its_twin():
    text = ARTICLE + "The mayor of Elm was asked about it too. She agreed. No date was named."
    made = of("She agreed.", text)
    new = text.replace("She agreed. ", "", 1)
    assert resolve(made, new).state is AnchorState.ORPHAN
    assert resolve_all([made], text, new)[0].state is AnchorState.ORPHAN


def test_of_two_twins_the_surroundings_choose():
    text = f"First part, in March. {COST} Nobody was asked. Second part, in June. {COST} Everybody was asked."
    at = text.rindex(COST)
    made = anchor(text, Span(at, at + len(COST)))
    new = "Some words come first. " + text.replace("Everybody was", "Everyone had been")
    found = resolve(made, new)
    assert (found.state, found.how, found.span) == (AnchorState.OK, How.CONTEXT, Span(at + 23, at + 23 + len(COST)))


def test_twins_without_surroundings_are_not_guessed_at():
    made = of(COST)
    assert resolve(made, f"Zebra. {COST} Yak. {COST} Xylophone.").state is AnchorState.ORPHAN


def test_a_correction_that_quotes_the_old_words_does_not_take_the_anchor():
    new = edited(("4 million", "9 million")) + f"\nCorrection: this article first said: {COST} That was wrong.\n"
    for found in (resolve(of(COST), new), resolve_all([of(COST)], ARTICLE, new)[0]):
        assert found.state is AnchorState.DRIFTED
        assert words_found(found, new) == COST.replace("4 million", "9 million")


def test_two_anchors_never_end_in_one_place():
    text = f"One begins here, in the spring. {COST} Two begins here, in the autumn. {COST} Three ends."
    first, second = text.index(COST), text.rindex(COST)
    made = [anchor(text, Span(at, at + len(COST))) for at in (first, second)]
    new = f"Two begins here, in the autumn. {COST} Three ends."
    for old in (None, text):
        found = resolve_all(made, old, new)
        assert [one.state for one in found] == ["orphan", "ok"]


def test_a_moved_paragraph_is_found():
    blocks = ARTICLE.strip().split("\n\n")
    new = "\n\n".join(reversed(blocks))
    for old in (None, ARTICLE):
        found = resolve_all([of(words) for words in SENTENCES], old, new)
        assert [words_found(one, new) for one in found] == SENTENCES
        assert {one.state for one in found} == {AnchorState.OK}


def test_neighbours_find_what_its_surroundings_no_longer_tell():
    text = "Alpha stood first in the row of all. Short one here. Gamma was the last word of the evening."
    made = [of(words, text) for words in text.split(". ")[:2]] + [of("Gamma was the last word of the evening.", text)]
    new = "Alpha stood first in the row of all! ??? Short one here. ??? Gamma was the last word of the evening."
    assert resolve_all(made, None, new)[1].state is AnchorState.OK


def test_the_old_text_finds_a_sentence_whose_neighbours_changed_too():
    new = edited(
        ("opened a bridge over the river Lin", "has a crossing"),
        ("4 million crowns, the council", "9 million crowns, the board"),
        ("We are proud of it", "Never again"),
    )
    found = resolve_all([of(COST)], ARTICLE, new)[0]
    assert found.state is AnchorState.DRIFTED
    assert words_found(found, new) == "It cost 9 million crowns, the board said in 2019."


def test_an_anchor_of_another_text_is_still_looked_for():
    made = of(RAMP, "Elsewhere. " + ARTICLE)
    assert words_found(resolve_all([made], ARTICLE, "New. " + ARTICLE)[0], "New. " + ARTICLE) == RAMP
    assert resolve_all([made], "Nothing alike.", "Nothing at all.")[0].state is AnchorState.ORPHAN


def test_clauses_inside_a_sentence_keep_their_place():
    made = [of(COST), of("4 million crowns"), of("the council said in 2019")]
    new = "Lead. " + edited(("said in 2019", "wrote in 2021"))
    found = resolve_all(made, ARTICLE, new)
    assert [one.state for one in found] == ["drifted", "ok", "drifted"]
    assert [words_found(one, new) for one in found][1:] == ["4 million crowns", "the council wrote in 2021"]


def test_no_anchors_give_no_results():
    assert resolve_all([], "a", "b") == []


@st.composite
def anchored(draw, texts=TEXTS):
    text = draw(texts)
    start = draw(st.integers(0, max(0, len(text) - 1)))
    end = draw(st.integers(start, len(text)))
    assume(text[start:end].strip())
    return text, Span(start, end)


@given(anchored())
def test_an_unchanged_text_keeps_every_span(given_one):
    text, span = given_one
    made = anchor(text, span)
    assert resolve(made, text) == Resolved(AnchorState.OK, span, 1.0, How.POSITION)
    assert resolve_all([made], text, text) == resolve_all([made], None, text) == [resolve(made, text)]


@settings(max_examples=150)
@given(anchored(), st.text(max_size=40), st.text(max_size=40), st.data())
def test_an_edit_beyond_the_surroundings_shifts_the_span(given_one, before, after, data):
    core, span = given_one
    text = before + "x" * 40 + core + "y" * 40 + after
    span = span.shift(len(before) + 40)
    cut = data.draw(st.integers(0, len(before)))
    new_before = data.draw(st.text(max_size=60)) + before[cut:]
    new_after = after[: data.draw(st.integers(0, len(after)))] + data.draw(st.text(max_size=60))
    new = new_before + text[len(before) : len(text) - len(after)] + new_after
    made = anchor(text, span)
    whole = made.prefix + made.exact + made.suffix
    assume(new.find(whole) == new.rfind(whole))
    found = resolve(made, new)
    assert (found.state, found.span) == (AnchorState.OK, span.shift(len(new_before) - len(before)))


@settings(max_examples=200)
@given(anchored(), TEXTS)
def test_any_text_is_borne_and_spans_lie_in_it(given_one, new):
    text, span = given_one
    made = anchor(text, span)
    for found in (resolve(made, new), *resolve_all([made, made], text, new), *resolve_all([made], None, new)):
        assert (found.span is None) == (found.state is AnchorState.ORPHAN)
        assert 0 <= found.score <= 1
        assert found.how in (How.NONE, "") if found.span is None else found.how is not How.NONE
        if found.span is not None:
            assert 0 <= found.span.start < found.span.end <= len(new)


@settings(max_examples=100)
@given(anchored(), TEXTS, TEXTS)
def test_an_anchor_that_fits_no_text_is_borne(given_one, old, new):
    text, span = given_one
    made = Anchor(span.start + 5, span.start + 6, span.of(text), "zz", "")
    for found in (resolve(made, new), *resolve_all([made], old, new)):
        assert found.span is None or found.span.end <= len(new)


@given(anchored())
def test_selectors_lead_back_to_the_anchor(given_one):
    text, span = given_one
    assert from_selectors(to_selectors(anchor(text, span))) == anchor(text, span)
