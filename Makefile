# Everything a person or CI runs here, starting from a fresh clone. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run develop test check lint unit e2e clean

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --quiet --disable-pip-version-check
PORT ?= 8501
# Tests start a hundred processes of the app: where the environment forbids to keep what Python has
# compiled, each would compile all of it again. `make clean` removes it.
unexport PYTHONDONTWRITEBYTECODE

help: ## list these commands
	@grep -E '^[a-z0-9]+:.*## ' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 10

run: $(VENV)/.runtime ## start the app on http://localhost:8501 (PORT=... for another port)
# With the address given, Streamlit does not ask a server on the internet for it.
	@$(PYTHON) -m streamlit run streamlit_app.py --server.port $(PORT) \
		--browser.serverAddress localhost

develop: $(VENV)/.runtime ## the same, for working on the code: notices each saved file
	@$(PYTHON) -m streamlit run streamlit_app.py --server.port $(PORT) \
		--server.fileWatcherType auto --client.showErrorDetails full

# Tests wait for trainings and pages half of the time: a third process uses that. Tests of one file
# stay together because they share a cluster or what they have read; browser tests share a server and
# a browser with all that run in the same process. If one part fails, the other still runs.
test: $(VENV)/.dev ## run all that CI does: style, types, architecture, all tests, also in a real browser
	@$(MAKE) --no-print-directory --jobs 2 lint browser
	@failed=0; \
	$(PYTHON) -m pytest --ignore=tests/e2e --numprocesses 3 --dist loadfile \
		--no-loadscope-reorder || failed=1; \
	$(PYTHON) -m pytest tests/e2e --numprocesses 3 --dist load --maxschedchunk 1 || failed=1; \
	exit $$failed

check: lint ## in under a minute: style, types, architecture, the tests of what you changed
	@$(PYTHON) -m pytest --quiet --numprocesses 2 --dist loadfile $$($(PYTHON) -m scripts.changed_tests)

lint: $(VENV)/.dev ## check style, types and architecture only
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m ruff format --quiet --check . || { echo "Run: $(VENV)/bin/ruff format"; exit 1; }
	@$(PYTHON) -m mypy
	@report=$$($(VENV)/bin/lint-imports --no-logo) || { echo "$$report"; exit 1; }

unit: $(VENV)/.dev ## run the tests that need no browser
	@$(PYTHON) -m pytest --ignore=tests/e2e

e2e: browser ## run the tests in a real browser
	@$(PYTHON) -m pytest tests/e2e

clean: ## remove the environment and all other generated files
	rm -rf $(VENV) test-results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: browser
browser: $(VENV)/.dev
	@scripts/ensure_browser.sh $(PYTHON)

# Stamp files: rebuilt when the requirements they depend on have changed.
$(PYTHON):
	@scripts/create_environment.sh $(VENV)

$(VENV)/.runtime: requirements.txt | $(PYTHON)
	@echo "Installing what the app needs (the first time takes a few minutes) ..."
	@$(PIP) install -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-cluster.txt $(VENV)/.runtime
	@echo "Installing what the tests need ..."
	@$(PIP) install -r requirements-dev.txt
	@touch $@
