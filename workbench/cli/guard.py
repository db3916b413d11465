"""The outermost layer: what each kind of failure says on standard error, and the exit code that it means."""

import errno
import os
import sys
from types import TracebackType
from typing import Self

import click

from db.errors import StoreError
from workbench.cli import crash
from workbench.cli.layout import one_line
from workbench.cli.output import ReaderGone, say
from workbench.errors import ExitCode, WorkbenchError

_STOPPED = "workbench: stopped; what was done so far is kept"


class Guard:
    """Runs a command: `with Guard() as guard: guard.code = …`; afterwards `guard.code` is the exit code.

    Expected errors become one line; whatever else goes wrong leaves a report without any text of the desk.
    """

    def __init__(self, command: str = "") -> None:
        """`command` is the command's name for a report, a word of ours and none that somebody typed."""
        self._command = command
        self.code: int = ExitCode.DONE

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None:
            return False
        if isinstance(error, KeyboardInterrupt | click.Abort):
            say(_STOPPED)
            self.code = ExitCode.CANCELLED
        elif isinstance(error, Exception):
            self.code = _explain(error, self._command)
        else:
            return False
        return True


def _explain(error: Exception, command: str) -> int:
    if isinstance(error, WorkbenchError | StoreError):
        say(f"workbench: {one_line(str(error))}")
        return int(error.exit_code)
    if isinstance(error, click.ClickException):
        return _misuse(error)
    if isinstance(error, ReaderGone | BrokenPipeError):
        _forget_output()
        return ExitCode.DONE
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF):
        _forget_output()
        say(f"workbench: the output could not be written: {error.strerror}. Make room or write to another place.")
        return ExitCode.INPUT_REFUSED
    crash.tell(error, command)
    return ExitCode.CRASHED


def _misuse(error: click.ClickException) -> int:
    message = one_line(error.format_message())
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        say(error.format_message())
        return error.exit_code
    hint = f" Try “{ctx.command_path} --help”." if ctx is not None else ""
    say(f"workbench: {message}{'' if message.endswith(('.', '?', ')')) else '.'}{hint}")
    return error.exit_code


def _forget_output() -> None:
    """Let nothing more be written to an output that is gone, not even by the interpreter as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.__stdout__.fileno() if sys.__stdout__ else 1)
    os.close(nowhere)
