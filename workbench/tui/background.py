"""Long work beside the screen: the encoder's start, embedding, imports. Runs in threads and only posts messages."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.message import Message

from db.errors import StoreError
from workbench.matching.encoder import EncoderState, EncoderUnavailable
from workbench.tui.messages import EmbeddingMoved, EncoderTurned, ImportMoved
from workbench.tui.panes import MODES, screen_class

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.services.views import Progress

Post = Callable[[Message], object]
Stopped = Callable[[], bool]
WAIT = 0.5
SURE_AFTER = 2.0
"""Seconds of work before its rate says how long the rest takes."""
EVERY = 0.25
"""Seconds between two messages about progress."""


def warm_up(workbench: "Workbench", _post: Post, stopped: Stopped) -> None:
    """Load what the other panes need, so that going to them is quick."""
    for mode in MODES:
        if stopped():
            return
        screen_class(mode)
    workbench.prepare()
    # What an earlier release left to do. A database that is busy just now is looked through another time.
    with suppress(StoreError):
        workbench.origins.catch_up(cancelled=stopped)


def watch_encoder(workbench: "Workbench", post: Post, stopped: Stopped) -> None:
    """Start the encoder and tell when it is ready, or why it will not be."""
    encoder = workbench.encoder
    if not workbench.settings.encoder:
        post(EncoderTurned("unavailable", "switched off in the settings"))
        return
    start = getattr(encoder, "start", None)
    wait = getattr(encoder, "wait_ready", None)
    if start is not None:
        start()
    while encoder.state is EncoderState.STARTING and wait is not None and not stopped():
        try:
            wait(WAIT)
        except EncoderUnavailable:
            continue
    if stopped():
        return
    if encoder.state is EncoderState.READY:
        post(EncoderTurned("ready", ""))
    else:
        post(EncoderTurned("unavailable", str(getattr(encoder, "reason", "")) or "it is not running"))


def embed(workbench: "Workbench", post: Post, stopped: Stopped) -> None:
    """Encode the wordings of precedents and the passages that have no vector yet, telling how many are left."""
    evidence, precedents = workbench.evidence, workbench.precedents
    waiting = evidence.pending() + precedents.pending()
    post(EmbeddingMoved(waiting))
    if not waiting or workbench.read_only or workbench.encoder.state is not EncoderState.READY:
        return
    throttle = Throttle()
    began, before = time.monotonic(), 0

    def moved(progress: "Progress") -> None:
        if throttle.ready():
            done = before + progress.done
            elapsed, left = time.monotonic() - began, max(0, waiting - done)
            seconds = elapsed * left / done if done and elapsed > SURE_AFTER else None
            post(EmbeddingMoved(left, seconds))

    try:
        # Wordings first: they are few and short, and every claim is held against them.
        before = precedents.embed(progress=moved, cancelled=stopped)
        evidence.embed(progress=moved, cancelled=stopped)
    except EncoderUnavailable as error:
        post(EncoderTurned("unavailable", error.reason))
    post(EmbeddingMoved(evidence.pending() + precedents.pending()))


class Throttle:
    """Lets something through at most four times a second."""

    def __init__(self) -> None:
        self._last = 0.0

    def ready(self) -> bool:
        """Whether enough time has passed."""
        now = time.monotonic()
        if now - self._last < EVERY:
            return False
        self._last = now
        return True


def import_progress(post: Post) -> Callable[["Progress"], None]:
    """What an import reports to."""
    throttle = Throttle()

    def moved(progress: "Progress") -> None:
        if throttle.ready() or progress.done == progress.total:
            post(ImportMoved(progress))

    return moved
