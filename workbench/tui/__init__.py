"""The terminal UI: one of the two front doors on the services."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.app import Opening

__all__ = ["run"]


def run(opening: "Opening", *, first_article: bool = False, tour: bool = False) -> int:
    """Run the terminal UI on a database until it is left; returns the exit code.

    The screen comes up first, then the database is opened, made where there is none, and closed at the end. With
    `first_article` the first article is open on the Desk, with `tour` the tour is under way. Raises StoreError or
    InputRefused where the database cannot be opened. An unexpected error ends it: the terminal is given back as it was,
    then the error is raised.
    """
    from workbench.tui.app import WorkbenchApp

    app = WorkbenchApp(opening, first_article=first_article, tour=tour)
    try:
        app.run()
    finally:
        if app.workbench is not None:
            app.write_drafts_at_the_end()
            app.workbench.close()
    error = app.refusal or app.failure
    if error is not None:
        raise error
    return app.return_code or 0
