"""What is done with passages and verdicts on the Desk."""

from textual.content import Content

from db.tables import Verdict
from workbench.errors import WorkbenchError
from workbench.services.views import ClaimView, Match
from workbench.services.whys import why_lines
from workbench.tui.forms.base import TextPanel
from workbench.tui.forms.choosing import ReasonForm
from workbench.tui.forms.citations import CitationsPanel
from workbench.tui.forms.cite import CiteForm
from workbench.tui.forms.compare import CompareScreen
from workbench.tui.forms.conflicts import ConflictsPanel
from workbench.tui.forms.origins import OriginPanel
from workbench.tui.forms.precedents import PrecedentsPanel
from workbench.tui.forms.review import ReviewForm
from workbench.tui.forms.verdict import VerdictForm
from workbench.tui.screens.desk_base import DeskBase
from workbench.tui.text import joined, line
from workbench.tui.widgets.match_content import citation_text, place_line, source_line
from workbench.tui.wording import counted

DISMISS_REASONS = (
    "About something else.",
    "An older state of affairs.",
    "A copy of another passage.",
    "Bears on the subject, not on the claim.",
)


class EvidenceCommands(DeskBase):
    """Citing, comparing, verdicts, reviews."""

    def action_cite(self) -> None:
        """Cite the passage under the cursor."""
        self.with_match(lambda view, match: self.open_form(CiteForm(self.shell, view, match)))

    def action_verdict(self) -> None:
        """Open the verdict form; a conflict is chosen first."""
        self.with_claim(self._verdict)

    def _verdict(self, view: ClaimView) -> None:
        if any(verdict.conflicted for verdict in view.verdicts):
            self.action_conflicts()
        else:
            self.open_form(VerdictForm(self.shell, view))

    def action_precedents(self) -> None:
        """How claims like this one were judged before."""
        self.with_claim(
            lambda view: self.app.push_screen(
                PrecedentsPanel(self.shell, view), lambda text: self._with_precedent(view, text)
            )
        )

    def _with_precedent(self, view: ClaimView, text: str | None) -> None:
        if not text:
            return
        if any(verdict.conflicted for verdict in view.verdicts):
            self.action_conflicts()
        else:
            self.open_form(VerdictForm(self.shell, view, add=text))

    def action_compare(self) -> None:
        """Claim and passage side by side."""
        self.with_match(self._compare)

    def _compare(self, view: ClaimView, _: Match) -> None:
        cards = self.matches_pane.cards
        self.app.push_screen(
            CompareScreen(self.shell, view, cards.matches, cards.cursor, cards.go_to), self._after_compare
        )

    def _after_compare(self, wanted: str | None) -> None:
        if wanted == "cite":
            self.action_cite()

    def action_why(self) -> None:
        """Say why the passage was found."""
        self.with_match(self._why)

    def _why(self, view: ClaimView, match: Match) -> None:
        inference = self.shell.workbench.inference
        if inference is None:
            self._show_why(match, "")
            return
        wording, passage = view.claim.wording, match.passage.text

        def ask() -> str:
            try:
                return str(inference.suggest(wording, [passage])[0])
            except WorkbenchError as error:
                return str(error)

        self.ask(ask, lambda said: self._show_why(match, said), group="why")

    def _show_why(self, match: Match, suggestion: str) -> None:
        found = self.matches_pane.found
        if found is None:
            return
        blocks = [
            source_line(match),
            place_line(match, self.shell.marks),
            Content(""),
            *[line(said) for said in why_lines(match, found)],
            *([line(suggestion[:1].upper() + suggestion[1:])] if suggestion else []),
            Content(""),
            Content.styled(
                "How alike two texts are says nothing about whether one bears the other out: "
                "a changed figure or name makes a passage more alike than a true paraphrase.",
                "$quiet",
            ),
        ]
        self.open_form(TextPanel(self.shell, "Why this passage", blocks))

    def action_origin(self) -> None:
        """Where the passage comes from, and what else does."""
        self.with_match(self._origin)

    def _origin(self, _: ClaimView, match: Match) -> None:
        documents = {one.document.content_hash: one.document for one in self.matches_pane.cards.every}
        self.open_form(OriginPanel(self.shell, match.document.content_hash, list(documents.values())))

    def action_fold(self) -> None:
        """Show the copies of a passage, or fold them under it."""
        if not self.matches_pane.cards.fold():
            self.tell("No other passage found here only repeats this one.")

    def action_dismiss_match(self) -> None:
        """Hide the passage for this claim."""
        self.with_match(self._dismiss)

    def _dismiss(self, view: ClaimView, match: Match) -> None:
        matching = self.shell.workbench.matching
        document, start = match.document.content_hash, match.passage.start
        # Folded copies go with what they repeat; unfolded, each is dismissed for itself.
        folded = self.matches_pane.cards.folded(match)
        also = [(copy.document.content_hash, copy.passage.start) for copy in folded]
        about = [line(match.document.title), line(match.passage.locator)]
        if folded:
            about.append(line(f"with {counted(len(folded), 'copy', 'copies')}"))
        self.open_form(
            ReasonForm(
                self.shell,
                "Dismiss the match",
                DISMISS_REASONS,
                lambda reason: matching.dismiss(view.claim.id, document, start, reason, also=also),
                joined(about).plain,
            )
        )

    def action_copy(self) -> None:
        """Copy the citation where the passages have the focus, else the claim."""
        match, view = self.match, self.claim
        if match is not None and self.matches_pane.cards.has_focus:
            self.app.copy_to_clipboard(citation_text(match))
            self.tell(f"Copied the citation of passage {self.matches_pane.cards.cursor + 1}.")
        elif view is not None:
            self.app.copy_to_clipboard(view.claim.wording)
            self.tell(f"Copied the wording of claim {view.number}.")

    def action_citations(self) -> None:
        """List the claim's citations."""
        self.with_claim(lambda view: self.open_form(CitationsPanel(self.shell, view)))

    def action_conflicts(self) -> None:
        """List the article's conflicts."""
        self.open_form(ConflictsPanel(self.shell, self.shell.article_id))

    def action_review(self) -> None:
        """Review the newest verdict."""
        self.with_claim(self._review)

    def _review(self, view: ClaimView) -> None:
        newest = newest_verdict(view)
        if newest is None:
            self.complain(f"Claim {view.number} has no verdict to review.", "Record one first (v).")
        else:
            self.open_form(ReviewForm(self.shell, view, newest))

    def action_withdraw_verdict(self) -> None:
        """Withdraw the newest verdict."""
        self.with_claim(self._withdraw)

    def _withdraw(self, view: ClaimView) -> None:
        newest, verdicts = newest_verdict(view), self.shell.workbench.verdicts
        if newest is None:
            self.complain(f"Claim {view.number} has no verdict.")
            return
        self.ask(lambda: verdicts.withdraw(view.claim.id, newest.scale), self.changed)


def newest_verdict(view: ClaimView) -> Verdict | None:
    """The verdict that was recorded last, on whichever scale."""
    return max(view.verdicts, key=lambda verdict: verdict.decided_at) if view.verdicts else None
