"""The report on an article, to read and to export."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from workbench.services.views import ArticleSummary
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.choosing import Choose, Option, even_so
from workbench.tui.forms.files import ExportForm
from workbench.tui.screens.base import PaneScreen
from workbench.tui.shell import Shell
from workbench.tui.text import content, joined, line
from workbench.tui.widgets.empty import Doors
from workbench.tui.widgets.fields import LineField
from workbench.tui.widgets.reader import Reader


class ReportsScreen(PaneScreen):
    """Shows the Markdown of the report."""

    mode = "reports"
    main = "#report"
    scopes: ClassVar[tuple[Scope, ...]] = (Scope.REPORTS, Scope.READER)
    BINDINGS = bindings(Scope.REPORTS)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._article: str | None = None
        self._title = ""
        self._text = ""
        self._quoting = ""

    def body(self) -> Iterable[Widget]:
        """Which article, then its report."""
        yield Static(id="report-head", markup=False)
        yield Static(id="report-quoting", markup=False)
        yield LineField(
            placeholder="words to find; enter goes to the report, n to the next place", identifier="report-find"
        )
        yield Reader(identifier="report")
        yield Doors(
            "A report needs an article.",
            [("1", "go to Articles and bring one in", "app.go('articles')")],
            identifier="reports-empty",
        )

    def on_mount(self) -> None:
        """Begin in the text."""
        self.set_focus(self.query_one(Reader))

    def catch_up(self) -> None:
        """Another article may have been opened meanwhile."""
        if self.shell.article_id is not None and self.shell.article_id != self._article:
            self._article = self.shell.article_id
            self._seen = -1
        super().catch_up()

    def reload(self) -> None:
        """Make the report again."""
        workbench, wanted = self.shell.workbench, self._article

        def render() -> tuple[str, str, str, str] | None:
            listed = [item.article for item in workbench.articles.list()]
            article = next((item for item in listed if item.id == wanted), listed[0] if listed else None)
            if article is None:
                return None
            reports = workbench.reports
            return (
                article.id,
                article.title,
                # What is read here has not left the desk; exporting and copying ask first.
                reports.render(article.id, "markdown", even_quoting=True),
                reports.quoting(article.id),
            )

        self.ask(render, self._show, group="report")

    def _show(self, report: tuple[str, str, str, str] | None) -> None:
        self.set_class(report is None, "-empty")
        self.take_focus()
        if report is None:
            self._article, self._title, self._text, self._quoting = None, "", "", ""
            return
        same = self._article == report[0]
        self._article, self._title, self._text, self._quoting = report
        warning = self.query_one("#report-quoting", Static)
        warning.display = bool(self._quoting)
        warning.update(line(f"! {self._quoting}", "$tone-conflict bold"))
        self.query_one("#report-head", Static).update(
            joined([Content.styled("Report", "bold"), line(self._title), Content.styled("Markdown", "$quiet")])
        )
        self.query_one(Reader).show(markdown_blocks(self._text), keep_place=same)

    def action_choose(self) -> None:
        """Choose the article."""
        self.ask(self.shell.workbench.articles.list, self._choose, group="articles")

    def _choose(self, articles: Sequence[ArticleSummary]) -> None:
        options = [
            Option(
                item.article.id, joined([line(item.article.title), Content.styled(f"{item.percent} % done", "$quiet")])
            )
            for item in articles
        ]

        def chosen(key: str | None) -> None:
            if key is not None:
                self._article = key
                self.reload()

        self.app.push_screen(Choose(self.shell, "Report on which article", options, self._article or ""), chosen)

    def action_export(self) -> None:
        """Ask for form and place, then write."""
        article, reports = self._article, self.shell.workbench.reports
        if article is None:
            self.complain("There is no report to export.", "Bring an article in first (1).")
            return

        def export(even_quoting: bool) -> None:
            form = ExportForm(
                self.shell,
                self._title,
                lambda kind, path, replace: reports.write(
                    article, kind, path, overwrite=replace, even_quoting=even_quoting
                ),
            )
            self.app.push_screen(form, lambda path: self.tell(f"Written to {path}") if path else None)

        self._leave("Export the report", "export it", export)

    def _leave(self, title: str, deed: str, work: Callable[[bool], None]) -> None:
        """Let the report leave the desk, after asking where it repeats what is confidential."""
        if not self._quoting:
            work(False)
            return

        def chosen(key: str | None) -> None:
            if key == "even-so":
                work(True)

        self.app.push_screen(even_so(self.shell, title, self._quoting, deed), chosen)

    def action_copy(self) -> None:
        """Copy the Markdown."""

        def copy(_: bool) -> None:
            self.app.copy_to_clipboard(self._text)
            self.tell("Copied the report as Markdown.")

        if self._text:
            self._leave("Copy the report", "copy it", copy)

    def action_find(self) -> None:
        """Type words to look for."""
        field = self.query_one("#report-find", LineField)
        field.add_class("-open")
        self.set_focus(field)

    @on(Input.Changed, "#report-find")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one(Reader).find(event.value)

    @on(Input.Submitted, "#report-find")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.set_focus(self.query_one(Reader))

    def go_back(self) -> None:
        """End finding."""
        field = self.query_one("#report-find", LineField)
        field.remove_class("-open")
        field.value = ""
        self.set_focus(self.query_one(Reader))


def markdown_blocks(text: str) -> list[Content]:
    """Markdown line by line, with headings, quotations and tables told apart; its signs stay as they will be exported."""
    return [content(row, _style(row)) for row in text.split("\n")]


def _style(row: str) -> str:
    if row.startswith("#"):
        return "bold"
    if row.startswith(">"):
        return "italic $tone-supported"
    return "$quiet" if row.startswith(("|", "---", "<")) else ""
