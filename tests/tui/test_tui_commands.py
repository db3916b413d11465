"""One table of commands: nothing is bound beside it, everything in it does something, and it can be remapped."""

import importlib
import pkgutil
from collections import Counter
from pathlib import Path

from textual.app import App
from textual.binding import Binding
from textual.widget import Widget
from tui_desk import seated

import workbench.tui
from workbench.tui.app import WorkbenchApp
from workbench.tui.commands import COMMANDS, Scope, bindings, by_id, keys_of, of_scope, unknown
from workbench.tui.forms.base import Form, TextPanel
from workbench.tui.forms.choosing import Choose
from workbench.tui.forms.citations import CitationsPanel
from workbench.tui.forms.cite import CiteForm
from workbench.tui.forms.claims import PartForm
from workbench.tui.forms.compare import CompareScreen
from workbench.tui.forms.helper import HelperPanel
from workbench.tui.forms.keys import KeyPanel, KeysPanel
from workbench.tui.forms.offers import OffersPanel
from workbench.tui.forms.offices import OfficesPanel
from workbench.tui.forms.origins import OriginPanel
from workbench.tui.forms.precedents import PrecedentsPanel
from workbench.tui.forms.references import ReferencesPanel
from workbench.tui.forms.settings import SettingsPanel
from workbench.tui.forms.split import SplitForm
from workbench.tui.forms.verdict import VerdictForm
from workbench.tui.forms.versions import DifferencePanel
from workbench.tui.panes import MODES, SCOPES, screen_class
from workbench.tui.screens.articles import ArticlesScreen
from workbench.tui.screens.desk import DeskScreen
from workbench.tui.screens.document import DocumentScreen
from workbench.tui.screens.evidence import EvidenceScreen
from workbench.tui.screens.history import HistoryScreen
from workbench.tui.screens.reports import ReportsScreen
from workbench.tui.screens.share import ShareScreen
from workbench.tui.screens.sources import SourcesScreen
from workbench.tui.widgets.cards import Cards
from workbench.tui.widgets.fields import WordsField
from workbench.tui.widgets.levels import Levels
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.rows import Rows

OWNERS: dict[Scope, tuple[type, ...]] = {
    Scope.EVERYWHERE: (WorkbenchApp,),
    Scope.LIST: (Rows, Cards),
    Scope.READER: (Reader,),
    Scope.ARTICLES: (ArticlesScreen,),
    Scope.DESK: (DeskScreen,),
    Scope.EVIDENCE: (EvidenceScreen,),
    Scope.DOCUMENT: (DocumentScreen,),
    Scope.SOURCES: (SourcesScreen,),
    Scope.REPORTS: (ReportsScreen,),
    Scope.HISTORY: (HistoryScreen,),
    Scope.SHARE: (ShareScreen,),
    Scope.FORM: (Form,),
    Scope.PANEL: (TextPanel,),
    Scope.WORDS: (WordsField,),
    Scope.CITE: (CiteForm,),
    Scope.PART: (PartForm,),
    Scope.LEVELS: (Levels,),
    Scope.SPLIT: (SplitForm,),
    Scope.COMPARE: (CompareScreen,),
    Scope.CITATIONS: (CitationsPanel,),
    Scope.OFFERS: (OffersPanel,),
    Scope.HELPER: (HelperPanel,),
    Scope.PICK: (Choose,),
    Scope.ORIGIN: (OriginPanel,),
    Scope.VERSIONS: (DifferencePanel,),
    Scope.VERDICT: (VerdictForm,),
    Scope.PRECEDENTS: (PrecedentsPanel,),
    Scope.REFERENCES: (ReferencesPanel,),
    Scope.OFFICES: (OfficesPanel,),
    Scope.SETTINGS: (SettingsPanel,),
    Scope.KEYS: (KeysPanel,),
    Scope.KEY: (KeyPanel,),
}


def classes() -> set[type]:
    """Every class of the terminal UI that can bind keys."""
    found: set[type] = set()
    for module in pkgutil.walk_packages(workbench.tui.__path__, "workbench.tui."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and thing.__module__.startswith("workbench.tui"):
                found.add(thing)
    return {kind for kind in found if issubclass(kind, Widget | App)}


def test_every_scope_has_an_owner_and_every_command_a_method() -> None:
    assert set(OWNERS) == set(Scope)
    missing = [
        (command.id, owner.__name__)
        for command in COMMANDS
        for owner in OWNERS[command.scope]
        if not callable(getattr(owner, command.method, None))
    ]
    assert missing == []


def test_nothing_is_bound_beside_the_table() -> None:
    known = {command.id for command in COMMANDS}
    for kind in classes():
        for binding in vars(kind).get("BINDINGS", ()):
            assert isinstance(binding, Binding), kind
            assert binding.id in known, (kind, binding)


def test_owners_bind_their_scope() -> None:
    for scope, owners in OWNERS.items():
        for owner in owners:
            bound = {binding.id for binding in vars(owner).get("BINDINGS", ())}
            assert {command.id for command in of_scope(scope) if command.keys} <= bound, owner


def test_ids_are_unique_and_no_key_means_two_things_in_one_scope() -> None:
    assert [identifier for identifier, times in Counter(command.id for command in COMMANDS).items() if times > 1] == []
    for scope in Scope:
        keys = Counter(key for command in of_scope(scope) for key in command.keys.split(",") if key)
        assert [key for key, times in keys.items() if times > 1] == [], scope


def test_the_list_or_text_of_a_pane_swallows_none_of_its_keys() -> None:
    panes = [screen_class(mode) for mode in MODES]
    assert {pane.mode: pane.scopes for pane in panes} == SCOPES
    for pane in (*panes, DocumentScreen):
        own, inner = of_scope(pane.scopes[0]), of_scope(*pane.scopes[1:])
        keys = {key for command in own for key in command.keys.split(",")}
        assert keys & {key for command in inner for key in command.keys.split(",")} <= {"enter"}, pane


def test_no_key_is_one_that_terminals_swallow() -> None:
    swallowed = {
        "ctrl+h",
        "ctrl+i",
        "ctrl+m",
        "ctrl+left_square_bracket",
        "ctrl+s",
        "ctrl+a",
        "ctrl+enter",
        "alt+enter",
    }
    assert not {key for command in COMMANDS for key in command.keys.split(",")} & swallowed


def test_every_command_says_what_it_does() -> None:
    for command in COMMANDS:
        assert command.title, command.id
        assert command.help.endswith("."), command.id


def test_a_scope_gives_its_bindings_and_the_settings_change_their_keys() -> None:
    cite = by_id("desk.cite")
    assert keys_of(cite, {}) == "c"
    assert keys_of(cite, {"desk.cite": "z"}) == "z"
    assert unknown({"desk.cite": "z", "desk.fly": "f"}) == ["desk.fly"]
    assert any(binding.id == "desk.cite" for binding in bindings(Scope.DESK) if isinstance(binding, Binding))


async def test_remapped_keys_work_and_show(db: Path) -> None:
    async with seated(db, start=True, keys={"desk.cite": "z", "desk.fly": "f"}) as seat:
        assert any("desk.fly" in notice for notice in seat.notices)
        assert " z Cite" in seat.text
        await seat.press("c")
        assert isinstance(seat.screen, DeskScreen)
        await seat.press("z")
        assert isinstance(seat.screen, CiteForm)


async def test_the_palette_holds_every_command_and_runs_them_in_their_pane(db: Path) -> None:
    async with seated(db, (120, 36)) as seat:
        await seat.press("ctrl+p")
        from textual.command import CommandList

        listed = [str(option.prompt) for option in seat.screen.query_one(CommandList).options]
        for command in COMMANDS:
            offered = any(row.startswith(f"{command.scope.value}: {command.title}") for row in listed)
            assert offered == command.in_palette, command.id
        await seat.type("pack a share")
        await seat.press("enter")
        assert seat.app.current_mode == "share"
        assert "Pack a share" in seat.text
        await seat.press("escape")
        await seat.press("ctrl+p")
        await seat.type("high contrast")
        await seat.press("enter")
        assert seat.app.theme == "workbench-contrast"


async def test_help_lists_the_keys_of_the_pane(db: Path) -> None:
    async with seated(db, (120, 60), start=True) as seat:
        await seat.press("?")
        for command in of_scope(Scope.DESK)[:15]:
            assert command.title in seat.text
        await seat.press("escape")
        assert isinstance(seat.screen, DeskScreen)
