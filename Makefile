# `make run` and `make test` do all set-up themselves, in the virtual environment .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint docs notebooks oldest clean

run: $(VENV)/.stamp-run
	$(BIN)/ics-plans run plans/sample --output outputs/sample --force

test: $(VENV)/.stamp-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.stamp-dev
	$(BIN)/ruff check .
	$(BIN)/mypy

docs: $(VENV)/.stamp-dev
	$(BIN)/mkdocs build --strict

notebooks: $(VENV)/.stamp-run
	$(BIN)/jupyter lab notebooks

# Unit tests with the oldest versions that pyproject.toml allows (needs the network).
oldest:
	$(PYTHON) tests/benchmarks/oldest_dependencies.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.stamp-run: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[all]"
	touch $@

$(VENV)/.stamp-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $(VENV)/.stamp-run $@

clean:
	rm -rf $(VENV) outputs/sample
