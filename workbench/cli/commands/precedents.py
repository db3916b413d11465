"""`workbench precedents`: how claims like this one were judged before, by this desk and by others."""

from datetime import date

import click

from workbench.app import Workbench
from workbench.cli.context import Call, pass_call, store_command
from workbench.cli.encoding import load_encoder
from workbench.cli.layout import one_line, wrap
from workbench.cli.output import out, out_json, say, width, words_or_input
from workbench.cli.render_precedents import precedents_text
from workbench.cli.shapes_precedents import precedents as shape
from workbench.cli.types import DAY, WORDS
from workbench.errors import InputRefused
from workbench.matching.encoder import EncoderUnavailable
from workbench.services.precedent_views import Precedent, PrecedentList
from workbench.services.views import ClaimView


@store_command("precedents", short_help="How claims like this one were judged before.")
@click.argument("claim", required=False, metavar="[CLAIM]")
@click.option("--text", type=WORDS, metavar="TEXT|-", help="Ask for this text instead of a recorded claim.")
@click.option("--top", type=click.IntRange(1, 50), default=5, show_default=True, help="How many of each kind.")
@click.option("--words-only", is_flag=True, help="Do not find by meaning; needs no encoder.")
@click.option("--date", "claim_date", type=DAY, help="When the text was written, for comparing dates.")
@click.option(
    "--note", type=click.IntRange(1), metavar="N", help="Only the line that cites precedent N in a rationale."
)
@click.option("--rationale", type=click.IntRange(1), metavar="N", help="Only the rationale of precedent N, as a draft.")
@click.option(
    "--format", "spelling", type=click.Choice(("text", "json")), default="text", show_default=True,
    help="How to write the result.",
)  # fmt: skip
@pass_call
def precedents(
    call: Call,
    claim: str | None,
    text: str | None,
    top: int,
    words_only: bool,
    claim_date: date | None,
    note: int | None,
    rationale: int | None,
    spelling: str,
) -> None:
    """Show how claims like this one were judged before: own verdicts, then imported fact-checks.

    Each with its rating on its own scale, by whom and when, and where its wording differs from the claim. A precedent is
    no verdict: nothing is recorded. Numbers N count through both lists as they are shown.
    """
    if (claim is None) == (text is None):
        raise click.UsageError("Give one of CLAIM, --text.")
    if note is not None and rationale is not None:
        raise click.UsageError("Give one of --note, --rationale.")
    words = words_or_input(text) if text is not None else None
    workbench = call.workbench()
    subject: ClaimView | str = workbench.claims.get(claim or "") if words is None else words
    meaning = not words_only and _meaning_at_hand(workbench)
    found = workbench.precedents.find(subject, top=top, meaning=meaning, claim_date=claim_date)
    if meaning and found.note:
        say(f"note: {found.note}")
    if note is not None:
        out(workbench.precedents.note(_numbered(found, note)))
    elif rationale is not None:
        copied = workbench.precedents.copied(_numbered(found, rationale))
        out(copied.text)
        if copied.warning:
            say(f"note: {copied.warning}")
    elif spelling == "json":
        out_json(shape(found, subject if isinstance(subject, str) else subject.claim.id))
    else:
        wording = subject if isinstance(subject, str) else subject.claim.wording
        out(f"{wrap(one_line(wording), width())}\n\n{precedents_text(found, width())}")


def _numbered(found: PrecedentList, number: int) -> Precedent:
    if number > len(found.all):
        raise InputRefused(
            f"There is no precedent {number}; {len(found.all)} are shown.", "List them first, without --note."
        )
    return found.all[number - 1]


def _meaning_at_hand(workbench: Workbench) -> bool:
    """Whether precedents can be found by meaning now, after waiting for it; if not, why is said on standard error."""
    counts = workbench.precedents.counts()
    if not counts.wordings:
        return False
    if counts.pending == counts.wordings:
        say("words only: no wording of an earlier claim is encoded yet; “workbench evidence embed” does that")
        return False
    try:
        load_encoder(workbench)
    except EncoderUnavailable as error:
        say(f"words only: {error.reason}")
        return False
    return True
