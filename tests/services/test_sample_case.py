"""The sample case runs through the services, and its traps are found."""

import json
from datetime import date
from typing import Any

import pytest

from workbench.app import Workbench
from workbench.matching import compare
from workbench.services import sample
from workbench.services.splitting import split_file
from workbench.services.views import Status

TRAPS = json.loads((sample.folder() / "expected.json").read_bytes())["traps"]


def test_the_sample_is_loaded_once_and_its_check_can_be_replayed(workbench: Workbench) -> None:
    article = sample.load(workbench)
    again = sample.load(workbench)
    assert again.id == article.id
    assert (workbench.evidence.count(), len(workbench.articles.list())) == (40, 1)
    sample.replay(workbench, article)
    desk = workbench.articles.desk(article.id)
    statuses = {view.status for view in desk.claims}
    assert {Status.SUPPORTED, Status.REFUTED, Status.MIXED, Status.SET_ASIDE, Status.TODO} <= statuses
    assert 0 < desk.coverage.percent < 100
    assert all(cited.quote_found for view in desk.claims for cited in view.citations)
    assert workbench.sharing.check() == []


COMPARISONS = [
    pytest.param(trap["claim_contains"], check, id=f"{trap['trap']}-{number}")
    for trap in TRAPS
    for number, check in enumerate(trap.get("compare", []))
]


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """The sentences of the sample article."""
    _, result = split_file((sample.folder() / "article.md").read_bytes(), "article.md")
    return [unit.claims[0].text for unit in result.units if unit.claims]


@pytest.mark.parametrize(("words", "check"), COMPARISONS)
def test_every_trap_is_seen(sentences: list[str], words: str, check: dict[str, Any]) -> None:
    (claim,) = [sentence for sentence in sentences if words in sentence]
    findings = compare(
        claim,
        check["passage"],
        claim_date=check["claim_date"] and date.fromisoformat(check["claim_date"]),
        passage_date=check["passage_date"] and date.fromisoformat(check["passage_date"]),
    )
    found = {finding.kind.value for finding in findings if finding.relation.value == check["relation"]}
    assert found & set(check["kinds"]), [(f.kind.value, f.relation.value, f.message) for f in findings]
