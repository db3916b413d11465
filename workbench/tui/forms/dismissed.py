"""What was dismissed for a claim: read it again, and let it be suggested again."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from workbench.services.dismissing import DismissalView
from workbench.services.views import ClaimView
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Panel
from workbench.tui.shell import Shell
from workbench.tui.text import joined, line
from workbench.tui.widgets.fields import Label
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import counted


class DismissedPanel(Panel[None]):
    """Lists dismissals; enter takes one back."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.PICK,)
    BINDINGS = bindings(Scope.PICK)

    def __init__(self, shell: Shell, view: ClaimView) -> None:
        super().__init__(shell, f"Dismissed for claim {view.number}")
        self._claim = view.claim.id

    def body(self) -> Iterable[Widget]:
        """The dismissals."""
        yield Rows(
            self._draw,
            lambda item: item.dismissal.id,
            row_height=3,
            cursor_mark=self.shell.marks.cursor,
            identifier="dismissed",
        )
        yield Label("enter lets the passage be suggested again.")

    def on_mount(self) -> None:
        """Read them."""
        self.set_focus(self.query_one(Rows))
        self._read()

    def _read(self) -> None:
        matching = self.shell.workbench.matching
        self.ask(lambda: matching.dismissed(self._claim), self._show, group="dismissed")

    def _show(self, found: Sequence[DismissalView]) -> None:
        self.query_one(Rows).show(found)
        words = f"{counted(len(found), 'passage')} dismissed" if found else "Nothing is dismissed for this claim"
        self.retitle(Content.styled(words, "bold"))

    def _draw(self, item: DismissalView, _: int) -> Sequence[Content]:
        title = item.document.title if item.document else "a document that is not here"
        locator = item.passage.locator if item.passage else f"start {item.dismissal.start}"
        return [
            joined([line(title, "bold"), line(locator)]),
            line(f"“{item.passage.text.strip()}”" if item.passage else ""),
            joined([line(item.dismissal.reason), line(f"by {item.dismissal.author}")]).stylize("$quiet"),
        ]

    @on(Rows.Opened, "#dismissed")
    def _taken_back(self, event: Rows.Opened) -> None:
        event.stop()
        item, matching = self.query_one(Rows).current, self.shell.workbench.matching
        if isinstance(item, DismissalView):
            record = item.dismissal
            self.ask(lambda: matching.undismiss(self._claim, record.document, record.start), self._done)

    def _done(self, _: object) -> None:
        self.changed()
        self._read()
