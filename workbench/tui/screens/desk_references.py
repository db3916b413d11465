"""What the text leaves open, and how the article sources itself, on the Desk."""

from typing import TYPE_CHECKING

from workbench.tui.forms.articles import EditArticleForm
from workbench.tui.forms.base import TextPanel
from workbench.tui.forms.references import ReferencesPanel
from workbench.tui.screens.desk_base import DeskBase
from workbench.tui.widgets.sourcing import sourcing_blocks

if TYPE_CHECKING:
    from workbench.credibility.sourcing import Sourcing


class ReferenceCommands(DeskBase):
    """References, the article's date, its sourcing."""

    def action_references(self) -> None:
        """What the claim leaves open; of the whole article where no claim is chosen."""
        if self.desk is not None:
            view = self.claim
            text = self.claim_text(view) if view is not None else self.desk.article.title
            self.open_form(ReferencesPanel(self.shell, self.desk.article.id, view, text))

    def action_date(self) -> None:
        """Open the article's description at its date."""
        if self.desk is not None:
            self.open_form(EditArticleForm(self.shell, self.desk.article, begin_with="published"))

    def action_sourcing(self) -> None:
        """Show how the article sources itself."""
        if self.desk is not None:
            articles, key = self.shell.workbench.articles, self.desk.article.id
            self.ask(lambda: articles.sourcing(key), self._sourced, group="sourcing")

    def _sourced(self, found: "Sourcing") -> None:
        blocks = sourcing_blocks(found, self.shell.marks)
        self.open_form(TextPanel(self.shell, "How the article sources itself", blocks))
