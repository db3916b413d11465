"""The evidence: a list that opens at once however long it is, and the import of more."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from db.errors import StoreError
from db.vocabulary import Confidentiality
from workbench.errors import InputRefused, WorkbenchError
from workbench.intake.fetching import Rules
from workbench.matching.query import read_query
from workbench.services.import_views import ImportReport
from workbench.services.views import DocumentView, Marked, Progress
from workbench.tui.background import import_progress
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import TextPanel
from workbench.tui.forms.evidence import AddEvidenceForm, ImportWish, confidentiality_choice
from workbench.tui.messages import ImportEnded, ImportMoved, Refused
from workbench.tui.screens.base import PaneScreen
from workbench.tui.screens.document import DocumentScreen, reference_of
from workbench.tui.shell import Shell
from workbench.tui.text import line
from workbench.tui.widgets.empty import Doors
from workbench.tui.widgets.fields import LineField
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import counted, day, time_left

_PATIENCE = 0.2
_ROOMY = 96
_COLUMNS, _NARROW_COLUMNS = 38, 23
"""Cells of a row beside title and source: gaps, date, passages, citations, badge."""


class EvidenceScreen(PaneScreen):
    """Lists documents page by page."""

    mode = "evidence"
    main = "#evidence"
    scopes: ClassVar[tuple[Scope, ...]] = (Scope.EVIDENCE, Scope.LIST)
    BINDINGS = bindings(Scope.EVIDENCE)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._words = ""
        self._total = 0
        self._began = 0.0
        self.importing = False

    def body(self) -> Iterable[Widget]:
        """The filter, the list, the line of an import."""
        yield LineField(
            placeholder='words in title, source or address, "phrases", -not, begin*; esc shows all',
            identifier="evidence-filter",
        )
        yield Static(id="evidence-head", markup=False)
        yield Rows(
            self._draw, lambda view: view.document.id, cursor_mark=self.shell.marks.cursor, identifier="evidence"
        )
        yield Doors(
            "No evidence yet.",
            [("a", "add files, a folder, a web address or a text", "screen.add")],
            identifier="evidence-empty",
        )
        yield Static(id="import-line", markup=False)

    @property
    def rows(self) -> Rows[DocumentView]:
        """The list."""
        return self.query_one("#evidence", Rows)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_focus(self.rows)

    def reload(self) -> None:
        """Count again; pages follow as they come into view."""
        words, evidence = self._words, self.shell.workbench.evidence
        self.ask(lambda: (words, evidence.count(words)), self._counted, group="count")

    def _counted(self, answer: tuple[str, int]) -> None:
        words, total = answer
        same = words == self._words and self._total > 0
        self._total = total
        self.set_class(total == 0 and not words, "-empty")
        self.take_focus()
        found = counted(total, "document")
        head = f" {found} with “{words}”" if words else f" {found}"
        self.query_one("#evidence-head", Static).update(line(head.strip(), "$quiet"))
        self.rows.expect(total, keep_cursor=same)

    @on(Rows.PageWanted, "#evidence")
    def _page_wanted(self, event: Rows.PageWanted) -> None:
        event.stop()
        words, offset, limit, evidence = self._words, event.offset, event.limit, self.shell.workbench.evidence

        def fill(answer: tuple[str, Sequence[DocumentView]]) -> None:
            asked, views = answer
            if asked == self._words:
                self.rows.put(offset, views)

        self.ask(lambda: (words, evidence.list(words=words, offset=offset, limit=limit)), fill)

    def _draw(self, view: DocumentView, width: int) -> Sequence[Content]:
        document, narrow = view.document, width < _ROOMY
        name = view.source.source.name if view.source else document.source_name
        badge = "" if view.confidentiality is Confidentiality.PUBLIC else view.confidentiality.value
        room = max(30, width - (_NARROW_COLUMNS if narrow else _COLUMNS))
        title = room * 6 // 10
        return [
            Content.assemble(
                _cell(line(document.title), title),
                "  ",
                _cell(line(name, "$quiet"), room - title),
                f"  {day(document.published_at):>10}",
                "" if narrow else f" {view.passages:>4}¶",
                (f" {view.cited:>2}c " if view.cited else "     ", "$tone-supported"),
                (badge[:4] if narrow else badge, "$tone-refuted bold"),
            )
        ]

    @on(Rows.Opened, "#evidence")
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Read the document."""
        view = self.rows.current
        if view is not None:
            self.app.push_screen(DocumentScreen(self.shell, view.document.content_hash))

    @on(Input.Changed, "#evidence-filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        words = event.value.strip()
        try:
            if words:
                read_query(words)
        except InputRefused as refused:
            # Half-typed: the list stays as it is until the query can be read.
            self.query_one("#evidence-head", Static).update(line(f"{refused.message} {refused.hint}", "$quiet"))
            return
        self._words = words
        self.set_timer(_PATIENCE, self.reload)

    @on(Input.Submitted, "#evidence-filter")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(self.rows)

    def action_filter(self) -> None:
        """Type words to find documents by."""
        field = self.query_one("#evidence-filter", LineField)
        field.add_class("-open")
        self.set_focus(field)

    def go_back(self) -> None:
        """Stop the import, else end the filter."""
        if self.importing:
            self.action_cancel()
            return
        field = self.query_one("#evidence-filter", LineField)
        field.remove_class("-open")
        field.value = ""
        self.set_focus(self.rows)

    def action_mark(self) -> None:
        """Decide who may see the document."""
        view = self.rows.current
        if view is None:
            return
        evidence, key = self.shell.workbench.evidence, view.document.content_hash

        def chosen(value: str | None) -> None:
            if value is not None:
                self.ask(lambda: evidence.set_confidentiality(key, Confidentiality(value)), self._marked)

        self.app.push_screen(confidentiality_choice(self.shell, view.confidentiality), chosen)

    def _marked(self, marked: Marked) -> None:
        if marked.warning:
            self.warn(marked.warning)
        self.changed()

    def action_copy(self) -> None:
        """Copy the reference."""
        view = self.rows.current
        if view is not None:
            self.app.copy_to_clipboard(reference_of(view))
            self.tell("Copied the reference of the document.")

    def action_add(self) -> None:
        """Ask for a path, an address or a text, then bring it in."""
        if self.importing:
            self.complain("An import is running.", "Wait for it, or stop it with esc.")
            return
        self.app.push_screen(AddEvidenceForm(self.shell), self._import)

    def _import(self, wish: ImportWish | None) -> None:
        if wish is None:
            return
        self.importing, self._began = True, time.monotonic()
        self._say(f"fetching {wish.address} · esc stops" if wish.address else "reading…")

        def bring_in() -> None:
            worker = get_current_worker()
            try:
                report = self._brought(wish, lambda: worker.is_cancelled)
            except (WorkbenchError, StoreError) as error:
                self.post_message(ImportEnded(ImportReport(0, 0, 0, (), cancelled=True)))
                self.post_message(Refused(error.message, error.hint, None, "", 0))
            else:
                self.post_message(ImportEnded(report))

        self.run_worker(bring_in, thread=True, group="import", exclusive=True)

    def _brought(self, wish: ImportWish, cancelled: Callable[[], bool]) -> ImportReport:
        """What became of a wish; called in a thread."""
        workbench = self.shell.workbench
        evidence, source, who = workbench.evidence, wish.source, wish.confidentiality
        if wish.address:
            rules = Rules(private=workbench.settings.private_network)
            return evidence.add_address(
                wish.address, rules=rules, source_name=source, confidentiality=who, cancelled=cancelled
            )
        if wish.path is None:
            text = wish.text.encode("utf-8", "replace")
            return evidence.add_data(text, "pasted text", source_name=source, confidentiality=who)
        return evidence.add_paths(
            [wish.path],
            source_name=source,
            confidentiality=who,
            progress=import_progress(self.post_message),
            cancelled=cancelled,
        )

    def action_cancel(self) -> None:
        """Stop between two batches."""
        if self.importing:
            self.workers.cancel_group(self, "import")
            self._say("stopping after this batch…")
        else:
            self.go_back()

    @on(ImportMoved)
    def _import_moved(self, event: ImportMoved) -> None:
        event.stop()
        self._say(self._progress(event.progress))

    def _progress(self, progress: Progress) -> str:
        if not progress.total:
            return f"{progress.done:,} {progress.unit}"
        spent = time.monotonic() - self._began
        left = time_left(spent * (progress.total - progress.done) / progress.done) if progress.done else ""
        bar = self.shell.marks.bar(progress.done, progress.total, 24)
        return f"{bar} {progress.done:,} of {progress.total:,} {progress.unit} · {left} · esc stops"

    @on(ImportEnded)
    def _import_ended(self, event: ImportEnded) -> None:
        event.stop()
        self.importing = False
        self._say("")
        report = event.report
        self.changed()
        if report.refused:
            self.app.push_screen(TextPanel(self.shell, report_line(report), refusal_lines(report)))
        else:
            self.tell(report_line(report))

    def _say(self, words: str) -> None:
        bar = self.query_one("#import-line", Static)
        bar.set_class(bool(words), "-open")
        bar.update(line(words))


def report_line(report: ImportReport) -> str:
    """What became of an import, in a line."""
    parts = [f"{counted(report.added, 'document')} added with {counted(report.passages, 'passage')}"]
    if report.known:
        parts.append(f"{report.known:,} known already")
    if report.refused:
        parts.append(f"{len(report.refused):,} refused")
    if report.cancelled:
        parts.append("stopped; what came in stays")
    return ", ".join(parts) + "."


def refusal_lines(report: ImportReport) -> list[Content]:
    """Each thing that was not taken in, and why."""
    return [
        Content.assemble(
            line(refusal.name, "bold"),
            f", line {refusal.line}" if refusal.line is not None else "",
            ": ",
            line(refusal.message),
        )
        for refusal in report.refused
    ]


def _cell(content: Content, width: int) -> Content:
    return content.truncate(width, ellipsis=True).pad_right(max(0, width - content.cell_length))
