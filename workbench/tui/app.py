"""The app: its panes, what runs beside them, and what holds everywhere."""

import asyncio
import contextlib
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.command import Provider
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import AwaitMount
from textual.worker import WorkerFailed, get_current_worker

from db.errors import StoreError
from workbench.errors import WorkbenchError
from workbench.tui.commands import Command, Scope, bindings, unknown
from workbench.tui.messages import (
    ArticleChosen,
    DraftTyped,
    EmbeddingMoved,
    EncoderTurned,
    ProgressRead,
    Refused,
    SettingsTurned,
    StoreChanged,
)
from workbench.tui.palette import CommandsProvider, Runner
from workbench.tui.panes import MODE_OF, MODES, screen_class
from workbench.tui.screens.base import AskingScreen, PaneScreen
from workbench.tui.screens.fitting import FittingScreen
from workbench.tui.shell import Drafts, Shell
from workbench.tui.starting import StartingApp
from workbench.tui.text import plain
from workbench.tui.themes import DARK, THEMES, tones
from workbench.tui.widgets.bars import KeyBar, TopBar

if TYPE_CHECKING:
    from db.tables import Article
    from workbench.app import Opening, Workbench
    from workbench.tui.background import Post, Stopped

DRAFT_AFTER = 0.8
"""Seconds after which typed text is written, however fast one goes on typing."""


class WorkbenchApp(StartingApp, Runner):
    """Claim Workbench in the terminal."""

    TITLE = "Claim Workbench"
    CSS_PATH = ["styles/panes.tcss", "styles/desk.tcss", "styles/forms.tcss"]
    BINDINGS = bindings(Scope.EVERYWHERE)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {CommandsProvider}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    NOTIFICATION_TIMEOUT = 5

    def __init__(self, opening: "Opening", *, first_article: bool = False, tour: bool = False) -> None:
        super().__init__(opening, first_article=first_article)
        self._with_tour = tour
        settings = opening.settings
        self._draft_timer: Timer | None = None
        self._turned_at = 0.0
        self._arriving: object = None
        for theme in THEMES:
            self.register_theme(theme)
        for mode in MODES:
            self.add_mode(mode, partial(self._pane, mode))
        self.theme = settings.theme if settings.theme in self.available_themes else DARK
        self.set_keymap({key: value for key, value in settings.keys.items() if value.strip()})

    @property
    def failure(self) -> Exception | None:
        """The unexpected error that ended the app, if one did."""
        error = self._exception
        return error.error if isinstance(error, WorkerFailed) and isinstance(error.error, Exception) else error

    def _fatal_error(self) -> None:
        # Textual would print the values of all variables, and with them text that may be confidential.
        self._close_messages_no_wait()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The tones of states, for themes that do not bring them."""
        return tones(dark=self.current_theme.dark)

    async def begin(self, workbench: "Workbench", article_id: str | None) -> None:
        """Show the first pane; what takes long begins after it is on screen."""
        from workbench.tui.marks import Marks
        from workbench.tui.tour import Tour

        self.shell = Shell(
            database=workbench.store_path.name,
            keys=dict(workbench.settings.keys),
            workbench=workbench,
            marks=Marks(workbench.settings.ascii),
            drafts=Drafts(workbench.drafts),
            tour=Tour(),
            article_id=article_id,
        )
        if self._with_tour:
            self.shell.tour.begin()
        await self.switch_mode("desk" if article_id else "articles")
        self.screen.call_after_refresh(self._begin_beside)

    def _pane(self, mode: str) -> PaneScreen:
        return screen_class(mode)(self.shell)

    def _begin_beside(self) -> None:
        from workbench.tui import background

        for identifier in unknown(self.shell.keys):
            self._complain(f"The settings give keys to “{identifier}”, which is no command.", "Help (?) lists the ids.")
        self._beside(background.watch_encoder, "encoder")
        self._beside(background.warm_up, "warming up")

    def _beside(self, work: "Callable[[Workbench, Post, Stopped], None]", group: str) -> None:
        """Run something long in a thread, one of each kind at a time."""

        def run() -> None:
            worker = get_current_worker()
            try:
                work(self.shell.workbench, self.post_message, lambda: worker.is_cancelled)
            except (WorkbenchError, StoreError) as error:
                self.post_message(Refused(error.message, error.hint, None, "", 0))

        self.run_worker(run, thread=True, group=group, exclusive=True)

    @property
    def _panes(self) -> list[PaneScreen]:
        """The panes that have been opened."""
        return [screen for stack in self._screen_stacks.values() for screen in stack if isinstance(screen, PaneScreen)]

    def _say_status(self) -> None:
        for pane in self._panes:
            if pane.is_mounted:
                pane.refresh_status()

    @on(EncoderTurned)
    def _encoder_turned(self, event: EncoderTurned) -> None:
        self.shell.encoder, self.shell.encoder_reason = event.state, event.reason
        self._say_status()
        if event.state == "ready":
            self._improve_matches()
            self._embed()

    def _improve_matches(self) -> None:
        for pane in self._panes:
            pane.improve_matches()

    def _embed(self) -> None:
        from workbench.tui import background

        if self.shell.encoder == "ready" and not self.shell.embedding_paused:
            self._beside(background.embed, "embedding")

    @on(EmbeddingMoved)
    def _embedding_moved(self, event: EmbeddingMoved) -> None:
        before, self.shell.pending = self.shell.pending, event.pending
        self.shell.embedding_seconds = event.seconds
        self.shell.encoder_slower = str(getattr(self.shell.workbench.encoder, "slower", ""))
        self._say_status()
        if before and not event.pending:
            self._improve_matches()

    @on(ProgressRead)
    def _progress_read(self, event: ProgressRead) -> None:
        self.shell.progress = event.line
        self._say_status()

    @on(StoreChanged)
    def _store_changed(self) -> None:
        self.shell.changes += 1
        for screen in self.screen_stack:
            if isinstance(screen, PaneScreen):
                screen.catch_up()
        self._embed()

    @on(ArticleChosen)
    async def _article_chosen(self, event: ArticleChosen) -> None:
        if self.shell.article_id != event.article_id:
            self.shell.article_id = event.article_id
            self.shell.changes += 1
        await self.switch_mode("desk")

    @on(DraftTyped)
    def _draft_typed(self, event: DraftTyped) -> None:
        self.shell.drafts.typed(event.key, event.text)
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(DRAFT_AFTER, self._write_drafts)

    def _write_drafts(self) -> None:
        self._draft_timer = None
        self._beside(lambda *_: self.shell.drafts.write(), "drafts")

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self._complain(event.message, event.hint)

    def _complain(self, message: str, hint: str) -> None:
        self.notify(plain(f"{message}\n{hint}".strip()), title="Not done", severity="error", markup=False, timeout=10)

    def push_screen(self, *args: Any, **options: Any) -> Any:
        """Remember when a screen came to the front, for keys that were typed before."""
        self._turned_at = monotonic()
        self._arriving = super().push_screen(*args, **options)
        return self._arriving

    async def run_action(self, *args: Any, **options: Any) -> bool:
        """Do an action; a form that it opens is there before the next key is looked at."""
        done = await super().run_action(*args, **options)
        if (
            done
            and self.in_use
            and args
            and isinstance(args[0], str)
            and self.shell.tour.saw(args[0].removeprefix("app."))
        ):
            self._say_status()
        arriving, self._arriving = self._arriving, None
        if isinstance(arriving, AwaitMount):
            await arriving
        return done

    def on_key(self, event: events.Key) -> None:
        """A key typed ahead, before the form came up that it was meant for, goes to the form."""
        if event.time < self._turned_at:
            event.stop()
            event.prevent_default()
            self.post_message(events.Key(event.key, event.character))

    def on_resize(self, _: events.Resize) -> None:
        """Fit every screen of the stack, not only the one in front."""
        for screen in self.screen_stack:
            if isinstance(screen, FittingScreen):
                screen.fit()

    async def action_go(self, mode: str) -> None:
        """Go to a pane; what is open over the present one is closed first."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self.switch_mode(mode)

    async def run_command(self, command: Command) -> None:
        """Do a command in its own pane."""
        mode = MODE_OF.get(command.scope)
        if mode is None:
            await self.run_action(command.action_call, self)
            return
        if mode != self.current_mode:
            await self.action_go(mode)
        await self.run_action(command.action_call, self.screen)

    def action_help(self) -> None:
        """The keys of this pane."""
        from workbench.tui.forms.base import TextPanel
        from workbench.tui.help import help_blocks

        scopes = self.screen.scopes if isinstance(self.screen, AskingScreen) else ()
        self.push_screen(TextPanel(self.shell, "Keys", help_blocks(scopes, self.shell.keys)))

    def action_one_back(self) -> None:
        """One level back."""
        if isinstance(self.screen, PaneScreen):
            self.screen.go_back()

    def action_reload(self) -> None:
        """Read the pane again."""
        self.shell.changes += 1
        if isinstance(self.screen, PaneScreen):
            self.screen.catch_up()

    def action_offices(self) -> None:
        """The table of offices."""
        from workbench.tui.forms.offices import OfficesPanel

        self.push_screen(OfficesPanel(self.shell))

    async def action_tour(self) -> None:
        """Begin the tour on the sample article, or leave it."""
        tour, workbench = self.shell.tour, self.shell.workbench
        if tour.step is not None:
            tour.leave()
            self._say_status()
            return
        screen: Screen[object] = self.screen
        if isinstance(screen, AskingScreen):
            from workbench.services import sample

            screen.ask(lambda: sample.to_learn_on(workbench), self._tour_begins, group="tour")

    def _tour_begins(self, article: "Article") -> None:
        self.shell.tour.begin()
        self.post_message(StoreChanged())
        self.post_message(ArticleChosen(article.id))
        self._say_status()

    def action_tour_next(self) -> None:
        """The next step."""
        self.shell.tour.go_on()
        self._say_status()

    def action_settings(self) -> None:
        """The settings."""
        from workbench.tui.forms.settings import SettingsPanel

        self.push_screen(SettingsPanel(self.shell))

    @on(SettingsTurned)
    def _settings_turned(self, event: SettingsTurned) -> None:
        self.theme = event.settings.theme if event.settings.theme in self.available_themes else DARK
        self.shell.keys = dict(event.settings.keys)
        self.set_keymap({key: value for key, value in self.shell.keys.items() if value.strip()})
        for screen in (one for stack in self._screen_stacks.values() for one in stack):
            for bar in (*screen.query(TopBar), *screen.query(KeyBar)):
                bar.on_resize()

    def action_theme(self, name: str) -> None:
        """Change the colours."""
        self.theme = name

    def action_undo(self) -> None:
        """Take back the latest action."""
        history = self.shell.workbench.history
        self._ask(history.undo, lambda label: f"Undone: {label}")

    def action_redo(self) -> None:
        """Do again what was undone."""
        history = self.shell.workbench.history
        self._ask(history.redo, lambda label: f"Done again: {label}")

    def _ask(self, work: Callable[[], str], words: Callable[[str], str]) -> None:
        screen: Screen[object] = self.screen
        if isinstance(screen, AskingScreen):

            def done(label: str) -> None:
                screen.tell(words(label))
                screen.changed()

            screen.ask(work, done)

    def action_embedding(self) -> None:
        """Pause or go on embedding."""
        self.shell.embedding_paused = not self.shell.embedding_paused
        if self.shell.embedding_paused:
            self.workers.cancel_group(self, "embedding")
        else:
            self._embed()
        self._say_status()

    def write_drafts_at_the_end(self) -> None:
        """Write what was typed last, however the app has ended; where that fails there is nobody left to be told."""
        if self.in_use:
            with contextlib.suppress(StoreError):
                self.shell.drafts.write()

    async def action_leave(self) -> None:
        """Quit from the top level."""
        if len(self.screen_stack) == 1:
            await self.action_quit()

    async def action_quit(self) -> None:
        """Leave, with the last words that were typed written first."""
        try:
            if self.in_use:
                await asyncio.to_thread(self.shell.drafts.write)
        except StoreError as error:
            self._complain(error.message, "The draft is not saved; press ctrl+q again to leave all the same.")
            self.shell.drafts.give_up()
            return
        self.exit()
