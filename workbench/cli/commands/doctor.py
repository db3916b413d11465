"""`workbench doctor`: is everything here that the workbench needs, and is the database well."""

import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click

from db.errors import StoreError
from workbench import __version__, paths
from workbench.cli.commands.database import DAMAGE
from workbench.cli.context import Call, pass_call, store_command
from workbench.cli.encoding import LOADING_SECONDS
from workbench.cli.layout import counted, joined, pad, wrap
from workbench.cli.output import out, out_json, plain_marks, width
from workbench.cli.types import format_option
from workbench.errors import ExitCode, WorkbenchError
from workbench.matching.encoder import BATCH, MODEL_SHA256, EncoderUnavailable, model_folder, model_id, verify
from workbench.matching.encoder_process import EncoderProcess
from workbench.settings import load

_SMALLEST = (60, 16)
_SAFE_WAL = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


class State(StrEnum):
    """How a finding is."""

    FINE = "fine"
    NOTE = "note"
    PROBLEM = "problem"


_MARKS = {State.FINE: ("✓", "v"), State.NOTE: ("•", "*"), State.PROBLEM: ("✗", "x")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    state: State
    text: str


@store_command("doctor", short_help="Check this installation and the database.")
@click.option("--encoder", is_flag=True, help="Also load the encoder, which takes some seconds.")
@format_option("text", "json")
@pass_call
def doctor(call: Call, encoder: bool, spelling: str) -> None:
    """Check Python, SQLite, the encoder's weights, the terminal, the folders and the database. Exit code 1 on a problem."""
    findings = list(examine(call, encoder=encoder))
    if spelling == "json":
        rows = [{"name": item.name, "state": item.state.value, "text": item.text} for item in findings]
        out_json({"version": __version__, "findings": rows})
    else:
        for item in findings:
            mark = _MARKS[item.state][plain_marks()]
            out(wrap(item.text, width(), f"{mark} {pad(item.state.value, 8)}{pad(item.name, 10)} "))
    if any(item.state is State.PROBLEM for item in findings):
        click.get_current_context().exit(ExitCode.NO)


def examine(call: Call, *, encoder: bool = False) -> Iterator[Finding]:
    """Look at everything, one after the other; at the encoder's work too where `encoder` says so."""
    yield Finding("workbench", State.FINE, __version__)
    yield Finding("python", State.FINE, f"{sys.version.split()[0]} at {sys.executable}")
    yield _sqlite()
    yield _weights()
    if encoder:
        yield _encoding()
    yield _terminal()
    yield from _folders()
    yield _settings()
    yield _place(call)
    yield _database(call)


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite lacks the WAL-reset bug of 3.7.0 to 3.51.2, mended in 3.51.3 and back in 3.50.7 and 3.44.6."""
    if version >= _SAFE_WAL[0]:
        return True
    return any(version[:2] == safe[:2] and version >= safe for safe in _SAFE_WAL[1:])


def _sqlite() -> Finding:
    safe = wal_is_safe(sqlite3.sqlite_version_info)
    text = "safe with a write-ahead log too" if safe else "unsafe with a write-ahead log, which is not used here"
    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    if "ENABLE_FTS5" not in options:
        return Finding("sqlite", State.PROBLEM, f"{sqlite3.sqlite_version} lacks full-text search (FTS5)")
    return Finding("sqlite", State.FINE, f"{sqlite3.sqlite_version}; {text}")


def _weights() -> Finding:
    try:
        folder = model_folder()
        verify(folder)
    except EncoderUnavailable as error:
        return Finding("encoder", State.PROBLEM, f"{error.reason} Matching goes on by words.")
    return Finding("encoder", State.FINE, f"{model_id()}, weights as tested (sha256 {MODEL_SHA256[:12]}…)")


def _encoding() -> Finding:
    other = load().model
    encoder = EncoderProcess(model=Path(other)) if other else EncoderProcess()
    began = time.monotonic()
    try:
        encoder.start()
        encoder.encode(["A claim to try the encoder with."], LOADING_SECONDS)
        loaded = time.monotonic() - began
        # As many as evidence has: only then is the way loaded that encodes passages.
        encoder.encode([f"Passage {number} to try it with." for number in range(BATCH)], LOADING_SECONDS)
        way, slower = encoder.way, encoder.slower
    except EncoderUnavailable as error:
        return Finding("encoding", State.PROBLEM, f"{error.reason} Matching goes on by words.")
    finally:
        encoder.close()
    first = f"loaded and encoded a sentence in {loaded:.1f} s; passages with {way}"
    return (
        Finding("encoding", State.NOTE, f"{first}, since {slower}")
        if slower
        else Finding("encoding", State.FINE, first)
    )


def _terminal() -> Finding:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Finding("terminal", State.NOTE, "none at both ends here; the screen needs one")
    columns, lines = shutil.get_terminal_size()
    colours = os.environ.get("COLORTERM", "") or "no COLORTERM"
    facts = joined([os.environ.get("TERM", "no TERM"), colours, f"{columns}×{lines}", sys.stdout.encoding])
    if columns < _SMALLEST[0] or lines < _SMALLEST[1]:
        return Finding("terminal", State.NOTE, f"{facts}; the screen needs {_SMALLEST[0]}×{_SMALLEST[1]}")
    if plain_marks():
        return Finding(
            "terminal", State.NOTE, f"{facts}; not UTF-8, so marks are plain: workbench settings set ascii on"
        )
    return Finding("terminal", State.FINE, facts)


def _folders() -> Iterator[Finding]:
    for name, folder in (("config", paths.config_dir()), ("data", paths.data_dir()), ("cache", paths.cache_dir())):
        existing = next((place for place in (folder, *folder.parents) if place.exists()), Path("/"))
        if os.access(existing, os.W_OK | os.X_OK) and existing.is_dir():
            yield Finding(name, State.FINE, str(folder))
        else:
            yield Finding(name, State.PROBLEM, f"{folder} cannot be written: {existing} does not allow it")


def _settings() -> Finding:
    try:
        found = load()
    except WorkbenchError as error:
        return Finding("settings", State.PROBLEM, str(error))
    return Finding("settings", State.FINE, f"you act as {found.name} ({found.source_of('name')})")


def _place(call: Call) -> Finding:
    from workbench.services.sharing import shared_folder_of

    path = call.db or paths.default_db()
    found = shared_folder_of(path)
    if not found:
        return Finding(
            "place", State.FINE, f"{path.parent} is no network and no synchronised folder that is known here"
        )
    state = State.NOTE if call.even_shared_folder else State.PROBLEM
    return Finding("place", state, f"{path} lies in {found}; a database that is worked on there gets damaged")


def _database(call: Call) -> Finding:
    place = call.db or paths.default_db()
    if not place.exists():
        return Finding("database", State.NOTE, f"{place} is not there yet; bringing in an article makes it")
    try:
        service = call.workbench().sharing
        damage = [problem for problem in service.check() if problem.severity.value == DAMAGE]
        info = service.info()
    except (StoreError, WorkbenchError) as error:
        return Finding("database", State.PROBLEM, str(error))
    if damage:
        return Finding("database", State.PROBLEM, f"{place}: {damage[0].message}")
    holds = f"{counted(info.articles, 'article')}, {counted(info.documents, 'document')}, schema {info.schema}"
    pending = f"{counted(info.pending, 'passage')} not encoded yet" if info.pending else ""
    return Finding("database", State.FINE, joined([f"{place} is whole", holds, pending]))
