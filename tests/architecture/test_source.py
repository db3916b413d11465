"""What no file of the program holds, whatever it imports."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINES = ("text", "intake", "splitting", "matching", "credibility", "verdicts", "reports")
ENCODER = Path("workbench/matching/encoder.py")
FAST = Path("workbench/matching/fast.py")
INFERENCE = Path("workbench/matching/inference.py")


@cache
def sources() -> dict[Path, str]:
    """Every file of the program with its text."""
    found = sorted((*ROOT.glob("workbench/**/*.py"), *ROOT.glob("db/**/*.py")))
    assert len(found) > 50
    return {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in found}


@cache
def trees() -> dict[Path, ast.Module]:
    """Every file of the program, parsed."""
    return {path: ast.parse(text) for path, text in sources().items()}


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def within(path: Path, *folders: str) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def test_only_the_encoder_names_the_model_libraries() -> None:
    named = {
        path
        for path, text in sources().items()
        if re.search(r"\b(import|from)\s+(torch|sentence_transformers|transformers)\b", text)
        or re.search(r"import_module\([^)]*(torch|transformers)", text)
    }
    assert named == {ENCODER, FAST, INFERENCE}
    outside = [
        node for path in (ENCODER, FAST) for node in trees()[path].body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not {name.partition(".")[0] for node in outside for name in imports(node)} & {
        "torch",
        "sentence_transformers",
    }


def test_imports_are_absolute() -> None:
    assert [path for path, tree in trees().items() if any(name.startswith(".") for name in imports(tree))] == []


def test_the_store_knows_nothing_of_the_application() -> None:
    knowing = {
        path
        for path, tree in trees().items()
        if within(path, "db")
        and any(name.partition(".")[0] in ("workbench", "textual", "click") for name in imports(tree))
    }
    assert knowing == set()


def test_front_doors_take_only_records_words_and_errors_from_the_store() -> None:
    allowed = re.compile(r"db\.(tables|vocabulary|errors)(\.|$)")
    taken = {
        (str(path), name)
        for path, tree in trees().items()
        if within(path, "workbench/cli", "workbench/tui")
        for name in imports(tree)
        if name.partition(".")[0] in ("db", "sqlmodel", "sqlalchemy", "sqlite3") and not allowed.match(name)
    }
    # The versions that doctor and a report of a failure name.
    taken -= {("workbench/cli/crash.py", "sqlite3"), ("workbench/cli/commands/doctor.py", "sqlite3")}
    assert taken == set()


def test_front_doors_do_not_know_each_other() -> None:
    for mine, other in (("workbench/cli", "workbench.tui"), ("workbench/tui", "workbench.cli")):
        knowing = [
            path
            for path, tree in trees().items()
            if within(path, mine) and any(name.startswith(other) for name in imports(tree))
        ]
        assert knowing == []


@pytest.mark.parametrize("folder", ENGINES)
def test_engines_do_not_print_or_read_the_clock(folder: str) -> None:
    for path, tree in trees().items():
        if not within(path, f"workbench/{folder}") or path.name in ("encoder.py", "encoder_process.py"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("print", "input", "datetime.now", "date.today", "time.time", "utc_now"), path


def test_no_file_is_too_long_to_be_read() -> None:
    long = {str(path): text.count("\n") for path, text in sources().items() if text.count("\n") > 400}
    assert {name for name in long if "/migrations/" not in name} == set()


def test_no_broad_except() -> None:
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else ""
                reraised = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
                assert caught not in ("", "Exception", "BaseException") or reraised, f"{path}:{node.lineno}"


ONLINE = {"workbench/helper.py", "workbench/intake/fetching", "workbench/cli/browser.py"}
"""What may reach the network or listen on it, and only when a person asks for it: the helper of a desk, addresses that are
brought in, the screen in a browser."""


def test_no_network_library_is_used_but_where_a_person_asks_for_it() -> None:
    names = {"socket", "urllib.request", "http.client", "httpx", "requests", "aiohttp", "ftplib", "smtplib"}
    names |= {"httpx2", "httpcore2", "httpcore", "urllib3"}
    using = [path.as_posix() for path, tree in trees().items() if names & set(imports(tree))]
    assert {next((place for place in ONLINE if path.startswith(place)), path) for path in using} == ONLINE


def test_every_public_thing_says_what_it_is_for() -> None:
    silent = []
    for path, tree in trees().items():
        if ast.get_docstring(tree) is None and path.name != "__init__.py" and "versions" not in path.parts:
            silent.append(str(path))
        silent += [
            f"{path}: {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and ast.get_docstring(node) is None
            and "versions" not in path.parts
        ]
    assert silent == []


def test_no_notes_to_ourselves_and_no_places_of_one_machine() -> None:
    notes = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
    places = re.compile(r"/(home|root|work|tmp|Users)/\w")
    assert [str(path) for path, text in sources().items() if notes.search(text) or places.search(text)] == []
