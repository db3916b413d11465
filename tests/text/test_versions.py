from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.text.spans import Span
from workbench.text.versions import Change, ChangeKind, WordChange, compare_versions, word_changes

OLD = "The bridge opened in May. It cost 4 million crowns. Nobody complained.\n\nTraffic fell by a third.\n"
PIECES = st.lists(
    st.sampled_from(
        [
            "The bridge opened in May.",
            "It cost 4 million.",
            "It cost 5 million.",
            "Who?",
            "\n\n",
            "\n",
            " ",
            "漢字。",
            "“",
            "-",
        ]
    ),
    max_size=14,
).map(" ".join)
TEXTS = PIECES | st.text(max_size=80)


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(c.kind.value, c.old.of(old).strip(), c.new.of(new).strip()) for c in compare_versions(old, new)]


def tiles(spans: list[Span], text: str) -> bool:
    ends = [0, *[span.end for span in spans]]
    return ends[-1] == len(text) and all(span.start == end for span, end in zip(spans, ends, strict=False))


def test_equal_texts_are_the_same_sentence_by_sentence():
    assert [kind for kind, _, _ in told(OLD, OLD)] == ["same"] * 4


def test_a_sentence_put_in_taken_out_and_changed():
    new = "News first. The bridge opened in May. It cost 5 million crowns.\n\nTraffic fell by a third.\n"
    assert told(OLD, new) == [
        ("inserted", "", "News first."),
        ("same", "The bridge opened in May.", "The bridge opened in May."),
        ("changed", "It cost 4 million crowns.", "It cost 5 million crowns."),
        ("deleted", "Nobody complained.", ""),
        ("same", "Traffic fell by a third.", "Traffic fell by a third."),
    ]


def test_wraps_and_quote_style_are_no_change():
    old = 'He said "it is done" and left the\nroom at once. Then it rained.'
    new = "He said “it is done” and left the room at\nonce.\n\nThen it rained."
    assert {kind for kind, _, _ in told(old, new)} == {"same"}


def test_a_sentence_that_was_parted_stays_one_change():
    old = "The bridge opened in May and it cost 4 million crowns."
    new = "The bridge opened in May. It cost 4 million crowns."
    assert told(old, new) == [("changed", old, new)]


def test_an_unrelated_sentence_is_no_change_of_the_old_one():
    assert [kind for kind, _, _ in told("The bridge opened in May.", "Schools were closed all day.")] == [
        "deleted",
        "inserted",
    ]


def test_a_moved_sentence_goes_and_comes():
    moved = "Traffic fell by a third. Nobody complained about any of it. The bridge opened in May."
    kinds = [
        kind
        for kind, _, _ in told(
            "Nobody complained about any of it. The bridge opened in May. Traffic fell by a third.", moved
        )
    ]
    assert sorted(kinds) == ["deleted", "inserted", "same", "same"]


def test_words_of_a_changed_sentence():
    old, new = "It cost 4 million crowns in all.", "It cost about 5 million crowns."
    assert [(op.value, a.of(old), b.of(new)) for op, a, b in word_changes(old, new)] == [
        ("same", "It cost ", "It cost "),
        ("changed", "4 ", "about 5 "),
        ("same", "million crowns ", "million crowns"),
        ("deleted", "in all", ""),
        ("same", ".", "."),
    ]


def test_a_figure_changes_as_a_whole():
    old, new = "It cost 1,250.50 crowns.", "It cost 1,350.50 crowns."
    changed = [
        (a.of(old).strip(), b.of(new).strip()) for op, a, b in word_changes(old, new) if op is ChangeKind.CHANGED
    ]
    assert changed == [("1,250.50", "1,350.50")]


def test_a_lone_letter_between_changes_does_not_break_them_up():
    old, new = "council members voted a new budget through", "forty teachers wrote a long letter instead"
    assert word_changes(old, new) == (WordChange(ChangeKind.CHANGED, Span(0, len(old)), Span(0, len(new))),)


def test_scripts_without_spaces_change_by_character():
    old, new = "橋は五月に開通した。", "橋は六月に開通した。"
    assert [(a.of(old), b.of(new)) for op, a, b in word_changes(old, new) if op is not ChangeKind.SAME] == [
        ("五", "六")
    ]
    assert [kind for kind, _, _ in told(old, new)] == ["changed"]


@pytest.mark.parametrize(
    ("old", "new"), [("", ""), ("", "New."), ("Old.", ""), (" \n", "New."), ("", "  "), ("\n", " ")]
)
def test_texts_without_words_are_borne(old, new):
    for changes in (compare_versions(old, new), word_changes(old, new)):
        assert tiles([change.old for change in changes], old)
        assert tiles([change.new for change in changes], new)


def test_a_large_rewritten_text_is_compared_by_the_words_that_occur_once():
    old = " ".join(f"w{n} was number {n} of them" for n in range(1500))
    new = old.replace("w700 was", "w700 is").replace("w900 was", "w900 is")
    changed = [
        (a.of(old).strip(), b.of(new).strip()) for op, a, b in word_changes(old, new) if op is ChangeKind.CHANGED
    ]
    assert changed == [("was", "is"), ("was", "is")]
    kept = sum(change.old.length for change in word_changes(old, "Before. " + " ".join(reversed(old.split()))))
    assert kept == len(old)


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_changes_tile_both_texts(old, new):
    changes = compare_versions(old, new)
    assert tiles([change.old for change in changes], old)
    assert tiles([change.new for change in changes], new)
    assert "".join(change.new.of(new) for change in changes) == new
    for change in changes:
        assert (change.kind is ChangeKind.INSERTED) <= (change.old.length == 0)
        assert (change.kind is ChangeKind.DELETED) <= (change.new.length == 0)
    assert all(a != b for a, b in pairwise(changes))


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_word_changes_tile_both_texts(old, new):
    changes = word_changes(old, new)
    assert tiles([change.old for change in changes], old)
    assert tiles([change.new for change in changes], new)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert {change.kind for change in compare_versions(text, text)} <= {ChangeKind.SAME}
    assert all(isinstance(change, Change) and change.old == change.new for change in compare_versions(text, text))
    assert {change.op for change in word_changes(text, text)} <= {ChangeKind.SAME, ChangeKind.INSERTED}
