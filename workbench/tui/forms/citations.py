"""The citations of a claim: change what a passage does to it, its role, its words or note, or withdraw one."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import TextArea

from db.vocabulary import Role, Stance
from workbench.services.views import CitationView, ClaimView, DocumentDetail
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Form, Panel
from workbench.tui.forms.cite import ROLE_KEYS, STANCE_KEYS, words_line
from workbench.tui.shell import Shell
from workbench.tui.text import joined, line
from workbench.tui.widgets.fields import Label, LineField, WordsField
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import day


class CitationsPanel(Panel[None]):
    """Lists what is cited for a claim."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.CITATIONS,)
    BINDINGS = bindings(Scope.CITATIONS)

    def __init__(self, shell: Shell, view: ClaimView) -> None:
        super().__init__(shell, f"Citations of claim {view.number}")
        self._claim = view.claim.id

    def body(self) -> Iterable[Widget]:
        """The citations, and the keys for what they are."""
        yield Rows(
            self._draw,
            lambda cited: cited.citation.id,
            row_height=3,
            cursor_mark=self.shell.marks.cursor,
            identifier="citations",
        )
        stances = ", ".join(f"{key} {stance.value}" for stance, key in STANCE_KEYS.items())
        roles = ", ".join(f"{key} {role.value}" for role, key in ROLE_KEYS.items())
        yield Label(f"Stance: {stances}. Role: {roles}.")

    def on_mount(self) -> None:
        """Read them."""
        self.set_focus(self.query_one(Rows))
        self._read()

    def _read(self) -> None:
        claims = self.shell.workbench.claims
        self.ask(lambda: claims.get(self._claim).citations, self._show, group="citations")

    def _show(self, citations: Sequence[CitationView]) -> None:
        self.query_one(Rows).show(citations)
        if not citations:
            self.retitle(Content.styled("Nothing is cited for this claim", "bold"))

    def _draw(self, cited: CitationView, _: int) -> Sequence[Content]:
        citation, mark = cited.citation, self.shell.marks.stance(cited.citation.stance)
        name = cited.source.source.name if cited.source else cited.document.source_name if cited.document else ""
        return [
            joined(
                [
                    Content.styled(f"{mark.glyph} {mark.word}, {citation.role.value}", f"{mark.tone} bold"),
                    line(name or "withheld here"),
                    line(citation.locator),
                    Content(f"read {day(citation.accessed_on)}"),
                ]
            ),
            line(f"“{citation.quote}”"),
            line(citation.note, "$quiet"),
        ]

    @property
    def _current(self) -> CitationView | None:
        cited = self.query_one(Rows).current
        return cited if isinstance(cited, CitationView) else None

    def _edit(self, *, stance: Stance | None = None, role: Role | None = None) -> None:
        cited, verdicts = self._current, self.shell.workbench.verdicts
        if cited is not None:
            key = cited.citation.id
            self.ask(lambda: verdicts.edit_citation(key, stance=stance, role=role), self._done)

    def _done(self, _: object) -> None:
        self.changed()
        self._read()

    def action_stance(self, stance: str) -> None:
        """Change what the passage does to the claim."""
        self._edit(stance=Stance(stance))

    def action_role(self, role: str) -> None:
        """Change the role of the source."""
        self._edit(role=Role(role))

    @on(Rows.Opened, "#citations")
    def action_words(self) -> None:
        """Change the cited words or the note."""
        cited, evidence = self._current, self.shell.workbench.evidence
        if cited is None:
            return
        if cited.document is None:
            self.complain("The document is not in this database.", "Merge a share that holds it.")
            return
        key = cited.citation.document
        self.ask(lambda: evidence.show(key), lambda detail: self._words_of(cited, detail), group="document")

    def _words_of(self, cited: CitationView, detail: DocumentDetail) -> None:
        self.app.push_screen(CitedWordsForm(self.shell, cited, detail), lambda done: self._read() if done else None)

    def action_withdraw(self) -> None:
        """Withdraw the citation."""
        cited, verdicts = self._current, self.shell.workbench.verdicts
        if cited is not None:
            key = cited.citation.id
            self.ask(lambda: verdicts.withdraw_citation(key), self._done)


class CitedWordsForm(Form[bool]):
    """Changes which words of a document a citation points at, and its note; a revision like any other."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.FORM, Scope.WORDS)

    def __init__(self, shell: Shell, cited: CitationView, detail: DocumentDetail) -> None:
        super().__init__(shell, "Words and note of the citation")
        self._cited = cited
        citation = cited.citation
        around = [item for item in detail.passages if item.end > citation.start and item.start < citation.end]
        self._offset = around[0].start if around else 0
        self._text = "".join(item.text for item in around).rstrip() if around else detail.text

    def body(self) -> Iterable[Widget]:
        """The passage with the cited words chosen, and the note."""
        yield WordsField(self._text, identifier="cited-passage")
        yield Label(identifier="cited-words")
        yield LineField(self._cited.citation.note, placeholder="note, optional", identifier="note")

    def on_mount(self) -> None:
        """Begin with the words as they are cited."""
        field, citation = self.query_one("#cited-passage", WordsField), self._cited.citation
        start, end = citation.start - self._offset, citation.end - self._offset
        if (start, end) != (0, len(self._text)):
            field.choose(max(0, start), min(end, len(self._text)))
        self.set_focus(field)
        self._say_words()

    @on(TextArea.SelectionChanged, "#cited-passage")
    def _say_words(self) -> None:
        self.query_one("#cited-words", Label).update(words_line(self.query_one("#cited-passage", WordsField)))

    def action_save(self) -> None:
        """Record the words and the note."""
        start, end = self.query_one("#cited-passage", WordsField).chosen or (0, len(self._text))
        key, note, verdicts = self._cited.citation.id, self.text_of("note").strip(), self.shell.workbench.verdicts
        first, last = self._offset + start, self._offset + end
        self.submit(lambda: verdicts.edit_citation(key, start=first, end=last, note=note), lambda _: True)
