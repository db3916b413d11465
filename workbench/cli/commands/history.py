"""`workbench history`, `undo` and `redo`."""

from collections.abc import Callable

import click

from workbench.app import Workbench
from workbench.cli.context import Call, pass_call, store_command
from workbench.cli.layout import counted, joined, one_line, when, wrap
from workbench.cli.output import out, out_json, say, width
from workbench.cli.shapes import Shape, moment
from workbench.cli.types import format_option
from workbench.errors import NotFound
from workbench.services.history import Entry

_WHOLE_KEY = 32


@store_command("history", short_help="What was decided, by whom, newest first.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="How many actions.")
@click.option("--before", type=int, metavar="NUMBER", help="Only actions before this one.")
@click.option("--entity", metavar="KEY", help="Every decision about one thing instead, oldest first.")
@format_option("text", "json")
@pass_call
def history(call: Call, limit: int, before: int | None, entity: str | None, spelling: str) -> None:
    """What was decided, by whom, newest first.

    With --entity every decision about one article, claim or source, or about anything else by its whole key.
    """
    workbench = call.workbench()
    if entity is not None:
        _show_entries(_whole_key(workbench, entity), workbench, spelling)
        return
    actions: list[Shape] = [
        {
            "number": step.number,
            "action": step.action,
            "label": step.label,
            "author": step.author,
            "device": step.device,
            "at": moment(step.at),
            "undoes": step.undoes,
            "redoes": step.redoes,
            "touched": [{"kind": kind.value, "entity": identity} for kind, identity in step.touched],
        }
        for step in workbench.history.steps(limit, before)
    ]
    if spelling == "json":
        out_json({"actions": actions})
    elif actions:
        out("\n".join(_action_line(action, width()) for action in actions))
    else:
        say("Nothing was decided yet.")


def _whole_key(workbench: Workbench, key: str) -> str:
    """The whole key of an article, claim or source that `key` names; a whole key as it is."""
    if len(key) >= _WHOLE_KEY:
        return key
    ways: list[Callable[[], str]] = [
        lambda: workbench.claims.get(key).claim.id,
        lambda: workbench.articles.get(key).id,
        lambda: workbench.sources.get(key).view.source.id,
    ]
    problem: NotFound | None = None
    for find in ways:
        try:
            return find()
        except NotFound as error:
            problem = problem if problem and "several" in problem.message else error
    raise NotFound(
        problem.message if problem and "several" in problem.message else f"Nothing here is called “{key}”.",
        "Give a key as --format json shows it.",
    )


def _show_entries(entity: str, workbench: Workbench, spelling: str) -> None:
    entries = workbench.history.of(entity)
    if spelling == "json":
        out_json({"entity": entity, "decisions": [_entry_shape(entry) for entry in entries]})
    elif entries:
        out("\n".join(_entry_line(entry, width()) for entry in entries))
    else:
        say("Nothing was decided about this.")


def _entry_shape(entry: Entry) -> Shape:
    return {
        "rid": entry.rid,
        "label": entry.label,
        "author": entry.author,
        "at": moment(entry.at),
        "kind": entry.kind,
        "data": entry.data,
    }


def _entry_line(entry: Entry, columns: int) -> str:
    what = f"{entry.kind} withdrawn" if entry.data is None else entry.kind
    return wrap(joined([when(entry.at), entry.author, entry.label, what]), columns, f"{entry.rid[:8]}  ")


def _action_line(action: Shape, columns: int) -> str:
    how = "undo: " if action["undoes"] else "redo: " if action["redoes"] else ""
    touched = counted(len(action["touched"]), "thing") if len(action["touched"]) > 1 else ""
    at = action["at"][:16].replace("T", " ")
    return wrap(joined([at, action["author"], f"{how}{action['label']}", touched]), columns, f"{action['number']:>6}  ")


@store_command("undo", short_help="Take back this device's latest action.")
@pass_call
def undo(call: Call) -> None:
    """Take back this device's latest action; bringing in evidence and merging shares are not undone."""
    say(f"undid: {one_line(call.workbench().history.undo())}")


@store_command("redo", short_help="Do again what undo took back.")
@pass_call
def redo(call: Call) -> None:
    """Do again what undo took back last, until the next new action."""
    say(f"redid: {one_line(call.workbench().history.redo())}")
