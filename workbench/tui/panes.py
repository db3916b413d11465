"""The one table of panes. A pane's screen, with the forms and services that it uses, is loaded when it is first wanted."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from workbench.tui.commands import Scope

if TYPE_CHECKING:
    from workbench.tui.screens.base import PaneScreen

SCOPES: Mapping[str, tuple[Scope, ...]] = {
    "articles": (Scope.ARTICLES, Scope.LIST),
    "desk": (Scope.DESK, Scope.LIST),
    "evidence": (Scope.EVIDENCE, Scope.LIST),
    "sources": (Scope.SOURCES, Scope.LIST),
    "reports": (Scope.REPORTS, Scope.READER),
    "history": (Scope.HISTORY, Scope.LIST),
    "share": (Scope.SHARE, Scope.READER),
}
"""By mode, in the order of their keys: the commands that a pane binds, the most particular first."""

MODES = tuple(SCOPES)
MODE_OF = {scopes[0]: mode for mode, scopes in SCOPES.items()}
"""The pane in which the commands of a scope are at hand."""


def screen_class(mode: str) -> "type[PaneScreen]":
    """The class of a pane's screen, loaded now. Named after its mode."""
    found: type[PaneScreen] = getattr(import_module(f"workbench.tui.screens.{mode}"), f"{mode.capitalize()}Screen")
    return found
