"""The origin of a document: its chain in order of time, and deciding what belongs to it."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from db.tables import Document
from workbench.services.origin_views import OriginDocument, OriginView
from workbench.services.origin_words import circle_line, decision_words, root_line, tie_words
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Form, Panel
from workbench.tui.forms.choosing import Choose, Option, ReasonForm
from workbench.tui.shell import Shell
from workbench.tui.text import joined, line
from workbench.tui.widgets.fields import Label, LineField
from workbench.tui.widgets.reader import Reader
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import counted, day

JOIN_REASONS = ("One says it has it from the other.", "Both have it from the same source.", "Both by the same hand.")
SPLIT_REASONS = (
    "Only a quotation or notice is the same.",
    "It was reported independently.",
    "Both quote one public document.",
)


class OriginPanel(Panel[None]):
    """The documents of one origin over what ties the one under the cursor to the others.

    `others` are documents that may be chosen to join, such as those of the other matches.
    """

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.ORIGIN,)
    BINDINGS = bindings(Scope.ORIGIN)

    def __init__(self, shell: Shell, key: str, others: Sequence[Document] = ()) -> None:
        super().__init__(shell, "Origin")
        self._key = key
        self._others = others
        self._view: OriginView | None = None

    def body(self) -> Iterable[Widget]:
        """The documents, then why each is here."""
        yield Rows(
            self._draw,
            lambda item: item.document.content_hash,
            cursor_mark=self.shell.marks.cursor,
            identifier="origin-documents",
        )
        yield Reader(identifier="origin-ties")

    @property
    def rows(self) -> Rows[OriginDocument]:
        """The documents."""
        return self.query_one("#origin-documents", Rows)

    def on_mount(self) -> None:
        """Read the origin."""
        self.set_focus(self.rows)
        self._read()

    def _read(self) -> None:
        origins, key = self.shell.workbench.origins, self._key
        self.ask(lambda: origins.of_document(key), self._show, group="origin")

    def _show(self, view: OriginView) -> None:
        first = self._view is None
        self._view = view
        self.retitle(
            Content.styled(f"1 origin, {counted(len(view.documents), 'document')}", "bold")
            + Content.styled(f" · {root_line(view)}", "$quiet")
        )
        self.rows.styles.height = max(1, min(len(view.documents), 10))
        self.rows.show(view.documents)
        if first:
            self.rows.go_to(self._key)
        self._ties()

    def _draw(self, item: OriginDocument, width: int) -> Sequence[Content]:
        when = day(item.document.published_at) or "no date"
        name = line(item.source or "source not named", "$quiet")
        named = min(28, width // 3)
        room = max(10, width - 16 - named)
        title = line(item.document.title, "bold" if item.document.content_hash == self._key else "")
        return [
            Content.assemble(
                (f"{item.place:>2} ", "$quiet"),
                title.truncate(room, ellipsis=True).pad_right(max(0, room - title.cell_length)),
                " ",
                name.truncate(named, ellipsis=True).pad_right(max(0, named - name.cell_length)),
                f"  {when}",
            )
        ]

    @on(Rows.Moved, "#origin-documents")
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._ties()

    def _ties(self) -> None:
        view, item = self._view, self.rows.current
        if view is None or item is None:
            return
        blocks = [line(f"! {circle_line(circle)}", "$tone-conflict bold") for circle in view.circles]
        if item.ties:
            blocks += [line(tie_words(tie)) for tie in item.ties]
        elif len(view.documents) > 1:
            blocks.append(Content.styled("the first of them by its date", "$quiet"))
        else:
            blocks.append(
                Content.styled("No other document shares its words or says that it has it from here.", "$quiet")
            )
        if view.related:
            blocks.append(Content.styled("Not one origin for that alone:", "$quiet bold"))
            blocks += [joined([line(tie.other.title), line(tie_words(tie), "$quiet")]) for tie in view.related]
        if view.decisions:
            blocks.append(Content.styled("Decided:", "$quiet bold"))
            blocks += [line(decision_words(view, link)) for link in view.decisions]
        self.query_one("#origin-ties", Reader).show(blocks)

    def action_split(self) -> None:
        """Say that the document under the cursor has another origin than the others."""
        view, item = self._view, self.rows.current
        if view is None or item is None or len(view.documents) < 2:
            self.complain("There is nothing to split.", "The origin has one document.")
            return
        others = [other for other in view.documents if other is not item]
        other = next((one for one in others if one.document.content_hash == self._key), others[0])
        one, two, origins = item.document, other.document, self.shell.workbench.origins
        self._decide(
            "Another origin",
            SPLIT_REASONS,
            lambda reason: origins.split(one.content_hash, two.content_hash, reason),
            f"“{one.title}” does not go back to where “{two.title}” and those with it come from.",
        )

    def action_join(self) -> None:
        """Say that another document has this origin too."""
        known = {item.document.content_hash for item in self._view.documents} if self._view else set()
        others = {other.content_hash: other for other in self._others if other.content_hash not in known}
        if not others:
            self.app.push_screen(JoinForm(self.shell, self._key), self._decided)
            return
        options = [
            Option(key, joined([line(other.title), line(other.source_name, "$quiet"), line(day(other.published_at))]))
            for key, other in others.items()
        ]
        self.app.push_screen(Choose(self.shell, "Which document has this origin too?", options), self._chosen)

    def _chosen(self, other: str | None) -> None:
        if other is None:
            return
        origins, key = self.shell.workbench.origins, self._key
        about = next((one.title for one in self._others if one.content_hash == other), "")
        self._decide(
            "The same origin",
            JOIN_REASONS,
            lambda reason: origins.join(other, key, reason),
            f"“{about}” has this origin.",
        )

    def _decide(self, title: str, reasons: Sequence[str], work: Callable[[str], object], about: str) -> None:
        self.app.push_screen(ReasonForm(self.shell, title, reasons, work, about), self._decided)

    def _decided(self, done: bool | None) -> None:
        if done:
            self.changed()
            self._read()


class JoinForm(Form[bool]):
    """Asks which document has the origin, and why."""

    def __init__(self, shell: Shell, key: str) -> None:
        super().__init__(shell, "The same origin")
        self._key = key

    def body(self) -> Iterable[Widget]:
        """The other document, then the reason."""
        yield Label("Number, identifier or hash of the document that has this origin too:")
        yield LineField(identifier="other")
        yield Label("How you know:")
        yield LineField(identifier="reason")

    def on_mount(self) -> None:
        """Begin with the document."""
        self.set_focus(self.query_one("#other", LineField))

    def action_save(self) -> None:
        """Record it."""
        values, origins, key = self.values(), self.shell.workbench.origins, self._key
        self.submit(lambda: origins.join(values["other"].strip(), key, values["reason"]), lambda _: True)
