"""Conflicts: several desks' differing decisions, in words, and choosing between them."""

from textwrap import shorten
from typing import Any

from sqlmodel import Session

from db import articles as stored_articles
from db import verdicts as stored
from db.kinds import data_class
from db.revisions import data_of, deciding, decision_of, heads
from db.store import Store
from db.tables import Claim
from db.vocabulary import Confidentiality, Kind
from db.withholding import confidentialities, documents_in
from workbench.errors import NotFound
from workbench.services import keys, overlaps
from workbench.services.placing import Placed, placed
from workbench.services.store_views import Choice, ConflictView

_SAID_BY = {
    Kind.ARTICLE: ("title", "outlet", "published_on"),
    Kind.VERSION: ("ordinal", "language"),
    Kind.CUT: ("present", "kind"),
    Kind.CLAIM: ("wording", "status", "reason"),
    Kind.ANCHOR: ("start", "end", "reason"),
    Kind.DROPPED_OFFER: ("start", "end"),
    Kind.COEFFICIENTS: ("language", "accepted", "set_aside"),
    Kind.CITATION: ("stance", "role", "quote"),
    Kind.VERDICT: ("level", "rationale", "missing"),
    Kind.REVIEW: ("outcome", "note"),
    Kind.CONFIRMATION: ("words", "note"),
    Kind.DISMISSAL: ("reason",),
    Kind.HANDLING: ("confidentiality",),
    Kind.SOURCE: ("name", "domains", "owner"),
    Kind.ASSESSMENT: ("state", "evidence", "assessor"),
    Kind.ATTESTATION: ("value", "scale"),
    Kind.ORIGIN_LINK: ("joined", "reason"),
    Kind.RESOLUTION: ("text", "choice", "unresolvable", "note"),
    Kind.TERM: ("person", "office", "country", "first", "last", "titles", "dropped"),
}

_UNSAID = (("unresolvable", False), ("dropped", False))

_PASSAGE = "a passage of a confidential document"


class ConflictService:
    """Listing and resolving conflicts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, article_key: str | None = None, *, for_report: bool = False) -> list[ConflictView]:
        """Every open conflict, or those about one article and its claims.

        `for_report` leaves out what was said of documents that are confidential or not here, but for stance and role.
        """
        with self._store.read() as session:
            places = _placed(session, article_key)
            numbers = {claim.id: number for one in places for number, claim in enumerate(one.claims, 1)}
            views = [_view(session, conflict, numbers, for_report) for conflict in stored.conflicts(session)]
            views += [view for one in places for view in overlaps.views(one.standing(), numbers)]
            if article_key is None:
                return views
            article = keys.article(session, article_key)
            about = {article.id, *(version.id for one in places for version in one.versions)}
            return [view for view in views if view.claim_id in numbers or view.entity in about]

    def resolve(self, entity: str, rid: str) -> None:
        """Choose one of the differing decisions; the others stay in the history.

        `rid` is the chosen revision, or the end or beginning of it. Raises NotFound where there is no such choice.
        """
        with self._store.write("resolve a conflict") as unit:
            current = heads(unit.session, entity)
            claim = unit.session.get(Claim, entity)
            if claim is not None and len(current) == 1:
                overlaps.resolve(unit, claim, rid)
                return
            chosen = [head for head in current if head.rid.startswith(rid) or head.rid.endswith(rid)]
            if len(current) < 2 or len(chosen) != 1:
                raise NotFound(
                    "There is no such choice in an open conflict.",
                    "List the conflicts, then choose one of their decisions.",
                )
            data = data_of(chosen[0])
            kind = chosen[0].kind
            value = None if data is None else data_class(kind).model_validate(data)
            unit.journal.record(kind, entity, value, resolve=True, restates=decision_of(chosen[0]))


def _placed(session: Session, article_key: str | None) -> list[Placed]:
    """The claims of the article, or of every article that is here with its text."""
    chosen = [keys.article(session, article_key)] if article_key else stored_articles.articles(session)
    return [placed(session, article) for article in chosen if stored_articles.versions(session, article.id)]


def _view(session: Session, conflict: stored.Conflict, numbers: dict[str, int], for_report: bool) -> ConflictView:
    claim_id = _claim_of(conflict)
    withheld = for_report and _is_withheld(session, conflict)
    choices = tuple(
        Choice(
            rid=revision.rid,
            author=decided.author,
            at=decided.at,
            text=_words(conflict.kind, data_of(revision), withheld),
            data=None if withheld else data_of(revision),
        )
        for revision in conflict.alternatives
        for decided in [deciding(session, revision)]
    )
    return ConflictView(
        conflict.kind.value, conflict.entity, _title(session, conflict, claim_id, numbers), claim_id, choices
    )


def _is_withheld(session: Session, conflict: stored.Conflict) -> bool:
    datas = [data for revision in conflict.alternatives if (data := data_of(revision))]
    contents = {content for data in datas for content in documents_in(data)}
    known = confidentialities(session, contents)
    withheld = Confidentiality.CONFIDENTIAL
    return any(known.get(content, withheld) is withheld for content in contents)


def _claim_of(conflict: stored.Conflict) -> str | None:
    if conflict.kind is Kind.CLAIM:
        return conflict.entity
    for revision in conflict.alternatives:
        data = data_of(revision)
        if data and isinstance(data.get("claim_id"), str):
            return str(data["claim_id"])
    return None


def _title(session: Session, conflict: stored.Conflict, claim_id: str | None, numbers: dict[str, int]) -> str:
    kind = conflict.kind.value
    scales = [data["scale"] for revision in conflict.alternatives if (data := data_of(revision)) and "scale" in data]
    scale = f", scale {scales[0]}" if conflict.kind is Kind.VERDICT and scales else ""
    if claim_id is None:
        return f"{kind} {keys.short(conflict.entity)}"
    claim = session.get(Claim, claim_id)
    number = f"claim {numbers[claim_id]}" if claim_id in numbers else "a claim"
    words = f": {shorten(claim.wording, 60, placeholder=' …')}" if claim else ""
    return f"{number if conflict.kind is Kind.CLAIM else f'{kind} on {number}'}{scale}{words}"


def _words(kind: Kind, data: dict[str, Any] | None, withheld: bool = False) -> str:
    if data is None:
        return "withdrawn"
    if kind is Kind.ANCHOR and data["start"] is None:
        return f"not in the article any more: {data['reason']}"
    names = [name for name in _SAID_BY[kind] if not withheld or name in ("stance", "role")]
    said = [
        f"{name}: {data[name]}"
        for name in names
        if data.get(name) not in ("", None, []) and (name, data[name]) not in _UNSAID
    ]
    return "; ".join([*said, _PASSAGE] if withheld else said)
