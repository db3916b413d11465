"""Offers, the helper and what is known of a claim, by keys."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tui_desk import Seat, opened, seated

# Tests are imported one by one, without their folders; this makes the server that they share importable.
sys.path.append(str(Path(__file__).parents[1]))

from helper_server import Server, running

from db.vocabulary import Relation
from workbench.services.offers import Offer, OfferState
from workbench.tui.forms.helper import HelperPanel
from workbench.tui.forms.offers import OffersPanel, RewordForm
from workbench.tui.screens.desk import DeskScreen

ARTICLE = (
    "The Fire\n\nOfficials said on Monday that 31 people, who had been working on the quay, were killed in the harbour fire. "
    "The mayor, a former baker, is the best speaker the town has ever had.\n"
)


@pytest.fixture
def fire(tmp_path: Path) -> Path:
    """A file with one short article."""
    path = tmp_path / "fire.db"
    with opened(path) as workbench:
        workbench.articles.add(ARTICLE.encode(), "fire.txt")
    return path


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as state:
        yield state


def offered(seat: Seat, words: str = "Officials") -> list[Offer]:
    return seat.workbench.offers.of_claim(seat.claim(words).claim.id, every=True)


def states(seat: Seat) -> list[OfferState]:
    return [offer.state for offer in offered(seat)]


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_accept_reword_drop_and_take_back(fire: Path, size: tuple[int, int]) -> None:
    async with seated(fire, size, start=True) as seat:
        await seat.to_claim("Officials")
        await seat.press("a")
        assert isinstance(seat.screen, OffersPanel)
        waiting = states(seat).count(OfferState.OFFERED)
        assert f"{waiting} on offer" in seat.text
        assert "31 people were killed in the harbour fire" in seat.text
        await seat.press("d")
        assert states(seat).count(OfferState.DROPPED) == 1
        assert f"{waiting - 1} on offer" in seat.text
        assert "1 dropped" in seat.text
        await seat.press("u")
        assert states(seat).count(OfferState.DROPPED) == 0
        await seat.press("e")
        assert isinstance(seat.screen, RewordForm)
        await seat.type(" there")
        await seat.press("f10")
        reworded = next(view for view in seat.desk.claims if view.edited)
        assert reworded.claim.wording.endswith(" there")
        assert reworded.original == reworded.claim.wording.removesuffix(" there")
        await seat.press("t")
        assert "accepted" in seat.text
        await seat.press("escape", "escape")
        assert isinstance(seat.screen, DeskScreen)
        assert "✎" in seat.text


async def test_on_to_the_next_sentence_and_the_reliable_ones_at_once(fire: Path) -> None:
    async with seated(fire, (100, 30), start=True) as seat:
        await seat.to_claim("Officials")
        await seat.press("a", "n")
        assert "The mayor is a former baker" in seat.text
        assert "★" in seat.text
        await seat.press("escape", "A")
        assert any("Accepted 1 sub-claim" in notice for notice in seat.notices)
        assert any(view.claim.relation is Relation.APPOSITION for view in seat.desk.claims)
        await seat.press("A")
        assert any("No reliable sub-claim" in notice for notice in seat.notices)


async def test_what_is_known_of_a_claim(fire: Path) -> None:
    async with seated(fire, (120, 50), start=True) as seat:
        key = next(view.claim.id for view in seat.desk.claims if view.claim.relation is Relation.CONTENT)
        seat.workbench.claims.edit_wording(key, "31 workers died.")
        await seat.press("ctrl+l", "slash")
        await seat.type("31 workers")
        await seat.press("enter", "i")
        for words in (
            "The wording was edited.", "In the article's words:", "Where it stands (this never changes):",
            "content of its sentence", "Officials, an official source", "factual: “31”", "of 1, from its words alone",
            "act: Officials said",
        ):  # fmt: skip
            assert words in seat.text, words


async def test_the_order_of_the_claims_turns_and_nothing_goes(fire: Path) -> None:
    async with seated(fire, (120, 36), start=True) as seat:
        assert isinstance(seat.screen, DeskScreen)
        rows = seat.screen.claims_pane.rows
        before = [view.claim.id for view in rows.items()]
        current = seat.screen.claim
        await seat.press("z")
        assert "most worth checking first" in seat.text
        turned = [view.claim.id for view in rows.items()]
        assert sorted(turned) == sorted(before)
        assert turned != before
        assert current is not None
        assert seat.screen.claim is not None
        assert seat.screen.claim.claim.id == current.claim.id
        await seat.press("z")
        assert [view.claim.id for view in rows.items()] == before


async def test_the_helper_shows_what_goes_where_before_anything_goes(fire: Path, server: Server) -> None:
    server.claims(["on Monday", "working on the quay"], ["nine people drowned"])
    async with seated(fire, (100, 30), start=True, helper_url=server.url, helper_model="tiny-model") as seat:
        await seat.to_claim("Officials")
        await seat.press("H")
        assert isinstance(seat.screen, HelperPanel)
        assert server.url.split("/")[2] in seat.text
        assert "Officials said on Monday that 31 people" in seat.text
        assert server.asked == []
        await seat.press("escape")
        assert server.asked == []
        await seat.press("H", "s")
        assert isinstance(seat.screen, OffersPanel)
        assert "tiny-model proposed 1 new sub-claim, 1 rejected" in seat.text
        assert "helper: On Monday working on the quay" in seat.text


async def test_the_helper_is_off_by_default_and_an_embargo_holds(fire: Path, server: Server) -> None:
    async with seated(fire, start=True) as seat:
        await seat.press("H")
        assert isinstance(seat.screen, DeskScreen)
        assert any("The helper is off" in notice for notice in seat.notices)
    server.content = '{"claims": []}'
    async with seated(fire, start=True, helper_url=server.url, helper_model="tiny-model") as seat:
        seat.workbench.articles.edit(seat.desk.article.id, published_on=date(2999, 1, 1))
        await seat.press("H", "s")
        assert isinstance(seat.screen, HelperPanel)
        assert "embargoed" in seat.text
        assert server.asked == []
        await seat.press("S")
        assert len(server.asked) == 1


async def test_what_a_sentence_presupposes_is_added_by_hand(fire: Path) -> None:
    async with seated(fire, (100, 30), start=True) as seat:
        await seat.to_claim("Officials")
        await seat.press("p", "tab")
        await seat.type("There was a fire.")
        await seat.press("f9")
        added = next(view.claim for view in seat.desk.claims if view.claim.wording == "There was a fire.")
        assert added.relation is Relation.PRESUPPOSED
