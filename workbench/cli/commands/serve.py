"""`workbench serve`: the terminal UI in a browser."""

import os
import sys

import click

from workbench.cli.context import Call, pass_call, store_command
from workbench.cli.output import out, say
from workbench.errors import InputRefused, Misuse


@store_command("serve", short_help="The terminal UI in a browser on this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; else any that is free.")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Listen there instead of on this machine alone.")
@pass_call
def serve(call: Call, port: int, host: str) -> None:
    """Show the terminal UI in a browser on this machine, until Ctrl-C. Prints the address to open.

    The address holds a secret: whoever has it can read and decide everything, as you. It is made anew each time. Only
    this machine is let in; --host opens it to others, without encryption. Nothing is loaded from the network.
    """
    try:
        from workbench.cli.browser import BrowserServer, is_loopback, listening
    except ModuleNotFoundError as error:
        raise InputRefused(
            f"The part for browsers is not installed ({error.name}).", "Install claim-workbench[serve]."
        ) from error
    if not host.strip():
        raise Misuse("The address to listen on is empty.", "Leave --host out to serve this machine alone.")
    call.opening()
    with listening(host, port) as sock:
        server = BrowserServer(_command(call), host, sock.getsockname()[1])
        if not is_loopback(host):
            say(
                f"warning: {host} can be reached by others. Whoever gets hold of the address below reads your desk and "
                "decides as you, and what passes is not encrypted."
            )
        say("Open this address in a browser; keep it to yourself. Ctrl-C ends.")
        out(server.address)
        server.run(sock)


def _command(call: Call) -> list[str]:
    """The command line that opens the screen as this one would."""
    command = [sys.executable, "-m", "workbench.cli"]
    if call.db is not None:
        command += ["--db", os.path.abspath(call.db)]  # noqa: PTH100 - links stay links, as for the screen
    if call.name is not None:
        command += ["--as", call.name]
    if call.read_only:
        command.append("--read-only")
    if call.even_shared_folder:
        command.append("--even-shared-folder")
    return command
