"""Queries, filters, quotations and dismissals on a real file."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.vocabulary import Confidentiality, Role, Stance
from workbench.app import Workbench
from workbench.errors import InputRefused, NotFound
from workbench.matching.query import read_query
from workbench.services.filters import Filter, read_filter, typed
from workbench.services.views import MatchList

CLAIM = "The harbour fire killed 31 people, the harbour office said on Sunday evening."


def bring_in(workbench: Workbench, tmp_path: Path, *rows: dict[str, Any]) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert not workbench.evidence.import_jsonl(file).refused


def ids(found: MatchList) -> set[str]:
    return {match.external_id for match in found.matches}


def search(workbench: Workbench, query: str, wanted: Filter | None = None, top: int = 10) -> set[str]:
    return ids(workbench.matching.match(query, query=read_query(query), wanted=wanted or Filter(), top=top))


@pytest.fixture
def stocked(workbench: Workbench, tmp_path: Path) -> Workbench:
    """Many reports of a fire by one outlet, and few others far down."""
    many = [
        {"id": f"post-{n}", "text": f"Harbour fire report {n}: the harbour fire killed people, said officer {n}.",
         "source": "The Sample Post", "published_at": "2026-03-01", "language": "en"}
        for n in range(400)
    ]  # fmt: skip
    others = [
        {"id": "wire", "text": "After a long night the office of the harbour told of a fire with victims at pier nine.",
         "source": "Sample Wire", "published_at": "2026-03-05", "language": "en", "confidentiality": "internal"},
        {"id": "drill", "text": "A fire drill at the harbour was an exercise, and the nationalisation plan was read out.",
         "source": "Sample Wire", "published_at": "2025-06-01", "language": "en"},
        {"id": "feuer", "text": "Das Feuer im Hafen hat harbour und fire im Text, und es wurde viel berichtet darüber.",
         "url": "https://news.blatt.example/1", "language": "de"},
    ]  # fmt: skip
    bring_in(workbench, tmp_path, *many, *others)
    workbench.evidence.embed()
    return workbench


def test_phrases_exclusions_and_prefixes_hold_far_down_the_list(stocked: Workbench) -> None:
    assert search(stocked, '"fire drill" harbour') == {"drill"}
    assert search(stocked, "harbour fire -report -feuer") == {"wire", "drill"}
    assert search(stocked, "nationali* harbour") == {"drill"}
    assert search(stocked, "nationali*") == {"drill"}
    assert search(stocked, '"drill fire"') == set()
    assert search(stocked, '"harbour fires"') == set()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(sources=("Sample Wire",)), {"wire", "drill"}),
        (Filter(sources=("blatt.example",)), {"feuer"}),
        (Filter(after=date(2026, 3, 2)), {"wire"}),
        (Filter(before=date(2025, 12, 31)), {"drill"}),
        (Filter(languages=("DE",)), {"feuer"}),
        (Filter(confidentialities=(Confidentiality.INTERNAL,)), {"wire"}),
    ],
)
def test_a_filter_never_hides_what_it_lets_through(stocked: Workbench, wanted: Filter, expected: set[str]) -> None:
    found = stocked.matching.match(CLAIM, wanted=wanted)
    assert ids(found) == expected
    assert found.filters == wanted.words()


def test_a_filter_follows_what_is_decided_and_brought_in_later(stocked: Workbench, tmp_path: Path) -> None:
    internal = Filter(confidentialities=(Confidentiality.INTERNAL,))
    assert search(stocked, "harbour fire", internal) == {"wire"}
    stocked.evidence.set_confidentiality("drill", Confidentiality.INTERNAL)
    stocked.evidence.set_confidentiality("wire", Confidentiality.PUBLIC)
    assert search(stocked, "harbour fire", internal) == {"drill"}
    wire = Filter(sources=("sample wire",))
    assert search(stocked, "harbour fire", wire) == {"wire", "drill"}
    bring_in(stocked, tmp_path, {"id": "late", "text": "A late report on the harbour fire.", "source": "SAMPLE WIRE"})
    assert search(stocked, "harbour fire", wire) == {"wire", "drill", "late"}


def test_a_source_that_nothing_is_from_is_named(stocked: Workbench) -> None:
    with pytest.raises(InputRefused, match="No document here is from “The Moon Herald”"):
        search(stocked, "fire", Filter(sources=("The Moon Herald",)))


def test_filters_that_nothing_can_meet_are_refused() -> None:
    with pytest.raises(InputRefused):
        Filter(after=date(2026, 2, 1), before=date(2026, 1, 1))
    with pytest.raises(InputRefused):
        Filter(stances=(Stance.REFUTES,), uncited=True)


def test_a_filter_is_read_back_as_it_is_typed() -> None:
    said = {"source": "A, B", "after": "2026-01-02", "language": "en", "cited": "supp, refutes", "own-outlet": "yes"}
    wanted = read_filter(said)
    assert wanted.sources == ("A", "B")
    assert wanted.stances == (Stance.SUPPORTS, Stance.REFUTES)
    assert read_filter(typed(wanted)) == wanted
    for name, value in (("after", "soon"), ("cited", "x"), ("confidentiality", "c, zz")):
        with pytest.raises(InputRefused, match=value.split(",", maxsplit=1)[0] if name != "confidentiality" else "zz"):
            read_filter({name: value})


def article_of(workbench: Workbench, outlet: str = "") -> Any:
    article = workbench.articles.add(f"{CLAIM}\n\nThe port burned.\n".encode(), "a.txt", outlet=outlet)
    return workbench.articles.desk(article.id).claims


def test_the_articles_own_outlet_is_left_out_and_said(stocked: Workbench) -> None:
    claim = article_of(stocked, "the sample post")[0]
    found = stocked.matching.match(claim)
    assert not any(name.startswith("post") for name in ids(found))
    assert {"wire", "drill"} <= ids(found)
    assert found.filters == ("without the sample post, the article’s own outlet",)
    assert "post-1" in ids(stocked.matching.match(claim, wanted=Filter(own_outlet=True), top=200))
    assert stocked.matching.match(claim, query=read_query("harbour fire"), top=3).filters == ()


def test_citations_narrow_too(stocked: Workbench) -> None:
    claim = article_of(stocked)[0]
    stocked.verdicts.cite(claim.claim.id, "drill", stance=Stance.CONTEXT, role=Role.SECONDARY)
    view = stocked.claims.get(claim.claim.id)
    assert ids(stocked.matching.match(view, wanted=Filter(stances=(Stance.CONTEXT,)))) == {"drill"}
    assert ids(stocked.matching.match(view, wanted=Filter(stances=(Stance.REFUTES,)))) == set()
    assert "drill" not in ids(stocked.matching.match(view, wanted=Filter(uncited=True), top=200))


def test_short_claims_and_addresses_find_nothing_by_themselves(stocked: Workbench) -> None:
    short = article_of(stocked)[-1]
    found = stocked.matching.match(short)
    assert (found.matches, found.withheld) == ((), "under 8 words")
    assert stocked.matching.match(short, even_short=True).matches
    assert stocked.matching.match(short, query=read_query("harbour fire")).matches
    address = stocked.matching.match("https://news.blatt.example/harbour/fire")
    assert (address.matches, address.withheld) == ((), "no word to look for")


def test_short_passages_are_not_suggested_but_found_by_a_search(workbench: Workbench, tmp_path: Path) -> None:
    bring_in(workbench, tmp_path, {"id": "short", "text": "Harbour fire killed people."})
    claim = article_of(workbench)[0]
    assert workbench.matching.match(claim).matches == ()
    assert search(workbench, "harbour fire") == {"short"}


def test_dismissed_stays_dismissed_and_can_be_taken_back(stocked: Workbench) -> None:
    claim = article_of(stocked, "The Sample Post")[0]
    wire = next(match for match in stocked.matching.match(claim).matches if match.external_id == "wire")
    stocked.matching.dismiss(claim.claim.id, wire.document.content_hash, wire.passage.start, "another night")
    assert "wire" not in ids(stocked.matching.match(claim))
    assert "wire" not in ids(stocked.matching.match(claim, query=read_query("pier nine")))
    (view,) = stocked.matching.dismissed(claim.claim.id)
    assert (view.dismissal.reason, view.passage and view.passage.id) == ("another night", wire.passage.id)
    assert stocked.matching.undismiss(claim.claim.id, wire.document.content_hash, wire.passage.start) == 1
    assert "wire" in ids(stocked.matching.match(claim))
    with pytest.raises(NotFound):
        stocked.matching.undismiss(claim.claim.id, wire.document.content_hash)
    stocked.history.undo()
    assert "wire" not in ids(stocked.matching.match(claim))


def test_a_claim_that_was_split_keeps_what_was_dismissed(stocked: Workbench) -> None:
    claim = article_of(stocked, "The Sample Post")[0]
    wire = next(match for match in stocked.matching.match(claim).matches if match.external_id == "wire")
    stocked.matching.dismiss(claim.claim.id, wire.document.content_hash, wire.passage.start)
    parts = stocked.claims.split(claim.claim.id, claim.claim.start + len("The harbour fire killed 31 people, "))
    for part in parts:
        key = part if isinstance(part, str) else part.id
        view = stocked.claims.get(key)
        assert "wire" not in ids(stocked.matching.match(view, even_short=True, top=200))


def test_why_tells_how_rare_the_shared_words_are(stocked: Workbench) -> None:
    found = stocked.matching.match("A fire with victims at pier nine of the harbour")
    first = next(match for match in found.matches if match.external_id == "wire")
    rarity = dict(first.rarity)
    assert rarity["victims"] == 1
    assert rarity["harbour"] == found.passages == 403
    assert [count for _, count in first.rarity] == sorted(rarity.values())
    assert first.why is not None
    assert [run.of(first.passage.text) for run in first.why.runs][:1] == ["a fire with victims at pier nine"]


def test_many_queries_answer_as_one_by_one(stocked: Workbench) -> None:
    texts = ["harbour fire at pier nine", "https://x.example", "fire drill exercise"]
    many = stocked.matching.many(texts, top=3)
    assert [len(found.matches) for found in many] == [3, 0, 3]
    for text, found in zip(texts, many, strict=True):
        alone = stocked.matching.match(text, top=3)
        assert [(match.passage.id, match.signals) for match in alone.matches] == [
            (match.passage.id, match.signals) for match in found.matches
        ]


SAID = "We leased four berths to the company, and nobody was warned about the tanks under the quay."


@pytest.fixture
def quoted(workbench: Workbench, tmp_path: Path) -> Workbench:
    """A sentence in several papers, among much else."""
    noise = [
        {"text": f"Report {n} on company {n * 7}: the quay was painted, and berth {n} was closed."} for n in range(60)
    ]
    bring_in(
        workbench,
        tmp_path,
        {"id": "later", "text": f"The minister: “{SAID[:-21]}.” So she said.", "published_at": "2026-03-09"},
        {"id": "first", "text": f"In the hall she said: {SAID} Then she left.", "published_at": "2026-03-02"},
        {"id": "nine", "text": "We leased nine berths to the company, and nobody was warned about the tanks."},
        *noise,
    )
    return workbench


def test_a_quotation_is_found_earliest_first_with_its_differences(quoted: Workbench) -> None:
    report = quoted.quotations.find(f"“{SAID}”")
    assert [version.external_id for version in report.versions] == ["first", "later", "nine"]
    assert report.versions[0].state == "verbatim"
    assert report.versions[0].longest
    assert ("four", "nine") in [(one.quoted, one.found) for one in report.versions[2].differences]
    for version in report.versions:
        shown = quoted.evidence.show(version.external_id).text
        assert shown[version.span.start : version.span.end] == version.text
        for one in version.differences:
            assert shown[one.document.start : one.document.end] == one.found
    assert report.answer == "It stands word for word in 1 document, otherwise in 2."


def test_wrong_letters_do_no_harm_and_what_is_not_there_is_not_found(quoted: Workbench) -> None:
    garbled = "We leasd four brths to teh compny, and nobdy was wraned abuot the tnks undr the qay"
    assert "first" in {version.external_id for version in quoted.quotations.find(garbled).versions}
    nothing = quoted.quotations.find("The ferries of the northern line will not sail before Easter this year")
    assert (nothing.versions, nothing.answer) == ((), "It is not found here.")
    with pytest.raises(InputRefused):
        quoted.quotations.find("“the tanks”")


def test_clauses_from_different_documents_may_be_spliced(workbench: Workbench, tmp_path: Path) -> None:
    bring_in(
        workbench,
        tmp_path,
        {"id": "one", "text": "She said that nobody was warned about the tanks, and sat down."},
        {"id": "two", "text": "He said that the harbour will open again on Monday, and stood up."},
    )
    report = workbench.quotations.find("nobody was warned about the tanks; the harbour will open again on Monday")
    assert {version.external_id for version in report.versions} == {"one", "two"}
    assert "may be spliced" in report.answer


def test_a_quotation_reaches_over_the_edge_of_passages(workbench: Workbench, tmp_path: Path) -> None:
    filler = "Nothing of note was told in this part of the long report on ports. " * 20
    text = f"{filler}\n\n{SAID[:37]}\n\n{SAID[38:]} {filler}"
    bring_in(workbench, tmp_path, {"id": "long", "text": text})
    assert len(workbench.evidence.show("long").passages) > 1
    assert [version.external_id for version in workbench.quotations.find(SAID).versions] == ["long"]


def test_garbled_quotations_are_found_again(workbench: Workbench, tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - a repeatable test
    stems = [
        f"{a}{b}{c}" for a in ("mor", "tal", "ven", "gri") for b in ("an", "eld", "ist") for c in ("er", "ing", "o")
    ]
    texts = [" ".join(chance.choices(stems, k=30)) for _ in range(200)]
    bring_in(workbench, tmp_path, *({"id": str(n), "text": text} for n, text in enumerate(texts)))
    found = 0
    for _ in range(40):
        number = chance.randrange(200)
        quote = " ".join(texts[number].split()[5:20])
        letters = [chance.choice("xyzq") if chance.random() < 0.02 and each != " " else each for each in quote]
        report = workbench.quotations.find("".join(letters))
        found += any(version.external_id == str(number) for version in report.versions)
    assert found >= 38


def test_documents_are_listed_by_a_query(workbench: Workbench, tmp_path: Path) -> None:
    titles = ["Harbour report", "Report on the harbour", "Harbourmaster speaks", "Bread"]
    bring_in(workbench, tmp_path, *({"title": title, "text": f"{title} and more words."} for title in titles))

    def listed(words: str) -> list[str]:
        return [view.document.title for view in workbench.evidence.list(words=words)]

    assert listed("report harbour") == titles[:2]
    assert listed('"harbour report"') == titles[:1]
    assert listed("harbour -master") == titles[:2]
    assert listed("harbourm*") == titles[2:3]
    assert workbench.evidence.count("-harbour report") == 0
    with pytest.raises(InputRefused):
        listed('"harbour')
