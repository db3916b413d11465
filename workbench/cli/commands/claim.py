"""`workbench claims` and `workbench claim`: the list of claims, and working on one."""

import re

import click

from db.tables import Claim
from db.vocabulary import Relation
from workbench.cli.commands.claim_offers import accept, drop, offers, propose
from workbench.cli.commands.references import references, resolve
from workbench.cli.context import Call, StoreGroup, pass_call, store_command
from workbench.cli.layout import clip, counted, joined, one_line, wrap
from workbench.cli.output import out, out_json, say, width, words_or_input
from workbench.cli.render import claim_block, claim_lines
from workbench.cli.shapes import article as article_shape
from workbench.cli.shapes import claim as claim_shape
from workbench.cli.shapes import coverage
from workbench.cli.types import WORDS, format_option
from workbench.errors import InputRefused
from workbench.services.keys import short
from workbench.services.status import DECIDED
from workbench.services.views import OPEN, ClaimView, Order, Status, ordered
from workbench.text.folding import fold

_STATUSES = ("open", *(status.value.replace("_", "-") for status in Status))


@store_command("claims", short_help="List an article's claims with their states.")
@click.argument("article", metavar="ARTICLE")
@click.option(
    "--status",
    "wanted",
    multiple=True,
    type=click.Choice(_STATUSES),
    metavar="STATUS",
    help=f"Only claims with this status; may be given more than once. {', '.join(_STATUSES)}.",
)
@click.option(
    "--order",
    "by",
    type=click.Choice([order.value for order in Order]),
    default=Order.POSITION.value,
    show_default=True,
    help="By the place in the article, or those most worth checking first; sub-claims stay under their sentence.",
)
@format_option("text", "json")
@pass_call
def claims(call: Call, article: str, wanted: tuple[str, ...], by: str, spelling: str) -> None:
    """List an article's claims with their states, in the order of the article.

    The six characters before a claim are its key. Before a sub-claim stands how it hangs together with its sentence.
    """  # fmt: skip
    workbench = call.workbench()
    desk = workbench.articles.desk(article)
    statuses = {status for name in wanted for status in _statuses(name)}
    found = [view for view in ordered(desk.claims, Order(by)) if not wanted or view.status in statuses]
    if spelling == "json":
        out_json(
            {
                "article": article_shape(desk.article),
                "coverage": coverage(desk.coverage),
                "claims": [claim_shape(view) for view in found],
            }
        )
        return
    placed = [view for view in found if not view.anchor.orphan]
    orphans = [view for view in found if view.anchor.orphan]
    counts = {status: sum(view.status is status for view in desk.claims) for status in Status}
    open_ones = sum(counts[status] for status in OPEN)
    facts = [
        counted(len(desk.claims), "claim"),
        f"{sum(counts[status] for status in DECIDED)} checked",
        f"{counts[Status.COVERED]} covered" if counts[Status.COVERED] else "",
        f"{counts[Status.SET_ASIDE]} set aside",
        f"{open_ones} open",
        counted(counts[Status.CONFLICT], "conflict") if counts[Status.CONFLICT] else "",
        f"{counts[Status.CHANGED]} with changed text" if counts[Status.CHANGED] else "",
        f"{counts[Status.LOST]} lost" if counts[Status.LOST] else "",
        f"{counts[Status.GONE]} gone" if counts[Status.GONE] else "",
        f"{desk.coverage.percent} % of the text dealt with",
    ]
    out(f"{clip(desk.article.title, width() - 8)}  {short(desk.article.id)}\n{joined(facts)}\n")
    plain = workbench.settings.ascii
    if placed or not orphans:
        out(claim_lines(placed, width(), plain=plain) or "No claim with such a status.")
    if orphans:
        out(("\n" if placed else "") + "No longer in the text:\n" + claim_lines(orphans, width(), plain=plain))


def _statuses(name: str) -> frozenset[Status]:
    return OPEN if name == "open" else frozenset({Status(name.replace("-", "_"))})


@click.group("claim", cls=StoreGroup, short_help="Show a claim; offers, reword, split, merge, set aside.")
def claim() -> None:
    """One claim.

    CLAIM is the end or the beginning of a claim's key, at least four characters, as `claims ARTICLE` shows it.
    """


claim.add_command(references)
claim.add_command(resolve)


@claim.command("show", short_help="A claim with everything decided about it.")
@click.argument("key", metavar="CLAIM")
@format_option("text", "json")
@pass_call
def show(call: Call, key: str, spelling: str) -> None:
    """A claim with its verdicts, reviews and citations."""
    workbench = call.workbench()
    view = workbench.claims.get(key)
    if spelling == "json":
        out_json({"claim": claim_shape(view)})
    else:
        out(claim_block(view, width(), plain=workbench.settings.ascii))
        if view.status is Status.CONFLICT:
            out("\nNot settled: these decisions stand side by side. Choose with “workbench verdict resolve”.")
            for conflict in workbench.verdicts.conflicts():
                if conflict.claim_id == view.claim.id:
                    out(f"  {one_line(conflict.title)}")
                    for choice in conflict.choices:
                        out(wrap(f"{choice.author}: {one_line(choice.text)}", width(), f"    {choice.rid[:6]}  "))


@claim.command("dismiss", short_help="Do not suggest a passage for a claim again.")
@click.argument("key", metavar="CLAIM")
@click.argument("document", metavar="DOCUMENT")
@click.option(
    "--start", type=int, help="Where the passage starts in the document; else every passage that matches now."
)
@click.option("--reason", type=WORDS, default="", help="Why it does not bear on the claim.")
@pass_call
def dismiss(call: Call, key: str, document: str, start: int | None, reason: str) -> None:
    """Do not suggest a passage for a claim again; undo brings it back."""
    workbench = call.workbench()
    view = workbench.claims.get(key)
    shown = workbench.evidence.show(document)
    content = shown.view.document.content_hash
    if start is None:
        found = workbench.matching.match(view, top=50, meaning=False, even_short=True).matches
        starts = [match.passage.start for match in found if match.document.content_hash == content]
    else:
        starts = [passage.start for passage in shown.passages if passage.start <= start < passage.end]
    if not starts:
        raise InputRefused("No passage of this document is suggested for this claim.", "Name one with --start.")
    also = [(content, place) for place in starts[1:]]
    workbench.matching.dismiss(view.claim.id, content, starts[0], reason, also=also)
    say(
        f"dismissed {counted(len(starts), 'passage')} of “{one_line(shown.view.document.title)}” for {short(view.claim.id)}"
    )


@claim.command("undismiss", short_help="Suggest a dismissed passage again.")
@click.argument("key", metavar="CLAIM")
@click.argument("document", metavar="DOCUMENT")
@click.option("--start", type=int, help="Where the passage starts in the document; else all of the document’s.")
@pass_call
def undismiss(call: Call, key: str, document: str, start: int | None) -> None:
    """Suggest passages again that were dismissed for a claim; “match CLAIM --dismissed” lists them."""
    workbench = call.workbench()
    view = workbench.evidence.show(document).view
    count = workbench.matching.undismiss(key, view.document.content_hash, start)
    say(f"{counted(count, 'passage')} of “{one_line(view.document.title)}” may be suggested again")


@claim.command("edit", short_help="Give a claim another wording.")
@click.argument("key", metavar="CLAIM")
@click.option("--wording", required=True, type=WORDS, help="A wording that stands by itself; “-” reads it from input.")
@pass_call
def edit(call: Call, key: str, wording: str) -> None:
    """Give a claim a wording that can be understood without the article; an empty one restores the article's words.

    Where it stands in the article never changes, and the article's words stay beside the new wording.
    """
    workbench = call.workbench()
    changed = workbench.claims.edit_wording(key, words_or_input(wording))
    say(f"{short(changed.id)} now reads: {one_line(changed.wording)}")
    view = workbench.claims.get(changed.id)
    if view.edited:
        say(f"in the article's words: {one_line(view.original)}")


@claim.command("split", short_help="Split a claim in two.")
@click.argument("key", metavar="CLAIM")
@click.option("--at", "offset", type=int, metavar="OFFSET", help="Where, in characters of the article's text.")
@click.option("--before", type=WORDS, metavar="WORDS", help="Where, by the words that begin the second half.")
@pass_call
def split(call: Call, key: str, offset: int | None, before: str | None) -> None:
    """Split a claim in two, at an offset of the article's text or before some of its words. Prints both new keys."""
    if (offset is None) == (before is None):
        raise click.UsageError("Give either --at or --before.")
    workbench = call.workbench()
    if offset is None:
        offset = located(workbench.claims.get(key), before or "")[0]
    first, second = workbench.claims.split(key, offset)
    _narrate_new([first, second])


@claim.command("merge", short_help="Join a sentence with the one after it.")
@click.argument("key", metavar="CLAIM")
@pass_call
def merge(call: Call, key: str) -> None:
    """Join a sentence claim with the one after it. Prints the new key."""
    _narrate_new([call.workbench().claims.merge(key)])


@claim.command("add", short_help="Add a part, or what a sentence implies.")
@click.argument("key", metavar="CLAIM")
@click.option("--words", type=WORDS, help="The words of the sentence that make up the part.")
@click.option("--start", type=int, help="Or where the part begins, in characters of the article's text,")
@click.option("--end", type=int, help="and where it ends.")
@click.option("--implied", type=WORDS, metavar="TEXT", help="Or what the sentence implies, in your own words.")
@click.option("--presupposed", type=WORDS, metavar="TEXT", help="Or what it takes for granted.")
@pass_call
def add(
    call: Call,
    key: str,
    words: str | None,
    start: int | None,
    end: int | None,
    implied: str | None,
    presupposed: str | None,
) -> None:
    """Add a part of a claim to be checked by itself, or what it implies. Prints the new key."""
    by_span = start is not None or end is not None
    if sum([words is not None, by_span, implied is not None, presupposed is not None]) != 1:
        raise click.UsageError("Give one of --words, --start with --end, --implied, --presupposed.")
    workbench = call.workbench()
    if implied is not None:
        added = workbench.claims.add_implied(key, implied)
    elif presupposed is not None:
        added = workbench.claims.add_implied(key, presupposed, Relation.PRESUPPOSED)
    elif words is not None:
        added = workbench.claims.add_part(key, *located(workbench.claims.get(key), words))
    elif start is None or end is None:
        raise click.UsageError("--start and --end go together.")
    else:
        added = workbench.claims.add_part(key, start, end)
    _narrate_new([added])


@claim.command("set-aside", short_help="Put claims aside, with a reason.")
@click.argument("keys", metavar="CLAIM...", nargs=-1)
@click.option("--reason", required=True, type=WORDS, help="Why they need not be checked, such as “opinion”.")
@click.option("--unsuggested", metavar="ARTICLE", help="Every untouched claim of this article that was not proposed.")
@pass_call
def set_aside(call: Call, keys: tuple[str, ...], reason: str, unsuggested: str | None) -> None:
    """Put claims aside, with a reason, as one action."""
    if bool(keys) == (unsuggested is not None):
        raise click.UsageError("Name claims, or give --unsuggested ARTICLE.")
    service = call.workbench().claims
    if unsuggested is not None:
        count = service.set_aside_unsuggested(unsuggested, reason)
    elif len(keys) == 1:
        service.set_aside(keys[0], reason)
        count = 1
    else:
        count = service.set_aside_many(keys, reason)
    say(f"set {counted(count, 'claim')} aside: {one_line(reason)}")


@claim.command("place", short_help="Put a claim on words of the changed article.")
@click.argument("key", metavar="CLAIM")
@click.option("--words", type=WORDS, help="Words that stand in the latest version once; “-” reads them from input.")
@click.option("--start", type=int, help="Or where they begin, in characters of the latest version's text,")
@click.option("--end", type=int, help="and where they end.")
@pass_call
def place(call: Call, key: str, words: str | None, start: int | None, end: int | None) -> None:
    """Put a claim whose text changed or went on words of the article's latest version.

    A whole sentence takes the sentences that the words are in.
    """
    if (words is None) == (start is None and end is None):
        raise click.UsageError("Give either --words, or --start and --end.")
    if words is None and (start is None or end is None):
        raise click.UsageError("--start and --end go together.")
    given = None if words is None else words_or_input(words)
    view = call.workbench().versions.place(key, start=start, end=end, words=given)
    say(f"{short(view.claim.id)} stands on: {one_line(view.anchor.words)}")


@claim.command("gone", short_help="Say that the article does not make a claim any more.")
@click.argument("key", metavar="CLAIM")
@click.option("--reason", required=True, type=WORDS, help="What became of it, such as “taken out after a correction”.")
@pass_call
def gone(call: Call, key: str, reason: str) -> None:
    """Say that the latest version of the article does not make a claim any more; its verdicts stay on record."""
    view = call.workbench().versions.let_go(key, reason)
    say(f"{short(view.claim.id)} is not in the article any more: {one_line(reason)}")


@claim.command("confirm", short_help="Say that a verdict still holds after the text changed.")
@click.argument("key", metavar="CLAIM")
@click.option("--note", type=WORDS, default="", help="Why the change makes no difference.")
@pass_call
def confirm(call: Call, key: str, note: str) -> None:
    """Say that what was decided about a claim holds for its changed words too."""
    view = call.workbench().versions.still_holds(key, note)
    say(f"what was decided about {short(view.claim.id)} holds for: {one_line(view.anchor.words)}")


@claim.command("reopen", short_help="Take up again a claim that was set aside.")
@click.argument("key", metavar="CLAIM")
@pass_call
def reopen(call: Call, key: str) -> None:
    """Take up again a claim that was set aside, or that another desk withdrew."""
    opened = call.workbench().claims.reopen(key)
    say(f"opened {short(opened.id)}: {clip(opened.wording, 60)}")


for command in (offers, accept, drop, propose):
    claim.add_command(command)


def _narrate_new(new: list[Claim]) -> None:
    for item in new:
        say(f"{short(item.id)}: {clip(item.wording, 64)}")
        out(item.id)


def located(view: ClaimView, words: str) -> tuple[int, int]:
    """Where words stand inside a claim, in the article's text. Raises InputRefused unless they stand there once."""
    record = view.claim
    if view.anchor.orphan:
        raise InputRefused("The article does not say this any more.", "Place the claim on words of the article first.")
    inside = view.anchor.words
    pattern = r"\s+".join(re.escape(word) for word in fold(words).split())
    found = [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", fold(inside))] if pattern else []
    if not found:
        raise InputRefused(
            f"“{clip(words, 40)}” does not stand in the claim.", f"The article says there: {one_line(inside)}"
        )
    if len(found) > 1:
        raise InputRefused(
            f"“{clip(words, 40)}” stands in the claim {len(found)} times.", "Give more words, or an offset."
        )
    return record.start + found[0][0], record.start + found[0][1]
