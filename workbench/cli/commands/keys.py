"""`workbench keys`: what the terminal really sends, since many keep keys for themselves."""

import os
import select
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager

import click

from workbench.cli.context import on_terminal
from workbench.cli.layout import pad
from workbench.cli.output import out, say
from workbench.errors import Misuse

_ENOUGH = {b"\x04", b"\x03"}
_NAMES = {
    b"\r": "enter", b"\n": "ctrl+j", b"\t": "tab", b"\x1b[Z": "shift+tab", b"\x1b": "escape", b" ": "space",
    b"\x7f": "backspace", b"\x00": "ctrl+space", b"\x1b[A": "up", b"\x1b[B": "down", b"\x1b[C": "right",
    b"\x1b[D": "left", b"\x1bOA": "up", b"\x1bOB": "down", b"\x1bOC": "right", b"\x1bOD": "left",
    b"\x1b[H": "home", b"\x1b[F": "end", b"\x1b[1~": "home", b"\x1b[4~": "end", b"\x1b[2~": "insert",
    b"\x1b[3~": "delete", b"\x1b[5~": "page up", b"\x1b[6~": "page down", b"\x1bOP": "f1", b"\x1bOQ": "f2",
    b"\x1bOR": "f3", b"\x1bOS": "f4", b"\x1b[15~": "f5", b"\x1b[17~": "f6", b"\x1b[18~": "f7", b"\x1b[19~": "f8",
    b"\x1b[20~": "f9", b"\x1b[21~": "f10", b"\x1b[23~": "f11", b"\x1b[24~": "f12",
}  # fmt: skip


@click.command("keys", short_help="Show what the terminal sends for each key.")
def keys() -> None:
    """Show what the terminal sends for each key. A key that shows nothing here is kept by the terminal for itself."""
    if not on_terminal():
        raise Misuse("Keys can only be shown on a terminal.", "Call it without redirecting input or output.")
    descriptor = sys.stdin.fileno()
    with _raw(descriptor):
        say("Press keys; ctrl+d or ctrl+c ends. A key that shows nothing is kept by the terminal for itself.")
        while (sent := _read(descriptor)) not in _ENOUGH and sent:
            out(describe(sent))


def describe(sent: bytes) -> str:
    """The name of a key and the bytes that were sent for it."""
    spelled = " ".join(f"{byte:02x}" for byte in sent)
    return f"{pad(_name(sent), 16)} {pad(spelled, 24)} {sent.decode('utf-8', 'backslashreplace')!a}"


def _name(sent: bytes) -> str:
    if sent in _NAMES:
        return _NAMES[sent]
    if len(sent) == 1 and sent[0] < 0x20:
        return f"ctrl+{chr(sent[0] + 0x60)}"
    if len(sent) == 2 and sent[0] == 0x1B:
        return f"alt+{_name(sent[1:])}"
    text = sent.decode("utf-8", "replace")
    return text if text.isprintable() else "(not named)"


@contextmanager
def _raw(descriptor: int) -> Iterator[None]:
    before = termios.tcgetattr(descriptor)
    tty.setraw(descriptor)
    raw = termios.tcgetattr(descriptor)
    raw[1] |= termios.OPOST  # what is written still starts each line at the left
    termios.tcsetattr(descriptor, termios.TCSADRAIN, raw)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _read(descriptor: int) -> bytes:
    """What one press sends: a terminal writes it at once, so what follows without a pause belongs to it."""
    sent = os.read(descriptor, 64)
    while sent and select.select([descriptor], [], [], 0.01)[0]:
        more = os.read(descriptor, 64)
        if not more:
            break
        sent += more
    return sent
