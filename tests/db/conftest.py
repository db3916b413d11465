"""Stores in temporary folders."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Tests are imported one by one, without their folder; this makes the builders that they share importable.
sys.path.append(str(Path(__file__).parent))

from db_builders import MakeStore, actor

from db.store import Store


@pytest.fixture
def make(tmp_path: Path) -> Iterator[MakeStore]:
    """Makes a store by name, each with an actor and device of its own; all are closed at the end."""
    stores: list[Store] = []

    def make(name: str) -> Store:
        store = Store.open(tmp_path / f"{name}.db", actor(name), create=True)
        stores.append(store)
        return store

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def store(make: MakeStore) -> Store:
    """One empty store."""
    return make("Ada")
