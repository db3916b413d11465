"""Every folder and file that the workbench uses of its own accord; `workbench paths` prints them."""

import os
from pathlib import Path

import platformdirs

NAME = "claim-workbench"


def _under(kind: str, default: str) -> Path:
    home = os.environ.get("CLAIM_WORKBENCH_HOME")
    return Path(home).expanduser() / kind if home else Path(default)


def config_dir() -> Path:
    """Settings and this device's identity."""
    return _under("config", platformdirs.user_config_dir(NAME, appauthor=False))


def data_dir() -> Path:
    """Databases that were not given a place, crash reports."""
    return _under("data", platformdirs.user_data_dir(NAME, appauthor=False))


def cache_dir() -> Path:
    """What can be computed again; may be deleted at any time."""
    return _under("cache", platformdirs.user_cache_dir(NAME, appauthor=False))


def default_db() -> Path:
    """The database that is opened when none is named: CLAIM_WORKBENCH_DB, else one in the data folder."""
    named = os.environ.get("CLAIM_WORKBENCH_DB")
    return Path(named).expanduser() if named else data_dir() / "desk.db"


def settings_file() -> Path:
    """The settings."""
    return config_dir() / "settings.toml"


def device_file() -> Path:
    """This device's identity: outside the database, so that copying a database copies no identity."""
    return config_dir() / "device"


def every() -> dict[str, Path]:
    """All of them by name."""
    return {
        "config": config_dir(),
        "settings": settings_file(),
        "device": device_file(),
        "data": data_dir(),
        "cache": cache_dir(),
        "database": default_db(),
    }
