"""Services on a real database file, with an encoder that needs no model."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from db.revisions import Actor
from db.store import Store
from workbench.app import Workbench
from workbench.matching.encoder import EncoderState, EncoderUnavailable
from workbench.settings import Settings


class WordEncoder:
    """Vectors from the words of a text: equal words, near vectors. Enough to tell whether meaning was used at all."""

    model_id = "words@1"
    dimensions = 384

    def __init__(self, state: EncoderState = EncoderState.READY) -> None:
        self.state = state
        self.reason = "" if state is EncoderState.READY else "switched off for this test"
        self.encoded = 0

    def encode(self, texts: Sequence[str], timeout: float) -> NDArray[np.float32]:
        if self.state is not EncoderState.READY:
            raise EncoderUnavailable(self.reason)
        self.encoded += len(texts)
        rows = np.full((len(texts), self.dimensions), 1e-6, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[sum(word.encode()) % self.dimensions] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


Desk = Callable[..., Workbench]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Opens desks, each with a database and a device of its own; one name twice is one desk opened again."""
    opened: list[Workbench] = []
    devices: dict[str, str] = {}

    def open_desk(name: str = "ada", *, person: str | None = None, encoder: WordEncoder | None = None) -> Workbench:
        device = devices.setdefault(name, f"00000000-0000-4000-8000-{len(devices):012d}")
        store = Store.open(tmp_path / f"{name}.db", Actor(device, person or name), create=True)
        workbench = Workbench(store, Settings(name=name, desk=name), encoder or WordEncoder())
        opened.append(workbench)
        return workbench

    yield open_desk
    for workbench in opened:
        workbench.close()


@pytest.fixture
def workbench(desk: Desk) -> Workbench:
    """One open desk."""
    return desk()


@pytest.fixture
def words_only(desk: Desk) -> Workbench:
    """A desk whose encoder cannot be loaded."""
    return desk("words", encoder=WordEncoder(EncoderState.FAILED))
