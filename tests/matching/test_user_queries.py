"""Queries as people type them: phrases, exclusions, prefixes, and what is wrong with others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputRefused
from workbench.matching.query import Query, Term, folded_words, read_query, too_short, unmarked


def test_words_phrases_exclusions_and_prefixes_are_told_apart() -> None:
    query = read_query('Harbour "fuel terminal" -exercise -"fire drill" berth* -rumo*')
    assert query.words == ("harbour", "fuel", "terminal")
    assert query.required == (Term(("fuel", "terminal")), Term(("berth",), prefix=True))
    assert query.excluded == (Term(("exercise",)), Term(("fire", "drill")), Term(("rumo",), prefix=True))
    assert query.text == "Harbour fuel terminal"
    assert not query.plain


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("A fire at the FUEL TERMINAL.", True),
        ("A fuel-terminal burned", True),
        ("the fuel and the terminal", False),
        ("the fuel terminals", False),
        ("the fuel terminal, in an exercise", False),
        ("the fuel terminal exercises", True),
    ],
)
def test_what_must_and_must_not_stand_there(text: str, fits: bool) -> None:
    assert read_query('"fuel terminal" -exercise').fits(text) is fits


def test_a_prefix_begins_a_word() -> None:
    query = read_query("nationali*")
    assert query.fits("the Nationalisation of ports")
    assert not query.fits("nation of ports, international")


def test_accents_and_curly_marks_make_no_difference() -> None:
    assert read_query("“Fuel Terminál”").fits("the fuel terminal")
    assert read_query("jose").words == read_query("José").words


def test_dashes_and_inner_hyphens_are_no_exclusions() -> None:
    query = read_query("al-Marjan - the port – open")
    assert query.excluded == ()
    assert query.words == ("al", "marjan", "the", "port", "open")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('the "fuel terminal', "quotation mark at character 5 is not closed"),
        ("fire *", "does not end the beginning of a word"),
        ("a* fire", "does not end the beginning of a word"),
        ("ha*bour", "does not end the beginning of a word"),
        ('"fuel * terminal"', "star in its middle"),
        ('fire ""', "holds no word"),
        ("-exercise", "only says what must not be there"),
        ("fire -!", "excludes no word"),
        ("", "holds no word"),
        ("?! …", "holds no word"),
        ("x" * 5000, "5,000 characters"),
    ],
)
def test_what_cannot_be_meant_is_said(text: str, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        read_query(text)


@given(st.text(alphabet=st.sampled_from('ab"-* é“”.,0_\n'), max_size=40) | st.text(max_size=60))
def test_any_text_is_read_or_refused_and_never_changes_meaning(text: str) -> None:
    try:
        query = read_query(text)
    except InputRefused:
        return
    assert query.words or query.required
    known = set(folded_words(text))
    for term in (*query.required, *query.excluded, *query.ranking):
        assert set(term.words) <= known
        assert term.words


@given(st.text(max_size=80))
def test_an_unmarked_text_only_ranks(text: str) -> None:
    plain = unmarked(text)
    if folded_words(plain):
        assert read_query(plain).plain


@given(st.lists(st.sampled_from(["fire", "fuel", "pier", "port"]), min_size=1, max_size=8))
def test_a_phrase_of_a_text_always_fits_it(words: list[str]) -> None:
    text = " ".join(words)
    assert read_query(f'"{text}"').fits(f"Then: {text}, they said")
    assert not Query("", (), (), (Term(tuple(words)),)).fits(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://post.example/a/long-address?with=eight&or=more&words=in&it=x&y=z", "only an address"),
        ("31 killed at the pier", "under 8 words"),
        ("31 people were killed at the pier yesterday", ""),
    ],
)
def test_short_texts_and_addresses_are_not_matched_by_themselves(text: str, reason: str) -> None:
    assert too_short(text) == reason
