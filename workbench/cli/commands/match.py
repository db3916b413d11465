"""`workbench match`: the passages that may bear on a claim, one claim or many."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

import click

from workbench.app import Workbench
from workbench.cli.comparing import look_for_copies
from workbench.cli.context import Call, pass_call, store_command
from workbench.cli.encoding import meaning_at_hand
from workbench.cli.layout import one_line, wrap
from workbench.cli.output import out, out_json, out_rows, say, width, words_or_input
from workbench.cli.progress import ProgressLine, stoppable
from workbench.cli.render_evidence import matches_text
from workbench.cli.shapes_evidence import match as match_shape
from workbench.cli.shapes_evidence import match_row, matches
from workbench.cli.types import DAY, WORDS
from workbench.errors import InputRefused
from workbench.services.views import ClaimView, Progress

_LONGEST_ROW = 1_000_000


@store_command("match", short_help="Find the passages that may bear on a claim.")
@click.argument("claim", required=False, metavar="[CLAIM]")
@click.option("--text", type=WORDS, metavar="TEXT|-", help="Match this text instead of a recorded claim.")
@click.option("--queries", metavar="FILE.jsonl|-", help='Match many: one {"id", "text"} a line; one line per hit.')
@click.option("--top", type=click.IntRange(1, 200), default=10, show_default=True, help="How many passages for each.")
@click.option("--words-only", is_flag=True, help="Do not match by meaning; needs no encoder.")
@click.option("--date", "claim_date", type=DAY, help="When the text was written, for comparing dates.")
@click.option(
    "--format",
    "spelling",
    type=click.Choice(("text", "json", "jsonl")),
    help="How to write the result; with --queries always JSON Lines.",
)
@pass_call
def match(
    call: Call,
    claim: str | None,
    text: str | None,
    queries: str | None,
    top: int,
    words_only: bool,
    claim_date: date | None,
    spelling: str | None,
) -> None:
    """Find the passages that may bear on a claim, and say where each agrees and differs.

    The order is a suggestion; no figure here is strength of evidence. Loads the encoder where passages are encoded,
    which takes some seconds; says on standard error when only words were used, and why.
    """
    if sum(given is not None for given in (claim, text, queries)) != 1:
        raise click.UsageError("Give one of CLAIM, --text, --queries.")
    if queries is not None:
        if spelling not in (None, "jsonl"):
            raise click.UsageError("--queries writes JSON Lines.")
        _match_many(call, queries, top, words_only)
        return
    words = words_or_input(text) if text is not None else None
    workbench = call.workbench()
    subject: ClaimView | str = workbench.claims.get(claim or "") if words is None else words
    meaning = not words_only and meaning_at_hand(workbench)
    look_for_copies(workbench)
    found = workbench.matching.match(subject, top=top, meaning=meaning, claim_date=claim_date)
    if meaning and found.note:
        say(f"note: {found.note}")
    query = subject if isinstance(subject, str) else subject.claim.id
    if spelling == "json":
        out_json(matches(found, query))
    elif spelling == "jsonl":
        out_rows(match_shape(item, query) for item in found.matches)
    else:
        wording = subject if isinstance(subject, str) else subject.claim.wording
        out(f"{wrap(one_line(wording), width())}\n\n{matches_text(found, width())}")


@dataclass(frozen=True, slots=True)
class _Query:
    identity: str
    text: str


def _match_many(call: Call, file: str, top: int, words_only: bool) -> None:
    with _opened(file) as stream:
        workbench = call.workbench()
        meaning = not words_only and meaning_at_hand(workbench)
        look_for_copies(workbench)
        with ProgressLine() as progress, stoppable() as cancelled:
            for number, query in enumerate(_rows(stream, file), 1):
                out_rows(_hits(workbench, query, top, meaning))
                progress(Progress(number, None, "queries", file))
                if cancelled():
                    raise click.Abort


def _hits(workbench: Workbench, query: _Query, top: int, meaning: bool) -> Iterator[dict[str, object]]:
    found = workbench.matching.match(query.text, top=top, meaning=meaning)
    return (match_row(item, query.identity) for item in found.matches)


def _opened(file: str) -> IO[bytes]:
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


def _rows(stream: IO[bytes], name: str) -> Iterator[_Query]:
    """The queries of a file, one by one. Raises InputRefused at the first line that is none."""
    for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_ROW + 1), b""), 1):
        where = f"{name}, line {number}"
        if len(line) > _LONGEST_ROW:
            raise InputRefused(f"{where} is longer than {_LONGEST_ROW:,} bytes.", "Shorten it.")
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputRefused(f"{where} is not JSON: {error}.", 'A line is {"id": …, "text": …}.') from error
        text = row.get("text") if isinstance(row, dict) else None
        identity = row.get("id") if isinstance(row, dict) else None
        if not isinstance(text, str) or not isinstance(identity, str | int):
            raise InputRefused(f"{where} lacks an “id” or a “text”.", 'A line is {"id": …, "text": …}.')
        yield _Query(str(identity), text)
