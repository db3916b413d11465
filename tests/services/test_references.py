"""What the text leaves open, what people choose for it, and the table of offices, on a real database."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db.errors import ConflictOpen
from db.vocabulary import Confidentiality
from workbench.app import Workbench
from workbench.errors import InputRefused, NotFound
from workbench.services.reference_views import ReferenceView
from workbench.services.views import Status

Desk = Callable[..., Workbench]
STORY = b"""# Ferry line halts night service

Ferry chief Dale Prowse confirmed on Sunday that nine boats had run aground. This admission surprised the council.

Their crews were unhurt. It raises hard questions for the Biden administration, which faces a vote.
"""


@pytest.fixture
def article(workbench: Workbench) -> str:
    return workbench.articles.add(STORY, "ferry.md").id


def named(workbench: Workbench, article: str, words: str) -> ReferenceView:
    return next(one for one in workbench.references.of_article(article).references if one.text == words)


def choose(workbench: Workbench, article: str, words: str, choice: str, **more: object) -> None:
    one = named(workbench, article, words)
    workbench.references.resolve(one.claims[0], one.start, one.end, choice=choice, **more)  # type: ignore[arg-type]


def test_everything_that_is_left_open_is_listed_with_its_claims(workbench: Workbench, article: str) -> None:
    found = workbench.references.of_article(article)
    assert [(one.text, one.type) for one in found.references] == [
        ("Sunday", "weekday"),
        ("This admission", "demonstrative"),
        ("the council", "role"),
        ("Their", "possessive"),
        ("It", "pronoun"),
        ("the Biden administration", "office"),
    ]
    text = workbench.articles.desk(article).version.text
    assert all(text[one.start : one.end] == one.text and one.open for one in found.references)
    desk = workbench.articles.desk(article)
    sunday = found.references[0]
    holding = {view.claim.id: view for view in desk.claims if view.claim.id in sunday.claims}
    assert len(holding) > 1, "the sentence and what was said in it"
    assert all("Sunday" in view.claim.wording for view in holding.values())
    assert any("Dale Prowse" in candidate for candidate in found.references[1].candidates)
    assert workbench.references.of_claim(sunday.claims[0]).references[0].number == 1


def test_without_a_date_it_is_asked_for_and_with_one_everything_is_computed_anew(
    workbench: Workbench, article: str
) -> None:
    before = workbench.references.of_article(article)
    assert before.undated == ("Sunday", "the Biden administration")
    assert "publication date" in before.references[-1].message
    claim = next(view for view in workbench.articles.desk(article).claims if "Biden" in view.claim.wording)
    workbench.articles.edit(article, published_on=date(2026, 1, 5))
    after = workbench.references.of_article(article)
    assert after.undated == ()
    assert after.references[0].candidates == ("2026-01-04",)
    assert "does not fit an article of 2026-01-05" in after.references[-1].message
    assert after.references[-1].candidates == ("Donald Trump",)
    reasons = workbench.claims.get(claim.claim.id).claim.reasons
    assert any("does not fit an article of 2026-01-05" in reason for reason in reasons)
    assert workbench.claims.get(claim.claim.id).claim.suggested
    assert workbench.history.undo() == "edit an article"
    assert workbench.claims.get(claim.claim.id).claim.reasons == claim.claim.reasons
    assert workbench.references.of_article(article).undated == before.undated


def test_a_choice_is_kept_with_every_claim_that_holds_the_words_and_can_be_undone(
    workbench: Workbench, article: str
) -> None:
    choose(workbench, article, "Sunday", "2026-01-04", note="The council met on the fifth.")
    one = named(workbench, article, "Sunday")
    assert not one.open
    assert one.resolution is not None
    assert (one.resolution.choice, one.resolution.author, one.resolution.type) == ("2026-01-04", "ada", "weekday")
    for claim in one.claims:
        assert [kept.text for kept in workbench.claims.get(claim).resolutions] == ["Sunday"]
    workbench.history.undo()
    assert named(workbench, article, "Sunday").open
    workbench.history.redo()
    assert not named(workbench, article, "Sunday").open


def test_a_choice_survives_splitting_its_sentence(workbench: Workbench, article: str) -> None:
    choose(workbench, article, "It", "the halt")
    one = named(workbench, article, "It")
    claim = workbench.claims.get(one.claims[0]).claim
    workbench.claims.split(claim.id, claim.start + claim.wording.index("for the"))
    again = named(workbench, article, "It")
    assert again.claims != one.claims
    assert [kept.choice for kept in workbench.claims.get(again.claims[0]).resolutions] == ["the halt"]


def test_the_wording_is_suggested_and_changes_only_when_asked(workbench: Workbench, article: str) -> None:
    one = named(workbench, article, "It")
    claim = workbench.claims.get(one.claims[0]).claim
    suggestion = workbench.references.suggestion(claim.id, one.start, one.end, "the halt")
    assert suggestion is not None
    assert suggestion.startswith("The halt raises hard questions")
    choose(workbench, article, "It", "the halt")
    assert workbench.claims.get(claim.id).claim.wording == claim.wording
    choose(workbench, article, "It", "the grounding", wording=suggestion)
    changed = workbench.claims.get(claim.id).claim
    assert (changed.wording, changed.start, changed.end) == (suggestion, claim.start, claim.end)
    workbench.history.undo()
    assert workbench.claims.get(claim.id).claim.wording == claim.wording
    assert workbench.claims.get(claim.id).resolutions[0].choice == "the halt"


def test_what_cannot_be_resolved_is_said_and_can_be_left_open_again(workbench: Workbench, article: str) -> None:
    one = named(workbench, article, "Their")
    workbench.references.resolve(one.claims[0], one.start, one.end, unresolvable=True)
    kept = named(workbench, article, "Their")
    assert kept.resolution is not None
    assert kept.resolution.unresolvable
    assert not kept.open
    workbench.references.withdraw(one.claims[0], one.start, one.end)
    assert named(workbench, article, "Their").open
    with pytest.raises(NotFound, match="Nothing was chosen"):
        workbench.references.withdraw(one.claims[0], one.start, one.end)


def test_words_that_no_rule_flags_can_be_resolved_too(workbench: Workbench, article: str) -> None:
    text = workbench.articles.desk(article).version.text
    at = text.index("nine boats")
    claim = named(workbench, article, "Sunday").claims[0]
    workbench.references.resolve(claim, at, at + 10, choice="the boats of the night line")
    assert named(workbench, article, "nine boats").type == "marked"


@pytest.mark.parametrize(
    ("start", "end", "choice", "cannot", "message"),
    [
        (0, 5, "x", False, "no words of this claim"),
        (9_000, 9_001, "x", False, "no words of this claim"),
        (-2, 3, "x", False, "no words of this claim"),
        (None, None, "", False, "not both"),
        (None, None, "x", True, "not both"),
        (None, None, "   ", False, "not both"),
        (None, None, "x" * 1001, False, "1,001 characters"),
    ],
)
def test_what_makes_no_sense_is_refused(
    workbench: Workbench, article: str, start: int | None, end: int | None, choice: str, cannot: bool, message: str
) -> None:
    one = named(workbench, article, "It")
    first, last = one.start if start is None else start, one.end if end is None else end
    with pytest.raises(InputRefused, match=message):
        workbench.references.resolve(one.claims[0], first, last, choice=choice, unresolvable=cannot)
    assert named(workbench, article, "It").open


def exchange(giver: Workbench, taker: Workbench, folder: Path) -> None:
    share = folder / f"{giver.settings.desk}-{len(list(folder.iterdir()))}.db"
    giver.sharing.pack(share)
    taker.sharing.merge(share)


def test_two_desks_that_choose_differently_see_a_conflict_and_equal_choices_agree(desk: Desk, tmp_path: Path) -> None:
    ada, ben = desk("ada"), desk("ben")
    article = ada.articles.add(STORY, "ferry.md").id
    exchange(ada, ben, tmp_path)
    choose(ada, article, "It", "the halt")
    choose(ben, article, "It", "the grounding")
    choose(ada, article, "Their", "the boats")
    choose(ben, article, "Their", "the boats")
    exchange(ben, ada, tmp_path)
    conflicted = named(ada, article, "It")
    assert conflicted.open
    assert conflicted.resolution is not None
    assert conflicted.resolution.conflicted
    assert not named(ada, article, "Their").open
    assert ada.claims.get(conflicted.claims[0]).status is Status.CONFLICT
    (shown,) = ada.verdicts.conflicts(article)
    assert shown.kind == "resolution"
    assert {choice.text for choice in shown.choices} == {
        "text: It; choice: the halt",
        "text: It; choice: the grounding",
    }
    with pytest.raises(ConflictOpen):
        choose(ada, article, "It", "something else")
    wanted = next(choice for choice in shown.choices if "halt" in choice.text)
    ada.verdicts.resolve(shown.entity, wanted.rid)
    exchange(ada, ben, tmp_path)
    for bench in (ada, ben):
        resolution = named(bench, article, "It").resolution
        assert resolution is not None
        assert (resolution.choice, resolution.author, resolution.conflicted) == ("the halt", "ada", False)


def test_withdrawing_an_article_takes_its_choices_along_and_undo_brings_them_back(
    workbench: Workbench, article: str
) -> None:
    choose(workbench, article, "It", "the halt")
    workbench.articles.withdraw(article)
    workbench.history.undo()
    assert not named(workbench, article, "It").open


def test_a_choice_or_note_that_repeats_a_confidential_document_does_not_leave(
    workbench: Workbench, article: str, tmp_path: Path
) -> None:
    sealed = "Keeper Ottilie Brandvoss wrote that the pumps had failed nine nights in a row."
    (tmp_path / "memo.txt").write_text(f"The sealed memo of Dale Prowse\n\n{sealed}\n")
    workbench.evidence.add_paths([tmp_path / "memo.txt"], confidentiality=Confidentiality.CONFIDENTIAL)
    choose(workbench, article, "It", "the halt that Dale Prowse announced")
    assert workbench.sharing.pack(tmp_path / "fine.db").by_kind["resolution"] == 1  # type: ignore[index]
    choose(workbench, article, "It", "the halt", note=f"The memo says: {sealed}")
    with pytest.raises(Exception, match="the note of a resolution on claim") as caught:
        workbench.sharing.pack(tmp_path / "leak.db")
    assert "Brandvoss" not in str(caught.value)
    with pytest.raises(InputRefused, match=r"claim \d+ \(note\)"):
        workbench.reports.render(article, "markdown")


def test_the_report_says_what_words_stand_for(workbench: Workbench, article: str) -> None:
    choose(workbench, article, "It", "the halt")
    text = workbench.reports.render(article, "markdown")
    assert "“It” → the halt · resolved by ada" in text
    assert "Left open by the text: “This admission”" in text
    assert "## How the article sources itself" in text


def test_links_of_the_text_count_for_its_sourcing(workbench: Workbench) -> None:
    text = b"# Ferries\n\nThe [harbour office](https://harbour.example/log) counted nine boats.\n"
    article = workbench.articles.add(text, "links.md", byline="A. Vale")
    found = workbench.articles.sourcing(article.id)
    assert found.links == ("https://harbour.example/log",)
    assert found.missing == ("date", "outlet", "address")


def test_the_desk_extends_the_table_of_offices_and_splitting_uses_it(workbench: Workbench) -> None:
    text = b"President Lena Vosk opens the bridge. The mayor waits for a word from her.\n"
    article = workbench.articles.add(text, "vosk.txt", published_on=date(2026, 1, 5)).id
    assert not [one for one in workbench.references.of_article(article).references if one.type == "office"]
    entry = workbench.offices.add(
        country="Kestria", office="President", person="Lena Vosk", first="2015-05", last="2020-04-30"
    )
    (found,) = [one for one in workbench.references.of_article(article).references if one.type == "office"]
    assert found.text == "President Lena Vosk"
    assert "Kestria, 2015-05 to 2020-04" in found.message
    workbench.offices.add(country="Kestria", office="President", person="Lena Vosk", first="2015-05", last="")
    assert not [one for one in workbench.references.of_article(article).references if one.type == "office"]
    assert [one.id for one in workbench.offices.list("kestria")] == [entry.id], "the same term, put right"
    workbench.offices.drop(entry.id[-6:])
    assert workbench.offices.list("kestria") == []
    workbench.history.undo()
    assert [one.term.person for one in workbench.offices.list("vosk")] == ["Lena Vosk"]


def test_a_shipped_entry_is_hidden_and_brought_back(workbench: Workbench, article: str) -> None:
    workbench.articles.edit(article, published_on=date(2026, 1, 5))
    (biden,) = workbench.offices.list("united states biden")
    workbench.offices.drop(biden.id)
    assert [one.text for one in workbench.references.of_article(article).references][-1] == "It"
    assert workbench.offices.list("united states biden") == []
    assert [one.dropped for one in workbench.offices.list("united states biden", dropped=True)] == [True]
    with pytest.raises(InputRefused, match="dropped already"):
        workbench.offices.drop(biden.id)
    workbench.history.undo()
    assert [one.own for one in workbench.offices.list("united states biden")] == [None]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"last": "2014"}, "ends before it begins"),
        ({"first": "soon"}, "is no date"),
        ({"first": "2020-02-30"}, "not in the calendar"),
        ({"person": " "}, "has no person"),
        ({"country": ""}, "has no country"),
        ({"person": "x" * 301}, "301 characters"),
    ],
)
def test_a_malformed_term_is_refused(workbench: Workbench, changed: dict[str, str], message: str) -> None:
    given = {"country": "Kestria", "office": "President", "person": "Lena Vosk", "first": "2015-05", "last": "2020"}
    with pytest.raises(InputRefused, match=message):
        workbench.offices.add(**(given | changed))  # type: ignore[arg-type]
    assert not any(one.own for one in workbench.offices.list())


def test_offices_travel_in_shares_and_differing_ends_are_a_conflict(desk: Desk, tmp_path: Path) -> None:
    ada, ben = desk("ada"), desk("ben")
    for bench, last in ((ada, "2020"), (ben, "2021")):
        bench.offices.add(country="Kestria", office="President", person="Lena Vosk", first="2015", last=last)
    exchange(ada, ben, tmp_path)
    (entry,) = ben.offices.list("kestria")
    assert entry.own is not None
    assert entry.own.conflicted
    (shown,) = ben.verdicts.conflicts()
    assert shown.kind == "term"
    ben.verdicts.resolve(shown.entity, shown.choices[0].rid)
    exchange(ben, ada, tmp_path)
    assert ada.offices.list("kestria")[0].term == ben.offices.list("kestria")[0].term


def test_a_file_of_offices_is_taken_in_whole_or_not_at_all(workbench: Workbench) -> None:
    one = b'{"person": "Lena Vosk", "family": "Vosk", "from": "2015", "to": null, "precision": "year"}'
    office = b'{"country": "Kestria", "office": "President", "titles": ["President"], "holders": [%s]}'
    form = b'{"format": 1, "as_of": "2026-01-01", "offices": [%s]}'
    assert workbench.offices.import_json(form % (office % one), "own.json") == 1
    assert workbench.offices.import_json(form % (office % one), "own.json") == 0, "nothing is new"
    bad = one.replace(b"null", b'"2014"')
    with pytest.raises(InputRefused, match="holder 2 ends before it begins"):
        workbench.offices.import_json(form % (office % (one.replace(b"Lena", b"Mira") + b"," + bad)), "own.json")
    with pytest.raises(InputRefused, match="1 terms twice"):
        workbench.offices.import_json(form % (office % (one + b"," + one)), "own.json")
    assert [entry.term.person for entry in workbench.offices.list("kestria")] == ["Lena Vosk"]
