"""Claims: wording, setting aside, splitting, merging, parts."""

import unicodedata
from collections.abc import Sequence

from sqlmodel import Session

from db import articles, verdicts
from db.identity import derived, uuid7
from db.store import Store, Write
from db.tables import ArticleVersion, Claim, Cut
from db.tables.articles import ClaimData, CutData
from db.vocabulary import ClaimStatus, Kind, Relation, UnitKind
from workbench.errors import InputRefused
from workbench.services import keys
from workbench.services.anchored import Anchored
from workbench.services.checkworthiness import fitted_for
from workbench.services.confirming import confirm
from workbench.services.desks import claim_views, original_of
from workbench.services.offers import record_dropped, refuse_decided
from workbench.services.placing import placed, placed_around
from workbench.services.suggestions import described
from workbench.services.views import ClaimView


class ClaimService:
    """Working on the claims of an article."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str) -> ClaimView:
        """A claim with everything decided about it. Raises NotFound."""
        with self._store.read() as session:
            places = placed_around(session, keys.claim(session, key))
            return claim_views(session, places, [places.one(keys.claim(session, key).id).id])[0]

    def edit_wording(self, key: str, wording: str) -> Claim:
        """Give a claim another wording; its span in the article stays. An empty wording restores what it was at first."""
        with self._store.write("edit the wording of a claim") as unit:
            return reworded(unit, _standing(unit.session, key), wording)

    def set_aside(self, key: str, reason: str) -> Claim:
        """Put a claim aside, with the reason. Raises InputRefused without one, or where it has a verdict."""
        with self._store.write("set a claim aside") as unit:
            claim = _standing(unit.session, key)
            return _set_aside(unit, claim, reason, placed_around(unit.session, claim).anchors[claim.id])

    def set_aside_many(self, identifiers: Sequence[str], reason: str) -> int:
        """Put several claims aside as one action; returns how many."""
        with self._store.write("set claims aside") as unit:
            chosen = [_standing(unit.session, key) for key in identifiers]
            anchors: dict[str, Anchored] = {}
            for claim in chosen:
                if claim.id not in anchors:
                    anchors.update(placed_around(unit.session, claim).anchors)
            with unit.journal.together():
                for claim in chosen:
                    _set_aside(unit, claim, reason, anchors[claim.id])
            return len(chosen)

    def set_aside_unsuggested(self, article_key: str, reason: str) -> int:
        """Put aside every untouched claim that was not proposed for checking; returns how many."""
        with self._store.write("set claims aside") as unit:
            session = unit.session
            places = placed(session, keys.article(session, article_key))
            claims = places.standing()
            decided = articles.decided_about(session, [claim.id for claim in claims])
            proposed_parts = {claim.parent_id for claim in claims if claim.suggested and claim.parent_id}
            chosen = [
                claim
                for claim in claims
                if not claim.suggested
                and claim.status is ClaimStatus.OPEN
                and claim.id not in decided
                and claim.id not in proposed_parts
                and not claim.conflicted
                and not claim.withdrawn
            ]
            with unit.journal.together():
                for claim in chosen:
                    _set_aside(unit, session.get_one(Claim, claim.id), reason, places.anchors[claim.id])
            return len(chosen)

    def reopen(self, key: str) -> Claim:
        """Take a claim that was set aside, or withdrawn by another desk, up again."""
        with self._store.write("reopen a claim") as unit:
            claim = keys.claim(unit.session, key)
            return _change(unit, claim, status=ClaimStatus.OPEN, reason="")

    def split(self, key: str, offset: int) -> tuple[Claim, Claim]:
        """Split a claim in two at an offset of the version's text; a sentence's unit is split with it.

        Raises InputRefused where a half would be empty, or the claim has citations or a verdict.
        """
        with self._store.write("split a claim") as unit:
            session = unit.session
            claim = _standing(session, key)
            refuse_decided(session, [claim], "split")
            version, here = _placed(session, claim)
            left, right = _halves(version.text, here, offset)
            children = _children(session, claim)
            if claim.relation is Relation.SENTENCE:
                straddling = [child for child in children if child.start < right[0] < child.end]
                refuse_decided(session, straddling, "split")
                self._cut(unit, version, right[0], present=True)
                pieces = [self._new(unit, version, span, [here]) for span in (left, right)]
                for child in children:
                    if child in straddling:
                        unit.journal.record(Kind.CLAIM, child.id, None)
                    else:
                        _change(unit, session.get_one(Claim, child.id), parent_id=pieces[child.start >= right[0]].id)
            else:
                pieces = [self._part(unit, version, here, span) for span in (left, right)]
            unit.journal.record(Kind.CLAIM, claim.id, None)
            return pieces[0], pieces[1]

    def merge(self, key: str) -> Claim:
        """Join a sentence claim with the one after it; their units become one.

        Raises InputRefused where there is no next one, or either has citations or a verdict.
        """
        with self._store.write("merge claims") as unit:
            session = unit.session
            claim = _standing(session, key)
            if claim.relation is not Relation.SENTENCE:
                raise InputRefused(
                    "Only whole sentences can be merged.", "Drop this part, or choose the sentence above it."
                )
            version, here = _placed(session, claim)
            sentences = [
                other for other in placed_around(session, claim).standing() if other.relation is Relation.SENTENCE
            ]
            following = next((other for other in sentences if other.start >= here.end), None)
            if following is None:
                raise InputRefused("This is the last claim of the article.", "Choose the one before it.")
            refuse_decided(session, [claim, following], "merged")
            for piece in articles.units(session, version.id):
                if here.start < piece.start <= following.start:
                    self._cut(unit, version, piece.start, present=False)
            merged = self._new(unit, version, (here.start, following.end), [here, following])
            for child in (*_children(session, claim), *_children(session, following)):
                _change(unit, session.get_one(Claim, child.id), parent_id=merged.id)
            unit.journal.record(Kind.CLAIM, claim.id, None)
            unit.journal.record(Kind.CLAIM, following.id, None)
            return merged

    def add_part(
        self, key: str, start: int, end: int, *, wording: str | None = None, relation: Relation = Relation.PART
    ) -> Claim:
        """Add a sub-claim for the stretch [start, end) of the version's text inside a claim."""
        with self._store.write("add a part to a claim") as unit:
            version, claim = _placed(unit.session, _standing(unit.session, key))
            if not claim.start <= start < end <= claim.end or not version.text[start:end].strip():
                raise InputRefused(
                    f"[{start}, {end}) is no stretch of words inside this claim [{claim.start}, {claim.end}).",
                    "Choose words of the sentence.",
                )
            return self._part(unit, version, claim, _trimmed(version.text, start, end), wording, relation)

    def add_implied(self, key: str, wording: str, relation: Relation = Relation.IMPLIED) -> Claim:
        """Add what a sentence implies or presupposes without saying it, in the checker's own words."""
        words = keys.bounded(" ".join(wording.split()), "wording", 5000)
        if not words:
            raise InputRefused("An implied claim needs a wording.", "Write what the sentence implies.")
        with self._store.write("add an implied claim") as unit:
            version, claim = _placed(unit.session, _standing(unit.session, key))
            return self._part(unit, version, claim, (claim.start, claim.end), words, relation)

    def drop(self, key: str) -> None:
        """Drop a sub-claim; its words are not offered again. Raises InputRefused for a whole sentence: that is set aside."""
        with self._store.write("drop a claim") as unit:
            claim = _standing(unit.session, key)
            if claim.relation is Relation.SENTENCE:
                raise InputRefused("A whole sentence cannot be dropped.", "Set it aside with a reason.")
            refuse_decided(unit.session, [claim], "dropped")
            places = placed_around(unit.session, claim)
            here = claim if places.anchors[claim.id].orphan else places.one(claim.id)
            unit.journal.record(Kind.CLAIM, claim.id, None)
            if claim.relation is not Relation.IMPLIED:
                record_dropped(unit, here.version_id, here.start, here.end, here.fragments)

    @staticmethod
    def _cut(unit: Write, version: ArticleVersion, offset: int, *, present: bool) -> None:
        identity = derived("cut", version.id, offset)
        known = unit.session.get(Cut, identity)
        around = [piece for piece in articles.units(unit.session, version.id) if piece.start <= offset < piece.end]
        kind = known.kind if known else (around[0].kind if around else UnitKind.SENTENCE)
        data = CutData(version_id=version.id, offset=offset, present=present, kind=kind)
        unit.journal.record(Kind.CUT, identity, data)

    @staticmethod
    def _new(unit: Write, version: ArticleVersion, span: tuple[int, int], replaced: Sequence[Claim]) -> Claim:
        said = next((claim.attribution for claim in replaced if claim.attribution is not None), None)
        data = described(version, span, fitted_for(unit.session, version.language), said)
        data.replaces = [claim.id for claim in replaced]
        identity = uuid7()
        unit.journal.record(Kind.CLAIM, identity, data)
        return unit.session.get_one(Claim, identity)

    @staticmethod
    def _part(
        unit: Write,
        version: ArticleVersion,
        claim: Claim,
        span: tuple[int, int],
        wording: str | None = None,
        relation: Relation | None = None,
    ) -> Claim:
        data = described(version, span, fitted_for(unit.session, version.language), claim.attribution)
        data.relation = relation or claim.relation
        data.parent_id = claim.parent_id or claim.id
        data.suggested = True
        if claim.relation is not Relation.SENTENCE:
            data.attribution = claim.attribution
        if wording is not None:
            data.wording = keys.bounded(" ".join(wording.split()), "wording", 5000) or data.wording
        if data.relation in (Relation.IMPLIED, Relation.PRESUPPOSED):
            data.fragments = []
        identity = uuid7()
        unit.journal.record(Kind.CLAIM, identity, data)
        return unit.session.get_one(Claim, identity)


def reworded(unit: Write, claim: Claim, wording: str) -> Claim:
    """The claim with another wording, inside an action that is under way; an empty one restores the article's words."""
    words = keys.bounded(" ".join(wording.split()), "wording", 5000)
    if not words:
        version, here = _placed(unit.session, claim)
        words = original_of(here, version.text) or here.wording
    return _change(unit, claim, wording=words)


def _standing(session: Session, key: str) -> Claim:
    claim = keys.claim(session, key)
    if claim.withdrawn:
        raise InputRefused("This claim was withdrawn, split or merged at another desk.", "Reopen it first.")
    return claim


def _placed(session: Session, claim: Claim) -> tuple[ArticleVersion, Claim]:
    """The latest version, and the claim with its place in it. Raises InputRefused for one that is not in it."""
    places = placed_around(session, claim)
    if places.anchors[claim.id].orphan:
        raise InputRefused(
            "The article does not say this any more, so there are no words to work on.",
            "Place the claim on words of the article first, or leave it.",
        )
    return places.version, places.one(claim.id)


def _change(unit: Write, claim: Claim, **changes: object) -> Claim:
    values = {name: changes.get(name, getattr(claim, name)) for name in ClaimData.model_fields}
    unit.journal.record(Kind.CLAIM, claim.id, ClaimData.model_validate(values))
    return claim


def _set_aside(unit: Write, claim: Claim, reason: str, anchored: Anchored | None) -> Claim:
    words = keys.bounded(" ".join(reason.split()), "reason", 1000)
    if not words:
        raise InputRefused("Setting aside needs a reason.", "Say why this need not be checked, such as opinion.")
    if verdicts.verdicts(unit.session, [claim.id]):
        raise InputRefused("This claim has a verdict.", "Withdraw the verdict first, or leave the claim as it is.")
    values = {name: getattr(claim, name) for name in ClaimData.model_fields}
    data = ClaimData.model_validate(values | {"status": ClaimStatus.SET_ASIDE, "reason": words})
    revision = unit.journal.record(Kind.CLAIM, claim.id, data)
    if anchored is not None and anchored.changed and not anchored.orphan:
        confirm(unit, claim.id, revision.rid if revision else claim.decision, anchored.words, "")
    return claim


def _children(session: Session, claim: Claim) -> list[Claim]:
    """The claims inside a claim, with their places; one that is not in the latest version has an empty one."""
    found = [
        other for other in placed_around(session, claim).claims if other.parent_id == claim.id and not other.withdrawn
    ]
    return sorted(found, key=lambda other: other.id)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _halves(text: str, claim: Claim, offset: int) -> tuple[tuple[int, int], tuple[int, int]]:
    left = _trimmed(text, claim.start, min(max(offset, claim.start), claim.end))
    right = _trimmed(text, min(max(offset, claim.start), claim.end), claim.end)
    if left[0] >= left[1] or right[0] >= right[1]:
        raise InputRefused(
            f"Offset {offset} leaves nothing on one side of the claim [{claim.start}, {claim.end}).",
            "Choose a place between two words of it.",
        )
    if unicodedata.combining(text[right[0]]) or text[right[0]] in "\u200d\ufe0f" or text[right[0] - 1] == "\u200d":
        raise InputRefused(f"Offset {offset} lies inside one character.", "Choose a place between two words.")
    return left, right
