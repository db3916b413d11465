"""Seeing to it that documents have been looked through for copies before origins are told."""

from workbench.app import Workbench
from workbench.cli.layout import counted
from workbench.cli.output import say
from workbench.cli.progress import ProgressLine, stoppable


def look_for_copies(workbench: Workbench) -> None:
    """Look through what an earlier release or a share has left to do; says how much is left where that is not all of it."""
    left = workbench.origins.behind()
    if left and not workbench.read_only:
        with ProgressLine() as progress, stoppable() as cancelled:
            left = workbench.origins.catch_up(progress=progress, cancelled=cancelled)
    if left:
        say(f"note: {counted(left, 'document')} not looked through for copies yet")
