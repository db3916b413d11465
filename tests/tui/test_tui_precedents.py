"""How something alike was judged before, on the Desk and in the verdict form."""

import json
from pathlib import Path

from tui_desk import opened, seated

from workbench.tui.forms.precedents import PrecedentsPanel
from workbench.tui.forms.verdict import VerdictForm

CORVANE = "Corvane spent"


def with_feed(db: Path) -> str:
    """Import a fact-check of a claim that is like one of the sample; returns the claim's wording."""
    with opened(db) as workbench:
        article = workbench.articles.list()[0].article.id
        claims = workbench.articles.desk(article).claims
        wording = next(view.claim.wording for view in claims if CORVANE in view.claim.wording)
        review = {
            "@type": "ClaimReview",
            "claimReviewed": wording.replace("spent", "has spent"),
            "reviewRating": {"alternateName": "[red]Schlimm[/]", "ratingExplanation": "The ledger says less."},
            "author": {"name": "Coast Checks"},
            "url": "https://checks.example/corvane",
            "datePublished": "2026-01-20",
        }
        workbench.evidence.add_data(json.dumps([review]).encode(), "feed.json")
        return wording


async def test_precedents_are_counted_on_the_desk_and_opened_by_one_key(db: Path) -> None:
    with_feed(db)
    async with seated(db, (160, 45), start=True) as seat:
        await seat.to_claim(CORVANE)
        assert "1 precedent: [red]Schlimm[/] (I)" in seat.text
        await seat.press("I")
        assert isinstance(seat.screen, PrecedentsPanel)
        assert "1 imported fact-check" in seat.text
        assert "A precedent is no verdict" in seat.text
        assert "by Coast Checks" in seat.text
        assert "The ledger says less." in seat.text
        await seat.press("escape")
        assert seat.claim(CORVANE).verdicts == ()


async def test_a_precedent_is_cited_in_the_rationale_by_its_key_alone(db: Path) -> None:
    with_feed(db)
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("v")
        assert isinstance(seat.screen, VerdictForm)
        assert seat.screen.text_of("rationale") == ""
        assert "[red]Schlimm[/]" in seat.said("#verdict-precedents")
        await seat.press("f9", "c")
        assert isinstance(seat.screen, VerdictForm)
        assert seat.screen.text_of("rationale").startswith("Precedent (fact-check): “")
        await seat.press("f9", "r")
        assert "[Draft, copied: Precedent (fact-check)" in seat.screen.text_of("rationale")
        assert seat.screen.text_of("rationale").rstrip().endswith("The ledger says less.")
        assert seat.screen.levels.level is None
        await seat.press("escape")
        assert seat.claim(CORVANE).verdicts == ()


async def test_from_the_desk_the_line_goes_into_a_new_form(db: Path) -> None:
    with_feed(db)
    async with seated(db, start=True) as seat:
        await seat.to_claim(CORVANE)
        await seat.press("I", "c")
        assert isinstance(seat.screen, VerdictForm)
        assert seat.screen.text_of("rationale").count("Precedent (fact-check)") == 1
