"""The migrations and the models say the same."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from db_builders import actor, claim, version
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from db import migrate
from db.engine import APPLICATION_ID, SCHEMA_HEAD
from db.exchange.check import check
from db.exchange.schema import known_schema, read_schema
from db.kinds import KINDS
from db.projection import rows
from db.store import Store
from db.tables.base import Data
from db.tables.references import ResolutionData, TermData
from db.vocabulary import Kind, Relation


def test_the_models_match_the_migrations(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    migrate.create(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:

        def ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
            return not (kind == "table" and (name or "").startswith(("passage_fts", "fact_check_fts")))

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


def test_a_store_of_the_first_schema_is_upgraded_whole(tmp_path: Path) -> None:
    """Its rows stay, it takes the new kinds, and it then looks like one that was made new."""
    path = tmp_path / "desk.db"
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.upgrade(migrate.config(connection), "0001")
        connection.exec_driver_sql(
            "INSERT INTO revision VALUES (1, 'r', 'claim', 'e', 'd', 1, NULL, 'a', 'l', NULL, NULL, NULL, 'x', "
            "'2024-01-01T00:00:00.000000Z', 'h', '{}')"
        )
        connection.exec_driver_sql(
            "INSERT INTO verdict VALUES ('v', 'r', 'r', 'x', 'd', 't', 0, 'e', 's', '1', 'l', '', '')"
        )
    engine.dispose()
    migrate.upgrade(path)
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT rid, kind FROM revision").fetchall() == [("r", "claim")]
        assert raw.execute("SELECT level, words FROM verdict").fetchall() == [("l", "")]
        raw.execute("UPDATE revision SET kind = 'confirmation'")
        assert set(read_schema(raw)) == known_schema()
    assert (tmp_path / f"desk.db.before-{SCHEMA_HEAD}").exists()


def test_a_store_of_the_first_schema_keeps_its_decisions_and_looks_like_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    with engine.begin() as connection:
        command.upgrade(migrate.config(connection), "0001")
    values = ", ".join("?" * 16)
    row = (
        1,
        "r" * 64,
        "cut",
        "e",
        "d",
        1,
        None,
        "a",
        "label",
        None,
        None,
        None,
        "Ada",
        "2026-01-05T00:00:00.000000Z",
        "h",
    )
    raw.execute(f"INSERT INTO revision VALUES ({values})", (*row, "body"))
    raw.execute(
        "INSERT INTO article_version VALUES ('v', 'r', 'r', 'Ada', 'd', 't', 0, 'a', 1, 'x', 'h', 'm', 'en', '', '[]', NULL)"
    )
    engine.dispose()
    raw.close()
    migrate.upgrade(path)
    after = sqlite3.connect(path)
    assert set(read_schema(after)) == known_schema()
    assert after.execute("SELECT number, kind, body FROM revision").fetchall() == [(1, "cut", "body")]
    assert after.execute("SELECT links FROM article_version").fetchall() == [("[]",)]
    after.close()


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (ResolutionData, {"start": 4, "end": 4}),
        (ResolutionData, {"choice": " "}),
        (ResolutionData, {"unresolvable": True}),
        (TermData, {"last": "2014"}),
        (TermData, {"first": "2015-13"}),
        (TermData, {"first": "soon"}),
        (TermData, {"titles": []}),
        (TermData, {"person": " "}),
        (TermData, {"also": [""]}),
    ],
)
def test_what_another_desk_may_not_have_decided_is_refused(kind: type[Data], changed: dict[str, object]) -> None:
    given: dict[str, object] = {
        "version_id": "v", "claim_id": "c", "start": 4, "end": 6, "text": "It", "type": "pronoun", "choice": "the dam",
    }  # fmt: skip
    if kind is TermData:
        given = {
            "country": "Kestria", "office": "Mayor", "titles": ["Mayor"], "person": "Ann Poe", "family": "Poe",
            "first": "2015-02", "last": "2015-02-01", "as_of": "2026-01-05",
        }  # fmt: skip
    assert kind.model_validate(given)
    with pytest.raises(ValueError, match=r"\w"):
        kind.model_validate(given | changed)
