"""`workbench settings` and `workbench paths`."""

from importlib import import_module

import click

from workbench import paths
from workbench.cli.context import Call
from workbench.cli.layout import fields, joined, pad, wrap
from workbench.cli.output import out, out_json, say, width
from workbench.cli.types import WORDS, format_option
from workbench.errors import NotFound
from workbench.settings import Settings, described, load, store, store_key, unset


@click.group("settings", invoke_without_command=True, short_help="List, read and change settings.")
@click.pass_context
def settings(ctx: click.Context) -> None:
    """Settings, kept in a file of yours; environment variables go before it. Without a command: list them."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_settings, spelling="text")


@settings.command("list", short_help="Every setting with its value and where that comes from.")
@format_option("text", "json")
def list_settings(spelling: str) -> None:
    """Every setting with its value, where that comes from, and what it means."""
    found = load()
    if spelling == "json":
        rows = [
            {"name": name, "value": found.value_of(name), "from": found.source_of(name), "help": text}
            for name, text in described().items()
        ]
        out_json({"settings": rows})
        return
    for name, text in described().items():
        out(f"{pad(name, 12)} {joined([_spoken(found, name), found.source_of(name)])}")
        out(wrap(text, width(), " " * 13))


def _spoken(found: Settings, name: str) -> str:
    value = found.value_of(name)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, dict):
        return ", ".join(f"{key} = {item}" for key, item in value.items()) or "(none)"
    return str(value) or "(none)"


@settings.command("get", short_help="One setting's value.")
@click.argument("name")
def get(name: str) -> None:
    """One setting's value."""
    if name not in described():
        raise NotFound(f"There is no setting “{name}”.", f"There are: {', '.join(described())}.")
    out(_spoken(load(), name).replace("(none)", ""))


@settings.command("set", short_help="Change one setting.")
@click.argument("name")
@click.argument("value", type=WORDS)
def change(name: str, value: str) -> None:
    """Change one setting in the settings file."""
    store(name, value)
    _tell(name)


@settings.command("unset", short_help="Go back to a setting's default.")
@click.argument("name")
def unset_one(name: str) -> None:
    """Take a setting out of the settings file, so that its default holds again."""
    unset(name)
    _tell(name)


def _tell(name: str) -> None:
    found = load()
    say(f"{name} is {_spoken(found, name)}, from {found.source_of(name)}")


@settings.command("key", short_help="Other keys for a command of the screen, or its own again.")
@click.argument("command")
@click.argument("keys", type=WORDS, required=False)
def key(command: str, keys: str | None) -> None:
    """Give a command of the screen other keys, several with commas between; without KEYS its own again.

    Commands and their keys are listed in docs/keys.md and by ? on the screen. Keys are written as escape, slash, f9,
    ctrl+p, or as the letter or sign itself; `workbench keys` shows what your terminal sends. A key that another command
    has at the same place is refused.
    """
    # Found by name: the two front doors import nothing of each other.
    remapping = import_module("workbench.tui.commands.remapping")
    remapped = load().keys
    if keys is None:
        store_key(remapping.known(command).id, None)
    else:
        store_key(command, remapping.checked(command, keys, remapped))
    say(f"{command}: {remapping.spoken(command, load().keys)}")


@click.command("paths", short_help="Where the workbench keeps its files.")
@format_option("text", "json")
@click.pass_obj
def paths_command(call: Call, spelling: str) -> None:
    """Where the workbench keeps its files; CLAIM_WORKBENCH_HOME moves all of them."""
    found = {name: str(path) for name, path in paths.every().items()}
    if call.db is not None:
        found["database"] = str(call.db)
    if spelling == "json":
        out_json(found)
    else:
        out(fields(found.items(), width()))
