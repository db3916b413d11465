"""Sub-claims on offer: computed when asked, accepted, reworded and dropped as decisions that undo, merge and stay."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from db.tables import Draft, DroppedOffer
from db.vocabulary import Kind, Relation
from workbench.app import Workbench
from workbench.errors import InputRefused, NotFound
from workbench.services.offers import Offer, OfferState
from workbench.services.views import ClaimView, Desk, Order, ordered, said_by

ARTICLE = """The Harbour Fire

Officials said on Monday that 31 people, who had been working on the quay, were killed in the harbour fire, the worst \
accident since 1987. "The port was closed for two days," said Mayor Poe. "It will reopen next month." The mayor, a former \
baker, is the best speaker the town has ever had.
"""


def add(workbench: Workbench, text: str = ARTICLE, **given: object) -> Desk:
    return workbench.articles.desk(workbench.articles.add(text.encode(), "fire.txt", **given).id)  # type: ignore[arg-type]


def sentence(workbench: Workbench, words: str) -> str:
    desk = workbench.articles.desk(workbench.articles.list()[0].article.id)
    return next(view.claim.id for view in desk.claims if view.depth == 0 and words in view.claim.wording)


def claims(workbench: Workbench) -> list[ClaimView]:
    return list(workbench.articles.desk(workbench.articles.list()[0].article.id).claims)


def offered(workbench: Workbench, words: str = "Officials", *, every: bool = False) -> list[Offer]:
    return workbench.offers.of_claim(sentence(workbench, words), every=every)


def test_claims_carry_the_relation_that_the_splitter_found(workbench: Workbench) -> None:
    desk = add(workbench)
    found = {(view.claim.relation, view.claim.wording) for view in desk.claims}
    assert (Relation.APPOSITION, "The harbour fire is the worst accident") in found
    assert (Relation.RELATIVE, "31 people had been working on the quay") in found
    assert Relation.PART not in {relation for relation, _ in found}
    content = next(view.claim for view in desk.claims if view.claim.relation is Relation.CONTENT and view.number < 6)
    assert content.attribution is not None
    assert content.attribution["type"] == "official"
    assert content.attribution["cue"] == "said"
    assert {"cue_span", "content", "sources", "continued"} <= set(content.attribution)


def test_the_speaker_of_a_quotation_that_goes_on_is_told(workbench: Workbench) -> None:
    add(workbench)
    going_on = next(view.claim for view in claims(workbench) if "reopen" in view.claim.wording and not view.depth)
    assert said_by(going_on) == "Mayor Poe, an official source, the quotation goes on from before"


def test_offers_are_what_is_not_stored_and_asking_writes_nothing(workbench: Workbench) -> None:
    desk = add(workbench)
    before = workbench.sharing.info().revisions
    offers = offered(workbench)
    assert workbench.sharing.info().revisions == before
    assert offers
    stored = {tuple(map(tuple, view.claim.fragments)) for view in desk.claims}
    for offer in offers:
        assert offer.state is OfferState.OFFERED
        assert offer.fragments not in stored
        assert offer.wording.lower().startswith(desk.version.text[slice(*offer.fragments[0])].split()[0].lower())
        assert all(offer.start <= start < end <= offer.end for start, end in offer.fragments)
    assert {offer.id for offer in offers} <= {offer.id for offer in workbench.offers.of_article(desk.article.id)}


def test_accepting_makes_a_claim_in_one_step_and_undo_offers_it_again(workbench: Workbench) -> None:
    add(workbench)
    offer, *rest = offered(workbench)
    (claim,) = workbench.offers.accept(offer.sentence, [offer.id[-6:]])
    assert (claim.wording, claim.relation, claim.parent_id) == (offer.wording, offer.relation, offer.sentence)
    assert [list(piece) for piece in offer.fragments] == claim.fragments
    assert [item.id for item in offered(workbench)] == [item.id for item in rest]
    with pytest.raises(InputRefused, match="accepted already"):
        workbench.offers.accept(offer.sentence, [offer.id])
    assert workbench.history.undo() == "accept an offered claim"
    assert [item.id for item in offered(workbench)] == [offer.id, *(item.id for item in rest)]
    workbench.history.redo()
    assert claim.id in {view.claim.id for view in claims(workbench)}
    assert workbench.sharing.check() == []


def test_an_offer_reworded_while_accepting_shows_what_it_was(workbench: Workbench) -> None:
    add(workbench)
    offer = offered(workbench)[0]
    (claim,) = workbench.offers.accept(offer.sentence, [offer.id], "  Thirty-one  people died. ")
    view = workbench.claims.get(claim.id)
    assert view.claim.wording == "Thirty-one people died."
    assert view.edited
    assert view.original.lower() == offer.wording.lower()
    workbench.claims.edit_wording(claim.id, "")
    assert not workbench.claims.get(claim.id).edited
    with pytest.raises(InputRefused, match="one offer"):
        workbench.offers.accept(offer.sentence, [item.id for item in offered(workbench)[:2]], "Both.")


def test_editing_never_moves_a_claim_and_the_difference_shows(workbench: Workbench) -> None:
    add(workbench)
    for view in claims(workbench):
        before = view.claim
        workbench.claims.edit_wording(before.id, f"Reworded {before.id}")
        after = workbench.claims.get(before.id)
        assert (after.claim.start, after.claim.end, after.claim.fragments) == (
            before.start,
            before.end,
            before.fragments,
        )
        assert (after.claim.relation, after.claim.parent_id) == (before.relation, before.parent_id)
        assert after.edited
        assert after.original.lower() == " ".join(before.wording.lower().split())
        workbench.claims.edit_wording(before.id, "")
        assert not workbench.claims.get(before.id).edited


def test_a_dropped_offer_stays_dropped_is_listed_again_and_can_be_taken_back(workbench: Workbench) -> None:
    desk = add(workbench)
    offer = offered(workbench)[0]
    workbench.offers.drop(offer.sentence, [offer.id])
    assert offer.id not in {item.id for item in offered(workbench)}
    assert offer.id not in {item.id for item in workbench.offers.of_article(desk.article.id)}
    shown = next(item for item in offered(workbench, every=True) if item.id == offer.id)
    assert (shown.state, shown.wording) == (OfferState.DROPPED, offer.wording)
    with pytest.raises(InputRefused, match="dropped already"):
        workbench.offers.drop(offer.sentence, [offer.id])
    (claim,) = workbench.offers.accept(offer.sentence, [offer.id])
    assert next(item for item in offered(workbench, every=True) if item.id == offer.id).claim == claim.id
    workbench.history.undo()
    workbench.history.undo()
    assert offer.id in {item.id for item in offered(workbench)}


def test_a_dropped_ticked_sub_claim_is_not_offered_and_comes_back_as_itself(workbench: Workbench) -> None:
    add(workbench)
    ticked = next(view.claim for view in claims(workbench) if view.claim.relation is Relation.APPOSITION)
    workbench.claims.drop(ticked.id)
    assert ticked.wording not in {item.wording for item in offered(workbench)}
    dropped = next(item for item in offered(workbench, every=True) if item.wording == ticked.wording)
    assert dropped.state is OfferState.DROPPED
    (again,) = workbench.offers.accept(dropped.sentence, [dropped.id])
    assert again.id == ticked.id
    workbench.history.undo()
    assert workbench.history.undo() == "drop a claim"
    assert ticked.id in {view.claim.id for view in claims(workbench)}
    assert next(item for item in offered(workbench, every=True) if item.id == dropped.id).state is OfferState.ACCEPTED


def test_the_reliable_ones_of_an_article_are_accepted_as_one_action(workbench: Workbench) -> None:
    desk = add(workbench)
    waiting = [item for item in workbench.offers.of_article(desk.article.id) if item.reliable]
    assert [item.wording for item in waiting] == ["The mayor is a former baker"]
    accepted = workbench.offers.accept_reliable(desk.article.id)
    assert [claim.wording for claim in accepted] == ["The mayor is a former baker"]
    with pytest.raises(InputRefused, match="No reliable"):
        workbench.offers.accept_reliable(desk.article.id)
    assert workbench.history.undo() == "accept offered claims"
    assert [view.claim.id for view in claims(workbench)] == [view.claim.id for view in desk.claims]


def test_offers_follow_their_words_through_splits_and_merges(workbench: Workbench) -> None:
    desk = add(workbench)
    key = sentence(workbench, "Officials")
    left, right = workbench.claims.split(key, desk.version.text.index("were killed"))
    inside = workbench.offers.of_claim(left.id, every=True) + workbench.offers.of_claim(right.id, every=True)
    for offer in inside:
        holder = left if offer.sentence == left.id else right
        assert holder.start <= offer.start < offer.end <= holder.end
    merged = workbench.claims.merge(left.id)
    before = {
        item.id for item in workbench.offers.of_article(desk.article.id, every=True) if item.sentence == merged.id
    }
    assert {item.id for item in inside} <= before


def test_setting_a_sentence_aside_takes_its_offers_off_the_list(workbench: Workbench) -> None:
    desk = add(workbench)
    key = sentence(workbench, "Officials")
    workbench.claims.set_aside(key, "opinion")
    assert key not in {item.sentence for item in workbench.offers.of_article(desk.article.id)}
    assert key in {item.sentence for item in workbench.offers.of_article(desk.article.id, every=True)}


def test_what_a_sentence_presupposes_is_offered(workbench: Workbench) -> None:
    text = "A Decree\n\nThe Biden administration plans to close the harbour of Sampleton.\n"
    desk = add(workbench, text, published_on=date(2026, 1, 5))
    offer = next(item for item in workbench.offers.of_article(desk.article.id) if item.relation is Relation.PRESUPPOSED)
    assert offer.wording == "The Biden administration was in office on 2026-01-05."
    assert text[offer.start : offer.end] == "The Biden administration"
    (claim,) = workbench.offers.accept(offer.sentence, [offer.id])
    assert (claim.fragments, claim.start, claim.end) == ([], offer.start, offer.end)
    assert not workbench.claims.get(claim.id).edited
    workbench.claims.drop(claim.id)
    states = {item.id: item.state for item in workbench.offers.of_article(desk.article.id, every=True)}
    assert states[offer.id] is OfferState.DROPPED


@pytest.mark.parametrize("name", ["zzzz", "", "abc"])
def test_what_is_not_on_offer_is_refused(workbench: Workbench, name: str) -> None:
    add(workbench)
    with pytest.raises(NotFound):
        workbench.offers.accept(sentence(workbench, "Officials"), [name])


def test_a_claim_with_a_verdict_is_not_dropped_by_its_offer(workbench: Workbench) -> None:
    add(workbench)
    offer = offered(workbench)[0]
    (claim,) = workbench.offers.accept(offer.sentence, [offer.id])
    workbench.verdicts.record(claim.id, "prepublication", "open", rationale="so far", missing="a source")
    with pytest.raises(InputRefused, match="citations or a verdict"):
        workbench.offers.drop(offer.sentence, [offer.id])
    assert next(item for item in offered(workbench, every=True) if item.id == offer.id).state is OfferState.ACCEPTED


def test_two_desks_that_accept_or_drop_the_same_do_not_conflict(desk: Callable[..., Workbench], tmp_path: Path) -> None:
    ada, ben = desk("ada"), desk("ben")
    add(ada)
    send(ada, ben, tmp_path / "first.pack")
    taken, dropped = offered(ada)[:2]
    for side in (ada, ben):
        side.offers.accept(taken.sentence, [taken.id])
        side.offers.drop(dropped.sentence, [dropped.id])
    send(ben, ada, tmp_path / "second.pack")
    assert ada.verdicts.conflicts() == []
    assert sum(view.claim.wording == taken.wording for view in claims(ada)) == 1
    assert dropped.id not in {item.id for item in offered(ada)}
    assert ada.sharing.check() == []


def test_a_drop_is_shared(desk: Callable[..., Workbench], tmp_path: Path) -> None:
    ada, ben = desk("ada"), desk("ben")
    add(ada)
    offer = offered(ada)[0]
    ada.offers.drop(offer.sentence, [offer.id])
    send(ada, ben, tmp_path / "first.pack")
    assert next(item for item in offered(ben, every=True) if item.id == offer.id).state is OfferState.DROPPED
    assert {step.label for step in ben.history.steps()} >= {"drop an offered claim"}


def send(giver: Workbench, taker: Workbench, path: Path) -> None:
    giver.sharing.pack(path)
    taker.sharing.merge(path)


def test_a_dropped_offer_holds_no_words(workbench: Workbench) -> None:
    add(workbench)
    offer = offered(workbench)[0]
    workbench.offers.drop(offer.sentence, [offer.id])
    (step, *_) = workbench.history.steps()
    (touched,) = step.touched
    assert touched[0] is Kind.DROPPED_OFFER
    (entry,) = workbench.history.of(touched[1])
    assert entry.data is not None
    assert set(entry.data) == {"version_id", "start", "end", "fragments"}
    with workbench._store.read() as session:
        assert len(session.exec(select(DroppedOffer)).all()) == 1
        assert session.exec(select(Draft)).all() == []


def test_the_worthiest_first_leaves_nothing_out_and_keeps_sub_claims_under_their_sentence(workbench: Workbench) -> None:
    desk = add(workbench)
    found = ordered(desk.claims, Order.CHECKWORTHINESS)
    assert {view.claim.id for view in found} == {view.claim.id for view in desk.claims}
    tops = [view for view in found if not view.depth]
    assert "Officials" in tops[0].claim.wording
    for view in found:
        if view.depth:
            place = found.index(view)
            assert [v for v in found[:place] if not v.depth][-1].claim.id == view.claim.parent_id
    assert ordered(desk.claims, Order.POSITION) == list(desk.claims)


def test_a_split_sentence_keeps_the_speaker_of_its_quotation(workbench: Workbench) -> None:
    desk = add(workbench)
    key = sentence(workbench, "reopen")
    _, right = workbench.claims.split(key, desk.version.text.index("next month"))
    assert right.attribution is not None
    assert right.attribution["source"] == "Mayor Poe"
