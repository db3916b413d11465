"""A whole job on the screen, by keys alone: from an empty desk to a report and a share."""

import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "tui"))

from tui_desk import Seat, opened, seated

from db.vocabulary import Stance
from workbench.services.views import Status
from workbench.tui.screens.desk import DeskScreen


@pytest.fixture(autouse=True)
def _away_from_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CLAIM_WORKBENCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLAIM_WORKBENCH_ENCODER", "off")
    monkeypatch.delenv("CLAIM_WORKBENCH_DB", raising=False)


async def into(seat: Seat, field: str, text: str) -> None:
    """Put a text into a field, as pasting does."""
    seat.screen.query_one(field).value = text  # type: ignore[attr-defined]
    await seat.settle()


async def test_from_an_empty_desk_to_a_report_and_a_share(tmp_path: Path) -> None:
    db, report, share = tmp_path / "desk.db", tmp_path / "report.md", tmp_path / "share.db"
    story, rows = tmp_path / "story.md", tmp_path / "evidence.jsonl"
    story.write_text(
        "---\ntitle: Fire at the quay\noutlet: The Harbour Gazette\ndate: 2026-03-17\n---\n\n# Fire at the quay\n\n"
        "The mayor said on Monday that 31 people were hurt in the fire. It was a disgrace.\n",
        encoding="utf-8",
    )
    row = {
        "id": "statement",
        "title": "Statement of the mayor",
        "text": "The mayor said on Monday that 13 people were hurt in the fire at the quay.",
        "source": "Office of the Mayor",
        "published_at": "2026-03-16",
        "url": "https://mayor.example/statement",
    }
    rows.write_text(json.dumps(row) + "\n", encoding="utf-8")

    async with seated(db, (120, 36), name="Ana Brook") as seat:
        await seat.press("3", "a")
        await into(seat, "#path", str(rows))
        await seat.press("enter")
        assert seat.workbench.evidence.count() == 1

        await seat.press("1", "a")
        await into(seat, "#path", str(story))
        await seat.press("enter")
        assert isinstance(seat.screen, DeskScreen)
        await seat.to_claim("31 people")
        assert "figure differs" in seat.text
        await seat.press("c", "p", "r")
        await seat.press("v", "w")
        await seat.type("The statement says 13.")
        await seat.press("f10")
        view = seat.claim("31 people")
        assert view.status is Status.REFUTED
        assert view.citations[0].citation.stance is Stance.REFUTES

        await seat.press("escape")
        await seat.to_claim("disgrace")
        await seat.press("x", "1", "escape")
        desk = seat.screen
        assert isinstance(desk, DeskScreen)
        for view in seat.desk.claims:
            if view.status is Status.TODO:
                desk.claims_pane.rows.go_to(view.claim.id)
                await seat.settle()
                await seat.press("x", "5")
        assert seat.desk.coverage.percent == 100
        assert "100 %" in seat.text

        await seat.press("5", "x")
        await into(seat, "#path", str(report))
        await seat.press("tab", "enter")
        text = report.read_text(encoding="utf-8")
        assert "The statement says 13." in text
        assert "https://mayor.example/statement" in text

        await seat.press("7", "p")
        await into(seat, "#path", str(share))
        await seat.press("enter")
        assert share.exists()
        await seat.press("2", "u")
        assert seat.workbench.history.next_redo() == "set a claim aside"
        await seat.press("q")
        assert not seat.app.is_running

    with opened(tmp_path / "second.db", "Bo Reyes") as second:
        second.sharing.merge(share)
        (merged,) = second.articles.list()
        assert merged.percent == 100
        assert [view.status for view in second.articles.desk(merged.article.id).claims if view.verdicts] == [
            Status.REFUTED
        ]
