"""Asking for a file: where something is, or where it is to go."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from workbench.errors import InputRefused
from workbench.reports import filename
from workbench.services.reports import SUFFIX
from workbench.tui.forms.articles import given_path
from workbench.tui.forms.base import Form
from workbench.tui.forms.choosing import Option, option_rows
from workbench.tui.shell import Shell
from workbench.tui.widgets.fields import Label, LineField
from workbench.tui.widgets.rows import Rows

T = TypeVar("T")
_FORMATS = (
    ("markdown", "m", "Markdown"),
    ("html", "h", "HTML, one page that needs no network"),
    ("json", "j", "JSON"),
    ("claimreview", "c", "ClaimReview (JSON-LD) of the verdicts in force"),
)


class PathForm(Form[Path]):
    """Asks for one path; `must_exist` says whether something has to be there."""

    def __init__(self, shell: Shell, title: str, caption: str, value: str = "", *, must_exist: bool = False) -> None:
        super().__init__(shell, title)
        self._caption = caption
        self._value = value
        self._must_exist = must_exist

    def body(self) -> Iterable[Widget]:
        """One field."""
        yield Label(self._caption)
        yield LineField(self._value, identifier="path")

    def on_mount(self) -> None:
        """Type into it."""
        self.set_focus(self.query_one("#path", LineField))

    def action_save(self) -> None:
        """Hand the path back."""
        typed, must_exist = self.text_of("path"), self._must_exist

        def path() -> Path:
            found = given_path(typed)
            if must_exist and not found.exists():
                raise InputRefused(f"There is nothing at {found}.", "Check the path.")
            return found

        def hand_back(found: Path) -> None:
            self.dismiss(found)

        self.ask(path, hand_back, group="path")


class ExportForm(Form[Path]):
    """Writes a report; hands back where it went."""

    def __init__(self, shell: Shell, title: str, write: Callable[[str, Path, bool], Path]) -> None:
        super().__init__(shell, "Export the report")
        self._article = title
        self._write = write
        self._format = "markdown"

    def _options(self) -> list[Option]:
        return [Option(name, Content(words), key) for name, key, words in _FORMATS]

    def _proposed(self) -> str:
        return str(Path.cwd() / filename(self._article, SUFFIX[self._format]))

    def body(self) -> Iterable[Widget]:
        """Form, then place."""
        yield option_rows(self._options(), self.shell.marks.cursor)
        yield Label("Path:")
        yield LineField(self._proposed(), identifier="path")
        yield Label("If the file exists, type yes to replace it:")
        yield LineField(identifier="replace")

    def on_mount(self) -> None:
        """Begin with the form."""
        rows = self.query_one(Rows)
        rows.show(self._options())
        self.set_focus(rows)

    def on_key(self, event: events.Key) -> None:
        """A letter chooses the form and goes on to the path."""
        if isinstance(self.focused, LineField):
            return
        for option in self._options():
            if event.character and event.character == option.mark:
                event.stop()
                self.query_one(Rows).go_to(option.key)
                self.set_focus(self.query_one("#path", LineField))

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        before, current = self._proposed(), event.rows.current
        if current is None or current.key == self._format:
            return
        self._format = current.key
        field = self.query_one("#path", LineField)
        if field.value == before:
            field.set_text(self._proposed())

    @on(Rows.Opened)
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.set_focus(self.query_one("#path", LineField))

    def action_save(self) -> None:
        """Write it."""
        typed, form = self.text_of("path"), self._format
        replace = self.text_of("replace").strip().lower() in ("y", "yes")
        write = self._write
        self.submit(lambda: write(form, given_path(typed), replace), lambda path: path)
