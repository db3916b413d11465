"""Where the claims of an article stand in its latest version: the one owner of places.

A claim stays in the version in which it was made. Everything that is shown, judged or exported works on copies of the
claims that carry their place in the latest version; decisions are recorded about the claims themselves.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from db import articles
from db.tables import Anchor, Article, ArticleVersion, Claim, Revision, Unit
from db.vocabulary import Kind, Relation
from workbench.errors import NotFound
from workbench.services.anchored import Anchored
from workbench.text.anchors import AnchorState, Edition, Place, Standing, anchor, same_words
from workbench.text.spans import Span


@dataclass(frozen=True, slots=True)
class Placed:
    """The claims of an article, in order of its latest version, those that are not in it any more at the end.

    `claims` are copies with their place in `version`; an orphan's is empty, at the end of the text. `anchors` say of
    each what became of it, and hold the words that it stands on. `disputed` were placed differently by two desks.
    """

    versions: tuple[ArticleVersion, ...]
    units: tuple[Unit, ...]
    claims: tuple[Claim, ...]
    anchors: Mapping[str, Anchored]
    disputed: frozenset[str]

    @property
    def version(self) -> ArticleVersion:
        """The latest version."""
        return self.versions[-1]

    def one(self, identity: str) -> Claim:
        """The copy of a claim with its place. Raises NotFound for one that was withdrawn."""
        found = next((claim for claim in self.claims if claim.id == identity), None)
        if found is None:
            raise NotFound("This claim is not on the desk any more.", "Undo what took it off, or choose another.")
        return found

    def standing(self) -> list[Claim]:
        """The claims that have a place and are not withdrawn."""
        return [
            claim
            for claim in self.claims
            if not claim.withdrawn and self.anchors[claim.id].state is not AnchorState.ORPHAN
        ]

    def bare_units(self) -> list[Unit]:
        """The units with words on which no whole sentence stands."""
        spans = sorted((claim.start, claim.end) for claim in self.standing() if claim.relation is Relation.SENTENCE)
        starts = [start for start, _ in spans]
        text = self.version.text
        found = []
        for unit in self.units:
            before = bisect_right(starts, unit.start) - 1
            reached = max((end for _, end in spans[: before + 1]), default=0) > unit.start
            within = bisect_right(starts, unit.end - 1) - 1 > before
            if not reached and not within and text[unit.start : unit.end].strip():
                found.append(unit)
        return found


def placed(session: Session, article: Article) -> Placed:
    """The claims of an article with their places. Raises NotFound where a share has brought it without its text."""
    versions = articles.versions(session, article.id)
    if not versions:
        raise NotFound(f"The text of “{article.title}” is not in this database.", "Merge a share that holds it.")
    claims = articles.claims_of_article(session, article.id)
    pins = articles.anchors(session, [claim.id for claim in claims]) if len(versions) > 1 else []
    places = _places(versions, claims, pins)
    anchors = {claim.id: _anchored(versions, claim, places.get(claim.id), pins) for claim in claims}
    copies = [_copy(versions, claim, places.get(claim.id)) for claim in claims]
    lost = AnchorState.ORPHAN
    return Placed(
        versions=tuple(versions),
        units=tuple(articles.units(session, versions[-1].id)),
        claims=(
            *articles.in_order([copy for copy in copies if anchors[copy.id].state is not lost]),
            *sorted(
                (copy for copy in copies if anchors[copy.id].state is lost),
                key=lambda copy: (anchors[copy.id].last_in, anchors[copy.id].last_start, bool(copy.parent_id), copy.id),
            ),
        ),
        anchors=anchors,
        disputed=frozenset(pin.claim_id for pin in pins if pin.conflicted and pin.version_id == versions[-1].id),
    )


def placed_around(session: Session, claim: Claim) -> Placed:
    """The claims of the article that a claim belongs to. Raises NotFound where that is not here."""
    version = session.get(ArticleVersion, claim.version_id)
    identity = version.article_id if version else _article_of_withdrawn(session, claim.version_id)
    article = session.get(Article, identity) if identity else None
    if article is None:
        raise NotFound("The article of this claim is not on this desk.", "Bring it back first.")
    return placed(session, article)


def _article_of_withdrawn(session: Session, version_id: str) -> str | None:
    query = select(func.json_extract(col(Revision.body), "$.data.article_id")).where(
        Revision.entity == version_id, Revision.kind == Kind.VERSION
    )
    return next((str(found) for found in session.exec(query) if found), None)


def _places(versions: Sequence[ArticleVersion], claims: Sequence[Claim], pins: Sequence[Anchor]) -> dict[str, Place]:
    numbers = {version.id: number for number, version in enumerate(versions)}
    standing = tuple(
        Standing(
            key=claim.id,
            edition=numbers[claim.version_id],
            span=Span(claim.start, claim.end),
            whole=claim.relation is Relation.SENTENCE and not claim.withdrawn,
            inside=tuple(Span(start, end) for start, end in _inside(claim)),
            fragments=len(claim.fragments),
        )
        for claim in sorted(claims, key=lambda claim: claim.id)
        if claim.version_id in numbers and versions[numbers[claim.version_id]].text[claim.start : claim.end].strip()
    )
    if len(versions) == 1:
        return {
            claim.key: Place(AnchorState.OK, claim.span, claim.inside, edition=0, last=claim.span) for claim in standing
        }
    editions = tuple(
        Edition(version.text, tuple(int(start) for start, _ in version.units) or (0,)) for version in versions
    )
    said = tuple(
        sorted(
            (
                (pin.claim_id, numbers[pin.version_id]),
                None if pin.start is None or pin.end is None else Span(pin.start, pin.end),
            )
            for pin in pins
            if pin.version_id in numbers and not pin.conflicted
        )
    )
    return _place_all(editions, standing, said)


@lru_cache(maxsize=8)
def _place_all(
    editions: tuple[Edition, ...],
    standing: tuple[Standing, ...],
    said: tuple[tuple[tuple[str, int], Span | None], ...],
) -> dict[str, Place]:
    """A pure function, remembered: the Desk asks for it after every key that changes something."""
    from workbench.text.anchors import place_all

    return place_all(editions, standing, dict(said))


def _inside(claim: Claim) -> list[tuple[int, int]]:
    """A claim's fragments, then the spans of its attribution: its source, its cue, what is said."""
    said = claim.attribution or {}
    source = [(said["start"], said["end"])] if isinstance(said.get("start"), int) else []
    return [(int(piece[0]), int(piece[1])) for piece in (*claim.fragments, *source, *_said_spans(said))]


def _said_spans(said: Mapping[str, Any]) -> list[Sequence[int]]:
    cue = said.get("cue_span")
    return [*([cue] if cue else []), *said.get("content", [])]


def _attribution(said: dict[str, Any], pieces: Sequence[Span | None]) -> dict[str, Any]:
    """An attribution with its spans in another version; those that are not there any more are left out."""
    left = list(pieces)
    moved = dict(said)
    if isinstance(said.get("start"), int):
        source = left.pop(0)
        moved |= {"start": source.start if source else None, "end": source.end if source else None}
    if said.get("cue_span"):
        cue = left.pop(0)
        moved["cue_span"] = cue.as_list() if cue else []
    if "content" in said:
        moved["content"] = [piece.as_list() for piece in left if piece is not None]
    return moved


def _anchored(
    versions: Sequence[ArticleVersion], claim: Claim, place: Place | None, pins: Sequence[Anchor]
) -> Anchored:
    """What became of a claim, in words and numbers for people."""
    made = next((version for version in versions if version.id == claim.version_id), None)
    if made is None or place is None:
        words = made.text[claim.start : claim.end] if made else claim.wording
        return Anchored(AnchorState.ORPHAN, made.ordinal if made else 0, claim.start, claim.end, words, 0, None)
    last = versions[place.edition]
    mine = [pin for pin in pins if pin.claim_id == claim.id and not pin.conflicted]
    said = next((pin for pin in mine if pin.version_id == versions[-1].id), None)
    if said is None and place.state is AnchorState.ORPHAN:
        said = next((pin for pin in reversed(mine) if pin.start is None), None)
    return Anchored(
        state=place.state,
        made_in=made.ordinal,
        made_start=claim.start,
        made_end=claim.end,
        made_words=made.text[claim.start : claim.end],
        last_in=last.ordinal,
        quote=anchor(last.text, place.last),
        placed_by=said.author if said else "",
        reason=said.reason if said else "",
    )


def _copy(versions: Sequence[ArticleVersion], claim: Claim, place: Place | None) -> Claim:
    version = versions[-1]
    if claim.version_id == version.id and place is not None:
        return claim
    values = {name: getattr(claim, name) for name in Claim.model_fields}
    if place is None or place.span is None:
        end = len(version.text)
        return Claim(**values | {"start": end, "end": end, "fragments": []})
    count = len(claim.fragments)
    pieces = [piece for piece in dict.fromkeys(place.inside[:count]) if piece is not None]
    if claim.fragments and not pieces:
        pieces = [place.span]
    values |= {
        "version_id": version.id,
        "start": place.span.start,
        "end": place.span.end,
        "fragments": [piece.as_list() for piece in pieces],
    }
    made = next(made for made in versions if made.id == claim.version_id)
    before = _said(made.text, claim.start, claim.end, claim.fragments)
    if same_words(claim.wording.casefold(), before.casefold()):
        # Nobody has reworded it, so it says what the article says now.
        now = _said(version.text, place.span.start, place.span.end, values["fragments"])
        values["wording"] = now[:1].upper() + now[1:] if claim.wording[:1].isupper() else now
    if claim.attribution is not None:
        values["attribution"] = _attribution(claim.attribution, place.inside[count:])
    return Claim(**values)


def _said(text: str, start: int, end: int, fragments: Sequence[Sequence[int]]) -> str:
    """The words of a claim as the article has them."""
    return " ".join(" ".join(text[first:last] for first, last in fragments or [[start, end]]).split())
