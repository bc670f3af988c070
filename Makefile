# `make` alone lists what can be done. The first target that needs it sets everything up;
# a stamp file keeps the second run from doing so again.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
DATA ?= $(firstword $(wildcard ../shared/data))

.PHONY: help
help: ## this list
	@echo "Kawalis. The two commands to begin with: make brief, make test"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk 'BEGIN {FS = ":.*## "} {printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Kawalis needs Python 3.11 or newer. Install it, or name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
ifdef UV
	@$(UV) venv --quiet --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
endif

$(READY): requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up Kawalis in $(VENV) (once; a minute or two) …"
ifdef UV
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
endif
	@touch $@

$(READY_DEV): requirements-dev.lock $(READY)
	@echo "Adding the developer's tools …"
ifdef UV
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
endif
	@touch $@

.PHONY: setup
setup: $(READY_DEV) ## set up the virtual environment with all tools

.PHONY: brief
brief: $(READY) ## a brief from the live sources, or from the sample when none answers
	@$(BIN)/kawalis brief

.PHONY: sample
sample: $(READY) ## the brief of the packaged sample newsroom (no network)
	@$(BIN)/kawalis brief --sample

.PHONY: chat
chat: $(READY) ## the bot's commands, typed in the terminal
	@$(BIN)/kawalis chat

.PHONY: run
run: $(READY) ## the service: collecting, digests, chats, web
	@$(BIN)/kawalis run

.PHONY: test
test: $(READY_DEV) ## every test (PostgreSQL ones skip where none answers)
	@$(BIN)/python -m scripts.fetch_suites --if-possible
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

.PHONY: suites
suites: $(READY_DEV) ## bring feedparser's own test cases from PyPI, for make test
	@$(BIN)/python -m scripts.fetch_suites

.PHONY: lint
lint: $(READY_DEV) ## ruff, mypy --strict, the ladder
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: format
format: $(READY_DEV) ## put the code in its form
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

.PHONY: eval
eval: $(READY_DEV) ## score understanding and summaries: make eval DATA=folder
	@$(BIN)/python -m scripts.evaluate_gate
	@$(BIN)/python -m scripts.evaluate_gate_own
	@$(BIN)/python -m scripts.evaluate "$(DATA)"

.PHONY: faults
faults: $(READY_DEV) ## the long fault table: random kills on both databases (needs PostgreSQL)
	@$(BIN)/python -m tests.faults

.PHONY: bench
bench: $(READY_DEV) ## speed, as ratios against named peers: make bench [NAME=summaries]
	@$(BIN)/python -m bench $(NAME) $(if $(DATA),--data "$(DATA)")

.PHONY: image
image: ## the Dockerfile's steps without a container engine, run as an ordinary user
	@scripts/check_image.sh

.PHONY: lock
lock: ## lock the dependencies again (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --group dev -o requirements-dev.lock

.PHONY: clean
clean: ## take the virtual environment and caches away
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache build *.egg-info
