"""Why a store cannot be opened, read or written; each with what to do next."""


class StoreError(Exception):
    """Base of every expected error of the store.

    `message` says what was wrong and where, `hint` what to do next. Both are plain text.
    """

    exit_code = 4

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class NotAStore(StoreError):
    """The file is something else than a Claim Workbench database."""


class NewerStore(StoreError):
    """The file was written by a newer release and would be damaged by this one."""


class DamagedStore(StoreError):
    """The file is truncated, corrupt or inconsistent."""


class StoreBusy(StoreError):
    """Another process holds the file for longer than we are willing to wait."""


class StoreNotWritable(StoreError):
    """The file, its folder or its disk does not take writes."""


class TargetExists(StoreNotWritable):
    """A new file was to be written under a name that is taken; nothing was overwritten."""

    exit_code = 3


class RevisionRefused(StoreError):
    """A revision's body is not what its identifier, its form or its kind promises."""


class ConflictOpen(StoreError):
    """Several differing decisions stand side by side; one must be chosen before it can be edited."""

    exit_code = 3


class UndoBlocked(StoreError):
    """There is nothing to undo, or somebody else has since changed what the action changed."""

    exit_code = 1


class WithheldQuoted(StoreError):
    """A share would give away words of a confidential document; the message names where they stand."""

    exit_code = 1


class ForeignFileRefused(StoreError):
    """A file from outside is not taken in; nothing of it was written."""

    exit_code = 3


class SharedFolder(StoreError):
    """The file lies in a network or synchronised folder, where a live database gets damaged sooner or later."""
