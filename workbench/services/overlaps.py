"""Claims that overlap because two desks split or merged the same stretch differently, and choosing between their ways.

Each desk's decisions are whole in themselves, so no single thing has two heads; the conflict is between the claims that
stand. It is found by looking, shown like every other conflict, and settled by keeping one desk's claims.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from db import articles
from db.identity import derived
from db.store import Write
from db.tables import ArticleVersion, Claim, Cut
from db.tables.articles import CutData
from db.vocabulary import Kind, Relation, UnitKind
from workbench.errors import InputRefused, NotFound
from workbench.services.placing import placed_around
from workbench.services.store_views import Choice, ConflictView

KIND = "overlap"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Sentence claims of one version that share text, in order, by the device that made them."""

    claims: tuple[Claim, ...]

    @property
    def entity(self) -> str:
        """What the conflict is named by: its smallest claim identifier, the same at every desk."""
        return min(claim.id for claim in self.claims)

    def ways(self) -> list[tuple[Claim, ...]]:
        """The claims that belong together: made at one desk in place of the same ones."""
        together: dict[tuple[str, tuple[str, ...]], list[Claim]] = {}
        for claim in self.claims:
            together.setdefault((claim.device, tuple(claim.replaces)), []).append(claim)
        return [tuple(claims) for _, claims in sorted(together.items())]


def find(claims: Sequence[Claim]) -> list[Overlap]:
    """The overlaps among the claims of one version."""
    sentences = [claim for claim in claims if claim.relation is Relation.SENTENCE and not claim.withdrawn]
    sentences.sort(key=lambda claim: (claim.start, claim.end, claim.id))
    groups: list[list[Claim]] = []
    end = -1
    for claim in sentences:
        if groups and claim.start < end:
            groups[-1].append(claim)
        else:
            groups.append([claim])
            end = -1
        end = max(end, claim.end)
    return [Overlap(tuple(group)) for group in groups if len(group) > 1]


def views(claims: Sequence[Claim], numbers: dict[str, int]) -> list[ConflictView]:
    """The overlaps among the claims of one version, in words."""
    result = []
    for overlap in find(claims):
        named = ", ".join(str(numbers[claim.id]) for claim in overlap.claims if claim.id in numbers)
        choices = tuple(
            Choice(
                rid=way[0].rid,
                author=way[0].author,
                at=way[0].decided_at,
                text=" | ".join(claim.wording for claim in way),
                data={"claims": [claim.id for claim in way]},
            )
            for way in overlap.ways()
        )
        title = f"claims {named} overlap: the same words were split or merged differently"
        result.append(ConflictView(KIND, overlap.entity, title, overlap.claims[0].id, choices))
    return result


def resolve(unit: Write, claim: Claim, rid: str) -> None:
    """Keep the claims of one desk in an overlap, withdraw the others, and cut the units accordingly.

    Raises NotFound where there is no such choice, InputRefused where a claim to be withdrawn has citations or a verdict.
    """
    session = unit.session
    places = placed_around(session, claim)
    overlap = next((found for found in find(places.standing()) if found.entity == claim.id), None)
    chosen = (
        [way for way in overlap.ways() if way[0].rid.startswith(rid) or way[0].rid.endswith(rid)] if overlap else []
    )
    if overlap is None or len(chosen) != 1:
        raise NotFound(
            "There is no such choice in an open conflict.", "List the conflicts, then choose one of their decisions."
        )
    kept = {kept_claim.id for kept_claim in chosen[0]}
    others = [other for other in overlap.claims if other.id not in kept]
    if articles.decided_about(session, [other.id for other in others]):
        raise InputRefused(
            "A claim that would go has citations or a verdict.",
            "Keep its way, or withdraw what was decided about it first.",
        )
    for other in others:
        unit.journal.record(Kind.CLAIM, other.id, None)
    _recut(unit, places.version, overlap, chosen[0])


def _recut(unit: Write, version: ArticleVersion, overlap: Overlap, kept: Sequence[Claim]) -> None:
    session = unit.session
    start, end = overlap.claims[0].start, max(claim.end for claim in overlap.claims)
    wanted = {claim.start for claim in kept if claim.start > start} | {claim.end for claim in kept if claim.end < end}
    wanted = {_after_space(version.text, offset) for offset in wanted}
    for piece in articles.units(session, version.id):
        if start < piece.start < end and piece.start not in wanted:
            data = CutData(version_id=version.id, offset=piece.start, present=False, kind=piece.kind)
            unit.journal.record(Kind.CUT, derived("cut", version.id, piece.start), data)
    starts = {piece.start for piece in articles.units(session, version.id)}
    for offset in sorted(wanted - starts):
        known = session.get(Cut, derived("cut", version.id, offset))
        data = CutData(
            version_id=version.id, offset=offset, present=True, kind=known.kind if known else UnitKind.SENTENCE
        )
        unit.journal.record(Kind.CUT, derived("cut", version.id, offset), data)


def _after_space(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset
