"""Any sequence of splits, merges, drops, accepts and undo keeps the units whole, in order, and the text as it was."""

import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from db.errors import UndoBlocked
from db.revisions import Actor
from db.store import Store
from workbench.app import Workbench
from workbench.errors import InputRefused
from workbench.matching.encoder_process import EncoderProcess
from workbench.services.offers import OfferState
from workbench.services.views import ClaimView, Desk
from workbench.settings import Settings

TEXT = (
    "The Fire\n\nMayor Poe, a former baker, said that the quay, which had been closed, burned. “It was loud,” she said, "
    "“and it was long.” “Nobody slept.”\n\nThe port shut.  It opened\nagain — late, and in the rain.\n"
)
MEMORY = Path("/dev/shm")  # noqa: S108 - where there is one, writing with full synchronisation costs nothing
NUMBERS = st.integers(0, 200)


class Desks(RuleBasedStateMachine):
    """One article on a real database; every rule is something that a person can do, refused or not."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="workbench-tests-", dir=MEMORY if MEMORY.is_dir() else None))
        store = Store.open(self.folder / "desk.db", Actor("00000000-0000-4000-8000-000000000001", "Ada"), create=True)
        self.workbench = Workbench(store, Settings(name="Ada", encoder=False), EncoderProcess())
        self.article = ""

    def teardown(self) -> None:
        """What every promise of the file says at the end."""
        assert self.workbench.sharing.check() == []
        self.workbench.close()
        shutil.rmtree(self.folder)

    @initialize()
    def bring_in(self) -> None:
        """The article."""
        self.article = self.workbench.articles.add(TEXT.encode(), "fire.txt").id
        self.spans: dict[str, tuple[Any, ...]] = {}

    def _desk(self) -> Desk:
        return self.workbench.articles.desk(self.article)

    def _claim(self, number: int) -> ClaimView:
        claims = self._desk().claims
        return claims[number % len(claims)]

    def _try(self, act: Any) -> None:
        before = self._desk()
        try:
            act()
        except (InputRefused, UndoBlocked):
            assert self._desk() == before

    @rule(number=NUMBERS, place=NUMBERS)
    def split(self, number: int, place: int) -> None:
        """Split a claim somewhere."""
        claim = self._claim(number).claim
        offset = claim.start + place % (claim.end - claim.start)
        self._try(lambda: self.workbench.claims.split(claim.id, offset))

    @rule(number=NUMBERS)
    def merge(self, number: int) -> None:
        """Merge a claim with the next."""
        self._try(lambda: self.workbench.claims.merge(self._claim(number).claim.id))

    @rule(number=NUMBERS)
    def drop(self, number: int) -> None:
        """Drop a claim."""
        self._try(lambda: self.workbench.claims.drop(self._claim(number).claim.id))

    @rule(number=NUMBERS, reword=st.booleans())
    def accept(self, number: int, reword: bool) -> None:
        """Accept something that is on offer, or was dropped."""
        offers = self.workbench.offers.of_article(self.article, every=True)
        if offers:
            offer = offers[number % len(offers)]
            wording = "In other words." if reword else None
            self._try(lambda: self.workbench.offers.accept(offer.sentence, [offer.id], wording))

    @rule(number=NUMBERS)
    def drop_offer(self, number: int) -> None:
        """Drop something that is on offer, or was accepted."""
        offers = self.workbench.offers.of_article(self.article, every=True)
        if offers:
            offer = offers[number % len(offers)]
            self._try(lambda: self.workbench.offers.drop(offer.sentence, [offer.id]))

    @rule()
    def offers_agree_with_claims(self) -> None:
        """What is shown as accepted is a claim that stands."""
        standing = {view.claim.id for view in self._desk().claims if view.depth}
        offers = self.workbench.offers.of_article(self.article, every=True)
        accepted = [offer.claim for offer in offers if offer.state is OfferState.ACCEPTED]
        assert set(accepted) <= standing
        assert len(set(accepted)) == len(accepted)

    @rule()
    def accept_reliable(self) -> None:
        """Accept what is reliable."""
        self._try(lambda: self.workbench.offers.accept_reliable(self.article))

    @rule(number=NUMBERS)
    def edit(self, number: int) -> None:
        """Reword a claim."""
        self._try(lambda: self.workbench.claims.edit_wording(self._claim(number).claim.id, f"Wording {number}."))

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        """Undo, but for bringing the article in."""
        for _ in range(times):
            if self.workbench.history.next_undo() != "bring in an article":
                self._try(self.workbench.history.undo)

    @rule()
    def redo(self) -> None:
        """Redo."""
        self._try(self.workbench.history.redo)

    @invariant()
    def whole(self) -> None:
        """Units cover the text without gap or overlap; every claim and offer stands where its words are."""
        if not self.article:
            return
        desk = self._desk()
        assert desk.version.text == TEXT
        assert [unit.start for unit in desk.units] == [0, *(unit.end for unit in desk.units[:-1])]
        assert desk.units[-1].end == len(TEXT)
        assert all(unit.start < unit.end for unit in desk.units)
        sentences = [view.claim for view in desk.claims if not view.depth]
        assert all(one.end <= other.start for one, other in pairwise(sentences))
        by_id = {claim.id: claim for claim in sentences}
        for view in desk.claims:
            claim = view.claim
            span = (claim.start, claim.end, claim.fragments)
            assert self.spans.setdefault(claim.id, span) == span, "a claim's place never changes"
            if claim.parent_id is not None:
                parent = by_id[claim.parent_id]
                assert parent.start <= claim.start < claim.end <= parent.end


Desks.TestCase.settings = settings(
    max_examples=8, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)
TestDesks = Desks.TestCase
