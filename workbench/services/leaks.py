"""Whether a report would repeat what stands in a confidential document."""

from collections.abc import Iterable

from sqlmodel import Session

from db import articles, sources
from db.withholding import quoted_elsewhere
from workbench.errors import ConfidentialQuoted
from workbench.services import keys
from workbench.services.store_views import ConflictView
from workbench.services.views import Desk


def quoting(session: Session, desk: Desk, conflicts: Iterable[ConflictView]) -> str:
    """What a report on an article would repeat of confidential documents, naming claims; empty where it repeats nothing."""
    numbers = {view.claim.id: view.number for view in desk.claims}
    cited = [item.source.source for view in desk.claims for item in view.citations if item.source]
    names = {source.id: source.name for source in cited}
    entities = {desk.article.id, desk.version.id, *numbers, *(conflict.entity for conflict in conflicts), *names}
    for view in desk.claims:
        entities.update(verdict.id for verdict in view.verdicts)
        entities.update(review.id for review in view.reviews)
        entities.update(item.id for item in view.confirmations)
        entities.update(item.citation.id for item in view.citations)
        entities.update(item.id for item in view.resolutions)
    entities.update(item.id for item in articles.anchors(session, list(numbers)))
    entities.update(version.id for version in desk.versions)
    entities.update(item.id for item in sources.assessments(session, list(names)))
    entities.update(item.id for item in sources.attestations(session, list(names)))
    places: dict[str, dict[str, None]] = {}
    for one in sorted(quoted_elsewhere(session, entities), key=lambda one: numbers.get(one.about, 0)):
        if one.about in numbers:
            place = f"claim {numbers[one.about]}"
        elif one.about in names:
            place = f"source {names[one.about]}"
        else:
            place = (
                "the article"
                if one.about in (desk.article.id, *(version.id for version in desk.versions))
                else f"{one.kind} {keys.short(one.entity)}"
            )
        places.setdefault(place, {})[one.part.replace("_", " ")] = None
    if not places:
        return ""
    listed = ", ".join(f"{place} ({', '.join(parts)})" for place, parts in places.items())
    return f"The report would repeat what a confidential document says or names: {listed}."


def refuse_quoting(session: Session, desk: Desk, conflicts: Iterable[ConflictView]) -> None:
    """Raise ConfidentialQuoted where a report on an article would repeat words of a confidential document."""
    found = quoting(session, desk, conflicts)
    if found:
        raise ConfidentialQuoted(found, "Reword that, or write it even so (--even-quoting) if these words may leave.")
