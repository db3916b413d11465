"""The citations of a claim: change what a passage does to it, or its role, or withdraw one."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from db.vocabulary import Role, Stance
from workbench.services.views import CitationView, ClaimView
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Panel
from workbench.tui.forms.cite import ROLE_KEYS, STANCE_KEYS
from workbench.tui.shell import Shell
from workbench.tui.text import joined, line
from workbench.tui.widgets.fields import Label
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

    def action_withdraw(self) -> None:
        """Withdraw the citation."""
        cited, verdicts = self._current, self.shell.workbench.verdicts
        if cited is not None:
            key = cited.citation.id
            self.ask(lambda: verdicts.withdraw_citation(key), self._done)
