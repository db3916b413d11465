"""Messages: what has happened, told to whoever shows it. Workers post them and never touch a widget."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from db.errors import StoreError
    from workbench.app import Workbench
    from workbench.errors import WorkbenchError
    from workbench.services.import_views import ImportReport
    from workbench.services.views import Progress
    from workbench.settings import Settings


class Opened(Message):
    """The database is open. `article_id` is the article to begin with, where there is one."""

    def __init__(self, workbench: "Workbench", article_id: str | None) -> None:
        super().__init__()
        self.workbench = workbench
        self.article_id = article_id


class OpeningRefused(Message):
    """The database cannot be opened."""

    def __init__(self, error: "WorkbenchError | StoreError") -> None:
        super().__init__()
        self.error = error


class Answered(Message):
    """A service has answered a question that a screen asked."""

    def __init__(self, value: Any, then: Callable[[Any], None] | None, group: str, number: int) -> None:
        super().__init__()
        self.value = value
        self.then = then
        self.group = group
        self.number = number


class Refused(Message):
    """A service has refused, in words for people."""

    def __init__(self, message: str, hint: str, then: Callable[[], None] | None, group: str, number: int) -> None:
        super().__init__()
        self.message = message
        self.hint = hint
        self.then = then
        self.group = group
        self.number = number


class StoreChanged(Message):
    """Something was decided or brought in; panes that show it read again."""


class ArticleChosen(Message):
    """An article was opened on the Desk."""

    def __init__(self, article_id: str) -> None:
        super().__init__()
        self.article_id = article_id


class ProgressRead(Message):
    """How far the check of the open article has come, as a line."""

    def __init__(self, line: str) -> None:
        super().__init__()
        self.line = line


class DraftTyped(Message):
    """Free text was typed into a form; None means that it was recorded and its draft can go."""

    def __init__(self, key: str, text: str | None) -> None:
        super().__init__()
        self.key = key
        self.text = text


class EncoderTurned(Message):
    """The encoder is loading, ready or unavailable."""

    def __init__(self, state: str, reason: str) -> None:
        super().__init__()
        self.state = state
        self.reason = reason


class EmbeddingMoved(Message):
    """So many passages still have no vector; at the rate so far encoding them takes so many seconds, None while unknown."""

    def __init__(self, pending: int, seconds: float | None = None) -> None:
        super().__init__()
        self.pending = pending
        self.seconds = seconds


class ImportMoved(Message):
    """An import has come this far."""

    def __init__(self, progress: "Progress") -> None:
        super().__init__()
        self.progress = progress


class ImportEnded(Message):
    """An import has ended; what it brought in is stored."""

    def __init__(self, report: "ImportReport") -> None:
        super().__init__()
        self.report = report


class SettingsTurned(Message):
    """The settings were changed; what can change at once does."""

    def __init__(self, settings: "Settings") -> None:
        super().__init__()
        self.settings = settings
