# Two commands are enough: `make site` and `make test`. Each makes its own environment in .venv; nothing is done twice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
SOURCES ?= $(SHARED)/corpus/directives

.PHONY: site test check lint verify data bench calibrate lock clean help
.DEFAULT_GOAL := help

help: ## what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'
site: $(VENV)/.runtime ## environment, data checked, store, site; prints where to look
	$(BIN)/viendan build
test: $(VENV)/.dev ## all tests
	$(BIN)/pytest
check: lint test verify ## what must be green at every commit
lint: $(VENV)/.dev ## format, ruff, mypy, import contracts
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && PYTHONPATH=builders $(BIN)/lint-imports
verify: $(VENV)/.dev ## data up to date and sound (compared with the sources where they are at hand)
	$(BIN)/viendan check $(if $(wildcard $(SOURCES)),--sources $(SOURCES)) $(if $(wildcard $(SHARED)/registers),--registers $(SHARED)/registers)
data: $(VENV)/.dev ## write data/ anew from the sources and tables, where they are at hand
	$(BIN)/viendan registers $(SHARED)/registers --out data && $(BIN)/viendan extract $(SOURCES) --out data
bench: $(VENV)/.dev ## speed, as ratios measured in one run
	$(BIN)/python -m tests.bench
calibrate: $(VENV)/.dev ## measure anew how often the rules' estimates are right (ontology/confidence.ttl)
	$(BIN)/python tests/calibrate.py
lock: $(VENV)/.dev ## pin the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --upgrade --extra dev pyproject.toml -o requirements-dev.lock
clean: ## remove what was built (not .venv)
	rm -rf build dist

$(VENV)/.runtime: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@
$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
