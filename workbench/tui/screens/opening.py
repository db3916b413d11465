"""What is on screen before the database is open: the lines around the first pane, as they will stay."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from workbench.tui.commands import by_id, keys_of
from workbench.tui.panes import SCOPES
from workbench.tui.screens.fitting import FittingScreen
from workbench.tui.shell import Frame
from workbench.tui.text import plain_line
from workbench.tui.widgets.bars import KeyBar, StatusLine, TooSmall, TopBar, footer_of
from workbench.tui.wording import key_name

PATIENCE = 1.5
"""Seconds after which it is said that opening goes on."""


class OpeningScreen(FittingScreen[None]):
    """Stands in for the pane of a mode until its database is open."""

    DEFAULT_CSS: ClassVar[str] = "#opening { height: 1fr; padding: 1 2; background: $background; }"
    AUTO_FOCUS = ""

    def __init__(self, frame: Frame, mode: str) -> None:
        super().__init__()
        self._frame = frame
        self._mode = mode

    def compose(self) -> ComposeResult:
        """The lines around an empty body."""
        yield TopBar(self._frame, self._mode)
        yield Static(id="opening", markup=False)
        yield StatusLine(self._frame)
        yield KeyBar(self._frame, footer_of(SCOPES[self._mode]))
        yield TooSmall(markup=False)

    def on_mount(self) -> None:
        """Say so if it takes long."""
        self.set_timer(PATIENCE, self._say_more)

    def _say_more(self) -> None:
        leave = key_name(keys_of(by_id("app.quit-now"), self._frame.keys).split(",")[0])
        self.query_one("#opening", Static).update(
            Content(
                f"Still opening {plain_line(self._frame.database)}: it is large, or another program is writing to it.\n"
                f"Keys that you press are kept until it is open; {leave} leaves."
            )
        )
