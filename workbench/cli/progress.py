"""Telling how far long work has come, and letting Ctrl-C end it between two batches."""

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from workbench.cli.layout import clip

if TYPE_CHECKING:
    from workbench.services.views import Progress

_PAUSE_ON_TERMINAL = 0.25
_PAUSE_ELSEWHERE = 5.0
_SURE_AFTER = 2.0


class ProgressLine:
    """A line on standard error that is overwritten on a terminal, at most four times a second.

    Elsewhere a new line every five seconds. Used as a context manager and called with each Progress.
    """

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream or sys.stderr
        self._clock = clock
        self._terminal = self._stream.isatty()
        self._began = self._last = clock()
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown and self._terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def __call__(self, progress: "Progress") -> None:
        """Show how far the work has come, if the last time was long enough ago."""
        now = self._clock()
        if now - self._last < (_PAUSE_ON_TERMINAL if self._terminal else _PAUSE_ELSEWHERE):
            return
        self._last, self._shown = now, True
        line = self._line(progress, now - self._began)
        if self._terminal:
            columns = shutil.get_terminal_size((80, 24)).columns - 1
            self._stream.write(f"\r{clip(line, columns)}\x1b[K")
        else:
            self._stream.write(f"{clip(line, 200)}\n")
        self._stream.flush()

    def _line(self, progress: "Progress", seconds: float) -> str:
        of = f" of {progress.total:,}" if progress.total is not None else ""
        line = f"{progress.name}: " if progress.name else ""
        line += f"{progress.done:,}{of} {progress.unit}"
        if progress.total and progress.done and seconds > _SURE_AFTER:
            left = seconds * (progress.total - progress.done) / progress.done
            line += f", {progress.done / seconds:,.0f} a second, about {_duration(left)} left"
        return line


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Turn the first Ctrl-C into an answer to "cancelled?", so that work ends between two batches.

    A second Ctrl-C stops at once.
    """
    asked = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        # Not through sys.stderr, which may be in the middle of a write of its own.
        os.write(2, b"\nstopping after this batch; Ctrl-C once more stops at once\n")

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
