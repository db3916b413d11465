"""The claims of the article, one to a row."""

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from workbench.services.views import OPEN, ClaimView, Order, ordered
from workbench.tui.marks import Marks
from workbench.tui.text import line
from workbench.tui.widgets.fields import LineField
from workbench.tui.widgets.rows import Rows


class ClaimsPane(Vertical):
    """Rows with a filter over them."""

    def __init__(self, marks: Marks) -> None:
        super().__init__(id="claims-pane", classes="pane")
        self._marks = marks
        self._claims: Sequence[ClaimView] = ()
        self._words = ""
        self.order = Order.POSITION
        self._left_open: Mapping[str, int] = {}
        self._drafted: frozenset[str] = frozenset()
        self.rows: Rows[ClaimView] = Rows(
            self._draw, lambda view: view.claim.id, cursor_mark=marks.cursor, identifier="claims"
        )

    def compose(self) -> ComposeResult:
        """The filter, hidden until it is asked for, over the rows."""
        yield LineField(placeholder="words in the claim; esc shows all", identifier="claims-filter")
        yield self.rows
        yield Static(id="claim-whole", markup=False)

    @property
    def filter_field(self) -> LineField:
        """Where the words are typed."""
        return self.query_one("#claims-filter", LineField)

    @property
    def current(self) -> ClaimView | None:
        """The claim under the cursor."""
        return self.rows.current

    def show(self, claims: Sequence[ClaimView], left_open: Mapping[str, int]) -> None:
        """Show these claims, with how many references each leaves open; the cursor stays on its claim."""
        self._claims, self._left_open = claims, left_open
        self._apply()

    def mark_drafts(self, claims: frozenset[str]) -> None:
        """Mark the claims about which something was typed and not recorded."""
        if claims != self._drafted:
            self._drafted = claims
            self.rows.redraw()

    def show_whole(self) -> None:
        """Show the whole wording of the current claim, for terminals where no other pane shows it."""
        view = self.current
        self.query_one("#claim-whole", Static).update(line(view.claim.wording) if view else Content(""), layout=False)

    def turn_order(self) -> Order:
        """Order the other way, the cursor staying on its claim; returns the order that holds now."""
        self.order = Order.CHECKWORTHINESS if self.order is Order.POSITION else Order.POSITION
        self._apply()
        return self.order

    def start_filter(self) -> None:
        """Show the field and type into it."""
        self.filter_field.add_class("-open")
        self.screen.set_focus(self.filter_field)

    def end_filter(self) -> bool:
        """Show every claim again; False where nothing was filtered."""
        was_open = self.filter_field.has_class("-open")
        self.filter_field.remove_class("-open")
        self.filter_field.value = ""
        self._words = ""
        self._apply()
        return was_open

    def step_open(self, step: int) -> bool:
        """Go to the next open claim in a direction, round the ends; False where none is open."""
        items = self.rows.items()
        if not items:
            return False
        start = self.rows.cursor
        for distance in range(1, len(items) + 1):
            row = (start + step * distance) % len(items)
            if items[row].status in OPEN:
                self.rows.go_to(items[row].claim.id)
                return True
        return False

    @on(Input.Changed, "#claims-filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._words = event.value.strip().lower()
        self._apply()

    @on(Input.Submitted, "#claims-filter")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.set_focus(self.rows)

    def _apply(self) -> None:
        words = self._words.split()
        claims = ordered(self._claims, self.order)
        self.rows.show([view for view in claims if all(word in view.claim.wording.lower() for word in words)])

    def _draw(self, view: ClaimView, _: int) -> Sequence[Content]:
        mark = self._marks.status(view.status)
        indent = f"  {self._marks.claim_relation(view.claim.relation)} " if view.depth else ""
        style = "$tone-aside" if view.status.value in ("covered", "set_aside", "withdrawn", "gone") else ""
        waiting = self._left_open.get(view.claim.id, 0)
        cited = Content.styled(f" {len(view.citations)}c", "$quiet") if view.citations else Content("")
        return [
            Content.assemble(
                (f"{mark.glyph} ", mark.tone),
                (f"{view.number:>2}", "$quiet"),
                cited if not view.depth else "",
                (f" {self._marks.pick('↪', '^')}{waiting}", "$tone-unproven") if waiting and not view.depth else "",
                (f" {self._marks.draft}", "$tone-work bold") if view.claim.id in self._drafted else "",
                " ",
                (indent, "$quiet"),
                (f"{self._marks.edited} " if view.edited else "", "$quiet"),
                line(view.claim.wording, style),
            )
        ]
