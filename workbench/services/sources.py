"""Sources: what they are, how they work, what others say of them, and which documents come from them."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from db import sources as stored
from db.identity import derived, utc_now, uuid7
from db.store import Store, Write
from db.tables import Assessment, Attestation, Citation, Document, Source
from db.tables.sources import AssessmentData, AttestationData, SourceData
from db.vocabulary import CriterionState, Kind, SourceKind
from workbench import credibility
from workbench.credibility import Criteria, Criterion, Profile, domain_of, load_criteria, matches, roots
from workbench.errors import InputRefused
from workbench.services import keys
from workbench.services.views import SourceDetail, SourceView


class Resolver:
    """Finds the source of a document by its address, else by the name it gives; reads all sources once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.sources = stored.sources(session)
        self._names = {
            name.casefold(): source for source in reversed(self.sources) for name in (source.name, *source.aliases)
        }
        self._views: dict[str, SourceView] = {}
        self._by_domain: dict[str, Source | None] = {}

    def of(self, document: Document) -> SourceView | None:
        """The source of a document, or None where nobody has described it yet."""
        source = self.source_of(document)
        return self.view(source) if source else None

    def source_of(self, document: Document) -> Source | None:
        """The source record of a document."""
        return self._named(document.source_name, document.domain)

    def _named(self, name: str, domain: str) -> Source | None:
        named = self._names.get(name.casefold()) if name else None
        if named is not None or not domain:
            return named
        if domain not in self._by_domain:
            self._by_domain[domain] = self._longest(domain)
        return self._by_domain[domain]

    def _longest(self, host: str) -> Source | None:
        fitting = [
            (len(domain), source) for source in self.sources for domain in source.domains if matches(domain, host)
        ]
        return max(fitting, key=lambda pair: (pair[0], pair[1].id))[1] if fitting else None

    def view(self, source: Source) -> SourceView:
        """A source at a glance."""
        if source.id not in self._views:
            assessments = stored.assessments(self._session, [source.id])
            attestations = stored.attestations(self._session, [source.id])
            self._views[source.id] = SourceView(
                source=source,
                summary=profile_of(assessments).summary,
                attestations=len(attestations),
                raters=len(roots(attested(attestations)).groups),
                documents=self._documents(source),
            )
        return self._views[source.id]

    def all(self) -> list[SourceView]:
        """Every source at a glance, by name."""
        return [self.view(source) for source in self.sources]

    def documents(self, source: Source, limit: int = 50) -> list[Document]:
        """Documents that come from a source, the first ones by number."""
        query = select(Document).where(self._mentions(source)).order_by(col(Document.id)).limit(limit)
        return [found for found in self._session.exec(query) if self._is(self.source_of(found), source)]

    def _documents(self, source: Source) -> int:
        query = select(col(Document.source_name), col(Document.domain), func.count()).where(self._mentions(source))
        groups = self._session.exec(query.group_by(col(Document.source_name), col(Document.domain)))
        return sum(count for name, domain, count in groups if self._is(self._named(name, domain), source))

    @staticmethod
    def _mentions(source: Source) -> ColumnElement[bool]:
        names = [name.lower() for name in (source.name, *source.aliases)]
        conditions: list[ColumnElement[bool]] = [func.lower(col(Document.source_name)).in_(names)]
        for domain in source.domains:
            conditions.append(col(Document.domain) == domain)
            conditions.append(col(Document.domain).endswith("." + domain, autoescape=True))
        return or_(*conditions)

    @staticmethod
    def _is(found: Source | None, source: Source) -> bool:
        return found is not None and found.id == source.id


def profile_of(assessments: Iterable[Assessment]) -> Profile:
    """The profile that stored assessments make."""
    criteria = load_criteria()
    known = {criterion.id for criterion in criteria.items}
    given = [
        credibility.Assessment(
            criterion=item.criterion,
            state=credibility.State(item.state.value),
            evidence=item.evidence,
            assessor=item.assessor,
            assessed_at=datetime.combine(item.assessed_on, time(), tzinfo=UTC),
        )
        for item in assessments
        if item.criterion in known
    ]
    return credibility.profile(criteria, given)


def attested(attestations: Iterable[Attestation]) -> list[credibility.Attestation]:
    """Stored attestations as the values that the lineage engine reads."""
    return [
        credibility.Attestation(
            rater=item.rater,
            value=item.value,
            scale=item.scale,
            dated=item.rated_on,
            derives_from=(item.derives_from,) if item.derives_from else (),
            address=item.url,
        )
        for item in attestations
    ]


class SourceService:
    """Describing and assessing sources."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self) -> list[SourceView]:
        """Every source by name."""
        with self._store.read() as session:
            return Resolver(session).all()

    def get(self, key: str) -> SourceDetail:
        """A source with its whole profile, others' ratings, and documents from it. Raises NotFound."""
        with self._store.read() as session:
            source = keys.source(session, key)
            resolver = Resolver(session)
            documents = resolver.documents(source)
            cited = session.exec(
                select(func.count())
                .select_from(Citation)
                .where(col(Citation.document).in_([document.content_hash for document in documents]))
            ).one()
            return SourceDetail(
                view=resolver.view(source),
                profile=profile_of(stored.assessments(session, [source.id])),
                attestations=tuple(stored.attestations(session, [source.id])),
                documents=tuple(documents),
                cited=cited,
            )

    def add(
        self,
        name: str,
        *,
        kind: SourceKind = SourceKind.OUTLET,
        domains: Sequence[str] = (),
        aliases: Sequence[str] = (),
        owner: str = "",
        note: str = "",
    ) -> Source:
        """Describe a source. Raises InputRefused for an empty name, a bad domain, or a name that is taken."""
        data = _data(name, kind, domains, aliases, owner, note)
        with self._store.write("add a source") as unit:
            if any(other.name.casefold() == data.name.casefold() for other in stored.sources(unit.session)):
                raise InputRefused(f"There is a source named “{data.name}” already.", "Edit that one.")
            identity = uuid7()
            unit.journal.record(Kind.SOURCE, identity, data)
            return unit.session.get_one(Source, identity)

    def edit(
        self,
        key: str,
        *,
        name: str | None = None,
        kind: SourceKind | None = None,
        domains: Sequence[str] | None = None,
        aliases: Sequence[str] | None = None,
        owner: str | None = None,
        note: str | None = None,
    ) -> Source:
        """Change what is given of a source's description."""
        with self._store.write("edit a source") as unit:
            source = keys.source(unit.session, key)
            data = _data(
                source.name if name is None else name,
                source.kind if kind is None else kind,
                source.domains if domains is None else domains,
                source.aliases if aliases is None else aliases,
                source.owner if owner is None else owner,
                source.note if note is None else note,
            )
            unit.journal.record(Kind.SOURCE, source.id, data)
            return source

    def withdraw(self, key: str) -> None:
        """Take a source back, with its assessments and attestations; history keeps them."""
        with self._store.write("withdraw a source") as unit:
            source = keys.source(unit.session, key)
            for assessment in stored.assessments(unit.session, [source.id]):
                unit.journal.record(Kind.ASSESSMENT, assessment.id, None)
            for attestation in stored.attestations(unit.session, [source.id]):
                unit.journal.record(Kind.ATTESTATION, attestation.id, None)
            unit.journal.record(Kind.SOURCE, source.id, None)

    def assess(
        self,
        key: str,
        criterion: str,
        state: CriterionState,
        *,
        evidence: str = "",
        assessor: str | None = None,
        assessed_on: date | None = None,
    ) -> Assessment:
        """Say how a source meets one criterion. Without evidence only "unknown" can be said; raises InputRefused else."""
        with self._store.write("assess a source") as unit:
            source = keys.source(unit.session, key)
            return self._assess(
                unit,
                source.id,
                criterion,
                state,
                evidence,
                assessor or self._store.actor.name,
                assessed_on or utc_now().date(),
            )

    def _assess(
        self, unit: Write, source_id: str, criterion: str, state: CriterionState, evidence: str, assessor: str, on: date
    ) -> Assessment:
        known = [item.id for item in load_criteria().items]
        if criterion not in known:
            raise InputRefused(f"There is no criterion “{criterion}”.", f"There are: {', '.join(known)}.")
        if state is not CriterionState.UNKNOWN and not evidence.strip():
            raise InputRefused(
                f"{criterion}: “{state.value}” needs evidence.",
                "Say what was seen and where; without evidence it stays unknown.",
            )
        identity = derived("assessment", source_id, criterion)
        data = AssessmentData(
            source_id=source_id,
            criterion=criterion,
            state=state,
            evidence=keys.bounded(evidence.strip(), "evidence"),
            assessor=keys.bounded(assessor, "assessor", 200),
            assessed_on=on,
        )
        unit.journal.record(Kind.ASSESSMENT, identity, data)
        return unit.session.get_one(Assessment, identity)

    def attest(
        self,
        key: str,
        rater: str,
        value: str,
        *,
        scale: str = "",
        rated_on: date | None = None,
        derives_from: str = "",
        url: str = "",
    ) -> Attestation:
        """Note somebody else's rating of a source, in that rater's own scale."""
        with self._store.write("note a rating of a source") as unit:
            source = keys.source(unit.session, key)
            data = AttestationData(
                source_id=source.id,
                rater=_needed(rater, "rater"),
                value=_needed(value, "rating"),
                scale=keys.bounded(scale, "scale", 200),
                rated_on=rated_on or utc_now().date(),
                derives_from=keys.bounded(derives_from, "lineage", 200),
                url=keys.bounded(url, "address", 2000),
            )
            identity = uuid7()
            unit.journal.record(Kind.ATTESTATION, identity, data)
            return unit.session.get_one(Attestation, identity)

    def import_json(self, data: bytes, name: str) -> int:
        """Take in a list of sources with assessments and attestations; all of it or nothing. Returns how many.

        A source whose name is known is left as it is. Raises InputRefused, naming the entry.
        """
        try:
            rows = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise InputRefused(f"{name} is not JSON: {error}.", "Nothing was taken in.") from error
        if isinstance(rows, dict):
            rows = rows.get("sources")
        if not isinstance(rows, list):
            raise InputRefused(f"{name} must hold a list of sources, or an object with one.", "Nothing was taken in.")
        added = 0
        with self._store.write("bring in sources") as unit:
            names = {other.name.casefold() for other in stored.sources(unit.session)}
            for number, row in enumerate(rows, 1):
                try:
                    added += self._import_row(unit, row, names)
                except InputRefused as error:
                    raise InputRefused(f"{name}, source {number}: {error.message}", error.hint) from error
                except (KeyError, TypeError, ValueError, AttributeError, ValidationError) as error:
                    raise InputRefused(
                        f"{name}, source {number} is not of the expected form ({type(error).__name__}: {error}).",
                        "Nothing was taken in.",
                    ) from error
        return added

    def _import_row(self, unit: Write, row: dict[str, Any], names: set[str]) -> int:
        data = _data(
            row["name"],
            SourceKind(row.get("kind", "outlet")),
            row.get("domains", []),
            row.get("aliases", []),
            row.get("owner") or "",
            row.get("note") or "",
        )
        if data.name.casefold() in names:
            return 0
        names.add(data.name.casefold())
        identity = uuid7()
        unit.journal.record(Kind.SOURCE, identity, data)
        for item in row.get("assessments", []):
            self._assess(
                unit,
                identity,
                item["criterion"],
                CriterionState(item["state"]),
                item.get("evidence") or "",
                item["assessor"],
                date.fromisoformat(item["assessed_on"]),
            )
        for item in row.get("attestations", []):
            attestation = AttestationData(
                source_id=identity,
                rater=_needed(item["rater"], "rater"),
                value=_needed(str(item["value"]), "rating"),
                scale=item.get("scale") or "",
                rated_on=date.fromisoformat(item["rated_on"]),
                derives_from=item.get("derives_from") or "",
                url=item.get("url") or "",
            )
            unit.journal.record(Kind.ATTESTATION, uuid7(), attestation)
        return 1

    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria that sources are assessed by."""
        return self.criteria_set().items

    @staticmethod
    def criteria_set() -> Criteria:
        """The versioned set that the criteria come from."""
        return load_criteria()


def _needed(text: str, what: str) -> str:
    stripped = keys.bounded(text, what, 200).strip()
    if not stripped:
        raise InputRefused(f"The {what} is empty.", f"Give a {what}.")
    return stripped


def _data(
    name: str, kind: SourceKind, domains: Sequence[str], aliases: Sequence[str], owner: str, note: str
) -> SourceData:
    cleaned = []
    for given in domains:
        host = domain_of(given)
        if not host or "." not in host:
            raise InputRefused(f"“{given}” is no domain.", "Give it as in outlet.example.")
        cleaned.append(host)
    return SourceData(
        name=_needed(name, "name"),
        kind=kind,
        domains=sorted(set(cleaned)),
        aliases=sorted({_needed(alias, "alias") for alias in aliases}),
        owner=keys.bounded(owner, "owner", 200),
        note=keys.bounded(note, "note"),
    )
