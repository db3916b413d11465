"""Two screens as pictures, so that colours and frames do not change unseen."""

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from tui_desk import AlreadyOpen, NoEncoder, Seat

from workbench.app import open_workbench
from workbench.settings import Settings
from workbench.tui.app import WorkbenchApp


def test_the_empty_desk(empty_db: Path, snap_compare: Callable[..., bool]) -> None:
    with open_workbench(empty_db, settings=Settings(name="Ana Brook"), encoder=NoEncoder()) as workbench:
        app = WorkbenchApp(AlreadyOpen(workbench))

        async def settle(pilot: Pilot[None]) -> None:
            await Seat(app, pilot, workbench).settle()

        assert snap_compare(app, terminal_size=(80, 24), run_before=settle)


def test_a_form_in_high_contrast(empty_db: Path, snap_compare: Callable[..., bool]) -> None:
    settings = Settings(name="Ana Brook", theme="workbench-contrast")
    with open_workbench(empty_db, settings=settings, encoder=NoEncoder()) as workbench:
        app = WorkbenchApp(AlreadyOpen(workbench))

        async def settle(pilot: Pilot[None]) -> None:
            await Seat(app, pilot, workbench).press("a")

        assert snap_compare(app, terminal_size=(80, 24), run_before=settle)
