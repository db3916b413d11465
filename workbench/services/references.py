"""What the text of an article leaves open, and what people say that it stands for. Nothing is ever chosen here."""

from collections.abc import Sequence

from sqlmodel import Session

from db.identity import derived
from db.store import Store
from db.tables import Article, ArticleVersion, Claim, Resolution
from db.tables.references import ResolutionData
from db.vocabulary import Kind, Relation
from workbench.errors import InputRefused, NotFound
from workbench.services import keys
from workbench.services.claims import reworded
from workbench.services.placing import Placed, placed, placed_around
from workbench.services.reference_views import ArticleReferences, ReferenceView
from workbench.services.reread import reread
from workbench.services.resolved import carried_resolutions, in_fragments
from workbench.splitting import Reference, SplitResult
from workbench.splitting.references import DATE_TYPES
from workbench.splitting.rewording import with_choice

MARKED = "marked"
"""The type of words that no rule flags and a person resolves all the same."""
_SAYING = frozenset({"office_not_held", "publication_date_missing"})


class ReferenceService:
    """Listing what is left open, and recording what a person chooses."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_article(self, key: str) -> ArticleReferences:
        """Everything that an article's current text leaves open. Raises NotFound."""
        with self._store.read() as session:
            article = keys.article(session, key)
            return references_of(session, article, placed(session, article))

    def of_claim(self, key: str) -> ArticleReferences:
        """What the words of one claim leave open, numbered as in the article. Raises NotFound."""
        with self._store.read() as session:
            claim = keys.claim(session, key)
            places = placed_around(session, claim)
            found = references_of(session, _article(session, places.version), places)
            mine = tuple(one for one in found.references if claim.id in one.claims)
            waiting = tuple(one.text for one in mine if one.text in found.undated)
            return ArticleReferences(found.article, mine, waiting, found.language)

    def resolve(
        self,
        key: str,
        start: int,
        end: int,
        *,
        choice: str = "",
        unresolvable: bool = False,
        note: str = "",
        wording: str | None = None,
        seen: Sequence[str] | None = None,
    ) -> Resolution:
        """Record what the words at [start, end) of a claim stand for, or that it cannot be told; undo takes it back.

        `wording`, where given, becomes the claim's wording in the same action; its span stays. `seen` names the revision
        that was shown (none for a first choice): where somebody has chosen otherwise since, both stand as a conflict.
        Raises InputRefused where the words are not in the claim, or both or neither of `choice` and `unresolvable` are given.
        """
        chosen = keys.bounded(" ".join(choice.split()), "choice", 1000)
        if bool(chosen) == unresolvable:
            raise InputRefused(
                "Say what the words stand for, or that it cannot be resolved, not both.",
                "Pick a candidate or write one.",
            )
        with self._store.write("resolve a reference") as unit:
            session = unit.session
            claim = keys.claim(session, key)
            places = placed_around(session, claim)
            version = places.version
            if not in_fragments(places.one(claim.id), start, end) or not version.text[start:end].strip():
                raise InputRefused(
                    f"[{start}, {end}) are no words of this claim.",
                    "List its references: workbench claim references CLAIM.",
                )
            flagged = _flagged(reread(session, _article(session, version), version))
            kind = next((one.type for one in flagged if (one.start, one.end) == (start, end)), MARKED)
            identity = resolution_id(version.id, start, end)
            data = ResolutionData(
                version_id=version.id,
                claim_id=_whole(session, claim).id,
                start=start,
                end=end,
                text=version.text[start:end],
                type=kind,
                choice=chosen,
                unresolvable=unresolvable,
                note=keys.bounded(note.strip(), "note", 2000),
            )
            unit.journal.record(Kind.RESOLUTION, identity, data, seen=seen)
            if wording is not None:
                reworded(unit, claim, wording)
            return session.get_one(Resolution, identity)

    def withdraw(self, key: str, start: int, end: int) -> None:
        """Leave words open again; history keeps what was chosen. Raises NotFound where nothing was."""
        with self._store.write("leave a reference open") as unit:
            claim = keys.claim(unit.session, key)
            chosen = carried_resolutions(unit.session, placed_around(unit.session, claim))
            found = next((one for one in chosen if (one.start, one.end) == (start, end)), None)
            if found is None:
                raise NotFound("Nothing was chosen for these words.", "Pick what they stand for first.")
            unit.journal.record(Kind.RESOLUTION, found.id, None)

    def suggestion(self, key: str, start: int, end: int, choice: str) -> str | None:
        """The claim's wording with `choice` put in for the words at [start, end), to be confirmed; None where they are not in it."""
        with self._store.read() as session:
            places = placed_around(session, keys.claim(session, key))
            claim, version = places.one(keys.claim(session, key).id), places.version
            flagged = _flagged(reread(session, _article(session, version), version))
            kind = next((one.type for one in flagged if (one.start, one.end) == (start, end)), MARKED)
            return with_choice(claim.wording, version.text[start:end], kind, choice, version.language)


def resolution_id(version_id: str, start: int, end: int) -> str:
    """The same at every desk, so that different choices for the same words show as a conflict."""
    return derived("resolution", version_id, start, end)


def references_of(session: Session, article: Article, places: Placed) -> ArticleReferences:
    """What this text leaves open: what the rules flag, and whatever else somebody resolved."""
    version = places.version
    result = reread(session, article, version)
    chosen = {(one.start, one.end): one for one in carried_resolutions(session, places)}
    claims = places.claims
    messages = {(one.start, one.end): one.message for one in result.warnings if one.type in _SAYING}
    flagged = {(one.start, one.end): one for one in _flagged(result)}
    references = []
    for number, (start, end) in enumerate(sorted({*flagged, *chosen}), 1):
        found, resolution = flagged.get((start, end)), chosen.get((start, end))
        references.append(
            ReferenceView(
                number=number,
                start=start,
                end=end,
                text=version.text[start:end],
                type=found.type if found else resolution.type if resolution else MARKED,
                candidates=found.candidates if found else (),
                resolution=resolution,
                claims=tuple(claim.id for claim in claims if in_fragments(claim, start, end)),
                message=messages.get((start, end), ""),
            )
        )
    undated = () if article.published_on else tuple(dict.fromkeys(_undated(result)))
    return ArticleReferences(article, tuple(references), undated, version.language)


def _flagged(result: SplitResult) -> list[Reference]:
    return [one for unit in result.units for claim in unit.claims[:1] for one in claim.references]


def _undated(result: SplitResult) -> list[str]:
    """The words that the publication date would settle: times first, then offices."""
    waiting = {(one.start, one.end) for one in result.warnings if one.type == "publication_date_missing"}
    found = [one for one in _flagged(result) if (one.start, one.end) in waiting]
    return [one.text for one in sorted(found, key=lambda one: (one.type not in DATE_TYPES, one.start))]


def _article(session: Session, version: ArticleVersion) -> Article:
    article = session.get(Article, version.article_id)
    if article is None:
        raise NotFound("The article of this claim is not in this database.", "Merge a share that holds it.")
    return article


def _whole(session: Session, claim: Claim) -> Claim:
    """The sentence that a claim is a part of."""
    if claim.relation is Relation.SENTENCE or claim.parent_id is None:
        return claim
    parent = session.get(Claim, claim.parent_id)
    return parent if parent is not None else claim
