"""The command palette: every command of the table, found by its name or its help."""

from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from workbench.tui.commands import COMMANDS, Command, keys_of
from workbench.tui.wording import keys_named

if TYPE_CHECKING:
    from workbench.tui.shell import Shell


class Runner:
    """Mixed into the app: what the palette needs of it."""

    shell: "Shell"

    async def run_command(self, command: Command) -> None:
        """Do a command, in its own pane."""
        raise NotImplementedError


class CommandsProvider(Provider):
    """Offers the commands; those of another pane go there first."""

    @property
    def _runner(self) -> Runner:
        assert isinstance(self.app, Runner)  # noqa: S101 - the only app that offers this provider
        return self.app

    async def discover(self) -> Hits:
        """Everything, in the order of the table."""
        for command in COMMANDS:
            if command.in_palette:
                yield DiscoveryHit(_shown(command, self._runner), self._call(command), _name(command), command.help)

    async def search(self, query: str) -> Hits:
        """The commands whose name or help match."""
        matcher = self.matcher(query)
        for command in COMMANDS:
            if not command.in_palette:
                continue
            score = max(matcher.match(_name(command)), matcher.match(command.help) * 0.6)
            if score > 0:
                yield Hit(score, _shown(command, self._runner), self._call(command), _name(command), command.help)

    def _call(self, command: Command):  # type: ignore[no-untyped-def]
        async def call() -> None:
            await self._runner.run_command(command)

        return call


def _name(command: Command) -> str:
    return f"{command.scope.value}: {command.title}"


def _shown(command: Command, runner: Runner) -> Content:
    keys = keys_of(command, runner.shell.keys)
    return Content.assemble(_name(command), ("   " + keys_named(keys) if keys else "", "$footer-key-foreground"))
