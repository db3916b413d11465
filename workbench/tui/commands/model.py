"""What a command is."""

from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding


class Scope(StrEnum):
    """Where a command is at hand; the value is its heading in help."""

    EVERYWHERE = "Everywhere"
    LIST = "In lists"
    READER = "In long texts"
    ARTICLES = "Articles"
    DESK = "Desk"
    EVIDENCE = "Evidence"
    DOCUMENT = "A document"
    SOURCES = "Sources"
    REPORTS = "Reports"
    HISTORY = "History"
    SHARE = "Share"
    FORM = "In every form"
    PANEL = "In panels"
    WORDS = "Choosing words of a text"
    CITE = "Citing"
    PART = "A claim inside a claim"
    LEVELS = "The levels of a scale"
    SPLIT = "Splitting a claim"
    COMPARE = "Side by side"
    CITATIONS = "Citations of a claim"
    ORIGIN = "The origin of a document"
    OFFERS = "Offered sub-claims"
    HELPER = "Asking the helper"
    PICK = "Choosing from a list"
    VERSIONS = "What changed"
    REFERENCES = "What the text leaves open"
    OFFICES = "The table of offices"
    SETTINGS = "Settings"
    KEYS = "Keys of commands"
    KEY = "Choosing a key"
    VERDICT = "The verdict form"
    PRECEDENTS = "Precedents of a claim"


FORM_SCOPES = frozenset(
    {
        Scope.FORM,
        Scope.PANEL,
        Scope.WORDS,
        Scope.CITE,
        Scope.PART,
        Scope.LEVELS,
        Scope.SPLIT,
        Scope.COMPARE,
        Scope.CITATIONS,
        Scope.OFFERS,
        Scope.HELPER,
        Scope.PICK,
        Scope.ORIGIN,
        Scope.VERSIONS,
        Scope.REFERENCES,
        Scope.OFFICES,
        Scope.SETTINGS,
        Scope.KEYS,
        Scope.KEY,
        Scope.VERDICT,
        Scope.PRECEDENTS,
        Scope.LIST,
        Scope.READER,
        Scope.DOCUMENT,
    }
)
"""Scopes whose commands mean something only while their form or list is open; the palette leaves them out."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `keys` are Textual's key names, comma-separated; `footer` is its short label there, empty to stay out.

    `action` is the method that does it, by default the id after its last dot.
    """

    id: str
    title: str
    help: str
    keys: str
    scope: Scope
    footer: str = ""
    action: str = ""
    priority: bool = False

    @property
    def action_call(self) -> str:
        """The action as Textual writes it, with its parameters."""
        return self.action or self.id.rpartition(".")[2].replace("-", "_")

    @property
    def method(self) -> str:
        """The name of the method that the action calls."""
        return "action_" + self.action_call.partition("(")[0]

    @property
    def in_palette(self) -> bool:
        """Whether the palette offers it."""
        return self.scope not in FORM_SCOPES

    def binding(self) -> Binding:
        """The command as Textual binds it; its id is what the settings remap it by."""
        return Binding(
            self.keys,
            self.action_call,
            self.title,
            show=bool(self.footer),
            tooltip=self.help,
            id=self.id,
            priority=self.priority,
        )
