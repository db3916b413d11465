"""Origins on a real database: chains, decisions, counts in checklists and matches, and what leaves the desk."""

import json
from pathlib import Path

import pytest

from db.exchange.inspect import inspect
from db.search import copies
from db.vocabulary import Confidentiality, Role, SourceKind, Stance
from workbench.app import Workbench
from workbench.credibility.origins import Confidence, Sign
from workbench.errors import InputRefused, NotFound
from workbench.verdicts import RuleState

WIRE = (
    "TOWN, May 2 (NW) — The ferry Alma sank off Gull Point on Friday with 41 people on board, the coast guard said, and "
    "nine of them have not been found.\n\nBoats searched until dark. The owner of the ferry said that her last inspection "
    "was in March and that nothing had been found wanting.\n\nA second search begins at dawn, when the wind is to drop."
)
OWN = (
    "We stood at the pier all night and counted those who came ashore: thirty-two people, most of them in blankets, two "
    "of them children. The harbour master gave us tea and no figures.\n\nThe ferry Alma sank within sight of the town, "
    "and half the town saw it. Nobody we asked had heard a distress call."
)


def rows(*items: dict[str, str]) -> bytes:
    return "\n".join(json.dumps({"published_at": "2026-05-02", **item}) for item in items).encode()


def bring(workbench: Workbench, folder: Path, *items: dict[str, str]) -> None:
    path = folder / "rows.jsonl"
    path.write_bytes(rows(*items))
    assert not workbench.evidence.import_jsonl(path).refused


@pytest.fixture
def ferry(workbench: Workbench, tmp_path: Path) -> Workbench:
    """One agency report in three outlets, and one report of somebody who was there."""
    workbench.sources.add("Northern Wire", kind=SourceKind.AGENCY, aliases=["NW"])
    bring(
        workbench,
        tmp_path,
        {"id": "wire", "title": "Ferry sinks", "text": WIRE, "source": "Northern Wire"},
        {"id": "post", "title": "Nine missing", "text": WIRE.split("— ")[1], "source": "The Post"},
        {
            "id": "echo",
            "title": "Our sea",
            "text": f"Our readers know these waters well, and fear them.\n\n{WIRE[100:]}",
            "source": "Echo",
            "published_at": "2026-05-03",
        },
        {"id": "eye", "title": "At the pier", "text": OWN, "source": "Gull Observer"},
    )
    return workbench


def ids(workbench: Workbench, key: str) -> list[str]:
    view = workbench.origins.of_document(key)
    return [workbench.evidence.show(item.document.content_hash).view.external_id for item in view.documents]


def claim_with_citations(workbench: Workbench, *cited: str, role: Role = Role.SECONDARY) -> str:
    article = workbench.articles.add(
        b"The ferry Alma sank off Gull Point on Friday with 41 people on board.", "article.txt"
    )
    claim = workbench.articles.desk(article.id).claims[0].claim.id
    for key in cited:
        workbench.verdicts.cite(claim, key, stance=Stance.SUPPORTS, role=role)
    return claim


def origins_rule(workbench: Workbench, claim: str) -> tuple[RuleState, str]:
    rule = next(rule for rule in workbench.verdicts.checklist(claim) if rule.id == "origins")
    return rule.state, rule.detail


def test_the_chain_begins_with_the_agency(ferry: Workbench) -> None:
    view = ferry.origins.of_document("echo")
    assert ids(ferry, "echo") == ["wire", "post", "echo"]
    assert view.chain.confidence is Confidence.LIKELY
    assert view.root is not None
    assert view.root.source == "Northern Wire"
    tie = view.documents[1].ties[0]
    assert (tie.edge.sign, tie.place) == (Sign.COPY, 1)
    assert tie.words.startswith("The ferry Alma sank off Gull Point")
    assert ids(ferry, "eye") == ["eye"]
    assert [item.documents for item in ferry.origins.list()] == [3]


def test_matches_count_origins_and_fold_what_only_repeats(ferry: Workbench) -> None:
    found = ferry.matching.match("The ferry Alma sank off Gull Point on Friday with 41 people on board.", meaning=False)
    assert found.origins == 2
    heads = [match for match in found.matches if match.copy_of is None and match.external_id in ("wire", "post")]
    assert len(heads) == 1
    assert [match.external_id for match in found.copies(heads[0].rank)]


def test_a_copy_with_another_figure_is_never_folded(ferry: Workbench, tmp_path: Path) -> None:
    bring(ferry, tmp_path, {"id": "wrong", "title": "Sunk", "text": WIRE.replace("41", "14"), "source": "Gazette"})
    found = ferry.matching.match("The ferry Alma sank off Gull Point on Friday with 41 people on board.", meaning=False)
    wrong = next(match for match in found.matches if match.external_id == "wrong")
    wire = next(match for match in found.matches if match.external_id == "wire")
    assert wrong.origin == wire.origin
    assert wrong.copy_of is None
    assert wire.copy_of != wrong.rank


def test_splitting_and_joining_counts_at_once_and_is_undone(ferry: Workbench) -> None:
    claim = claim_with_citations(ferry, "wire", "post")
    assert origins_rule(ferry, claim) == (RuleState.UNMET, "No primary source; 1 independent origin.")
    ferry.origins.split("post", "wire", "They had a reporter on board.")
    assert origins_rule(ferry, claim)[0] is RuleState.MET
    assert ids(ferry, "wire") == ["wire", "echo"]
    assert ids(ferry, "post") == ["post"]
    ferry.history.undo()
    assert origins_rule(ferry, claim)[0] is RuleState.UNMET
    ferry.origins.join("eye", "wire", "The agency’s man wrote it.")
    assert set(ids(ferry, "eye")) == {"wire", "post", "echo", "eye"}
    ferry.origins.withdraw("wire", "eye")
    assert ids(ferry, "eye") == ["eye"]


def test_a_statement_and_its_denial_by_one_body_are_one_origin(workbench: Workbench, tmp_path: Path) -> None:
    workbench.sources.add("Coast Guard", kind=SourceKind.INSTITUTION)
    bring(
        workbench,
        tmp_path,
        {
            "id": "said",
            "title": "Statement",
            "text": "All on board the ferry Alma were saved on Friday.",
            "source": "Coast Guard",
        },
        {
            "id": "not",
            "title": "Denial",
            "text": "The Coast Guard never said that everybody lived.",
            "source": "Coast Guard",
        },
    )
    claim = claim_with_citations(workbench, "said", "not")
    assert origins_rule(workbench, claim)[1] == "No primary source; 1 independent origin."
    assert ids(workbench, "said") == ["said"]


def test_who_refer_to_each_other_are_shown_as_a_circle(workbench: Workbench, tmp_path: Path) -> None:
    bring(
        workbench,
        tmp_path,
        {
            "id": "a",
            "title": "Leak",
            "text": "The ferry’s hull had been patched with wood, according to Sea Gazette.",
            "source": "Pier Notes",
        },
        {
            "id": "b",
            "title": "Hull",
            "text": "Pier Notes reports that wood had been used to patch the hull of the ferry.",
            "source": "Sea Gazette",
        },
    )
    view = workbench.origins.of_document("a")
    assert view.circles == ((1, 2),)
    assert view.root is None
    claim = claim_with_citations(workbench, "a", "b")
    assert origins_rule(workbench, claim)[1] == "No primary source; 1 independent origin."


def test_a_decision_needs_two_documents_and_a_reason(ferry: Workbench) -> None:
    for call in (
        lambda: ferry.origins.join("wire", "wire", "why"),
        lambda: ferry.origins.split("wire", "post", "  "),
        lambda: ferry.origins.withdraw("wire", "post"),
    ):
        with pytest.raises(InputRefused):
            call()
    with pytest.raises(NotFound):
        ferry.origins.join("wire", "nobody", "why")


def test_dismissing_a_passage_takes_its_copies_along_and_lasts(ferry: Workbench) -> None:
    claim = ferry.claims.get(claim_with_citations(ferry))
    found = ferry.matching.match(claim, meaning=False)
    head = found.matches[0]
    copied = found.copies(head.rank)
    assert copied
    also = [(match.document.content_hash, match.passage.start) for match in copied]
    ferry.matching.dismiss(claim.claim.id, head.document.content_hash, head.passage.start, "No.", also=also)
    gone = {head.passage.id, *(match.passage.id for match in copied)}
    ferry.claims.edit_wording(claim.claim.id, "The ferry Alma sank with 41 people on board.")
    again = ferry.matching.match(ferry.claims.get(claim.claim.id), meaning=False)
    assert not gone & {match.passage.id for match in again.matches}
    ferry.history.undo()
    ferry.history.undo()
    assert gone <= {match.passage.id for match in ferry.matching.match(claim, meaning=False).matches}


def test_desks_that_differ_have_a_conflict_and_neither_decision_is_in_force(
    ferry: Workbench, desk: object, tmp_path: Path
) -> None:
    other: Workbench = desk("ben")  # type: ignore[operator]
    ferry.sharing.pack(tmp_path / "one.share")
    other.sharing.merge(tmp_path / "one.share")
    assert copies_left(other) == 0
    assert set(ids(other, "post")) == {"wire", "post", "echo"}
    ferry.origins.split("post", "wire", "Own reporter.")
    other.origins.join("post", "wire", "Same words.")
    other.sharing.pack(tmp_path / "two.share")
    ferry.sharing.merge(tmp_path / "two.share")
    (conflict,) = ferry.verdicts.conflicts()
    assert conflict.kind == "origin_link"
    assert {choice.text for choice in conflict.choices} == {
        "joined: False; reason: Own reporter.",
        "joined: True; reason: Same words.",
    }
    assert set(ids(ferry, "post")) == {"wire", "post", "echo"}
    chosen = next(choice for choice in conflict.choices if "Own" in choice.text)
    ferry.verdicts.resolve(conflict.entity, chosen.rid)
    assert ids(ferry, "post") == ["post"]


def copies_left(workbench: Workbench) -> int:
    return workbench.origins.behind()


def test_what_was_decided_about_a_confidential_document_stays(ferry: Workbench, tmp_path: Path) -> None:
    ferry.origins.join("eye", "wire", "Both name the same pilot.")
    ferry.origins.split("post", "wire", "Own reporter.")
    ferry.evidence.set_confidentiality("eye", Confidentiality.CONFIDENTIAL)
    target = tmp_path / "pack.share"
    ferry.sharing.pack(target, even_quoting=True)
    with inspect(target) as foreign:
        kinds = {kind.value: count for kind, count in foreign.contents.by_kind.items()}
    assert kinds["origin_link"] == 1
    raw = target.read_bytes()
    assert b"same pilot" not in raw
    assert b"Own reporter" in raw


def test_the_other_one_of_a_decision_is_withheld_too(ferry: Workbench, tmp_path: Path) -> None:
    ferry.origins.join("wire", "eye", "Both name the same pilot.")
    ferry.evidence.set_confidentiality("eye", Confidentiality.CONFIDENTIAL)
    ferry.sharing.pack(tmp_path / "pack.share", even_quoting=True)
    assert b"same pilot" not in (tmp_path / "pack.share").read_bytes()


def test_a_report_says_how_many_origins_a_verdict_rests_on(ferry: Workbench) -> None:
    claim = claim_with_citations(ferry, "wire", "post", "eye")
    ferry.verdicts.record(
        claim,
        ferry.verdicts.default_scale(),
        next(iter(ferry.verdicts.scales()[ferry.verdicts.default_scale()].levels)).id,
        rationale="So it is.",
    )
    article = ferry.articles.list()[0].article.id
    assert "Rests on: 2 independent origins in 3 citations" in ferry.reports.render(
        article, "markdown", even_quoting=True
    )
    told = json.loads(ferry.reports.render(article, "json", even_quoting=True))
    assert [item["origin"] for item in told["claims"][0]["citations"]] == [1, 1, 2]
    ferry.evidence.set_confidentiality("post", Confidentiality.CONFIDENTIAL)
    told = json.loads(ferry.reports.render(article, "json", even_quoting=True))
    assert told["claims"][0]["origins"] == 2
    assert "origin" not in told["claims"][0]["citations"][1]


def test_documents_not_looked_through_yet_are_compared_among_themselves(
    ferry: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(copies, "catch_up", lambda _: 0)
    bring(ferry, tmp_path, {"id": "late", "title": "Sunk", "text": WIRE[20:], "source": "Gazette"})
    assert ferry.origins.behind() == 1
    found = ferry.matching.match("The ferry Alma sank off Gull Point on Friday with 41 people on board.", meaning=False)
    by_id = {match.external_id: match.origin for match in found.matches}
    assert by_id["late"] == by_id["wire"]
    assert by_id["late"] != by_id["eye"]
