"""What the lines around every pane say, and what every screen shares: the workbench, the open article, the drafts.

Loaded before the first frame is on screen, so nothing of the services is loaded here.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.errors import StoreError

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.services.drafts import DraftService
    from workbench.tui.marks import Marks
    from workbench.tui.tour import Tour


class Drafts:
    """Texts that are being typed, written by whichever thread calls `write`; the last one typed wins."""

    def __init__(self, service: "DraftService") -> None:
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


@dataclass(slots=True, kw_only=True)
class Frame:
    """What the lines around a pane say; there is a frame before the database is open."""

    database: str
    """The name of the file."""
    keys: Mapping[str, str]
    """The keys that the settings give to commands."""
    progress: str = ""
    encoder: str = "opening"
    """The state of the encoder: opening (the database comes first), loading, ready or unavailable."""
    encoder_reason: str = ""
    pending: int = 0
    embedding_paused: bool = False
    embedding_seconds: float | None = None
    encoder_slower: str = ""
    """Why the encoder takes a slower way than usual; empty where it does not."""


@dataclass(slots=True, kw_only=True)
class Shell(Frame):
    """Held by the app once the database is open, given to every pane and form."""

    workbench: "Workbench"
    marks: "Marks"
    drafts: Drafts
    tour: "Tour"
    article_id: str | None = None
    encoder: str = "loading"
    changes: int = 0
    roles: dict[str, str] = field(default_factory=dict)
    """The role last chosen for each source, offered first the next time."""
