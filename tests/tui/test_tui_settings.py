"""Settings and keys on the screen, and the tour."""

from pathlib import Path

import pytest
from tui_desk import seated

from workbench import settings
from workbench.errors import InputRefused
from workbench.settings import described
from workbench.tui.commands import COMMANDS
from workbench.tui.commands.remapping import checked, spoken
from workbench.tui.forms.cite import CiteForm
from workbench.tui.forms.keys import KeyPanel, KeysPanel
from workbench.tui.forms.settings import SettingsPanel
from workbench.tui.screens.desk import DeskScreen
from workbench.tui.tour import STEPS, TourLine


async def test_every_setting_is_listed_with_meaning_value_and_origin(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.store("desk", "The Courier")
    monkeypatch.setenv("CLAIM_WORKBENCH_THEME", "workbench-light")
    async with seated(db, (120, 40), start=True) as seat:
        await seat.press(",")
        assert isinstance(seat.screen, SettingsPanel)
        for name, meaning in described().items():
            assert name in seat.text
            assert meaning[:40] in seat.text
        assert "The Courier · in the file" in seat.text
        assert "workbench-light · CLAIM_WORKBENCH_THEME" in seat.text
        assert "prepublication · default" in seat.text


async def test_a_setting_is_changed_and_taken_back(db: Path) -> None:
    async with seated(db, (100, 30), start=True) as seat:
        await seat.press(",")
        await seat.press(*["j"] * 3, "enter", "3")
        assert seat.app.theme == "workbench-contrast"
        assert settings.load().theme == "workbench-contrast"
        await seat.press("d")
        assert (settings.load().theme, seat.app.theme) == ("", "workbench-dark")
        await seat.press("j", "enter", "1")
        assert settings.load().ascii
        assert any("next start" in notice for notice in seat.notices)
        await seat.press("g", "j", "enter")
        await seat.type("Night desk")
        await seat.press("enter")
        assert settings.load().desk == "Night desk"
        await seat.press("escape")
        assert isinstance(seat.screen, DeskScreen)


async def test_a_key_is_changed_at_once_and_a_taken_one_is_refused(db: Path) -> None:
    async with seated(db, (100, 30), start=True) as seat:
        await seat.press(",", "K")
        assert isinstance(seat.screen, KeysPanel)
        await seat.press("slash")
        await seat.type("desk.cite")
        await seat.press("enter", "enter")
        assert isinstance(seat.screen, KeyPanel)
        await seat.press("v")
        assert "v is taken by “Verdict” (desk.verdict)" in " ".join(seat.text.split())
        await seat.press("k")
        assert "taken by “Up”" in " ".join(seat.text.split())
        await seat.press("Y")
        assert settings.load().keys == {"desk.cite": "Y"}
        await seat.press("escape", "escape")
        assert " Y Cite" in seat.text
        await seat.press("c")
        assert isinstance(seat.screen, DeskScreen)
        await seat.press("Y")
        assert isinstance(seat.screen, CiteForm)


def test_keys_are_spelled_and_checked() -> None:
    assert checked("desk.cite", "!", {"desk.conflicts": "f9"}) == "exclamation_mark"
    assert checked("desk.cite", "Y, f11", {}) == "Y,f11"
    assert checked("desk.cite", ",", {"app.settings": "f11"}) == "comma"
    assert checked("words.mark", "c", {}) == "c", "a form goes before what lies under it"
    for keys, words in (
        ("v", "taken"),
        ("ctrl+i", "never arrives"),
        (" ", "No key"),
        ("a b", "no key"),
        ("q", "taken"),
    ):
        with pytest.raises(InputRefused, match=words):
            checked("desk.cite", keys, {})
    with pytest.raises(InputRefused, match="no command"):
        checked("desk.fly", "f", {})
    assert spoken("app.dark", {}) == "in the palette only"


def test_the_keys_that_are_shipped_take_nothing_from_each_other() -> None:
    for command in COMMANDS:
        if command.keys:
            assert checked(command.id, command.keys, {}) == command.keys


async def test_the_tour_goes_on_with_what_is_tried_and_is_left_at_any_step(empty_db: Path) -> None:
    async with seated(empty_db, (100, 30)) as seat:
        await seat.press("f12")
        assert isinstance(seat.screen, DeskScreen)
        assert f"1 of {len(STEPS)}" in seat.text
        assert "F12 leaves the tour" in " ".join(seat.text.split())
        await seat.press("j")
        assert f"2 of {len(STEPS)}" in seat.text
        await seat.press("v", "escape")
        assert f"2 of {len(STEPS)}" in seat.text
        await seat.press("n", "f9")
        assert f"4 of {len(STEPS)}" in seat.text
        await seat.press("f12")
        assert not seat.screen.query_one(TourLine).display
        await seat.press("f12")
        await seat.press(*["f9"] * len(STEPS))
        assert not seat.screen.query_one(TourLine).display
        assert len(seat.workbench.articles.list()) == 1


async def test_every_step_of_the_tour_can_be_tried(db: Path) -> None:
    async with seated(db, (120, 36), start=True) as seat:
        await seat.press("f12")
        for step, keys in enumerate(
            [["j"], ["n"], ["tab"], ["space", "escape"], ["c", "escape"], ["v", "escape"], ["x", "1"], ["u"], ["5"]], 2
        ):
            await seat.press(*keys)
            assert f"{step} of {len(STEPS)}" in seat.text, keys
        await seat.press("?", "escape")
        assert not seat.screen.query_one(TourLine).display


async def test_a_desk_in_use_is_not_given_the_sample(empty_db: Path) -> None:
    async with seated(empty_db, (80, 24)) as seat:
        seat.workbench.articles.add(b"Ten ships lay there.", "a.txt")
        await seat.press("f12")
        assert len(seat.workbench.articles.list()) == 1
        assert any("workbench demo" in notice for notice in seat.notices)
