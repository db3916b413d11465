"""The Desk's ground: the open article, the current claim, the matches that follow it."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual.screen import Screen
from textual.timer import Timer

from workbench.services.views import OPEN, ClaimView, Desk, Match, MatchList
from workbench.tui.commands import Scope
from workbench.tui.messages import ProgressRead
from workbench.tui.screens.base import PaneScreen
from workbench.tui.shell import Shell
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
        self.ask(lambda: articles.desk(article), self._show, group="desk", refused=self._gone)

    def _gone(self) -> None:
        self.shell.article_id = None
        self.set_class(True, "-no-article")
        self.take_focus()

    async def _draw_article(self) -> None:
        if self.desk is not None:
            await self.article_pane.show(self.desk, self.claim)

    def _show(self, desk: Desk) -> None:
        first = desk.article.id != self._article
        self._article, self.desk = desk.article.id, desk
        self._search = "" if first else self._search
        self.claims_pane.show(desk.claims)
        if first:
            place = self._places.get(desk.article.id)
            if place is None or not self.claims_pane.rows.go_to(place):
                self._to_first_open(desk)
        self._titles(desk)
        view = self.claim
        self.call_later(self._draw_article)
        self.matches_pane.show_claim(view)
        if view is not None:
            self._current_id = view.claim.id
            self._find()
        self.post_message(ProgressRead(progress_line(desk)))

    def _to_first_open(self, desk: Desk) -> None:
        suggested = (view for view in desk.claims if view.status in OPEN and view.claim.suggested and not view.depth)
        first = next(suggested, None) or next((view for view in desk.claims if view.status in OPEN), None)
        if first is not None:
            self.claims_pane.rows.go_to(first.claim.id)

    def _titles(self, desk: Desk) -> None:
        still = sum(view.status in OPEN for view in desk.claims)
        self.claims_pane.border_title = f"Claims: {still} open of {counted(len(desk.claims), 'claim')}"
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
        self.matches_pane.show_claim(view)
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
        asked, matching = self._search, self.shell.workbench.matching
        day = self.desk.article.published_on if self.desk else None

        def look() -> MatchList:
            if asked:
                return matching.match(asked, top=TOP, claim_date=day)
            return matching.match(view, top=TOP)

        self._found_mode = ""
        self.ask(look, lambda found: self._found(view, found, keep=keep), group="match")
        if meaning and not asked and self.matches_pane.cards.stale:
            self._words = self.set_timer(WORDS_AFTER, lambda: self._find_by_words(view))

    def _find_by_words(self, view: ClaimView) -> None:
        if self._found_mode or view.claim.id != self._current_id:
            return
        matching = self.shell.workbench.matching
        self.ask(
            lambda: matching.match(view, top=TOP, meaning=False),
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
