"""Sharing: packing, inspecting, merging; backing up and checking the database."""

from dataclasses import dataclass
from pathlib import Path

from db import articles, evidence, meta, snapshots, sources, verdicts
from db.engine import SCHEMA_HEAD, look_at
from db.errors import DamagedStore, NotAStore, StoreNotWritable
from db.exchange.backup import backup
from db.exchange.check import Problem, Severity, check
from db.exchange.foreign import Contents
from db.exchange.inspect import inspect
from db.exchange.merge import MergeReport, merge
from db.exchange.pack import PackSummary, pack
from db.migrate import is_older_file
from db.places import shared_place
from db.revisions import count
from db.search import checking, copies, embeddings
from db.store import Store
from workbench.credibility import domain_of
from workbench.matching.encoder import Encoder
from workbench.services.origins import catch_up
from workbench.services.store_views import StoreInfo

__all__ = ["ForeignSummary", "PackSummary", "SharingService", "check_file", "look_into", "shared_folder_of"]


@dataclass(frozen=True, slots=True)
class ForeignSummary:
    """A file from outside that passed inspection: what it holds, and what it says of itself."""

    name: str
    size: int
    sha256: str
    contents: Contents


def look_into(path: Path, *, own: Path | None = None) -> ForeignSummary:
    """Look into a file from another desk without taking anything in; no database is needed. Raises ForeignFileRefused."""
    with inspect(path, own=own) as foreign:
        return ForeignSummary(foreign.name, foreign.size, foreign.sha256, foreign.contents)


def shared_folder_of(path: Path) -> str:
    """The network or synchronised folder that a database lies in or would lie in, in words; empty where there is none."""
    found = shared_place(path)
    return found.words if found else ""


def check_file(path: Path) -> list[Problem]:
    """Everything that is wrong with a database that need not open, damage before notes.

    Raises StoreError where there is nothing to look at: no database of ours, one of another release, or one that is busy.
    """
    if not path.exists():
        raise NotAStore(f"There is no database at {path}.", "Check the path.")
    said: list[Problem] = []
    try:
        look_at(path)
        if is_older_file(path):
            raise StoreNotWritable(f"{path} has an older schema.", "Run workbench db upgrade on it first.")
    except DamagedStore as error:
        said.append(Problem(Severity.DAMAGE, error.message))
    return [*said, *check(path)]


class SharingService:
    """Exchanging work between desks as files."""

    def __init__(self, store: Store, encoder: Encoder, desk: str) -> None:
        self._store = store
        self._encoder = encoder
        self._desk = desk

    def pack(self, target: Path, *, even_quoting: bool = False, with_snapshots: bool = True) -> PackSummary:
        """Write what may leave this desk to a new file, while the database is in use.

        Confidential documents, what was cited from them and drafts stay. Raises StoreError: where the target exists, or
        where remaining text quotes a confidential document and `even_quoting` does not allow it. Without
        `with_snapshots` what documents were received as stays too.
        """
        return pack(self._store, target, desk=self._desk, even_quoting=even_quoting, with_snapshots=with_snapshots)

    def inspect(self, path: Path) -> ForeignSummary:
        """Look into a file from another desk without taking anything in. Raises ForeignFileRefused."""
        return look_into(path, own=self._store.path)

    def merge(self, path: Path, *, preview: bool = False) -> MergeReport:
        """Take in what another desk packed, in one transaction; with `preview` only see what that would do.

        Nothing that anybody decided is lost; differing decisions stand as conflicts. Raises ForeignFileRefused.
        """
        with inspect(path, own=self._store.path) as foreign:
            report = merge(self._store, foreign, preview=preview, domain_of=domain_of)
        if not preview:
            catch_up(self._store)
        return report

    def backup(self, target: Path) -> None:
        """Write a complete, consistent copy to a new file, confidential documents included."""
        backup(self._store.path, target)

    def check(self) -> list[Problem]:
        """Everything that is wrong with the database."""
        return check(self._store.path)

    def reindex(self) -> None:
        """Make anew what search reads, from the passages and their vectors, and what tells which documents share words."""
        with self._store.write_local() as session:
            checking.reindex(session)
            copies.rebuild(session)
        catch_up(self._store)

    def info(self) -> StoreInfo:
        """Facts about the database."""
        with self._store.read() as session:
            documents, passages = evidence.counts(session)
            kept, kept_bytes = snapshots.counts(session)
            listed = articles.articles(session)
            claims = sum(len(articles.claims_of_article(session, article.id)) for article in listed)
            return StoreInfo(
                path=str(self._store.path),
                desk=meta.get(session, "desk") or self._desk,
                schema=SCHEMA_HEAD,
                size=self._store.path.stat().st_size,
                articles=len(listed),
                claims=claims,
                documents=documents,
                passages=passages,
                snapshots=kept,
                snapshot_bytes=kept_bytes,
                pending=embeddings.count_unembedded(session, self._encoder.model_id),
                sources=len(sources.sources(session)),
                revisions=count(session),
                conflicts=len(verdicts.conflicts(session)),
                read_only=self._store.read_only,
            )
