"""What services say of an import."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something from outside that was not taken in, and why."""

    name: str
    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of an import. Everything added is kept, also where it was cancelled.

    `tightened` counts documents that were known before and are more confidential now. `warnings` name what was taken in
    and deserves a look, such as a guessed encoding.
    """

    added: int
    known: int
    passages: int
    refused: tuple[Refusal, ...]
    cancelled: bool
    tightened: int = 0
    warnings: tuple[Refusal, ...] = ()
