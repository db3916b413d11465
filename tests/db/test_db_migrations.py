"""The migrations and the models say the same."""

import sqlite3
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from db import migrate
from db.engine import APPLICATION_ID, SCHEMA_HEAD
from db.kinds import KINDS
from db.vocabulary import Kind


def test_the_models_match_the_migrations(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    migrate.create(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:

        def ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
            return not (kind == "table" and (name or "").startswith("passage_fts"))

        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_the_release_writes_the_last_migration() -> None:
    assert ScriptDirectory.from_config(migrate.config()).get_current_head() == SCHEMA_HEAD


def test_a_new_store_is_marked_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    migrate.create(path)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(SCHEMA_HEAD,)]
    connection.close()


def test_every_kind_has_a_table() -> None:
    assert set(KINDS) == set(Kind)
    assert len({table for _, table in KINDS.values()}) == len(Kind)
