"""What the lines of an article are, however it reached the workbench."""

import pytest

from workbench.intake.markdown import clean_markdown
from workbench.splitting import split


def kinds(text: str, language: str = "en") -> list[tuple[str, str]]:
    units = split(text, language=language).units
    return [(str(unit.kind), text[unit.start : unit.end].strip()) for unit in units]


PAGE = """DAM HOLDS AFTER RAIN
By Jane Doe | March 3, 2026
Photo by John Roe/Valley Ledger
NORTHVALE, March 3 (VNA) — The dam held on Monday. Engineers measured twice, and the mayor came to thank every one of them for it.
WHO PAYS?
The council will pay 3 million euros, which is more than it spent on all of its bridges in the last nine years together.
How It Began: A Short History
Rain fell for nine days, and on the tenth day the river stood higher than on any day since the first gauge was set in 1921.
The Next Steps.
The council meets on Monday.
Editor's note: An earlier version of this article gave a wrong figure.
"""
SEEN = [
    ("title", "DAM HOLDS AFTER RAIN"),
    ("byline", "By Jane Doe | March 3, 2026"),
    ("caption", "Photo by John Roe/Valley Ledger"),
    ("dateline", "NORTHVALE, March 3 (VNA) —"),
    ("sentence", "The dam held on Monday."),
    ("sentence", "Engineers measured twice, and the mayor came to thank every one of them for it."),
    ("heading", "WHO PAYS?"),
    (
        "sentence",
        "The council will pay 3 million euros, which is more than it spent on all of its bridges in the last nine years together.",
    ),
    ("heading", "How It Began: A Short History"),
    (
        "sentence",
        "Rain fell for nine days, and on the tenth day the river stood higher than on any day since the first gauge was set in 1921.",
    ),
    ("heading", "The Next Steps."),
    ("sentence", "The council meets on Monday."),
    ("boilerplate", "Editor's note: An earlier version of this article gave a wrong figure."),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n", "\r\n\r\n"])
def test_blocks_are_told_apart_with_and_without_blank_lines(newline: str) -> None:
    assert kinds(PAGE.replace("\n", newline)) == SEEN


def test_hard_wrapped_paragraphs_are_joined_and_short_lines_are_not() -> None:
    wrapped = (
        "The dam above Northvale held on Monday, and engineers\n"
        "who had measured it twice told the council that it\n"
        "will hold for another year at least. Nobody was hurt.\n"
        "\n"
        "MAYOR POE: We build a wall. It costs 3 million euros.\n"
        "MR. ROE: Nobody asked us about any of this, you know.\n"
    )
    assert [words for _, words in kinds(wrapped)][-3:] == [
        "MAYOR POE: We build a wall.",
        "It costs 3 million euros.",
        "MR. ROE: Nobody asked us about any of this, you know.",
    ]
    assert len(kinds(wrapped)) == 5


def test_a_transcript_keeps_its_speakers() -> None:
    text = (
        "Interview with the mayor\n\nJANE DOE: What next?\nMAYOR POE: We build a wall. It costs 3 million euros.\n\n"
        "Q: Who pays?\nA: The council.\n"
    )
    units = split(text, language="en").units
    speakers = {
        text[c.start : c.end]: c.attribution.source
        for u in units
        for c in u.claims
        if c.attribution and c.relation == "content"
    }
    assert speakers == {
        "What next?": "JANE DOE",
        "We build a wall.": "MAYOR POE",
        "It costs 3 million euros.": "MAYOR POE",
    }


def test_numbered_lists_threads_and_tables_are_items() -> None:
    text = (
        "What the council decided\n\n1. The wall will be raised.\n2) The pumps go. They are old.\na) The bridge stays\n\n"
        "1/ The dam held.\n2/2 Sources: https://ledger.example/dam #dam\n\n"
        "District | Houses | People\nNorthvale | 32 | 80\n\nYear\tHouses\tPeople\n"
    )
    assert kinds(text)[1:] == [
        ("list_item", "1. The wall will be raised."),
        ("list_item", "2) The pumps go."),
        ("list_item", "They are old."),
        ("list_item", "a) The bridge stays"),
        ("list_item", "1/ The dam held."),
        ("list_item", "2/2 Sources: https://ledger.example/dam #dam"),
        ("list_item", "District | Houses | People"),
        ("list_item", "Northvale | 32 | 80"),
        ("list_item", "Year\tHouses\tPeople"),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(Photo credit: Jane Doe/Valley Ledger)", "caption"),
        ("Correction: The dam is 40 metres high.", "boilerplate"),
        ("Follow her on the usual networks.", "boilerplate"),
        ("John Roe contributed to this report.", "boilerplate"),
        ("Why did it fail?", "sentence"),
        ("Nobody knew why.", "sentence"),
        ("More at https://ledger.example/dam", "sentence"),
    ],
)
def test_single_lines(line: str, kind: str) -> None:
    text = f"Dam holds\n\nThe dam held on Monday.\n\n{line}\n\nIt was a long night."
    assert (kind, line) in kinds(text)


def test_words_before_a_copyright_line_are_not_lost_with_it() -> None:
    assert kinds("Dam holds\n\nThe dam held. © 2026 Valley Ledger. All rights reserved.")[1] == (
        "sentence",
        "The dam held.",
    )


def test_markdown_gives_the_kinds_that_its_marks_say() -> None:
    clean = clean_markdown(
        "# Dam holds after rain\n\nBy Jane Doe\n\nThe dam held on Monday.\nNobody was hurt.\n\n## Who pays?\n\n"
        "> We were lucky. It will not last.\n\n1. A new wall\n2. New pumps\n\n"
        "Editor's note: The date was wrong.\n"
    )
    units = split(clean.text, language="en", blocks=clean.blocks).units
    assert [(str(u.kind), clean.text[u.start : u.end].strip()) for u in units] == [
        ("title", "Dam holds after rain"),
        ("byline", "By Jane Doe"),
        ("sentence", "The dam held on Monday."),
        ("sentence", "Nobody was hurt."),
        ("heading", "Who pays?"),
        ("quotation", "We were lucky."),
        ("quotation", "It will not last."),
        ("list_item", "A new wall"),
        ("list_item", "New pumps"),
        ("boilerplate", "Editor's note: The date was wrong."),
    ]
