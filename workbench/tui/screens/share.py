"""Sharing: packing for another desk, looking into what came from one, merging it; backing up and checking the file."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from db.errors import WithheldQuoted
from workbench.services.sharing import PackSummary
from workbench.services.store_views import StoreInfo
from workbench.tui.commands import Scope, bindings, keys_of, of_scope
from workbench.tui.forms.choosing import Choose, Option, even_so
from workbench.tui.forms.conflicts import ConflictsPanel
from workbench.tui.forms.files import PathForm
from workbench.tui.screens.base import PaneScreen
from workbench.tui.text import joined, line
from workbench.tui.widgets.reader import Reader
from workbench.tui.wording import counted, keys_named


class ShareScreen(PaneScreen):
    """Facts about the file over what the last action said."""

    mode = "share"
    main = "#share-outcome"
    scopes: ClassVar[tuple[Scope, ...]] = (Scope.SHARE, Scope.READER)
    BINDINGS = bindings(Scope.SHARE)

    def body(self) -> Iterable[Widget]:
        """The facts, then the outcome."""
        yield Static(id="share-facts", markup=False)
        yield Reader(identifier="share-outcome")

    def on_mount(self) -> None:
        """Say what can be done here."""
        self.set_focus(self.query_one(Reader))
        self.outcome(
            "Desks exchange work as files: pack one here, merge one from there.",
            [
                Content.assemble(
                    (f"{keys_named(keys_of(command, self.shell.keys)):>3}  ", "$footer-key-foreground bold"),
                    f"{command.title}: {command.help}",
                )
                for command in of_scope(Scope.SHARE)
            ],
        )

    def reload(self) -> None:
        """Read the facts again."""
        self.ask(self.shell.workbench.sharing.info, self._facts, group="info")

    def _facts(self, info: StoreInfo) -> None:
        conflicts = counted(info.conflicts, "conflict")
        self.query_one("#share-facts", Static).update(
            Content("\n").join(
                [
                    joined([line(info.path, "bold"), Content(f"{info.size / 1_048_576:.1f} MiB"), line(info.desk)]),
                    joined(
                        [
                            Content(counted(info.articles, "article")),
                            Content(counted(info.claims, "claim")),
                            Content(counted(info.documents, "document")),
                            Content(counted(info.passages, "passage")),
                            Content(counted(info.sources, "source")),
                        ]
                    ),
                    joined(
                        [
                            Content(counted(info.revisions, "decision") + " on record"),
                            Content.styled(f"! {conflicts}", "$tone-conflict bold")
                            if info.conflicts
                            else Content(conflicts),
                            Content("read-only") if info.read_only else Content(""),
                        ]
                    ),
                ]
            )
        )

    def outcome(self, head: str, blocks: Iterable[Content]) -> None:
        """Show what an action said."""
        self.query_one(Reader).show([line(head, "bold"), Content(""), *blocks])

    def action_pack(self) -> None:
        """Ask where to, then pack."""
        proposed = str(Path.cwd() / f"{self.shell.workbench.store_path.stem}-share.db")
        form = PathForm(self.shell, "Pack a share", "Path of the new file:", proposed)
        self.app.push_screen(form, lambda path: self._pack(path) if path else None)

    def _pack(self, path: Path, *, even_quoting: bool = False) -> None:
        sharing = self.shell.workbench.sharing
        self.outcome("Packing…", [])

        def pack() -> PackSummary | WithheldQuoted:
            try:
                return sharing.pack(path, even_quoting=even_quoting)
            except WithheldQuoted as refused:
                return refused

        def packed(found: PackSummary | WithheldQuoted) -> None:
            if isinstance(found, WithheldQuoted):
                self._quoted(path, found)
            else:
                self._packed(found)

        self.ask(pack, packed, refused=lambda: self.outcome("Nothing was packed.", []))

    def _quoted(self, path: Path, refused: WithheldQuoted) -> None:
        self.outcome("Nothing was packed.", [line(refused.message, "$tone-conflict"), line(refused.hint)])

        def chosen(key: str | None) -> None:
            if key == "even-so":
                self._pack(path, even_quoting=True)

        self.app.push_screen(even_so(self.shell, "Pack a share", refused.message, "pack it"), chosen)

    def _packed(self, summary: PackSummary) -> None:
        self.outcome(
            f"Packed into {summary.target}",
            [
                Content(counted(summary.documents, "document") + ", " + counted(summary.passages, "passage")),
                Content(counted(summary.revisions, "decision")),
                Content(
                    f"held back: {counted(summary.withheld_documents, 'document')}, "
                    f"{counted(summary.withheld_revisions, 'decision')}"
                ),
                *[line(f"confidential words left with {one.place}", "$tone-conflict") for one in summary.quoting],
                Content(f"SHA-256 {summary.sha256}"),
            ],
        )

    def action_inspect(self) -> None:
        """Ask for a file, then look into it."""
        form = PathForm(self.shell, "Inspect a share", "Path of the file:", must_exist=True)
        self.app.push_screen(form, lambda path: self._inspect(path) if path else None)

    def _inspect(self, path: Path) -> None:
        sharing = self.shell.workbench.sharing
        self.outcome("Looking…", [])
        self.ask(
            lambda: sharing.inspect(path),
            lambda found: self.outcome(
                f"{found.name}: a share" if found.contents.is_pack else f"{found.name}: a complete database",
                [
                    Content("from ") + line(found.contents.desk or "a desk that gives no name"),
                    Content("decisions by ") + line(", ".join(found.contents.authors) or "nobody"),
                    Content(
                        counted(found.contents.documents, "document")
                        + ", "
                        + counted(found.contents.passages, "passage")
                    ),
                    *_by_kind({str(kind): number for kind, number in found.contents.by_kind.items()}),
                    Content(f"kept back there: {counted(found.contents.withheld_documents, 'document')}"),
                    Content(f"SHA-256 {found.sha256}"),
                    Content(""),
                    Content("m merges it."),
                ],
            ),
            refused=lambda: self.outcome("It was not opened.", []),
        )

    def action_merge(self) -> None:
        """Ask for a file, then show what merging it would do."""
        form = PathForm(self.shell, "Merge a share", "Path of the file from another desk:", must_exist=True)
        self.app.push_screen(form, lambda path: self._preview(path) if path else None)

    def _preview(self, path: Path) -> None:
        sharing = self.shell.workbench.sharing
        self.outcome("Looking at what would change…", [])
        self.ask(
            lambda: sharing.merge(path, preview=True),
            lambda report: self._previewed(
                path,
                _merge_blocks(
                    {str(kind): number for kind, number in report.new_revisions.items()},
                    report.new_documents,
                    report.known_revisions,
                    len(report.new_conflicts),
                    len(report.citations_without_document),
                ),
                nothing=report.changes_nothing,
                desk=report.desk,
            ),
            refused=lambda: self.outcome("Nothing was merged.", []),
        )

    def _previewed(self, path: Path, blocks: list[Content], *, nothing: bool, desk: str) -> None:
        who = desk or "another desk"
        if nothing:
            self.outcome(f"Nothing new from {who}.", blocks)
            return
        head = f"Merging {path.name} from {who} would bring:"
        self.outcome(head, blocks)
        options = [Option("yes", Content("merge it"), "y"), Option("no", Content("leave it"), "n")]

        def chosen(key: str | None) -> None:
            if key == "yes":
                self._merge(path)
            else:
                self.outcome("Nothing was merged.", blocks)

        self.app.push_screen(Choose(self.shell, head, options, "no", blocks), chosen)

    def _merge(self, path: Path) -> None:
        sharing = self.shell.workbench.sharing
        self.ask(
            lambda: sharing.merge(path),
            lambda report: self._merged(
                _merge_blocks(
                    {str(kind): number for kind, number in report.new_revisions.items()},
                    report.new_documents,
                    report.known_revisions,
                    len(report.new_conflicts),
                    len(report.citations_without_document),
                ),
                conflicts=len(report.new_conflicts),
            ),
            refused=lambda: self.outcome("Nothing was merged.", []),
        )

    def _merged(self, blocks: list[Content], *, conflicts: int) -> None:
        self.outcome("Merged. Nothing that anybody decided was lost.", blocks)
        self.changed()
        if conflicts:
            self.action_conflicts()

    def action_conflicts(self) -> None:
        """List every conflict in the file."""
        self.app.push_screen(ConflictsPanel(self.shell, None))

    def action_backup(self) -> None:
        """Ask where to, then copy."""
        proposed = str(Path.cwd() / f"{self.shell.workbench.store_path.stem}-backup.db")
        form = PathForm(self.shell, "Back up the file", "Path of the copy:", proposed)
        self.app.push_screen(form, lambda path: self._backup(path) if path else None)

    def _backup(self, path: Path) -> None:
        sharing = self.shell.workbench.sharing
        self.ask(
            lambda: sharing.backup(path),
            lambda _: self.outcome(f"Copied to {path}", [Content("It holds confidential documents too.")]),
        )

    def action_check(self) -> None:
        """Look for damage."""
        sharing = self.shell.workbench.sharing
        self.outcome("Checking…", [])
        self.ask(
            sharing.check,
            lambda problems: self.outcome(
                counted(len(problems), "finding") if problems else "All is well.",
                [line(f"{problem.severity}: {problem.message}") for problem in problems],
            ),
            group="check",
        )


def _by_kind(numbers: Mapping[str, int]) -> list[Content]:
    return [Content(f"  {kind}: {number:,}") for kind, number in sorted(numbers.items())]


def _merge_blocks(new: Mapping[str, int], documents: int, known: int, conflicts: int, missing: int) -> list[Content]:
    blocks = [Content(f"{counted(sum(new.values()), 'new decision')}, {known:,} known already")]
    blocks += _by_kind(new)
    blocks.append(Content(counted(documents, "new document")))
    if conflicts:
        words = f"! {counted(conflicts, 'conflict')}: decided differently here; both sides stay until you choose"
        blocks.append(Content.styled(words, "$tone-conflict bold"))
    if missing:
        blocks.append(Content(f"{counted(missing, 'citation')} whose document is in neither file"))
    return blocks
