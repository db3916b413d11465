"""The report as Markdown (CommonMark with tables), with every piece of user text escaped."""

import re
from collections.abc import Iterable, Iterator, Sequence

from workbench.reports.building import build
from workbench.reports.model import ReportModel
from workbench.reports.view import (
    CitationView,
    ClaimView,
    Fact,
    ReportView,
    ScaleView,
    SourceView,
    SourcingView,
    Table,
    VerdictView,
)

_SPECIAL = re.compile(
    r"[\\`*_\[\]<#|{}$@]"
    r"|~(?!\s)"  # a tilde before white space strikes nothing out
    r"|&(?=#?\w+;)"  # an entity would turn into another character
    r"|:(?=//)"  # what some readers turn into links by themselves: addresses and bare host names
    r"|(?<=\w)\.(?=[^\W\d_]{2})"
)
_LINE_START = re.compile(r"([+\-=>:])")
_NUMBERED = re.compile(r"(\d+)([.)])")


def to_markdown(model: ReportModel) -> str:
    """The whole report. No text from the model can become a heading, a link, a list, a table cell or HTML."""
    view = build(model)
    blocks = [
        f"# Fact-check report: {inline(view.title)}",
        "\n".join(_quote("\n".join(view.notices), bold=True)),
        *_head(view),
        *_claims(view),
        *_rest(view),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def inline(text: str) -> str:
    """User text on one line, escaped so that Markdown shows it as it is."""
    line = _SPECIAL.sub(r"\\\g<0>", re.sub(r"[ \t\n]+", " ", text).strip())
    line = _LINE_START.sub(r"\\\1", line, count=1) if _LINE_START.match(line) else line
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line


def _paragraphs(text: str) -> Iterator[str]:
    """Lines of user text, escaped; line breaks are kept, a blank line parts paragraphs."""
    for paragraph in re.split(r"\n[ \t]*\n", text):
        lines = [found for line in paragraph.split("\n") if (found := inline(line))]
        if lines:
            yield "\\\n".join(lines)


def _quote(text: str, *, bold: bool = False) -> list[str]:
    paragraphs = [f"**{found}**" if bold else found for found in _paragraphs(text)]
    lines = "\n\n".join(paragraphs).split("\n") if paragraphs else []
    return [f"> {line}".rstrip() for line in lines]


def _fact(fact: Fact) -> str:
    value = inline(fact.value)
    if fact.href is not None:
        value = f"[{value}](<{fact.href.replace('&', '&amp;')}>)"
    return f"{fact.label}: {value}" if fact.label else value


def _line(facts: Iterable[Fact]) -> str:
    return " · ".join(_fact(fact) for fact in facts)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(table: Table) -> str:
    if not table.rows:
        return ""
    rows = [table.columns, *table.rows]
    lines = ["| " + " | ".join(inline(cell) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(table.columns), *lines[1:]])


def _head(view: ReportView) -> Iterator[str]:
    yield "## Summary"
    yield _list(_fact(fact) for fact in view.summary)
    yield _table(view.levels)
    yield _table(
        Table(
            ("No.", "Verdict", "Claim"),
            tuple((str(claim.number), claim.headline, claim.excerpt) for claim in view.claims),
        )
    )
    yield "## Article"
    yield _list(_fact(fact) for fact in view.article)
    if view.coverage.strip:
        yield "## Coverage"
        yield _table(view.coverage.states)
        yield f"{inline(view.coverage.strip)}\\\n{inline(view.coverage.legend)}"


def _claims(view: ReportView) -> Iterator[str]:
    yield "## Claims"
    if not view.claims:
        yield "No claim is on record."
    for claim in view.claims:
        yield from _claim(claim)


def _claim(claim: ClaimView) -> Iterator[str]:
    yield f"### {claim.number} · {inline(claim.headline)}"
    yield "\n".join(_quote(claim.quoted))
    yield _line(claim.facts)
    if claim.wording.strip():
        yield f"Wording that was checked: {inline(claim.wording)}"
    if claim.resolved:
        yield "What its words stand for:"
        yield _list(inline(text) for text in claim.resolved)
    if claim.left_open:
        yield f"Left open by the text: {inline(claim.left_open)}"
    for verdict in claim.verdicts:
        yield from _verdict(verdict)
    if claim.citations:
        yield "**Evidence**"
        yield "\n\n".join(_citation(number, item) for number, item in enumerate(claim.citations, start=1))
    if claim.gaps:
        yield "**Still missing**"
        yield _list(inline(gap) for gap in claim.gaps)


def _verdict(verdict: VerdictView) -> Iterator[str]:
    if verdict.caution:
        yield f"**{inline(verdict.caution)}**"
    for number, entry in enumerate(verdict.entries, start=1):
        # A verdict that is not in force is never set in bold.
        label = f"Recorded, {number}: {inline(entry.label)}" if verdict.caution else f"**{inline(entry.label)}**"
        yield f"{label} · {inline(verdict.scale)} · {inline(entry.meta)}"
        yield from _paragraphs(entry.rationale)
        if entry.missing.strip():
            yield f"Missing: {inline(entry.missing)}"


def _citation(number: int, citation: CitationView) -> str:
    marker = f"{number}. "
    blocks = [
        f"**{inline(citation.lead)}**",
        "\n".join(_quote(citation.quote)),
        _line(citation.where),
        _line(citation.trace),
        _list(f"**Differs:** {inline(warning)}" for warning in citation.warnings),
    ]
    lines = "\n\n".join(block for block in blocks if block).split("\n")
    rest = (" " * len(marker) + line if line else "" for line in lines[1:])
    return "\n".join([marker + lines[0], *rest])


def _rest(view: ReportView) -> Iterator[str]:
    if view.conflicts:
        yield "## Other conflicts, not resolved"
        for conflict in view.conflicts:
            yield f"**{inline(conflict.what)}**" if inline(conflict.what) else ""
            yield _list(f"Alternative {n}: {inline(text)}" for n, text in enumerate(conflict.alternatives, start=1))
    yield from _section("No longer in the article", view.gone)
    if view.sourcing is not None:
        yield from _sourcing(view.sourcing)
    yield from _section("Not yet checked", view.not_checked)
    yield from _section("Set aside", view.set_aside)
    if view.sources:
        yield "## Sources"
        for source in view.sources:
            yield from _source(source)
    if view.scales:
        yield "## Rating scales"
        for scale in view.scales:
            yield from _scale(scale)
    yield "## About this report"
    yield _list(_fact(fact) for fact in view.about)


def _sourcing(found: SourcingView) -> Iterator[str]:
    yield "## How the article sources itself"
    yield _table(found.particulars)
    yield _table(found.claims)
    yield _table(found.unnamed)
    yield _table(found.quotations)


def _section(title: str, table: Table) -> Sequence[str]:
    return (f"## {title}", _table(table)) if table.rows else ()


def _source(source: SourceView) -> Iterator[str]:
    yield f"### {inline(source.name)}"
    domain = f"{inline(source.domain)} · " if source.domain.strip() else ""
    yield f"{domain}Criteria: {inline(source.profile_line)} · Others: {inline(source.ratings_line)}"
    yield _table(source.criteria)
    yield _table(source.ratings)


def _scale(scale: ScaleView) -> Iterator[str]:
    yield f"### {inline(scale.name)}"
    yield inline(scale.line)
    yield inline(scale.note)
    yield _table(scale.levels)
