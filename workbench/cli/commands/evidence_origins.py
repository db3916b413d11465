"""Which documents go back to one root: showing, joining, splitting."""

import click

from db.vocabulary import Confidentiality
from workbench.app import Workbench
from workbench.cli.comparing import look_for_copies
from workbench.cli.context import Call, pass_call
from workbench.cli.layout import clip
from workbench.cli.output import out, out_json, say, width
from workbench.cli.render_origins import origin_text, summaries_text
from workbench.cli.shapes_origins import origin as origin_shape
from workbench.cli.shapes_origins import summary as summary_shape
from workbench.cli.types import WORDS, Member, format_option
from workbench.errors import NotFound
from workbench.services.origin_views import OriginView

_CONFIDENTIALITY = Member(Confidentiality)
_SHOWN_REFUSALS = 20


@click.command("origins", short_help="Which documents go back to one root, and how the story went.")
@click.argument("key", required=False, metavar="[DOCUMENT|CLAIM]")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many to list.")
@click.option("--again", is_flag=True, help="Look through every document for copies anew first.")
@format_option("text", "json")
@pass_call
def origins(call: Call, key: str | None, limit: int, again: bool, spelling: str) -> None:
    """Show the origin of a document, or the origins of what is cited for a claim: its documents in order of time, what
    ties each to earlier ones, where it probably began, and circles of documents that only refer to each other.

    Without a key, list the origins that have several documents.
    """
    workbench = call.workbench()
    if again:
        workbench.origins.again()
    look_for_copies(workbench)
    if key is None:
        listed = workbench.origins.list(limit)
        if spelling == "json":
            out_json({"origins": [summary_shape(item) for item in listed]})
        elif listed:
            out(summaries_text(listed, width()))
        else:
            say("No two documents share enough words to go back to one origin.")
        return
    views, marked = _origins_of(workbench, key)
    if spelling == "json":
        out_json({"origins": [origin_shape(view) for view in views]})
    elif views:
        out("\n\n".join(origin_text(view, width(), marked) for view in views))
    else:
        say("Nothing is cited for this claim yet; match shows the origins of what is suggested.")


def _origins_of(workbench: Workbench, key: str) -> tuple[list[OriginView], str]:
    try:
        view = workbench.origins.of_document(key)
    except NotFound as no_document:
        try:
            return workbench.origins.of_claim(key), ""
        except NotFound:
            raise no_document from None
    return [view], workbench.evidence.show(key).view.document.content_hash


@click.command("join", short_help="Say that a document has the origin of another one.")
@click.argument("key", metavar="DOCUMENT")
@click.argument("other", metavar="OTHER")
@click.option("--reason", type=WORDS, required=True, help="How you know.")
@pass_call
def join(call: Call, key: str, other: str, reason: str) -> None:
    """Say that a document has the origin of another one, whatever their words; undo takes it back."""
    workbench = call.workbench()
    workbench.origins.join(key, other, reason)
    say(f"{_of(workbench, key)} now has the origin of {_of(workbench, other)}")


@click.command("split", short_help="Say that a document has another origin than another one.")
@click.argument("key", metavar="DOCUMENT")
@click.argument("other", metavar="OTHER")
@click.option("--reason", type=WORDS, required=True, help="How you know.")
@pass_call
def split(call: Call, key: str, other: str, reason: str) -> None:
    """Say that a document has another origin than another one, whatever they share; the first leaves. Undo takes it back."""
    workbench = call.workbench()
    workbench.origins.split(key, other, reason)
    say(f"{_of(workbench, key)} now has another origin than {_of(workbench, other)}")


@click.command("unlink", short_help="Take back what was decided about two documents' origins.")
@click.argument("key", metavar="DOCUMENT")
@click.argument("other", metavar="OTHER")
@pass_call
def unlink(call: Call, key: str, other: str) -> None:
    """Take back what was decided about the origins of two documents; history keeps it."""
    workbench = call.workbench()
    workbench.origins.withdraw(key, other)
    say(f"nothing is decided about {_of(workbench, key)} and {_of(workbench, other)} any more")


def _of(workbench: Workbench, key: str) -> str:
    found = workbench.evidence.show(key).view.document
    return f"document {found.id}, “{clip(found.title, 50)}”"
