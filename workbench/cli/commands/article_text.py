"""`workbench article update|versions|diff|coverage`: an article whose text changes, and how much of it is dealt with."""

import click

from workbench.cli.context import Call, pass_call
from workbench.cli.fetching import fetching_options, rules
from workbench.cli.layout import clip, counted, fields, joined, when, wrap
from workbench.cli.output import LARGEST_FILE, out, out_json, plain_marks, read_input, say, width
from workbench.cli.render_versions import coverage_strip, difference_lines
from workbench.cli.shapes import article as article_shape
from workbench.cli.shapes import coverage
from workbench.cli.shapes_versions import difference, update_shape, version, with_reason
from workbench.cli.types import format_option
from workbench.intake.articles import read_article_file
from workbench.intake.fetching import fetch, is_address
from workbench.services.status import reason_of
from workbench.services.versions import Update

_MEDIA_TYPES = {"plain": "text/plain", "markdown": "text/markdown"}


@click.command("update", short_help="Bring in a changed text of an article.")
@click.argument("key", metavar="ARTICLE")
@click.argument("file", metavar="FILE|URL|-")
@fetching_options
@click.option("--text-format", type=click.Choice(tuple(_MEDIA_TYPES)), help="What the text is, if its name lies.")
@format_option("text", "json")
@pass_call
def update(
    call: Call,
    key: str,
    file: str,
    private_network: bool,
    ignore_robots: bool,
    text_format: str | None,
    spelling: str,
) -> None:
    """Bring in a changed text of an article as its next version. Prints the version's number.

    Every claim is found again or marked: found with the same words, drifted (other words where it stood), or gone from the
    text. Sentences on which no claim stands get new ones. A verdict on words that changed asks to be looked at again. The
    same text again changes nothing. "-" reads the text from standard input; undo returns to the version before.
    """
    media_type = _MEDIA_TYPES[text_format] if text_format else None
    if is_address(file):
        found = fetch(file, rules(private_network=private_network, ignore_robots=ignore_robots))
        data, name, media_type = found.data, found.name, media_type or found.media_type
    else:
        data, name = read_input(file, files_of=LARGEST_FILE)
    for warning in read_article_file(data, name, media_type).warnings:
        say(f"note: {warning}")
    workbench = call.workbench()
    done = workbench.versions.update(key, data, name, media_type=media_type)
    if spelling == "json":
        out_json(update_shape(done))
        return
    for line in _narrated(done):
        say(line)
    out(str(done.version.ordinal))


def _narrated(done: Update) -> list[str]:
    if done.same:
        lines = [f"the same text as version {done.version.ordinal}: nothing changed"]
        return [*lines, f"{counted(done.new, 'claim')} made for sentences that had none"] if done.new else lines
    facts = [
        f"{done.found} found again",
        f"{done.drifted} drifted",
        f"{done.orphans} no longer in the text",
        f"{done.new} new",
    ]
    lines = [f"version {done.version.ordinal}: of the claims {', '.join(facts)}"]
    if done.changed:
        lines.append(f"{counted(done.changed, 'decided claim')} to look at again: the text changed since")
    if done.lost:
        lines.append(f"{counted(done.lost, 'decided claim')} without a place: see claims ARTICLE --status lost")
    return lines


@click.command("versions", short_help="The versions of an article.")
@click.argument("key", metavar="ARTICLE")
@format_option("text", "json")
@pass_call
def versions(call: Call, key: str, spelling: str) -> None:
    """The versions of an article, the latest last."""
    workbench = call.workbench()
    found = workbench.versions.list(key)
    if spelling == "json":
        record = workbench.articles.get(key)
        out_json({"article": article_shape(record), "versions": [version(item) for item in found]})
        return
    for item in found:
        facts = joined(
            [
                when(item.version.decided_at),
                item.version.author,
                counted(len(item.version.text), "character"),
                f"{counted(item.claims, 'claim')} made in it",
                "the latest" if item.latest else "",
            ]
        )
        out(wrap(facts, width(), f"{item.version.ordinal:>3}  "))


@click.command("diff", short_help="What changed between two versions.")
@click.argument("key", metavar="ARTICLE")
@click.option("--from", "old", type=int, metavar="N", help="The number of the older version; else the one before.")
@click.option("--to", "new", type=int, metavar="M", help="The number of the newer version; else the latest.")
@format_option("text", "json")
@pass_call
def diff(call: Call, key: str, old: int | None, new: int | None, spelling: str) -> None:
    """What changed between two versions of an article, sentence by sentence, with the words that changed.

    Lines begin with - for what went, + for what came, and ~ for a sentence that changed, in which [-words-] went and
    {+words+} came.
    """
    found = call.workbench().versions.difference(key, old, new)
    if spelling == "json":
        out_json(difference(found))
    else:
        out(difference_lines(found, width()))


@click.command("coverage", short_help="Every unit with its state and reason.")
@click.argument("key", metavar="ARTICLE")
@format_option("text", "json")
@pass_call
def coverage_of(call: Call, key: str, spelling: str) -> None:
    """How much of an article is dealt with: every unit with its state and, where it was set aside, the reason."""
    workbench = call.workbench()
    desk = workbench.articles.desk(key)
    by_id = {view.claim.id: view for view in desk.claims}
    reasons = [reason_of(unit, by_id) for unit in desk.units]
    if spelling == "json":
        units = [with_reason(unit, why, desk.version.text) for unit, why in zip(desk.units, reasons, strict=True)]
        out_json(
            {
                "article": article_shape(desk.article),
                "version": desk.version.ordinal,
                "coverage": coverage(desk.coverage),
                "units": units,
            }
        )
        return
    part, plain = desk.coverage, workbench.settings.ascii or plain_marks()
    out(clip(desk.article.title, width()))
    rows = [
        (word, f"{number:,} of {part.characters:,} characters")
        for word, number in (
            ("checked", part.checked),
            ("set aside", part.set_aside),
            ("in work", part.in_work),
            ("to check", part.to_check),
        )
    ]
    out(fields([("dealt with", f"{part.percent} %"), *rows], width()))
    out(coverage_strip(desk, width(), plain=plain) + "\n")
    for number, (unit, why) in enumerate(zip(desk.units, reasons, strict=True), 1):
        state = unit.state.value.replace("_", " ")
        head = f"{number:>3} {unit.start}–{unit.end}"
        out(wrap(joined([state, unit.kind.value.replace("_", " "), why]), width(), f"{head:<14} "))
        out(wrap(clip(desk.version.text[unit.start : unit.end], 2 * width()), width(), " " * 15))
