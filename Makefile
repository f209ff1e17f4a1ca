# Dragoman: what a developer does, each with all its own set-up. `make` lists it.
# uv is used where it is found; otherwise a Python of 3.11 or later with venv.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made
DEMO := .demo

.DEFAULT_GOAL := help
.PHONY: help demo demo-clean test check fix bench quality fuzz coverage crash clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(STAMP) ## three agencies exchanging copy on this machine; Ctrl-C stops them, again resumes
	@exec $(BIN)/python -m demo.run $(DEMO)

demo-clean: ## forget the demo's nodes and their copy
	@./tools/demo-clean $(DEMO)

test: $(STAMP) ## every test, with real PostgreSQL and a real browser where there is one
	$(BIN)/python -m pytest

check: $(STAMP) ## format, lint, types, import layers, documentation
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/docs

fix: $(STAMP) ## put format and imports right
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(STAMP) ## the speed figures of docs/how-tested.md (about ten minutes)
	$(BIN)/python -m bench

quality: $(STAMP) ## the language and format figures, on labelled data beside the project (DATA=folder)
	$(BIN)/python -m quality $(if $(DATA),--data $(DATA))

fuzz: $(STAMP) ## ten minutes of fuzzing one family of readers (FAMILY=json SECONDS=600 SEEDS=folder); findings stay in .fuzz
	$(BIN)/python -m pip install -q --disable-pip-version-check --group fuzz 2>/dev/null || uv pip install -q --python $(BIN)/python --group fuzz
	$(BIN)/python -m fuzz $(or $(FAMILY),any) --seconds $(or $(SECONDS),600) $(if $(SEEDS),--seeds $(SEEDS))

coverage: $(STAMP) ## branch coverage of the pure packages, by their own tests; under 93 % it fails
	$(BIN)/python -m pytest -q tests/query tests/route tests/text tests/read tests/formats --cov-branch --cov-fail-under=93 \
		--cov-report=term:skip-covered $(foreach p,model query route text read formats,--cov=dragoman.$(p))

crash: $(STAMP) ## kill the node at every durable step, until a pass without hitting it (long)
	$(BIN)/python -m tests.crash.run --full

clean: ## remove the environment and the caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(STAMP): pyproject.toml tools/make-venv
	@./tools/make-venv $(VENV)
	@touch $@
