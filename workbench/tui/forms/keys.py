"""Other keys for commands, on the screen: press the key; one that is taken is refused with what takes it."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from workbench import settings
from workbench.errors import InputRefused
from workbench.tui.commands import COMMANDS, Command, Scope, bindings, keys_of
from workbench.tui.commands.remapping import checked
from workbench.tui.forms.base import Panel
from workbench.tui.messages import SettingsTurned
from workbench.tui.shell import Shell
from workbench.tui.text import line
from workbench.tui.widgets.fields import LineField
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import keys_named


class KeysPanel(Panel[None]):
    """Every command with its keys."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.KEYS, Scope.LIST)
    BINDINGS = bindings(Scope.KEYS)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Keys of commands")
        self._words = ""

    def body(self) -> Iterable[Widget]:
        """A filter over the list."""
        yield LineField(placeholder="words of a command", identifier="keys-filter")
        yield Rows(self._draw, lambda one: one.id, cursor_mark=self.shell.marks.cursor, identifier="keys")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.show()
        self.set_focus(self._rows)

    @property
    def _rows(self) -> Rows[Command]:
        return self.query_one("#keys", Rows)

    def show(self) -> None:
        """List the commands that have the words of the filter."""
        words = self._words.lower().split()
        said = {one.id: f"{one.scope.value} {one.title} {one.id}".lower() for one in COMMANDS}
        self._rows.show([one for one in COMMANDS if all(word in said[one.id] for word in words)])

    def _draw(self, one: Command, _: int) -> Sequence[Content]:
        keys = keys_named(keys_of(one, self.shell.keys)) or "in the palette"
        changed = "  changed" if one.id in self.shell.keys else ""
        return [
            Content.assemble(
                (f"{keys:<18.18} ", "$footer-key-foreground bold"),
                one.title,
                (f"  {one.scope.value}{changed}", "$quiet"),
            )
        ]

    @on(Input.Changed, "#keys-filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._words = event.value
        self.show()

    @on(Input.Submitted, "#keys-filter")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(self._rows)

    @on(Rows.Opened, "#keys")
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.action_change()

    def action_filter(self) -> None:
        """Type words to filter by."""
        self.set_focus(self.query_one("#keys-filter", LineField))

    def action_change(self) -> None:
        """Press another key."""
        one = self._rows.current
        if one is not None:
            self.app.push_screen(KeyPanel(self.shell, one), lambda keys: self._keep(one, keys) if keys else None)

    def action_default(self) -> None:
        """The command's own keys again."""
        one = self._rows.current
        if one is not None:
            self._keep(one, None)

    def _keep(self, one: Command, keys: str | None) -> None:
        def keep() -> settings.Settings:
            settings.store_key(one.id, keys)
            return settings.load()

        self.ask(keep, self._kept)

    def _kept(self, now: settings.Settings) -> None:
        self.app.post_message(SettingsTurned(now))
        self.call_later(self.show)


class KeyPanel(Panel[str]):
    """Waits for one key; hands back its name."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.KEY,)
    BINDINGS = bindings(Scope.KEY)

    def __init__(self, shell: Shell, command: Command) -> None:
        super().__init__(shell, f"Press another key for: {command.title}")
        self._command = command

    def body(self) -> Iterable[Widget]:
        """What was wrong with the key pressed before."""
        now = keys_named(keys_of(self._command, self.shell.keys)) or "in the palette only"
        yield Static(
            line(f"Now {now}. Keys that do not arrive here are kept by your terminal."), id="key-said", markup=False
        )

    def on_key(self, event: events.Key) -> None:
        """Take the key, or say why not."""
        if event.key == "escape":
            return
        event.stop()
        event.prevent_default()
        try:
            self.dismiss(checked(self._command.id, event.key, self.shell.keys))
        except InputRefused as error:
            self.query_one("#key-said", Static).update(line(str(error), "$tone-conflict"))
