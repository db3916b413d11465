"""The one table of commands: keys, footers, palette and help are all made from it."""

from collections.abc import Iterable, Mapping

from textual.binding import BindingType

from workbench.tui.commands.desk import DESK
from workbench.tui.commands.everywhere import EVERYWHERE
from workbench.tui.commands.forms import FORMS
from workbench.tui.commands.model import Command, Scope
from workbench.tui.commands.panes import PANES

__all__ = ["COMMANDS", "Command", "Scope", "bindings", "by_id", "keys_of", "of_scope"]

COMMANDS: tuple[Command, ...] = (*EVERYWHERE, *DESK, *PANES, *FORMS)


def of_scope(*scopes: Scope) -> list[Command]:
    """The commands of these scopes, scope by scope, in the order of the table."""
    return [command for scope in scopes for command in COMMANDS if command.scope is scope]


def by_id(identifier: str) -> Command:
    """The command with this id; KeyError where there is none."""
    return {command.id: command for command in COMMANDS}[identifier]


def bindings(*scopes: Scope) -> list[BindingType]:
    """What a screen or widget binds: every command of its scopes that has a key."""
    return [command.binding() for command in of_scope(*scopes) if command.keys]


def keys_of(command: Command, remapped: Mapping[str, str]) -> str:
    """The keys that a command has now, comma-separated; `remapped` comes from the settings."""
    return remapped.get(command.id) or command.keys


def unknown(remapped: Iterable[str]) -> list[str]:
    """The ids in the settings that name no command."""
    known = {command.id for command in COMMANDS}
    return sorted(set(remapped) - known)
