"""The screen under test: real services on a real file, an encoder that says no, keys pressed, the picture as text."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from workbench.app import Workbench, open_workbench
from workbench.matching.encoder import EncoderState, EncoderUnavailable
from workbench.services.views import ClaimView, Desk
from workbench.settings import Settings
from workbench.tui.app import WorkbenchApp
from workbench.tui.screens.base import PaneScreen
from workbench.tui.screens.desk_base import DeskBase

GOLDEN = Path(__file__).parent / "golden"
SAMPLE = Path(__file__).parents[2] / "fixtures" / "sample"
NASTY = Path(__file__).parents[2] / "fixtures" / "nasty"

_TYPED = {
    " ": "space",
    "/": "slash",
    ".": "full_stop",
    "-": "minus",
    "_": "underscore",
    "~": "tilde",
    ",": "comma",
    ":": "colon",
    "!": "exclamation_mark",
    "?": "question_mark",
    "\n": "enter",
    "=": "equals_sign",
    "+": "plus",
    "'": "apostrophe",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
}


class NoEncoder:
    """An encoder that cannot be had."""

    model_id = "none@00000000"
    dimensions = 4
    state = EncoderState.FAILED
    reason = "left out of this test."

    def encode(self, texts: Sequence[str], timeout: float) -> NDArray[np.float32]:
        """Says no."""
        raise EncoderUnavailable(self.reason)


class LetterEncoder(NoEncoder):
    """Vectors from the letters of a text: no meaning, but the same every time. Ready once it was started."""

    model_id = "letters@00000000"
    dimensions = 384
    state = EncoderState.STOPPED
    reason = ""

    def start(self) -> None:
        """Is ready at once."""
        self.state = EncoderState.READY

    def encode(self, texts: Sequence[str], timeout: float) -> NDArray[np.float32]:
        """One direction for each text, of length 1."""
        if self.state is not EncoderState.READY:
            raise EncoderUnavailable("it was not started.")
        vectors = np.ones((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for letter in text.encode():
                vectors[row, letter % self.dimensions] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@contextmanager
def opened(db: Path, name: str = "Ana Brook", encoder: Any = None, **settings: Any) -> Iterator[Workbench]:
    """The services on a file."""
    chosen = Settings(name=name, **settings)
    with open_workbench(db, settings=chosen, encoder=encoder or NoEncoder()) as workbench:
        yield workbench


class AlreadyOpen:
    """In the place of an `Opening`: a workbench that the test has opened, and closes."""

    def __init__(self, workbench: Workbench) -> None:
        self.path = workbench.store_path
        self.settings = workbench.settings
        self._workbench = workbench

    def open(self) -> Workbench:
        """It is open."""
        return self._workbench


class Seat:
    """Somebody sitting before the screen."""

    def __init__(self, app: WorkbenchApp, pilot: Pilot[None], workbench: Workbench) -> None:
        self.app = app
        self.pilot = pilot
        self.workbench = workbench

    async def settle(self) -> None:
        """Until nothing is on its way any more."""
        quiet = 0
        while quiet < 2:
            handled = asyncio.Event()
            self.app.call_later(handled.set)
            await asyncio.wait([asyncio.ensure_future(handled.wait())], timeout=5)
            await self.pilot.pause()
            quiet = 0 if self._busy else quiet + 1

    @property
    def _busy(self) -> bool:
        """Whether a question, an answer, a message or a pause in typing is still on its way."""
        if not self.app.is_running:
            return False
        screens = self.app.screen_stack
        return (
            any(not worker.is_finished for worker in self.app.workers)
            or any(isinstance(screen, DeskBase) and screen.following for screen in screens)
            or any(isinstance(screen, PaneScreen) and screen._seen != self.app.shell.changes for screen in screens)
            or any(not pump._message_queue.empty() for pump in (self.app, *screens))
        )

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each seen through."""
        for key in keys:
            await self.burst(key)

    async def burst(self, *keys: str) -> None:
        """Press keys faster than they can be seen through, as a paste or a slow line does."""
        for key in keys:
            named = _TYPED.get(key, key)
            character = next((letter for letter, name in _TYPED.items() if name == named), None)
            if named == "enter" or character is None:
                character = named if len(named) == 1 else None
            self.app.post_message(events.Key(named, character))
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.burst(*text)

    async def resize(self, columns: int, lines: int) -> None:
        """Make the terminal another size."""
        await self.pilot.resize_terminal(columns, lines)
        await self.settle()

    @property
    def text(self) -> str:
        """What is on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def screen(self) -> Screen[Any]:
        """What is in front."""
        return self.app.screen

    @property
    def notices(self) -> list[str]:
        """The notices that are up."""
        return [str(notice.message) for notice in self.app._notifications]

    @property
    def desk(self) -> Desk:
        """The first article, read anew."""
        return self.workbench.articles.desk(self.workbench.articles.list()[0].article.id)

    def claim(self, words: str) -> ClaimView:
        """The sentence with these words, read anew."""
        return next(view for view in self.desk.claims if not view.depth and words in view.claim.wording)

    async def to_claim(self, words: str) -> None:
        """Go to the sentence with these words, by its filter."""
        await self.press("slash")
        await self.type(words)
        await self.press("enter")

    def said(self, selector: str) -> str:
        """What one line says."""
        return str(self.app.screen.query_one(selector, Static).visual)


@asynccontextmanager
async def seated(
    db: Path,
    size: tuple[int, int] = (80, 24),
    *,
    start: bool = False,
    name: str = "Ana Brook",
    encoder: Any = None,
    toasts: bool = False,
    **settings: Any,
) -> AsyncIterator[Seat]:
    """Sit down before a file; with `start` its first article is open, with `toasts` notices are drawn too."""
    with opened(db, name, encoder, **settings) as workbench:
        app = WorkbenchApp(AlreadyOpen(workbench), first_article=start)
        async with app.run_test(size=size, notifications=toasts) as pilot:
            seat = Seat(app, pilot, workbench)
            await seat.settle()
            yield seat


def frozen(text: str, folder: Path) -> str:
    """A picture without what differs from run to run: times, sums, sizes, folders."""
    text = text.replace(str(folder), "FOLDER")
    text = re.sub(r"\b20\d\d-\d\d-\d\d \d\d:\d\d\b", "2026-01-01 00:00", text)
    text = re.sub(r"\b[0-9a-f]{64}\b", "HASH", text)
    return re.sub(r"\b\d+\.\d MiB", "N.N MiB", text)
