"""The report as JSON for other programs; texts exactly as stored, nothing hidden left raw."""

import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from workbench.credibility import Profile, roots
from workbench.credibility.sourcing import Sourcing
from workbench.reports.model import (
    ReportAnchor,
    ReportCitation,
    ReportClaim,
    ReportModel,
    ReportResolution,
    ReportSource,
    ReportUnit,
    ReportVerdict,
)
from workbench.reports.summary import standing, summarise
from workbench.text.anchors import to_selectors

SCHEMA = "claim-workbench/report/1"
# JSON allows these raw; a terminal or a log should not get them so. Line ends between values stay.
_RAW = re.compile(
    "[\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)


def to_json(model: ReportModel) -> str:
    """The whole report: keys sorted, lists in the order of the article or, where order means nothing, by name.

    Hidden characters are written as \\u escapes, so any JSON reader gets the exact text back. A withheld citation
    carries only its stance, role, public description and reason.
    """
    coverage = asdict(model.coverage)
    article = asdict(model.article) | {"published": _time(model.article.published)}
    counts = asdict(summarise(model))
    table = {
        "schema": SCHEMA,
        "tool": {"name": model.tool_name, "version": model.tool_version},
        "generated_at": _time(model.generated_at),
        "database": model.database,
        "article": article,
        "coverage": coverage,
        "summary": counts,
        "claims": [_claim(claim) for claim in model.claims],
        "set_aside": [_unit(unit) for unit in model.set_aside],
        "not_checked": [_unit(unit) for unit in model.not_checked],
        "scales": [asdict(scale) for scale in sorted(model.scales, key=lambda scale: scale.key)],
        "sources": [_source(source) for source in sorted(model.sources, key=lambda item: (item.name, item.domain))],
        "conflicts": [asdict(conflict) for conflict in model.conflicts],
        "units": [{"span": unit.span.as_list(), "state": unit.state} for unit in model.units],
        "gone": [asdict(item) for item in model.gone],
        "sourcing": _sourcing(model.sourcing) if model.sourcing else None,
    }
    text = json.dumps(table, ensure_ascii=False, allow_nan=False, indent=2, sort_keys=True)
    return raw_escaped(text) + "\n"


def raw_escaped(text: str) -> str:
    """JSON with hidden characters as \\u escapes, which any reader turns back into the exact text."""
    return _RAW.sub(lambda found: json.dumps(found.group()).strip('"').replace("\x7f", "\\u007f"), text)


def _time(value: date | datetime | None) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if value else None


def _claim(claim: ReportClaim) -> dict[str, Any]:
    return {
        "number": claim.number,
        "id": claim.id,
        "span": None if claim.orphan else claim.span.as_list(),
        "anchor": _anchor(claim.anchor) if claim.anchor else None,
        "quoted": claim.quoted,
        "wording": claim.wording,
        "wording_differs": claim.wording_differs,
        "wording_edited": bool(claim.original),
        "original": claim.original,
        "relation": claim.relation,
        "helper": claim.helper,
        "attribution": claim.attribution,
        "kinds": sorted(claim.kinds),
        "status": claim.status.value,
        "standing": standing(claim).value,
        "verdicts": [_verdict(verdict) for verdict in claim.verdicts],
        "origins": claim.origins,
        "citations": [_citation(citation) for citation in claim.citations],
        "gaps": [asdict(rule) for rule in claim.gaps],
        "resolutions": [_resolution(resolution) for resolution in claim.resolutions],
        "left_open": list(claim.left_open),
    }


def _resolution(resolution: ReportResolution) -> dict[str, Any]:
    return {
        "span": resolution.span.as_list(),
        "text": resolution.text,
        "type": resolution.type,
        "choice": resolution.choice or None,
        "author": resolution.author,
        "recorded_at": _time(resolution.recorded_at),
        "note": resolution.note,
        "conflict": resolution.conflict,
    }


def _sourcing(found: Sourcing) -> dict[str, Any]:
    return {
        "particulars": [{"name": one.name, "value": one.value or None} for one in found.particulars],
        "missing": list(found.missing),
        "links": list(found.links),
        "claims_by_source": {by.value: count for by, count in found.counts.items()},
        "unnamed": [{"span": [one.start, one.end], "text": one.text} for one in found.unnamed],
        "quotations": [
            {"span": [one.start, one.end], "text": one.text, "speaker": one.speaker or None} for one in found.quotations
        ],
    }


def _anchor(found: ReportAnchor) -> dict[str, Any]:
    """A target of the W3C Web Annotation Data Model, with what became of it."""
    return {
        "state": found.state.value,
        "version": found.version,
        "made": {"version": found.made_in, "text": found.made_words},
        "placed_by": found.placed_by,
        "gone_because": found.reason,
        **(to_selectors(found.quote) if found.quote else {"selector": []}),
    }


def _verdict(verdict: ReportVerdict) -> dict[str, Any]:
    return {
        "scale": verdict.scale_id,
        "scale_version": verdict.scale_version,
        "conflict": verdict.conflict,
        "entries": [asdict(entry) | {"recorded_at": _time(entry.recorded_at)} for entry in verdict.entries],
    }


def _citation(citation: ReportCitation) -> dict[str, Any]:
    shared = {
        "stance": citation.stance.value,
        "role": citation.role.value if citation.role else None,
        "withheld": citation.withheld,
    }
    if citation.withheld:
        return shared | {
            "public_description": citation.public_description,
            "withheld_reason": citation.withheld_reason,
        }
    times = {"published": _time(citation.published), "accessed_on": _time(citation.accessed_on)}
    return asdict(citation) | shared | times


def _unit(unit: ReportUnit) -> dict[str, Any]:
    return {"span": unit.span.as_list(), "kind": unit.kind, "text": unit.text, "reason": unit.reason}


def _source(source: ReportSource) -> dict[str, Any]:
    ratings = roots(source.attestations)
    return {
        "name": source.name,
        "domain": source.domain,
        "profile": _profile(source.profile) if source.profile else None,
        "attestations": [asdict(item) | {"dated": _time(item.dated)} for item in source.attestations],
        "attestation_summary": ratings.summary,
        "attestation_roots": [list(group.roots) for group in ratings.groups],
    }


def _profile(found: Profile) -> dict[str, Any]:
    items = []
    for item in found.items:
        given = item.assessment
        items.append(
            {
                "criterion": item.criterion.id,
                "state": item.state.value,
                "note": item.note,
                "evidence": given.evidence if given else "",
                "address": given.address if given else "",
                "assessor": given.assessor if given else "",
                "assessed_at": _time(given.assessed_at) if given else None,
            }
        )
    return {
        "criteria": found.criteria,
        "assessed": found.assessed,
        "total": found.total,
        "summary": found.summary,
        "items": items,
    }
