"""The levels of a rating scale: a letter picks one, left and right change the scale."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from workbench.tui.commands import Scope, bindings
from workbench.tui.marks import Marks
from workbench.verdicts import Level, RatingScale


class Levels(Static, can_focus=True):
    """Levels under each other with their letters and definitions."""

    BINDINGS = bindings(Scope.LEVELS)
    DEFAULT_CSS = """
    Levels { height: auto; background: $surface; padding: 0 1; }
    Levels:focus { background: $panel; }
    """

    class Picked(Message):
        """A level was picked."""

        def __init__(self, level: Level) -> None:
            super().__init__()
            self.level = level

    class ScaleTurned(Message):
        """Another scale is to be shown."""

        def __init__(self, scale: RatingScale) -> None:
            super().__init__()
            self.scale = scale

    def __init__(self, scales: Sequence[RatingScale], scale: str, marks: Marks) -> None:
        super().__init__(markup=False, id="levels")
        self._scales = list(scales)
        self._at = next((at for at, item in enumerate(self._scales) if item.id == scale), 0)
        self._marks = marks
        self.level: Level | None = None
        self._handing_on = False

    @property
    def scale(self) -> RatingScale:
        """The scale that is shown."""
        return self._scales[self._at]

    def on_mount(self) -> None:
        """Show the scale."""
        self.redraw()

    def on_resize(self) -> None:
        """Fit the definitions."""
        self.redraw()

    def pick(self, level: str) -> None:
        """Mark a level by its id; none for an empty one."""
        self.level = next((item for item in self.scale.levels if item.id == level), None)
        self.redraw()

    def redraw(self) -> None:
        """Draw the levels."""
        place = f"  ({self._at + 1} of {len(self._scales)}, left and right change the scale)"
        lines = [Content.assemble((self.scale.name, "bold"), (place, "$quiet"))]
        for level in self.scale.levels:
            mark = self._marks.level(level)
            chosen = level is self.level
            lead = self._marks.cursor if chosen else " "
            lines.append(
                Content.assemble(
                    (f"{lead} {level.letter} ", "$footer-key-foreground bold"),
                    (f"{mark.glyph} {level.label}", f"{mark.tone} bold{' reverse' if chosen else ''}"),
                    (f"  {level.definition}", "$quiet"),
                ).truncate(max(20, self.size.width - 2), ellipsis=True)
            )
        self.update(Content("\n").join(lines))

    def on_focus(self) -> None:
        """Letters mean levels again."""
        self._handing_on = False

    def on_key(self, event: events.Key) -> None:
        """A letter picks its level; what was typed after it, before the focus has moved on, follows the focus."""
        if self._handing_on and event.is_printable:
            event.stop()
            self.app.post_message(events.Key(event.key, event.character))
            return
        for level in self.scale.levels:
            if event.character is not None and event.character.casefold() == level.letter.casefold():
                event.stop()
                self.level = level
                self._handing_on = True
                self.redraw()
                self.post_message(self.Picked(level))
                return

    def _turn(self, step: int) -> None:
        self._at = (self._at + step) % len(self._scales)
        self.level = None
        self.redraw()
        self.post_message(self.ScaleTurned(self.scale))

    def action_next_scale(self) -> None:
        """The next scale."""
        self._turn(1)

    def action_previous_scale(self) -> None:
        """The scale before."""
        self._turn(-1)
