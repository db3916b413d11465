"""Other keys for commands: which spelling a key has, and whether it is free where the command is at hand."""

import re
from collections.abc import Iterator, Mapping

from textual.keys import _character_to_key

from workbench.errors import InputRefused
from workbench.tui.commands import COMMANDS, Command, Scope, keys_of
from workbench.tui.panes import SCOPES
from workbench.tui.wording import key_name, keys_named

NEVER = frozenset({"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+left_square_bracket", "ctrl+c", "ctrl+z"})
"""Keys that terminals send as another key, or keep for themselves."""
_KEY = re.compile(r"(?:(?:ctrl|alt|shift|super|meta)\+)*[A-Za-z0-9_\-]{1,40}")


def known(identifier: str) -> Command:
    """The command with this id. Raises InputRefused."""
    found = next((command for command in COMMANDS if command.id == identifier), None)
    if found is None:
        raise InputRefused(f"There is no command “{identifier}”.", "Help (?) and docs/keys.md list the ids.")
    return found


def checked(identifier: str, typed: str, remapped: Mapping[str, str]) -> str:
    """The keys as the settings hold them. Raises InputRefused for one that is none, or that is taken."""
    command = known(identifier)
    keys = [_spelled(part) for part in (typed.split(",") if typed.strip() != "," else ["comma"])]
    keys = list(dict.fromkeys(key for key in keys if key))
    if not keys:
        raise InputRefused("No key is given.", "Give one, such as f9, or take the command's own again.")
    for key in keys:
        if key in NEVER:
            raise InputRefused(f"{key_name(key)} never arrives: terminals keep it.", "Choose another key.")
        other = next(_taking(command, key, remapped), None)
        if other is not None:
            raise InputRefused(
                f"{key_name(key)} is taken by “{other.title}” ({other.id}).", "Choose another, or move that one first."
            )
    return ",".join(keys)


def spoken(identifier: str, remapped: Mapping[str, str]) -> str:
    """The keys that a command has now, in words."""
    return keys_named(keys_of(known(identifier), remapped)) or "in the palette only"


def _spelled(part: str) -> str:
    """A key by Textual's name: signs by their names, the rest as typed."""
    key = part.strip()
    if len(key) == 1 and not key.isalnum():
        return _character_to_key(key)
    if key and not _KEY.fullmatch(key) and not (len(key) == 1 and key.isprintable()):
        raise InputRefused(f"“{key}” is no key.", "Write keys as in f9, ctrl+p, slash, or one letter.")
    return key


def _taking(command: Command, key: str, remapped: Mapping[str, str]) -> Iterator[Command]:
    """The other commands that have this key where `command` is at hand, but for those that share it from the outset."""
    for other in COMMANDS:
        if other.id == command.id or not _together(command.scope, other.scope):
            continue
        if key in keys_of(other, remapped).split(",") and not (
            key in other.keys.split(",") and key in command.keys.split(",")
        ):
            yield other


def _together(one: Scope, other: Scope) -> bool:
    """Whether commands of two scopes can be at hand at the same time, on a pane; a form goes before what lies under it."""
    if one is other:
        return True
    panes = [{Scope.EVERYWHERE, *scopes} for scopes in SCOPES.values()]
    return any({one, other} <= pane for pane in panes)
