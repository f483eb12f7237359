# Every target sets up what it needs from a bare Python 3.11 or newer.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest -n $(WORKERS)

.DEFAULT_GOAL := help
.PHONY: help reproduce test lint bench formal readme ledger clean

help:
	@echo "make reproduce   everything a reviewer needs, compared with the pinned verdicts (TRAIN=no leaves training out)"
	@echo "make test        run the whole test suite, linters included"
	@echo "make lint        ruff, mypy, import directions"
	@echo "make bench       measure the figures of merit: a table, and JSON in .benchmarks/"
	@echo "make readme      write what the program prints now into the README's sessions"
	@echo "make ledger      prove and attack the claims whose recorded evidence is missing or stale"
	@echo "make formal      compile the Coq files, audit their axioms, record the evidence"
	@echo "make clean       remove the virtual environment and caches"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "overproof needs Python 3.11 or newer; run: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The base environment: enough to verify.
$(VENV)/.base: $(BIN)/python pyproject.toml constraints.txt
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e .
	@touch $@

# What paper and report need besides, and torch unless TRAIN=no.
TRAIN ?= yes
COMMA := ,
EXTRAS := $(if $(filter no,$(TRAIN)),,train$(COMMA))paper

$(VENV)/.reproduce-$(TRAIN): $(BIN)/python pyproject.toml constraints.txt
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	@touch $@ $(VENV)/.base

# The whole environment: training, figures, cluster, tests.
$(VENV)/.dev: $(BIN)/python pyproject.toml constraints.txt
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[train,paper,cluster,dev]'
	@touch $@ $(VENV)/.base

reproduce: $(VENV)/.reproduce-$(TRAIN)
	$(BIN)/overproof reproduce $(if $(filter no,$(TRAIN)),--skip train)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(VENV)/.dev
	$(PYTEST) tests

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

readme: $(VENV)/.base
	$(BIN)/python -m tests.readme

# Every claim's verdict, trust list and evidence, as `overproof claims` reads them.
ledger: $(VENV)/.base
	$(BIN)/overproof prove --record

# Installs Coq where it may, compiles what changed, audits the axioms, records the evidence.
formal: $(VENV)/.dev
	@.ci/packages coq libcoq-coquelicot libcoq-interval
	$(BIN)/python -m theorems.formal

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .benchmarks .overproof .import_linter_cache build dist
