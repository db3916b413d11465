"""The versions of an article: bringing in a changed text, comparing two, and putting claims back in their place."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db import articles as stored
from db.identity import canonical, derived, sha256
from db.store import Store, Write
from db.tables import Article, ArticleVersion, Claim
from db.tables.articles import AnchorData, ClaimData, VersionData
from db.vocabulary import Kind, Relation
from workbench import splitting
from workbench.errors import InputRefused, NotFound
from workbench.intake.articles import read_article_file
from workbench.services import keys
from workbench.services.articles import claims_of
from workbench.services.checkworthiness import fitted_for
from workbench.services.confirming import confirm
from workbench.services.desks import claim_views
from workbench.services.placing import Placed, placed, placed_around
from workbench.services.reread import table_of
from workbench.services.suggestions import described
from workbench.services.views import ClaimView, Status
from workbench.splitting import SplitResult
from workbench.text.anchors import AnchorState
from workbench.text.folding import fold
from workbench.text.spans import Span, trimmed
from workbench.text.versions import Change, ChangeKind, WordChange, compare_versions, word_changes


@dataclass(frozen=True, slots=True)
class Update:
    """What became of an article's claims when a text was brought in.

    `same` says that it is the text that was there. `changed` counts decided claims whose words are others now, `lost`
    those whose words are gone; both are among `drifted` and `orphans`. `new` counts the claims made for sentences on which
    none stood.
    """

    version: ArticleVersion
    same: bool
    found: int
    drifted: int
    orphans: int
    new: int
    changed: int
    lost: int


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version in a list, with how many claims were made in it."""

    version: ArticleVersion
    latest: bool
    claims: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one version to another, by sentence; `words` has the runs of words of each changed one."""

    old: ArticleVersion
    new: ArticleVersion
    changes: tuple[Change, ...]
    words: tuple[tuple[WordChange, ...], ...]

    def count(self, kind: ChangeKind) -> int:
        """How many sentences changed in this way."""
        return sum(change.kind is kind for change in self.changes)


class VersionService:
    """Working on an article whose text changes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def update(self, key: str, data: bytes, name: str, *, media_type: str | None = None) -> Update:
        """Bring in a changed text of an article: a new version, in which every claim is found again or marked.

        Sentences on which no claim stands get claims of their own, as in a first split. The same text again changes
        nothing, unless a sentence of it has no claim. One action: undo returns to the version before. Raises NotFound, and
        InputRefused with nothing written.
        """
        incoming = read_article_file(data, name, media_type)
        with self._store.read() as session:
            published, offices = keys.article(session, key).published_on, table_of(session)
            fitted = fitted_for(session, splitting.language_of(incoming.text, incoming.language))
        result = splitting.split(
            incoming.text,
            language=incoming.language,
            blocks=incoming.blocks,
            published=published or incoming.published,
            fitted=fitted,
            offices=offices,
        )
        with self._store.write("bring in a changed text") as unit:
            article = keys.article(unit.session, key)
            before = placed(unit.session, article)
            same = incoming.text == before.version.text
            if not same:
                version = VersionData(
                    article_id=article.id,
                    ordinal=before.version.ordinal + 1,
                    text=incoming.text,
                    text_hash=sha256(incoming.text.encode()),
                    media_type=incoming.media_type,
                    language=result.language,
                    units=[[piece.start, piece.kind.value] for piece in result.units],
                    published_on=incoming.published,
                    links=list(dict.fromkeys(link.address for link in incoming.links)),
                )
                # Named by what it says: two desks that bring in the same text make the same version.
                identity = derived("version", article.id, sha256(canonical(version.model_dump(mode="json"))))
                unit.journal.record(Kind.VERSION, identity, version)
            new = _fill(unit, article, result)
            views = claim_views(unit.session, placed(unit.session, article))
            return _counted(unit.session, article, views, same=same, new=new)

    def list(self, key: str) -> list[VersionView]:
        """The versions of an article, the latest last. Raises NotFound."""
        with self._store.read() as session:
            article = keys.article(session, key)
            places = placed(session, article)
            made = [claim.version_id for claim in stored.claims_of_article(session, article.id)]
            return [
                VersionView(version, version is places.version, made.count(version.id)) for version in places.versions
            ]

    def difference(self, key: str, old: int | None = None, new: int | None = None) -> Difference:
        """What changed between two versions, by their numbers; by default between the last two.

        Raises NotFound where there is no such version, InputRefused where there is only one.
        """
        with self._store.read() as session:
            versions = placed(session, keys.article(session, key)).versions
            if len(versions) == 1 and old is None and new is None:
                raise InputRefused(
                    "This article has one version, so there is nothing to compare.",
                    "Bring in its changed text first.",
                )
            last = versions[-1] if new is None else _numbered(versions, new)
            first = _before(versions, last) if old is None else _numbered(versions, old)
            changes = compare_versions(first.text, last.text)
            words = tuple(
                word_changes(change.old.of(first.text), change.new.of(last.text))
                if change.kind is ChangeKind.CHANGED
                else ()
                for change in changes
            )
            return Difference(first, last, changes, words)

    def place(
        self, claim_key: str, *, start: int | None = None, end: int | None = None, words: str | None = None
    ) -> ClaimView:
        """Put a claim on words of the latest version: the stretch [start, end), or words that stand there once.

        A whole sentence takes the sentences that the words are in; claims that were made for those and that nobody has
        touched go, and sentences that it leaves get claims of their own. Raises InputRefused where the words are not
        there, or where another sentence that has been worked on stands on them.
        """
        with self._store.write("place a claim") as unit:
            session = unit.session
            claim = keys.claim(session, claim_key)
            places = placed_around(session, claim)
            if claim.version_id == places.version.id:
                raise InputRefused(
                    "This claim was made in the latest version; its place never changes.", "Split or merge it instead."
                )
            span = _chosen(places.version.text, start, end, words)
            if claim.relation is Relation.SENTENCE:
                _make_room(unit, places, claim, span)
            data = AnchorData(claim_id=claim.id, version_id=places.version.id, start=span.start, end=span.end)
            return _anchor(unit, places, claim, data)

    def let_go(self, claim_key: str, reason: str) -> ClaimView:
        """Say that the article does not make a claim any more, and why; what was decided about it stays on record.

        Raises InputRefused without a reason, or for a claim that was made in the latest version.
        """
        with self._store.write("let a claim go") as unit:
            session = unit.session
            claim = keys.claim(session, claim_key)
            places = placed_around(session, claim)
            said = keys.bounded(" ".join(reason.split()), "reason", 1000)
            if not said:
                raise InputRefused("Letting a claim go needs a reason.", "Say what became of it in the article.")
            if claim.version_id == places.version.id:
                raise InputRefused("The article makes this claim in its latest version.", "Set it aside with a reason.")
            data = AnchorData(claim_id=claim.id, version_id=places.version.id, reason=said)
            return _anchor(unit, places, claim, data)

    def still_holds(self, claim_key: str, note: str = "") -> ClaimView:
        """Say that what was decided about a claim holds for its changed words as well.

        Raises InputRefused where nothing was decided on other words than the article has now.
        """
        with self._store.write("confirm after a change of text") as unit:
            session = unit.session
            claim = keys.claim(session, claim_key)
            places = placed_around(session, claim)
            view = claim_views(session, places, [claim.id])[0]
            if not view.stale:
                raise InputRefused(
                    "Nothing was decided about this claim on other words than the article has now.",
                    "Place it on its words first." if view.anchor.orphan else "There is nothing to confirm.",
                )
            for decision in sorted(view.stale):
                confirm(unit, claim.id, decision, view.anchor.words, note)
            return claim_views(session, placed_around(session, claim), [claim.id])[0]


def _fill(unit: Write, article: Article, result: SplitResult | None = None) -> int:
    """Make claims for the units on which no sentence stands; returns how many.

    With what the splitter made of the whole text, as it suggests them; else from the words of the unit alone.
    """
    places = placed(unit.session, article)
    version = places.version
    pieces = {(piece.start, piece.end): piece for piece in result.units} if result else {}
    made = 0
    with unit.journal.together():
        for bare in places.bare_units():

            def name(data: ClaimData, start: int = bare.start) -> str:
                # Two desks that bring in the same text make the same claims.
                return derived("claim", version.id, start, data.start, data.end, data.relation.value, data.wording)

            piece = pieces.get((bare.start, bare.end))
            if piece is not None and piece.claims:
                items = claims_of(version.id, piece, version.text, name)
            else:
                span = trimmed(version.text, Span(bare.start, bare.end))
                data = described(version, (span.start, span.end), fitted_for(unit.session, version.language))
                items = [(name(data), data)]
            for identity, data in items:
                known = unit.session.get(Claim, identity)
                if known is None or known.withdrawn:
                    unit.journal.record(Kind.CLAIM, identity, data)
                    made += 1
    return made


def _counted(session: Session, article: Article, views: Sequence[ClaimView], *, same: bool, new: int) -> Update:
    version = placed(session, article).version
    states = [view.anchor.state for view in views if view.anchor.made_in != version.ordinal or view.anchor.orphan]
    if same:
        states = [view.anchor.state for view in views]
    return Update(
        version=version,
        same=same,
        found=states.count(AnchorState.OK) - (new if same else 0),
        drifted=states.count(AnchorState.DRIFTED),
        orphans=states.count(AnchorState.ORPHAN),
        new=new,
        changed=sum(view.status is Status.CHANGED for view in views),
        lost=sum(view.status is Status.LOST for view in views),
    )


def _numbered(versions: Sequence[ArticleVersion], number: int) -> ArticleVersion:
    found = [version for version in versions if version.ordinal == number]
    if not found:
        listed = ", ".join(str(version.ordinal) for version in versions)
        raise NotFound(f"There is no version {number} of this article.", f"There are: {listed}.")
    return found[-1]


def _before(versions: Sequence[ArticleVersion], version: ArticleVersion) -> ArticleVersion:
    place = next(place for place, other in enumerate(versions) if other.id == version.id)
    return versions[max(0, place - 1)]


def _chosen(text: str, start: int | None, end: int | None, words: str | None) -> Span:
    """The stretch that a person names. Raises InputRefused where it is none or not the only one."""
    if words is not None:
        wanted = words.split()
        if not wanted:
            raise InputRefused("No words are given.", "Give words as they stand in the article.")
        found = _occurrences(text, wanted)
        if len(found) != 1:
            raise InputRefused(
                f"The words stand in the latest version {len(found)} times."
                if found
                else "The words do not stand in the latest version of the article.",
                "Give more words, or start and end." if found else "Copy them from the article.",
            )
        return found[0]
    if start is None or end is None or not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise InputRefused(
            f"[{start}, {end}) is no stretch of words of the article, which has {len(text):,} characters.",
            "Choose words of its latest version.",
        )
    return trimmed(text, Span(start, end))


def _occurrences(text: str, words: Sequence[str]) -> list[Span]:
    """Where words stand in a text, as whole words; white space and the style of quotes and dashes make no difference."""
    pattern = r"\s+".join(re.escape(fold(word)) for word in words)
    return [Span(*match.span()) for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", fold(text))]


def _make_room(unit: Write, places: Placed, claim: Claim, span: Span) -> None:
    """Take untouched claims off the sentences that a placed one takes. Raises InputRefused where one was worked on."""
    target = _units_around(places, span)
    there = [
        other
        for other in places.standing()
        if other.id != claim.id
        and other.relation is Relation.SENTENCE
        and target.overlaps(Span(other.start, other.end))
    ]
    children = [
        other
        for other in places.claims
        if other.parent_id in {one.id for one in there} and not other.withdrawn and other.parent_id is not None
    ]
    going = [one for one in (*there, *children) if one.version_id == places.version.id]
    untouched = {
        view.claim.id
        for view in claim_views(unit.session, places, [one.id for one in going])
        if view.anchor.made_in == places.version.ordinal and view.status in (Status.TODO, Status.SET_ASIDE)
    }
    worked_on = [one for one in there if one.id not in untouched] + [
        one for one in children if one.version_id == places.version.id and one.id not in untouched
    ]
    if worked_on:
        numbers = {other.id: number for number, other in enumerate(places.claims, 1)}
        raise InputRefused(
            f"Claim {numbers[worked_on[0].id]} stands on these words: “{' '.join(worked_on[0].wording.split())[:80]}”.",
            "Choose other words, or place or let go of that claim first.",
        )
    for other in going:
        unit.journal.record(Kind.CLAIM, other.id, None)


def _units_around(places: Placed, span: Span) -> Span:
    starts = [int(start) for start, _ in places.version.units] or [0]
    first = starts[max(0, bisect_right(starts, span.start) - 1)]
    after = bisect_right(starts, span.end - 1)
    return Span(first, starts[after] if after < len(starts) else len(places.version.text))


def _anchor(unit: Write, places: Placed, claim: Claim, data: AnchorData) -> ClaimView:
    """Record where a claim stands, and make claims for the sentences that it leaves."""
    session, version = unit.session, places.version
    unit.journal.record(Kind.ANCHOR, derived("anchor", claim.id, version.id), data)
    article = session.get_one(Article, version.article_id)
    _fill(unit, article)
    return claim_views(session, placed(session, article), [claim.id])[0]
