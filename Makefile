# Every target works on a fresh clone with Python 3.11 or newer, make and a package index.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test check format bench docs clean

$(VENV)/.run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Claim Workbench needs Python 3.11 or newer; call make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (a few minutes the first time) ..." >&2
	@$(PIP) install --quiet --constraint constraints.txt --editable . >&2
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]' >&2
	@touch $@

demo: $(VENV)/.run
	@$(BIN)/workbench demo

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m docs.check

format: $(VENV)/.dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .import_linter_cache snapshot_report.html
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
