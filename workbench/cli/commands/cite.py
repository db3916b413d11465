"""`workbench cite` and `workbench citation`: tying claims to the exact words of documents."""

import click

from db.vocabulary import Role, Stance
from workbench.cli.context import Call, StoreGroup, pass_call, store_command
from workbench.cli.layout import clip
from workbench.cli.output import out, say, words_or_input
from workbench.cli.types import WORDS, Member
from workbench.services.keys import short

_STANCE, _ROLE = Member(Stance), Member(Role)


@store_command("cite", short_help="Tie a claim to the words of a document.")
@click.argument("claim")
@click.argument("document", type=WORDS)
@click.option("--stance", type=_STANCE, required=True, help="What the words do to the claim.")
@click.option("--role", type=_ROLE, required=True, help="What the source is for this claim.")
@click.option("--quote", type=WORDS, help="The words, verbatim; “-” reads them from standard input.")
@click.option("--start", type=int, help="Or where they begin, in characters of the document,")
@click.option("--end", type=int, help="and where they end. Without words: the passage nearest the claim.")
@click.option("--note", type=WORDS, default="", help="A note on the citation.")
@pass_call
def cite(
    call: Call,
    claim: str,
    document: str,
    stance: Stance,
    role: Role,
    quote: str | None,
    start: int | None,
    end: int | None,
    note: str,
) -> None:
    """Tie a claim to the words of a document, and print the citation's key.

    DOCUMENT is a number, an external identifier or the beginning of a hash, as `evidence list` and `match` show it.
    """
    _one_way(quote, start, end)
    words = None if quote is None else words_or_input(quote)
    made = call.workbench().verdicts.cite(
        claim, document, stance=stance, role=role, start=start, end=end, quote=words, note=note
    )
    say(f"cited {short(made.id)}, {made.stance.value}, {made.role.value}: “{clip(made.quote, 56)}”")
    out(made.id)


def _one_way(quote: str | None, start: int | None, end: int | None) -> None:
    if (start is None) != (end is None):
        raise click.UsageError("--start and --end go together.")
    if quote is not None and start is not None:
        raise click.UsageError("Give either --quote or --start with --end.")


@click.group("citation", cls=StoreGroup, short_help="Edit or withdraw a citation.")
def citation() -> None:
    """One citation, named by the end or the beginning of its key, as `claim show` gives it."""


@citation.command("edit", short_help="Change a citation.")
@click.argument("key", metavar="CITATION")
@click.option("--stance", type=_STANCE, help="What the words do to the claim.")
@click.option("--role", type=_ROLE, help="What the source is for this claim.")
@click.option("--quote", type=WORDS, help="The words, verbatim; “-” reads them from standard input.")
@click.option("--start", type=int, help="Or where they begin, in characters of the document,")
@click.option("--end", type=int, help="and where they end.")
@click.option("--note", type=WORDS, help="A note on the citation.")
@pass_call
def edit(
    call: Call,
    key: str,
    stance: Stance | None,
    role: Role | None,
    quote: str | None,
    start: int | None,
    end: int | None,
    note: str | None,
) -> None:
    """Change what is given of a citation; the earlier state stays in the history."""
    _one_way(quote, start, end)
    if all(value is None for value in (stance, role, quote, start, note)):
        raise click.UsageError("Nothing to change: give at least one of the options.")
    words = None if quote is None else words_or_input(quote)
    changed = call.workbench().verdicts.edit_citation(
        key, stance=stance, role=role, start=start, end=end, quote=words, note=note
    )
    say(f"{short(changed.id)} is now {changed.stance.value}, {changed.role.value}: “{clip(changed.quote, 56)}”")


@citation.command("withdraw", short_help="Take a citation back; history keeps it.")
@click.argument("key", metavar="CITATION")
@pass_call
def withdraw(call: Call, key: str) -> None:
    """Take a citation back; history keeps it, and undo brings it back."""
    call.workbench().verdicts.withdraw_citation(key)
    say("withdrew the citation; undo brings it back")
