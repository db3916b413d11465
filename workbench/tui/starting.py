"""From the first frame to the first pane: the screen comes up, then the database is opened beside it.

Nothing here loads the libraries that read the database before the first frame is on screen.
"""

from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import App
from textual.screen import Screen

from db.errors import StoreError
from workbench.errors import WorkbenchError
from workbench.tui.commands import by_id, keys_of
from workbench.tui.messages import Opened, OpeningRefused
from workbench.tui.panes import screen_class
from workbench.tui.screens.opening import OpeningScreen
from workbench.tui.shell import Frame
from workbench.tui.terminal import terminal_is_gone

if TYPE_CHECKING:
    from workbench.app import Opening, Workbench


LOOK_EVERY = 2.0
"""Seconds between two looks at whether the terminal is still there."""


class StartingApp(App[None]):
    """Opens its database after the first frame, and begins with its first pane; keys pressed meanwhile wait for that.

    `workbench` is what was opened, to be closed by whoever runs the app; `refusal` is why it could not be. `in_use` says
    that there is a pane.
    """

    def __init__(self, opening: "Opening", *, first_article: bool = False) -> None:
        super().__init__()
        self.workbench: Workbench | None = None
        self.refusal: WorkbenchError | StoreError | None = None
        self._opening = opening
        self._first_article = first_article
        self._frame = Frame(database=opening.path.name, keys=dict(opening.settings.keys))
        self._typed_ahead: list[events.Key] = []
        self.in_use = False

    def get_default_screen(self) -> Screen[Any]:
        """What is shown before the database is open."""
        return OpeningScreen(self._frame, "desk" if self._first_article else "articles")

    def on_mount(self) -> None:
        """Open the database, once the first frame is on screen."""
        if not self.is_headless:
            self.set_interval(LOOK_EVERY, self._look_at_terminal)
        self.screen.call_after_refresh(self.run_worker, self._open, thread=True, group="opening")

    async def _look_at_terminal(self) -> None:
        if terminal_is_gone():
            await self.action_quit()

    def _open(self) -> None:
        try:
            self.workbench = workbench = self._opening.open()
            articles = workbench.articles.list() if self._first_article else []
        except (WorkbenchError, StoreError) as error:
            self.post_message(OpeningRefused(error))
            return
        article_id = articles[0].article.id if articles else None
        # Loaded here, so that the screen's own thread need not.
        screen_class("desk" if article_id else "articles")
        self.post_message(Opened(workbench, article_id))

    @on(OpeningRefused)
    def _cannot_open(self, event: OpeningRefused) -> None:
        self.refusal = event.error
        self.exit()

    @on(Opened)
    async def _opened(self, event: Opened) -> None:
        await self.begin(event.workbench, event.article_id)
        self.in_use = True
        for key in self._typed_ahead:
            await super().on_event(key)
        self._typed_ahead.clear()

    async def begin(self, workbench: "Workbench", article_id: str | None) -> None:
        """The database is open: show the first pane, the Desk with an article where there is one."""
        raise NotImplementedError

    async def on_event(self, event: events.Event) -> None:
        """Let keys wait until there is a pane for them; only leaving does not wait. What comes while the app closes is lost."""
        if isinstance(event, events.InputEvent) and not self.screen_stack:
            return
        if self.in_use or not isinstance(event, events.Key) or self._leaves(event):
            await super().on_event(event)
        else:
            self._typed_ahead.append(event)

    def _leaves(self, key: events.Key) -> bool:
        return key.key in keys_of(by_id("app.quit-now"), self._frame.keys).split(",")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Before the database is open one can only leave."""
        return self.in_use or action == "quit"
