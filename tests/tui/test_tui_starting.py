"""From the first frame to the first pane: keys pressed meanwhile, leaving meanwhile, a database that cannot be opened."""

import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events
from tui_desk import AlreadyOpen, Seat, opened

from db.errors import NewerStore
from workbench.app import Workbench
from workbench.tui.app import WorkbenchApp
from workbench.tui.forms.articles import AddArticleForm
from workbench.tui.screens import opening as opening_module
from workbench.tui.screens.opening import OpeningScreen


class Slow(AlreadyOpen):
    """Opens when it is told to."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.go = threading.Event()

    def open(self) -> Workbench:
        """Wait, then be open."""
        assert self.go.wait(30)
        return super().open()


class Refusing(AlreadyOpen):
    """Cannot be opened."""

    def open(self) -> Workbench:
        """Says why."""
        raise NewerStore("It was written by a newer release.", "Upgrade.")


async def _drawn(app: WorkbenchApp, pilot: Any, words: str) -> str:
    for _ in range(500):
        strips = app.screen._compositor.render_strips()
        text = "\n".join("".join(segment.text for segment in strip) for strip in strips)
        if words in text:
            return text
        await pilot.pause(0.01)
    raise AssertionError(text)


async def test_the_first_frame_is_that_of_the_first_pane_and_stays(db: Path) -> None:
    with opened(db) as workbench:
        slow = Slow(workbench)
        app = WorkbenchApp(slow)
        async with app.run_test(size=(80, 24)) as pilot:
            before = (await _drawn(app, pilot, "opening…")).splitlines()
            assert isinstance(app.screen, OpeningScreen)
            assert app.workbench is None
            slow.go.set()
            seat = Seat(app, pilot, workbench)
            await seat.settle()
            after = seat.text.splitlines()
            assert before[0].rstrip() == after[0]
            assert before[-1].rstrip() == after[-1]
            assert "units" in seat.text


async def test_keys_pressed_before_the_database_is_open_are_kept_in_order(db: Path) -> None:
    with opened(db) as workbench:
        slow = Slow(workbench)
        app = WorkbenchApp(slow)
        async with app.run_test(size=(80, 24)) as pilot:
            await _drawn(app, pilot, "opening…")
            for key in ("a", "x", "y", "1"):
                app.post_message(events.Key(key, key))
            await pilot.pause()
            assert isinstance(app.screen, OpeningScreen)
            slow.go.set()
            seat = Seat(app, pilot, workbench)
            await seat.settle()
            assert isinstance(app.screen, AddArticleForm)
            assert "xy1" in seat.text


async def test_one_can_leave_before_the_database_is_open(db: Path) -> None:
    with opened(db) as workbench:
        slow = Slow(workbench)
        app = WorkbenchApp(slow)
        async with app.run_test(size=(80, 24)) as pilot:
            await _drawn(app, pilot, "opening…")
            app.post_message(events.Key("ctrl+q", None))
            slow.go.set()
            for _ in range(100):
                await pilot.pause()
                if not app.is_running:
                    break
        assert (app.return_code, app.failure, app.refusal) == (0, None, None)


async def test_opening_that_takes_long_says_so(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening_module, "PATIENCE", 0.001)
    with opened(db) as workbench:
        slow = Slow(workbench)
        app = WorkbenchApp(slow)
        async with app.run_test(size=(80, 24)) as pilot:
            text = await _drawn(app, pilot, "Still opening desk.db")
            assert "ctrl+q leaves" in text
            slow.go.set()
            await Seat(app, pilot, workbench).settle()


async def test_a_database_that_cannot_be_opened_ends_the_app_with_the_reason(db: Path) -> None:
    with opened(db) as workbench:
        app = WorkbenchApp(Refusing(workbench))
        async with app.run_test(size=(80, 24)) as pilot:
            for _ in range(100):
                await pilot.pause()
                if not app.is_running:
                    break
        assert isinstance(app.refusal, NewerStore)
        assert app.failure is None
