"""What is done to claims on the Desk."""

from collections.abc import Sequence

from db.tables import Claim
from workbench.services.versions import Update
from workbench.services.views import ClaimView
from workbench.tui.forms.about import about_blocks
from workbench.tui.forms.base import TextPanel
from workbench.tui.forms.choosing import ReasonForm
from workbench.tui.forms.claims import PartForm, WordingForm
from workbench.tui.forms.helper import ask_helper
from workbench.tui.forms.offers import OffersPanel
from workbench.tui.forms.split import SplitForm
from workbench.tui.forms.versions import DifferencePanel, PlaceForm, UpdateForm, told
from workbench.tui.screens.desk_base import DeskBase
from workbench.tui.wording import counted

ASIDE_REASONS = (
    "Opinion or value judgement: no fact in it.",
    "Prediction: nothing to check yet.",
    "Demand or question: says what ought to be, not what is.",
    "Common knowledge that nobody disputes.",
    "Covered by another claim of this article.",
    "Byline, notice or navigation: no part of the text.",
)
GONE_REASONS = (
    "Taken out by the author.",
    "Corrected by the author after our question.",
    "Replaced by another statement.",
)
REST_REASONS = (
    "Not proposed for checking when the article was split.",
    "Outside what this check covers.",
)


class ClaimCommands(DeskBase):
    """Wording, splitting, merging, sub-claims, setting aside."""

    def action_edit(self) -> None:
        """Edit the wording."""
        self.with_claim(lambda view: self.open_form(WordingForm(self.shell, view, self.claim_text(view))))

    def action_split(self) -> None:
        """Split at a place."""
        self.with_claim(lambda view: self.open_form(SplitForm(self.shell, view, self.claim_text(view))))

    def action_merge(self) -> None:
        """Merge with the next."""
        claims = self.shell.workbench.claims
        self.with_claim(lambda view: self.ask(lambda: claims.merge(view.claim.id), self.changed))

    def action_part(self) -> None:
        """Add a claim inside."""
        self.with_claim(lambda view: self.open_form(PartForm(self.shell, view, self.claim_text(view))))

    def action_drop(self) -> None:
        """Drop a part."""
        claims = self.shell.workbench.claims
        self.with_claim(lambda view: self.ask(lambda: claims.drop(view.claim.id), self.changed))

    def action_offers(self) -> None:
        """Show what is offered under the sentence."""
        self.with_claim(self.show_offers)

    def show_offers(self, view: ClaimView, note: str = "") -> None:
        """Show what is offered under the sentence of a claim."""
        if self.desk is not None:
            sentence = view.claim.parent_id or view.claim.id
            self.open_form(OffersPanel(self.shell, self.desk.article.id, sentence, note))

    def action_accept_reliable(self) -> None:
        """Make claims of every reliable sub-claim of the article."""
        article, offers = self.shell.article_id, self.shell.workbench.offers

        def done(accepted: Sequence[Claim]) -> None:
            self.tell(f"Accepted {counted(len(accepted), 'sub-claim')}; u takes them back.")
            self.changed()

        if article is not None:
            self.ask(lambda: offers.accept_reliable(article), done)

    def action_about(self) -> None:
        """Say what is known of the claim."""
        self.with_claim(self._about)

    def _about(self, view: ClaimView) -> None:
        if self.desk is not None:
            blocks = about_blocks(view, self.desk, self.shell.marks)
            self.open_form(TextPanel(self.shell, f"About claim {view.number}", blocks))

    def action_order(self) -> None:
        """Order the claims the other way."""
        self.claims_pane.turn_order()
        if self.desk is not None:
            self.titles(self.desk)

    def action_helper(self) -> None:
        """Show what would be sent to the helper."""
        self.with_claim(lambda view: ask_helper(self, view.claim.id, lambda note: self.show_offers(view, note)))

    def action_set_aside(self) -> None:
        """Set aside with a reason."""
        self.with_claim(self._set_aside)

    def _set_aside(self, view: ClaimView) -> None:
        claims = self.shell.workbench.claims
        self.open_form(
            ReasonForm(
                self.shell,
                f"Set claim {view.number} aside",
                ASIDE_REASONS,
                lambda reason: claims.set_aside(view.claim.id, reason),
                view.claim.wording,
            )
        )

    def action_set_aside_rest(self) -> None:
        """Set aside everything that was not proposed for checking."""
        article, claims = self.shell.article_id, self.shell.workbench.claims
        if article is None or self.desk is None:
            return
        waiting = sum(
            view.status.value == "todo" and not view.claim.suggested and not view.depth for view in self.desk.claims
        )
        self.open_form(
            ReasonForm(
                self.shell,
                "Set aside what was not suggested",
                REST_REASONS,
                lambda reason: claims.set_aside_unsuggested(article, reason),
                f"{counted(waiting, 'open claim')} that nobody has begun and that were not proposed for checking.",
            )
        )

    def action_reopen(self) -> None:
        """Take a claim up again."""
        claims = self.shell.workbench.claims
        self.with_claim(lambda view: self.ask(lambda: claims.reopen(view.claim.id), self.changed))

    def action_update(self) -> None:
        """Bring in a changed text."""
        if self.desk is not None:
            form = UpdateForm(self.shell, self.desk.article.id, self.desk.article.title)
            self.app.push_screen(form, self._updated)

    def _updated(self, done: Update | None) -> None:
        if done is not None:
            self.tell(told(done))

    def action_versions(self) -> None:
        """What changed between two versions."""
        if self.desk is not None:
            self.app.push_screen(DifferencePanel(self.shell, self.desk.article.id))

    def action_confirm(self) -> None:
        """Say that what was decided still holds."""
        versions = self.shell.workbench.versions
        self.with_claim(lambda view: self.ask(lambda: versions.still_holds(view.claim.id), self.changed))

    def action_place(self) -> None:
        """Put the claim on words of the article."""
        desk = self.desk
        if desk is not None:
            self.with_claim(lambda view: self.open_form(PlaceForm(self.shell, view, desk.version)))

    def action_gone(self) -> None:
        """Say that the article makes the claim no more."""
        self.with_claim(self._gone_with_reason)

    def _gone_with_reason(self, view: ClaimView) -> None:
        versions = self.shell.workbench.versions
        self.open_form(
            ReasonForm(
                self.shell,
                f"Claim {view.number} is no longer in the article",
                GONE_REASONS,
                lambda reason: versions.let_go(view.claim.id, reason),
                view.anchor.words,
            )
        )
