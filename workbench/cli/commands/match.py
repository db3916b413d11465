"""`workbench match`: the passages that may bear on a claim, one claim or many."""

from dataclasses import replace
from datetime import date
from typing import Any

import click

from workbench.app import Workbench
from workbench.cli.batch import match_rows, opened
from workbench.cli.comparing import look_for_copies
from workbench.cli.context import Call, pass_call, store_command
from workbench.cli.encoding import meaning_at_hand
from workbench.cli.filtering import chosen_filter, filter_options, without_claim
from workbench.cli.layout import one_line, wrap
from workbench.cli.output import out, out_json, out_rows, say, width, words_or_input
from workbench.cli.progress import ProgressLine, stoppable
from workbench.cli.render_evidence import matches_text
from workbench.cli.render_search import dismissals_text
from workbench.cli.shapes_evidence import match as match_shape
from workbench.cli.shapes_evidence import matches
from workbench.cli.shapes_search import dismissals
from workbench.cli.types import DAY, WORDS
from workbench.errors import ExitCode, WorkbenchError
from workbench.matching.query import read_query
from workbench.services.filters import Filter
from workbench.services.views import ClaimView, MatchList


@store_command("match", short_help="Find the passages that may bear on a claim.")
@click.argument("claim", required=False, metavar="[CLAIM]")
@click.option("--text", type=WORDS, metavar="TEXT|-", help="Match this text instead of a recorded claim.")
@click.option("--queries", metavar="FILE.jsonl|-", help='Match many: one {"id", "text"} a line; one line per hit.')
@click.option("--query", type=WORDS, help="Find passages by this query instead; compares them with CLAIM or --text.")
@click.option("--dismissed", is_flag=True, help="List what was dismissed for CLAIM instead.")
@click.option("--why", is_flag=True, help="Say for each passage why it was found: words and how rare, places, wording.")
@click.option("--even-short", is_flag=True, help="Match a claim of under eight words too, and passages as short.")
@click.option("--top", type=click.IntRange(1, 200), default=10, show_default=True, help="How many passages for each.")
@click.option("--words-only", is_flag=True, help="Do not match by meaning; needs no encoder.")
@click.option("--date", "claim_date", type=DAY, help="When the text was written, for comparing dates.")
@filter_options
@click.option(
    "--format",
    "spelling",
    type=click.Choice(("text", "json", "jsonl")),
    help="How to write the result; with --queries always JSON Lines.",
)
@pass_call
def match(
    call: Call,
    /,
    claim: str | None,
    text: str | None,
    queries: str | None,
    query: str | None,
    dismissed: bool,
    why: bool,
    even_short: bool,
    top: int,
    words_only: bool,
    claim_date: date | None,
    spelling: str | None,
    **asked: Any,
) -> None:
    """Find the passages that may bear on a claim, and say where each agrees and differs.

    The order is a suggestion; no figure here is strength of evidence. Loads the encoder where passages are encoded,
    which takes some seconds; says on standard error when only words were used, and why.

    Documents of the outlet whose article is checked are not suggested for its claims, nor anything for a claim of under
    eight words. A query holds words, "phrases", -exclusions and begin*. With --queries a row that is no query is named
    on standard error and the rest goes on; exit code 1 then, 3 when no row was one.
    """
    if sum(given is not None for given in (claim, text, queries)) != 1:
        raise click.UsageError("Give one of CLAIM, --text, --queries.")
    wanted = chosen_filter(**asked)
    if queries is not None:
        if spelling not in (None, "jsonl") or query is not None or dismissed or why or claim_date:
            raise click.UsageError(
                "--queries writes JSON Lines and takes neither --query, --dismissed, --why nor --date."
            )
        _match_many(call, queries, without_claim(wanted), top, words_only)
        return
    if dismissed:
        if claim is None:
            raise click.UsageError("--dismissed is about a CLAIM.")
        _list_dismissed(call, claim, spelling)
        return
    words = words_or_input(text) if text is not None else None
    wanted = wanted if words is None else without_claim(wanted)
    workbench = call.workbench()
    subject: ClaimView | str = workbench.claims.get(claim or "") if words is None else words
    meaning = not words_only and meaning_at_hand(workbench)
    look_for_copies(workbench)
    found = workbench.matching.match(
        subject,
        query=read_query(query) if query is not None else None,
        wanted=wanted,
        top=top,
        meaning=meaning,
        claim_date=claim_date,
        even_short=even_short,
    )
    if meaning and found.note:
        say(f"note: {found.note}")
    name = subject if isinstance(subject, str) else subject.claim.id
    wording = subject if isinstance(subject, str) else subject.claim.wording
    found = _with_suggestions(workbench, wording, found)
    if spelling == "json":
        out_json(matches(found, name, why=why))
    elif spelling == "jsonl":
        out_rows(match_shape(item, name, why=why) for item in found.matches)
    else:
        out(f"{wrap(one_line(wording), width())}\n\n{matches_text(found, width(), why=why)}")


def _with_suggestions(workbench: Workbench, wording: str, found: MatchList) -> MatchList:
    """With what an NLI model says of each passage, where one is set; that it cannot is said on standard error."""
    inference = workbench.inference
    if inference is None or not found.matches:
        return found
    try:
        said = inference.suggest(wording, [item.passage.text for item in found.matches])
    except WorkbenchError as error:
        say(f"note: {error}")
        return found
    pairs = zip(found.matches, said, strict=True)
    return replace(found, matches=tuple(replace(item, suggestion=str(one)) for item, one in pairs))


def _match_many(call: Call, file: str, wanted: Filter, top: int, words_only: bool) -> None:
    with opened(file) as stream:
        workbench: Workbench = call.workbench()
        meaning = not words_only and meaning_at_hand(workbench)
        look_for_copies(workbench)
        with ProgressLine() as progress, stoppable() as cancelled:
            outcome = match_rows(
                workbench, stream, file, wanted=wanted, top=top, meaning=meaning, progress=progress, cancelled=cancelled
            )
    if outcome.refused:
        say(f"answered {outcome.answered:,} queries, refused {outcome.refused:,} rows")
        click.get_current_context().exit(ExitCode.NO if outcome.answered else ExitCode.INPUT_REFUSED)


def _list_dismissed(call: Call, claim: str, spelling: str | None) -> None:
    found = call.workbench().matching.dismissed(claim)
    if spelling == "json":
        out_json({"dismissed": dismissals(found)})
    elif spelling == "jsonl":
        out_rows(dismissals(found))
    elif found:
        out(dismissals_text(found, width()))
    else:
        say("Nothing is dismissed for this claim.")
