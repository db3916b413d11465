"""Bringing evidence in, and deciding who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from textual.content import Content
from textual.widget import Widget

from db.vocabulary import Confidentiality
from workbench.errors import InputRefused
from workbench.intake.fetching import is_address, parse_address
from workbench.tui.forms.articles import given_path
from workbench.tui.forms.base import Form
from workbench.tui.forms.choosing import Choose, Option
from workbench.tui.shell import Shell
from workbench.tui.widgets.fields import Label, LineField, ProseField

_MEANING = {
    Confidentiality.PUBLIC: "anyone may see it",
    Confidentiality.INTERNAL: "for desks that you share with",
    Confidentiality.CONFIDENTIAL: "never leaves this desk",
}
_MARKS = {Confidentiality.PUBLIC: "p", Confidentiality.INTERNAL: "i", Confidentiality.CONFIDENTIAL: "c"}


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What is to be brought in: a path, a web address or a text. Confidentiality None leaves what each document says of itself."""

    path: Path | None
    address: str
    text: str
    source: str
    confidentiality: Confidentiality | None


class AddEvidenceForm(Form[ImportWish]):
    """Asks for a path, an address or a text; hands back the wish, and the pane does the work."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Add evidence", "evidence:new")

    def body(self) -> Iterable[Widget]:
        """Where it is, who it is from, who may see it."""
        yield Label("Path of a file or a folder, or a web address (https://…), which is fetched:")
        yield LineField(identifier="path", placeholder="~/evidence/")
        yield Label("Or paste a text here:")
        yield ProseField(identifier="text")
        yield Label("Source, for documents that name none (optional):")
        yield LineField(identifier="source")
        yield Label("Who may see it: public, internal or confidential (empty: as the documents say):")
        yield LineField(identifier="confidentiality")

    def on_mount(self) -> None:
        """Begin with the path."""
        self.set_focus(self.query_one("#path", LineField))

    def action_save(self) -> None:
        """Hand the wish back, once the path is known to be there and the address can be one."""
        values = self.values()

        def wish() -> ImportWish:
            typed, text = values["path"].strip(), values["text"]
            about = values["source"].strip(), _confidentiality(values["confidentiality"])
            if not typed and text.strip():
                return ImportWish(None, "", text, *about)
            if is_address(typed):
                parse_address(typed, any_port=True)
                return ImportWish(None, typed, "", *about)
            path = given_path(typed)
            if not path.exists():
                raise InputRefused(f"There is nothing at {path}.", "Check the path.")
            return ImportWish(path, "", "", *about)

        self.submit(wish, lambda found: found)


def _confidentiality(text: str) -> Confidentiality | None:
    word = text.strip().lower()
    if not word:
        return None
    for value in Confidentiality:
        if value.value.startswith(word):
            return value
    raise InputRefused(f"“{text.strip()}” says not who may see it.", "Say public, internal or confidential.")


def confidentiality_choice(shell: Shell, current: Confidentiality) -> Choose:
    """Public, internal or confidential, by letter."""
    options = [
        Option(value.value, Content.assemble((value.value, "bold"), (f"  {_MEANING[value]}", "$quiet")), _MARKS[value])
        for value in Confidentiality
    ]
    return Choose(shell, "Who may see the document", options, current.value)
