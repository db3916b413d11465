"""Searching, narrowing and tracing quotations on the Desk."""

from textual.content import Content

from workbench.matching.query import unmarked
from workbench.matching.quoting import quotations
from workbench.services.filters import Filter
from workbench.services.quotations import QuotationReport
from workbench.services.views import ClaimView
from workbench.tui.forms.base import TextPanel
from workbench.tui.forms.dismissed import DismissedPanel
from workbench.tui.forms.search import FilterForm, QuoteForm, SearchForm
from workbench.tui.screens.desk_base import DeskBase
from workbench.tui.text import joined, line
from workbench.tui.wording import day

_SHOWN_DIFFERENCES = 12


class SearchCommands(DeskBase):
    """What finds other passages than the claim itself does."""

    def action_search(self) -> None:
        """Search in one's own words."""
        view = self.claim
        if view is not None:
            words = self._search or unmarked(view.claim.wording)
            self.app.push_screen(SearchForm(self.shell, words), self._searched)

    def _searched(self, words: str | None) -> None:
        if words is not None:
            self._search = words
            self._look_again("looking for passages…")

    def end_search(self) -> bool:
        """Back to the passages for the claim; False where there was no search."""
        if not self._search:
            return False
        self._search = ""
        self.tell("Back to what the claim itself finds.")
        self._look_again("")
        return True

    def action_narrow(self) -> None:
        """Say what passages must be."""
        self.with_claim(lambda _: self.app.push_screen(FilterForm(self.shell, self.filter), self._narrowed))

    def _narrowed(self, wanted: Filter | None) -> None:
        if wanted is not None:
            self.filter = wanted
            self._look_again("looking for passages…")

    def action_clear_filter(self) -> None:
        """Everything may be found again."""
        if not self.filter.given:
            self.tell("No filter is in force.")
            return
        self.filter = Filter()
        self._look_again("looking for passages…")

    def action_match_short(self) -> None:
        """Look for passages although the claim is short."""
        self.with_claim(self._match_short)

    def _match_short(self, view: ClaimView) -> None:
        self.even_short = view.claim.id
        self._look_again("looking for passages…")

    def action_dismissed(self) -> None:
        """List what was dismissed for the claim."""
        self.with_claim(lambda view: self.open_form(DismissedPanel(self.shell, view)))

    def action_quotation(self) -> None:
        """Look for the claim's quotation in every document; a claim with several or none asks for the words."""
        self.with_claim(self._quotation)

    def _quotation(self, view: ClaimView) -> None:
        text = self.claim_text(view)
        found = [span.of(text) for span in quotations(text)]
        if len(found) == 1:
            self._trace(found[0])
        else:
            words = max(found, key=len, default=" ".join(text.split()))
            self.app.push_screen(QuoteForm(self.shell, words), self._trace)

    def _trace(self, quote: str | None) -> None:
        if quote is None:
            return
        traced, wanted = self.shell.workbench.quotations, self.filter
        self.ask(lambda: traced.find(quote, wanted=wanted), self._traced, group="quotation")

    def _traced(self, report: QuotationReport) -> None:
        self.open_form(TextPanel(self.shell, "Where the quotation stands", quotation_blocks(report)))

    def _look_again(self, words: str) -> None:
        self.matches_pane.cards.add_class("-stale")
        self.matches_pane.say(words)
        self._find()


def quotation_blocks(report: QuotationReport) -> list[Content]:
    """What is found of a quotation, the earliest first, with every difference."""
    blocks = [line(f"“{report.quote}”", "bold"), line(report.answer)]
    blocks += [line(f"Only: {'; '.join(report.filters)}", "$quiet")] if report.filters else []
    for item in report.versions:
        record = item.document
        blocks += [
            Content(""),
            joined(
                [
                    line(day(record.published_at) or "no date", "bold"),
                    line(item.state, "bold" if item.state == "verbatim" else "$tone-unproven bold"),
                    Content("the longest version") if item.longest else Content(""),
                    line(item.source.source.name if item.source else record.source_name),
                    line(record.title),
                    line(item.passage.locator),
                ]
            ),
            Content.assemble("“", line(item.text), "”", line(f" … {item.rest}" if item.rest else "", "$quiet")),
        ]
        blocks += [line(f"! {said}", "$tone-conflict") for said in item.said]
        for one in item.differences[:_SHOWN_DIFFERENCES]:
            quoted, there = one.quoted or "nothing", one.found or "nothing"
            blocks.append(line(f"≠ quoted “{quoted}”, here “{there}”", "$tone-refuted"))
        left = len(item.differences) - _SHOWN_DIFFERENCES
        if left > 0:
            blocks.append(line(f"≠ and {left} more differences", "$quiet"))
    return blocks
