"""Citing a passage: one key for the stance; the role stands ready, the words can be narrowed by selecting them."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from db.vocabulary import Role, Stance
from workbench.services.views import ClaimView, Match
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Form
from workbench.tui.shell import Shell
from workbench.tui.text import line
from workbench.tui.widgets.fields import Label, LineField, ProseField
from workbench.tui.widgets.match_content import source_line

ROLE_KEYS = {Role.PRIMARY: "p", Role.SECONDARY: "d", Role.CLAIMANT: "l", Role.EXPERT: "e"}
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


class CiteForm(Form[bool]):
    """Ties a passage to a claim."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.CITE,)
    BINDINGS = bindings(Scope.CITE)

    def __init__(self, shell: Shell, view: ClaimView, match: Match) -> None:
        super().__init__(shell, f"Cite for claim {view.number}")
        self._view = view
        self._match = match
        self._source = match.source.source.id if match.source else match.document.source_name
        self._role = Role(shell.roles.get(self._source, Role.SECONDARY.value))

    def body(self) -> Iterable[Widget]:
        """Claim, passage, stance, role, note."""
        yield Label(identifier="cite-claim")
        yield Label(identifier="cite-source")
        yield ProseField(self._match.passage.text.rstrip(), reading=True, identifier="cite-passage")
        yield Label("Select words (shift with the arrows) to cite only those, else all.")
        yield Label(identifier="cite-stance")
        yield Label(identifier="cite-role")
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
        self.query_one("#cite-stance", Label).update(Content("This passage") + Content("").join(stances))
        self.query_one("#cite-role", Label).update(role_line(self._role))
        self.set_focus(self.query_one("#cite-passage", ProseField))

    def action_role(self, role: str) -> None:
        """Choose the role."""
        self._role = Role(role)
        self.query_one("#cite-role", Label).update(role_line(self._role))

    def action_note(self) -> None:
        """To the note."""
        self.set_focus(self.query_one("#note", LineField))

    def action_save(self) -> None:
        """Back from the note; only a stance records."""
        self.set_focus(self.query_one("#cite-passage", ProseField))

    def action_stance(self, stance: str) -> None:
        """Record the citation."""
        passage, view, role = self._match.passage, self._view, self._role
        start, end = self.query_one("#cite-passage", ProseField).chosen or (0, len(passage.text.rstrip()))
        note = self.text_of("note").strip()
        document = self._match.document.content_hash
        self.shell.roles[self._source] = role.value
        verdicts = self.shell.workbench.verdicts
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
            lambda _: True,
        )
