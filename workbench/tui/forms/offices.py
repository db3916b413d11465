"""The table of offices: what is shipped, and what the desk adds or drops."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from workbench.files import read_bounded
from workbench.services.offices import OfficeEntry
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.articles import LARGEST, given_path
from workbench.tui.forms.base import Form, Panel
from workbench.tui.shell import Shell
from workbench.tui.text import joined, line
from workbench.tui.widgets.fields import Label, LineField
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import counted


class OfficesPanel(Panel[None]):
    """Lists terms of office."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.OFFICES,)
    BINDINGS = bindings(Scope.OFFICES)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Who held which office when")
        self._words = ""

    def body(self) -> Iterable[Widget]:
        """A filter over the entries."""
        yield LineField(placeholder="words in country, office or person", identifier="offices-filter")
        yield Rows(self._draw, lambda entry: entry.id, cursor_mark=self.shell.marks.cursor, identifier="offices")
        yield Label(identifier="offices-note")

    def on_mount(self) -> None:
        """Read the table."""
        self.set_focus(self.query_one("#offices", Rows))
        self.reload()

    def reload(self) -> None:
        """Read it again."""
        offices, words = self.shell.workbench.offices, self._words
        self.ask(lambda: offices.list(words, dropped=True), self._show, group="offices")

    def _show(self, entries: Sequence[OfficeEntry]) -> None:
        own = sum(entry.own is not None for entry in entries)
        self.retitle(
            Content.styled(f"Who held which office when: {counted(len(entries), 'term')}, {own} of the desk", "bold")
        )
        self.query_one("#offices", Rows).show(entries)
        as_of = self.shell.workbench.offices.shipped_as_of().isoformat()
        self.query_one("#offices-note", Label).update(
            Content(f"What is shipped is known up to {as_of}; add or correct what came later.")
        )

    def _draw(self, entry: OfficeEntry, _: int) -> Sequence[Content]:
        term, style = entry.term, "$tone-aside" if entry.dropped else ""
        said = f"by {entry.own.author}" if entry.own else ""
        return [
            joined(
                [
                    Content.styled("dropped", "$tone-aside bold") if entry.dropped else Content(""),
                    line(f"{term.country}: {term.office}", "$quiet"),
                    line(term.person, style or "bold"),
                    line(term.years(), style),
                    Content.styled("! desks differ", "$tone-conflict bold")
                    if entry.own and entry.own.conflicted
                    else Content(""),
                    line(said, "$quiet"),
                ]
            )
        ]

    @property
    def _current(self) -> OfficeEntry | None:
        entry = self.query_one("#offices", Rows).current
        return entry if isinstance(entry, OfficeEntry) else None

    @on(Input.Changed, "#offices-filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._words = event.value
        self.reload()

    @on(Input.Submitted, "#offices-filter")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(self.query_one("#offices", Rows))

    @on(Rows.Opened, "#offices")
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.action_correct()

    def action_filter(self) -> None:
        """Type words to filter by."""
        self.set_focus(self.query_one("#offices-filter", LineField))

    def action_add(self) -> None:
        """Add a term."""
        self.app.push_screen(OfficeForm(self.shell, None), self._changed)

    def action_correct(self) -> None:
        """Put the entry under the cursor right."""
        if self._current is not None:
            self.app.push_screen(OfficeForm(self.shell, self._current), self._changed)

    def action_import(self) -> None:
        """Take in a file."""
        self.app.push_screen(ImportOfficesForm(self.shell), self._changed)

    def action_drop(self) -> None:
        """Take the entry out of use."""
        entry, offices = self._current, self.shell.workbench.offices
        if entry is not None:
            self.ask(lambda: offices.drop(entry.id), self._dropped)

    def _dropped(self, _: object) -> None:
        self.changed()
        self.reload()

    def _changed(self, _: object) -> None:
        self.reload()


_FIELDS = {
    "country": "Country",
    "office": "Office, such as President",
    "person": "Who holds or held it",
    "first": "From (2021-01-20, 2021-01 or 2021)",
    "last": "To (empty while it runs)",
    "titles": "How the holder is addressed, with commas between; empty as for the office",
    "also": "Other spellings of the name, with commas between",
    "source": "Where this can be checked",
}


class OfficeForm(Form[bool]):
    """A term of office, new or put right."""

    def __init__(self, shell: Shell, entry: OfficeEntry | None) -> None:
        title = "A term of office" if entry is None else f"Put right: {entry.term.person}"
        super().__init__(shell, title, f"office:{entry.id if entry else 'new'}")
        self._entry = entry

    def body(self) -> Iterable[Widget]:
        """A field for each."""
        known: dict[str, str] = {}
        if self._entry is not None:
            term = self._entry.term
            first, last = term.given
            known = {
                "country": term.country,
                "office": term.office,
                "person": term.person,
                "first": first,
                "last": last,
                "titles": ", ".join(term.titles),
                "also": ", ".join(term.also),
                "source": term.source,
            }
        for name, caption in _FIELDS.items():
            yield Label(caption)
            yield LineField(known.get(name, ""), identifier=name)

    def on_mount(self) -> None:
        """Begin with the first field, or with the end of a known term."""
        super().on_mount()
        self.set_focus(self.query_one("#last" if self._entry else "#country", LineField))

    def action_save(self) -> None:
        """Record it."""
        given, offices = self.values(), self.shell.workbench.offices
        family = self._entry.term.family if self._entry and given["person"] == self._entry.term.person else ""
        self.submit(
            lambda: offices.add(
                country=given["country"],
                office=given["office"],
                person=given["person"],
                first=given["first"],
                last=given["last"],
                family=family,
                titles=_several(given["titles"]),
                also=_several(given["also"]),
                source=given["source"],
                replaces=self._entry.id if self._entry else None,
            ),
            lambda _: True,
        )


class ImportOfficesForm(Form[bool]):
    """A file in the form of the shipped table."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Import terms of office", "office:import")

    def body(self) -> Iterable[Widget]:
        """Where the file is."""
        yield Label("Path of a JSON file with offices, their titles and holders; all of it is taken in, or nothing:")
        yield LineField(identifier="path")

    def on_mount(self) -> None:
        """Begin with the path."""
        super().on_mount()
        self.set_focus(self.query_one("#path", LineField))

    def action_save(self) -> None:
        """Take it in."""
        typed, offices = self.text_of("path"), self.shell.workbench.offices

        def take_in() -> int:
            path = given_path(typed)
            return offices.import_json(read_bounded(path, LARGEST), path.name)

        self.submit(take_in, self._told)

    def _told(self, taken: int) -> bool:
        self.tell(f"Took in {counted(taken, 'term')} that are new or changed.")
        return True


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
