"""What a file says of its schema: one release, known here, or it is refused and left alone."""

import sqlite3
from pathlib import Path

import pytest
from db_builders import actor

from db import migrate
from db.errors import DamagedStore
from db.store import Store


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM alembic_version",
        "INSERT INTO alembic_version VALUES ('0001')",
        "UPDATE alembic_version SET version_num = '0000'",
        "UPDATE alembic_version SET version_num = 'evil'",
        "UPDATE alembic_version SET version_num = x'30303031'",
    ],
)
def test_a_version_that_no_release_writes_is_damage(tmp_path: Path, change: str) -> None:
    path = tmp_path / "desk.db"
    migrate.create(path)
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DamagedStore, match="which release") as caught:
        Store.open(path, actor("Ada"))
    assert caught.value.exit_code == 4
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["desk.db"]
