"""Claim and passage side by side, with every place where they can be held against each other."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from workbench.services.views import ClaimView, Match
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Panel
from workbench.tui.shell import Shell
from workbench.tui.text import line
from workbench.tui.widgets.match_content import (
    finding_lines,
    marked_claim,
    marked_passage,
    place_line,
    source_line,
)
from workbench.tui.widgets.reader import Reader


class CompareScreen(Panel[str]):
    """Hands back "cite" where the passage is to be cited."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.COMPARE,)
    BINDINGS = bindings(Scope.COMPARE)

    def __init__(
        self, shell: Shell, view: ClaimView, matches: Sequence[Match], at: int, moved: Callable[[int], None]
    ) -> None:
        super().__init__(shell, "Side by side")
        self._view = view
        self._matches = matches
        self._at = at
        self._moved = moved

    def body(self) -> Iterable[Widget]:
        """The two texts over what was compared."""
        with Horizontal(id="sides"):
            yield Reader(identifier="side-claim")
            yield Reader(identifier="side-passage")
        yield Reader(identifier="side-findings")

    def on_mount(self) -> None:
        """Show the match that was under the cursor."""
        self._show()
        self.set_focus(self.query_one("#side-passage", Reader))

    def _show(self) -> None:
        match, marks = self._matches[self._at], self.shell.marks
        self.retitle(
            Content.assemble(
                (f"Side by side: claim {self._view.number}, passage {self._at + 1} of {len(self._matches)}", "bold")
            )
        )
        status = marks.status(self._view.status)
        self.query_one("#side-claim", Reader).show(
            [
                Content.styled(f"Claim {self._view.number}", "bold $quiet"),
                Content.styled(f"{status.glyph} {status.word}", status.tone),
                marked_claim(self._view.claim.wording, match, marks),
            ]
        )
        self.query_one("#side-passage", Reader).show(
            [source_line(match), place_line(match, marks).stylize("$quiet"), marked_passage(match, marks, whole=True)]
        )
        found = finding_lines(match.findings, marks, every=True)
        self.query_one("#side-findings", Reader).show(
            [
                *(
                    found
                    or [
                        Content.styled(
                            "No figure, date, name, speaker or quotation to hold against each other.", "$quiet"
                        )
                    ]
                ),
                line(match.explanation, "$quiet"),
            ]
        )

        self.call_after_refresh(self._fit_findings)

    def _fit_findings(self) -> None:
        """Give what was compared the lines it needs, and the two texts the rest."""
        findings = self.query_one("#side-findings", Reader)
        findings.styles.height = max(3, min(findings.line_count + 2, self.app.size.height * 2 // 5))

    def action_step(self, step: int) -> None:
        """The next or the previous match; the cursor on the Desk goes along."""
        self._at = (self._at + step) % len(self._matches)
        self._moved(self._at)
        self._show()

    def action_cite(self) -> None:
        """Cite the passage."""
        self.dismiss("cite")
