# What each target does is printed as it runs. Paths are relative on purpose, so that the checkout
# may lie in a folder whose name contains spaces.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
SETUP := PYTHON="$(PYTHON)" sh tools/setup.sh

.DEFAULT_GOAL := help
.PHONY: help setup run test test-shared lint format bench requirements clean

help:
	@echo "make run          set up and serve the application (PORT=8600 chooses the port)"
	@echo "make test         set up and run every check and test"
	@echo "make setup        only set up, into $(VENV); command line: $(BIN)/assessment"
	@echo "make test-shared  tests over the shared reference files beside the checkout"
	@echo "make bench        measure and print"
	@echo "make format       format the code"

setup:
	@$(SETUP) run

run: setup
	@echo "Serving on http://localhost:$(PORT) - stop with Ctrl-C."
	@PORT="$(PORT)" $(BIN)/python -m assessment.ui.server

lint:
	@$(SETUP) test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/pyright

test: lint
	@sh tools/chromium.sh
	$(BIN)/pytest -n 2 --dist loadgroup --ignore=tests/shared

test-shared:
	@$(SETUP) test
	$(BIN)/pytest -n 2 --dist loadgroup tests/shared

bench:
	@$(SETUP) test
	$(BIN)/python -m benchmarks

format:
	@$(SETUP) test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

requirements:
	@$(SETUP) test
	$(BIN)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --upgrade \
		pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --upgrade \
		--extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV)
