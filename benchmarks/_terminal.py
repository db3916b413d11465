"""A program on a terminal of its own, for measuring what somebody before it would see, and when."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from typing import Self

_ESCAPES = re.compile(
    rb"\x1b\[[0-9;:?<=>]*[ -/]*[@-~]|\x1b[\]P_^][^\x1b\x07]*(?:\x07|\x1b\\)|\x1b[@-Z\\-~=>]|[\x0e\x0f]"
)


class Terminal:
    """Runs a command and reads what it draws. Times are seconds since the command was started.

    Only the stream of characters is kept, without colours and positions: a word is seen once it has been written in one go.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, columns: int = 120, lines: int = 36
    ) -> None:
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._leader = leader
        self.began = time.perf_counter()
        self._child = subprocess.Popen(
            command, stdin=follower, stdout=follower, stderr=follower, env=dict(environment), start_new_session=True
        )
        os.close(follower)
        self.pid = self._child.pid
        self._raw = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGKILL)
            self._child.wait()
        os.close(self._leader)

    @property
    def text(self) -> str:
        """What was drawn since the last `forget`."""
        return _ESCAPES.sub(b"", self._raw).decode(errors="replace")

    def forget(self) -> None:
        """Look only at what is drawn from now on."""
        self._raw = b""

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._leader, keys.encode())

    def read(self, seconds: float) -> bool:
        """Take in what is drawn within `seconds`, at most one piece; whether there was any."""
        if not select.select([self._leader], [], [], max(seconds, 0))[0]:
            return False
        try:
            piece = os.read(self._leader, 1 << 20)
        except OSError:  # how Linux tells that the other end of a terminal is closed
            piece = b""
        if not piece:
            raise AssertionError(f"the program has ended; at the last it drew: {self.text[-2000:]}")
        self._raw += piece
        return True

    def wait_for(self, *words: str, seconds: float = 60.0) -> float:
        """Wait until one of these words has been drawn; when that was."""
        deadline = time.perf_counter() + seconds
        while not any(word in self.text for word in words):
            if time.perf_counter() > deadline:
                raise AssertionError(f"none of {words} was drawn within {seconds} s: {self.text[-2000:]}")
            self.read(deadline - time.perf_counter())
        return time.perf_counter() - self.began

    def settle(self, seconds: float = 0.3) -> None:
        """Wait until nothing has been drawn for so long."""
        while self.read(seconds):
            pass

    def answer(self, key: str, seconds: float = 10.0) -> float:
        """Press a key and wait for the first thing drawn after it; milliseconds between."""
        while self.read(0):
            pass
        began = time.perf_counter()
        self.type(key)
        if not self.read(seconds):
            raise AssertionError(f"nothing was drawn within {seconds} s of {key!r}: {self.text[-2000:]}")
        return (time.perf_counter() - began) * 1000
