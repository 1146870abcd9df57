# Ten targets at most. Each sets up what it needs in .venv; uv is used when it is there.
.DEFAULT_GOAL := help
.PHONY: help demo test test-samples check format docs bench torture clean

PYTHON ?= python3
BIN := .venv/bin
PORT ?=
# Where npm is missing, the checks of pages that need its packages are left out and named.
NPM := $(shell command -v npm 2>/dev/null)

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/run: pyproject.toml
	@command -v uv >/dev/null && uv venv -q --allow-existing --seed .venv || $(PYTHON) -m venv .venv
	@command -v uv >/dev/null && uv pip install -q --python $(BIN)/python -e . \
		|| $(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

.venv/dev: pyproject.toml | .venv/run
	@command -v uv >/dev/null && uv pip install -q --python $(BIN)/python -e '.[dev]' \
		|| $(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@

tests/browser/node_modules/.ready: tests/browser/package-lock.json
ifneq ($(NPM),)
	@cd tests/browser && npm ci --silent --no-audit --no-fund --ignore-scripts && touch node_modules/.ready
endif

demo: .venv/run ## Import the demo works and open the archive
	@$(BIN)/hogarth demo $(if $(PORT),--port $(PORT))

test: .venv/dev tests/browser/node_modules/.ready ## Run the tests, on SQLite and on PostgreSQL
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup
	@HOGARTH_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -p no:xdist tests/works tests/people tests/web tests/cli

test-samples: .venv/dev ## Run the tests on a folder of documents: HOGARTH_SAMPLES=DIR
	@$(BIN)/python -m pytest -q -p no:django tests/samples/check_documents.py

torture: .venv/dev ## Run what takes long: fifty kills, and more examples of each property
	@HOGARTH_KILLS=50 HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -q -n 2 tests/works/test_kills.py tests/manuscript tests/intake

check: .venv/dev ## Check style, types and architecture
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest -q -p no:xdist tests/test_architecture.py tests/test_docs.py

format: .venv/dev ## Format the code
	@$(BIN)/ruff check -q --fix-only .
	@$(BIN)/ruff format -q .

docs: .venv/dev ## Write docs/reference anew
	@$(BIN)/python tools/write_reference.py

bench: .venv/dev ## Measure beside rivals and floors
	@$(BIN)/python -m bench

clean: ## Remove what was set up
	@rm -rf .venv tests/browser/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
