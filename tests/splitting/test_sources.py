"""Whose words they are: who speaks before a quotation, what is no report, and where reported words begin and end."""

import pytest

from workbench.splitting import split


def said(text: str) -> list[tuple[str, str]]:
    return [
        (c.attribution.source, c.text)
        for unit in split(text, language="en").units
        for c in unit.claims
        if c.attribution and c.relation == "content"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She added, “The wall is too low.”", ("She", "The wall is too low.")),
        ("Ledger spokesman John Roe added, “We know.”", ("Ledger spokesman John Roe", "We know.")),
        (
            "“We may not want to answer,” Rep. Ann Poe (I-Vt.) said.",
            ("Rep. Ann Poe (I-Vt.)", "We may not want to answer"),
        ),
        ("“Our support is old,” the letter reads.", ("the letter", "Our support is old")),
        (
            "“It will hold,” Ann Poe, head of the Dam Office, told The Ledger.",
            ("Ann Poe, head of the Dam Office", "It will hold"),
        ),
        ("In a statement, Ann Poe said the dam held.", ("Ann Poe", "The dam held")),
        ("The council isn't saying who paid.", ("The council", "Who paid")),
        ("The park lies near the dam, which, Poe said, is full of visitors.", ("Poe", "Which is full of visitors")),
    ],
)
def test_who_speaks(text: str, expected: tuple[str, str]) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "It goes without saying that a wall costs money.",
        "It's worth noting that this is the first wall.",
        "The president spoke in a cottage that overlooks the dam.",
        "She called in to a town hall about the dam.",
        "He knows that the wall is low.",
        "One of the savings plans that the city offers is old.",
        "He annoyed them with the remarks he had made about walls.",
    ],
)
def test_what_reports_nothing(text: str) -> None:
    assert said(text) == []


def test_an_adjunct_before_the_report_is_not_what_was_said() -> None:
    assert said("During his years in office, Poe said, most people came to like the wall.") == [
        ("Poe", "Most people came to like the wall")
    ]


def test_a_relative_clause_does_not_begin_what_was_said() -> None:
    assert said("Poe said there needs to be a rule that requires two walls.") == [
        ("Poe", "There needs to be a rule that requires two walls")
    ]


def test_the_speaker_of_plain_words_does_not_carry_on_to_a_quotation() -> None:
    text = "Critics said the wall is low. The mayor laughed.\n\n“I like to wave my arms at people. It helps me.”"
    assert [source for source, _ in said(text)] == ["Critics"]
