"""A terminal that is closed from the other side."""

import os
import pty
from pathlib import Path

import pytest
from tui_desk import AlreadyOpen, opened

from workbench.tui import starting
from workbench.tui.app import WorkbenchApp
from workbench.tui.terminal import terminal_is_gone


def test_a_terminal_is_gone_when_its_other_side_is_closed() -> None:
    other_side, terminal = pty.openpty()
    assert not terminal_is_gone(terminal)
    os.close(other_side)
    assert terminal_is_gone(terminal)
    os.close(terminal)


def test_a_browser_is_gone_when_nobody_can_write_to_its_pipe() -> None:
    reading, writing = os.pipe()
    assert not terminal_is_gone(reading)
    os.write(writing, b"x")
    assert not terminal_is_gone(reading)
    os.close(writing)
    assert terminal_is_gone(reading)
    os.close(reading)


def test_what_is_neither_is_not_gone(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with (tmp_path / "file").open("rb") as file:
        assert not terminal_is_gone(file.fileno())


async def test_the_screen_leaves_with_its_terminal(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(db) as workbench:
        app = WorkbenchApp(AlreadyOpen(workbench))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await app._look_at_terminal()
            assert app._exit is False
            monkeypatch.setattr(starting, "terminal_is_gone", lambda: True)
            await app._look_at_terminal()
            assert app._exit is True
