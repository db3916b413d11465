from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.credibility.sourcing import SourcedBy, Sourcing, sourcing
from workbench.splitting import split

ARTICLE = """Dam at Northvale holds after record rain

By Jane Doe

The wall of the dam held through the night and the town slept. Mayor Ann Poe said that 32 houses were lost.
Many outside analysts had long suspected that the wall was weak. According to reports from regional experts and
The Valley Ledger, the pumps failed twice.
“We were lucky, and we knew it,” said John Roe, an engineer. “Nobody will say why the pumps were old.”
It was called a “good dam” by some. See https://ledger.example/dam.
"""


def of(text: str, **recorded: object) -> Sourcing:
    return sourcing(text, split(text, language="en"), **recorded)  # type: ignore[arg-type]


def test_particulars_are_present_or_missing() -> None:
    found = of(ARTICLE)
    assert found.missing == ("date", "outlet", "address")
    assert [(one.name, one.value) for one in found.particulars if one.present] == [
        ("title", "Dam at Northvale holds after record rain"),
        ("byline", "By Jane Doe"),
        ("links", "https://ledger.example/dam"),
    ]


def test_what_is_recorded_counts_too() -> None:
    found = of(
        "The dam held.",
        title="Dam",
        byline="Jane Doe",
        published=date(2026, 1, 5),
        outlet="Valley Ledger",
        url="https://ledger.example/dam",
        links=["https://ledger.example/dam/", "https://council.example"],
    )
    assert found.missing == ()
    assert found.links == ("https://council.example",)


def test_claims_are_counted_by_their_source() -> None:
    found = of("Mayor Ann Poe said that the dam held. Analysts said that it was weak. It was old.")
    assert [claim.by for claim in found.claims][1:] == [SourcedBy.UNNAMED, SourcedBy.NONE]
    assert found.claims[0].by in (SourcedBy.NAMED, SourcedBy.OFFICIAL)
    assert found.claims[0].source == "Mayor Ann Poe"
    assert sum(found.counts.values()) == 3
    assert set(found.counts) == set(SourcedBy)


def test_unnamed_sources_are_listed_with_their_words() -> None:
    found = of(ARTICLE)
    assert [one.text for one in found.unnamed] == ["Many outside analysts", "reports", "regional experts"]
    for one in found.unnamed:
        assert ARTICLE[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Analysts urge the town to wait.", ["Analysts"]),
        ("Two people familiar with the plan said it failed.", ["Two people familiar with the plan"]),
        ("Dr. Ann Poe and Valley Officials Union said it failed.", []),
        ("The people of the town slept.", []),
    ],
)
def test_groups_are_sources_where_they_report(text: str, expected: list[str]) -> None:
    assert [one.text for one in of(text).unnamed] == expected


def test_quotations_have_their_speaker_or_say_that_none_was_found() -> None:
    found = of(ARTICLE)
    assert [(one.text[:14], one.by) for one in found.quotations] == [
        ("We were lucky,", "John Roe, an engineer"),
        ("Nobody will sa", "John Roe, an engineer"),
    ]
    (alone,) = of("The banner read “No more floods in our town” in the square.").quotations
    assert alone.text == "No more floods in our town"
    (unknown,) = of("On the wall was “no more floods in our town” in red.").quotations
    assert unknown.by == "no speaker found"


def test_a_result_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="13 code points"):
        sourcing("The dam held!?", split("The dam held."))


WORDS = ["Analysts", "say", "“We", "won”", "Ann", "Poe", "said", "that", ".", "\n", "http://a.example"]


@given(st.lists(st.sampled_from(WORDS)))
def test_any_text_has_a_sourcing(words: list[str]) -> None:
    text = " ".join(words)
    found = of(text)
    for one in (*found.unnamed, *found.quotations):
        assert text[one.start : one.end] == one.text
    assert sum(found.counts.values()) == len(found.claims)
