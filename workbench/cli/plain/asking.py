"""Asking and telling: one line after the other, no colour, no mark without a word, no cursor movement."""

import os
import shlex
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from workbench.cli.layout import one_line, wrap
from workbench.cli.output import out, plain_signs, width
from workbench.errors import InputRefused
from workbench.files import read_bounded

T = TypeVar("T")
_LONGEST = 200_000


class InputEnded(Exception):
    """There is nothing more to read: Ctrl-D, or the end of a script."""


class GoneBack(Exception):
    """A question was left without an answer; nothing was recorded."""


class Asker:
    """Reads answers from standard input and tells on standard output. `ascii` spells signs in plain ASCII."""

    def __init__(self, *, ascii: bool = False) -> None:  # noqa: A002 - named as the setting is
        self._ascii = ascii
        self._at_keyboard = sys.stdin.isatty() and sys.stdout.isatty()
        if self._at_keyboard:
            import readline  # noqa: F401 - loaded, it lets one edit the line that is being typed

    def tell(self, text: str = "") -> None:
        """Say one thing, on lines that break only where a terminal would break them."""
        line = one_line(text)
        if self._at_keyboard:
            line = wrap(line, width())
        out(plain_signs(line) if self._ascii else line)

    def read(self) -> str:
        """The next line as typed, in Unicode's composed form as stored texts are. Raises InputEnded, and InputRefused."""
        try:
            line = f"{input('> ')}\n" if self._at_keyboard else sys.stdin.readline()
        except EOFError as error:
            raise InputEnded from error
        except UnicodeDecodeError as error:
            raise InputRefused(
                "What was given is not UTF-8.", "Convert it first; what was done so far is kept."
            ) from error
        if not line:
            raise InputEnded
        return unicodedata.normalize("NFC", line.rstrip("\r\n"))

    def ask(self, question: str) -> str:
        """One line, without blanks around it; empty where only Enter was pressed. Raises InputEnded."""
        self.tell(question)
        return self.read().strip()

    def need(self, question: str) -> str:
        """One line that is not empty. Raises GoneBack for an empty one."""
        answer = self.ask(f"{question} Enter alone goes back.")
        if not answer:
            raise GoneBack
        return answer

    def agree(self, question: str) -> bool:
        """Whether the answer is yes; anything else is no."""
        return self.ask(f"{question} Type yes or no.").casefold() in ("y", "yes")

    def choose(
        self,
        question: str,
        options: Sequence[T],
        said: Callable[[T], str],
        words: Callable[[T], Sequence[str]] = lambda _: (),
        *,
        default: T | None = None,
    ) -> T:
        """One of the options, by its number or one of its `words`. Raises GoneBack for Enter alone without a default."""
        self.tell(question)
        for number, option in enumerate(options, 1):
            self.tell(f"{number}. {said(option)}")
        ending = "Enter alone goes back." if default is None else f"Enter alone takes {options.index(default) + 1}."
        while True:
            answer = self.ask(f"Number 1 to {len(options)}? {ending}")
            if not answer:
                if default is None:
                    raise GoneBack
                return default
            found = _picked(answer, options, words)
            if found is not None:
                return found
            self.tell(f"There is no {answer} here.")

    def text(self, question: str, before: str = "", keep: Callable[[str], None] = lambda _: None) -> str:
        """A text of several lines. `before` stands where nothing else is typed; `keep` is given every state of it."""
        if before:
            self.tell(f"So far: {before}")
        self.tell(
            f"{question} Type it; an empty line ends it. A line with only e opens your editor, only a minus empties it."
            + (" Enter alone keeps what there is." if before else "")
        )
        lines: list[str] = []
        while True:
            line = self.read()
            if not line.strip():
                return "\n".join(lines) if lines else before
            if line.strip() == "e" and not lines:
                edited = self.edit(before)
                keep(edited)
                return edited
            if line.strip() == "-" and not lines:
                keep("")
                return ""
            lines.append(line)
            keep("\n".join(lines))

    def edit(self, text: str) -> str:
        """The text as it comes back from the editor that VISUAL or EDITOR names. Raises InputRefused."""
        named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not named:
            raise InputRefused("No editor is set.", "Set EDITOR to the command of your editor, or type here.")
        with tempfile.TemporaryDirectory(prefix="claim-workbench-") as folder:
            file = Path(folder) / "text.txt"
            file.write_text(text, encoding="utf-8")
            try:
                done = subprocess.run([*shlex.split(named), str(file)], check=False)  # noqa: S603 - the user's own editor
            except (OSError, ValueError) as error:
                raise InputRefused(f"The editor {named} cannot be started.", "Check EDITOR.") from error
            if done.returncode:
                raise InputRefused(f"The editor ended with {done.returncode}; the text is as it was.", "Try again.")
            try:
                return read_bounded(file, _LONGEST).decode("utf-8").strip()
            except UnicodeDecodeError as error:
                raise InputRefused("What the editor wrote is not UTF-8.", "Save it as UTF-8.") from error


def _picked(answer: str, options: Sequence[T], words: Callable[[T], Sequence[str]]) -> T | None:
    if answer.isdecimal() and answer.isascii():
        return options[int(answer) - 1] if 1 <= int(answer) <= len(options) else None
    named = [option for option in options if answer.casefold() in [word.casefold() for word in words(option)]]
    return named[0] if len(named) == 1 else None
