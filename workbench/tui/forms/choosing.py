"""Choosing one of a few things, by digit or by cursor; and giving a reason."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Form, Panel
from workbench.tui.shell import Shell
from workbench.tui.text import line
from workbench.tui.widgets.fields import Label, LineField
from workbench.tui.widgets.rows import Rows


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose; `key` is what is handed back."""

    key: str
    label: Content
    mark: str = ""


def numbered(options: Sequence[Option]) -> list[Option]:
    """The options with the digits 1 to 9 before the first nine."""
    return [
        Option(option.key, option.label, option.mark or (str(number) if number < 10 else " "))
        for number, option in enumerate(options, 1)
    ]


def option_rows(options: Sequence[Option], cursor_mark: str) -> Rows[Option]:
    """The options as rows."""
    rows: Rows[Option] = Rows(
        lambda option, _: [Content.assemble((f"{option.mark} ", "$footer-key-foreground bold"), option.label)],
        lambda option: option.key,
        cursor_mark=cursor_mark,
        identifier="options",
    )
    rows.styles.height = min(len(options), 12)
    return rows


class Choose(Panel[str]):
    """One of several; hands back its key, None where nothing was chosen."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.PICK,)
    BINDINGS = bindings(Scope.PICK)

    def __init__(
        self, shell: Shell, title: str, options: Sequence[Option], current: str = "", about: Sequence[Content] = ()
    ) -> None:
        super().__init__(shell, title)
        self._about = about
        self._options = numbered(options)
        self._current = current

    def body(self) -> Iterable[Widget]:
        """What it is about, then the options."""
        if self._about:
            yield Static(Content("\n").join(self._about), id="choose-about", markup=False)
        yield option_rows(self._options, self.shell.marks.cursor)

    def on_mount(self) -> None:
        """Show them, the cursor on what holds now."""
        rows = self.query_one(Rows)
        rows.show(self._options)
        rows.go_to(self._current)
        self.set_focus(rows)

    def on_key(self, event: events.Key) -> None:
        """A digit or mnemonic chooses."""
        for option in self._options:
            if event.character and event.character == option.mark:
                event.stop()
                self.dismiss(option.key)

    @on(Rows.Opened)
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        if event.rows.current is not None:
            self.dismiss(event.rows.current.key)


def even_so(shell: Shell, title: str, message: str, deed: str) -> Choose:
    """Whether something may leave although it repeats words of a confidential document; hands back "even-so" or "no".

    The cursor stands on no, and enter alone lets nothing out.
    """
    options = [
        Option("no", Content("leave it: nothing is written"), "n"),
        Option("even-so", Content(f"{deed} even so: these words may leave this desk"), "E"),
    ]
    about = [line(message, "$tone-conflict"), Content("What has left cannot be called back."), Content("")]
    return Choose(shell, title, options, "no", about)


class ReasonForm(Form[bool]):
    """A reason, by digit or in one's own words; `work` records it."""

    def __init__(
        self, shell: Shell, title: str, reasons: Sequence[str], work: Callable[[str], object], about: str = ""
    ) -> None:
        super().__init__(shell, title)
        self._options = numbered([Option(reason, line(reason)) for reason in reasons])
        self._work = work
        self._about = about

    def body(self) -> Iterable[Widget]:
        """Common reasons over a field for another."""
        if self._about:
            yield Label(identifier="about")
        yield option_rows(self._options, self.shell.marks.cursor)
        yield Label("Another reason, in your own words (tab, then enter):")
        yield LineField(identifier="reason")

    def on_mount(self) -> None:
        """Show what the reason is for."""
        for label in self.query("#about").results(Label):
            label.update(line(self._about))
        rows = self.query_one(Rows)
        rows.show(self._options)
        self.set_focus(rows)

    def on_key(self, event: events.Key) -> None:
        """A digit takes a common reason."""
        if isinstance(self.focused, LineField):
            return
        for option in self._options:
            if event.character and event.character == option.mark:
                event.stop()
                self._take(option.key)

    @on(Rows.Opened)
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        if event.rows.current is not None:
            self._take(event.rows.current.key)

    def action_save(self) -> None:
        """Take what was typed, or else the reason under the cursor."""
        typed = self.text_of("reason").strip()
        current = self.query_one(Rows).current
        if typed:
            self._take(typed)
        elif current is not None and not isinstance(self.focused, LineField):
            self._take(current.key)
        else:
            self.complain("The reason is empty.", "Type one, or choose one by its digit.")

    def _take(self, reason: str) -> None:
        self.submit(lambda: self._work(reason), lambda _: True)
