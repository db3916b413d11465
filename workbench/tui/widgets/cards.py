"""Passages as cards, with a cursor over them; copies are folded under the passage that they repeat."""

from collections.abc import Sequence

from textual import events, on
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from workbench.services.views import Match
from workbench.tui.commands import Scope, bindings
from workbench.tui.marks import Marks
from workbench.tui.widgets.match_content import match_content


class MatchCard(Static):
    """One passage."""

    DEFAULT_CSS = """
    MatchCard { height: auto; margin: 0 0 1 0; padding: 0 1 0 0; }
    MatchCard.-here { background: $block-cursor-blurred-background; }
    Cards:focus MatchCard.-here { background: $current; }
    Cards.-stale MatchCard { text-opacity: 50%; }
    """

    class Clicked(Message):
        """The card was clicked on."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, row: int) -> None:
        super().__init__(markup=False)
        self.row = row

    def on_click(self, event: events.Click) -> None:
        """Tell that this one was clicked on."""
        event.stop()
        self.post_message(self.Clicked(self.row))


class Cards(VerticalScroll, can_focus=True):
    """The passages as cards, with a cursor over them."""

    BINDINGS = bindings(Scope.LIST)

    class Moved(Message):
        """Another card is under the cursor."""

    class Opened(Message):
        """The card under the cursor was opened."""

    def __init__(self, marks: Marks) -> None:
        super().__init__(id="matches")
        self._marks = marks
        self._cards: list[MatchCard] = []
        self.every: list[Match] = []
        """What was found, folded copies included; `matches` is what is shown of it."""
        self.matches: list[Match] = []
        self.cursor = 0
        self._unfolded: set[int] = set()

    @property
    def stale(self) -> bool:
        """Whether what is shown belongs to a claim that is no longer the current one."""
        return self.has_class("-stale")

    @property
    def current(self) -> Match | None:
        """The match under the cursor, None while what is shown is stale."""
        return None if self.stale or not self.matches else self.matches[self.cursor]

    def show(self, matches: Sequence[Match]) -> None:
        """Show these matches, the cursor on the first."""
        self.cursor = 0
        self._unfolded.clear()
        self.scroll_to(y=0, animate=False)
        self._set(list(matches))

    def refine(self, matches: Sequence[Match], *, keep: bool) -> None:
        """Show another order without moving what the cursor is on; with `keep` also where it is no longer among them."""
        held = self.current
        if held is None:
            self.show(matches)
            return
        same = next((match for match in matches if match.passage.id == held.passage.id), held if keep else None)
        if same is not None and same.copy_of is not None:
            self._unfolded.update(_head(same, matches))
        others = [match for match in matches if match.passage.id != held.passage.id]
        if same is not None:
            # As many shown above it as before, so that it stays where it is on the screen.
            shown = _shown(others, self._unfolded)
            place = others.index(shown[self.cursor]) if self.cursor < len(shown) else len(others)
            others.insert(place, same)
        self._set(others)
        self.cursor = max(0, min(self.cursor, len(self.matches) - 1))
        for card in self._cards:
            self._draw(card)

    def fold(self) -> bool:
        """Show the copies of the passage under the cursor, or fold them again; False where it has none."""
        match = self.current
        if match is None:
            return False
        heads = _head(match, self.every)
        if not any(one.copy_of is not None and _head(one, self.every) == heads for one in self.every):
            return False
        self._unfolded ^= heads
        self._set(self.every)
        self.go_to(next((row for row, one in enumerate(self.matches) if one.passage.id in heads), 0))
        return True

    def folded(self, match: Match) -> list[Match]:
        """The copies that are folded under a match now."""
        if match.passage.id in self._unfolded or match.copy_of is not None:
            return []
        heads = _head(match, self.every)
        return [one for one in self.every if one.copy_of is not None and _head(one, self.every) == heads]

    def _set(self, matches: list[Match]) -> None:
        self.remove_class("-stale")
        self.every = matches
        self.matches = matches = _shown(matches, self._unfolded)
        while len(self._cards) < len(matches):
            card = MatchCard(len(self._cards))
            self._cards.append(card)
            self.mount(card)
        for card in self._cards:
            if card.display != (card.row < len(matches)):
                card.display = not card.display
            self._draw(card)
        self._tell(self.Moved())

    def _tell(self, message: Message) -> None:
        # Textual ends the way up at the pump that is active when a message is made; it may be our own parent.
        message.set_sender(self)
        self.post_message(message)

    def _draw(self, card: MatchCard) -> None:
        if card.row >= len(self.matches):
            return
        here = card.row == self.cursor
        card.set_class(here, "-here")
        match = self.matches[card.row]
        card.update(match_content(match, card.row + 1, self._marks, here=here, folded=len(self.folded(match))))

    def go_to(self, row: int) -> None:
        """Put the cursor on a card."""
        row = max(0, min(row, len(self.matches) - 1))
        before, self.cursor = self.cursor, row
        if not self.matches:
            return
        for place in {before, row} & set(range(len(self._cards))):
            self._draw(self._cards[place])
        self._cards[row].scroll_visible(animate=False)
        self._tell(self.Moved())

    @on(MatchCard.Clicked)
    def _clicked(self, event: MatchCard.Clicked) -> None:
        event.stop()
        self.screen.set_focus(self)
        self.go_to(event.row)

    def action_cursor_down(self) -> None:
        """The next passage; within one that is longer than the pane, its next lines."""
        if self._reaches_on(1):
            self.scroll_relative(y=3, animate=False)
        else:
            self.go_to(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """The passage before."""
        if self._reaches_on(-1):
            self.scroll_relative(y=-3, animate=False)
        else:
            self.go_to(self.cursor - 1)

    def _reaches_on(self, direction: int) -> bool:
        if not self.matches:
            return False
        region = self._cards[self.cursor].virtual_region
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        if region.height <= self.size.height:
            return False
        return region.bottom > bottom if direction > 0 else region.y < top

    def action_cursor_top(self) -> None:
        """The first passage."""
        self.go_to(0)

    def action_cursor_bottom(self) -> None:
        """The last passage."""
        self.go_to(len(self.matches) - 1)

    def action_cursor_page_down(self) -> None:
        """A screenful down."""
        self.scroll_page_down(animate=False)

    def action_cursor_page_up(self) -> None:
        """A screenful up."""
        self.scroll_page_up(animate=False)

    def action_open_row(self) -> None:
        """Side by side."""
        if self.current is not None:
            self._tell(self.Opened())


def _head(match: Match, among: Sequence[Match]) -> set[int]:
    """The passage that a match repeats, or its own."""
    head = match if match.copy_of is None else next((one for one in among if one.rank == match.copy_of), match)
    return {head.passage.id or 0}


def _shown(matches: Sequence[Match], unfolded: set[int]) -> list[Match]:
    """What is shown of matches: a copy only where what it repeats is unfolded, right after it, or is not there."""
    heads = {match.rank: match for match in matches if match.copy_of is None}
    shown: list[Match] = []
    for match in matches:
        if match.copy_of in heads:
            continue
        shown.append(match)
        if match.copy_of is None and match.passage.id in unfolded:
            shown += [one for one in matches if one.copy_of == match.rank]
    return shown
