"""`workbench claim offers`, `accept`, `drop`, `propose`: sub-claims that are offered under a sentence."""

import sys

import click

from workbench.app import Workbench
from workbench.cli.context import Call, StoreCommand, pass_call
from workbench.cli.layout import clip, counted, one_line, wrap
from workbench.cli.output import out, out_json, say, width, words_or_input
from workbench.cli.render import offer_lines
from workbench.cli.shapes import offer as offer_shape
from workbench.cli.types import WORDS, format_option
from workbench.errors import InputRefused, NotFound
from workbench.services.helping import Sending
from workbench.services.keys import short
from workbench.services.offers import Offer, OfferState


@click.command("offers", cls=StoreCommand, short_help="Sub-claims that are offered under a sentence.")
@click.argument("key", metavar="CLAIM|ARTICLE")
@click.option("--all", "every", is_flag=True, help="Also those that were accepted or dropped.")
@format_option("text", "json")
@pass_call
def offers(call: Call, key: str, every: bool, spelling: str) -> None:
    """Sub-claims that are offered under a sentence, or under every sentence of an article.

    The splitter finds them anew each time; nothing is a claim before somebody accepts it. A ★ marks relations that are
    right often enough to be accepted in many at once. The six characters before an offer are its key.
    """
    workbench = call.workbench()
    found, article = _listed(workbench, key, every=every)
    if spelling == "json":
        out_json({"offers": [offer_shape(item) for item in found]})
        return
    numbers = {view.claim.id: view.number for view in workbench.articles.desk(article).claims}
    if found:
        out(offer_lines(found, numbers, width(), plain=workbench.settings.ascii))
    waiting = sum(item.state is OfferState.OFFERED for item in found)
    reliable = sum(item.state is OfferState.OFFERED and item.reliable for item in found)
    say(f"{counted(waiting, 'sub-claim')} on offer, {reliable} of them reliable")


def _listed(workbench: Workbench, key: str, *, every: bool) -> tuple[list[Offer], str]:
    """The offers under what a key names, and the article that they are in. Raises NotFound."""
    try:
        view = workbench.claims.get(key)
    except NotFound as error:
        try:
            return workbench.offers.of_article(key, every=every), workbench.articles.get(key).id
        except NotFound:
            raise error from None
    if view.anchor.orphan:
        raise InputRefused("The article does not say this any more.", "Place the claim on words of the article first.")
    version = view.claim.version_id
    article = next(item.article.id for item in workbench.articles.list() if item.version.id == version)
    return workbench.offers.of_claim(key, every=every), article


@click.command("accept", cls=StoreCommand, short_help="Make claims of offered sub-claims.")
@click.argument("key", metavar="[CLAIM]", required=False)
@click.argument("names", metavar="[OFFER]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All that are on offer under the claim.")
@click.option("--wording", type=WORDS, help="Another wording for the one offer; “-” reads it from input.")
@click.option("--reliable", metavar="ARTICLE", help="Instead: every reliable sub-claim of this article.")
@pass_call
def accept(
    call: Call, key: str | None, names: tuple[str, ...], every: bool, wording: str | None, reliable: str | None
) -> None:
    """Make claims of sub-claims that are offered under a claim, as one action. Prints the new keys.

    OFFER is the end or the beginning of an offer's key, as `claim offers` shows it. A dropped one may be named too.
    """
    service = call.workbench().offers
    if reliable is not None:
        if key or every or wording is not None:
            raise click.UsageError("--reliable stands alone.")
        accepted = service.accept_reliable(reliable)
    elif key is None or bool(names) == every:
        raise click.UsageError("Name a claim and its offers, or give --all, or --reliable ARTICLE.")
    else:
        accepted = service.accept(key, names, None if wording is None else words_or_input(wording))
    for item in accepted:
        say(f"{short(item.id)} {item.relation.value}: {clip(item.wording, 60)}")
        out(item.id)


@click.command("drop", cls=StoreCommand, short_help="Drop a sub-claim, or what is offered.")
@click.argument("key", metavar="CLAIM")
@click.argument("names", metavar="[OFFER]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All that are on offer under the claim.")
@pass_call
def drop(call: Call, key: str, names: tuple[str, ...], every: bool) -> None:
    """Drop a sub-claim, or offers under a claim, as one action; the same words are not offered again.

    `claim offers --all` still lists what was dropped, and `claim accept` takes it back. A whole sentence is set aside
    instead.
    """
    if names and every:
        raise click.UsageError("Name offers, or give --all.")
    workbench = call.workbench()
    if names or every:
        for item in workbench.offers.drop(key, names):
            say(f"dropped {short(item.id)}: {clip(item.wording, 60)}")
        return
    view = workbench.claims.get(key)
    workbench.claims.drop(key)
    say(f"dropped {short(view.claim.id)}: {clip(view.claim.wording, 60)}")


@click.command("propose", cls=StoreCommand, short_help="Ask the optional helper for sub-claims.")
@click.argument("key", metavar="CLAIM")
@click.option("--send", is_flag=True, help="Send without asking; the text leaves this machine.")
@click.option("--insist", is_flag=True, help="Also where the article is embargoed or repeats a confidential document.")
@pass_call
def propose(call: Call, key: str, send: bool, insist: bool) -> None:
    """Ask the optional helper, a model behind an address of your choice, which statements a sentence makes.

    Off until helper.url and helper.model are set. Only the sentence is sent, and only after you agree: without --send you
    are asked. What the helper points at is offered if it stands in the sentence to the letter; the rest is rejected.
    """
    workbench = call.workbench()
    sending = workbench.helper.preview(key)
    _warn(sending)
    if sending.refusals and not insist:
        raise InputRefused(f"Nothing was sent: {' '.join(sending.refusals)}", "Add --insist if these words may leave.")
    if not send:
        if not sys.stdin.isatty():
            raise InputRefused("Nothing was sent: nobody has agreed to it.", "Add --send if these words may leave.")
        click.confirm("Send it?", abort=True, err=True)
    answer = workbench.helper.ask(key, insist=insist)
    for item in answer.rejected:
        say(f"rejected, {item.reason}: {clip(item.text, 60)}")
    say(
        f"{answer.model} proposed {counted(answer.offered, 'new sub-claim')}, {answer.known} known, "
        f"{len(answer.rejected)} rejected"
    )
    found = [item for item in workbench.offers.of_claim(key) if item.helper]
    if found:
        view = workbench.claims.get(sending.claim_id)
        out(offer_lines(found, {sending.claim_id: view.number}, width(), plain=workbench.settings.ascii))


def _warn(sending: Sending) -> None:
    for warning in sending.warnings:
        say(f"warning: {warning}")
    say(wrap(one_line(sending.text), width(), f"to {sending.host}, model {sending.model}: "))
