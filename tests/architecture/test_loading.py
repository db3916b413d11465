"""What an import or a command does not load, seen in a process of its own."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL = {"torch", "transformers", "sentence_transformers", "sklearn", "scipy", "tokenizers", "huggingface_hub"}
STORE = {"sqlmodel", "sqlalchemy", "pydantic", "alembic"}
SCREEN = {"textual", "rich"}
NUMBERS = {"numpy", "pandas"}
REPORTS = {"jinja2"}
INTAKE = {"lxml", "trafilatura", "pypdfium2", "httpcore2", "httpx2", "markdown_it", "charset_normalizer"}


def loaded(code: str, home: Path, *unwanted: set[str]) -> set[str]:
    """Those of the unwanted top-level modules that a program has loaded when it ends; what it prints is thrown away."""
    program = (
        f"import sys, contextlib, io, json\nsys.argv = ['workbench']\n"
        f"with contextlib.redirect_stdout(io.StringIO()):\n    {code}\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    environment = os.environ | {"CLAIM_WORKBENCH_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, env=environment, text=True)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout)) & set().union(*unwanted)


@pytest.mark.parametrize(
    "module", ["workbench.cli", "workbench.cli.main", "workbench.tui", "db", "db.store", "workbench.app"]
)
def test_no_import_loads_the_model(module: str, tmp_path: Path) -> None:
    assert loaded(f"import {module}", tmp_path, MODEL, INTAKE - {"markdown_it"}) == set()


def test_importing_the_command_line_loads_none_of_its_commands(tmp_path: Path) -> None:
    assert loaded("import workbench.cli.main", tmp_path, STORE, SCREEN, NUMBERS, REPORTS) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["split", str(ROOT / "fixtures" / "sample" / "article.md")],
        ["compare", "31 died.", "13 died."],
    ],
    ids=lambda item: item[0],
)
def test_quick_commands_load_neither_store_nor_screen(arguments: list[str], tmp_path: Path) -> None:
    code = f"from workbench.cli.main import execute; assert execute({arguments!r}) == 0"
    assert loaded(code, tmp_path, MODEL, STORE, SCREEN, NUMBERS, REPORTS) == set()
    assert list(tmp_path.iterdir()) == []


def test_reading_the_database_loads_neither_model_nor_screen(tmp_path: Path) -> None:
    code = "from workbench.cli.main import execute; assert execute(['source', 'add', 'A']) == 0"
    assert loaded(code, tmp_path, MODEL, SCREEN) == set()


@pytest.mark.parametrize(
    "module", ["workbench.cli", "workbench.tui", "workbench.tui.app", "workbench.app", "db.engine"]
)
def test_the_first_frame_waits_neither_for_the_store_nor_for_the_engines(module: str, tmp_path: Path) -> None:
    assert loaded(f"import {module}", tmp_path, MODEL, STORE, NUMBERS, REPORTS, {"rapidfuzz", "markdown_it"}) == set()


def test_listing_articles_loads_no_engine(tmp_path: Path) -> None:
    code = (
        "from workbench.app import opening; from pathlib import Path; "
        f"opening(Path({str(tmp_path / 'a.db')!r})).open().close(); "
        f"assert not opening(Path({str(tmp_path / 'a.db')!r})).open().articles.list()"
    )
    assert loaded(code, tmp_path, MODEL, SCREEN, NUMBERS, REPORTS, {"rapidfuzz", "charset_normalizer"}) == set()


@pytest.mark.parametrize("package", ["splitting", "intake", "matching", "matching.discrepancies"])
def test_names_on_demand_are_all_there(package: str) -> None:
    face = importlib.import_module(f"workbench.{package}")
    for name in face.__all__:
        found = getattr(face, name)
        assert found.__name__ == name
        assert getattr(face, name) is found
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        face.nonsense  # noqa: B018 - asking for it is the test


def test_the_engines_load_neither_store_nor_screen(tmp_path: Path) -> None:
    engines = ("text", "intake", "splitting", "matching", "credibility", "verdicts", "reports")
    code = "; ".join(f"from workbench.{engine} import *" for engine in engines)
    assert loaded(code, tmp_path, MODEL, STORE, SCREEN, {"click"}) == set()
