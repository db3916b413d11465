"""What every screen shares: the workbench, the open article, the marks, and the drafts that are being typed."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from db.errors import StoreError
from workbench.app import Workbench
from workbench.services.drafts import DraftService
from workbench.tui.marks import Marks


class Drafts:
    """Texts that are being typed, written by whichever thread calls `write`; the last one typed wins."""

    def __init__(self, service: DraftService) -> None:
        self._service = service
        self._waiting: dict[str, str | None] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()

    def typed(self, key: str, text: str | None) -> None:
        """Remember a text until it is written; None drops the draft."""
        with self._lock:
            self._waiting[key] = text

    def load(self, key: str) -> str:
        """What was typed under a key and not recorded, empty where there is nothing."""
        with self._lock:
            if key in self._waiting:
                return self._waiting[key] or ""
        return self._service.load(key) or ""

    def keys(self) -> list[str]:
        """What there are drafts of, the one typed last first."""
        with self._lock:
            waiting = dict(self._waiting)
        typed = [key for key, text in reversed(waiting.items()) if text]
        saved = self._service.keys()
        return typed + [key for key in saved if key not in waiting]

    def give_up(self) -> None:
        """Forget what could not be written."""
        with self._lock:
            self._waiting = {}

    def write(self) -> None:
        """Write what waits. Raises StoreError, with the texts kept waiting for the next time."""
        with self._writing:
            with self._lock:
                waiting, self._waiting = self._waiting, {}
            while waiting:
                key, text = next(iter(waiting.items()))
                try:
                    if text is None:
                        self._service.drop(key)
                    else:
                        self._service.save(key, text)
                except StoreError:
                    with self._lock:
                        self._waiting = {**waiting, **self._waiting}
                    raise
                del waiting[key]


@dataclass(slots=True)
class Shell:
    """Held by the app, given to every screen it makes."""

    workbench: Workbench
    marks: Marks
    keys: Mapping[str, str]
    drafts: Drafts
    article_id: str | None = None
    progress: str = ""
    encoder: str = "loading"
    encoder_reason: str = ""
    pending: int = 0
    embedding_paused: bool = False
    changes: int = 0
    roles: dict[str, str] = field(default_factory=dict)
    """The role last chosen for each source, offered first the next time."""

    @property
    def database(self) -> str:
        """The name of the file that is open."""
        return self.workbench.store_path.name
