"""What every screen does: ask services in threads, and show refusals."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from db.errors import StoreError
from workbench.errors import WorkbenchError
from workbench.tui.commands import Command, Scope, of_scope
from workbench.tui.messages import Answered, Refused, StoreChanged
from workbench.tui.screens.fitting import FittingScreen
from workbench.tui.shell import Shell
from workbench.tui.text import plain
from workbench.tui.tour import TourLine
from workbench.tui.widgets.bars import KeyBar, StatusLine, TooSmall, TopBar, footer_of

T = TypeVar("T")
R = TypeVar("R")


class AskingScreen(FittingScreen[R]):
    """A screen that asks services. `scopes` are the commands it binds, the most particular first."""

    scopes: ClassVar[tuple[Scope, ...]] = ()
    AUTO_FOCUS = ""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._asked: dict[str, int] = {}

    def ask(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        *,
        group: str = "",
        refused: Callable[[], None] | None = None,
    ) -> None:
        """Call services in a thread and hand the answer to `then` on the screen's own thread.

        A later question in the same `group` supersedes earlier ones, whose answers are dropped. A refusal is shown,
        then `refused` is called. Anything else that goes wrong ends the program with its traceback.
        """
        number = self._asked[group] = self._asked.get(group, 0) + 1

        def call() -> None:
            try:
                value = work()
            except (WorkbenchError, StoreError) as error:
                self.post_message(Refused(error.message, error.hint, refused, group, number))
            else:
                self.post_message(Answered(value, then, group, number))

        self.run_worker(call, thread=True, group=group or "question", exclusive=bool(group))

    def forget(self, group: str) -> None:
        """Drop the answers that are still on their way in a group."""
        self._asked[group] = self._asked.get(group, 0) + 1

    def _late(self, group: str, number: int) -> bool:
        return bool(group) and self._asked.get(group) != number

    @on(Answered)
    def _hear(self, event: Answered) -> None:
        event.stop()
        if event.then is not None and not self._late(event.group, event.number):
            event.then(event.value)

    @on(Refused)
    def _hear_refusal(self, event: Refused) -> None:
        event.stop()
        if self._late(event.group, event.number):
            return
        self.complain(event.message, event.hint)
        if event.then is not None:
            event.then()

    def tell(self, text: str) -> None:
        """A passing notice, for what the screen itself does not show; it takes the place of the one before."""
        self.app.clear_notifications()
        self.notify(plain(text), markup=False, timeout=4)

    def warn(self, text: str) -> None:
        """What has been done and cannot be undone by it; stays long enough to be read."""
        self.notify(plain(text), title="Not taken back", severity="warning", markup=False, timeout=15)

    def complain(self, message: str, hint: str = "") -> None:
        """A refusal, with what to do next."""
        self.notify(plain(f"{message}\n{hint}".strip()), title="Not done", severity="error", markup=False, timeout=10)

    def changed(self, *_: Any) -> None:
        """Tell every pane that something was decided or brought in."""
        self.app.post_message(StoreChanged())

    def commands(self) -> list[Command]:
        """The commands that are at hand here, for help."""
        return of_scope(*self.scopes)


class PaneScreen(AskingScreen[None]):
    """One of the workbench's panes, with the lines around it."""

    mode: ClassVar[str] = ""
    main: ClassVar[str] = ""
    """What has the focus when nothing else has it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._seen = -1

    def compose(self) -> ComposeResult:
        """The lines around the body."""
        yield TopBar(self.shell, self.mode)
        yield from self.body()
        yield TourLine(self.shell)
        yield StatusLine(self.shell)
        yield KeyBar(self.shell, footer_of(self.scopes))
        yield TooSmall(markup=False)

    def body(self) -> Iterable[Widget]:
        """What the pane shows."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read again what the pane shows."""

    def refresh_status(self) -> None:
        """Say again how things stand."""
        self.query_one(StatusLine).say()
        self.query_one(TourLine).say(self.shell.tour)

    def on_screen_resume(self) -> None:
        """Read again where something has changed while another pane was in front."""
        self.refresh_status()
        self.catch_up()
        self.take_focus()

    def take_focus(self) -> None:
        """Give the focus to the main widget, if nothing that is seen has it."""
        if self.focused is None or not self.focused.display:
            self.set_focus(self.query_one(self.main))

    def catch_up(self) -> None:
        """Read again if something has changed since the last time."""
        if self._seen != self.shell.changes:
            self._seen = self.shell.changes
            self.reload()

    def improve_matches(self) -> None:
        """More can be found by meaning now; most panes find nothing."""

    def go_back(self) -> None:
        """One level back; at the top there is nowhere to go."""

    def action_reload(self) -> None:
        """Read again."""
        self.reload()
