"""The terminal UI: one of the two front doors on the services."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.app import Workbench

__all__ = ["run"]


def run(workbench: "Workbench", *, start: str | None = None) -> int:
    """Run the terminal UI until it is left; returns the exit code. `start` is the id of the article to open on the Desk.

    An unexpected error ends it: the terminal is given back as it was, then the error is raised.
    """
    from workbench.tui.app import WorkbenchApp

    app = WorkbenchApp(workbench, start=start)
    app.run()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
