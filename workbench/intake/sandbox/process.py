"""The workbench's side: a child that is started when first needed, reused while it behaves, and ended when it does not."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Self

import workbench
from workbench.errors import InputRefused
from workbench.intake.formats import Format
from workbench.intake.model import IncomingDocument
from workbench.intake.sandbox.frames import HEAD_SIZE, Frame, head_of, write_frame
from workbench.intake.sandbox.limits import Limits
from workbench.intake.sandbox.wire import from_wire
from workbench.text.visible import visible

REUSED = 100
"""Documents that one child reads before a new one takes its place, so that nothing piles up in it."""

_QUICK = 8
"""Seconds of processor for formats of which an honest file takes a fraction of one."""

_QUICKLY_READ = frozenset({Format.MARKDOWN, Format.HTML, Format.EML, Format.DOCX})
_START_SECONDS = 30.0
_GLANCE = 0.2
_HINT = "The rest goes on without it. Save what you need of it as plain text, and add that."


class Cancelled(Exception):
    """Whoever asked does not want the answer any more."""


class _Said(InputRefused):
    """A refusal in the words of the parser."""


class Sandbox(AbstractContextManager["Sandbox"]):
    """Reads documents of strangers in a child process. Give it up with `close`, or use it as a context."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0

    @property
    def pid(self) -> int | None:
        """Process id of the child, None while there is none."""
        return self._child.pid if self._child is not None else None

    def read(
        self, form: Format, data: bytes, name: str, cancelled: Callable[[], bool] | None = None
    ) -> Iterator[IncomingDocument]:
        """The documents in `data`, a file of the format `form` that a person calls `name`, as they are found.

        Raises InputRefused, naming the file, for what cannot be read, takes too much memory or time, or makes its
        parser fail; documents that came before are whole. Raises Cancelled once `cancelled` says so.
        """
        child = self._ready_child(name)
        deadline = time.monotonic() + self.limits.waiting
        ask = {"format": form.value, "name": name, "processor": self._processor(form)}
        sending = threading.Thread(target=_send, args=(child, json.dumps(ask).encode(), data), daemon=True)
        sending.start()
        whole = False
        try:
            yield from self._answers(child, name, deadline, cancelled)
            whole = True
        except _Said:
            # The child looked at it, said no, and is fit for the next one.
            whole = True
            raise
        finally:
            self._served += 1
            if not whole or self._served >= REUSED:
                self.close()
            sending.join()

    def _answers(
        self,
        child: "subprocess.Popen[bytes]",
        name: str,
        deadline: float,
        cancelled: Callable[[], bool] | None,
    ) -> Iterator[IncomingDocument]:
        left = self.limits.answer
        while True:
            kind, payload = self._frame(child, name, deadline, left, cancelled)
            left -= len(payload)
            if kind is Frame.DONE:
                return
            if kind is Frame.DOCUMENT:
                yield _document(payload, name)
            else:
                raise _said(payload, name)

    def _frame(
        self,
        child: "subprocess.Popen[bytes]",
        name: str,
        deadline: float,
        left: int,
        cancelled: Callable[[], bool] | None,
    ) -> tuple[Frame, bytes]:
        head = self._bytes(child, name, HEAD_SIZE, deadline, cancelled)
        try:
            kind, length = head_of(head)
        except ValueError as error:
            raise _refused(name, "its parser gave an answer that is none") from error
        if length > left:
            raise _refused(name, f"it holds more than {self.limits.answer // 1024**2} MB of text")
        return kind, self._bytes(child, name, length, deadline, cancelled)

    def _bytes(
        self,
        child: "subprocess.Popen[bytes]",
        name: str,
        count: int,
        deadline: float,
        cancelled: Callable[[], bool] | None,
    ) -> bytes:
        """So many bytes from the child, which is ended where it does not give them in time."""
        stream = child.stdout
        if stream is None:
            raise _refused(name, "its parser cannot be reached")
        found = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while len(found) < count:
                if cancelled is not None and cancelled():
                    raise Cancelled
                if time.monotonic() > deadline:
                    raise _refused(name, f"it takes longer than {self.limits.waiting:.0f} seconds to read")
                if not selector.select(_GLANCE):
                    continue
                piece = os.read(stream.fileno(), min(count - len(found), 1 << 20))
                if not piece:
                    raise _refused(name, self._why(child))
                found += piece
        return bytes(found)

    def _processor(self, form: Format) -> int:
        return min(self.limits.processor, _QUICK) if form in _QUICKLY_READ else self.limits.processor

    def _why(self, child: "subprocess.Popen[bytes]") -> str:
        code = child.wait()
        if code == -signal.SIGXCPU:
            return "it takes more time of the processor than any document should"
        if code == -signal.SIGKILL:
            return "its parser was ended by the system, which happens when memory runs out"
        if code < 0:
            return f"it needs too much memory or is made to break its parser (signal {-code})"
        return "it makes its parser fail"

    def _ready_child(self, name: str) -> "subprocess.Popen[bytes]":
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        root = str(Path(workbench.__file__).resolve().parent.parent)
        environment = {"PYTHONPATH": root, "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", "HOME": "/nonexistent"}
        # -P: no modules from the folder that the program happens to be in; -B: nothing is written.
        command = [sys.executable, "-P", "-B", "-m", "workbench.intake.sandbox.child", str(self.limits.memory)]
        try:
            child = subprocess.Popen(  # noqa: S603 - this interpreter, this package
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                cwd="/",
                process_group=0,
            )
        except OSError as error:
            raise _refused(name, f"no process can be started to read it ({error.strerror})") from error
        self._child, self._served = child, 0
        kind, _ = self._frame(child, name, time.monotonic() + _START_SECONDS, 0, None)
        if kind is not Frame.READY:
            raise _refused(name, "its parser does not start")
        return child

    def close(self) -> None:
        """End the child and wait for it."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                _close(stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _send(child: "subprocess.Popen[bytes]", ask: bytes, data: bytes) -> None:
    """Hand a request over; a child that ended in the meantime says so by its answers."""
    if child.stdin is None:
        return
    with contextlib.suppress(OSError, ValueError):
        write_frame(child.stdin, Frame.ASK, ask)  # type: ignore[arg-type]
        write_frame(child.stdin, Frame.BYTES, data)  # type: ignore[arg-type]


def _close(stream: IO[bytes]) -> None:
    with contextlib.suppress(OSError):
        stream.close()


def _document(payload: bytes, name: str) -> IncomingDocument:
    try:
        return from_wire(payload)
    except ValueError as error:
        raise _refused(name, "its parser gave an answer that is none") from error


def _said(payload: bytes, name: str) -> InputRefused:
    try:
        message, hint = json.loads(payload)
    except (ValueError, TypeError):
        return _refused(name, "its parser gave an answer that is none")
    return _Said(str(message), str(hint)) if message else _refused(name, str(hint))


def _refused(name: str, why: str) -> InputRefused:
    return InputRefused(f"“{visible(name)}” cannot be read: {why}.", _HINT)
