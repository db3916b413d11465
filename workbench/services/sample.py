"""The sample case: a fictional article with its evidence and sources, and the check of it that the demonstration replays."""

import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.tables import Article
from db.vocabulary import Role, Stance
from workbench.errors import InputRefused, NotFound
from workbench.services.views import ClaimView, Progress

if TYPE_CHECKING:
    from workbench.app import Workbench


def folder() -> Path:
    """Where the sample case lies: inside the installed package, or beside it in a source tree. Raises NotFound."""
    package = Path(str(resources.files("workbench")))
    for candidate in (package / "sample", package.parent / "fixtures" / "sample"):
        if (candidate / "article.md").is_file():
            return candidate
    raise NotFound("The sample case is not installed.", "Install Claim Workbench again.")


def load(workbench: "Workbench", progress: Callable[[Progress], None] | None = None) -> Article:
    """Bring the sample article, its evidence and its sources into a database that does not hold it yet; else return it."""
    place = folder()
    text = (place / "article.md").read_bytes()
    known = [item.article for item in workbench.articles.list() if item.article.note == _note()]
    if known:
        return known[0]
    article = workbench.articles.add(text, "article.md")
    article = workbench.articles.edit(article.id, note=_note())
    report = progress or (lambda _: None)
    workbench.evidence.import_jsonl(place / "evidence" / "evidence.jsonl", progress=report)
    workbench.evidence.add_paths([place / "evidence" / "files"], progress=report)
    workbench.sources.import_json((place / "sources.json").read_bytes(), "sources.json")
    return article


def to_learn_on(workbench: "Workbench") -> Article:
    """The sample article, brought into a database that holds nothing else. Raises InputRefused for one that is in use."""
    known = [item.article for item in workbench.articles.list()]
    found = next((article for article in known if article.note == _note()), None)
    if found is None and known:
        raise InputRefused(
            "The tour is on the sample article, and this desk has articles of its own.",
            "Leave with q and call: workbench demo",
        )
    return found or load(workbench)


def _note() -> str:
    return "Sample case: fictional."


def replay(workbench: "Workbench", article: Article) -> int:
    """Record the sample's verdicts, citations and set-asides through the services; returns how many claims were touched."""
    plan: list[dict[str, Any]] = json.loads((folder() / "verdicts.json").read_bytes())["plan"]
    for step in plan:
        view = _claim(workbench, article, step["claim_contains"])
        if step["action"] == "set_aside":
            workbench.claims.set_aside(view.claim.id, step["reason"])
            continue
        cited = {item.citation.quote for item in view.citations}
        for citation in step["citations"]:
            if citation["quote"] in cited:
                continue
            workbench.verdicts.cite(
                view.claim.id,
                citation["document"],
                stance=Stance(citation["stance"]),
                role=Role(citation["role"]),
                quote=citation["quote"],
                note=citation.get("note") or "",
            )
        workbench.verdicts.record(
            view.claim.id,
            step["scale"],
            step["level"],
            rationale=step["rationale"] or "",
            missing=step.get("missing") or "",
        )
    return len(plan)


def _claim(workbench: "Workbench", article: Article, words: str) -> ClaimView:
    desk = workbench.articles.desk(article.id)
    for view in desk.claims:
        if view.depth == 0 and words in desk.version.text[view.claim.start : view.claim.end]:
            return view
    raise NotFound(f"No sentence of the sample article holds “{words}”.", "The sample case is damaged; install again.")
