"""The Desk's ground: the open article, the current claim, the matches that follow it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from workbench.matching.query import read_query
from workbench.services.filters import Filter
from workbench.services.precedent_views import PrecedentList
from workbench.services.reference_views import ArticleReferences, ReferenceView
from workbench.services.views import OPEN, ClaimView, Desk, Match, MatchList, Order
from workbench.tui.commands import Scope
from workbench.tui.messages import ProgressRead
from workbench.tui.screens.base import PaneScreen
from workbench.tui.shell import Shell
from workbench.tui.text import line
from workbench.tui.widgets.article_pane import ArticlePane, progress_line
from workbench.tui.widgets.claims_pane import ClaimsPane
from workbench.tui.widgets.matches_pane import MatchesPane
from workbench.tui.wording import counted

FOLLOW_AFTER = 0.15
"""Seconds that the cursor rests on a claim before passages are looked for."""
WORDS_AFTER = 0.3
"""Seconds after which passages found by words are shown while those by meaning are still on their way."""
TOP = 10


class DeskBase(PaneScreen):
    """Reads the article and keeps article, claims and matches on the same claim."""

    mode = "desk"
    main = "#claims"
    scopes: ClassVar[tuple[Scope, ...]] = (Scope.DESK, Scope.LIST)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.desk: Desk | None = None
        self._article = ""
        self._places: dict[str, str] = {}
        self._current_id = ""
        self._follow: Timer | None = None
        self._words: Timer | None = None
        self._found_mode = ""
        self._words_first = False
        self._search = ""
        self.filter = Filter()
        self.even_short = ""
        self.left_open: ArticleReferences | None = None

    @property
    def article_pane(self) -> ArticlePane:
        """The text."""
        return self.query_one(ArticlePane)

    @property
    def claims_pane(self) -> ClaimsPane:
        """The claims."""
        return self.query_one(ClaimsPane)

    @property
    def matches_pane(self) -> MatchesPane:
        """The passages."""
        return self.query_one(MatchesPane)

    @property
    def claim(self) -> ClaimView | None:
        """The current claim."""
        return self.claims_pane.current if self.desk else None

    @property
    def match(self) -> Match | None:
        """The match under the cursor; None while the passages of another claim are still shown."""
        view = self.claim
        return self.matches_pane.cards.current if view is not None and view.claim.id == self._current_id else None

    @property
    def following(self) -> bool:
        """Whether the cursor has just moved and passages are still to be looked for."""
        return self._follow is not None

    def claim_text(self, view: ClaimView) -> str:
        """The words of the article that a claim stands on."""
        return view.anchor.words

    def with_claim(self, act: Callable[[ClaimView], Any]) -> None:
        """Act on the current claim, or say that there is none."""
        view = self.claim
        if view is None:
            self.complain("No claim is chosen.", "Open an article (1), then choose a claim.")
        else:
            act(view)

    def with_match(self, act: Callable[[ClaimView, Match], Any]) -> None:
        """Act on the current claim and match, or say that there is none."""
        view, match = self.claim, self.match
        if view is None or match is None:
            self.complain("No passage is chosen.", "Wait until passages are found, or search in your own words (f).")
        else:
            act(view, match)

    def open_form(self, form: Screen[Any]) -> None:
        """Put a form over the Desk."""
        self.app.push_screen(form)

    def reload(self) -> None:
        """Read the open article again."""
        article = self.shell.article_id
        self.set_class(article is None, "-no-article")
        self.take_focus()
        if article is None:
            return
        articles = self.shell.workbench.articles
        drafts = self.shell.drafts

        def read() -> tuple[Desk, list[str]]:
            return articles.desk(article), drafts.keys()

        self.ask(read, self._show, group="desk", refused=self._gone)

    def on_screen_resume(self) -> None:
        """A form that was left may have left a draft behind."""
        super().on_screen_resume()
        self.ask(self.shell.drafts.keys, self._mark_drafts, group="drafts")

    def _mark_drafts(self, keys: list[str]) -> None:
        if self.desk is not None:
            self.claims_pane.mark_drafts(frozenset(view.claim.id for view in drafted(self.desk, keys)))

    def _gone(self) -> None:
        self.shell.article_id = None
        self.set_class(True, "-no-article")
        self.take_focus()

    async def _draw_article(self) -> None:
        if self.desk is not None:
            await self.article_pane.show(self.desk, self.claim, self.open_references())

    def _show(self, found: tuple[Desk, list[str]]) -> None:
        desk, drafts = found
        first = desk.article.id != self._article
        self._article, self.desk = desk.article.id, desk
        self._search = "" if first else self._search
        self.left_open = None if first else self.left_open
        self.claims_pane.show(desk.claims, self.open_counts())
        self._mark_drafts(drafts)
        if first:
            place = self._places.get(desk.article.id)
            if place is None or not self.claims_pane.rows.go_to(place):
                self._to_first(desk, drafts)
        self.titles(desk)
        view = self.claim
        self.call_later(self._draw_article)
        self.matches_pane.show_claim(view, self.references_of(view))
        if view is not None:
            self._current_id = view.claim.id
            self._find()
        self.post_message(ProgressRead(progress_line(desk)))
        references = self.shell.workbench.references
        # Read by themselves: the article is split anew for them, which takes its time where it is long.
        self.ask(lambda: references.of_article(desk.article.id), self._referred, group="references")

    def _referred(self, found: ArticleReferences) -> None:
        if self.desk is None or found.article.id != self._article:
            return
        self.left_open = found
        self.claims_pane.show(self.desk.claims, self.open_counts())
        self.matches_pane.show_claim(self.claim, self.references_of(self.claim))
        self.call_later(self._draw_article)
        words = f"“{found.undated[0]}”" if found.undated else ""
        more = f" and {counted(len(found.undated) - 1, 'other place')}" if len(found.undated) > 1 else ""
        self.set_class(bool(found.undated), "-undated")
        self.query_one("#undated", Static).update(
            line(f"No publication date (t gives it): {words}{more} wait for it.", "$tone-unproven")
        )

    def open_references(self) -> list[tuple[int, int]]:
        """The stretches of the text that nobody has resolved yet."""
        return [(one.start, one.end) for one in self.left_open.references if one.open] if self.left_open else []

    def open_counts(self) -> Counter[str]:
        """How many references each claim leaves open."""
        found = self.left_open.references if self.left_open else ()
        return Counter(claim for one in found if one.open for claim in one.claims)

    def references_of(self, view: ClaimView | None) -> tuple[ReferenceView, ...]:
        """The references of a claim, as far as they are read."""
        return self.left_open.of(view.claim.id) if self.left_open and view else ()

    def _to_first(self, desk: Desk, drafts: list[str]) -> None:
        """To the claim about which something was being typed, else to the first that asks for work."""
        left = next(drafted(desk, drafts), None)
        if left is not None and self.claims_pane.rows.go_to(left.claim.id):
            self.tell(f"What you typed about claim {left.number} was not recorded; its form takes it up again.")
            return
        suggested = (view for view in desk.claims if view.status in OPEN and view.claim.suggested and not view.depth)
        first = next(suggested, None) or next((view for view in desk.claims if view.status in OPEN), None)
        if first is not None:
            self.claims_pane.rows.go_to(first.claim.id)

    def titles(self, desk: Desk) -> None:
        """Say over the panes what is in them."""
        still = sum(view.status in OPEN for view in desk.claims)
        by = ", most worth checking first" if self.claims_pane.order is Order.CHECKWORTHINESS else ""
        self.claims_pane.border_title = f"Claims: {still} open of {counted(len(desk.claims), 'claim')}{by}"
        number, several = desk.version.ordinal, len(desk.versions) > 1
        self.article_pane.border_title = f"Article, version {number}" if several else "Article"
        self.matches_pane.border_title = "Matches and verdict"

    def follow(self) -> None:
        """The cursor is on a claim: light it, and look for passages once it rests there."""
        view = self.claim
        if self.desk is None or view is None or view.claim.id == self._current_id:
            return
        self._current_id = view.claim.id
        self._search = ""
        self._places[self._article] = view.claim.id
        self.article_pane.light(self.desk, view)
        self.matches_pane.show_claim(view, self.references_of(view))
        self.forget("match")
        if self._follow is not None:
            self._follow.stop()
        self._follow = self.set_timer(FOLLOW_AFTER, self._find)

    def _find(self, *, keep: bool = False) -> None:
        """Look for passages: by meaning where the encoder is ready, by words at once where that takes its time.

        With `keep` the passage under the cursor stays even if it is no longer among the first.
        """
        view, self._follow = self.claim, None
        if view is None:
            return
        if self._words is not None:
            self._words.stop()
        meaning = self.shell.encoder == "ready"
        asked, matching, wanted = self._search, self.shell.workbench.matching, self.filter
        short = self.even_short == view.claim.id

        def look() -> MatchList:
            query = read_query(asked) if asked else None
            return matching.match(view, query=query, wanted=wanted, top=TOP, even_short=short)

        self._found_mode = ""
        self.ask(look, lambda found: self._found(view, found, keep=keep), group="match")
        precedents = self.shell.workbench.precedents
        self.ask(
            lambda: precedents.find(view),
            lambda found: self._judged_before(view, found),
            group="precedents",
        )
        if meaning and not asked and self.matches_pane.cards.stale:
            self._words = self.set_timer(WORDS_AFTER, lambda: self._find_by_words(view))

    def _judged_before(self, view: ClaimView, found: PrecedentList) -> None:
        if view.claim.id == self._current_id:
            self.matches_pane.show_precedents(found)

    def _find_by_words(self, view: ClaimView) -> None:
        if self._found_mode or view.claim.id != self._current_id:
            return
        matching, wanted, short = self.shell.workbench.matching, self.filter, self.even_short == view.claim.id
        self.ask(
            lambda: matching.match(view, wanted=wanted, top=TOP, meaning=False, even_short=short),
            lambda found: None if self._found_mode else self._found(view, found, keep=True, final=False),
            group="match by words",
        )

    def _found(self, view: ClaimView, found: MatchList, *, keep: bool, final: bool = True) -> None:
        if view.claim.id != self._current_id:
            return
        if final:
            self._found_mode = found.mode
        keep = keep or self._words_first
        self._words_first = not final
        self.matches_pane.show_matches(found, keep=keep, searched=self._search)

    def improve_matches(self) -> None:
        """More can be found by meaning now: look again, without moving what the cursor is on."""
        if self.shell.encoder == "ready" and self.desk is not None and self._found_mode:
            self._find(keep=True)


def drafted(desk: Desk, keys: Iterable[str]) -> Iterator[ClaimView]:
    """The claims that drafts are about, in the order of the drafts; a form's key names its claim, or the verdict it reviews."""
    claims = {name: view for view in desk.claims for name in (view.claim.id, *(item.rid for item in view.verdicts))}
    return (claims[part] for key in keys for part in key.split(":") if part in claims)
