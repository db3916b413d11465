"""The lines around every pane: which pane this is, how things stand, and the keys that matter most."""

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from workbench.tui.commands import Command, Scope, by_id, keys_of, of_scope
from workbench.tui.panes import MODES
from workbench.tui.shell import Frame
from workbench.tui.text import line
from workbench.tui.wording import counted, key_name

SMALLEST = (60, 16)
"""Columns and lines below which there is no room to work."""
_FEW_KEYS = 6


class TopBar(Static):
    """The panes with their keys, the current one marked."""

    DEFAULT_CSS = "TopBar { height: 1; background: $panel; color: $quiet; text-wrap: nowrap; }"

    def __init__(self, frame: Frame, mode: str) -> None:
        super().__init__(markup=False)
        self.auto_links = False
        self._frame = frame
        self._mode = mode

    def on_resize(self) -> None:
        """Leave the names out where there is no room for them."""
        parts = []
        for mode in MODES:
            key = key_name(keys_of(by_id(f"go.{mode}"), self._frame.keys).split(",")[0])
            here = mode == self._mode
            label = f"[{key} {mode.capitalize()}]" if here else f" {key} {mode.capitalize()} "
            if not here and self.size.width < 76:
                label = f" {key} "
            style = Style.from_meta({"@click": f"app.go('{mode}')"})
            parts.append(Content.styled(label, style).stylize("bold $foreground" if here else "$quiet"))
        self.update(Content("").join(parts), layout=False)


class StatusLine(Static):
    """The file, the progress of the article, and the state of the encoder."""

    DEFAULT_CSS = (
        "StatusLine { height: 1; background: $panel; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }"
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(markup=False)
        self._frame = frame

    def on_mount(self) -> None:
        """Say how things stand."""
        self.say()

    def say(self) -> None:
        """Say it again, after something has changed."""
        frame = self._frame
        parts = [line(frame.database), line(frame.progress), line(encoder_state(frame)), embedding_state(frame)]
        self.update(Content(" ") + Content(" · ").join([part for part in parts if part]), layout=False)


def encoder_state(frame: Frame) -> str:
    """Whether matching goes by meaning, and why not."""
    if frame.encoder == "opening":
        return "opening…"
    if frame.encoder == "ready":
        slower = frame.encoder_slower
        return f"words and meaning: ready, but slow: {slower.rstrip('.')}" if slower else "words and meaning: ready"
    reason = f": unavailable, {frame.encoder_reason.rstrip('.')}" if frame.encoder == "unavailable" else ": loading…"
    return f"words only{reason}"


def embedding_state(frame: Frame) -> Content:
    """How many passages cannot be found by meaning yet."""
    if not frame.pending:
        return Content("")
    more = ""
    if frame.embedding_paused:
        more = " (paused)"
    elif frame.embedding_seconds is not None:
        minutes = round(frame.embedding_seconds / 60)
        more = f", about {minutes} min left" if minutes else ", under a minute left"
    return Content(f"{counted(frame.pending, 'passage')} to embed{more}")


def footer_of(scopes: Sequence[Scope]) -> list[Command]:
    """Help first, then the pane's own, with the palette and undo where there is room."""
    own = [command for scope in scopes for command in of_scope(scope) if command.footer]
    return [by_id("app.help"), *own[:4], by_id("app.palette"), *own[4:], by_id("app.undo")]


class KeyBar(Static):
    """The commands that matter most here, help first; at 80 columns at most six."""

    DEFAULT_CSS = "KeyBar { height: 1; background: $panel; text-wrap: nowrap; }"

    def __init__(self, frame: Frame, commands: Sequence[Command]) -> None:
        super().__init__(markup=False)
        self.auto_links = False
        self._frame = frame
        self._commands = [command for command in commands if command.footer]

    def on_resize(self) -> None:
        """Show as many as there is room for."""
        most = _FEW_KEYS if self.size.width < 100 else 2 * _FEW_KEYS
        shown, room = [], self.size.width
        for command in self._commands[:most]:
            keys = keys_of(command, self._frame.keys)
            if not keys:
                continue
            key = key_name(keys.split(",")[0])
            room -= len(key) + len(command.footer) + 4
            if room < 0:
                break
            whose = "app" if command.scope is Scope.EVERYWHERE else "screen"
            click = Style.from_meta({"@click": f"{whose}.{command.action_call}"})
            shown.append(
                Content.assemble(
                    (f" {key} ", "bold $footer-key-foreground"), (f"{command.footer} ", "$foreground")
                ).stylize(click)
            )
        self.update(Content(" ").join(shown), layout=False)


class TooSmall(Static):
    """Covers the pane where the terminal is too small to work in; what is under it stays as it is."""

    DEFAULT_CSS = """
    TooSmall {
        layer: guard;
        width: 100%;
        height: 100%;
        display: none;
        background: $background;
        content-align: center middle;
        text-align: center;
    }
    """

    def measure(self, columns: int, lines: int) -> None:
        """Say what is missing."""
        width, height = SMALLEST
        if columns >= width and lines >= height:
            return
        self.update(
            Content(
                f"This terminal has {columns}×{lines}.\nClaim Workbench needs {width}×{height}.\n"
                "Nothing is lost: make it larger to go on."
            )
        )
