"""Reports: filling the report model from the store, and writing it where a person says."""

from collections.abc import Callable
from pathlib import Path

from sqlmodel import Session

from db import evidence, sources
from db import verdicts as stored
from db.identity import utc_now
from db.revisions import data_of, deciding
from db.store import Store
from db.tables import Confirmation, Resolution, Verdict
from db.vocabulary import Confidentiality, Kind, Relation, UnitState
from workbench import __version__
from workbench.errors import InputRefused
from workbench.files import write_whole
from workbench.matching import compare
from workbench.reports import Lint, lint_claimreview, to_claimreview, to_html, to_json, to_markdown
from workbench.reports.model import (
    ClaimStatus,
    Coverage,
    CoverageState,
    GoneClaim,
    MappedUnit,
    ReportAnchor,
    ReportArticle,
    ReportCitation,
    ReportClaim,
    ReportConflict,
    ReportModel,
    ReportResolution,
    ReportSource,
    ReportUnit,
    ReportVerdict,
    VerdictEntry,
)
from workbench.services import keys
from workbench.services.conflicts import ConflictService
from workbench.services.desks import desk_of
from workbench.services.leaks import quoting, refuse_quoting
from workbench.services.matching import day_of
from workbench.services.placing import placed
from workbench.services.reference_views import ArticleReferences
from workbench.services.references import references_of
from workbench.services.reread import sourcing_of
from workbench.services.sources import attested, profile_of
from workbench.services.status import DECIDED, level_of, reason_of
from workbench.services.verdicts import TEXT_CHANGED, checklist_of, origins_of
from workbench.services.views import CitationView, ClaimView, Desk, SourceView, Status, said_by
from workbench.text.anchors import same_words
from workbench.text.spans import Span
from workbench.verdicts import RatingScale, Rule, RuleState, Tone, load_scales
from workbench.verdicts import Role as ReportedRole
from workbench.verdicts import Stance as ReportedStance

RENDERERS: dict[str, Callable[[ReportModel], str]] = {
    "markdown": to_markdown,
    "html": to_html,
    "json": to_json,
    "claimreview": to_claimreview,
}
SUFFIX = {"markdown": ".md", "html": ".html", "json": ".json", "claimreview": ".jsonld"}


class ReportService:
    """Making reports."""

    def __init__(self, store: Store, desk: str) -> None:
        self._store = store
        self._desk = desk

    def model(self, article_key: str, *, even_quoting: bool = True, page: str = "") -> ReportModel:
        """Everything that a report on an article says. Raises NotFound, and InputRefused as `render` does.

        `page` is the address at which it will be published, for readers of its markup.
        """
        conflicts = ConflictService(self._store).list(article_key, for_report=True)
        with self._store.read() as session:
            desk = desk_of(session, keys.article(session, article_key))
            if not even_quoting:
                refuse_quoting(session, desk, conflicts)
            left_open = references_of(session, desk.article, placed(session, desk.article))
            filler = _Filler(session, desk, left_open)
            claims = tuple(filler.claim(view) for view in desk.claims if _reported(view))
            aside, unchecked = filler.units()
            return ReportModel(
                article=_article(desk),
                generated_at=utc_now(),
                database=self._desk or self._store.path.stem,
                tool_name="Claim Workbench",
                tool_version=__version__,
                coverage=_coverage(desk),
                claims=claims,
                units=tuple(
                    MappedUnit(Span(unit.start, unit.end), CoverageState(unit.state.value)) for unit in desk.units
                ),
                gone=tuple(
                    GoneClaim(view.number, view.anchor.words, view.anchor.last_in, view.anchor.reason)
                    for view in desk.orphans
                    if view.depth == 0 or view.verdicts or view.citations
                ),
                set_aside=aside,
                not_checked=unchecked,
                scales=filler.scales_used(),
                sources=filler.sources_used(),
                conflicts=tuple(
                    ReportConflict(view.title, tuple(choice.text for choice in view.choices))
                    for view in conflicts
                    if view.kind != Kind.VERDICT.value
                ),
                sourcing=sourcing_of(session, desk.article, desk.version),
                page=page,
            )

    def quoting(self, article_key: str) -> str:
        """What a report would repeat of confidential documents, in a sentence; empty where it repeats nothing."""
        conflicts = ConflictService(self._store).list(article_key, for_report=True)
        with self._store.read() as session:
            return quoting(session, desk_of(session, keys.article(session, article_key)), conflicts)

    def markup_lints(self, article_key: str, *, page: str = "") -> tuple[Lint, ...]:
        """What readers of an article's ClaimReview markup would refuse or dislike, each with its rule."""
        return lint_claimreview(self.model(article_key, page=page))

    def render(self, article_key: str, form: str, *, even_quoting: bool = False, page: str = "") -> str:
        """A report as text in "markdown", "html", "json" or "claimreview"; `page` is where it will be published.

        Raises InputRefused for another form and ConfidentialQuoted, naming the claims, where what would be in the report
        repeats words of a confidential document, unless `even_quoting`.
        """
        if form not in RENDERERS:
            raise InputRefused(f"There is no report form “{form}”.", f"There are: {', '.join(RENDERERS)}.")
        return RENDERERS[form](self.model(article_key, even_quoting=even_quoting, page=page))

    def write(
        self,
        article_key: str,
        form: str,
        path: Path,
        *,
        overwrite: bool = False,
        even_quoting: bool = False,
        page: str = "",
    ) -> Path:
        """Write a report to a file, whole or not at all.

        Raises InputRefused where the file exists or cannot be written, and as `render` does.
        """
        text = self.render(article_key, form, even_quoting=even_quoting, page=page)
        write_whole(path, text, overwrite=overwrite, store=self._store.path)
        return path


class _Filler:
    """Reads what the parts of one report need, and remembers what was used."""

    def __init__(self, session: Session, desk: Desk, left_open: ArticleReferences) -> None:
        self._session = session
        self._left_open = left_open
        self._desk = desk
        self._scales = load_scales()
        self._used_scales: dict[str, RatingScale] = {}
        self._used_sources: dict[str, SourceView] = {}

    def claim(self, view: ClaimView) -> ReportClaim:
        """One claim with its verdicts and citations."""
        claim = view.claim
        verdicts = tuple(self._verdict(view, verdict) for verdict in view.verdicts)
        found = view.anchor
        origins = self._origins(view)
        return ReportClaim(
            number=view.number,
            id=claim.id,
            span=Span(0, 0) if found.orphan else Span(claim.start, claim.end),
            quoted=found.words,
            wording=claim.wording,
            status=_REPORTED.get(view.status, ClaimStatus.CHECKED if view.status in DECIDED else ClaimStatus.OPEN),
            attribution=said_by(claim),
            kinds=tuple(claim.kinds),
            verdicts=verdicts,
            citations=tuple(self._citation(view, cited, origins) for cited in view.citations),
            gaps=self._gaps(view) if verdicts else (),
            anchor=ReportAnchor(
                state=found.state,
                version=found.last_in,
                made_in=found.made_in,
                made_words=found.made_words,
                quote=found.quote,
                placed_by=found.placed_by,
                reason=found.reason,
            ),
            relation="" if claim.relation is Relation.SENTENCE else claim.relation.value,
            original=view.original if view.edited else "",
            helper=claim.helper,
            resolutions=tuple(_resolution(one) for one in view.resolutions),
            left_open=tuple(dict.fromkeys(one.text for one in self._left_open.of(claim.id) if one.resolution is None)),
        )

    def _origins(self, view: ClaimView) -> dict[str, int]:
        """Numbers for the origins of what may be told of: a withheld document must not show as the copy of another one."""
        told = [
            cited.citation
            for cited in view.citations
            if cited.document is not None
            and evidence.confidentiality_of(self._session, cited.document) is not Confidentiality.CONFIDENTIAL
        ]
        return origins_of(self._session, told) if told else {}

    def _gaps(self, view: ClaimView) -> tuple[Rule, ...]:
        unmet: dict[str, Rule] = {}
        for verdict in view.verdicts:
            level = level_of(self._scales, verdict)
            rules = checklist_of(
                self._session,
                [cited.citation for cited in view.citations],
                rationale=verdict.rationale,
                missing=verdict.missing,
                rests_on_evidence=level.rests_on_evidence if level else True,
            )
            unmet.update({rule.id: rule for rule in rules if rule.state is RuleState.UNMET})
            if verdict.decision in view.stale:
                unmet[TEXT_CHANGED.id] = TEXT_CHANGED
        return tuple(unmet.values())

    def _verdict(self, view: ClaimView, verdict: Verdict) -> ReportVerdict:
        if verdict.scale in self._scales:
            used = self._scales[verdict.scale]
            self._used_scales[used.key] = used
        if not verdict.conflicted:
            return ReportVerdict(verdict.scale, verdict.scale_version, (self._entry(view, verdict),))
        entries = []
        for revision in stored.conflict(self._session, Kind.VERDICT, verdict.id).alternatives:
            decided = deciding(self._session, revision)
            data = data_of(revision) or {"level": "withdrawn", "rationale": "", "missing": ""}
            other = verdict.model_copy(
                update={
                    "level": data["level"],
                    "rationale": data["rationale"],
                    "missing": data["missing"],
                    "words": data.get("words", ""),
                    "author": decided.author,
                    "decided_at": decided.at,
                }
            )
            entries.append(self._entry(view, other))
        return ReportVerdict(verdict.scale, verdict.scale_version, tuple(entries))

    def _entry(self, view: ClaimView, verdict: Verdict) -> VerdictEntry:
        words = verdict.words or view.anchor.made_words
        held = [item for item in view.confirmations if item.holds == verdict.decision]
        level = level_of(self._scales, verdict)
        return VerdictEntry(
            level_id=verdict.level,
            label=level.label if level else verdict.level,
            glyph=level.glyph if level else "•",
            tone=level.tone if level else Tone.NEUTRAL,
            rationale=verdict.rationale,
            author=verdict.author,
            recorded_at=verdict.decided_at,
            missing=verdict.missing,
            final=level.final if level else True,
            judged="" if same_words(words, view.anchor.words) else words,
            confirmed="; ".join(_confirmed(item) for item in held if same_words(item.words, view.anchor.words)),
        )

    def _citation(self, view: ClaimView, cited: CitationView, origins: dict[str, int]) -> ReportCitation:
        citation, document = cited.citation, cited.document
        withheld = (
            document is None or evidence.confidentiality_of(self._session, document) is Confidentiality.CONFIDENTIAL
        )
        stance, role = ReportedStance(citation.stance.value), ReportedRole(citation.role.value)
        if document is None or withheld:
            why = "The document is confidential." if document else "The document is not in this database."
            return ReportCitation(
                stance=stance, role=role, quote="", locator="", document_title="", withheld=True, withheld_reason=why
            )
        if cited.source:
            self._used_sources[cited.source.source.id] = cited.source
        conflicts = [
            finding.message
            for finding in compare(view.claim.wording, citation.quote)
            if finding.relation.value not in ("consistent", "missing")
        ]
        return ReportCitation(
            stance=stance,
            role=role,
            quote=citation.quote,
            locator=citation.locator,
            document_title=document.title,
            document_id=str(document.id),
            document_hash=document.content_hash,
            source=cited.source.source.name if cited.source else document.source_name,
            authors=tuple(document.authors),
            published=day_of(document.published_at),
            address=document.url,
            accessed_on=citation.accessed_on,
            source_summary=cited.source.summary if cited.source else "no profile",
            discrepancies=tuple(conflicts),
            origin=origins.get(citation.document),
        )

    def units(self) -> tuple[tuple[ReportUnit, ...], tuple[ReportUnit, ...]]:
        """The units that were set aside, with reasons, and those that are not checked yet."""
        by_id = {view.claim.id: view for view in self._desk.claims}
        aside, unchecked = [], []
        for unit in self._desk.units:
            text = self._desk.version.text[unit.start : unit.end].strip()
            if unit.state is UnitState.SET_ASIDE:
                reason = reason_of(unit, by_id)
                aside.append(ReportUnit(Span(unit.start, unit.end), unit.kind.value, text, reason))
            elif unit.state is not UnitState.CHECKED:
                unchecked.append(ReportUnit(Span(unit.start, unit.end), unit.kind.value, text))
        return tuple(aside), tuple(unchecked)

    def scales_used(self) -> tuple[RatingScale, ...]:
        """The scales of the verdicts in the report."""
        return tuple(self._used_scales[key] for key in sorted(self._used_scales))

    def sources_used(self) -> tuple[ReportSource, ...]:
        """The sources of the citations in the report, by name."""
        result = []
        for view in sorted(self._used_sources.values(), key=lambda item: item.source.name):
            identity = [view.source.id]
            result.append(
                ReportSource(
                    name=view.source.name,
                    domain=", ".join(view.source.domains),
                    profile=profile_of(sources.assessments(self._session, identity)),
                    attestations=tuple(attested(sources.attestations(self._session, identity))),
                )
            )
        return tuple(result)


def _resolution(record: Resolution) -> ReportResolution:
    return ReportResolution(
        span=Span(record.start, record.end),
        text=record.text,
        type=record.type,
        choice=record.choice,
        author=record.author,
        recorded_at=record.decided_at,
        note=record.note,
        conflict=record.conflicted,
    )


def _reported(view: ClaimView) -> bool:
    """Claims with work in them, and every open sentence; what is set aside or covered and parts nobody has touched stay out."""
    if view.status in (Status.SET_ASIDE, Status.COVERED):
        return False
    if view.anchor.orphan:
        return bool(view.verdicts or view.citations)
    return bool(view.verdicts or view.citations) or view.claim.relation is Relation.SENTENCE


_REPORTED = {
    Status.CHANGED: ClaimStatus.RECHECK,
    Status.LOST: ClaimStatus.RECHECK,
    Status.GONE: ClaimStatus.GONE,
}


def _confirmed(item: Confirmation) -> str:
    note = f" ({item.note})" if item.note else ""
    return f"{item.author} on {item.decided_at:%Y-%m-%d}: still holds for the changed text{note}"


def _article(desk: Desk) -> ReportArticle:
    article, version = desk.article, desk.version
    return ReportArticle(
        title=article.title,
        length=len(version.text),
        version_hash=version.text_hash,
        byline=article.byline,
        outlet=article.outlet,
        published=article.published_on,
        url=article.url,
        language=version.language,
        version=version.ordinal,
        versions=len(desk.versions),
    )


def _coverage(desk: Desk) -> Coverage:
    states = [unit.state for unit in desk.units]
    return Coverage(
        characters_checked=desk.coverage.checked,
        characters_set_aside=desk.coverage.set_aside,
        characters_open=desk.coverage.in_work + desk.coverage.to_check,
        units_checked=states.count(UnitState.CHECKED),
        units_set_aside=states.count(UnitState.SET_ASIDE),
        units_open=desk.coverage.units_open,
    )
