"""Composition: settings, store and encoder become services. Both front doors start here."""

import os
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Self

from db.revisions import Actor
from db.store import Store
from workbench import paths
from workbench import settings as settings_module
from workbench.errors import InputRefused
from workbench.matching.encoder import Encoder
from workbench.matching.encoder_process import EncoderProcess
from workbench.services.articles import ArticleService
from workbench.services.claims import ClaimService
from workbench.services.drafts import DraftService
from workbench.services.evidence import EvidenceService
from workbench.services.history import HistoryService
from workbench.services.matching import MatchingService
from workbench.services.reports import ReportService
from workbench.services.sharing import SharingService
from workbench.services.sources import SourceService
from workbench.services.verdicts import VerdictService
from workbench.services.versions import VersionService
from workbench.settings import Settings


class Workbench(AbstractContextManager["Workbench"]):
    """The services on one open database."""

    def __init__(self, store: Store, settings: Settings, encoder: Encoder) -> None:
        self._store = store
        self.settings = settings
        self.encoder = encoder
        self.store_path = store.path
        self.articles = ArticleService(store)
        self.claims = ClaimService(store)
        self.evidence = EvidenceService(store, encoder)
        self.matching = MatchingService(store, encoder, settings.weight / 100 if settings.weight >= 0 else None)
        self.verdicts = VerdictService(store, settings.scale)
        self.sources = SourceService(store)
        self.reports = ReportService(store, settings.desk)
        self.sharing = SharingService(store, encoder, settings.desk or settings.name)
        self.versions = VersionService(store)
        self.history = HistoryService(store)
        self.drafts = DraftService(store)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self._store.read_only

    def close(self) -> None:
        """Let go of the database and the encoder."""
        close = getattr(self.encoder, "close", None)
        if close is not None:
            close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_workbench(
    db: Path | None = None,
    *,
    settings: Settings | None = None,
    create: bool = True,
    read_only: bool = False,
    as_name: str | None = None,
    encoder: Encoder | None = None,
    start_encoder: bool = False,
) -> Workbench:
    """Open a database with its services. Raises StoreError or InputRefused, with nothing written.

    `db` None is the database that the environment names, or the one in the data folder. `as_name` says who acts.
    """
    settings = settings or settings_module.load()
    if as_name is not None:
        if not as_name.strip() or len(as_name) > 100:
            raise InputRefused("A name has 1 to 100 characters.", "Give the name of who acts.")
        settings = replace(settings, name=as_name.strip())
    path = db or paths.default_db()
    if db is None and "CLAIM_WORKBENCH_DB" not in os.environ and create:
        path.parent.mkdir(parents=True, exist_ok=True)
    store = Store.open(path, Actor(settings_module.device(), settings.name), create=create, read_only=read_only)
    process = encoder or EncoderProcess()
    if start_encoder and settings.encoder and isinstance(process, EncoderProcess):
        process.start()
    return Workbench(store, settings, process)
