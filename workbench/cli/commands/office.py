"""`workbench office`: who held which office when, as splitting uses it."""

from datetime import date

import click

from workbench.cli.context import Call, StoreGroup, pass_call
from workbench.cli.layout import counted, one_line
from workbench.cli.output import out, out_json, read_input, say, width
from workbench.cli.render_references import office_lines
from workbench.cli.shapes_references import office as office_shape
from workbench.cli.types import DAY, WORDS, format_option


@click.group("office", cls=StoreGroup, short_help="Who held which office when; list, add, drop, import.")
def office() -> None:
    """The table of offices: heads of state and of government that come with the program, and the desk's own entries.

    An article that speaks of “the X administration” or “President X” on a day outside the term is flagged.
    """


@office.command("list", short_help="The table, or entries with some words.")
@click.argument("words", type=WORDS, nargs=-1)
@click.option("--dropped", is_flag=True, help="Also what was dropped.")
@format_option("text", "json")
@pass_call
def list_offices(call: Call, words: tuple[str, ...], dropped: bool, spelling: str) -> None:
    """The table, or the entries whose country, office or person hold these words.

    The six characters before an entry are its key.
    """
    service = call.workbench(create=False).offices
    found = service.list(" ".join(words), dropped=dropped)
    if spelling == "json":
        as_of = service.shipped_as_of().isoformat()
        out_json({"shipped_as_of": as_of, "offices": [office_shape(entry) for entry in found]})
        return
    for text in office_lines(found, width()):
        out(text)
    say(f"{counted(len(found), 'term')}; what is shipped is known up to {service.shipped_as_of().isoformat()}")


@office.command("add", short_help="Add a term of office, or put one right.")
@click.option("--country", required=True, type=WORDS, help="The country.")
@click.option("--office", "name", required=True, type=WORDS, help="The office, such as President.")
@click.option("--person", required=True, type=WORDS, help="Who holds or held it, by the whole name.")
@click.option(
    "--from", "first", required=True, metavar="DATE", help="The first day, month or year: 2021-01-20, 2021-01."
)
@click.option("--to", "last", default="", metavar="DATE", help="The last; without it the term is running.")
@click.option("--family", type=WORDS, default="", help="The name that papers use alone; else the last word.")
@click.option("--title", "titles", type=WORDS, multiple=True, help="How the holder is addressed; may be given again.")
@click.option("--also", type=WORDS, multiple=True, help="Another spelling of the name; may be given again.")
@click.option("--source", type=WORDS, default="", help="Where this can be checked.")
@click.option("--as-of", type=DAY, help="The day up to which this is known, if not today.")
@pass_call
def add(
    call: Call,
    country: str,
    name: str,
    person: str,
    first: str,
    last: str,
    family: str,
    titles: tuple[str, ...],
    also: tuple[str, ...],
    source: str,
    as_of: date | None,
) -> None:
    """Add a term of office and print its key; one of the same country, office, person and first day is replaced."""
    service = call.workbench(create=True).offices
    known = country.strip().casefold() in service.known_countries()
    added = service.add(
        country=country,
        office=name,
        person=person,
        first=first,
        last=last,
        family=family,
        titles=titles,
        also=also,
        source=source,
        as_of=as_of,
    )
    term = added.term
    say(f"{one_line(term.person)}, {one_line(term.office)} of {one_line(term.country)}, {term.years()}")
    if not known:
        say(f"note: no other entry is of {one_line(term.country)}; see whether it is spelled as you want it")
    out(added.id)


@office.command("drop", short_help="Take an entry out of use.")
@click.argument("key", metavar="ENTRY")
@pass_call
def drop(call: Call, key: str) -> None:
    """Take an entry out of use, also a shipped one; undo brings it back."""
    term = call.workbench().offices.drop(key).term
    say(f"dropped {one_line(term.person)}, {one_line(term.office)} of {one_line(term.country)}; undo brings it back")


@office.command("import", short_help="Take in terms from a JSON file.")
@click.argument("file", metavar="FILE.json|-")
@pass_call
def import_offices(call: Call, file: str) -> None:
    """Take in terms of office from a file in the form of the shipped table, all of it or nothing, as one action."""
    data, name = read_input(file)
    taken = call.workbench(create=True).offices.import_json(data, name)
    say(f"took in {counted(taken, 'term')} that are new or changed")
