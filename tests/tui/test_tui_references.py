"""What the text leaves open, the article's date and sourcing, and the table of offices, by keyboard."""

from pathlib import Path

import pytest
from textual.widgets import Static
from tui_desk import Seat, opened, seated

STORY = (
    "Ferry chief Dale Prowse confirmed on Sunday that nine boats had run aground.\n\n"
    "It raises hard questions for the Biden administration, which faces a vote. Analysts say the line is finished.\n"
)


@pytest.fixture
def ferry_db(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    with opened(path) as workbench:
        workbench.articles.add(STORY.encode(), "ferry.txt", title="Ferry line halts")
    return path


def resolutions(seat: Seat, words: str) -> list[tuple[str, str]]:
    return [(one.text, one.choice) for one in seat.claim(words).resolutions]


async def test_what_is_open_is_marked_in_the_list_the_claim_and_the_article(ferry_db: Path) -> None:
    async with seated(ferry_db, (160, 45), start=True) as seat:
        await seat.to_claim("raises hard")
        assert "↪2 It raises" in seat.text
        assert "↪ left open: “It”, “the Biden administration” (r)" in seat.text
        text = seat.app.screen.query("Paragraph").results(Static)
        underlined = {
            part.visual.plain[span.start : span.end]  # type: ignore[attr-defined]
            for part in text
            for span in part.visual.spans  # type: ignore[attr-defined]
            if "underline" in str(span.style)
        }
        assert {"Sunday", "It", "the Biden administration"} <= underlined


async def test_plain_marks_for_plain_terminals(ferry_db: Path) -> None:
    async with seated(ferry_db, (80, 24), start=True, ascii=True) as seat:
        assert "^2 It raises" in seat.text
        assert "↪" not in seat.text


async def test_a_candidate_is_picked_by_its_digit_and_the_wording_offered(ferry_db: Path) -> None:
    async with seated(ferry_db, (80, 24), start=True) as seat:
        await seat.to_claim("raises hard")
        await seat.press("r")
        assert "leaves open: 2 of 2 references" in seat.text
        await seat.press("enter")
        assert "What does “It” stand for?" in seat.text
        await seat.press("1")
        assert "say what was resolved?" in seat.text
        before = seat.claim("raises hard").claim
        await seat.press("escape")
        (kept,) = resolutions(seat, "raises hard")
        assert kept[0] == "It"
        assert seat.claim("raises hard").claim.wording == before.wording, "leaving changes no wording"
        assert "leaves open: 1 of 2 references" in seat.text
        await seat.press("escape", "tab")
        assert f"“It” → {kept[1]}"[:30] in seat.text


async def test_the_offered_wording_is_recorded_when_it_is_saved(ferry_db: Path) -> None:
    async with seated(ferry_db, (80, 24), start=True) as seat:
        await seat.to_claim("raises hard")
        span = (seat.claim("raises hard").claim.start, seat.claim("raises hard").claim.end)
        await seat.press("r", "enter", "tab")
        await seat.type("the grounding")
        await seat.press("enter", "f10")
        changed = seat.claim("raises hard").claim
        assert changed.wording.startswith("The grounding raises hard questions")
        assert (changed.start, changed.end) == span
        await seat.press("escape", "u")
        assert seat.claim("raises hard").claim.wording.startswith("It raises")
        assert resolutions(seat, "raises hard") == [("It", "the grounding")]


async def test_cannot_be_resolved_and_left_open_again(ferry_db: Path) -> None:
    async with seated(ferry_db, (80, 24), start=True) as seat:
        await seat.to_claim("raises hard")
        await seat.press("r", "enter", "0")
        assert resolutions(seat, "raises hard") == [("It", "")]
        assert "cannot be resolved" in seat.text
        await seat.press("W")
        assert resolutions(seat, "raises hard") == []
        await seat.press("a")
        assert "What the article leaves open: 3 of 3 references" in seat.text


async def test_the_desk_asks_for_the_date_and_a_key_gives_it(ferry_db: Path) -> None:
    async with seated(ferry_db, (80, 24), start=True) as seat:
        assert "No publication date (t gives it): “Sunday” and 1 other place wait for it." in seat.text
        await seat.press("t")
        await seat.type("2026-01-05")
        await seat.press("f10")
        assert "No publication date" not in seat.text
        assert seat.desk.article.published_on is not None
        await seat.to_claim("Sunday")
        await seat.press("r")
        assert "open: 2026-01-04" in seat.text


@pytest.mark.parametrize("pane", ["desk", "articles"])
async def test_the_articles_own_sourcing(ferry_db: Path, pane: str) -> None:
    async with seated(ferry_db, (80, 40), start=pane == "desk") as seat:
        await seat.press("S")
        assert "✗ byline: missing" in seat.text
        assert "Sources without a name: 1" in seat.text
        assert "“Analysts”" in seat.text


async def test_the_table_of_offices_is_filtered_put_right_and_dropped(ferry_db: Path) -> None:
    async with seated(ferry_db, (80, 24), start=True) as seat:
        await seat.press("O", "slash")
        await seat.type("biden")
        await seat.press("enter")
        assert "1 term, 0 of the desk" in seat.text
        await seat.press("enter")
        assert "Put right: Joe Biden" in seat.text
        await seat.press("f10")
        await seat.press("D")
        assert "dropped" in seat.text
        (entry,) = seat.workbench.offices.list("biden", dropped=True)
        assert entry.dropped
        await seat.press("escape")
        assert "“the Biden administration”" not in seat.text


async def test_a_term_is_added_and_a_wrong_one_stays_in_the_form(ferry_db: Path) -> None:
    async with seated(ferry_db, (80, 24), start=True) as seat:
        await seat.press("O", "a")
        for text in ("Kestria", "President", "Lena Vosk", "2020"):
            await seat.type(text)
            await seat.press("tab")
        await seat.type("2019")
        await seat.press("f10")
        assert "ends before it begins" in seat.notices[-1]
        await seat.press("backspace")
        await seat.type("9")
        await seat.press("backspace", "backspace", "backspace", "backspace", "f10")
        assert [entry.term.given for entry in seat.workbench.offices.list("vosk")] == [("2020", "")]
