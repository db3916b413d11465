"""Settings on the screen: every one with its meaning, its value and where that comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from workbench import settings
from workbench.errors import InputRefused
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Form, Panel
from workbench.tui.forms.choosing import Choose, Option
from workbench.tui.forms.keys import KeysPanel
from workbench.tui.messages import SettingsTurned
from workbench.tui.shell import Shell
from workbench.tui.text import joined, line
from workbench.tui.widgets.fields import Label, LineField
from workbench.tui.widgets.rows import Rows


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it is shown."""

    name: str
    value: Any
    origin: str
    help: str

    @property
    def spoken(self) -> str:
        """Its value in words."""
        if isinstance(self.value, bool):
            return "on" if self.value else "off"
        if isinstance(self.value, dict):
            return f"{len(self.value)} changed" if self.value else "as they come"
        return str(self.value) or "(none)"


def all_settings() -> list[Setting]:
    """Every setting as it is in force, read anew."""
    now = settings.load()
    return [Setting(name, now.value_of(name), now.source_of(name), text) for name, text in settings.described().items()]


class SettingsPanel(Panel[None]):
    """Lists the settings; enter changes one."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.SETTINGS, Scope.LIST)
    BINDINGS = bindings(Scope.SETTINGS)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Settings")

    def body(self) -> Iterable[Widget]:
        """The list, and where the file is."""
        yield Label("Theme and keys change at once, the rest holds from the next start.")
        yield Rows(
            self._draw, lambda item: item.name, row_height=2, cursor_mark=self.shell.marks.cursor, identifier="settings"
        )

    def on_mount(self) -> None:
        """Show them."""
        self.reload()
        self.set_focus(self._rows)

    @property
    def _rows(self) -> Rows[Setting]:
        return self.query_one("#settings", Rows)

    def reload(self) -> None:
        """Read them again."""
        self.ask(all_settings, self._rows.show, group="settings")

    @staticmethod
    def _draw(item: Setting, _: int) -> Sequence[Content]:
        where = "in the file" if item.origin.endswith(".toml") else item.origin
        head = joined([Content.styled(f"{item.name:<12}", "bold"), line(item.spoken), line(where, "$quiet")])
        return [head, Content("  ") + line(item.help, "$quiet")]

    @on(Rows.Opened, "#settings")
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.action_change()

    def action_change(self) -> None:
        """Another value."""
        item = self._rows.current
        if item is None:
            return
        if item.name == "keys":
            self.action_keys()
            return
        options = self._options(item)
        if options:
            current = item.spoken if isinstance(item.value, bool) else str(item.value)
            self.app.push_screen(
                Choose(self.shell, f"{item.name}: {item.help}", options, current),
                lambda chosen: self._take(item, chosen),
            )
        else:
            self.app.push_screen(ValueForm(self.shell, item), lambda taken: self._changed(item.name) if taken else None)

    def _options(self, item: Setting) -> list[Option]:
        if isinstance(item.value, bool):
            return [Option("on", Content("on")), Option("off", Content("off"))]
        if item.name == "theme":
            return [Option(name, Content(name)) for name in settings.THEMES]
        if item.name == "scale":
            scales = self.shell.workbench.verdicts.scales()
            return [Option(name, line(f"{scale.name}, {scale.publisher}")) for name, scale in scales.items()]
        return []

    def _take(self, item: Setting, chosen: str | None) -> None:
        if chosen is not None:
            self.ask(lambda: settings.store(item.name, chosen), lambda _: self._changed(item.name))

    def action_default(self) -> None:
        """Back to the default."""
        item = self._rows.current
        if item is not None:
            self.ask(lambda: settings.unset(item.name), lambda _: self._changed(item.name))

    def action_keys(self) -> None:
        """The keys of every command."""
        self.app.push_screen(KeysPanel(self.shell), lambda _: self.reload())

    def _changed(self, name: str) -> None:
        self.ask(settings.load, lambda now: self._told(name, now))
        self.reload()

    def _told(self, name: str, now: settings.Settings) -> None:
        origin = now.source_of(name)
        if name in ("theme", "keys"):
            self.app.post_message(SettingsTurned(now))
        if origin.isupper():
            self.warn(f"{origin} is set in the environment and goes before the file.")
        elif name not in ("theme", "keys"):
            self.tell(f"{name} holds from the next start.")


class ValueForm(Form[bool]):
    """A value that is typed."""

    def __init__(self, shell: Shell, item: Setting) -> None:
        super().__init__(shell, item.name)
        self._item = item

    def body(self) -> Iterable[Widget]:
        """The meaning over the field."""
        yield Label(self._item.help)
        yield LineField(str(self._item.value), identifier="value")

    def on_mount(self) -> None:
        """Begin in the field."""
        super().on_mount()
        self.set_focus(self.query_one("#value", LineField))

    def action_save(self) -> None:
        """Write it to the file."""
        typed, name = self.text_of("value").strip(), self._item.name

        def keep() -> bool:
            if name == "name" and not 1 <= len(typed) <= 100:
                raise InputRefused("A name has 1 to 100 characters.", "Give the name that signs your decisions.")
            settings.store(name, typed)
            return True

        self.submit(keep, bool)
