"""Many queries from a file, in bounded memory: read in small batches, answered together, written as they are done."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import click

from workbench.app import Workbench
from workbench.cli.output import out_rows, say
from workbench.cli.shapes_evidence import match_row
from workbench.errors import InputRefused
from workbench.services.filters import Filter
from workbench.services.views import Progress

LONGEST_ROW = 1_000_000
BATCH = 64
"""Queries that share a batch of the encoder and a scan of the vectors."""
_SHOWN_REFUSALS = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of the file."""

    identity: str
    text: str


@dataclass(slots=True)
class Outcome:
    """How many rows were answered, and how many were no queries."""

    answered: int = 0
    refused: int = 0


def match_rows(
    workbench: Workbench,
    stream: IO[bytes],
    name: str,
    *,
    wanted: Filter,
    top: int,
    meaning: bool,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Outcome:
    """Answer the queries of a file. A row that is none is named on standard error, and the rest goes on.

    Raises click.Abort when `cancelled` says so, after the batch at hand.
    """
    outcome = Outcome()
    asked = _asked(stream, name, outcome)
    while batch := list(islice(asked, BATCH)):
        found = workbench.matching.many([row.text for row in batch], wanted=wanted, top=top, meaning=meaning)
        out_rows(
            match_row(hit, row.identity) for row, answer in zip(batch, found, strict=True) for hit in answer.matches
        )
        outcome.answered += len(batch)
        progress(Progress(outcome.answered, None, "queries", name))
        if cancelled():
            raise click.Abort
    if outcome.refused > _SHOWN_REFUSALS:
        say(f"refused {outcome.refused - _SHOWN_REFUSALS:,} more rows")
    return outcome


def opened(file: str) -> IO[bytes]:
    """A file of queries, or standard input for "-". Raises InputRefused."""
    if file == "-":
        return click.open_file("-", "rb")
    try:
        if Path(file).is_dir():
            raise InputRefused(f"{file} is a folder, not a file.", "Name a JSON Lines file.")
        return Path(file).open("rb")
    except FileNotFoundError as error:
        raise InputRefused(f"There is no file {file}.", "Check the path.") from error
    except OSError as error:
        raise InputRefused(f"{file} cannot be read: {error.strerror}.", "Check its permissions.") from error


def _asked(stream: IO[bytes], name: str, outcome: Outcome) -> Iterator[Asked]:
    number = 0
    while line := stream.readline(LONGEST_ROW + 1):
        number += 1
        whole = len(line) <= LONGEST_ROW
        while not whole and line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_ROW)
        if whole and not line.strip():
            continue
        row = _row(line) if whole else f"is longer than {LONGEST_ROW:,} bytes"
        if isinstance(row, Asked):
            yield row
            continue
        outcome.refused += 1
        if outcome.refused <= _SHOWN_REFUSALS:
            say(f'refused {name}, line {number}: it {row}; a line is {{"id": …, "text": …}}')


def _row(line: bytes) -> Asked | str:
    """The query in a line, or what is wrong with it."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"is not JSON ({error})"
    text = row.get("text") if isinstance(row, dict) else None
    identity = row.get("id") if isinstance(row, dict) else None
    if not isinstance(text, str) or not isinstance(identity, str | int) or isinstance(identity, bool):
        return "lacks an “id” or a “text”"
    if any("\ud800" <= letter <= "\udfff" for letter in text + str(identity)):
        return "holds half a surrogate pair, which is no text"
    return Asked(str(identity), text)
