"""Fitting a screen to the size of the terminal."""

from typing import TypeVar

from textual.screen import Screen

from workbench.tui.widgets.bars import SMALLEST, TooSmall

R = TypeVar("R")

NARROW, WIDE = 100, 140
"""Columns from which two panes, and three, stand side by side."""


class FittingScreen(Screen[R]):
    """A screen that chooses its arrangement by the room there is."""

    def fit(self) -> None:
        """Choose the arrangement for the size of the terminal."""
        width, height = self.app.size
        tiny = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(tiny, "-tiny")
        self.set_class(width < NARROW, "-narrow")
        self.set_class(NARROW <= width < WIDE, "-medium")
        self.set_class(width >= WIDE, "-wide")
        for guard in self.query(TooSmall):
            guard.measure(width, height)

    def on_resize(self) -> None:
        """Fit to the terminal."""
        self.fit()

    def on_screen_resume(self) -> None:
        """Fit to the terminal, whose size may have changed meanwhile."""
        self.fit()
