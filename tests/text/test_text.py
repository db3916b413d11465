import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text import Span, fold, has_hidden, visible

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
NASTY = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "\x00\x1b\x07\r\n\t\x7f\x9b\u202e\u200b\u200c\u200d\ufe0f\ufeff👩🚀🏴\U000e0067\U000e007fمیक्aé\u2066"
        ),
    )
)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_refuses_impossible_ends(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="0 <= start <= end"):
        Span(start, end)


def test_span_arithmetic() -> None:
    span = Span(2, 5)
    assert span.length == 3
    assert span.of("abcdefg") == "cde"
    assert [span.contains(i) for i in (1, 2, 4, 5)] == [False, True, True, False]
    assert span.overlaps(Span(4, 9))
    assert not span.overlaps(Span(5, 9))
    assert not span.overlaps(Span(3, 3))
    assert span.shift(-2) == Span(0, 3)
    assert span.as_list() == [2, 5]
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]
    with pytest.raises(ValueError, match="beyond"):
        span.of("abc")
    with pytest.raises(ValueError, match="0 <= start"):
        span.shift(-3)


def test_folding_makes_quotes_dashes_and_spaces_plain() -> None:
    assert fold("“It’s\u00a0here”—«no»") == '"It\'s here"-"no"'


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(NASTY)
def test_visible_text_is_safe_and_stable(text: str) -> None:
    shown = visible(text)
    assert not UNSAFE.search(shown)
    assert visible(shown) == shown
    assert has_hidden(text) == (shown != text)
    assert not has_hidden(shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b]52;c;AAAA\x07b", "a␛]52;c;AAAA␇b"),
        ("pay \u202egnp.exe", "pay ‹U+202E›gnp.exe"),
        ("zero\u200bwidth\ufeff", "zero‹U+200B›width‹U+FEFF›"),
        ("csi \x9b31m del \x7f", "csi ‹U+009B›31m del ␡"),
        ("line\r\nnext\ttab", "line␍\nnext\ttab"),
        ("lone \ud800", "lone ‹U+D800›"),
        ("a\u200db", "a‹U+200D›b"),
        ("A\ufe0f\u200d👩", "A‹U+FE0F›‹U+200D›👩"),
        ("#\ufe0f\ufe0f", "#\ufe0f‹U+FE0F›"),
        ("tag \U000e0041", "tag ‹U+E0041›"),
    ],
)
def test_what_hides_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert has_hidden(text)


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d🚀 and ❤\ufe0f\u200d🔥 and #\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "Díaz-Canel “said” [sic] [/x]\n\tdone \ufffd",
    ],
)
def test_ordinary_spelling_is_left_alone(text: str) -> None:
    assert visible(text) == text
    assert not has_hidden(text)
