"""The errors that a person can meet, each with what to do next and the exit code it means on the command line."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line; an interface that scripts rely on."""

    DONE = 0
    NO = 1
    MISUSE = 2
    INPUT_REFUSED = 3
    STORE_REFUSED = 4
    CANCELLED = 130
    CRASHED = 70


class WorkbenchError(Exception):
    """Base of every expected error.

    `message` says what was wrong and where, `hint` what to do next; both are plain text that may hold
    pieces of user text, so whoever shows them makes control characters visible first.
    """

    exit_code = ExitCode.INPUT_REFUSED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputRefused(WorkbenchError):
    """A file, text or value from outside cannot be taken in; nothing was written."""


class ConfidentialQuoted(InputRefused):
    """What is to leave the desk would repeat words of a confidential document; the message names where they stand."""


class NotFound(WorkbenchError):
    """What a command names does not exist in this database."""


class Misuse(WorkbenchError):
    """The command was called in a way that cannot be meant."""

    exit_code = ExitCode.MISUSE


class StoreRefused(WorkbenchError):
    """The database cannot be opened, read or written."""

    exit_code = ExitCode.STORE_REFUSED
