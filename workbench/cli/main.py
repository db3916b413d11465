"""The `workbench` command: its table of commands, its global options, and the way in."""

import gc
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from workbench.cli.context import Call, in_browser, open_screen, refuse_without_terminal, shared_options
from workbench.cli.guard import Guard
from workbench.cli.lazy import Entry, LazyGroup
from workbench.cli.output import out
from workbench.errors import ExitCode

_PLACE = "workbench.cli.commands"
_READ, _EVIDENCE, _JUDGE = "Articles and claims", "Evidence and sources", "Judging"
_SHARE, _HOUSE, _START = "Reports and sharing", "Housekeeping", "Getting started"

ENTRIES = {
    name: Entry(section, f"{_PLACE}.{place}", text)
    for name, section, place, text in (
        ("demo", _START, "demo:demo", "Work on the sample case, in a database of its own."),
        ("split", _READ, "split:split", "Split a text into units and claims; no database."),
        ("article", _READ, "article:article", "Add, list, show, edit and export articles."),
        ("claims", _READ, "claim:claims", "List an article's claims with their states."),
        ("claim", _READ, "claim:claim", "Show a claim; offers, reword, split, merge, set aside."),
        (
            "checkworthiness", _READ, "checkworthiness:checkworthiness",
            "What makes a sentence worth checking; refit it to your desk.",
        ),
        ("office", _READ, "office:office", "Who held which office when; list, add, drop, import."),
        ("evidence", _EVIDENCE, "evidence:evidence", "Add, import, list, search and mark documents."),
        ("source", _EVIDENCE, "source:source", "Sources: profiles, assessments, others' ratings."),
        ("match", _EVIDENCE, "match:match", "Find the passages that may bear on a claim."),
        ("precedents", _EVIDENCE, "precedents:precedents", "How claims like this one were judged before."),
        ("compare", _EVIDENCE, "compare:compare", "Say where a passage agrees or differs; no database."),
        ("cite", _JUDGE, "cite:cite", "Tie a claim to the words of a document."),
        ("citation", _JUDGE, "cite:citation", "Edit or withdraw a citation."),
        ("verdict", _JUDGE, "verdict:verdict", "Record verdicts, see scales, resolve conflicts."),
        ("review", _JUDGE, "review:review", "Check by numbered prompts; a second person's judgement."),
        ("report", _SHARE, "report:report", "Write an article's report."),
        ("share", _SHARE, "share:share", "Pack a share, look into one, merge one."),
        ("history", _SHARE, "history:history", "What was decided, by whom, newest first."),
        ("undo", _SHARE, "history:undo", "Take back this device's latest action."),
        ("redo", _SHARE, "history:redo", "Do again what undo took back."),
        ("db", _HOUSE, "database:database", "The database file: facts, check, backup, upgrade."),
        ("settings", _HOUSE, "settings:settings", "List, read and change settings."),
        ("paths", _HOUSE, "settings:paths_command", "Where the workbench keeps its files."),
        ("doctor", _HOUSE, "doctor:doctor", "Check this installation and the database."),
        ("serve", _HOUSE, "serve:serve", "The terminal UI in a browser on this machine."),
        ("keys", _HOUSE, "keys:keys", "Show what the terminal sends for each key."),
    )
}  # fmt: skip

_COLLECT_AFTER = (50_000, 20, 20)
"""When to look for garbage in cycles. Loading libraries makes half a million objects and no garbage: with Python's 700 a
fifth of a start is spent on looking through them."""

_EPILOG = "Exit codes: 0 done, 1 the answer is no, 2 used wrongly, 3 input refused, 4 database refused, 130 stopped."


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from workbench import __version__

        out(f"workbench {__version__}")
        ctx.exit()


@click.group(
    "workbench",
    cls=LazyGroup,
    entries=ENTRIES,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog=_EPILOG,
)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Say the version.")
@click.pass_context
def cli(ctx: click.Context) -> int | None:
    """Split an article into claims, match them with evidence, record verdicts, report.

    Without a command: the terminal UI.
    """
    ctx.ensure_object(Call)
    if ctx.invoked_subcommand is not None:
        return None
    if not in_browser():
        refuse_without_terminal()
    return open_screen(ctx.ensure_object(Call))


cli.params += shared_options(hidden=False)


def execute(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (that of the process by default) and return its exit code; failures become one line."""
    given = sys.argv[1:] if arguments is None else arguments
    with Guard(next((word for word in given if word in ENTRIES), "")) as guard:
        code = cli.main(arguments, prog_name="workbench", standalone_mode=False)
        guard.code = code if isinstance(code, int) else ExitCode.DONE
        sys.stdout.flush()
    return int(guard.code)


def run() -> NoReturn:
    """Entry point of the console script; leaves with an exit code."""
    gc.set_threshold(*_COLLECT_AFTER)
    _mend_streams()
    sys.exit(execute())


def _mend_streams() -> None:
    """Streams that can be used: a closed one leads nowhere, a letter that cannot be spelled becomes its escape."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - stays open to the end
        elif isinstance(stream, io.TextIOWrapper) and mode == "w":
            stream.reconfigure(errors="backslashreplace")
