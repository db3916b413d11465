"""The sources: who the documents come from, and what is known of how they work."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from db.vocabulary import CriterionState
from workbench.services.views import SourceDetail, SourceView
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.choosing import Choose, Option
from workbench.tui.forms.sources import AssessForm, AttestForm, ImportSourcesForm, SourceForm
from workbench.tui.screens.base import PaneScreen
from workbench.tui.shell import Shell
from workbench.tui.text import joined, line
from workbench.tui.widgets.empty import Doors
from workbench.tui.widgets.fields import LineField
from workbench.tui.widgets.profile import profile_blocks
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import counted


class SourcesScreen(PaneScreen):
    """A list of sources beside the profile of one."""

    mode = "sources"
    main = "#sources"
    scopes: ClassVar[tuple[Scope, ...]] = (Scope.SOURCES, Scope.LIST)
    BINDINGS = bindings(Scope.SOURCES)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._sources: Sequence[SourceView] = ()
        self._detail: SourceDetail | None = None
        self._words = ""

    def body(self) -> Iterable[Widget]:
        """The filter, the list, the profile."""
        yield LineField(placeholder="words in the name; esc shows all", identifier="sources-filter")
        with Horizontal(id="sources-body"):
            yield Rows(
                self._draw,
                lambda view: view.source.id,
                row_height=2,
                cursor_mark=self.shell.marks.cursor,
                identifier="sources",
            )
            yield Reader(identifier="profile")
        yield Doors(
            "No source on file. Documents name theirs; describe the ones you rely on.",
            [("a", "add a source", "screen.add"), ("I", "import sources from a JSON file", "screen.import")],
            identifier="sources-empty",
        )

    @property
    def rows(self) -> Rows[SourceView]:
        """The list."""
        return self.query_one("#sources", Rows)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_focus(self.rows)
        self.add_class("-at-list")

    def reload(self) -> None:
        """Read the sources again."""
        self.ask(self.shell.workbench.sources.list, self._show, group="sources")

    def _show(self, sources: Sequence[SourceView]) -> None:
        self._sources = sources
        self.set_class(not sources, "-empty")
        self.take_focus()
        self._apply()

    def _apply(self) -> None:
        words = self._words.lower().split()
        self.rows.show([view for view in self._sources if all(word in view.source.name.lower() for word in words)])

    def _draw(self, view: SourceView, _: int) -> Sequence[Content]:
        about = [
            Content(view.summary),
            Content(f"{counted(view.attestations, 'rating')}, {counted(view.raters, 'independent rater')}")
            if view.attestations
            else Content("no ratings by others"),
            Content(counted(view.documents, "document")),
        ]
        return [
            joined([line(view.source.name, "bold"), Content.styled(view.source.kind.value, "$quiet")]),
            joined(about).stylize("$quiet"),
        ]

    @on(Rows.Moved, "#sources")
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        view, sources = self.rows.current, self.shell.workbench.sources
        if view is not None:
            key = view.source.id
            self.ask(lambda: sources.get(key), self._profile, group="profile")

    def _profile(self, detail: SourceDetail) -> None:
        same = self._detail is not None and self._detail.view.source.id == detail.view.source.id
        self._detail = detail
        self.query_one("#profile", Reader).show(profile_blocks(detail, self.shell.marks), keep_place=same)

    @on(Rows.Opened, "#sources")
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.action_open()

    def _to(self, profile: bool) -> None:
        self.set_class(profile, "-at-profile")
        self.set_class(not profile, "-at-list")
        self.set_focus(self.query_one("#profile", Reader) if profile else self.rows)

    def action_open(self) -> None:
        """Read the profile."""
        self._to(True)

    def action_next_pane(self) -> None:
        """List or profile."""
        self._to(not self.has_class("-at-profile"))

    def _with_detail(self, act: Callable[[SourceDetail], object]) -> None:
        if self._detail is not None and self._sources:
            act(self._detail)

    def action_add(self) -> None:
        """Add a source."""
        self.app.push_screen(SourceForm(self.shell))

    def action_edit(self) -> None:
        """Edit the source."""
        self._with_detail(lambda detail: self.app.push_screen(SourceForm(self.shell, detail.view.source)))

    def action_attest(self) -> None:
        """Note a rating by others."""
        self._with_detail(lambda detail: self.app.push_screen(AttestForm(self.shell, detail.view.source)))

    def action_assess(self) -> None:
        """Choose a criterion, then assess it."""
        self._with_detail(self._choose_criterion)

    def _choose_criterion(self, detail: SourceDetail) -> None:
        marks = self.shell.marks
        options = [
            Option(
                item.criterion.id,
                Content.assemble((f"{mark.glyph} ", mark.tone), item.criterion.name, (f"  {mark.word}", "$quiet")),
            )
            for item in detail.profile.items
            for mark in (marks.criterion(CriterionState(item.state.value)),)
        ]

        def chosen(criterion: str | None) -> None:
            for item in detail.profile.items:
                if item.criterion.id == criterion:
                    self.app.push_screen(AssessForm(self.shell, detail, item))

        self.app.push_screen(Choose(self.shell, "Which criterion", options), chosen)

    def action_withdraw(self) -> None:
        """Withdraw the source."""
        sources = self.shell.workbench.sources
        self._with_detail(lambda detail: self.ask(lambda: sources.withdraw(detail.view.source.id), self.changed))

    def action_import(self) -> None:
        """Import sources from a file."""
        self.app.push_screen(ImportSourcesForm(self.shell), self._imported)

    def _imported(self, count: int | None) -> None:
        if count is not None:
            self.tell(f"{counted(count, 'source')} taken in.")

    @on(Input.Changed, "#sources-filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._words = event.value
        self._apply()

    @on(Input.Submitted, "#sources-filter")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(self.rows)

    def action_filter(self) -> None:
        """Type words to filter by."""
        field = self.query_one("#sources-filter", LineField)
        field.add_class("-open")
        self.set_focus(field)

    def go_back(self) -> None:
        """From the profile to the list; end the filter."""
        field = self.query_one("#sources-filter", LineField)
        field.remove_class("-open")
        field.value = ""
        self._to(False)
