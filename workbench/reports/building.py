"""From the report model to the view: wording, counts and order, with hidden characters made visible."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from workbench.credibility import State, roots
from workbench.reports.claims import claim_view, day, excerpt, linked, moment, present
from workbench.reports.model import (
    Coverage,
    CoverageState,
    ReportArticle,
    ReportConflict,
    ReportModel,
    ReportSource,
    ReportUnit,
)
from workbench.reports.sourced import sourcing_view
from workbench.reports.summary import Summary, coverage_line, share, summarise
from workbench.reports.view import ConflictView, CoverageView, Fact, ReportView, ScaleView, SourceView, Table
from workbench.text.visible import visible
from workbench.verdicts import RatingScale

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_STATES = {
    State.MET: "met",
    State.PARTLY: "partly met",
    State.NOT_MET: "not met",
    State.UNKNOWN: "unknown",
    State.NOT_APPLICABLE: "not applicable",
}
V = TypeVar("V")


def build(model: ReportModel) -> ReportView:
    """The view of a report. Every text in it is free of control, bidirectional and hidden characters."""
    counts = summarise(model)
    notices = _notices(model.coverage, counts)
    article = model.article
    view = ReportView(
        title=article.title.strip() or "Untitled article",
        language=article.language if _LANGUAGE.fullmatch(article.language) else "",
        complete=not notices,
        notices=notices or ("Every unit is checked or set aside, and every claim has a verdict.",),
        article=_article(article),
        summary=_summary(model.coverage, counts),
        levels=_levels(model, counts),
        coverage=_coverage(model),
        claims=tuple(claim_view(claim, model) for claim in model.claims),
        gone=_gone(model),
        conflicts=tuple(_conflict(item) for item in model.conflicts),
        not_checked=_units(model.not_checked, with_reason=False),
        set_aside=_units(model.set_aside, with_reason=True),
        sources=tuple(_source(source) for source in model.sources),
        scales=tuple(_scale(scale) for scale in model.scales),
        about=_about(model),
        sourcing=sourcing_view(model.sourcing) if model.sourcing else None,
    )
    return _made_visible(view)


def counted(number: int, one: str, several: str = "") -> str:
    """A count with its noun, as in '1 claim' or '2 claims'."""
    return f"{number} {one}" if number == 1 else f"{number} {several or one + 's'}"


def _made_visible(value: V) -> V:
    # One pass over the finished view, so that no field can be forgotten.
    if isinstance(value, str):
        return visible(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_made_visible(item) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        changed: dict[str, Any] = {field.name: _made_visible(getattr(value, field.name)) for field in fields(value)}
        return replace(value, **changed)
    return value


def _notices(coverage: Coverage, counts: Summary) -> tuple[str, ...]:
    units, claims = counted(coverage.units, "unit"), counted(counts.claims, "claim")
    conflicts = counts.conflicts + counts.other_conflicts
    found = (
        (coverage.units_open, f"of {units}", "not yet checked"),
        (counts.open, f"of {claims}", "open, without a verdict in force"),
        (counts.recheck, f"of {claims}", "to be checked again, because the text changed"),
        (conflicts, "conflict" if conflicts == 1 else "conflicts", "not resolved"),
    )
    return tuple(f"{n} {what} {'is' if n == 1 else 'are'} {state}." for n, what, state in found if n)


def _article(article: ReportArticle) -> tuple[Fact, ...]:
    return present(
        Fact("Byline", article.byline),
        Fact("Outlet", article.outlet),
        Fact("Published", day(article.published)),
        linked("Address", article.url),
        Fact("Length", counted(article.length, "character")),
        Fact("Version", f"{article.version} of {article.versions}" if article.versions > 1 else ""),
        Fact("Text hash" if article.versions > 1 else "Version", article.version_hash),
    )


def _summary(coverage: Coverage, counts: Summary) -> tuple[Fact, ...]:
    parts = [f"{counts.settled} with a verdict", f"{counts.open} open"]
    if counts.recheck:
        parts.append(f"{counts.recheck} to check again")
    if counts.gone:
        parts.append(f"{counts.gone} no longer in the article")
    if counts.conflicts:
        parts.append(f"{counts.conflicts} in conflict")
    units = (
        f"{coverage.units}, of which {coverage.units_checked} checked, {coverage.units_set_aside} set aside, "
        f"{coverage.units_open} open"
    )
    return (
        Fact("Claims", f"{counts.claims}, of which {', '.join(parts)}" if counts.claims else "none on record"),
        Fact("Units", units),
        Fact("Share of the text", coverage_line(coverage)),
    )


def _levels(model: ReportModel, counts: Summary) -> Table:
    rows = []
    for item in counts.levels:
        scale = model.scale(item.scale_key)
        name = f"{scale.name}, version {scale.version}" if scale else item.scale_key
        rows.append((name, f"{item.glyph} {item.label}", str(item.claims)))
    return Table(("Rating scale", "Level", "Claims"), tuple(rows))


def _units(units: tuple[ReportUnit, ...], *, with_reason: bool) -> Table:
    columns = ("Characters", "Kind", "Text", "Reason")
    rows = tuple(
        (
            f"{unit.span.start}–{unit.span.end}",
            unit.kind.replace("_", " "),
            excerpt(unit.text, 200),
            unit.reason.strip() or "no reason given",
        )
        for unit in units
    )
    return Table(columns, rows) if with_reason else Table(columns[:3], tuple(row[:3] for row in rows))


_SIGNS = {
    CoverageState.CHECKED: "█",
    CoverageState.SET_ASIDE: "▒",
    CoverageState.IN_WORK: "▄",
    CoverageState.TO_CHECK: "·",
}
_STRIP_CELLS = 64


def _coverage(model: ReportModel) -> CoverageView:
    """The coverage map, small enough for a line."""
    whole = model.coverage.characters
    rows = []
    for state in _SIGNS:
        units = [unit for unit in model.units if unit.state == state]
        size = sum(unit.span.length for unit in units)
        rows.append((state.replace("_", " "), str(len(units)), str(size), share(size, whole)))
    signs, at = [], 0
    for cell in range(_STRIP_CELLS if model.units else 0):
        middle = (2 * cell + 1) * whole // (2 * _STRIP_CELLS)
        while at + 1 < len(model.units) and model.units[at].span.end <= middle:
            at += 1
        signs.append(_SIGNS[model.units[at].state])
    return CoverageView(
        states=Table(("State", "Units", "Characters", "Share"), tuple(rows) if model.units else ()),
        strip="".join(signs),
        legend="  ".join(f"{sign} {state.replace('_', ' ')}" for state, sign in _SIGNS.items()) if signs else "",
    )


def _gone(model: ReportModel) -> Table:
    rows = tuple(
        (str(item.number), str(item.version) if item.version else "withdrawn", excerpt(item.words, 200), item.reason)
        for item in model.gone
    )
    return Table(("No.", "Last in version", "Text", "Reason"), rows)


def _conflict(item: ReportConflict) -> ConflictView:
    what = item.what if item.claim_number is None else f"Claim {item.claim_number}: {item.what}"
    return ConflictView(what, item.alternatives)


def _source(source: ReportSource) -> SourceView:
    criteria: tuple[tuple[str, ...], ...] = ()
    if source.profile is not None:
        criteria = tuple(
            (
                item.criterion.name,
                _STATES[item.state],
                item.note or _joined(item.assessment.evidence, item.assessment.address),
                _joined(item.assessment.assessor, moment(item.assessment.assessed_at)),
            )
            for item in source.profile.items
            if item.assessment is not None
        )
    ratings = roots(source.attestations)
    return SourceView(
        name=source.name.strip() or "Unnamed source",
        domain=source.domain,
        profile_line=source.profile.summary if source.profile else "not assessed",
        criteria=Table(("Criterion", "State", "Evidence", "Assessed by"), criteria),
        ratings_line=ratings.summary
        + (f"; these derive from each other: {', '.join(ratings.circular)}" if ratings.circular else ""),
        ratings=Table(
            ("Rater", "Rating", "Scale", "Date", "Builds on", "Root"),
            tuple(
                (
                    item.rater,
                    item.value,
                    item.scale,
                    day(item.dated),
                    ", ".join(item.derives_from) or "nothing known",
                    ", ".join(group.roots),
                )
                for group in ratings.groups
                for item in group.ratings
            ),
        ),
    )


def _joined(*parts: str) -> str:
    return " · ".join(part.strip() for part in parts if part.strip())


def _scale(scale: RatingScale) -> ScaleView:
    return ScaleView(
        name=scale.name,
        line=f"Published by {scale.publisher}; version {scale.version} ({scale.key})",
        note=scale.note,
        levels=Table(
            ("Level", "Meaning"), tuple((f"{level.glyph} {level.label}", level.definition) for level in scale.levels)
        ),
    )


def _about(model: ReportModel) -> tuple[Fact, ...]:
    return present(
        Fact("Generated", moment(model.generated_at)),
        Fact("Database", model.database),
        Fact("Made with", f"{model.tool_name} {model.tool_version}".strip()),
    )
