"""Small fictional content for tests of the store."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import Session

from db import evidence
from db.exchange.inspect import inspect
from db.exchange.merge import MergeReport, merge
from db.exchange.pack import PackSummary, pack
from db.identity import derived, sha256, uuid7
from db.revisions import Actor
from db.store import Store, Write
from db.tables.articles import ArticleData, ClaimData, CutData, VersionData
from db.tables.evidence import HandlingData
from db.tables.sources import SourceData
from db.tables.verdicts import CitationData, DismissalData, VerdictData
from db.vocabulary import Confidentiality, Kind, Relation, Role, Stance, UnitKind

MakeStore = Callable[[str], Store]

TEXT = "Der Hafen wuchs um zwölf Prozent. The port handled 4.2 million tons in 2023. Nobody objected."
NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def actor(name: str) -> Actor:
    """A person at a device of their own."""
    return Actor(uuid7(), name)


def version(unit: Write, text: str = TEXT) -> str:
    """An article with one version; returns the version's identifier."""
    article = uuid7()
    unit.journal.record(Kind.ARTICLE, article, ArticleData(title="The port of Nordhaven"))
    entity = uuid7()
    data = VersionData(
        article_id=article,
        ordinal=1,
        text=text,
        text_hash=sha256(text.encode()),
        units=[[0, "title"], [34, "sentence"]],
    )
    unit.journal.record(Kind.VERSION, entity, data)
    return entity


def claim_data(version_id: str, wording: str = "The port handled 4.2 million tons.") -> ClaimData:
    """What a claim says."""
    return ClaimData(
        version_id=version_id, start=34, end=77, fragments=[[34, 77]], wording=wording, relation=Relation.SENTENCE
    )


def claim(unit: Write, version_id: str, wording: str = "The port handled 4.2 million tons.") -> str:
    """A claim; returns its identifier."""
    entity = uuid7()
    unit.journal.record(Kind.CLAIM, entity, claim_data(version_id, wording))
    return entity


def verdict_data(claim_id: str, level: str, rationale: str = "") -> VerdictData:
    """What a verdict says."""
    return VerdictData(claim_id=claim_id, scale="truth", scale_version="1", level=level, rationale=rationale)


def verdict(unit: Write, claim_id: str, level: str, rationale: str = "", *, resolve: bool = False) -> str:
    """The verdict on a claim, one entity at every desk; returns its identifier."""
    entity = derived("verdict", claim_id, "truth")
    unit.journal.record(Kind.VERDICT, entity, verdict_data(claim_id, level, rationale), resolve=resolve)
    return entity


def cite(unit: Write, claim_id: str, document: str, quote: str = "the port", note: str = "") -> str:
    """A citation; returns its identifier."""
    entity = uuid7()
    data = CitationData(
        claim_id=claim_id, document=document, start=0, end=len(quote), quote=quote, locator="para 1",
        stance=Stance.SUPPORTS, role=Role.PRIMARY, accessed_on=date(2024, 5, 6), note=note,
    )  # fmt: skip
    unit.journal.record(Kind.CITATION, entity, data)
    return entity


def dismiss(unit: Write, claim_id: str, document: str) -> str:
    """A dismissal; returns its identifier."""
    entity = derived("dismissal", claim_id, document, 0)
    unit.journal.record(Kind.DISMISSAL, entity, DismissalData(claim_id=claim_id, document=document, start=0))
    return entity


def handle(unit: Write, document: str, how: Confidentiality, *, resolve: bool = False) -> str:
    """A decision about a document's confidentiality; returns its identifier."""
    entity = derived("handling", document)
    unit.journal.record(Kind.HANDLING, entity, HandlingData(document=document, confidentiality=how), resolve=resolve)
    return entity


def cut(unit: Write, version_id: str, offset: int, *, present: bool = True, resolve: bool = False) -> str:
    """A cut; returns its identifier."""
    entity = derived("cut", version_id, offset)
    data = CutData(version_id=version_id, offset=offset, present=present, kind=UnitKind.SENTENCE)
    unit.journal.record(Kind.CUT, entity, data, resolve=resolve)
    return entity


def source(unit: Write, name: str, entity: str = "") -> str:
    """A source; returns its identifier."""
    entity = entity or uuid7()
    unit.journal.record(Kind.SOURCE, entity, SourceData(name=name))
    return entity


def document(
    session: Session,
    title: str,
    text: str = "The port authority counted every ton. It published the figures in spring.",
    *,
    confidentiality: Confidentiality = Confidentiality.PUBLIC,
    external_id: str = "",
    source_name: str = "Nordhaven Port Authority",
) -> str:
    """A document of two passages; returns its content hash."""
    middle = len(text) // 2
    new = evidence.NewDocument(
        title=title,
        text=text,
        passages=(evidence.NewPassage(0, middle, "para 1"), evidence.NewPassage(middle, len(text), "para 2")),
        source_name=source_name,
        authors=("A. Nonymous",),
        url="https://www.port.example/figures",
        domain="port.example",
        published_at="2024-03-01",
        confidentiality=confidentiality,
        external_id=external_id,
    )
    evidence.add(session, [new], NOW)
    return new.content_hash


def send(giver: Store, taker: Store, folder: Path, *, even_quoting: bool = True) -> tuple[PackSummary, MergeReport]:
    """Pack one store and merge it into another, by way of a preview that must say the same."""
    target = folder / f"{uuid7()}.pack"
    summary = pack(giver, target, desk=giver.actor.name, even_quoting=even_quoting)
    with inspect(target, own=taker.path) as foreign:
        preview = merge(taker, foreign, preview=True)
        report = merge(taker, foreign, preview=False)
    assert report == preview
    target.unlink()
    return summary, report
