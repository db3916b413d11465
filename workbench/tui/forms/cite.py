"""Citing a passage: one key for the stance; the role and the words that it will record stand there before."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import TextArea

from db.vocabulary import Role, Stance
from workbench.services.views import ClaimView, Match
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Form
from workbench.tui.shell import Shell
from workbench.tui.text import line
from workbench.tui.widgets.fields import Label, LineField, WordsField
from workbench.tui.widgets.match_content import source_line

ROLE_KEYS = {Role.PRIMARY: "p", Role.SECONDARY: "d", Role.CLAIMANT: "l", Role.EXPERT: "e"}
_SHOWN = 60
STANCE_KEYS = {Stance.SUPPORTS: "s", Stance.REFUTES: "r", Stance.CONTEXT: "x"}


def role_line(chosen: Role) -> Content:
    """The roles with their keys, the chosen one marked."""
    parts = [
        Content.assemble((f" {key} ", "$footer-key-foreground bold"), (f"[{role.value}]", "bold"))
        if role is chosen
        else Content.assemble((f" {key} ", "$footer-key-foreground"), (f" {role.value} ", "$quiet"))
        for role, key in ROLE_KEYS.items()
    ]
    return Content("Role:") + Content("").join(parts)


def words_line(field: WordsField) -> Content:
    """Which words of a passage will be cited, and how to choose others."""
    chosen = field.chosen
    if chosen is None:
        return Content("Cites all of it; space or shift with the arrows chooses words.")
    words = " ".join(field.text[slice(*chosen)].split())
    shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN // 2].rstrip()} … {words[-_SHOWN // 2 :].lstrip()}"
    return Content("Cites ") + line(f"“{shown}”", "$foreground")


class CiteForm(Form[bool]):
    """Ties a passage to a claim."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.CITE, Scope.WORDS)
    BINDINGS = bindings(Scope.CITE)

    def __init__(self, shell: Shell, view: ClaimView, match: Match) -> None:
        super().__init__(shell, f"Cite for claim {view.number}")
        self._view = view
        self._match = match
        self._source = match.source.source.id if match.source else match.document.source_name
        before = shell.roles.get(self._source)
        self._role = Role(before or Role.SECONDARY.value)
        self._why = "as last time" if before else ""

    def body(self) -> Iterable[Widget]:
        """Claim, passage, stance, role, note."""
        yield Label(identifier="cite-claim")
        yield Label(identifier="cite-source")
        yield WordsField(self._match.passage.text.rstrip(), identifier="cite-passage")
        yield Label(identifier="cite-words")
        yield Label(identifier="cite-role")
        yield Label(identifier="cite-stance")
        yield LineField(placeholder="note (n), optional", identifier="note")

    def on_mount(self) -> None:
        """Show what is cited for what."""
        marks = self.shell.marks
        self.query_one("#cite-claim", Label).update(line(self._view.claim.wording))
        self.query_one("#cite-source", Label).update(source_line(self._match))
        stances = [
            Content.assemble(
                (f" {key} ", "$footer-key-foreground bold"),
                (f"{marks.stance(stance).glyph} {stance.value} ", marks.stance(stance).tone),
            )
            for stance, key in STANCE_KEYS.items()
        ]
        self.query_one("#cite-stance", Label).update(Content("Save as") + Content("").join(stances))
        self._say_role()
        self._say_words()
        self.set_focus(self.query_one("#cite-passage", WordsField))

    def _say_role(self) -> None:
        self.query_one("#cite-role", Label).update(
            role_line(self._role) + Content.styled(f"  {self._why}" if self._why else "", "$quiet")
        )

    @on(TextArea.SelectionChanged, "#cite-passage")
    def _say_words(self) -> None:
        self.query_one("#cite-words", Label).update(words_line(self.query_one("#cite-passage", WordsField)))

    def action_role(self, role: str) -> None:
        """Choose the role."""
        self._role, self._why = Role(role), ""
        self._say_role()

    def action_note(self) -> None:
        """To the note."""
        self.set_focus(self.query_one("#note", LineField))

    def action_save(self) -> None:
        """Back from the note; only a stance records."""
        self.set_focus(self.query_one("#cite-passage", WordsField))

    def action_stance(self, stance: str) -> None:
        """Record the citation."""
        passage, view, role = self._match.passage, self._view, self._role
        start, end = self.query_one("#cite-passage", WordsField).chosen or (0, len(passage.text.rstrip()))
        note = self.text_of("note").strip()
        document = self._match.document.content_hash
        self.shell.roles[self._source] = role.value
        verdicts = self.shell.workbench.verdicts
        mark = self.shell.marks.stance(Stance(stance))

        def cited(_: object) -> bool:
            self.tell(f"Cited: {mark.glyph} {mark.word}, {role.value}. Stance, role and words can be changed (l).")
            return True

        self.submit(
            lambda: verdicts.cite(
                view.claim.id,
                document,
                stance=Stance(stance),
                role=role,
                start=passage.start + start,
                end=passage.start + end,
                note=note,
            ),
            cited,
        )
