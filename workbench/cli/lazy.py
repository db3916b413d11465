"""A group of commands that knows their names and one-line helps, and imports a command only when it is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives (`module:attribute`), under which heading help lists it, and its one-line help."""

    section: str
    place: str
    help: str

    def load(self) -> click.Command:
        """Import the command."""
        module, _, attribute = self.place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


class LazyGroup(click.Group):
    """A group over a table of entries; help is written from the table alone."""

    def __init__(self, *args: Any, entries: Mapping[str, Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names in the order of the table."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of this name, imported now."""
        entry = self.entries.get(cmd_name)
        return entry.load() if entry else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; an unknown name is answered with the names that look like it."""
        name = args[0]
        if name not in self.entries and not name.startswith("-"):
            raise click.NoSuchCommand(name, possibilities=self.entries, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The commands under their headings."""
        for section, rows in self.sections():
            with formatter.section(section):
                formatter.write_dl(list(rows), col_max=16)

    def sections(self) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
        """Each heading with its (name, help) pairs, in the order of the table."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, entry in self.entries.items():
            found.setdefault(entry.section, []).append((name, entry.help))
        return list(found.items())
