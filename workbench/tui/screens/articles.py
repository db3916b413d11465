"""The articles on this desk."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from db.tables import Article
from workbench.services import sample
from workbench.services.versions import Update
from workbench.services.views import ArticleSummary
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.articles import AddArticleForm, EditArticleForm
from workbench.tui.forms.base import TextPanel
from workbench.tui.forms.versions import UpdateForm, told
from workbench.tui.messages import ArticleChosen, ProgressRead
from workbench.tui.screens.base import PaneScreen
from workbench.tui.shell import Shell
from workbench.tui.text import joined, line
from workbench.tui.widgets.empty import Doors
from workbench.tui.widgets.fields import LineField
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.sourcing import sourcing_blocks
from workbench.tui.wording import counted

if TYPE_CHECKING:
    from workbench.credibility.sourcing import Sourcing

_BAR = 12


class ArticlesScreen(PaneScreen):
    """Lists articles with their progress."""

    mode = "articles"
    main = "#articles"
    scopes: ClassVar[tuple[Scope, ...]] = (Scope.ARTICLES, Scope.LIST)
    BINDINGS = bindings(Scope.ARTICLES)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._articles: Sequence[ArticleSummary] = ()
        self._words = ""

    def body(self) -> Iterable[Widget]:
        """The filter, the list, and the three doors of an empty desk."""
        yield LineField(placeholder="words in title or outlet; esc shows all", identifier="articles-filter")
        yield Rows(
            self._draw,
            lambda item: item.article.id,
            row_height=3,
            cursor_mark=self.shell.marks.cursor,
            identifier="articles",
        )
        yield Doors(
            "No article yet. Three ways to begin:",
            [
                ("t", "try the sample article: fictional, with its evidence; F12 shows you round", "screen.sample"),
                ("a", "add an article from a file, or from text you paste", "screen.add"),
                ("M", "merge a database that another desk has packed", "screen.merge"),
            ],
            identifier="articles-empty",
        )

    @property
    def rows(self) -> Rows[ArticleSummary]:
        """The list."""
        return self.query_one("#articles", Rows)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_focus(self.rows)

    def reload(self) -> None:
        """Read the articles again."""
        self.ask(self.shell.workbench.articles.list, self._show, group="articles")

    def _show(self, articles: Sequence[ArticleSummary]) -> None:
        self._articles = articles
        self.set_class(not articles, "-empty")
        self.take_focus()
        self._apply()
        if not articles:
            self.post_message(ProgressRead(""))

    def _apply(self) -> None:
        words = self._words.lower().split()
        self.rows.show(
            [
                item
                for item in self._articles
                if all(word in f"{item.article.title} {item.article.outlet}".lower() for word in words)
            ]
        )

    def _draw(self, item: ArticleSummary, _: int) -> Sequence[Content]:
        article, marks = item.article, self.shell.marks
        published = article.published_on.isoformat() if article.published_on else ""
        done = item.units
        about = joined([line(article.outlet), line(article.byline), Content(published)])
        bar = marks.bar(item.percent, 100, _BAR)
        progress = joined(
            [
                Content.assemble((bar, "$tone-supported"), f" {item.percent} %"),
                Content(f"{item.open} of {counted(item.claims, 'claim')} open"),
                Content(f"{item.checked} checked"),
                Content(f"{item.covered} covered") if item.covered else Content(""),
                Content(f"{item.set_aside} set aside"),
                Content.styled(f"! {counted(item.conflicts, 'conflict')}", "$tone-conflict bold")
                if item.conflicts
                else Content(""),
                Content.styled(f"! {item.changed + item.lost} with changed text", "$tone-conflict bold")
                if item.changed + item.lost
                else Content(""),
                Content(f"version {item.version.ordinal}") if item.versions > 1 else Content(""),
                Content.styled(counted(done, "unit"), "$quiet"),
            ]
        )
        return [line(article.title, "bold"), about.stylize("$quiet") if about else Content(""), progress]

    @on(Rows.Opened, "#articles")
    def _opened(self, event: Rows.Opened) -> None:
        event.stop()
        self.action_open()

    @on(Input.Changed, "#articles-filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._words = event.value
        self._apply()

    @on(Input.Submitted, "#articles-filter")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(self.rows)

    def action_open(self) -> None:
        """Open the article on the Desk."""
        item = self.rows.current
        if item is not None:
            self.post_message(ArticleChosen(item.article.id))

    def action_add(self) -> None:
        """Add an article."""
        self.app.push_screen(AddArticleForm(self.shell), self._added)

    def _added(self, article_id: str | None) -> None:
        if article_id is not None:
            self.post_message(ArticleChosen(article_id))

    def action_sample(self) -> None:
        """Bring the sample case in and open it."""
        workbench = self.shell.workbench
        self.tell("Bringing in the sample article with its evidence…")
        self.ask(lambda: sample.load(workbench), self._sampled, group="sample")

    def _sampled(self, article: Article) -> None:
        self.changed()
        self.post_message(ArticleChosen(article.id))

    def action_edit(self) -> None:
        """Describe the article."""
        item = self.rows.current
        if item is not None:
            self.app.push_screen(EditArticleForm(self.shell, item.article))

    def action_update(self) -> None:
        """Bring in a changed text of the article."""
        item = self.rows.current
        if item is not None:
            form = UpdateForm(self.shell, item.article.id, item.article.title)
            self.app.push_screen(form, self._updated)

    def _updated(self, done: Update | None) -> None:
        if done is not None:
            self.tell(told(done))

    def action_withdraw(self) -> None:
        """Take the article off the desk."""
        item, articles = self.rows.current, self.shell.workbench.articles
        if item is not None:
            key = item.article.id
            self.ask(lambda: articles.withdraw(key), self._withdrawn)

    def _withdrawn(self, _: object) -> None:
        self.changed()
        self.tell("Taken off the desk; u brings it back.")

    def action_sourcing(self) -> None:
        """Show how the article sources itself."""
        item, articles = self.rows.current, self.shell.workbench.articles
        if item is not None:
            key = item.article.id
            self.ask(lambda: articles.sourcing(key), self._sourced, group="sourcing")

    def _sourced(self, found: "Sourcing") -> None:
        blocks = sourcing_blocks(found, self.shell.marks)
        self.app.push_screen(TextPanel(self.shell, "How the article sources itself", blocks))

    async def action_merge(self) -> None:
        """Go to where shares are merged."""
        await self.app.run_action("app.go('share')")

    def action_filter(self) -> None:
        """Type words to filter by."""
        field = self.query_one("#articles-filter", LineField)
        field.add_class("-open")
        self.set_focus(field)

    def go_back(self) -> None:
        """End the filter."""
        field = self.query_one("#articles-filter", LineField)
        field.remove_class("-open")
        field.value = ""
        self.set_focus(self.rows)
