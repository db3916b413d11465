"""Something fails on the screen that nobody expected: what is told, what is kept, what is not lost."""

from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from tui_desk import NoEncoder, opened

from workbench.cli import context
from workbench.cli import main as cli_main
from workbench.errors import ExitCode
from workbench.tui import app as app_module
from workbench.tui.forms.verdict import VerdictForm

TYPED = "Edda Lorne counted thirteen"


async def _press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def _work_until_it_breaks(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await _press(pilot, "enter", "x", "1", "n", "v", "w")
    assert isinstance(pilot.app.screen, VerdictForm)
    for letter in TYPED:
        await pilot.press("space" if letter == " " else letter)
    await pilot.press("f10")
    await pilot.pause()


def test_a_failure_on_the_screen_loses_nothing_and_tells_no_text(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(self: VerdictForm) -> None:
        raise RuntimeError(f"while {self.text_of('rationale')} at {db}")

    def headless(self: App[None]) -> Any:
        return App.run(self, headless=True, size=(100, 30), auto_pilot=_work_until_it_breaks)

    monkeypatch.setattr(VerdictForm, "action_save", fail)
    monkeypatch.setattr(app_module, "DRAFT_AFTER", 3600)
    monkeypatch.setattr(app_module.WorkbenchApp, "run", headless)
    monkeypatch.setattr(context, "on_terminal", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("CLAIM_WORKBENCH_NAME", "Ana Brook")
    code = cli_main.execute(["--db", str(db)])
    told = capsys.readouterr()
    assert code == ExitCode.CRASHED == 70, told.err
    assert "something went wrong that should not have" in told.err
    assert "kept as a draft" in told.err
    (report,) = (tmp_path / "home" / "data" / "reports").iterdir()
    text = report.read_text(encoding="utf-8")
    assert str(report) in told.err
    assert "command: the screen" in text
    assert "builtins.RuntimeError" in text
    assert "textual 8" in text
    for private in ("Edda", "thirteen", str(tmp_path), str(Path.home()), "Ana Brook", "desk.db"):
        assert private not in text, private
    assert "Edda" not in told.out + told.err
    assert "Traceback" not in told.out + told.err
    with opened(db, encoder=NoEncoder()) as workbench:
        kept = workbench.drafts.keys()
        drafts = [workbench.drafts.load(key) or "" for key in kept]
        assert [TYPED in draft for draft in drafts] == [True]
        assert workbench.history.steps(1)[0].label == "set a claim aside"
        assert workbench.sharing.check() == []
