"""What all tests share."""

import shutil
import tempfile
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108
ROOM = 2_000_000_000


def pytest_configure(config: pytest.Config) -> None:
    """Put temporary folders in memory where there is room: databases are written with full synchronisation."""
    if config.option.basetemp is None and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        config.option.basetemp = tempfile.mkdtemp(prefix="workbench-tests-", dir=MEMORY)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))
