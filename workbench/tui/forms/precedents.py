"""The precedents of a claim: how something alike was judged before; cited, or copied as a draft, by a key and never by itself."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from workbench.services.precedent_views import Copied, Precedent, PrecedentList
from workbench.services.views import ClaimView
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Panel
from workbench.tui.shell import Shell
from workbench.tui.text import line
from workbench.tui.widgets.fields import Label
from workbench.tui.widgets.precedent_content import heading, row_lines, whole
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.rows import Rows


class PrecedentsPanel(Panel[str]):
    """Lists them; hands back what is to be put into the rationale, None for nothing."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.PRECEDENTS,)
    BINDINGS = bindings(Scope.PRECEDENTS)

    def __init__(self, shell: Shell, view: ClaimView) -> None:
        super().__init__(shell, f"Precedents of claim {view.number}")
        self._view = view

    def body(self) -> Iterable[Widget]:
        """The list, and the one under the cursor as a whole."""
        yield Label(identifier="precedents-head")
        yield Rows(
            self._draw,
            lambda item: (item.origin, item.key),
            row_height=2,
            cursor_mark=self.shell.marks.cursor,
            identifier="precedents",
        )
        yield Reader(identifier="precedent-text")

    def on_mount(self) -> None:
        """Find them."""
        self.set_focus(self.query_one(Rows))
        precedents, view = self.shell.workbench.precedents, self._view
        self.query_one("#precedents-head", Label).update(Content.styled("looking…", "$quiet"))
        self.ask(lambda: precedents.find(view), self._show, group="precedents")

    def _show(self, found: PrecedentList) -> None:
        self.query_one("#precedents-head", Label).update(
            line(f"{heading(found)}. A precedent is no verdict.", "$quiet")
        )
        self.query_one(Rows).show(found.all)
        self._read()

    @staticmethod
    def _draw(item: Precedent, _: int) -> Sequence[Content]:
        return row_lines(item)

    @property
    def _current(self) -> Precedent | None:
        item = self.query_one(Rows).current
        return item if isinstance(item, Precedent) else None

    @on(Rows.Moved, "#precedents")
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._read()

    def _read(self) -> None:
        item = self._current
        self.query_one(Reader).show(whole(item, self.shell.marks) if item else [])

    @on(Rows.Opened, "#precedents")
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.set_focus(self.query_one(Reader))

    def action_cite(self) -> None:
        """Put a line that cites it into the rationale of the verdict form."""
        item = self._current
        if item is not None:
            self.dismiss(self.shell.workbench.precedents.note(item))

    def action_rationale(self) -> None:
        """Put its rationale there as a draft that says where it is from."""
        item, precedents = self._current, self.shell.workbench.precedents
        if item is not None:
            self.ask(lambda: precedents.copied(item), self._copied)

    def _copied(self, copied: Copied) -> None:
        if copied.warning:
            self.tell(copied.warning)
        self.dismiss(copied.text)

    def action_copy(self) -> None:
        """Copy the line that cites it."""
        item = self._current
        if item is not None:
            self.app.copy_to_clipboard(self.shell.workbench.precedents.note(item))
            self.tell("Copied the line that cites the precedent.")
