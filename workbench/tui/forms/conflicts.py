"""Conflicts: where desks decided differently, side by side, a side chosen by its number."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from workbench.services.store_views import ConflictView
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Panel
from workbench.tui.shell import Shell
from workbench.tui.text import content, line
from workbench.tui.widgets.fields import Label
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import counted, minute


class ConflictsPanel(Panel[None]):
    """Lists conflicts; a digit makes one of the decisions the value, the others stay in the history."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.PICK,)
    BINDINGS = bindings(Scope.PICK)

    def __init__(self, shell: Shell, article_id: str | None) -> None:
        super().__init__(shell, "Conflicts")
        self._article = article_id

    def body(self) -> Iterable[Widget]:
        """The conflicts over the decisions of the one under the cursor."""
        rows: Rows[ConflictView] = Rows(
            self._draw, lambda view: view.entity, cursor_mark=self.shell.marks.cursor, identifier="conflicts"
        )
        rows.styles.height = 6
        yield rows
        yield Label(
            "Choose a side by its number; the other stays in the history, and undo takes the choice back.",
            identifier="conflicts-hint",
        )
        yield Reader(identifier="choices")

    def on_mount(self) -> None:
        """Read the conflicts."""
        self.set_focus(self.query_one("#conflicts", Rows))
        self._read()

    def _read(self) -> None:
        verdicts, article = self.shell.workbench.verdicts, self._article
        self.ask(lambda: verdicts.conflicts(article), self._show, group="conflicts")

    def _show(self, conflicts: Sequence[ConflictView]) -> None:
        self.retitle(Content.styled(counted(len(conflicts), "conflict") if conflicts else "No conflicts", "bold"))
        self.query_one("#conflicts", Rows).show(conflicts)
        for part in self.query("#conflicts, #conflicts-hint"):
            part.display = bool(conflicts)
        if not conflicts:
            self.query_one(Reader).show([Content("Every decision stands alone. Nothing to choose.")])

    def _draw(self, view: ConflictView, _: int) -> Sequence[Content]:
        return [Content.assemble(("! ", "$tone-conflict bold"), line(view.title))]

    @property
    def current(self) -> ConflictView | None:
        """The conflict under the cursor."""
        view = self.query_one("#conflicts", Rows).current
        return view if isinstance(view, ConflictView) else None

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        view = self.current
        if view is None:
            return
        blocks = []
        for number, choice in enumerate(view.choices, 1):
            said = Content.assemble(
                (f"{number} ", "$footer-key-foreground bold"), line(choice.author, "bold"), f", {minute(choice.at)} UTC"
            )
            blocks += [said, content(choice.text), Content("")]
        self.query_one(Reader).show(blocks)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses a side."""
        view = self.current
        if view is None or event.character is None or not event.character.isdecimal():
            return
        number = int(event.character)
        if 1 <= number <= len(view.choices):
            event.stop()
            choice, verdicts = view.choices[number - 1], self.shell.workbench.verdicts
            self.ask(lambda: verdicts.resolve(view.entity, choice.rid), self._resolved)

    def _resolved(self, _: object) -> None:
        self.changed()
        self._read()
