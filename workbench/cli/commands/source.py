"""`workbench source`: what is known of how a source works; a profile, never a score."""

from datetime import date

import click

from db.vocabulary import CriterionState, SourceKind
from workbench.cli.context import Call, StoreGroup, pass_call
from workbench.cli.layout import counted, one_line, wrap
from workbench.cli.output import out, out_json, read_input, say, width
from workbench.cli.render_evidence import source_block, source_lines
from workbench.cli.shapes_evidence import source as source_shape
from workbench.cli.shapes_evidence import source_detail
from workbench.cli.types import DAY, WORDS, Member, format_option


@click.group("source", cls=StoreGroup, short_help="Sources: profiles, assessments, others' ratings.")
def source() -> None:
    """Outlets, agencies, institutions and persons that documents come from.

    SOURCE is a source's name, or the end or the beginning of its key.
    """


@source.command("list", short_help="Every source at a glance.")
@format_option("text", "json")
@pass_call
def list_sources(call: Call, spelling: str) -> None:
    """Every source by name, with how much is known of it."""
    found = call.workbench().sources.list()
    if spelling == "json":
        out_json({"sources": [source_shape(view) for view in found]})
    elif found:
        out("\n".join(source_lines(view, width()) for view in found))
    else:
        say("No source yet. Describe one: workbench source add NAME")


@source.command("show", short_help="A source with its whole profile.")
@click.argument("key", type=WORDS, metavar="SOURCE")
@format_option("text", "json")
@pass_call
def show(call: Call, key: str, spelling: str) -> None:
    """A source with each criterion and each rating by others; never one figure."""
    found = call.workbench().sources.get(key)
    if spelling == "json":
        out_json({"source": source_detail(found)})
    else:
        out(source_block(found, width()))


def _describing(function: click.decorators.FC) -> click.decorators.FC:
    for option in (
        click.option("--note", type=WORDS, help="A note for the desk."),
        click.option("--owner", type=WORDS, help="Who owns it."),
        click.option(
            "--alias", "aliases", type=WORDS, multiple=True, help="Another name; may be given more than once."
        ),
        click.option("--domain", "domains", multiple=True, help="As in outlet.example; may be given more than once."),
        click.option("--kind", type=Member(SourceKind), help="What it is."),
    ):
        function = option(function)
    return function


@source.command("add", short_help="Describe a source.")
@click.argument("name", type=WORDS)
@_describing
@pass_call
def add(
    call: Call,
    name: str,
    kind: SourceKind | None,
    domains: tuple[str, ...],
    aliases: tuple[str, ...],
    owner: str | None,
    note: str | None,
) -> None:
    """Describe a source and print its key; documents that name it or have its address are then seen to come from it."""
    added = call.workbench(create=True).sources.add(
        name, kind=kind or SourceKind.OUTLET, domains=domains, aliases=aliases, owner=owner or "", note=note or ""
    )
    say(f"added the source “{one_line(added.name)}”")
    out(added.id)


@source.command("edit", short_help="Change a source's description.")
@click.argument("key", type=WORDS, metavar="SOURCE")
@click.option("--name", type=WORDS, help="Another name.")
@_describing
@pass_call
def edit(
    call: Call,
    key: str,
    name: str | None,
    kind: SourceKind | None,
    domains: tuple[str, ...],
    aliases: tuple[str, ...],
    owner: str | None,
    note: str | None,
) -> None:
    """Change what is given of a source's description; --domain and --alias replace all there were."""
    if all(value is None for value in (name, kind, owner, note)) and not domains and not aliases:
        raise click.UsageError("Nothing to change: give at least one of the options.")
    changed = call.workbench().sources.edit(
        key, name=name, kind=kind, domains=domains or None, aliases=aliases or None, owner=owner, note=note
    )
    say(f"changed the source “{one_line(changed.name)}”")


@source.command("withdraw", short_help="Take a source back; undo brings it back.")
@click.argument("key", type=WORDS, metavar="SOURCE")
@pass_call
def withdraw(call: Call, key: str) -> None:
    """Take a source back with its assessments and ratings; undo brings it back."""
    service = call.workbench().sources
    name = service.get(key).view.source.name
    service.withdraw(key)
    say(f"withdrew the source “{one_line(name)}”; undo brings it back")


@source.command("assess", short_help="Say how a source meets one criterion.")
@click.argument("key", type=WORDS, metavar="SOURCE")
@click.argument("criterion")
@click.argument("state", type=Member(CriterionState))
@click.option("--evidence", type=WORDS, default="", help="What was seen and where; without it the state is unknown.")
@click.option("--assessor", type=WORDS, help="Who looked, if not who acts.")
@click.option("--date", "assessed_on", type=DAY, help="When, if not today.")
@pass_call
def assess(
    call: Call,
    key: str,
    criterion: str,
    state: CriterionState,
    evidence: str,
    assessor: str | None,
    assessed_on: date | None,
) -> None:
    """Say how a source meets one criterion, with the evidence; `source criteria` lists the criteria."""
    service = call.workbench().sources
    service.assess(key, criterion, state, evidence=evidence, assessor=assessor, assessed_on=assessed_on)
    view = service.get(key).view
    say(f"{one_line(view.source.name)}: {criterion} is {state.value.replace('_', ' ')}; {view.summary}")


@source.command("attest", short_help="Note somebody else's rating of a source.")
@click.argument("key", type=WORDS, metavar="SOURCE")
@click.argument("rater", type=WORDS)
@click.argument("value", type=WORDS)
@click.option("--scale", type=WORDS, default="", help="The rater's own scale, in words.")
@click.option("--date", "rated_on", type=DAY, help="When it was rated.")
@click.option("--derives-from", type=WORDS, default="", help="The rater whose rating this one is taken from.")
@click.option("--url", type=WORDS, default="", help="Where the rating stands.")
@pass_call
def attest(
    call: Call,
    key: str,
    rater: str,
    value: str,
    scale: str,
    rated_on: date | None,
    derives_from: str,
    url: str,
) -> None:
    """Note somebody else's rating of a source, in that rater's own scale. It never becomes a score."""
    service = call.workbench().sources
    service.attest(key, rater, value, scale=scale, rated_on=rated_on, derives_from=derives_from, url=url)
    view = service.get(key).view
    raters = counted(view.raters, "independent rater")
    say(f"{one_line(view.source.name)}: {counted(view.attestations, 'rating')} by {raters}")


@source.command("criteria", short_help="The criteria that sources are assessed by.")
@format_option("text", "json")
@pass_call
def criteria(call: Call, spelling: str) -> None:
    """The criteria that sources are assessed by, and what counts as evidence."""
    del call
    from workbench.credibility import load_criteria

    found = load_criteria().items
    if spelling == "json":
        rows = [
            {"id": item.id, "name": item.name, "question": item.question, "evidence": item.evidence} for item in found
        ]
        out_json({"criteria": rows})
        return
    blocks = [
        f"{item.id}: {item.name}\n{wrap(item.question, width(), '  ')}\n{wrap(item.evidence, width(), '  Evidence: ')}"
        for item in found
    ]
    out("\n\n".join(blocks))


@source.command("import", short_help="Take in sources from a JSON file.")
@click.argument("file", metavar="FILE.json|-")
@pass_call
def import_sources(call: Call, file: str) -> None:
    """Take in a list of sources with assessments and ratings, all of it or nothing; known names are left as they are."""
    data, name = read_input(file)
    added = call.workbench(create=True).sources.import_json(data, name)
    say(f"added {counted(added, 'source')}")
