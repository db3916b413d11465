"""What a report should not be sent out with; each finding names its rule."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.reports.addresses import link_target
from workbench.reports.model import ReportCitation, ReportClaim, ReportModel, ReportVerdict
from workbench.reports.summary import Standing, in_force, standing
from workbench.verdicts import RuleState


@dataclass(frozen=True, slots=True)
class Lint:
    """One finding: the rule that it breaks, the number of the claim (None: the whole report) and what was found."""

    rule: str
    claim: int | None
    message: str


def lint(model: ReportModel) -> tuple[Lint, ...]:
    """Everything in a report that an editor should see before it leaves the house, in the order of the article.

    Rules for the whole report: open-units, open-claims, conflict, set-aside-without-reason, coverage. For a claim:
    conflict, recheck, checked-without-verdict, unknown-scale, unknown-level, verdict-without-rationale,
    verdict-without-citation, span-outside-article, checklist. For a citation: citation-without-locator,
    citation-without-address, citation-without-access-date, citation-without-quote, address-not-linked,
    withheld-without-reason, withheld-without-description.
    """
    found = [*_whole(model)]
    for claim in model.claims:
        found.extend(Lint(rule, claim.number, message) for rule, message in _claim(claim, model))
        for number, citation in enumerate(claim.citations, start=1):
            found.extend(
                Lint(rule, claim.number, f"Citation {number}: {message}") for rule, message in _citation(citation)
            )
    return tuple(found)


def _whole(model: ReportModel) -> Iterator[Lint]:
    coverage = model.coverage
    if coverage.units_open:
        yield Lint("open-units", None, f"{coverage.units_open} of {coverage.units} units are not yet checked.")
    if coverage.characters != model.article.length:
        message = f"The parts cover {coverage.characters} characters, the article has {model.article.length}."
        yield Lint("coverage", None, message)
    open_claims = sum(standing(claim) is Standing.OPEN for claim in model.claims)
    if open_claims:
        yield Lint("open-claims", None, f"{open_claims} of {len(model.claims)} claims are open.")
    for unit in model.set_aside:
        if not unit.reason.strip():
            message = f"Characters {unit.span.start} to {unit.span.end} are set aside without a reason."
            yield Lint("set-aside-without-reason", None, message)
    for conflict in model.conflicts:
        yield Lint("conflict", conflict.claim_number, f"Not resolved: {conflict.what}")


def _claim(claim: ReportClaim, model: ReportModel) -> Iterator[tuple[str, str]]:
    state = standing(claim)
    if state is Standing.RECHECK:
        yield "recheck", "The text is gone." if claim.orphan else "The text changed after the verdict."
    if state is Standing.OPEN and claim.status.value == "checked":
        yield "checked-without-verdict", "The claim counts as checked, but no final verdict is on record."
    if claim.span.end > model.article.length:
        yield "span-outside-article", f"The claim ends at {claim.span.end}, the article at {model.article.length}."
    for verdict in claim.verdicts:
        yield from _verdict(verdict, model)
    if not claim.citations and any(_rests_on_evidence(key, entry.level_id, model) for key, entry in in_force(claim)):
        yield "verdict-without-citation", "The verdict rests on evidence, and nothing is cited."
    for rule in claim.gaps:
        if rule.state is RuleState.UNMET:
            yield "checklist", f"{rule.text}: {rule.detail}"


def _verdict(verdict: ReportVerdict, model: ReportModel) -> Iterator[tuple[str, str]]:
    if verdict.conflict:
        labels = ", ".join(entry.label for entry in verdict.entries)
        yield "conflict", f"Not resolved on {verdict.scale_key}: {labels}."
    scale = model.scale(verdict.scale_key)
    if scale is None:
        yield "unknown-scale", f"The definitions of {verdict.scale_key} are not in the report."
    for entry in verdict.entries:
        if scale is not None and entry.level_id not in {level.id for level in scale.levels}:
            yield "unknown-level", f"{verdict.scale_key} has no level {entry.level_id}."
        if not entry.rationale.strip():
            yield "verdict-without-rationale", f"{entry.label} is given without a rationale."


def _rests_on_evidence(scale_key: str, level_id: str, model: ReportModel) -> bool:
    scale = model.scale(scale_key)
    levels = scale.levels if scale is not None else ()
    return next((level.rests_on_evidence for level in levels if level.id == level_id), True)


def _citation(citation: ReportCitation) -> Iterator[tuple[str, str]]:
    if citation.withheld:
        if not citation.withheld_reason.strip():
            yield "withheld-without-reason", "it is withheld without a reason."
        if not citation.public_description.strip():
            yield "withheld-without-description", "it is withheld without a public description."
        return
    if not citation.locator.strip():
        yield "citation-without-locator", "no page, paragraph or time is given."
    if not (citation.address.strip() or citation.archive.strip() or citation.document_id.strip()):
        yield "citation-without-address", "no address, archive or document id is given."
    if citation.accessed_on is None:
        yield "citation-without-access-date", "it does not say when it was accessed."
    if not citation.quote.strip():
        yield "citation-without-quote", "nothing is quoted."
    for address in (citation.address, citation.archive):
        if address.strip() and link_target(address) is None:
            yield "address-not-linked", f"{address} is not an address that a report links."
