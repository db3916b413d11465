"""Every decision, who took it and when; and what would be undone next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from workbench.services.history import Entry, HistoryService
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import TextPanel
from workbench.tui.screens.base import PaneScreen
from workbench.tui.shell import Shell
from workbench.tui.text import content, joined, line
from workbench.tui.widgets.empty import Doors
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import counted, minute

_STEPS = 500
_LONGEST = 2000
_INNER = (
    "start end fragments checkworthiness reasons attribution units text text_hash received_sha256 replaces suggested "
    "kinds document verdict_rid"
)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step as it is shown: `touched` are (kind, entity)."""

    action: str
    at: datetime
    label: str
    author: str
    how: str
    touched: tuple[tuple[str, str], ...]


def read_steps(history: HistoryService) -> list[StepRow]:
    """The latest steps, newest first."""
    return [
        StepRow(
            step.action,
            step.at,
            step.label,
            step.author,
            "undo: " if step.undoes else "redo: " if step.redoes else "",
            tuple((kind.value, entity) for kind, entity in step.touched),
        )
        for step in history.steps(limit=_STEPS)
    ]


class HistoryScreen(PaneScreen):
    """Lists the latest steps, newest first."""

    mode = "history"
    main = "#history"
    scopes: ClassVar[tuple[Scope, ...]] = (Scope.HISTORY, Scope.LIST)
    BINDINGS = bindings(Scope.HISTORY)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._steps: list[StepRow] = []

    def body(self) -> Iterable[Widget]:
        """What undo and redo would do, then the steps."""
        yield Static(id="history-head", markup=False)
        yield Rows(self._draw, lambda step: step.action, cursor_mark=self.shell.marks.cursor, identifier="history")
        yield Doors(
            "Nothing was decided yet.",
            [("1", "go to Articles and bring one in", "app.go('articles')")],
            identifier="history-empty",
        )

    @property
    def rows(self) -> Rows[StepRow]:
        """The list."""
        return self.query_one("#history", Rows)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_focus(self.rows)

    def reload(self) -> None:
        """Read the steps again."""
        history = self.shell.workbench.history
        self.ask(lambda: (read_steps(history), history.next_undo(), history.next_redo()), self._show, group="history")

    def _show(self, answer: tuple[list[StepRow], str | None, str | None]) -> None:
        self._steps, undo, redo = answer
        self.set_class(not self._steps, "-empty")
        self.take_focus()
        parts = [
            Content(" u takes back: ") + line(undo or "nothing"),
            Content("U does again: ") + line(redo or "nothing"),
            Content(f"the latest {_STEPS} steps") if len(self._steps) == _STEPS else Content(""),
        ]
        self.query_one("#history-head", Static).update(joined(parts).stylize("$quiet"))
        self.rows.show(self._steps)

    def _draw(self, step: StepRow, _: int) -> Sequence[Content]:
        return [
            Content.assemble(
                (minute(step.at), "$quiet"),
                "  ",
                (step.how, "$tone-mixed"),
                line(step.label),
                "  ",
                line(step.author, "bold"),
                (f"  {counted(len(step.touched), 'thing')}" if len(step.touched) > 1 else "", "$quiet"),
            )
        ]

    @on(Rows.Opened, "#history")
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.action_entity()

    def action_entity(self) -> None:
        """Show the earlier states of what the step touched."""
        step, history = self.rows.current, self.shell.workbench.history
        if step is None:
            return
        touched = step.touched[:20]

        def read() -> list[tuple[str, list[Entry]]]:
            return [(kind, history.of(entity)) for kind, entity in touched]

        self.ask(read, lambda found: self._show_entities(step, found), group="entity")

    def _show_entities(self, step: StepRow, found: list[tuple[str, list[Entry]]]) -> None:
        blocks: list[Content] = []
        for kind, entries in found:
            blocks.append(Content.styled(f"{kind}: {counted(len(entries), 'decision')}", "bold"))
            for entry, before in reversed(list(zip(entries, [None, *entries], strict=False))):
                blocks.append(
                    joined([Content(minute(entry.at)), line(entry.author, "bold"), line(entry.label)]).stylize("$quiet")
                )
                blocks += _said(entry, before)
            blocks.append(Content(""))
        if len(step.touched) > len(found):
            blocks.append(Content(f"and {len(step.touched) - len(found):,} more"))
        self.app.push_screen(TextPanel(self.shell, "What the step touched", blocks))


def _said(entry: Entry, before: Entry | None) -> list[Content]:
    """What a decision changed, in the fields that mean something to people."""
    if entry.data is None:
        return [Content.styled("  withdrawn", "$tone-aside")]
    earlier = (before.data if before is not None else None) or {}
    shown = []
    for name, value in entry.data.items():
        said = ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
        if name in _INNER.split() or name.endswith("_id") or value == earlier.get(name) or len(said) > _LONGEST:
            continue
        if said or name in earlier:
            shown.append(Content.assemble((f"  {name.replace('_', ' ')}: ", "$quiet"), content(said or "(empty)")))
    return shown or [Content.styled("  nothing that is shown here", "$quiet")]
