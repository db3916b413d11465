"""An article whose text changes: bringing in the next version, reading what changed, putting claims in their place."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from db.tables import ArticleVersion
from workbench.errors import InputRefused
from workbench.files import read_bounded
from workbench.intake.fetching import Rules, fetch, is_address
from workbench.services.versions import Difference, Update
from workbench.services.views import ClaimView
from workbench.text.versions import ChangeKind, WordChange
from workbench.tui.commands import Scope, bindings
from workbench.tui.forms.articles import LARGEST, given_path
from workbench.tui.forms.base import Form, Panel
from workbench.tui.shell import Shell
from workbench.tui.text import line
from workbench.tui.widgets.fields import Label, LineField, ProseField
from workbench.tui.widgets.reader import Reader
from workbench.tui.wording import counted


class UpdateForm(Form[Update]):
    """A changed text from a file, or pasted; hands back what became of the claims."""

    def __init__(self, shell: Shell, article_id: str, title: str) -> None:
        super().__init__(shell, "Bring in a changed text", f"update:{article_id}")
        self._article = article_id
        self._title = title

    def body(self) -> Iterable[Widget]:
        """A path, or a text."""
        yield Label(identifier="update-title")
        yield Label("Path of the changed text, or its web address:")
        yield LineField(identifier="path", placeholder="~/articles/story-2.md")
        yield Label("Or paste the whole changed text here:")
        yield ProseField(identifier="text")

    def on_mount(self) -> None:
        """Begin with the path."""
        self.query_one("#update-title", Label).update(line(self._title, "$foreground"))
        self.set_focus(self.query_one("#path", LineField))

    def action_save(self) -> None:
        """Bring it in."""
        path, pasted, article = self.text_of("path").strip(), self.text_of("text"), self._article
        versions = self.shell.workbench.versions

        def bring_in() -> Update:
            if is_address(path):
                found = fetch(path, Rules(private=self.shell.workbench.settings.private_network))
                return versions.update(article, found.data, found.name, media_type=found.media_type)
            if path:
                file = given_path(path)
                return versions.update(article, read_bounded(file, LARGEST), file.name)
            if pasted.strip():
                return versions.update(article, pasted.encode("utf-8", "replace"), "pasted text.md")
            raise InputRefused("There is no path and no text.", "Give one of them.")

        self.submit(bring_in, lambda done: done)


def told(done: Update) -> str:
    """What became of the claims, in a sentence."""
    if done.same:
        more = f"; {counted(done.new, 'claim')} made for sentences that had none" if done.new else ""
        return f"The same text as version {done.version.ordinal}: nothing changed{more}."
    words = (
        f"Version {done.version.ordinal}: {done.found} found again, {done.drifted} drifted, "
        f"{done.orphans} no longer in the text, {done.new} new."
    )
    ask = done.changed + done.lost
    return f"{words} {counted(ask, 'decided claim')} to look at again (n)." if ask else words


class PlaceForm(Form[bool]):
    """Puts a claim on words of the latest version that are selected."""

    def __init__(self, shell: Shell, view: ClaimView, version: ArticleVersion) -> None:
        super().__init__(shell, f"Place claim {view.number}")
        self._view = view
        self._version = version

    def body(self) -> Iterable[Widget]:
        """The words that it stood on, over the article."""
        yield Label(identifier="as-written")
        yield Label("Select the words that say it now (shift with the arrows):")
        yield ProseField(self._version.text, reading=True, identifier="article")

    def on_mount(self) -> None:
        """Begin where it stood."""
        anchored = self._view.anchor
        self.query_one("#as-written", Label).update(line(f"It stood on: {anchored.made_words}", "$foreground"))
        field = self.query_one("#article", ProseField)
        start = min(anchored.last_start, len(self._version.text))
        before = self._version.text[:start]
        field.move_cursor((before.count("\n"), len(before) - before.rfind("\n") - 1))
        self.set_focus(field)

    def action_save(self) -> None:
        """Place it."""
        chosen = self.query_one("#article", ProseField).chosen
        versions, claim = self.shell.workbench.versions, self._view.claim.id
        if chosen is None:
            self.complain("No words are selected.", "Hold shift and move with the arrows.")
            return
        self.submit(lambda: versions.place(claim, start=chosen[0], end=chosen[1]), lambda _: True)


class DifferencePanel(Panel[None]):
    """What changed between two versions: signs before the lines and brackets around the words, so that no colour is needed."""

    scopes: ClassVar[tuple[Scope, ...]] = (Scope.VERSIONS,)
    BINDINGS = bindings(Scope.VERSIONS)

    def __init__(self, shell: Shell, article_id: str) -> None:
        super().__init__(shell, "What changed")
        self._article = article_id
        self._numbers: list[int] = []
        self._at = 0

    def body(self) -> Iterable[Widget]:
        """One long text."""
        yield Reader(identifier="difference")

    def on_mount(self) -> None:
        """Show the last two."""
        versions, article = self.shell.workbench.versions, self._article
        self.set_focus(self.query_one(Reader))
        self.ask(lambda: [item.version.ordinal for item in versions.list(article)], self._listed)

    def _listed(self, numbers: list[int]) -> None:
        self._numbers = list(dict.fromkeys(numbers))
        self._at = len(self._numbers) - 1
        self._read()

    def _read(self) -> None:
        if len(self._numbers) < 2:
            self.query_one(Reader).show([Content("This article has one version. Bring in a changed text with b.")])
            return
        versions, article = self.shell.workbench.versions, self._article
        old, new = self._numbers[self._at - 1], self._numbers[self._at]
        self.ask(lambda: versions.difference(article, old, new), self._show, group="difference")

    def _show(self, found: Difference) -> None:
        counts = {kind: found.count(kind) for kind in ChangeKind}
        self.retitle(
            line(
                f"Version {found.old.ordinal} to {found.new.ordinal}: {counts[ChangeKind.CHANGED]} changed, "
                f"{counts[ChangeKind.INSERTED]} added, {counts[ChangeKind.DELETED]} taken out",
                "bold",
            )
        )
        self.query_one(Reader).show(difference_blocks(found))

    def action_step(self, step: int) -> None:
        """The pair of versions before or after."""
        if len(self._numbers) > 2:
            self._at = 1 + (self._at - 1 + step) % (len(self._numbers) - 1)
            self._read()


def difference_blocks(found: Difference) -> list[Content]:
    """Sentence by sentence: `-` went, `+` came, `~` changed with [-went-] and {+came+}."""
    blocks: list[Content] = []
    for change, words in zip(found.changes, found.words, strict=True):
        old, new = change.old.of(found.old.text), change.new.of(found.new.text)
        if not (old or new).strip():
            continue
        if change.kind is ChangeKind.SAME:
            blocks.append(Content.assemble("  ", line(new, "$quiet")))
        elif change.kind is ChangeKind.DELETED:
            blocks.append(Content.assemble(("- ", "$tone-refuted bold"), line(old, "$tone-refuted strike")))
        elif change.kind is ChangeKind.INSERTED:
            blocks.append(Content.assemble(("+ ", "$tone-supported bold"), line(new, "$tone-supported underline")))
        else:
            runs = [piece for run in words for piece in _run(run, old, new)]
            blocks.append(Content.assemble(("~ ", "$tone-mixed bold"), *runs))
    return blocks


def _run(run: WordChange, old: str, new: str) -> list[Content]:
    went, came = run.old.of(old), run.new.of(new)
    space = Content(" ") if (came or went)[-1:].isspace() else Content("")
    if run.op is ChangeKind.SAME:
        return [line(came), space]
    pieces = []
    if went.strip():
        pieces.append(Content.assemble("[-", line(went), "-]").stylize("$tone-refuted strike"))
    if came.strip():
        pieces.append(Content.assemble("{+", line(came), "+}").stylize("$tone-supported underline"))
    return [*pieces, space]
