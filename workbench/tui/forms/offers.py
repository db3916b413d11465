"""Sub-claims that are offered under a sentence: accept, reword, drop, and see again what was dropped."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from db.vocabulary import Relation
from workbench.services.offers import Offer, OfferState
from workbench.services.views import ClaimView, Desk
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.base import Form, Panel
from workbench.tui.forms.helper import ask_helper
from workbench.tui.shell import Shell
from workbench.tui.text import Shown, joined, line
from workbench.tui.widgets.fields import Label, ProseField
from workbench.tui.widgets.rows import Rows
from workbench.tui.wording import counted

_LIT = "on $current bold"
_TONES = {OfferState.OFFERED: "", OfferState.ACCEPTED: "$tone-supported", OfferState.DROPPED: "$tone-aside"}


class OffersPanel(Panel[None]):
    """What is offered under one sentence of an article, and on to the next one."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.OFFERS,)
    BINDINGS = bindings(Scope.OFFERS)

    def __init__(self, shell: Shell, article: str, sentence: str, note: str = "") -> None:
        super().__init__(shell, "Offered sub-claims")
        self._article = article
        self._sentence = sentence
        self._note = note
        self._every = False
        self._desk: Desk | None = None
        self._offers: list[Offer] = []

    def body(self) -> Iterable[Widget]:
        """The offers over the sentence with the words of the current one."""
        yield Label(self._note, identifier="offer-note")
        yield Rows(self._draw, lambda offer: offer.id, cursor_mark=self.shell.marks.cursor, identifier="offers")
        yield Static(id="offer-whole", markup=False)

    @property
    def rows(self) -> Rows[Offer]:
        """The list."""
        return self.query_one("#offers", Rows)

    def on_mount(self) -> None:
        """Find the offers, which takes the splitter a moment."""
        self.query_one("#offer-note").display = bool(self._note)
        self.set_focus(self.rows)
        self._read()

    def _read(self) -> None:
        articles, offers, article = self.shell.workbench.articles, self.shell.workbench.offers, self._article
        self.ask(lambda: (articles.desk(article), offers.of_article(article, every=True)), self._show, group="offers")

    def _show(self, answer: tuple[Desk, list[Offer]]) -> None:
        self._desk, self._offers = answer
        self._list()

    def _list(self) -> None:
        mine = [offer for offer in self._offers if offer.sentence == self._sentence]
        shown = mine if self._every else [offer for offer in mine if offer.state is OfferState.OFFERED]
        number = next((view.number for view in self._claims() if view.claim.id == self._sentence), 0)
        states = [sum(offer.state is state for offer in mine) for state in OfferState]
        told = f"{states[0]} on offer, {states[1]} accepted, {states[2]} dropped"
        self.retitle(Content.styled(f"Sub-claims under claim {number}: {told}", "bold"))
        self.rows.show(shown)
        if not shown:
            self.query_one("#offer-whole", Static).update(self._nothing())

    def _claims(self) -> Sequence[ClaimView]:
        return self._desk.claims if self._desk else ()

    def _nothing(self) -> Content:
        waiting = len({offer.sentence for offer in self._offers if offer.state is OfferState.OFFERED})
        return joined(
            [
                Content("Nothing is on offer here; t shows what was accepted or dropped."),
                Content(f"n: {counted(waiting, 'sentence')} with something on offer" if waiting else ""),
            ]
        )

    def _draw(self, offer: Offer, _: int) -> Sequence[Content]:
        star = self.shell.marks.pick("★", "*") if offer.reliable else " "
        state = f"{offer.state.value:<9}" if self._every else ""
        return [
            Content.assemble(
                (f"{star} ", "$footer-key-foreground bold"),
                (state, _TONES[offer.state]),
                (f"{offer.relation.value:<13} ", "$quiet"),
                ("helper: " if offer.helper else "", "$tone-mixed"),
                line(offer.wording, "$tone-aside" if offer.state is OfferState.DROPPED else ""),
            )
        ]

    @on(Rows.Moved, "#offers")
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        offer = self.rows.current
        if offer is not None and self._desk is not None:
            self.query_one("#offer-whole", Static).update(Content("\n").join(_whole(offer, self._desk)))

    @on(Rows.Opened, "#offers")
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.action_accept()

    def _done(self, _: object) -> None:
        self.changed()
        self._read()

    def action_accept(self) -> None:
        """Make a claim of the offer."""
        offer, offers = self.rows.current, self.shell.workbench.offers
        if offer is not None:
            self.ask(lambda: offers.accept(offer.sentence, [offer.id]), self._done)

    def action_drop(self) -> None:
        """Drop the offer for good."""
        offer, offers = self.rows.current, self.shell.workbench.offers
        if offer is not None:
            self.ask(lambda: offers.drop(offer.sentence, [offer.id]), self._done)

    def action_undo(self) -> None:
        """Take the last action back, here as on the Desk."""
        history = self.shell.workbench.history

        def done(label: str) -> None:
            self.tell(f"Undone: {label}")
            self._done(None)

        self.ask(history.undo, done)

    def action_reword(self) -> None:
        """Accept the offer in other words."""
        offer = self.rows.current
        if offer is None or self._desk is None:
            return
        if offer.state is OfferState.ACCEPTED:
            self.complain("This one is a claim already.", "Reword it on the Desk (e).")
            return
        self.app.push_screen(RewordForm(self.shell, offer, self._desk), lambda done: self._read() if done else None)

    def action_every(self) -> None:
        """Show all there ever were, or only what is on offer."""
        self._every = not self._every
        self._list()

    def action_step(self, step: int) -> None:
        """The next sentence with something on offer, round the ends."""
        order = [view.claim.id for view in self._desk.claims if not view.depth] if self._desk else []
        open_ones = {offer.sentence for offer in self._offers if offer.state is OfferState.OFFERED}
        here = order.index(self._sentence) if self._sentence in order else 0
        turned = [order[(here + step * distance) % len(order)] for distance in range(1, len(order) + 1)]
        following = next((sentence for sentence in turned if sentence in open_ones), None)
        if following is None:
            self.tell("Nothing is on offer in this article any more.")
            return
        self._sentence = following
        self._list()

    def action_helper(self) -> None:
        """Show what would be sent to the helper."""
        ask_helper(self, self._sentence, self._heard)

    def _heard(self, note: str) -> None:
        label = self.query_one("#offer-note", Label)
        label.update(line(note))
        label.display = True
        self._read()


def _whole(offer: Offer, desk: Desk) -> list[Content]:
    """An offer in full: its wording, its words in the sentence, and what speaks for it."""
    view = next((view for view in desk.claims if view.claim.id == offer.sentence), None)
    blocks = [line(offer.wording, "bold")]
    if view is not None:
        start, end = view.claim.start, view.claim.end
        pieces = offer.fragments or ((offer.start, offer.end),)
        words = Shown(desk.version.text[start:end].replace("\n", " "))
        blocks.append(words.content([(first - start, last - start, _LIT) for first, last in pieces]))
    if offer.relation is Relation.PRESUPPOSED and offer.reasons:
        blocks.append(line(offer.reasons[0].removeprefix("presupposition: "), "$tone-mixed"))
    if offer.attribution and offer.relation in (Relation.CONTENT, Relation.ACT):
        blocks.append(line(f"said by {offer.attribution['source']}", "$quiet"))
    if offer.helper:
        blocks.append(line(f"proposed by the helper, {offer.helper}", "$tone-mixed"))
    return blocks


class RewordForm(Form[bool]):
    """Accepts an offer in the checker's own wording."""

    def __init__(self, shell: Shell, offer: Offer, desk: Desk) -> None:
        super().__init__(shell, "Accept in other words", f"offer:{offer.id}")
        self._offer = offer
        self._desk = desk

    def body(self) -> Iterable[Widget]:
        """The offer as it is, over its wording."""
        yield Static(id="offer-whole", markup=False)
        yield Label("As it is to be checked:")
        yield ProseField(self._offer.wording, identifier="wording")

    def on_mount(self) -> None:
        """Begin at the end of the wording."""
        super().on_mount()
        self.query_one("#offer-whole", Static).update(Content("\n").join(_whole(self._offer, self._desk)))
        field = self.query_one("#wording", ProseField)
        field.move_cursor(field.document.end)
        self.set_focus(field)

    def action_save(self) -> None:
        """Make a claim of it."""
        offer, offers, wording = self._offer, self.shell.workbench.offers, self.text_of("wording")
        self.submit(lambda: offers.accept(offer.sentence, [offer.id], wording), lambda _: True)
