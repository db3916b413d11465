"""Describing a source, assessing it, noting what others say of it."""

from collections.abc import Iterable
from typing import Any

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from db.tables import Source
from db.vocabulary import CriterionState, SourceKind
from workbench.credibility import ProfileItem
from workbench.errors import InputRefused
from workbench.files import read_bounded
from workbench.services.views import SourceDetail
from workbench.tui.forms.articles import LARGEST, given_day, given_path
from workbench.tui.forms.base import Form
from workbench.tui.forms.choosing import Option, option_rows
from workbench.tui.shell import Shell
from workbench.tui.text import content, line
from workbench.tui.widgets.fields import Label, LineField, ProseField
from workbench.tui.widgets.rows import Rows

_STATE_KEYS = {
    CriterionState.MET: "m",
    CriterionState.PARTLY: "p",
    CriterionState.NOT_MET: "n",
    CriterionState.UNKNOWN: "u",
    CriterionState.NOT_APPLICABLE: "x",
}


class SourceForm(Form[bool]):
    """Adds a source, or edits one."""

    def __init__(self, shell: Shell, source: Source | None = None) -> None:
        title = "Edit the source" if source else "Add a source"
        super().__init__(shell, title, f"source:{source.id if source else 'new'}")
        self._source = source

    def body(self) -> Iterable[Widget]:
        """A field for each."""
        source = self._source
        for name, caption, value in (
            ("name", "Name", source.name if source else ""),
            ("kind", "Kind: outlet, agency, institution or person", source.kind.value if source else "outlet"),
            ("domains", "Domains, with commas between", ", ".join(source.domains) if source else ""),
            ("aliases", "Other names, with commas between", ", ".join(source.aliases) if source else ""),
            ("owner", "Owner", source.owner if source else ""),
            ("note", "Note", source.note if source else ""),
        ):
            yield Label(caption)
            yield LineField(value, identifier=name)

    def on_mount(self) -> None:
        """Begin with the name."""
        self.set_focus(self.query_one("#name", LineField))

    def action_save(self) -> None:
        """Record it."""
        given = {name: self.given(name) for name in ("name", "kind", "domains", "aliases", "owner", "note")}
        source, sources = self._source, self.shell.workbench.sources

        def record() -> Source:
            values: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
            for name in ("domains", "aliases"):
                if name in values:
                    values[name] = [item.strip() for item in values[name].split(",") if item.strip()]
            if "kind" in values:
                values["kind"] = _kind(values["kind"])
            if source is None:
                return sources.add(values.pop("name", ""), **values)
            return sources.edit(source.id, **values)

        self.submit(record, lambda _: True)


def _kind(text: str) -> SourceKind:
    for kind in SourceKind:
        if text and kind.value.startswith(text.lower()):
            return kind
    raise InputRefused(f"“{text}” is no kind of source.", "Say outlet, agency, institution or person.")


class AssessForm(Form[bool]):
    """Says how a source meets one criterion, and what shows it."""

    def __init__(self, shell: Shell, detail: SourceDetail, item: ProfileItem) -> None:
        super().__init__(shell, f"Assess: {item.criterion.name}", f"assess:{detail.view.source.id}:{item.criterion.id}")
        self._source = detail.view.source
        self._item = item

    def _options(self) -> list[Option]:
        marks = self.shell.marks
        return [
            Option(
                state.value,
                Content.assemble(
                    (f"{marks.criterion(state).glyph} ", marks.criterion(state).tone), marks.criterion(state).word
                ),
                key,
            )
            for state, key in _STATE_KEYS.items()
        ]

    def body(self) -> Iterable[Widget]:
        """The question, the answers, the evidence."""
        given = self._item.assessment
        yield Label(identifier="assess-source")
        yield Label(self._item.criterion.question)
        yield Label(f"What counts: {self._item.criterion.evidence}")
        yield option_rows(self._options(), self.shell.marks.cursor)
        yield Label("Evidence: what you saw, and where. Without evidence the answer is unknown.")
        yield ProseField(given.evidence if given else "", identifier="evidence")

    def on_mount(self) -> None:
        """The cursor on what holds now."""
        self.query_one("#assess-source", Label).update(line(self._source.name, "bold"))
        rows = self.query_one(Rows)
        rows.show(self._options())
        rows.go_to(self._item.state.value)
        self.set_focus(rows)

    def on_key(self, event: events.Key) -> None:
        """A letter answers and goes on to the evidence."""
        if isinstance(self.focused, ProseField):
            return
        for option in self._options():
            if event.character and event.character == option.mark:
                event.stop()
                self.query_one(Rows).go_to(option.key)
                self.set_focus(self.query_one("#evidence", ProseField))

    @on(Rows.Opened)
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.set_focus(self.query_one("#evidence", ProseField))

    def action_save(self) -> None:
        """Record the assessment."""
        chosen = self.query_one(Rows).current
        state = CriterionState(chosen.key) if isinstance(chosen, Option) else CriterionState.UNKNOWN
        evidence, key, criterion = self.text_of("evidence"), self._source.id, self._item.criterion.id
        sources = self.shell.workbench.sources
        self.submit(lambda: sources.assess(key, criterion, state, evidence=evidence), lambda _: True)


class AttestForm(Form[bool]):
    """Notes somebody else's rating of a source."""

    def __init__(self, shell: Shell, source: Source) -> None:
        super().__init__(shell, "A rating by others", f"attest:{source.id}")
        self._source = source

    def body(self) -> Iterable[Widget]:
        """A field for each."""
        yield Label(identifier="attest-source")
        for name, caption in (
            ("rater", "Who rates"),
            ("value", "The rating, in the rater's own words"),
            ("scale", "On which scale, in the rater's own words"),
            ("rated", "Rated on (2026-03-17)"),
            ("derives", "Taken from the rating of (empty: its own work)"),
            ("url", "Address"),
        ):
            yield Label(caption)
            yield LineField(identifier=name)

    def on_mount(self) -> None:
        """Begin with the rater."""
        self.query_one("#attest-source", Label).update(content(self._source.name, "bold"))
        self.set_focus(self.query_one("#rater", LineField))

    def action_save(self) -> None:
        """Note the rating."""
        values = {name: text.strip() for name, text in self.values().items()}
        key, sources = self._source.id, self.shell.workbench.sources
        self.submit(
            lambda: sources.attest(
                key,
                values["rater"],
                values["value"],
                scale=values["scale"],
                rated_on=given_day(values["rated"]),
                derives_from=values["derives"],
                url=values["url"],
            ),
            lambda _: True,
        )


class ImportSourcesForm(Form[int]):
    """Takes sources in from a JSON file; hands back how many."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Import sources")

    def body(self) -> Iterable[Widget]:
        """One field."""
        yield Label("Path of a JSON file with sources:")
        yield LineField(identifier="path")

    def on_mount(self) -> None:
        """Type into it."""
        self.set_focus(self.query_one("#path", LineField))

    def action_save(self) -> None:
        """Take them in."""
        typed, sources = self.text_of("path"), self.shell.workbench.sources

        def take_in() -> int:
            path = given_path(typed)
            return sources.import_json(read_bounded(path, LARGEST), path.name)

        self.submit(take_in, lambda count: count)
