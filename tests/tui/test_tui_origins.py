"""Copies fold on the Desk; a passage's origin is shown, split and joined by keys."""

from pathlib import Path

from tui_desk import Seat, opened, seated

from workbench.tui.forms.choosing import Choose, ReasonForm
from workbench.tui.forms.origins import JoinForm, OriginPanel
from workbench.tui.screens.document import DocumentScreen
from workbench.tui.widgets.cards import Cards

CLAIM = "confirmed on Sunday"


async def to_folded(seat: Seat) -> Cards:
    """On the first passage that has folded copies."""
    await seat.to_claim(CLAIM)
    cards = seat.screen.query_one(Cards)
    row = next(row for row, match in enumerate(cards.matches) if cards.folded(match))
    cards.go_to(row)
    await seat.settle()
    return cards


async def test_copies_are_folded_and_unfolded(db: Path) -> None:
    async with seated(db, (160, 45), start=True) as seat:
        cards = await to_folded(seat)
        head, before = cards.current, len(cards.matches)
        assert head is not None
        copies = cards.folded(head)
        assert f"+ {len(copies)} copies with the same words (M shows)" in seat.text
        await seat.press("M")
        assert len(cards.matches) == before + len(copies)
        assert cards.current is head
        at = cards.matches.index(head)
        assert cards.matches[at + 1 : at + 1 + len(copies)] == copies
        cards.go_to(at + 1)
        await seat.press("M")
        assert len(cards.matches) == before
        assert cards.current is head


async def test_dismissing_a_passage_takes_its_folded_copies_along(db: Path) -> None:
    async with seated(db, start=True) as seat:
        cards = await to_folded(seat)
        head = cards.current
        assert head is not None
        gone = {head.passage.id, *(match.passage.id for match in cards.folded(head))}
        await seat.press("d")
        assert "copies" in seat.text
        await seat.press("1")
        assert not gone & {match.passage.id for match in seat.screen.query_one(Cards).every}
        await seat.press("u")
        assert gone <= {match.passage.id for match in seat.screen.query_one(Cards).every}


async def test_the_origin_of_a_passage_is_shown_split_and_undone(db: Path) -> None:
    async with seated(db, start=True) as seat:
        await to_folded(seat)
        await seat.press("W")
        assert isinstance(seat.screen, OriginPanel)
        assert "1 origin, 5 documents · probably began with 1" in seat.text
        await seat.press("G")
        assert "shares" in seat.text
        await seat.press("s")
        assert isinstance(seat.screen, ReasonForm)
        await seat.press("2")
        assert "1 origin, 4 documents" in seat.text
        await seat.press("J")
        assert isinstance(seat.screen, Choose)
        await seat.press("escape", "escape", "u")
        with opened(db) as workbench:
            assert next(item.documents for item in workbench.origins.list()) == 5


async def test_the_origin_of_a_document_is_joined_by_its_number(db: Path) -> None:
    async with seated(db, (80, 24)) as seat:
        await seat.press("3", "enter")
        assert isinstance(seat.screen, DocumentScreen)
        await seat.press("W")
        assert "no other document has it" in seat.text
        await seat.press("J")
        assert isinstance(seat.screen, JoinForm)
        await seat.type("sample-toll-bulletin")
        await seat.press("tab")
        await seat.type("Both from one telephone call.")
        await seat.press("f10")
        assert "1 origin, 2 documents" in seat.text
        assert "Both from one telephone call." in seat.text
