"""Ranking by words and meaning on four public collections, through the product's own services on real stores.

Documents are imported and encoded as any evidence; a document's place is that of its best passage. Weights are compared
on what the collection offers for fitting; CheckThat!'s dev tweets are reported with the default. The stores are kept in the
folder that BENCHMARK_FOLDER names, else in the temporary one: encoding them takes minutes.
`BENCHMARK_COLLECTIONS=averitec,wice` chooses; there are averitec, wice, checkthat and scifact.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from benchmarks.collections import ALL, DATA, Collection, score
from db.identity import uuid7
from db.revisions import Actor
from db.store import Store
from workbench.app import Workbench
from workbench.matching.encoder import Encoder, EncoderUnavailable
from workbench.matching.encoder_process import EncoderProcess
from workbench.matching.fusing import DEFAULT_WEIGHT
from workbench.services.matching import MatchingService
from workbench.settings import Settings

WEIGHTS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
TOP = 100
TIMEOUT = 120.0


def stores(collection: Collection, folder: Path, encoder: Encoder) -> Iterator[tuple[Store, list[tuple[str, str]]]]:
    """A store for each pool, made where it is not there yet, with its queries."""
    empty = folder / "empty.db"
    if not empty.exists():
        Store.open(empty, Actor(uuid7(), "benchmark"), create=True).close()
    for number, (documents, queries) in enumerate(collection.pools):
        path = folder / f"{collection.name}-{number}.db"
        if not path.exists():
            part, rows = folder / "part.db", folder / "rows.jsonl"
            shutil.copy(empty, part)
            rows.write_text("\n".join(json.dumps(document) for document in documents), encoding="utf-8")
            with Workbench(
                Store.open(part, Actor(uuid7(), "benchmark")), Settings(name="benchmark"), _Lent(encoder)
            ) as made:
                made.evidence.import_jsonl(rows)
                made.evidence.embed()
            part.rename(path)
        with Store.open(path, Actor(uuid7(), "benchmark")) as store:
            yield store, queries


class _Lent:
    """An encoder that stays when a workbench that used it is closed."""

    def __init__(self, encoder: Encoder) -> None:
        self.model_id, self.dimensions, self.state = encoder.model_id, encoder.dimensions, encoder.state
        self.encode = encoder.encode


def measure(collection: Collection, folder: Path, encoder: Encoder) -> dict[str, object]:
    """The metric by half and by weight of meaning."""
    runs: dict[float, dict[str, list[str]]] = {weight: {} for weight in WEIGHTS}
    wanted = {query for half in collection.halves.values() for query in half}
    for store, queries in stores(collection, folder, encoder):
        with store.read() as session:
            statement = "SELECT passage.id, external_id FROM passage JOIN document_external USING (document_id)"
            names = dict(session.connection().execute(text(statement)).tuples().all())
        services = {weight: MatchingService(store, encoder, weight) for weight in WEIGHTS}
        for identity, claim in queries:
            if identity in wanted:
                for weight, service in services.items():
                    ranked, note = service.ranking(claim, top=TOP)
                    assert not note, note
                    runs[weight][identity] = [names[one.id] for one in ranked]
    return {
        f"{half}, {collection.metric}": {
            ("default " if weight == DEFAULT_WEIGHT else "") + str(weight): score(collection.metric, run, relevant)
            for weight, run in runs.items()
        }
        for half, relevant in collection.halves.items()
    }


def main() -> dict[str, object]:
    """Figures by collection; says so when the data or the encoder is absent."""
    if not (DATA / "checkthat2022_2a").is_dir():
        return {"absent": str(DATA)}
    chosen = os.environ.get("BENCHMARK_COLLECTIONS", ",".join(ALL)).split(",")
    folder = Path(os.environ.get("BENCHMARK_FOLDER", Path(tempfile.gettempdir()) / "claim-workbench-collections"))
    folder.mkdir(parents=True, exist_ok=True)
    encoder = EncoderProcess()
    encoder.start()
    try:
        encoder.wait_ready(TIMEOUT)
        return {name: measure(ALL[name](), folder, encoder) for name in chosen}
    except EncoderUnavailable as error:
        return {"absent": error.reason}
    finally:
        encoder.close()


if __name__ == "__main__":
    print(json.dumps(main(), indent=2))
