"""Offered sub-claims: what the splitter finds under a sentence beside what is ticked, and what a person makes of it.

Offers are computed when somebody asks and stored nowhere; only what is decided about them is: an accepted one becomes a
claim, a dropped one stays dropped. What the optional helper proposed is kept in this file alone until then.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from db import articles as stored
from db.identity import derived
from db.store import Store, Write
from db.tables import Article, ArticleVersion, Claim, Draft
from db.tables.articles import ClaimData, DroppedOfferData
from db.vocabulary import ClaimStatus, Kind, Relation
from workbench.errors import InputRefused, NotFound
from workbench.services import keys
from workbench.services.checkworthiness import fitted_for
from workbench.services.placing import Placed, placed, placed_around
from workbench.services.reread import reread, table_of
from workbench.services.suggestions import ALWAYS_STORED, attribution_data, built_beyond
from workbench.splitting import SuggestedClaim
from workbench.splitting.wordings import words_at
from workbench.text.folding import words_of

Place = tuple[tuple[int, int], ...]
_OWN_RATING = {relation.value for relation in ALWAYS_STORED}


class OfferState(StrEnum):
    """What a person has made of an offer so far."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Offer:
    """A sub-claim under the claim `sentence`, worded from `fragments` of the article; `id` is the same at every desk.

    Without fragments it is what the words at [start, end) presuppose. `claim` is the claim that an accepted one became;
    `helper` the model that proposed it, empty for what the splitter finds.
    """

    id: str
    sentence: str
    start: int
    end: int
    fragments: Place
    wording: str
    relation: Relation
    reliable: bool = False
    state: OfferState = OfferState.OFFERED
    claim: str = ""
    helper: str = ""
    attribution: dict[str, Any] | None = field(default=None, hash=False)
    kinds: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    checkworthiness: int = 0


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the helper proposed for a sentence, as it is kept."""

    model: str
    fragments: tuple[Place, ...]


class OfferService:
    """Listing, accepting and dropping offers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_claim(self, key: str, *, every: bool = False) -> list[Offer]:
        """The offers under a sentence, in order of the text; `every` for the accepted and dropped ones too. Raises NotFound.

        A sub-claim names its sentence.
        """
        with self._store.read() as session:
            claim = keys.claim(session, key)
            places = placed_around(session, claim)
            sentence = claim.parent_id or claim.id
            found = [offer for offer in offers_of(session, places) if offer.sentence == sentence]
            return [offer for offer in found if every or offer.state is OfferState.OFFERED]

    def of_article(self, key: str, *, every: bool = False) -> list[Offer]:
        """The offers under every sentence of an article that is not set aside; `every` for all there ever were."""
        with self._store.read() as session:
            places = placed(session, keys.article(session, key))
            found = offers_of(session, places)
            if every:
                return found
            aside = {claim.id for claim in places.claims if claim.status is ClaimStatus.SET_ASIDE}
            return [offer for offer in found if offer.state is OfferState.OFFERED and offer.sentence not in aside]

    def accept(self, key: str, offers: Sequence[str], wording: str | None = None) -> list[Claim]:
        """Make claims of offers under a sentence, as one action; `wording` is one offer's in other words.

        Also takes a dropped one back. Raises NotFound, and InputRefused where nothing would change.
        """
        chosen = self._chosen(key, offers, wanted=(OfferState.OFFERED, OfferState.DROPPED))
        if wording is not None and len(chosen) != 1:
            raise InputRefused("One wording is for one offer.", "Accept them one by one.")
        with self._store.write("accept an offered claim" if len(chosen) == 1 else "accept offered claims") as unit:
            return [_accept(unit, offer, wording) for offer in chosen]

    def accept_reliable(self, article_key: str) -> list[Claim]:
        """Make claims of all offers of an article whose relation is reliable, as one action. Raises InputRefused for none."""
        chosen = [offer for offer in self.of_article(article_key) if offer.reliable]
        if not chosen:
            raise InputRefused(
                "No reliable sub-claim is on offer.", "Look at the others one by one; see “workbench claim offers”."
            )
        with self._store.write("accept offered claims") as unit:
            return [_accept(unit, offer, None) for offer in chosen]

    def drop(self, key: str, offers: Sequence[str]) -> list[Offer]:
        """Drop offers under a sentence for good, as one action; an accepted one goes as a claim too.

        Raises NotFound, and InputRefused where one is dropped already or has citations or a verdict.
        """
        chosen = self._chosen(key, offers, wanted=(OfferState.OFFERED, OfferState.ACCEPTED))
        with self._store.write("drop an offered claim" if len(chosen) == 1 else "drop offered claims") as unit:
            for offer in chosen:
                if offer.claim:
                    claim = keys.claim(unit.session, offer.claim)
                    refuse_decided(unit.session, [claim], "dropped")
                    unit.journal.record(Kind.CLAIM, claim.id, None)
                sentence = keys.claim(unit.session, offer.sentence)
                version = placed_around(unit.session, sentence).version
                record_dropped(unit, version.id, offer.start, offer.end, offer.fragments)
            return chosen

    def keep_proposed(self, key: str, model: str, fragments: Sequence[Place]) -> None:
        """Keep what the helper proposed for a sentence, in place of what it proposed before. Never shared."""
        with self._store.write_local() as session:
            claim = keys.claim(session, key)
            version = placed_around(session, claim).version.id
            kept = {"model": model, "version": version, "fragments": fragments}
            text = json.dumps(kept, separators=(",", ":"))
            session.merge(Draft(key=_draft(claim.id), text=text, saved_at=self._store.now()))

    def _chosen(self, key: str, names: Sequence[str], *, wanted: tuple[OfferState, ...]) -> list[Offer]:
        every = self.of_claim(key, every=True)
        if not names:
            chosen = [offer for offer in every if offer.state is OfferState.OFFERED]
            if not chosen:
                raise InputRefused(
                    "Nothing is on offer under this sentence.", "Add a part in your own choice of words."
                )
            return chosen
        chosen = []
        for name in dict.fromkeys(names):
            found = [offer for offer in every if _named(offer, name)]
            if len(found) != 1:
                problem = (
                    f"“{name}” could be several offers" if found else f"There is no offer “{name}” under this sentence"
                )
                raise NotFound(f"{problem}.", "List them with “workbench claim offers … --all”.")
            if found[0].state not in wanted:
                raise InputRefused(f"“{found[0].wording}” is {found[0].state.value} already.", "Nothing was changed.")
            chosen.append(found[0])
        return list(dict.fromkeys(chosen))


def _named(offer: Offer, name: str) -> bool:
    return len(name) >= keys.SHORTEST and (offer.id.startswith(name) or offer.id.endswith(name))


def _draft(sentence: str) -> str:
    return f"helper:{sentence}"


def offers_of(session: Session, places: Placed) -> list[Offer]:
    """All offers under the sentences of the latest version as they stand now, in order of the text, whatever became of them.

    A suggestion belongs to the sentence claim that holds all its words, also where people have split or merged since. Words
    that were dropped in an earlier version stay dropped where they still stand.
    """
    version = places.version
    article = session.get_one(Article, version.article_id)
    claims = places.standing()
    sentences = sorted((c for c in claims if c.relation is Relation.SENTENCE), key=lambda c: (c.start, -c.end, c.id))
    under = {
        _identity(version.id, c.start, c.end, _place(c.fragments)): c.id for c in claims if c.parent_id is not None
    }
    dropped = {row.id: row for row in stored.dropped_offers(session, version.id)}
    earlier = _dropped_earlier(session, places)
    found: dict[str, Offer] = {}
    for offer in (*_found(session, article, version), *_proposed(session, version, sentences)):
        sentence = _holding(sentences, offer.start, offer.end)
        if sentence is None or offer.fragments == _place(sentence.fragments) or offer.id in found:
            continue
        found[offer.id] = replace(_under(offer, sentence), sentence=sentence.id)
    for identity, row in dropped.items():
        sentence = _holding(sentences, row.start, row.end)
        if identity not in found and sentence is not None:
            found[identity] = replace(_bare(version, row.start, row.end, _place(row.fragments)), sentence=sentence.id)
    unwanted = {
        *dropped,
        *(o.id for o in found.values() if _words(version.text, o.start, o.end, o.fragments) in earlier),
    }
    settled = [_with_state(offer, under, unwanted) for offer in found.values()]
    return sorted(settled, key=lambda o: (o.start, o.fragments, o.end, o.id))


def _dropped_earlier(session: Session, places: Placed) -> set[tuple[str, ...]]:
    """The words of what was dropped in the versions before."""
    return {
        _words(version.text, row.start, row.end, _place(row.fragments))
        for version in places.versions[:-1]
        for row in stored.dropped_offers(session, version.id)
    }


def _words(text: str, start: int, end: int, place: Place) -> tuple[str, ...]:
    """What an offer says, wherever it stands; without fragments it is what the stretch presupposes."""
    pieces = place or ((start, end),)
    return ("" if place else "presupposed", *(words_of(text[first:last]) for first, last in pieces))


def _with_state(offer: Offer, under: dict[str, str], dropped: Iterable[str]) -> Offer:
    if offer.id in under:
        return replace(offer, state=OfferState.ACCEPTED, claim=under[offer.id])
    return replace(offer, state=OfferState.DROPPED) if offer.id in dropped else offer


def _found(session: Session, article: Article, version: ArticleVersion) -> list[Offer]:
    from workbench.splitting.presuppositions import presupposed

    result = reread(session, article, version, fitted=fitted_for(session, version.language))
    suggestions = [claim for unit in result.units for claim in unit.claims[1:]]
    offers = [_offer(version, suggestion) for suggestion in suggestions]
    for one in presupposed(version.text, article.published_on, version.language, table_of(session)):
        bare = _bare(version, one.start, one.end, ())
        offers.append(replace(bare, wording=one.wording, reasons=(f"presupposition: {one.message}",)))
    return offers


def _offer(version: ArticleVersion, suggestion: SuggestedClaim) -> Offer:
    place = tuple((span.start, span.end) for span in suggestion.fragments)
    return Offer(
        id=_identity(version.id, suggestion.start, suggestion.end, place),
        sentence="",
        start=suggestion.start,
        end=suggestion.end,
        fragments=place,
        wording=suggestion.text,
        relation=Relation(suggestion.relation.value),
        reliable=suggestion.reliable,
        attribution=attribution_data(suggestion.attribution),
        kinds=tuple(kind.value for kind in suggestion.kinds),
        reasons=suggestion.reasons,
        checkworthiness=round(1000 * suggestion.checkworthiness),
    )


def _bare(version: ArticleVersion, start: int, end: int, place: Place) -> Offer:
    """An offer of which only the words are known."""
    wording = words_at(version.text, place or ((start, end),))
    return Offer(
        id=_identity(version.id, start, end, place),
        sentence="",
        start=start,
        end=end,
        fragments=place,
        wording=wording[:1].upper() + wording[1:],
        relation=Relation.PART if place else Relation.PRESUPPOSED,
    )


def _under(offer: Offer, sentence: Claim) -> Offer:
    """The offer rated as its sentence is, unless it is one that is rated by its own words."""
    if offer.relation.value in _OWN_RATING:
        return offer
    presumed = offer.relation is Relation.PRESUPPOSED
    return replace(
        offer,
        kinds=() if presumed else tuple(sentence.kinds),
        reasons=offer.reasons if presumed else tuple(sentence.reasons),
        checkworthiness=sentence.checkworthiness,
    )


def _proposed(session: Session, version: ArticleVersion, sentences: Sequence[Claim]) -> list[Offer]:
    names = {_draft(sentence.id): sentence for sentence in sentences}
    offers = []
    for draft in session.exec(select(Draft).where(col(Draft.key).startswith("helper:", autoescape=True))):
        if draft.key in names:
            kept = json.loads(draft.text)
            # What was proposed for another text of the sentence is of no use for this one.
            if kept.get("version", names[draft.key].version_id) != version.id:
                continue
            for fragments in kept["fragments"]:
                place = _place(fragments)
                bare = _bare(version, place[0][0], place[-1][1], place)
                offers.append(replace(bare, helper=kept["model"]))
    return offers


def _holding(sentences: Sequence[Claim], start: int, end: int) -> Claim | None:
    """The sentence that holds [start, end), None where none holds all of it."""
    at = bisect_right([sentence.start for sentence in sentences], start) - 1
    while at >= 0 and sentences[at].start <= start:
        if end <= sentences[at].end:
            return sentences[at]
        at -= 1
    return None


def _place(fragments: Sequence[Sequence[int]]) -> Place:
    return tuple((int(start), int(end)) for start, end in fragments)


def _identity(version_id: str, start: int, end: int, place: Place) -> str:
    """What an offer, and the decision to drop it, is known by: the words it is made of, or what it is presupposed by."""
    if not place:
        return derived("offer", version_id, "presupposed", start, end)
    return derived("offer", version_id, *(number for piece in place for number in piece))


def record_dropped(unit: Write, version_id: str, start: int, end: int, place: Sequence[Sequence[int]]) -> None:
    """Write that these words, or what they presuppose, are not to be offered again."""
    pieces = _place(place)
    data = DroppedOfferData(version_id=version_id, start=start, end=end, fragments=[list(piece) for piece in pieces])
    unit.journal.record(Kind.DROPPED_OFFER, _identity(version_id, start, end, pieces), data)


def refuse_decided(session: Session, claims: Sequence[Claim], what: str) -> None:
    """Raise InputRefused where one of the claims has a citation or a verdict."""
    if stored.decided_about(session, [claim.id for claim in claims]):
        raise InputRefused(
            f"A claim with citations or a verdict cannot be {what}: it would no longer be clear what they are about.",
            "Withdraw them first, or add a part to the claim instead.",
        )


def _accept(unit: Write, offer: Offer, wording: str | None) -> Claim:
    session = unit.session
    sentence = keys.claim(session, offer.sentence)
    if sentence.withdrawn:
        raise InputRefused(
            "The sentence of this offer was split, merged or withdrawn meanwhile.", "List the offers again."
        )
    version = placed_around(session, sentence).version
    fragments = [list(piece) for piece in offer.fragments]
    words = offer.wording if wording is None else keys.bounded(" ".join(wording.split()), "wording", 5000)
    data = ClaimData(
        version_id=version.id,
        start=offer.start,
        end=offer.end,
        fragments=fragments,
        wording=words or offer.wording,
        relation=offer.relation,
        parent_id=sentence.id,
        kinds=list(offer.kinds),
        reasons=list(offer.reasons),
        checkworthiness=offer.checkworthiness,
        suggested=True,
        attribution=offer.attribution,
        built=built_beyond(offer.wording, version.text, fragments),
        helper=offer.helper,
    )
    unit.journal.record(Kind.DROPPED_OFFER, offer.id, None)
    identity = _earlier(session, version.id, offer) or derived("claim", offer.id)
    unit.journal.record(Kind.CLAIM, identity, data)
    return session.get_one(Claim, identity)


def _earlier(session: Session, version_id: str, offer: Offer) -> str | None:
    """The claim that these words were before somebody dropped it: what was decided about it elsewhere stays with it."""
    query = select(Claim).where(
        Claim.version_id == version_id, col(Claim.withdrawn).is_(True), Claim.start == offer.start
    )
    for claim in session.exec(query.order_by(Claim.id)):
        if (
            claim.relation is not Relation.SENTENCE
            and _identity(version_id, claim.start, claim.end, _place(claim.fragments)) == offer.id
        ):
            return claim.id
    return None
