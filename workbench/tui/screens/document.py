"""One document, to read: its passages with their locators, its source, and where it is cited."""

import re
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from db.tables import Citation, Passage, Receipt
from db.vocabulary import Confidentiality
from workbench.files import write_whole
from workbench.reports import filename
from workbench.services.views import DocumentDetail, DocumentView, Marked
from workbench.text import has_hidden
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.evidence import confidentiality_choice
from workbench.tui.forms.files import PathForm
from workbench.tui.forms.origins import OriginPanel
from workbench.tui.screens.base import AskingScreen
from workbench.tui.shell import Shell
from workbench.tui.text import Mark, Shown, joined, line, plain_line
from workbench.tui.widgets.bars import KeyBar, StatusLine, TooSmall, footer_of
from workbench.tui.widgets.fields import LineField
from workbench.tui.widgets.reader import Reader
from workbench.tui.wording import counted, day


class DocumentScreen(AskingScreen[None]):
    """Over the pane it was opened from."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.DOCUMENT, Scope.READER)
    BINDINGS = bindings(Scope.DOCUMENT)

    def __init__(self, shell: Shell, key: str) -> None:
        super().__init__(shell)
        self._key = key
        self._detail: DocumentDetail | None = None

    def compose(self) -> ComposeResult:
        """The head over the text."""
        yield Static(id="document-head", markup=False)
        yield LineField(placeholder="words to find; enter goes to the next place", identifier="document-find")
        yield Reader(identifier="document-text")
        yield StatusLine(self.shell)
        yield KeyBar(self.shell, footer_of(self.scopes))
        yield TooSmall(markup=False)

    def on_mount(self) -> None:
        """Read the document."""
        self.set_focus(self.query_one(Reader))
        self.reload()

    def reload(self) -> None:
        """Read it again."""
        evidence, key = self.shell.workbench.evidence, self._key
        self.ask(lambda: evidence.show(key), self._show, group="document", refused=self._gone)

    def _gone(self) -> None:
        self.dismiss()

    def _show(self, detail: DocumentDetail) -> None:
        first = self._detail is None
        self._detail = detail
        self.query_one("#document-head", Static).update(head_of(detail))
        blocks: list[Content] = []
        for passage in detail.passages:
            blocks += self._passage(passage, detail.citations)
        self.query_one(Reader).show(blocks, keep_place=not first)

    def _passage(self, passage: Passage, citations: Iterable[Citation]) -> list[Content]:
        marks: list[Mark] = []
        notes = []
        for citation in citations:
            if citation.start < passage.end and citation.end > passage.start:
                mark = self.shell.marks.stance(citation.stance)
                start, end = max(0, citation.start - passage.start), citation.end - passage.start
                marks.append((start, min(end, len(passage.text.rstrip())), f"{mark.tone} underline"))
                notes.append(Content.styled(f"{mark.glyph} cited: {mark.word}, {citation.role.value}", mark.tone))
        head = joined([line(passage.locator, "$quiet bold"), *notes])
        return [head, Shown(passage.text.rstrip()).content(marks), Content("")]

    def action_find(self) -> None:
        """Type words to look for."""
        field = self.query_one("#document-find", LineField)
        field.add_class("-open")
        self.set_focus(field)

    @on(Input.Changed, "#document-find")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one(Reader).find(event.value)

    @on(Input.Submitted, "#document-find")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(self.query_one(Reader))

    @on(Reader.Found)
    def _found(self, event: Reader.Found) -> None:
        event.stop()
        if not event.hits:
            self.tell("These words are not in the document.")

    def action_mark(self) -> None:
        """Decide who may see it."""
        if self._detail is None:
            return
        evidence, key = self.shell.workbench.evidence, self._key

        def chosen(value: str | None) -> None:
            if value is not None:
                self.ask(lambda: evidence.set_confidentiality(key, Confidentiality(value)), self._marked)

        self.app.push_screen(confidentiality_choice(self.shell, self._detail.view.confidentiality), chosen)

    def _marked(self, marked: Marked) -> None:
        if marked.warning:
            self.warn(marked.warning)
        self.changed()
        self.reload()

    def action_origin(self) -> None:
        """Where it comes from, and what else does."""
        if self._detail is not None:
            self.app.push_screen(OriginPanel(self.shell, self._detail.view.document.content_hash))

    def action_original(self) -> None:
        """Save what it was received as."""
        if self._detail is None:
            return
        kept = next((view.receipt for view in reversed(self._detail.receipts) if view.kept), None)
        if kept is None:
            self.complain(
                "What this document came from was not kept here.", "Rows of JSON lines are not, unless asked for."
            )
            return
        workbench, key = self.shell.workbench, self._key
        name = filename(self._detail.view.document.title, _ending(kept))

        def write(path: Path) -> Path:
            write_whole(path, workbench.snapshots.get(key, kept.sha256).data, store=workbench.store_path)
            return path

        def chosen(path: Path | None) -> None:
            if path is not None:
                self.ask(lambda: write(path), lambda written: self.tell(f"Wrote {written}."))

        form = PathForm(
            self.shell,
            "Save the original",
            "Path; it is what a stranger made, so open it with care:",
            str(Path.cwd() / name),
        )
        self.app.push_screen(form, chosen)

    def action_copy(self) -> None:
        """Copy the reference."""
        if self._detail is not None:
            self.app.copy_to_clipboard(reference_of(self._detail.view))
            self.tell("Copied the reference of the document.")

    def action_close(self) -> None:
        """End finding, else close."""
        field = self.query_one("#document-find", LineField)
        if field.has_class("-open"):
            field.remove_class("-open")
            field.value = ""
            self.set_focus(self.query_one(Reader))
        else:
            self.dismiss()


def head_of(detail: DocumentDetail) -> Content:
    """Title, source, date, address, who may see it, where it is cited."""
    view, document = detail.view, detail.view.document
    name = view.source.source.name if view.source else document.source_name
    badge = Content("")
    if view.confidentiality is not Confidentiality.PUBLIC:
        badge = Content.styled(f"[{view.confidentiality.value}]", "$tone-refuted bold")
    hidden = (
        Content.styled("! holds hidden characters", "$tone-conflict bold") if has_hidden(detail.text) else Content("")
    )
    about = [
        line(name or "source not named"),
        Content(view.source.summary if view.source else "source not on file"),
        Content(day(document.published_at) or "no date"),
        line(", ".join(document.authors)),
        line(document.language),
    ]
    facts = [
        Content(counted(len(detail.passages), "passage")),
        Content(f"cited {counted(len(detail.citations), 'time')}" if detail.citations else "not cited"),
        line(view.external_id),
        line(document.url),
    ]
    return Content("\n").join(
        [
            joined([line(document.title, "bold"), badge, hidden]),
            joined([part for part in about if part]).stylize("$quiet"),
            joined(facts).stylize("$quiet"),
            *(joined(told).stylize("$quiet") for told in _origin_of(detail)),
        ]
    )


def _ending(record: Receipt) -> str:
    """What a file of it ends in; the name that a stranger gave it counts only where that is plain."""
    suffix = PurePath(record.name).suffix if record.name else ""
    return suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", suffix) else ".html" if "html" in record.media_type else ".bin"


def _origin_of(detail: DocumentDetail) -> list[list[Content]]:
    """How it was received, and what it says as somebody else's fact-check: a line each, the latest receipt only."""
    lines = []
    if detail.receipts:
        view = detail.receipts[-1]
        record = view.receipt
        more = len(detail.receipts) - 1
        lines.append(
            [
                line(f"received {record.received_at:%Y-%m-%d %H:%M} UTC from {record.url or record.name or 'a text'}"),
                line(record.media_type.partition(";")[0].rpartition(".")[2]),
                Content(f"{record.size:,} bytes"),
                Content(f"sha256 {record.sha256[:12]}…"),
                Content("" if view.kept else "bytes not here"),
                Content(f"and {more} more" if more else ""),
            ]
        )
    checked = detail.fact_check
    if checked is not None:
        rating = checked.rating_label or checked.rating_value
        lines.append(
            [Content("fact-check"), line(checked.reviewer), line(f"rating “{rating}”"), line(checked.reviewed_at[:10])]
        )
    return [[part for part in told if part] for told in lines]


def reference_of(view: DocumentView) -> str:
    """A reference to paste elsewhere."""
    document = view.document
    name = view.source.source.name if view.source else document.source_name
    return ", ".join(
        part for part in (name, plain_line(document.title), day(document.published_at), document.url) if part
    )
