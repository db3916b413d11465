"""Composition: settings, store and encoder become services. Both front doors start here.

A service is made, and its modules are loaded, when it is first asked for: listing articles waits neither for the splitter
nor for the writer of reports.
"""

import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Self, TypeVar, overload

from db.engine import look_at
from workbench import paths
from workbench import settings as settings_module
from workbench.errors import InputRefused
from workbench.settings import Settings

if TYPE_CHECKING:
    from db.store import Store
    from workbench.matching.encoder import Encoder
    from workbench.matching.inference import InferenceProcess
    from workbench.services.articles import ArticleService
    from workbench.services.checkworthiness import CheckworthinessService
    from workbench.services.claims import ClaimService
    from workbench.services.drafts import DraftService
    from workbench.services.evidence import EvidenceService
    from workbench.services.helping import HelperService
    from workbench.services.history import HistoryService
    from workbench.services.matching import MatchingService
    from workbench.services.offers import OfferService
    from workbench.services.offices import OfficeService
    from workbench.services.origins import OriginService
    from workbench.services.precedents import PrecedentService
    from workbench.services.quotations import QuotationService
    from workbench.services.references import ReferenceService
    from workbench.services.reports import ReportService
    from workbench.services.sharing import SharingService
    from workbench.services.snapshots import SnapshotService
    from workbench.services.sources import SourceService
    from workbench.services.verdicts import VerdictService
    from workbench.services.versions import VersionService

S = TypeVar("S")


class _Service(Generic[S]):
    """A property whose value is made once, whichever thread asks first."""

    def __init__(self, make: "Callable[[Workbench], S]") -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, workbench: None, owner: type) -> Self: ...
    @overload
    def __get__(self, workbench: "Workbench", owner: type) -> S: ...
    def __get__(self, workbench: "Workbench | None", owner: type) -> S | Self:
        if workbench is None:
            return self
        with workbench.making:
            made = vars(workbench)
            if self._name not in made:
                made[self._name] = self._make(workbench)
            service: S = made[self._name]
            return service


class Workbench(AbstractContextManager["Workbench"]):
    """The services on one open database."""

    def __init__(self, store: "Store", settings: Settings, encoder: "Encoder") -> None:
        self._store = store
        self.settings = settings
        self.encoder = encoder
        self.store_path = store.path
        self.making = threading.RLock()

    @_Service
    def articles(self) -> "ArticleService":
        """Bringing articles in and reading them."""
        from workbench.services.articles import ArticleService

        return ArticleService(self._store)

    @_Service
    def claims(self) -> "ClaimService":
        """Working on the claims of an article."""
        from workbench.services.claims import ClaimService

        return ClaimService(self._store)

    @_Service
    def offers(self) -> "OfferService":
        """Sub-claims on offer under each sentence."""
        from workbench.services.offers import OfferService

        return OfferService(self._store)

    @_Service
    def checkworthiness(self) -> "CheckworthinessService":
        """The coefficients of check-worthiness, shipped or the desk's own."""
        from workbench.services.checkworthiness import CheckworthinessService

        return CheckworthinessService(self._store)

    @_Service
    def helper(self) -> "HelperService":
        """The optional helper, off until somebody sets it up."""
        from workbench.services.helping import HelperService

        return HelperService(self._store, self.settings)

    @_Service
    def references(self) -> "ReferenceService":
        """What a text leaves open, and what people say that it stands for."""
        from workbench.services.references import ReferenceService

        return ReferenceService(self._store)

    @_Service
    def offices(self) -> "OfficeService":
        """Who held which office when."""
        from workbench.services.offices import OfficeService

        return OfficeService(self._store)

    @_Service
    def evidence(self) -> "EvidenceService":
        """Documents that claims are held against."""
        from workbench.services.evidence import EvidenceService

        return EvidenceService(self._store, self.encoder)

    @_Service
    def snapshots(self) -> "SnapshotService":
        """What documents were received as."""
        from workbench.services.snapshots import SnapshotService

        return SnapshotService(self._store)

    @_Service
    def matching(self) -> "MatchingService":
        """Passages that may bear on a claim."""
        from workbench.services.matching import MatchingService

        weight = self.settings.weight
        return MatchingService(self._store, self.encoder, weight / 100 if weight >= 0 else None)

    @_Service
    def origins(self) -> "OriginService":
        """Which documents go back to one root."""
        from workbench.services.origins import OriginService

        return OriginService(self._store)

    @_Service
    def inference(self) -> "InferenceProcess | None":
        """What an NLI model would say of matches; None where no folder of one is set."""
        from workbench.matching.inference import InferenceProcess

        return InferenceProcess(Path(self.settings.nli).expanduser()) if self.settings.nli else None

    @_Service
    def quotations(self) -> "QuotationService":
        """Where a quotation stands in the evidence."""
        from workbench.services.quotations import QuotationService

        return QuotationService(self._store, self.matching.finder)

    @_Service
    def precedents(self) -> "PrecedentService":
        """How claims like this one were judged before."""
        from workbench.services.precedents import PrecedentService

        weight = self.settings.weight
        return PrecedentService(self._store, self.encoder, weight / 100 if weight >= 0 else None)

    @_Service
    def verdicts(self) -> "VerdictService":
        """Verdicts, citations, reviews and conflicts."""
        from workbench.services.verdicts import VerdictService

        return VerdictService(self._store, self.settings.scale)

    @_Service
    def sources(self) -> "SourceService":
        """Sources and their profiles."""
        from workbench.services.sources import SourceService

        return SourceService(self._store)

    @_Service
    def reports(self) -> "ReportService":
        """Reports on articles."""
        from workbench.services.reports import ReportService

        return ReportService(self._store, self.settings.desk)

    @_Service
    def sharing(self) -> "SharingService":
        """What desks exchange, and the file itself."""
        from workbench.services.sharing import SharingService

        return SharingService(self._store, self.encoder, self.settings.desk or self.settings.name)

    @_Service
    def versions(self) -> "VersionService":
        """Articles whose text changes."""
        from workbench.services.versions import VersionService

        return VersionService(self._store)

    @_Service
    def history(self) -> "HistoryService":
        """What was decided, undo and redo."""
        from workbench.services.history import HistoryService

        return HistoryService(self._store)

    @_Service
    def drafts(self) -> "DraftService":
        """Texts that are being typed."""
        from workbench.services.drafts import DraftService

        return DraftService(self._store)

    def prepare(self) -> None:
        """Make every service now, so that the first use of each is as quick as the next."""
        for name, value in vars(type(self)).items():
            if isinstance(value, _Service):
                getattr(self, name)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self._store.read_only

    def close(self) -> None:
        """Let go of the database and the encoder."""
        close = getattr(self.encoder, "close", None)
        if close is not None:
            close()
        inference = vars(self).get("inference")
        if inference is not None:
            inference.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Opening:
    """A database that is about to be opened: what can be known before the libraries that read it are loaded."""

    path: Path
    settings: Settings
    create: bool = True
    read_only: bool = False
    encoder: "Encoder | None" = None
    even_shared_folder: bool = False

    def open(self) -> Workbench:
        """Open it with its services. Raises StoreError or InputRefused, with nothing written."""
        from db.revisions import Actor
        from db.store import Store
        from workbench.matching.encoder_process import EncoderProcess

        actor = Actor(settings_module.device(), self.settings.name)
        store = Store.open(
            self.path,
            actor,
            create=self.create,
            read_only=self.read_only,
            even_shared_folder=self.even_shared_folder,
        )
        other = Path(self.settings.model) if self.settings.model else None
        encoder = self.encoder or (EncoderProcess(model=other) if other else EncoderProcess())
        return Workbench(store, self.settings, encoder)


def opening(
    db: Path | None = None,
    *,
    settings: Settings | None = None,
    create: bool = True,
    read_only: bool = False,
    as_name: str | None = None,
    encoder: "Encoder | None" = None,
    even_shared_folder: bool = False,
) -> Opening:
    """Get ready to open a database. Raises InputRefused, and StoreError for a file that is no database of ours at all.

    `db` None is the database that the environment names, or the one in the data folder. `as_name` says who acts.
    `even_shared_folder` opens it in a network or synchronised folder too, where it may get damaged.
    """
    settings = settings or settings_module.load()
    if as_name is not None:
        if not as_name.strip() or len(as_name) > 100:
            raise InputRefused("A name has 1 to 100 characters.", "Give the name of who acts.")
        settings = replace(settings, name=as_name.strip())
    path = db or paths.default_db()
    if path.exists():
        look_at(path)
    elif db is None and "CLAIM_WORKBENCH_DB" not in os.environ and create:
        path.parent.mkdir(parents=True, exist_ok=True)
    return Opening(path, settings, create, read_only, encoder, even_shared_folder)


def open_workbench(
    db: Path | None = None,
    *,
    settings: Settings | None = None,
    create: bool = True,
    read_only: bool = False,
    as_name: str | None = None,
    encoder: "Encoder | None" = None,
    start_encoder: bool = False,
    even_shared_folder: bool = False,
) -> Workbench:
    """`opening` and `Opening.open` in one. Raises StoreError or InputRefused, with nothing written."""
    chosen = opening(
        db,
        settings=settings,
        create=create,
        read_only=read_only,
        as_name=as_name,
        encoder=encoder,
        even_shared_folder=even_shared_folder,
    )
    workbench = chosen.open()
    if start_encoder and chosen.settings.encoder:
        start = getattr(workbench.encoder, "start", None)
        if start is not None:
            start()
    return workbench
