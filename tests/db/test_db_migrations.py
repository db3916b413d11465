"""The migrations and the models say the same."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from db_builders import actor, claim, version
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from db import migrate
from db.engine import APPLICATION_ID, SCHEMA_HEAD
from db.exchange.check import check
from db.kinds import KINDS
from db.projection import rows
from db.store import Store
from db.vocabulary import Kind, Relation


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


def test_every_word_of_the_vocabulary_is_allowed_in_its_column(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    migrate.create(path)
    connection = sqlite3.connect(path)
    for table, words in (("claim", Relation), ("revision", Kind)):
        (statement,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        assert all(f"'{word.value}'" in statement for word in words), table
    connection.close()


def test_a_store_of_the_first_schema_is_upgraded_with_everything_in_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new.db", actor("Ada"), create=True) as store:
        with store.write("bring in an article") as unit:
            claim(unit, version(unit))
        with store.read() as session:
            before = rows(session)
    old = tmp_path / "old.db"
    _first_schema(old)
    connection = sqlite3.connect(old)
    connection.execute("ATTACH ? AS new", (str(tmp_path / "new.db"),))
    for table in ("revision", "head", "article", "article_version", "claim", "unit"):
        names = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
        connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")
    connection.commit()
    connection.close()
    with Store.open(old, actor("Ada")) as store, store.read() as session:
        assert rows(session) == before
    assert check(old) == []
    assert old.with_name(f"old.db.before-{SCHEMA_HEAD}").exists()


def _first_schema(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.upgrade(migrate.config(connection), "0001")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    engine.dispose()


def test_every_kind_has_a_table() -> None:
    assert set(KINDS) == set(Kind)
    assert len({table for _, table in KINDS.values()}) == len(Kind)
