"""An article whose text changes, by keys."""

from pathlib import Path

from tui_desk import SAMPLE, opened, seated

from workbench.services.views import Status
from workbench.tui.forms.versions import DifferencePanel, PlaceForm, UpdateForm


def changed(folder: Path) -> Path:
    """The sample article with another figure, and without a sentence."""
    text = (SAMPLE / "article.md").read_text(encoding="utf-8")
    later = text.replace("confirmed on Sunday that 31", "confirmed on Sunday that 32")
    later = later.replace(" It was the deadliest port accident", " It burned near the deadliest port accident")
    path = folder / "later.md"
    path.write_text(later, encoding="utf-8")
    return path


async def test_bring_in_a_changed_text_and_confirm(checked_db: Path, tmp_path: Path) -> None:
    path = changed(tmp_path)
    async with seated(checked_db, (160, 45), start=True) as seat:
        await seat.press("b")
        assert isinstance(seat.screen, UpdateForm)
        await seat.type(str(path))
        await seat.press("f10")
        assert any("Version 2" in notice and "to look at again" in notice for notice in seat.notices)
        assert "Article, version 2" in seat.text
        view = seat.claim("that 32")
        assert view.status is Status.CHANGED
        await seat.to_claim("that 32")
        assert "! text changed since" in seat.text
        await seat.press("T")
        assert isinstance(seat.screen, DifferencePanel)
        assert "[-31-]{+32+}" in seat.text
        await seat.press("escape", "P")
        assert isinstance(seat.screen, PlaceForm)
        await seat.press("f10")
        assert any("No words are selected" in notice for notice in seat.notices)
        await seat.press("escape", "h")
        assert seat.claim("that 32").status not in (Status.CHANGED, Status.TODO)
        await seat.press("u", "u")
        assert "Article, version 2" not in seat.text
    with opened(checked_db) as workbench:
        assert len(workbench.versions.list(workbench.articles.list()[0].article.id)) == 1
