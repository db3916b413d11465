"""Articles: bringing one in, reading the Desk, describing and withdrawing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from db import articles as stored
from db import references
from db.identity import sha256, uuid7
from db.store import Store, Write
from db.tables import Article, Claim
from db.tables.articles import ArticleData, ClaimData, VersionData
from db.tables.base import Data
from db.vocabulary import ClaimStatus, Kind, Relation
from workbench import splitting
from workbench.errors import InputRefused
from workbench.intake import IncomingArticle
from workbench.intake.articles import read_article_file
from workbench.services import keys
from workbench.services.checkworthiness import fitted_for
from workbench.services.desks import claim_views, desk_of, version_of
from workbench.services.placing import placed
from workbench.services.reread import reread, sourcing_of, table_of
from workbench.services.status import DECIDED
from workbench.services.suggestions import ALWAYS_STORED, claim_data
from workbench.services.views import OPEN, ArticleSummary, Desk, Status
from workbench.splitting import SplitResult, Unit
from workbench.splitting.model import SET_ASIDE

if TYPE_CHECKING:
    from workbench.credibility.sourcing import Sourcing


class ArticleService:
    """Bringing articles in and reading them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        data: bytes,
        name: str,
        *,
        media_type: str | None = None,
        title: str | None = None,
        byline: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
        published_on: date | None = None,
    ) -> Article:
        """Bring in an article: read it, split it into units and claims, store all of it as one action.

        `name` is what the text is called (a file name); what is given beside it wins over what the text says of itself.
        Raises InputRefused with nothing written.
        """
        incoming = read_article_file(data, name, media_type)
        incoming = replace(
            incoming,
            title=incoming.title if title is None else title,
            byline=incoming.byline if byline is None else byline,
            outlet=incoming.outlet if outlet is None else outlet,
            url=incoming.url if url is None else url,
            published=incoming.published if published_on is None else published_on,
        )
        with self._store.read() as session:
            fitted = fitted_for(session, splitting.language_of(incoming.text, incoming.language))
            offices = table_of(session)
        result = splitting.split(
            incoming.text,
            language=incoming.language,
            blocks=incoming.blocks,
            published=incoming.published,
            fitted=fitted,
            offices=offices,
        )
        with self._store.write("bring in an article") as unit:
            return _store_article(unit, incoming, result, name)

    def list(self) -> list[ArticleSummary]:
        """Every article with its progress, the latest first."""
        with self._store.read() as session:
            return [
                _summary(desk_of(session, article))
                for article in stored.articles(session)
                if stored.current_version(session, article.id) is not None
            ]

    def get(self, key: str) -> Article:
        """An article. Raises NotFound."""
        with self._store.read() as session:
            return keys.article(session, key)

    def desk(self, key: str) -> Desk:
        """Everything that the Desk shows of an article. Raises NotFound."""
        with self._store.read() as session:
            return desk_of(session, keys.article(session, key))

    def edit(
        self,
        key: str,
        *,
        title: str | None = None,
        byline: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
        published_on: date | None = None,
        note: str | None = None,
    ) -> Article:
        """Change what is given of an article's description; its text never changes."""
        with self._store.write("edit an article") as unit:
            article = keys.article(unit.session, key)
            changed = {
                "title": title,
                "byline": byline,
                "outlet": outlet,
                "url": url,
                "published_on": published_on,
                "note": note,
            }
            values = {name: getattr(article, name) if given is None else given for name, given in changed.items()}
            earlier = article.published_on
            unit.journal.record(Kind.ARTICLE, article.id, _described(values))
            if article.published_on != earlier:
                _presuppose(unit, article)
            return article

    def sourcing(self, key: str) -> "Sourcing":
        """How an article sources itself: byline, date, outlet, links, its claims by source, quotations. Raises NotFound."""
        with self._store.read() as session:
            article = keys.article(session, key)
            return sourcing_of(session, article, version_of(session, article))

    def withdraw(self, key: str) -> None:
        """Take an article off the desk with its claims and all that was decided about them; undo brings it back."""
        with self._store.write("withdraw an article") as unit:
            session = unit.session
            article = keys.article(session, key)
            places = placed(session, article)
            for resolution in references.resolutions(session, [version.id for version in places.versions]):
                unit.journal.record(Kind.RESOLUTION, resolution.id, None)
            for anchor in stored.anchors(session, [claim.id for claim in places.claims]):
                unit.journal.record(Kind.ANCHOR, anchor.id, None)
            for view in claim_views(session, places):
                for confirmation in view.confirmations:
                    unit.journal.record(Kind.CONFIRMATION, confirmation.id, None)
                for cited in view.citations:
                    unit.journal.record(Kind.CITATION, cited.citation.id, None)
                for review in view.reviews:
                    unit.journal.record(Kind.REVIEW, review.id, None)
                for verdict in view.verdicts:
                    unit.journal.record(Kind.VERDICT, verdict.id, None)
                unit.journal.record(Kind.CLAIM, view.claim.id, None)
            for version in reversed(places.versions):
                unit.journal.record(Kind.VERSION, version.id, None)
            unit.journal.record(Kind.ARTICLE, article.id, None)


_PRESUPPOSED = "presupposition: "


def _presuppose(unit: Write, article: Article) -> None:
    """Bring what claims say of offices up to the publication date as it is now, in the action that changed it."""
    session = unit.session
    if stored.current_version(session, article.id) is None:
        return
    places = placed(session, article)
    units = reread(session, article, places.version).units
    suggested = {claim.start: claim for piece in units for claim in piece.claims[:1]}
    for claim in places.standing():
        found = suggested.get(claim.start)
        if claim.relation is not Relation.SENTENCE or claim.withdrawn or claim.conflicted:
            continue
        if found is None or found.end != claim.end:
            continue
        now = [reason for reason in found.reasons if reason.startswith(_PRESUPPOSED)]
        if now != [reason for reason in claim.reasons if reason.startswith(_PRESUPPOSED)]:
            others = [reason for reason in claim.reasons if not reason.startswith(_PRESUPPOSED)]
            recorded = session.get_one(Claim, claim.id)
            values = {name: getattr(recorded, name) for name in ClaimData.model_fields}
            changed = values | {"reasons": [*now, *others], "suggested": claim.suggested or found.suggested}
            unit.journal.record(Kind.CLAIM, claim.id, ClaimData.model_validate(changed))


def _described(values: dict[str, object]) -> ArticleData:
    for name in ("title", "byline", "outlet", "url", "note"):
        values[name] = keys.bounded(str(values[name] or "").strip(), name, 2000)
    if not values["title"]:
        raise InputRefused("An article needs a title.", "Give one.")
    return ArticleData.model_validate(values)


def _store_article(unit: Write, incoming: IncomingArticle, result: SplitResult, name: str) -> Article:
    article_id, version_id = uuid7(), uuid7()
    data = _described(
        {
            "title": incoming.title or name,
            "byline": incoming.byline,
            "outlet": incoming.outlet,
            "url": incoming.url,
            "published_on": incoming.published,
            "note": "",
        }
    )
    version = VersionData(
        article_id=article_id,
        ordinal=1,
        text=incoming.text,
        text_hash=sha256(incoming.text.encode()),
        media_type=incoming.media_type,
        language=result.language,
        received_sha256=incoming.sha256,
        units=[[piece.start, piece.kind.value] for piece in result.units],
        published_on=incoming.published,
        links=list(dict.fromkeys(link.address for link in incoming.links)),
    )
    items: list[tuple[Kind, str, Data]] = [(Kind.ARTICLE, article_id, data), (Kind.VERSION, version_id, version)]
    for piece in result.units:
        items += [(Kind.CLAIM, identity, made) for identity, made in claims_of(version_id, piece, incoming.text)]
    unit.journal.create(items)
    return unit.session.get_one(Article, article_id)


def claims_of(
    version_id: str, piece: Unit, text: str, name: Callable[[ClaimData], str] | None = None
) -> list[tuple[str, ClaimData]]:
    """The claims of a unit of `text` as they are stored, the whole sentence first; `name` gives identifiers, else new ones."""
    items: list[tuple[str, ClaimData]] = []
    for suggestion in piece.claims:
        # What is only offered is found again by splitting; a desk that stored it would drown in details.
        if suggestion.relation not in ALWAYS_STORED and not suggestion.suggested:
            continue
        data = claim_data(version_id, suggestion, text, items[0][0] if items else None)
        if piece.kind in SET_ASIDE:
            data.status = ClaimStatus.SET_ASIDE
            data.reason = piece.kind.value
        items.append((name(data) if name else uuid7(), data))
    return items


def _summary(desk: Desk) -> ArticleSummary:
    views = desk.claims
    return ArticleSummary(
        article=desk.article,
        version=desk.version,
        units=len(desk.units),
        claims=len(views),
        checked=sum(view.status in DECIDED for view in views),
        covered=sum(view.status is Status.COVERED for view in views),
        set_aside=sum(view.status is Status.SET_ASIDE for view in views),
        open=sum(view.status in OPEN for view in views),
        conflicts=sum(view.status is Status.CONFLICT for view in views),
        percent=desk.coverage.percent,
        versions=len(desk.versions),
        changed=sum(view.status is Status.CHANGED for view in views),
        lost=sum(view.status is Status.LOST for view in views),
        gone=sum(view.status is Status.GONE for view in views),
    )
