"""Every pane as text, empty and with the sample case; `UPDATE_GOLDENS=1` writes the files anew."""

import os
from pathlib import Path

import pytest
from tui_desk import GOLDEN, frozen, seated

SIZES = ((80, 24), (120, 36))
# Share shows the path of the database, whose length, and so the layout, is another on every machine.
PANES = {"articles": "1", "desk": "2", "evidence": "3", "sources": "4", "reports": "5", "history": "6"}
FORMS = {
    "cite": ("c",),
    "verdict": ("v",),
    "split": ("s",),
    "aside": ("x",),
    "compare": ("tab", "enter"),
    "help": ("?",),
}


def same_as_golden(text: str, name: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDENS") == "1":
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
    assert text + "\n" == path.read_text(encoding="utf-8"), f"{name} differs; look, then run with UPDATE_GOLDENS=1"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_empty_panes(size: tuple[int, int], empty_db: Path) -> None:
    async with seated(empty_db, size) as seat:
        for pane, key in PANES.items():
            await seat.press(key)
            same_as_golden(frozen(seat.text, empty_db.parent), f"empty-{pane}-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_panes_with_the_checked_sample_case(size: tuple[int, int], checked_db: Path) -> None:
    async with seated(checked_db, size, start=True) as seat:
        for pane, key in PANES.items():
            await seat.press(key)
            foot = seat.text.splitlines()[-1]
            assert foot.startswith(" ? Help"), "help comes first"
            assert size[0] > 80 or foot.count("   ") <= 5, "at most six entries at 80 columns"
            same_as_golden(frozen(seat.text, checked_db.parent), f"sample-{pane}-{size[0]}x{size[1]}")


async def test_forms_of_the_desk(db: Path) -> None:
    async with seated(db, (80, 24), start=True) as seat:
        await seat.to_claim("Corvane spent")
        for form, keys in FORMS.items():
            await seat.press(*keys)
            same_as_golden(frozen(seat.text, db.parent), f"form-{form}-80x24")
            await seat.press("escape")


async def test_three_panes_beside_each_other(checked_db: Path) -> None:
    async with seated(checked_db, (160, 45), start=True) as seat:
        same_as_golden(frozen(seat.text, checked_db.parent), "sample-desk-160x45")
