"""`workbench review`: a second person's judgement of recorded verdicts."""

import click

from db.vocabulary import ReviewOutcome
from workbench.cli.context import Call, StoreGroup, pass_call
from workbench.cli.layout import clip, joined, one_line, wrap
from workbench.cli.output import out, out_json, say, width, words_or_input
from workbench.cli.render import level_label
from workbench.cli.shapes import review as review_shape
from workbench.cli.shapes import verdict as verdict_shape
from workbench.cli.types import WORDS, Member, format_option
from workbench.services.keys import short


@click.group(
    "review",
    cls=StoreGroup,
    invoke_without_command=True,
    short_help="Check by numbered prompts; a second person's judgement.",
)
@click.option("--plain", "article", metavar="ARTICLE", help="Walk through an article by numbered prompts; as `plain`.")
@click.pass_context
def review(ctx: click.Context, article: str | None) -> int | None:
    """Walking through an article's claims by numbered prompts, and reviews of recorded verdicts by somebody else.

    --as says who reviews; whoever recorded a verdict cannot review it.
    """
    if ctx.invoked_subcommand is not None:
        if article is not None:
            raise click.UsageError("--plain stands alone.")
        return None
    if article is None:
        raise click.exceptions.NoArgsIsHelpError(ctx)
    code: int = ctx.invoke(plain, article=article, in_ascii=False, words_only=False)
    return code


@review.command("plain", short_help="Walk through an article's claims by numbered prompts.")
@click.argument("article")
@click.option("--ascii", "in_ascii", is_flag=True, help="Spell quotation marks, dashes and dots in plain ASCII.")
@click.option("--words-only", is_flag=True, help="Do not match by meaning; needs no encoder.")
@pass_call
def plain(call: Call, article: str, in_ascii: bool, words_only: bool) -> int:
    """Walk through an article's claims by numbered prompts, made for screen readers and slow lines.

    Everything the Desk does can be done here: matches with what differs, citations, verdicts, setting aside, splitting,
    references, offers, undo. Every answer is a line, so that a script can give them too. Each action is saved at once;
    Ctrl-C leaves a question, Ctrl-D the article.
    """
    from workbench.cli.plain.asking import Asker
    from workbench.cli.plain.desk import PlainDesk
    from workbench.cli.plain.loop import run

    workbench = call.workbench()
    asker = Asker(ascii=in_ascii or workbench.settings.ascii)
    return run(PlainDesk(workbench, asker, article, words_only=words_only))


@review.command("record", short_help="Say whether one agrees with a verdict.")
@click.argument("claim")
@click.option("--outcome", type=Member(ReviewOutcome), required=True, help="Whether the reviewer agrees.")
@click.option("--scale", metavar="SCALE", help="The rating scale; else the one in the settings.")
@click.option("--level", type=WORDS, default="", help="The level the reviewer would give.")
@click.option("--note", type=WORDS, default="", help="Why; “-” reads it from standard input.")
@pass_call
def record(call: Call, claim: str, outcome: ReviewOutcome, scale: str | None, level: str, note: str) -> None:
    """Say whether one agrees with a verdict as it stands, and print the review's key."""
    words = words_or_input(note)
    service = call.workbench().verdicts
    made = service.review(claim, scale or service.default_scale(), outcome, level=level, note=words)
    say(f"{one_line(made.author)} {made.outcome.value}")
    out(made.id)


@review.command("list", short_help="An article's verdicts with their reviews.")
@click.argument("article")
@format_option("text", "json")
@pass_call
def list_reviews(call: Call, article: str, spelling: str) -> None:
    """An article's verdicts with their reviews; a verdict without one still waits for a second person."""
    desk = call.workbench().articles.desk(article)
    judged = [view for view in desk.claims if view.verdicts]
    if spelling == "json":
        rows = [
            {
                "claim": view.claim.id,
                "number": view.number,
                "wording": view.claim.wording,
                "verdicts": [verdict_shape(item) for item in view.verdicts],
                "reviews": [review_shape(item) for item in view.reviews],
            }
            for view in judged
        ]
        out_json({"claims": rows})
        return
    if not judged:
        say("No verdict to review yet.")
    for view in judged:
        out(f"{view.number:>3} {short(view.claim.id)}  {clip(view.claim.wording, width() - 12)}")
        for item in view.verdicts:
            out(wrap(joined([level_label(item), item.scale, item.author]), width(), "    "))
            reviews = [given for given in view.reviews if given.verdict_id == item.id]
            for given in reviews:
                later = "" if given.verdict_rid == item.decision else "of an earlier verdict"
                line = joined([f"{given.author} {given.outcome.value}", given.level, later, given.note])
                out(wrap(line, width(), "      review: "))
            if not reviews:
                out("      not reviewed")
