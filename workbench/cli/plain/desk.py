"""Where one is in an article: the open claim, its matches, moving about, drafts."""

import json
from collections.abc import Callable

from db.tables import Claim
from workbench.app import Workbench
from workbench.cli.encoding import meaning_at_hand
from workbench.cli.layout import counted
from workbench.cli.plain import saying
from workbench.cli.plain.asking import Asker, GoneBack
from workbench.services.offers import Offer
from workbench.services.reference_views import ReferenceView
from workbench.services.views import OPEN, ClaimView, Desk, Match, MatchList, Order, ordered


class PlainDesk:
    """An article under check and the claim that one is at. Everything is read through the services, anew after each action."""

    def __init__(self, workbench: Workbench, asker: Asker, article: str, *, words_only: bool = False) -> None:
        self.workbench = workbench
        self.asker = asker
        self.article = workbench.articles.get(article).id
        self.order = Order.POSITION
        self._meaning: bool | None = False if words_only else None
        self._matches: MatchList | None = None
        self._searched = ""
        self.desk: Desk = workbench.articles.desk(self.article)
        self._at = next((view.claim.id for view in self.desk.claims if view.status in OPEN), "")
        if not self._at and self.desk.claims:
            self._at = self.desk.claims[0].claim.id

    def tell(self, text: str = "") -> None:
        """Say one thing."""
        self.asker.tell(text)

    @property
    def claims(self) -> list[ClaimView]:
        """The claims in the order that was chosen."""
        return ordered(self.desk.claims, self.order)

    @property
    def view(self) -> ClaimView:
        """The claim that one is at. Raises GoneBack where the article has none."""
        found = next((view for view in self.desk.claims if view.claim.id == self._at), None)
        if found is None:
            self.tell("This article has no claim.")
            raise GoneBack
        return found

    def read(self, at: str | None = None) -> None:
        """Read the article again, after something was recorded; `at` is the claim to go to."""
        number = next((view.number for view in self.desk.claims if view.claim.id == self._at), 1)
        self.desk = self.workbench.articles.desk(self.article)
        self._matches = None
        wanted = at or self._at
        known = [view.claim.id for view in self.desk.claims]
        if wanted in known:
            self._at = wanted
        elif known:
            self._at = known[min(number, len(known)) - 1]

    def go_to(self, claim: Claim) -> None:
        """Go to a claim that was just made or changed, and say it."""
        self.read(claim.id)
        self.introduce()

    def introduce(self) -> None:
        """Say which claim this is, and what waits there."""
        view = self.view
        self.tell()
        for line in saying.claim_lines(view, self.desk):
            self.tell(line)
        waiting = [
            counted(len(found), what)
            for found, what in (
                ([one for one in self.references() if one.open], "open reference"),
                (self.offers(), "sub-claim on offer"),
            )
            if found
        ]
        if waiting:
            self.tell(f"Waiting here: {', '.join(waiting)}.".replace("sub-claim on offers", "sub-claims on offer"))

    def references(self) -> tuple[ReferenceView, ...]:
        """What the words of this claim leave open."""
        return self.workbench.references.of_claim(self.view.claim.id).references

    def offers(self) -> list[Offer]:
        """The sub-claims on offer under the sentence of this claim."""
        return self.workbench.offers.of_claim(self.view.claim.id)

    def move(self, step: int) -> None:
        """To the claim so many further."""
        ids = [view.claim.id for view in self.claims]
        place = ids.index(self.view.claim.id) + step
        if not 0 <= place < len(ids):
            self.tell("This is the last claim." if step > 0 else "This is the first claim.")
            return
        self._go(ids[place])

    def next_open(self, step: int = 1) -> None:
        """To the next claim that still asks for work, round to the beginning; `step` -1 goes backwards."""
        views = self.claims
        at = next(n for n, view in enumerate(views) if view.claim.id == self.view.claim.id)
        turned = [views[(at + step * n) % len(views)] for n in range(1, len(views))]
        found = next((view for view in turned if view.status in OPEN), None)
        if found is None:
            self.tell("No other claim is open.")
            return
        self._go(found.claim.id)

    def go(self, number: int) -> None:
        """To the claim with this number."""
        found = next((view for view in self.desk.claims if view.number == number), None)
        if found is None:
            self.tell(f"There is no claim {number}; there are {len(self.desk.claims)}.")
            return
        self._go(found.claim.id)

    def _go(self, identifier: str) -> None:
        self._at, self._matches = identifier, None
        self.introduce()

    def matches(self, words: str = "") -> MatchList:
        """The passages for this claim, or for `words` in its place."""
        if self._matches is None or words != self._searched:
            if self._meaning is None:
                self._meaning = meaning_at_hand(self.workbench)
            subject = words or self.view
            self._matches = self.workbench.matching.match(subject, meaning=self._meaning)
            self._searched = words
        return self._matches

    def shown_matches(self) -> tuple[Match, ...]:
        """The passages that were listed last, or those for the claim."""
        return self.matches(self._searched if self._matches is not None else "").matches

    def draft(self, key: str) -> dict[str, str]:
        """What was typed into a form and not recorded, here or on the screen."""
        try:
            found = json.loads(self.workbench.drafts.load(key) or "{}")
        except ValueError:
            return {}
        return {name: text for name, text in found.items() if isinstance(text, str)} if isinstance(found, dict) else {}

    def keeping(self, key: str, values: dict[str, str], name: str) -> Callable[[str], None]:
        """What keeps one field of a draft as it is typed; a read-only database keeps none."""

        def keep(text: str) -> None:
            values[name] = text
            if not self.workbench.read_only:
                self.workbench.drafts.save(key, json.dumps(values, ensure_ascii=False))

        return keep

    def drop_draft(self, key: str) -> None:
        """Forget a draft that was recorded."""
        self.workbench.drafts.drop(key)
