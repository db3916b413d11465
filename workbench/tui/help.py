"""Help for a pane, made from the table of commands."""

from collections.abc import Mapping, Sequence

from textual.content import Content

from workbench.tui.commands import Command, Scope, keys_of, of_scope
from workbench.tui.wording import keys_named

_KEY_WIDTH = 16


def help_blocks(scopes: Sequence[Scope], remapped: Mapping[str, str]) -> list[Content]:
    """The keys of these scopes, then those that hold everywhere."""
    blocks: list[Content] = []
    for scope in (*scopes, Scope.EVERYWHERE):
        blocks.append(Content.styled(scope.value, "bold"))
        for command in of_scope(scope):
            blocks += _rows(command, remapped)
        blocks.append(Content(""))
    blocks.append(
        Content.styled(
            "Keys can be changed in the settings file: [keys], then a command's id and its keys. "
            "The command line does everything that is done here; see workbench --help.",
            "$quiet",
        )
    )
    return blocks


def _rows(command: Command, remapped: Mapping[str, str]) -> list[Content]:
    keys = keys_named(keys_of(command, remapped)) or "in the palette"
    name = f"  [{command.id}]" if command.in_palette else ""
    return [
        Content.assemble((f"  {keys:<{_KEY_WIDTH}} ", "$footer-key-foreground bold"), command.title, (name, "$quiet")),
        Content.styled(f"      {command.help}", "$quiet"),
    ]
