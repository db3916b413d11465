"""Which words of a claim are looked for."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.matching.query import LONGEST, query_words


def test_function_words_and_addresses_are_left_out() -> None:
    text = "The Pier is 90 metres long, says https://post.example/pier?x=1 and the PIER is old"
    assert query_words(text) == ["pier", "90", "metres", "long", "says", "old"]


def test_a_text_of_function_words_keeps_them() -> None:
    assert query_words("it is the") == ["it", "is", "the"]


@given(st.text(max_size=400))
def test_any_text_gives_distinct_words_within_the_limit(text: str) -> None:
    words = query_words(text)
    assert len(words) == len(set(words)) <= LONGEST
    assert all(word == word.lower() and "_" not in word for word in words if word.isascii())
