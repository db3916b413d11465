import json
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputRefused
from workbench.splitting import split
from workbench.splitting.offices import OfficeFinding, OfficeFit, check, read_offices, shipped

EPIPHANY = date(2026, 1, 5)


def table(**changes: Any) -> bytes:
    holder = {"person": "Ann Poe", "family": "Poe", "from": "2020-03", "to": "2024-05-06", "precision": "month"}
    office = {"country": "Northvale", "office": "Mayor", "titles": ["Mayor"], "holders": [{**holder, **changes}]}
    return json.dumps({"format": 1, "as_of": "2026-01-01", "offices": [office]}).encode()


def one(text: str, published: date | None = EPIPHANY) -> OfficeFinding:
    (finding,) = check(text, published)
    return finding


def test_the_shipped_table_covers_twenty_countries_and_one_holder_at_a_time() -> None:
    terms = shipped().terms
    assert len({term.country for term in terms}) >= 20
    assert all(term.source for term in terms)
    for office in {(term.country, term.office) for term in terms}:
        held = sorted((t for t in terms if (t.country, t.office) == office), key=lambda term: term.first)
        assert (held[-1].last is None) == (office != ("Turkey", "Prime Minister"))
        for earlier, later in pairwise(held):
            # A month that both were given to may overlap; more would be a slip.
            assert earlier.last is not None
            assert earlier.last - later.first < timedelta(days=310 if office == ("Brazil", "President") else 31)


def test_an_administration_that_has_ended() -> None:
    found = one("For the Biden administration, this presents a challenge.")
    assert (found.text, found.fit, found.holders) == ("the Biden administration", OfficeFit.ENDED, ("Donald Trump",))
    assert "2021-01-20 to 2025-01-20" in found.message
    assert found.ended
    assert not found.history


def test_without_a_date_it_says_that_it_needs_one() -> None:
    found = one("For the Biden administration, this presents a challenge.", None)
    assert found.fit is OfficeFit.DATE_MISSING
    assert "publication date" in found.message


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("President Biden says no.", OfficeFit.ENDED),
        ("President Joe Biden says no.", OfficeFit.ENDED),
        ("Biden's government says no.", OfficeFit.ENDED),
        ("The government of Rishi Sunak says no.", OfficeFit.ENDED),
        ("Prime Minister Theresa May says no.", OfficeFit.ENDED),
        ("Chancellor Scholz says no.", OfficeFit.ENDED),
        ("El presidente Macri dice que no.", OfficeFit.ENDED),
        ("El gobierno de Dominique de Villepin dice que no.", OfficeFit.ENDED),
    ],
)
def test_offices_that_do_not_fit(text: str, fit: OfficeFit) -> None:
    assert one(text).fit is fit


@pytest.mark.parametrize(
    "text",
    [
        "Former President Biden says no.",
        "Then-President Obama met Chancellor Merz.",
        "Vice President Biden says no.",
        "Ex-President Jair Bolsonaro says no.",
        "President Trump says no.",
        "Joe Biden says no.",
        "President May-Biden says no.",
        "President Hunter Biden says no.",
        "In 2022, the Biden administration paid.",
        "President Poe says no.",
        "A president may bid.",
    ],
)
def test_nothing_is_said_of_others(text: str) -> None:
    assert check(text, EPIPHANY) == ()


def test_the_day_decides() -> None:
    text = "President Trump says no."
    assert check(text, date(2017, 1, 20)) == check(text, date(2021, 1, 20)) == check(text, date(2025, 1, 20)) == ()
    assert one(text, date(2017, 1, 19)).fit is OfficeFit.NOT_BEGUN
    assert one(text, date(2023, 1, 1)).holders == ("Joe Biden",)


def test_a_month_is_read_as_generously_as_it_is_given() -> None:
    own = read_offices(table(), "own.json")
    assert check("Mayor Poe says no.", date(2020, 3, 1), table=own) == ()
    assert check("Mayor Poe says no.", date(2024, 5, 6), table=own) == ()
    assert [f.fit for f in check("Mayor Poe says no.", date(2024, 5, 7), table=own)] == [OfficeFit.ENDED]
    assert [f.fit for f in check("Mayor Poe says no.", date(2020, 2, 28), table=own)] == [OfficeFit.NOT_BEGUN]


def test_a_desk_adds_offices_and_replaces_them() -> None:
    both = shipped().with_terms(read_offices(table(), "own.json").terms)
    assert len(check("Mayor Poe and President Biden say no.", EPIPHANY, table=both)) == 2
    later = both.with_terms(read_offices(table(to=None), "own.json").terms)
    assert len(check("Mayor Poe and President Biden say no.", EPIPHANY, table=later)) == 1


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"\xff", "own.json is no JSON"),
        (b"[]", "own.json is no table"),
        (b'{"format": 2, "offices": []}', "format 1"),
        (b'{"format": 1, "offices": []}', "as_of"),
        (b'{"format": 1, "as_of": "2026-01-01", "offices": [3]}', "office 1"),
        (table(person=""), "office 1, holder 1 has no person"),
        (table(to="2019-01-01"), "ends before it begins"),
        (table(to="2024-02-30"), "2024-02-30 is not in the calendar"),
        (table(to=5), "holder 1: to is no date"),
        (table(precision="day"), "given to the month"),
        (table(also="Poe"), "no list of names"),
    ],
)
def test_a_file_in_another_form_is_refused_by_name(data: bytes, named: str) -> None:
    with pytest.raises(InputRefused, match=named):
        read_offices(data, "own.json")


KEYS = st.sampled_from(["format", "as_of", "offices", "holders"])
VALUES = st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=8
)


@given(st.binary(max_size=60) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_no_file_breaks_the_reader(data: bytes) -> None:
    with pytest.raises(InputRefused):
        read_offices(data, "own.json")


WORDS = ["President", "Joe", "Biden", "the", "administration", "'s", "Trump", "of", "government", "."]


@given(st.lists(st.sampled_from(WORDS)))
def test_findings_are_verbatim(words: list[str]) -> None:
    text = " ".join(words)
    for finding in check(text, EPIPHANY):
        assert text[finding.start : finding.end] == finding.text


def test_a_sentence_is_proposed_through_its_presupposition() -> None:
    text = "For the Biden administration, peace presents a challenge."
    for published in (EPIPHANY, None):
        result = split(text, language="en", published=published)
        claim = result.units[0].claims[0]
        assert claim.suggested
        assert claim.reasons[0].startswith("presupposition: “the Biden administration”")
        assert [(r.text, r.type) for r in claim.references] == [("the Biden administration", "office")]
    assert split(text, language="en", published=EPIPHANY).warnings[0].type == "office_not_held"
    assert split(text, language="en").warnings[0].type == "publication_date_missing"
    assert split(text, language="en", published=date(2022, 1, 1)).warnings == ()
