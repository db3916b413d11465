"""`workbench split`: the engine alone, on a file, without a database."""

from collections.abc import Iterator
from datetime import date

import click

from workbench.cli.layout import counted, joined, pad, wrap
from workbench.cli.output import LARGEST_FILE, out, out_json, plain_marks, read_input, say, width
from workbench.cli.types import DAY, format_option
from workbench.intake.articles import read_article_file
from workbench.splitting import SplitResult, Unit
from workbench.splitting import split as split_text
from workbench.splitting.serial import to_json


@click.command("split", short_help="Split a text into units and claims; no database.")
@click.argument("file", metavar="FILE|-")
@click.option("--date", "published", type=DAY, help="When it was published, for dates such as “on Monday”.")
@click.option("--language", metavar="CODE", help="Its language in two letters, where the guess would be wrong.")
@click.option("--why", is_flag=True, help="Also what made the splitter propose a claim or not.")
@format_option("text", "json")
def split(file: str, published: date | None, language: str | None, why: bool, spelling: str) -> None:
    """Split a text into units and claims; no database.

    Units cover the whole text without gap or overlap. A ★ marks what is proposed for checking.
    """
    data, name = read_input(file, files_of=LARGEST_FILE)
    incoming = read_article_file(data, name)
    result = split_text(
        incoming.text,
        language=language or incoming.language,
        blocks=incoming.blocks,
        published=published or incoming.published,
    )
    if spelling == "json":
        out_json(to_json(result, incoming.text))
        return
    out("\n".join(_lines(result, incoming.text, width(), why=why)))
    for warning in result.warnings:
        say(f"note, {warning.start}–{warning.end}: {warning.message}")


def _lines(result: SplitResult, text: str, columns: int, *, why: bool) -> Iterator[str]:
    claims = [claim for unit in result.units for claim in unit.claims]
    summary = joined(
        [
            counted(len(result.units), "unit"),
            counted(len(claims), "claim"),
            f"{sum(claim.suggested for claim in claims)} proposed for checking",
            f"language {result.language}",
            counted(result.length, "character"),
        ]
    )
    yield wrap(summary, columns)
    for number, unit in enumerate(result.units, 1):
        yield ""
        yield from _unit_lines(number, unit, text, columns, why=why)


def _unit_lines(number: int, unit: Unit, text: str, columns: int, *, why: bool) -> Iterator[str]:
    star = "*" if plain_marks() else "★"
    first = unit.claims[0] if unit.claims else None
    head = f"{number:>4} {star if first and first.suggested else ' '} {pad(unit.kind.value.replace('_', ' '), 11)} "
    yield wrap(text[unit.start : unit.end], columns, head)
    for claim in unit.claims:
        if claim is not first:
            head = f"     {star if claim.suggested else ' '}   {pad(claim.relation.value, 13)} "
            yield wrap(claim.text, columns, head)
        facts = joined(
            [
                f"said by {claim.attribution.source}" if claim.attribution and claim is first else "",
                ", ".join(kind.value for kind in claim.kinds) if claim is first or why else "",
                "; ".join(claim.reasons) if why else "",
            ]
        )
        if facts:
            yield wrap(facts, columns, " " * 21)
