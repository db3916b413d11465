"""The optional helper: what would be sent where, sending it, and what of the answer may be offered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import Session

from db.store import Store
from db.tables import Article, ArticleVersion, Claim
from db.withholding import quoted_elsewhere
from workbench import helper as address
from workbench.errors import InputRefused, NotFound
from workbench.helper import Helper
from workbench.services import keys
from workbench.services.offers import OfferService
from workbench.services.placing import placed_around
from workbench.settings import Settings
from workbench.splitting.proposals import Rejection, messages, read_answer, verified


@dataclass(frozen=True, slots=True)
class Sending:
    """What one use of the helper would send: `text` to `host`, for `model`.

    `warnings` are to be read first; `refusals` say why it is not sent unless somebody insists.
    """

    claim_id: str
    text: str
    host: str
    model: str
    warnings: tuple[str, ...]
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an answer: so many new offers, so many that were on offer, accepted or dropped already, the rejected."""

    model: str
    offered: int
    known: int
    rejected: tuple[Rejection, ...]


class HelperService:
    """Asking the helper about one sentence at a time."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._offers = OfferService(store)

    def preview(self, key: str) -> Sending:
        """What would be sent for a claim's sentence. Nothing is sent. Raises InputRefused where the helper is off."""
        helper = self._helper()
        with self._store.read() as session:
            claim, article, version = _sentence(session, key)
            text = version.text[claim.start : claim.end]
            messages(text)
            return Sending(
                claim_id=claim.id,
                text=" ".join(text.split()),
                host=helper.host,
                model=helper.model,
                warnings=_warnings(helper, article),
                refusals=_refusals(session, claim, article, version),
            )

    def ask(self, key: str, *, insist: bool = False, stopped: Callable[[], bool] = address.never) -> Answer:
        """Send a claim's sentence to the helper and keep what may be offered; nothing becomes a claim by this.

        Raises InputRefused where the helper is off or fails, where `stopped` says that nobody waits any more, and where the
        article must not leave unless `insist`.
        """
        sending = self.preview(key)
        if sending.refusals and not insist:
            raise InputRefused(
                f"Nothing was sent: {' '.join(sending.refusals)}", "Insist only if these words may leave this machine."
            )
        with self._store.read() as session:
            claim, _, version = _sentence(session, sending.claim_id)
            text = version.text[claim.start : claim.end]
        answer = address.ask(self._helper(), messages(text), stopped=stopped)
        found = verified(read_answer(answer), text)
        places = [
            tuple((claim.start + span.start, claim.start + span.end) for span in proposal.fragments)
            for proposal in found.taken
        ]
        known = {offer.fragments for offer in self._offers.of_claim(claim.id, every=True) if not offer.helper}
        self._offers.keep_proposed(claim.id, sending.model, places)
        fresh = [place for place in places if place not in known]
        return Answer(sending.model, len(fresh), len(places) - len(fresh), found.rejected)

    def _helper(self) -> Helper:
        settings = self._settings
        return address.helper_of(settings.helper_url, settings.helper_model, settings.helper_key)


def _sentence(session: Session, key: str) -> tuple[Claim, Article, ArticleVersion]:
    """The whole sentence that a claim is or belongs to, with its article."""
    claim = keys.claim(session, key)
    if claim.parent_id is not None:
        claim = session.get(Claim, claim.parent_id) or claim
    if claim.withdrawn:
        raise NotFound("The sentence of this claim is not on this desk.", "Choose another claim.")
    places = placed_around(session, claim)
    if places.anchors[claim.id].orphan:
        raise NotFound("The article does not say this any more.", "Choose another claim, or place this one.")
    claim, version = places.one(claim.id), places.version
    article = session.get_one(Article, version.article_id)
    return claim, article, version


def _warnings(helper: Helper, article: Article) -> tuple[str, ...]:
    if helper.on_this_machine:
        return (f"It goes to a program on this machine, {helper.host}; whether that sends it on is not known here.",)
    found = [f"The text leaves this machine for {helper.host}; what is done with it there is out of your hands."]
    if helper.open_to_others:
        found.append("It travels unencrypted: everybody on the way can read it.")
    if article.published_on is None:
        found.append("The article has no publication date: if it is not published yet, this gives some of it away.")
    return tuple(found)


def _refusals(session: Session, claim: Claim, article: Article, version: ArticleVersion) -> tuple[str, ...]:
    found = []
    if article.published_on is not None and article.published_on > _today():
        found.append(f"The article is embargoed: it is to be published on {article.published_on.isoformat()}.")
    if quoted_elsewhere(session, {claim.id, article.id, version.id}):
        found.append("The article repeats words of a confidential document.")
    return tuple(found)


def _today() -> date:
    return datetime.now(UTC).date()
