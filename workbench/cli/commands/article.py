"""`workbench article`: bringing texts in, seeing how far their check has come, getting them out."""

from datetime import date
from pathlib import Path

import click

from workbench.cli.commands import article_text
from workbench.cli.commands.sourcing import sourcing
from workbench.cli.context import Call, StoreGroup, pass_call
from workbench.cli.fetching import fetching_options, rules
from workbench.cli.layout import clip, counted, fields, joined, when, wrap
from workbench.cli.output import LARGEST_FILE, out, out_exactly, out_json, read_input, say, width
from workbench.cli.render import article_lines, claim_lines
from workbench.cli.render_references import undated_line
from workbench.cli.shapes import article as article_shape
from workbench.cli.shapes import claim as claim_shape
from workbench.cli.shapes import coverage, summary, unit
from workbench.cli.types import DAY, FILE, WORDS, format_option
from workbench.files import write_whole
from workbench.intake.articles import read_article_file
from workbench.intake.fetching import fetch, is_address
from workbench.services.keys import short
from workbench.services.views import Desk

_MEDIA_TYPES = {"plain": "text/plain", "markdown": "text/markdown"}


@click.group("article", cls=StoreGroup, short_help="Add, list, show, edit and export articles.")
def article() -> None:
    """Articles under check.

    ARTICLE is the end or the beginning of an article's key, at least four characters, as `article list` shows it.
    """


article.add_command(sourcing)


def _describing(function: click.decorators.FC) -> click.decorators.FC:
    for name, text in (
        ("--url", "Where it is published."),
        ("--outlet", "Who publishes it."),
        ("--byline", "Who wrote it."),
        ("--title", "Its title."),
    ):
        function = click.option(name, type=WORDS, help=text)(function)
    return click.option("--date", "published", type=DAY, help="When it was or will be published.")(function)


@article.command("add", short_help="Bring in a text and split it.")
@click.argument("file", metavar="FILE|URL|-")
@_describing
@fetching_options
@click.option("--format", "form", type=click.Choice(tuple(_MEDIA_TYPES)), help="What the text is, if its name lies.")
@pass_call
def add(
    call: Call,
    file: str,
    title: str | None,
    byline: str | None,
    outlet: str | None,
    url: str | None,
    published: date | None,
    private_network: bool,
    ignore_robots: bool,
    form: str | None,
) -> None:
    """Bring in a text, split it into units and claims, and print the new article's key.

    FILE is plain text, Markdown, HTML, PDF, DOCX or e-mail (.eml); a web address is fetched. What is given here wins over
    what the text says of itself. "-" reads the text from standard input.
    """
    media_type = _MEDIA_TYPES[form] if form else None
    if is_address(file):
        found = fetch(file, rules(private_network=private_network, ignore_robots=ignore_robots))
        data, name, media_type = found.data, found.name, media_type or found.media_type
        url = found.url if url is None else url
    else:
        data, name = read_input(file, files_of=LARGEST_FILE)
    # Refused before a database is made for it.
    for warning in read_article_file(data, name, media_type).warnings:
        say(f"note: {warning}")
    workbench = call.workbench(create=True)
    added = workbench.articles.add(
        data,
        name,
        media_type=media_type,
        title=title,
        byline=byline,
        outlet=outlet,
        url=url,
        published_on=published,
    )
    desk = workbench.articles.desk(added.id)
    proposed = sum(view.claim.suggested for view in desk.claims)
    say(
        f"added “{clip(added.title, 60)}”: {counted(len(desk.units), 'unit')}, "
        f"{counted(len(desk.claims), 'claim')}, {proposed} proposed for checking"
    )
    waiting = workbench.references.of_article(added.id).undated
    if waiting:
        say(undated_line(waiting, added.id))
    out(added.id)


@article.command("list", short_help="Every article with its progress.")
@format_option("text", "json")
@pass_call
def list_articles(call: Call, spelling: str) -> None:
    """Every article with its progress, the latest first."""
    found = call.workbench().articles.list()
    if spelling == "json":
        out_json({"articles": [summary(item) for item in found]})
    elif found:
        out("\n".join(article_lines(item, width()) for item in found))
    else:
        say("No article yet. Bring one in: workbench article add FILE")


@article.command("show", short_help="An article's units with their states and claims.")
@click.argument("key", metavar="ARTICLE")
@format_option("text", "json")
@pass_call
def show(call: Call, key: str, spelling: str) -> None:
    """An article's units in order, each with its state and its claims."""
    desk = call.workbench().articles.desk(key)
    if spelling == "json":
        text = desk.version.text
        out_json(
            {
                "article": article_shape(desk.article),
                "version": desk.version.ordinal,
                "coverage": coverage(desk.coverage),
                "units": [unit(item, text) for item in desk.units],
                "claims": [claim_shape(view) for view in desk.claims],
            }
        )
        return
    out(_desk_text(desk, width(), plain=call.workbench().settings.ascii))


def _desk_text(desk: Desk, columns: int, *, plain: bool) -> str:
    record, part, record_version = desk.article, desk.coverage, desk.version.ordinal
    share = joined(
        [
            f"{part.percent} % of the text dealt with",
            f"{part.units - part.units_open} of {counted(part.units, 'unit')} done",
        ]
    )
    facts = [
        ("key", f"{short(record.id)} ({record.id})"),
        ("by", record.byline),
        ("outlet", record.outlet),
        ("date", when(record.published_on)),
        ("address", record.url),
        ("note", record.note),
        ("version", f"{record_version} of {len(desk.versions)}" if len(desk.versions) > 1 else ""),
        ("progress", share),
    ]
    blocks = [wrap(record.title, columns), fields(facts, columns)]
    by_id = {view.claim.id: view for view in desk.claims}
    for number, item in enumerate(desk.units, 1):
        state = item.state.value.replace("_", " ")
        lines = [f"{number:>3} {item.kind.value.replace('_', ' ')}, {state}, {item.start}–{item.end}"]
        text = desk.version.text[item.start : item.end]
        claims = [by_id[key] for key in item.claims]
        if not any(view.claim.wording.split() == text.split() for view in claims):
            lines.append(wrap(text, columns, "    "))
        if claims:
            lines.append(claim_lines(claims, columns, plain=plain))
        blocks.append("\n".join(lines))
    if desk.orphans:
        blocks.append("No longer in the text:\n" + claim_lines(desk.orphans, columns, plain=plain))
    return "\n\n".join(blocks)


@article.command("edit", short_help="Change an article's description.")
@click.argument("key", metavar="ARTICLE")
@_describing
@click.option("--note", type=WORDS, help="A note for the desk.")
@pass_call
def edit(
    call: Call,
    key: str,
    title: str | None,
    byline: str | None,
    outlet: str | None,
    url: str | None,
    published: date | None,
    note: str | None,
) -> None:
    """Change what is given of an article's description; a changed text is brought in with `article update`."""
    given = {"title": title, "byline": byline, "outlet": outlet, "url": url, "note": note}
    if published is None and all(value is None for value in given.values()):
        raise click.UsageError("Nothing to change: give at least one of the options.")
    changed = call.workbench().articles.edit(
        key, title=title, byline=byline, outlet=outlet, url=url, published_on=published, note=note
    )
    say(f"changed the description of “{clip(changed.title, 60)}”")


@article.command("withdraw", short_help="Take an article off the desk; undo brings it back.")
@click.argument("key", metavar="ARTICLE")
@pass_call
def withdraw(call: Call, key: str) -> None:
    """Take an article off the desk with all that was decided about it; undo brings it back."""
    workbench = call.workbench()
    title = workbench.articles.get(key).title
    workbench.articles.withdraw(key)
    say(f"withdrew “{clip(title, 60)}”; undo brings it back")


@article.command("export", short_help="The stored text.")
@click.argument("key", metavar="ARTICLE")
@click.option("-o", "--output", type=FILE, help="Write to this file instead of standard output.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@pass_call
def export(call: Call, key: str, output: Path | None, force: bool) -> None:
    """The stored text to the letter; offsets count its characters. On a terminal, control characters are made visible."""
    workbench = call.workbench()
    text = workbench.articles.desk(key).version.text
    if output is None:
        out_exactly(text)
    else:
        write_whole(output, text, overwrite=force, store=workbench.store_path)
        say(f"wrote {output}")


for command in (article_text.update, article_text.versions, article_text.diff, article_text.coverage_of):
    article.add_command(command)
