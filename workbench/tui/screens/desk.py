"""The Desk: article, claims and matches beside each other as far as the terminal has room."""

from collections.abc import Iterable

from textual import events, on
from textual.containers import Horizontal
from textual.content import Content
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from workbench.tui.commands import Scope, bindings
from workbench.tui.screens.desk_claims import ClaimCommands
from workbench.tui.screens.desk_evidence import EvidenceCommands
from workbench.tui.screens.desk_references import ReferenceCommands
from workbench.tui.screens.desk_search import SearchCommands
from workbench.tui.widgets.article_pane import ArticlePane
from workbench.tui.widgets.cards import Cards
from workbench.tui.widgets.claims_pane import ClaimsPane
from workbench.tui.widgets.empty import Doors
from workbench.tui.widgets.matches_pane import MatchesPane
from workbench.tui.widgets.rows import Rows

PANES = ("article", "claims", "matches")


class DeskScreen(ClaimCommands, EvidenceCommands, SearchCommands, ReferenceCommands):
    """Where an article is checked."""

    BINDINGS = bindings(Scope.DESK)

    def body(self) -> Iterable[Widget]:
        """The three panes, and what to do when no article is open."""
        yield Static(id="pane-tabs", markup=False)
        yield Static(id="undated", markup=False)
        with Horizontal(id="desk-body"):
            yield ArticlePane(self.shell.marks)
            yield ClaimsPane(self.shell.marks)
            yield MatchesPane(self.shell.marks, self.shell.workbench.verdicts.scales())
        yield Doors(
            "No article is open",
            [("1", "go to Articles and open one", "app.go('articles')")],
            identifier="desk-empty",
        )

    def on_mount(self) -> None:
        """Begin in the claims."""
        self.pane, self.left = "claims", "claims"
        self.query_one("#pane-tabs", Static).auto_links = False
        self._mark_pane()
        self.set_focus(self.claims_pane.rows)

    @on(Rows.Moved, "#claims")
    def _claim_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self.claims_pane.show_whole()
        self.follow()

    @on(Rows.Opened, "#claims")
    def _claim_opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.to_pane("matches")

    @on(Cards.Opened)
    def _card_opened(self) -> None:
        self.action_compare()

    @on(ArticlePane.ClaimClicked)
    def _clicked(self, event: ArticlePane.ClaimClicked) -> None:
        if not self.claims_pane.rows.go_to(event.claim_id):
            self.claims_pane.end_filter()
            self.claims_pane.rows.go_to(event.claim_id)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember which pane has the focus; it is the one that stays when there is room for one."""
        for name in PANES:
            if event.widget in self.query(f"#{name}-pane *"):
                self.pane = name
                self.left = name if name != "matches" else self.left
                self._mark_pane()

    def _mark_pane(self) -> None:
        for name in PANES:
            self.set_class(self.pane == name, f"-at-{name}")
            self.set_class(self.left == name, f"-left-{name}")
        tabs = []
        for name in PANES:
            label = f"[{name.capitalize()}]" if name == self.pane else f" {name.capitalize()} "
            style = "bold" if name == self.pane else "$quiet"
            tabs.append(Content.styled(label, style).stylize(Style.from_meta({"@click": f"screen.to_pane('{name}')"})))
        self.query_one("#pane-tabs", Static).update(
            Content(" ").join(tabs) + Content.styled("  tab moves on", "$quiet")
        )

    def to_pane(self, name: str) -> None:
        """Give a pane the focus."""
        self.pane = name
        self.left = name if name != "matches" else self.left
        self._mark_pane()
        targets: dict[str, Widget] = {
            "article": self.article_pane.text_view,
            "claims": self.claims_pane.rows,
            "matches": self.matches_pane.cards,
        }
        self.set_focus(targets[name])
        if name == "article":
            self.call_after_refresh(self.article_pane.reveal)

    def action_to_pane(self, name: str) -> None:
        """Give a pane the focus."""
        self.to_pane(name)

    def action_next_pane(self) -> None:
        """The pane to the right, then round."""
        self.to_pane(PANES[(PANES.index(self.pane) + 1) % len(PANES)])

    def action_previous_pane(self) -> None:
        """The pane to the left, then round."""
        self.to_pane(PANES[(PANES.index(self.pane) - 1) % len(PANES)])

    def action_next_open(self) -> None:
        """The next claim that asks for work."""
        if not self.claims_pane.step_open(1):
            self.tell("No claim is open any more.")

    def action_previous_open(self) -> None:
        """The claim before that asks for work."""
        if not self.claims_pane.step_open(-1):
            self.tell("No claim is open any more.")

    def action_filter(self) -> None:
        """Type words to filter the claims by."""
        self.to_pane("claims")
        self.claims_pane.start_filter()

    def go_back(self) -> None:
        """End the search, then the filter, then go to the claims."""
        if self.end_search():
            return
        if self.claims_pane.end_filter() or self.pane != "claims":
            self.to_pane("claims")
