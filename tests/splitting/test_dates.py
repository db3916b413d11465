from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.splitting import split
from workbench.splitting.dates import date_candidates, date_words
from workbench.splitting.features import words_of
from workbench.splitting.lexicon import lexicon
from workbench.splitting.mentions import dates_of

MONDAY = date(2026, 1, 5)


def dated(text: str, published: date = MONDAY, language: str = "en") -> list[tuple[str, tuple[str, ...]]]:
    rules = lexicon(language)
    mentions = dates_of(text, 0, len(text), rules)
    found = date_words(text, 0, len(text), rules, words=set(words_of(text)), dates=mentions)
    return [
        (text[w.start : w.end], date_candidates(text[w.start : w.end], w.meaning, published, rules, sentence=text))
        for w in found
    ]


@pytest.mark.parametrize(
    ("text", "words", "candidates"),
    [
        ("The dam failed on Sunday.", "Sunday", ("2026-01-04",)),
        ("The dam failed on Monday.", "Monday", ("2026-01-05",)),
        ("The dam failed on Tuesday.", "Tuesday", ("2025-12-30",)),
        ("The council will meet on Tuesday.", "Tuesday", ("2026-01-06", "2025-12-30")),
        ("It met last Monday.", "last Monday", ("2025-12-29", "2025-12-22")),
        ("It meets next Friday.", "next Friday", ("2026-01-09", "2026-01-16")),
        ("It failed yesterday.", "yesterday", ("2026-01-04",)),
        ("Three people died the day before yesterday.", "the day before yesterday", ("2026-01-03",)),
        ("Prices rose last year.", "last year", ("2025-01-01/2025-12-31",)),
        ("Prices rose this month.", "this month", ("2026-01-01/2026-01-31",)),
        ("Prices rose earlier this year.", "earlier this year", ("2026-01-01/2026-01-05",)),
        ("Prices fell last week.", "last week", ("2025-12-29/2026-01-04", "2025-12-29/2026-01-05")),
        ("Over the past two decades it sank.", "the past two decades", ("2006-01-05/2026-01-05",)),
        ("Over the last year it sank.", "the last year", ("2025-01-05/2026-01-05",)),
        ("It sank three years ago.", "three years ago", ("2023-01-01/2023-12-31",)),
        ("It sank 10 days ago.", "10 days ago", ("2025-12-26",)),
        ("It opened in March.", "March", ("2025-03-01/2025-03-31",)),
        ("It will open in March.", "March", ("2026-03-01/2026-03-31", "2025-03-01/2025-03-31")),
        ("It opened on March 3.", "March 3", ("2025-03-03",)),
        ("It opened on 29 February.", "29 February", ("2024-02-29",)),
        ("It was recently rebuilt.", "recently", ()),
        ("It sank 400 centuries ago.", "400 centuries ago", ()),
    ],
)
def test_date_words_are_reckoned_from_the_day_of_publication(
    text: str, words: str, candidates: tuple[str, ...]
) -> None:
    assert dated(text) == [(words, candidates)]


@pytest.mark.parametrize(
    "text",
    [
        "They may march two days of every week.",
        "It opened on March 3, 2024.",
        "It opened on Tuesday, March 3, 2024.",
        "The August heat and the dayroom.",
        "In 1990 it closed.",
        "The 5-day march.",
    ],
)
def test_no_date_is_invented(text: str) -> None:
    assert dated(text) == []


@pytest.mark.parametrize(
    ("text", "words", "candidates"),
    [
        ("La presa cedió el domingo.", "domingo", ("2026-01-04",)),
        ("La presa cedió el año pasado.", "el año pasado", ("2025-01-01/2025-12-31",)),
        ("La presa cedió hace tres días.", "hace tres días", ("2026-01-02",)),
        ("La presa abrirá en marzo y será grande.", "marzo", ("2026-03-01/2026-03-31", "2025-03-01/2025-03-31")),
    ],
)
def test_spanish(text: str, words: str, candidates: tuple[str, ...]) -> None:
    assert dated(text, language="es") == [(words, candidates)]


@given(st.dates(), st.integers(1, 999), st.sampled_from(["days", "weeks", "months", "years", "decades", "centuries"]))
def test_every_candidate_is_a_date_of_the_calendar(published: date, number: int, unit: str) -> None:
    for text in (f"{number} {unit} ago.", f"in the past {number} {unit}.", f"last {unit[:-1]}", "Friday", "in May"):
        for _, candidates in dated(text, published):
            for candidate in candidates:
                first, *last = (date.fromisoformat(part) for part in candidate.split("/"))
                assert not last or first <= last[0]


def test_a_publication_date_gives_candidates_and_its_absence_a_warning() -> None:
    text = "The dam failed on Sunday."
    (reference,) = split(text, language="en", published=MONDAY).units[0].claims[0].references
    assert (reference.type, reference.candidates) == ("weekday", ("2026-01-04",))
    without = split(text, language="en")
    assert without.units[0].claims[0].references[0].candidates == ()
    assert [(w.type, text[w.start : w.end]) for w in without.warnings] == [("publication_date_missing", "Sunday")]


def test_what_no_date_can_settle_asks_for_none() -> None:
    result = split("Prices rose recently. A town fell.", language="en")
    assert result.warnings == ()
    (reference,) = (
        split("A town fell. Prices rose recently.", language="en", published=MONDAY).units[1].claims[0].references
    )
    assert (reference.text, reference.candidates) == ("recently", ())
