"""`workbench verdict`: recording verdicts, what they still need, and settling what desks decided differently."""

import click

from workbench.cli.context import Call, StoreGroup, pass_call
from workbench.cli.layout import joined, one_line, pad, wrap
from workbench.cli.output import out, out_json, plain_marks, say, width, words_or_input
from workbench.cli.render import conflict_block, level_label, verdict_block
from workbench.cli.shapes import conflict as conflict_shape
from workbench.cli.shapes import verdict as verdict_shape
from workbench.cli.types import WORDS, format_option
from workbench.errors import ExitCode, NotFound
from workbench.verdicts import RatingScale, RuleState, load_scales
from workbench.verdicts import scale as scale_of

_RULES = {
    RuleState.MET: ("✓", "v", "met"),
    RuleState.UNMET: ("✗", "x", "not met"),
    RuleState.UNKNOWN: ("?", "?", "unknown"),
}


@click.group("verdict", cls=StoreGroup, short_help="Record verdicts, see scales, resolve conflicts.")
def verdict() -> None:
    """A claim's level on a rating scale, with the reasoning.

    CLAIM is the end or the beginning of a claim's key, at least four characters.
    """


@verdict.command("record", short_help="Give a claim a level of a rating scale.")
@click.argument("claim")
@click.option("--scale", metavar="SCALE", help="The rating scale; else the one in the settings.")
@click.option("--level", required=True, type=WORDS, help="The level: its name, its letter or its label.")
@click.option("--rationale", type=WORDS, default="", help="The reasoning; “-” reads it from standard input.")
@click.option("--missing", type=WORDS, default="", help="What evidence is missing.")
@pass_call
def record(call: Call, claim: str, scale: str | None, level: str, rationale: str, missing: str) -> None:
    """Give a claim a level of a rating scale, and print the verdict's key. Earlier verdicts stay in the history."""
    reasoning = words_or_input(rationale)
    service = call.workbench().verdicts
    made = service.record(claim, scale or service.default_scale(), level, rationale=reasoning, missing=missing)
    say(f"recorded {level_label(made)} on {made.scale}@{made.scale_version} as {one_line(made.author)}")
    lacking = [rule for rule in service.checklist(claim, made.scale) if rule.state is RuleState.UNMET]
    for rule in lacking:
        say(f"  still to do: {rule.text}. {rule.detail}")
    out(made.id)


@verdict.command("show", short_help="A claim's verdicts.")
@click.argument("claim")
@format_option("text", "json")
@pass_call
def show(call: Call, claim: str, spelling: str) -> None:
    """A claim's verdicts with their reasoning, one for each scale."""
    view = call.workbench().claims.get(claim)
    if spelling == "json":
        out_json({"claim": view.claim.id, "verdicts": [verdict_shape(item) for item in view.verdicts]})
    elif view.verdicts:
        out("\n\n".join(verdict_block(item, width()) for item in view.verdicts))
    else:
        say("No verdict yet. Record one: workbench verdict record CLAIM --level LEVEL")


@verdict.command("withdraw", short_help="Take a verdict back; history keeps it.")
@click.argument("claim")
@click.option("--scale", metavar="SCALE", help="The rating scale; else the one in the settings.")
@pass_call
def withdraw(call: Call, claim: str, scale: str | None) -> None:
    """Take a claim's verdict on one scale back; history keeps it, and undo brings it back."""
    service = call.workbench().verdicts
    chosen = scale or service.default_scale()
    service.withdraw(claim, chosen)
    say(f"withdrew the verdict on {one_line(chosen)}; undo brings it back")


@verdict.command("scales", short_help="The rating scales, or the levels of one.")
@click.argument("scale", required=False)
@format_option("text", "json")
@pass_call
def scales(call: Call, scale: str | None, spelling: str) -> None:
    """The rating scales, or the levels of one with their definitions. No scale is ever converted into another."""
    del call
    chosen = list(load_scales().values()) if scale is None else [scale_of(scale)]
    if spelling == "json":
        out_json({"scales": [_scale_shape(item) for item in chosen]})
    elif scale is None:
        blocks = [
            f"{item.key}: {one_line(item.name)}, {one_line(item.publisher)}\n"
            + wrap(", ".join(level.label for level in item.levels), width(), "  ")
            for item in chosen
        ]
        out("\n".join(blocks))
    else:
        out(_scale_text(chosen[0], width()))


def _scale_text(item: RatingScale, columns: int) -> str:
    lines = [f"{item.key}: {one_line(item.name)}, {one_line(item.publisher)}", wrap(item.note, columns), ""]
    for level in item.levels:
        glyph = level.ascii if plain_marks() else level.glyph
        lines.append(f"  {level.letter}  {glyph} {pad(level.label, 22)} {level.id}")
        lines.append(wrap(level.definition, columns, "       "))
    return "\n".join(lines)


def _scale_shape(item: RatingScale) -> dict[str, object]:
    return {
        "id": item.id,
        "version": item.version,
        "name": item.name,
        "publisher": item.publisher,
        "language": item.language,
        "note": item.note,
        "levels": [
            {
                "id": level.id,
                "label": level.label,
                "definition": level.definition,
                "letter": level.letter,
                "truth": level.truth,
                "tone": level.tone.value,
                "final": level.final,
                "rests_on_evidence": level.rests_on_evidence,
            }
            for level in item.levels
        ],
    }


@verdict.command("checklist", short_help="What a claim's verdict still needs.")
@click.argument("claim")
@click.option("--scale", metavar="SCALE", help="The rating scale; else the one in the settings.")
@format_option("text", "json")
@pass_call
def checklist(call: Call, claim: str, scale: str | None, spelling: str) -> None:
    """What a claim's verdict still needs before it can be called final. Exit code 1 while a rule is not met."""
    rules = call.workbench().verdicts.checklist(claim, scale)
    if spelling == "json":
        rows = [{"id": rule.id, "text": rule.text, "state": rule.state.value, "detail": rule.detail} for rule in rules]
        out_json({"rules": rows})
    else:
        for rule in rules:
            glyph, plain, word = _RULES[rule.state]
            head = pad(f"{plain if plain_marks() else glyph} {word}", 10)
            out(wrap(f"{rule.text}. {rule.detail}", width(), f"{head} "))
    if any(rule.state is RuleState.UNMET for rule in rules):
        click.get_current_context().exit(ExitCode.NO)


@verdict.command("conflicts", short_help="What desks decided differently.")
@click.argument("article", required=False)
@format_option("text", "json")
@pass_call
def conflicts(call: Call, article: str | None, spelling: str) -> None:
    """What desks decided differently and nobody has settled; with ARTICLE only what is about it."""
    found = call.workbench().verdicts.conflicts(article)
    if spelling == "json":
        out_json({"conflicts": [conflict_shape(view) for view in found]})
    elif found:
        out("\n\n".join(conflict_block(view, width()) for view in found))
        say("choose with: workbench verdict resolve ENTITY NUMBER")
    else:
        say("No conflict.")


@verdict.command("resolve", short_help="Choose between differing decisions.")
@click.argument("entity")
@click.argument("choice", metavar="NUMBER|RID")
@pass_call
def resolve(call: Call, entity: str, choice: str) -> None:
    """Choose between differing decisions, by the number that `conflicts` shows or by a decision's own name.

    The choice becomes the value; the other decisions stay in the history.
    """
    service = call.workbench().verdicts
    found = [view for view in service.conflicts() if view.entity.startswith(entity) or view.entity.endswith(entity)]
    if len(found) != 1:
        problem = "is in no open conflict" if not found else "could be several conflicts"
        raise NotFound(f"“{entity}” {problem}.", "List them: workbench verdict conflicts")
    choices = found[0].choices
    if choice.isascii() and choice.isdigit() and len(choice) < 4:
        if not 1 <= int(choice) <= len(choices):
            raise NotFound(f"There is no decision {choice} in this conflict.", f"Choose 1 to {len(choices)}.")
        chosen = choices[int(choice) - 1]
    else:
        fitting = [item for item in choices if item.rid.startswith(choice) or item.rid.endswith(choice)]
        if len(fitting) != 1:
            raise NotFound(f"“{choice}” names no decision of this conflict.", "List them: workbench verdict conflicts")
        chosen = fitting[0]
    service.resolve(found[0].entity, chosen.rid)
    say(joined([f"chose {one_line(chosen.text)}", f"as {one_line(chosen.author)} decided"]))
