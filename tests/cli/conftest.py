"""An empty desk, and one with the sample case on it."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Tests are imported one by one, without their folder; this makes the helper that they share importable.
sys.path.append(str(Path(__file__).parent))

from cli_desk import SAMPLE, CommandLine


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    """The command line of an empty desk."""
    return CommandLine(tmp_path / "home")


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample article, its evidence and its sources; copied, never changed."""
    home = tmp_path_factory.mktemp("sample") / "home"
    made = CommandLine(home)
    made.ok("article", "add", SAMPLE / "article.md")
    made.ok("evidence", "import", SAMPLE / "evidence" / "evidence.jsonl")
    made.ok("evidence", "add", SAMPLE / "evidence" / "files")
    made.ok("source", "import", SAMPLE / "sources.json")
    return home


@pytest.fixture
def desk(sample_home: Path, tmp_path: Path) -> Iterator[CommandLine]:
    """The command line of a desk with the sample case, to be changed freely."""
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    yield CommandLine(home)
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def reader(sample_home: Path) -> CommandLine:
    """The same for tests that only read."""
    return CommandLine(sample_home)
