"""Databases to try the screen on, made once through the services; and timers that do not make tests wait."""

import shutil
import sys
from pathlib import Path

import pytest

# Tests are imported one by one, without their folder; this makes the helper that they share importable.
sys.path.append(str(Path(__file__).parent))

from tui_desk import opened

from workbench.services import sample
from workbench.tui import app as app_module
from workbench.tui.forms import verdict
from workbench.tui.screens import desk_base, evidence


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing outside the test's folder is touched, and what waits for a pause in typing waits a moment only."""
    monkeypatch.setenv("CLAIM_WORKBENCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLAIM_WORKBENCH_ENCODER", "off")
    monkeypatch.delenv("CLAIM_WORKBENCH_DB", raising=False)
    monkeypatch.setattr(desk_base, "FOLLOW_AFTER", 0.05)
    monkeypatch.setattr(desk_base, "WORDS_AFTER", 0.001)
    monkeypatch.setattr(evidence, "_PATIENCE", 0.001)
    monkeypatch.setattr(verdict, "CHECK_AFTER", 0.001)
    monkeypatch.setattr(app_module, "DRAFT_AFTER", 0.001)


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case with nothing decided; copied, never changed."""
    path = tmp_path_factory.mktemp("store") / "desk.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIM_WORKBENCH_HOME", str(path.parent / "home"))
        with opened(path) as workbench:
            sample.load(workbench)
    return path


@pytest.fixture(scope="session")
def checked_store(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case with its verdicts; copied, never changed."""
    path = tmp_path_factory.mktemp("checked") / "desk.db"
    shutil.copy(sample_store, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAIM_WORKBENCH_HOME", str(sample_store.parent / "home"))
        with opened(path) as workbench:
            sample.replay(workbench, workbench.articles.list()[0].article)
    return path


@pytest.fixture
def db(sample_store: Path, tmp_path: Path) -> Path:
    """A copy of the sample case to change freely, on the device that made it."""
    shutil.copytree(sample_store.parent / "home", tmp_path / "home")
    return Path(shutil.copy(sample_store, tmp_path / "desk.db"))


@pytest.fixture
def checked_db(checked_store: Path, sample_store: Path, tmp_path: Path) -> Path:
    """A copy of the checked sample case to change freely, on the device that made it."""
    shutil.copytree(sample_store.parent / "home", tmp_path / "home")
    return Path(shutil.copy(checked_store, tmp_path / "desk.db"))


@pytest.fixture
def empty_db(tmp_path: Path) -> Path:
    """Where there is no database yet."""
    return tmp_path / "desk.db"
