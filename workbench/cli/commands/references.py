"""`workbench claim references` and `claim resolve`: what the text leaves open, and what it stands for."""

import click

from workbench.app import Workbench
from workbench.cli.context import Call, pass_call, store_command
from workbench.cli.layout import clip, counted, joined, one_line
from workbench.cli.output import out, out_json, say, width, words_or_input
from workbench.cli.render_references import reference_block, undated_line
from workbench.cli.shapes_references import references as references_shape
from workbench.cli.types import WORDS, format_option
from workbench.errors import InputRefused, NotFound
from workbench.services.keys import short
from workbench.services.reference_views import ArticleReferences, ReferenceView


@store_command("references", short_help="Words that need the text around them, with candidates.")
@click.argument("key", metavar="CLAIM|ARTICLE")
@click.option("--open", "only_open", is_flag=True, help="Only what nobody has resolved yet.")
@format_option("text", "json")
@pass_call
def references(call: Call, key: str, only_open: bool, spelling: str) -> None:
    """Words that need the text around them: pronouns, “this admission”, date words, seats of power, offices.

    Numbered as in the article, each with its candidates and what was chosen. Nothing is chosen by the program.
    """
    found = _found(call.workbench(), key)
    if only_open:
        kept = tuple(view for view in found.references if view.open)
        found = ArticleReferences(found.article, kept, found.undated, found.language)
    if found.undated:
        say(undated_line(found.undated, found.article.id))
    if spelling == "json":
        out_json(references_shape(found))
        return
    still = sum(view.open for view in found.references)
    facts = [counted(len(found.references), "reference"), f"{still} open", f"{len(found.references) - still} resolved"]
    out(f"{clip(found.article.title, width() - 8)}  {short(found.article.id)}\n{joined(facts)}")
    for view in found.references:
        out("\n" + reference_block(view, width()))


def _found(workbench: Workbench, key: str) -> ArticleReferences:
    try:
        return workbench.references.of_claim(key)
    except NotFound as no_claim:
        try:
            return workbench.references.of_article(key)
        except NotFound:
            raise NotFound(
                f"There is no claim and no article “{key}” in this database.", "Name one that “workbench claims” lists."
            ) from no_claim


@store_command("resolve", short_help="Say what words of a claim stand for.")
@click.argument("key", metavar="CLAIM")
@click.argument("reference", metavar="NUMBER|WORDS", type=WORDS)
@click.option("--pick", type=int, metavar="N", help="The candidate with this number.")
@click.option("--meaning", type=WORDS, metavar="TEXT", help="Or what they stand for, in your own words.")
@click.option("--cannot", is_flag=True, help="Or that it cannot be resolved.")
@click.option("--leave-open", is_flag=True, help="Or take back what was chosen.")
@click.option("--note", type=WORDS, default="", help="How you know; “-” reads it from standard input.")
@click.option("--into-wording", is_flag=True, help="Also put it into the claim's wording, in the same step.")
@pass_call
def resolve(
    call: Call,
    key: str,
    reference: str,
    pick: int | None,
    meaning: str | None,
    cannot: bool,
    leave_open: bool,
    note: str,
    into_wording: bool,
) -> None:
    """Say what words of a claim stand for; the choice is kept with the claim, and undo takes it back.

    The words are named by their number in `claim references`, or as they stand in the claim, also where no rule flags
    them. Without --into-wording a wording that would say it is only shown.
    """
    if sum([pick is not None, meaning is not None, cannot, leave_open]) != 1:
        raise click.UsageError("Give one of --pick, --meaning, --cannot, --leave-open.")
    workbench = call.workbench()
    service = workbench.references
    found = service.of_claim(key)
    start, end, view = _named(workbench, found, key, reference)
    if leave_open:
        service.withdraw(key, start, end)
        say("left open again")
        return
    choice = _picked(view, pick) if pick is not None else words_or_input(meaning or "")
    wording = service.suggestion(key, start, end, choice) if choice and not cannot else None
    made = service.resolve(
        key,
        start,
        end,
        choice=choice,
        unresolvable=cannot,
        note=words_or_input(note),
        wording=wording if into_wording else None,
    )
    said = "cannot be resolved" if made.unresolvable else f"stands for: {one_line(made.choice)}"
    say(f"“{one_line(made.text)}” {said}")
    if into_wording and wording is None and not cannot:
        say("the claim's wording does not hold these words, so it was left as it is")
    elif wording is not None:
        reads = (
            "now reads"
            if into_wording
            else f"could read (workbench claim edit {short(workbench.claims.get(key).claim.id)})"
        )
        say(f"the claim {reads}: {one_line(wording)}")
    out(made.id)


def _picked(view: ReferenceView | None, pick: int) -> str:
    candidates = view.candidates if view else ()
    if not 1 <= pick <= len(candidates):
        raise InputRefused(
            f"There is no candidate {pick}.",
            f"There are {len(candidates)}; say it in your own words with --meaning."
            if candidates
            else "There is none; say it in your own words with --meaning.",
        )
    return candidates[pick - 1]


def _named(
    workbench: Workbench, found: ArticleReferences, key: str, reference: str
) -> tuple[int, int, ReferenceView | None]:
    """The stretch that a number or words name, and its reference where one is flagged there."""
    from workbench.cli.commands.claim import located

    if reference.isdecimal():
        view = next((one for one in found.references if one.number == int(reference)), None)
        if view is None:
            numbers = ", ".join(str(one.number) for one in found.references) or "none"
            raise InputRefused(f"The claim has no reference {reference}.", f"It has: {numbers}.")
        return view.start, view.end, view
    same = [one for one in found.references if one.text.casefold() == reference.casefold()]
    if len(same) == 1:
        return same[0].start, same[0].end, same[0]
    start, end = located(workbench.claims.get(key), reference)
    return start, end, next((one for one in found.references if (one.start, one.end) == (start, end)), None)
