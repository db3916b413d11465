"""Bringing an article in, and describing it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, TextArea

from db.tables import Article
from workbench.errors import InputRefused
from workbench.files import read_bounded
from workbench.intake.fetching import Rules, fetch, is_address
from workbench.tui.forms.base import Form
from workbench.tui.shell import Shell
from workbench.tui.text import plain
from workbench.tui.widgets.fields import Label, LineField, ProseField

LARGEST = 64 * 1024 * 1024


def given_path(text: str) -> Path:
    """A path as people type or paste it: with quotes around it, with `~`. Raises InputRefused for none."""
    cleaned = text.strip().strip("'\"").strip()
    if not cleaned or "\x00" in cleaned:
        raise InputRefused("No path is given.", "Type where the file is; ~ stands for your home folder.")
    return Path(cleaned).expanduser()


def given_day(text: str) -> date | None:
    """A date as YYYY-MM-DD, None for nothing. Raises InputRefused."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputRefused(f"“{text.strip()}” is no date.", "Give it as 2026-03-17.") from error


class AddArticleForm(Form[str]):
    """From a file or from pasted text; hands back the new article's id."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "Add an article", "article:new")

    def body(self) -> Iterable[Widget]:
        """A path, or a text; what is given beside it wins over what the text says of itself."""
        yield Label("Path of a file (text, Markdown, HTML, PDF, DOCX, .eml), or a web address:")
        yield LineField(identifier="path", placeholder="~/articles/story.md")
        yield Label("Or paste the text here:")
        yield ProseField(identifier="text")
        yield Label("Optional; else taken from the text:")
        yield LineField(identifier="title", placeholder="title")
        yield LineField(identifier="outlet", placeholder="outlet")
        yield LineField(identifier="published", placeholder="date, such as 2026-03-17")
        yield Label(identifier="add-note")

    def on_mount(self) -> None:
        """Begin with the path."""
        self.set_focus(self.query_one("#path", LineField))

    @on(TextArea.Changed, "#text")
    @on(Input.Changed, "#path")
    def _sized(self) -> None:
        text, path = self.text_of("text"), self.text_of("path")
        if path and text.strip():
            note = "The file is taken; clear the path to take the pasted text."
        else:
            note = f"{len(text):,} characters pasted" if text else ""
        self.query_one("#add-note", Label).update(Content(note))

    def action_save(self) -> None:
        """Bring it in."""
        values = {name: text.strip() for name, text in self.values().items()}
        pasted = self.text_of("text")
        articles = self.shell.workbench.articles

        def bring_in() -> Article:
            url = None
            if is_address(values["path"]):
                found = fetch(values["path"], Rules(private=self.shell.workbench.settings.private_network))
                data, name, media_type, url = found.data, found.name, found.media_type, found.url
            elif values["path"]:
                path = given_path(values["path"])
                data, name, media_type = read_bounded(path, LARGEST), path.name, None
            elif pasted.strip():
                data, name, media_type = pasted.encode("utf-8", "replace"), "pasted text.md", None
            else:
                raise InputRefused("There is no path and no text.", "Give one of them.")
            return articles.add(
                data,
                name,
                media_type=media_type,
                url=url,
                title=values["title"] or None,
                outlet=values["outlet"] or None,
                published_on=given_day(values["published"]),
            )

        self.submit(bring_in, lambda article: article.id)


class EditArticleForm(Form[bool]):
    """What is known of an article beside its text."""

    def __init__(self, shell: Shell, article: Article, *, begin_with: str = "title") -> None:
        super().__init__(shell, "Describe the article", f"article:{article.id}")
        self._article = article
        self._begin_with = begin_with

    def body(self) -> Iterable[Widget]:
        """A field for each."""
        article = self._article
        for name, value in (
            ("title", article.title),
            ("byline", article.byline),
            ("outlet", article.outlet),
            ("url", article.url),
            ("published", article.published_on.isoformat() if article.published_on else ""),
            ("note", article.note),
        ):
            yield Label(_CAPTIONS[name])
            yield LineField(plain(value), identifier=name)

    def on_mount(self) -> None:
        """Begin with the title, or the field that was asked for."""
        self.set_focus(self.query_one(f"#{self._begin_with}", LineField))

    def action_save(self) -> None:
        """Record what was changed."""
        changed = {name: self.given(name) for name in ("title", "byline", "outlet", "url", "note")}
        published, key = self.given("published"), self._article.id
        articles = self.shell.workbench.articles
        self.submit(
            lambda: articles.edit(key, published_on=given_day(published) if published else None, **changed),
            lambda _: True,
        )


_CAPTIONS = {
    "title": "Title",
    "byline": "Byline",
    "outlet": "Outlet",
    "url": "Address",
    "published": "Published on (2026-03-17)",
    "note": "Note",
}
