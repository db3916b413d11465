"""What every form does: keep what is typed as a draft, save through a service, close, and say which keys do what."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from workbench.tui.commands import Scope, bindings, of_scope
from workbench.tui.messages import DraftTyped
from workbench.tui.screens.base import AskingScreen
from workbench.tui.shell import Shell
from workbench.tui.text import line
from workbench.tui.widgets.bars import KeyBar, TooSmall
from workbench.tui.widgets.fields import LineField, ProseField
from workbench.tui.widgets.reader import Reader

R = TypeVar("R")
T = TypeVar("T")


class Panel(AskingScreen[R], ModalScreen[R]):
    """A small screen over a pane: a title, something under it, the keys at its foot."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.PANEL,)

    def __init__(self, shell: Shell, title: str) -> None:
        super().__init__(shell)
        self.heading = title

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        with Vertical(id="box"):
            yield Static(line(self.heading, "bold"), id="box-title", markup=False)
            yield from self.body()
            yield KeyBar(self.shell, of_scope(*self.scopes))
        yield TooSmall(markup=False)

    def body(self) -> Iterable[Widget]:
        """What the panel shows."""
        raise NotImplementedError

    def retitle(self, content: Content) -> None:
        """Change the line on top."""
        self.query_one("#box-title", Static).update(content)

    def action_close(self) -> None:
        """Close."""
        self.dismiss()


class Form(Panel[R]):
    """A panel with fields. What is typed is kept under `draft_key` until it is recorded."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.FORM,)
    BINDINGS = bindings(Scope.FORM)

    def __init__(self, shell: Shell, title: str, draft_key: str = "") -> None:
        super().__init__(shell, title)
        self.draft_key = draft_key
        self._first: dict[str, str] = {}
        self._restored = not draft_key
        self._saving = False

    def on_mount(self) -> None:
        """Take up the draft, if there is one."""
        self._first = self.values()
        if self.draft_key:
            self.ask(lambda: self.shell.drafts.load(self.draft_key), self._restore)

    def _typed_fields(self) -> list[LineField | ProseField]:
        return [
            field
            for field in self.query(Widget)
            if field.id
            and isinstance(field, LineField | ProseField)
            and not (isinstance(field, ProseField) and field.read_only)
        ]

    def values(self) -> dict[str, str]:
        """What the fields hold, by their names."""
        return {
            field.id: field.text if isinstance(field, ProseField) else field.value
            for field in self._typed_fields()
            if field.id
        }

    def fill(self, values: dict[str, str]) -> None:
        """Put a draft into the fields; what was typed while it was read comes after it."""
        now = self.values()
        for field in self._typed_fields():
            name = field.id or ""
            if name not in values:
                continue
            first = self._first.get(name, "")
            since = now[name] if now[name] != first else ""
            field.set_text(values[name] + since.removeprefix(first))
            if isinstance(field, ProseField):
                field.move_cursor(field.document.end)

    def _restore(self, text: str) -> None:
        self._restored = True
        if not text:
            return
        try:
            values: Any = json.loads(text)
        except ValueError:
            return
        if isinstance(values, dict):
            self.fill({str(name): value for name, value in values.items() if isinstance(value, str)})
            self.heading += ", taken up where you left off"
            self.retitle(line(self.heading, "bold"))

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _typed(self) -> None:
        self.keep()

    def keep(self) -> None:
        """Keep what the form holds now as its draft."""
        if not self.draft_key or not self._restored or self._saving:
            return
        values = self.values()
        text = None if values == self._first else json.dumps(values, ensure_ascii=False)
        self.app.post_message(DraftTyped(self.draft_key, text))

    def submit(self, work: Callable[[], T], result: Callable[[T], R | None]) -> None:
        """Record through a service: on success the draft goes and the form closes, on refusal it stays as it is."""
        if self._saving:
            return
        self._saving = True

        def done(value: T) -> None:
            if self.draft_key:
                self.app.post_message(DraftTyped(self.draft_key, None))
            self.changed()
            self.dismiss(result(value))

        def refused() -> None:
            self._saving = False

        self.ask(work, done, refused=refused)

    def text_of(self, identifier: str) -> str:
        """What one field holds."""
        return self.values().get(identifier, "")

    def given(self, identifier: str) -> str | None:
        """What one field holds, None where it was not changed."""
        text = self.text_of(identifier)
        return None if text == self._first.get(identifier) else text.strip()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Record what the form says."""
        raise NotImplementedError

    def action_next_field(self) -> None:
        """To the next field."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """To the field before."""
        self.focus_previous()

    def action_leave_form(self) -> None:
        """Back, with the draft kept."""
        self.dismiss()


class TextPanel(Panel[None]):
    """A panel with a text to read."""

    BINDINGS = bindings(Scope.PANEL)

    def __init__(self, shell: Shell, title: str, blocks: Sequence[Content]) -> None:
        super().__init__(shell, title)
        self._blocks = blocks

    def body(self) -> Iterable[Widget]:
        """The text."""
        yield Reader(identifier="panel-text")

    def on_mount(self) -> None:
        """Show the text, in a box that is no higher than it needs."""
        reader = self.query_one(Reader)
        reader.show(self._blocks)
        self.set_focus(reader)
