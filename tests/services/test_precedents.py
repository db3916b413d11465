"""How claims like this one were judged before: what is shown, what is said of it, and what never is."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from db import precedents as stored
from db.revisions import data_of, heads
from db.vocabulary import Confidentiality, Kind, ReviewOutcome, Role, Stance
from workbench.app import Workbench
from workbench.errors import InputRefused
from workbench.matching.encoder import EncoderUnavailable
from workbench.services.precedent_views import Origin

Desk = Callable[..., Workbench]
OLD = "The harbour bridge at Ostrava carried 4,000 lorries a day before the flood, the road office said.\n"
NEW = (
    "Before the flood the harbour bridge at Ostrava carried 9,000 lorries a day.\n\n"
    "A baker in Lund sold her oven to a cousin from the north last week.\n"
)
FEED = [
    {
        "@type": "ClaimReview",
        "claimReviewed": "The harbour bridge at Ostrava carried 9,000 lorries a day before the flood",
        "reviewRating": {"alternateName": "Más o menos: ¡no!", "ratingValue": 2, "worstRating": 1, "bestRating": 7,
                         "ratingExplanation": "The counters showed far fewer."},
        "author": {"@type": "Organization", "name": "Coast Checks"},
        "url": "https://checks.example/bridge",
        "datePublished": "2026-02-20",
        "itemReviewed": {"@type": "Claim", "author": {"name": "A haulier"}, "datePublished": "2026-02-11"},
    },
    {
        "@type": "ClaimReview",
        "claimReviewed": "Whales sing in the fjord every night of the winter months",
        "reviewRating": {"alternateName": "True"},
        "author": {"name": "Coast Checks"},
        "url": "https://checks.example/whales",
    },
]  # fmt: skip


@pytest.fixture
def judged(workbench: Workbench) -> tuple[Workbench, str, str]:
    """A claim that was judged in an earlier article, and a new article's claim that is like it."""
    old = workbench.articles.add(OLD.encode(), "old.txt", title="Bridges", published_on=date(2026, 1, 5))
    earlier = workbench.articles.desk(old.id).claims[0].claim.id
    workbench.verdicts.record(earlier, "politifact", "half-true", rationale="The counters show 4,000.")
    new = workbench.articles.add(NEW.encode(), "new.txt", title="Lorries", published_on=date(2026, 3, 1))
    return workbench, earlier, workbench.articles.desk(new.id).claims[0].claim.id


def lorries(workbench: Workbench) -> str:
    """The new article."""
    return next(one.article.id for one in workbench.articles.list() if one.article.title == "Lorries")


def feed(workbench: Workbench, **handling: Confidentiality) -> None:
    workbench.evidence.add_data(json.dumps(FEED).encode(), "feed.json", **handling)


def test_an_own_verdict_is_shown_on_its_scale_with_its_difference(judged: tuple[Workbench, str, str]) -> None:
    workbench, earlier, claim = judged
    found = workbench.precedents.find(workbench.claims.get(claim))
    (one,) = found.own
    assert (one.origin, one.key, one.place) == (Origin.OWN, earlier, "Bridges")
    (rating,) = one.ratings
    assert (rating.label, rating.scale, rating.by) == ("Half True", "Truth-O-Meter, version 1", "ada")
    assert any(finding.relation.value == "conflict" and "9,000" in finding.message for finding in one.findings)
    assert one.days is not None
    assert found.imported == ()
    assert found.mode == "words"
    assert "no wording" in found.note


def test_a_claim_its_parts_and_its_sentence_are_no_precedents_of_each_other(workbench: Workbench) -> None:
    text = "The harbour bridge at Ostrava carried 4,000 lorries a day and the ferry carried 900 lorries a day."
    article = workbench.articles.add(f"{text}\n\n{text}\n".encode(), "twice.txt")
    views = workbench.articles.desk(article.id).claims
    first, again = (view.claim for view in views if view.depth == 0)
    part = workbench.claims.add_implied(first.id, "The harbour bridge at Ostrava carried 4,000 lorries a day.")
    for claim in (first.id, part.id):
        workbench.verdicts.record(claim, "politifact", "true", rationale="Counted.")
    for asked in (first.id, part.id):
        assert workbench.precedents.find(workbench.claims.get(asked)).own == ()
    shown = workbench.precedents.find(workbench.claims.get(again.id)).own
    assert {one.key for one in shown} == {first.id, part.id}


def test_fact_checks_of_others_keep_their_label_to_the_letter(judged: tuple[Workbench, str, str]) -> None:
    workbench, _, claim = judged
    feed(workbench)
    found = workbench.precedents.find(workbench.claims.get(claim))
    (one,) = found.imported
    assert one.ratings[0].label == "Más o menos: ¡no!"
    assert one.ratings[0].scale == "2 (worst 1, best 7)"
    assert (one.ratings[0].by, one.ratings[0].on) == ("Coast Checks", date(2026, 2, 20))
    assert (one.place, one.address, one.claimed_on) == ("A haulier", "https://checks.example/bridge", "2026-02-11")
    assert one.days == -9
    assert not any(finding.relation.value == "conflict" for finding in one.findings)


def test_what_is_not_alike_is_not_shown(judged: tuple[Workbench, str, str]) -> None:
    workbench, _, claim = judged
    feed(workbench)
    baker = next(view for view in workbench.articles.desk(lorries(workbench)).claims if "baker" in view.claim.wording)
    assert workbench.precedents.find(baker).all == ()
    assert workbench.precedents.find("https://checks.example/bridge").all == ()
    assert workbench.precedents.find("The bridge").all == ()
    workbench.precedents.embed()
    assert workbench.precedents.find(baker).all == ()
    assert claim not in {one.key for one in workbench.precedents.find(NEW).own}


def test_wordings_are_encoded_once_and_again_after_rewording(judged: tuple[Workbench, str, str]) -> None:
    workbench, earlier, claim = judged
    feed(workbench)
    assert workbench.precedents.pending() == 3
    assert workbench.precedents.embed() == 3
    assert workbench.precedents.embed() == 0
    found = workbench.precedents.find(workbench.claims.get(claim))
    assert (found.mode, found.note) == ("words and meaning", "")
    assert found.own[0].signals.meaning == 1
    workbench.claims.edit_wording(
        earlier, "The harbour bridge at Ostrava carried 4,100 lorries a day before the flood."
    )
    assert workbench.precedents.pending() == 1
    found = workbench.precedents.find(workbench.claims.get(claim))
    assert found.own[0].signals.meaning is None
    assert "1 wording of an earlier claim is not encoded yet" in found.note
    assert workbench.precedents.embed() == 1
    assert workbench.precedents.find(workbench.claims.get(claim)).own[0].signals.meaning == 1


def test_without_an_encoder_words_find_and_why_is_said(words_only: Workbench) -> None:
    feed(words_only)
    found = words_only.precedents.find(NEW.split("\n", 1)[0])
    assert (len(found.imported), found.mode, found.note) == (1, "words", "switched off for this test")
    with pytest.raises(EncoderUnavailable):
        words_only.precedents.embed()


def test_what_must_be_said_of_a_verdict_is_said(judged: tuple[Workbench, str, str], desk: Desk) -> None:
    workbench, earlier, claim = judged
    workbench.verdicts.record(earlier, "politifact", "false", rationale="Counted again.")
    desk("ada", person="Bo").verdicts.review(earlier, "politifact", ReviewOutcome.DISAGREES, note="Too harsh.")
    (one,) = workbench.precedents.find(workbench.claims.get(claim)).own
    assert one.ratings[0].label == "False"
    assert one.ratings[0].caveats == ("It replaces an earlier verdict: Half True.", "A review disagrees (Bo).")
    with workbench._store.write("two desks") as unit:
        verdict = workbench.claims.get(earlier).verdicts[0]
        (head,) = heads(unit.session, verdict.id)
        for level in ("true", "false"):
            unit.journal.append(Kind.VERDICT, verdict.id, (data_of(head) or {}) | {"level": level}, [head.rid])
    (one,) = workbench.precedents.find(workbench.claims.get(claim)).own
    assert one.ratings[0].label in ("in conflict: true / false", "in conflict: false / true")
    assert one.ratings[0].rationale == ""


def test_a_withdrawn_verdict_is_none_and_a_withdrawn_claim_is_said(judged: tuple[Workbench, str, str]) -> None:
    workbench, earlier, claim = judged
    with workbench._store.write("withdraw the claim") as unit:
        unit.journal.record(Kind.CLAIM, earlier, None)
    (one,) = workbench.precedents.find(workbench.claims.get(claim)).own
    assert "The claim was withdrawn after it was judged." in one.caveats
    workbench.verdicts.withdraw(earlier, "politifact")
    assert workbench.precedents.find(workbench.claims.get(claim)).own == ()


def test_a_rationale_is_copied_as_a_draft_that_says_where_it_is_from(judged: tuple[Workbench, str, str]) -> None:
    workbench, earlier, claim = judged
    before = workbench.history.steps()
    (one,) = workbench.precedents.find(workbench.claims.get(claim)).own
    copied = workbench.precedents.copied(one)
    first, rest = copied.text.split("\n", 1)
    assert first.startswith("[Draft, copied: Precedent (own verdict): “The harbour bridge")
    assert f"claim {earlier[-6:]}" in first
    assert (rest, copied.warning) == ("The counters show 4,000.", "")
    assert workbench.history.steps() == before
    assert workbench.claims.get(claim).verdicts == ()
    feed(workbench)
    (other,) = workbench.precedents.find(workbench.claims.get(claim)).imported
    assert "Más o menos: ¡no!" in workbench.precedents.note(other)
    assert workbench.precedents.copied(other).text.endswith("\nThe counters showed far fewer.")


def test_what_is_confidential_is_said_and_its_words_are_warned_of(judged: tuple[Workbench, str, str]) -> None:
    workbench, earlier, claim = judged
    sealed = "Counters at the gate were switched off by the operator in May."
    workbench.evidence.add_data(sealed.encode(), "memo.txt", confidentiality=Confidentiality.CONFIDENTIAL)
    workbench.verdicts.cite(earlier, "1", stance=Stance.CONTEXT, role=Role.PRIMARY, quote=sealed)
    workbench.verdicts.record(earlier, "politifact", "false", rationale=f"As the memo says: {sealed}")
    (one,) = workbench.precedents.find(workbench.claims.get(claim)).own
    assert "It rests on confidential documents too." in one.caveats
    copied = workbench.precedents.copied(one)
    assert "confidential" in copied.warning
    workbench.verdicts.record(claim, "politifact", "false", rationale=copied.text)
    article = lorries(workbench)
    with pytest.raises(InputRefused, match="confidential"):
        workbench.reports.render(article, "markdown")


def test_precedents_come_along_in_a_merge_but_vectors_do_not(judged: tuple[Workbench, str, str], desk: Desk) -> None:
    workbench, earlier, claim = judged
    feed(workbench)
    workbench.precedents.embed()
    other = desk("bo")
    share = workbench._store.path.parent / "share.db"
    workbench.sharing.pack(share)
    other.sharing.merge(share)
    found = other.precedents.find(other.claims.get(claim))
    assert [one.key for one in found.own] == [earlier]
    assert [one.ratings[0].label for one in found.imported] == ["Más o menos: ¡no!"]
    assert other.precedents.pending() == 3
    with other._store.read() as session:
        assert stored.encoded_claims(session, "words@1") == set()
    assert [problem for problem in other.sharing.check() if problem.severity.value != "note"] == []
