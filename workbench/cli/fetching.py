"""Options of the commands that may ask the network, and the rules that they make."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from workbench.intake.fetching import Rules

Function = TypeVar("Function", bound=Callable[..., Any])


def fetching_options(function: Function) -> Function:
    """`--private-network` and `--ignore-robots`."""
    function = click.option(
        "--ignore-robots", is_flag=True, help="Fetch an address even if robots.txt asks not to; it is recorded."
    )(function)
    return click.option(
        "--private-network", is_flag=True, help="Let addresses of your own network, and other ports, be fetched."
    )(function)


def rules(*, private_network: bool, ignore_robots: bool) -> Rules:
    """How far a fetch may go: what the call and the settings allow. Raises InputRefused for settings that cannot be read."""
    from workbench import settings

    allowed = private_network or settings.load().private_network
    return Rules(private=allowed, ignore_robots=ignore_robots)
