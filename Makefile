# Two commands do everything: `make demo` and `make test`. Paths are relative, so the folder may have spaces.
.DEFAULT_GOAL := help
.PHONY: help demo test lint lint-style lint-types lint-layers lint-templates format shots bench validate validate-wording attacks attack-gate faults kills simulate assets lock clean

#: the port of the demo; pytest processes side by side; more arguments for pytest or for uv
PORT ?= 5000
WORKERS ?= 2
ARGS ?=

BIN := .venv/bin
READY_TO_RUN := .venv/.stamp-run
READY_TO_DEVELOP := .venv/.stamp-dev
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header $(ARGS)

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

demo: $(READY_TO_RUN) ## Build the demo council and serve it on PORT (5000)
	PORT="$(PORT)" $(BIN)/pulse demo

test: $(READY_TO_DEVELOP) ## Run every test on SQLite, then those of the database on PostgreSQL
	@$(BIN)/python -m tools.programs chromium postgresql
	PULSE_TEST_DATABASE=sqlite $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal $(ARGS)
	PULSE_TEST_DATABASE=postgresql $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal $(ARGS)

lint: lint-style lint-types lint-layers lint-templates ## Check style, types, import layers and templates

lint-style: $(READY_TO_DEVELOP)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .

lint-types: $(READY_TO_DEVELOP)
	$(BIN)/python -m mypy

lint-layers: $(READY_TO_DEVELOP)
	$(BIN)/lint-imports --no-logo --no-cache

lint-templates: $(READY_TO_DEVELOP)
	$(BIN)/python -m djlint --lint --quiet --allow-empty-input pulse

format: $(READY_TO_DEVELOP) ## Mend what lint can mend by itself
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

shots: $(READY_TO_DEVELOP) ## Save a picture of every page at 390 and 1280 px below shots/
	@$(BIN)/python -m tools.programs chromium
	$(BIN)/python -m tools.shots

bench: $(READY_TO_DEVELOP) ## Print journeys a second and page weight, each beside its limit
	@$(BIN)/python -m tools.programs postgresql
	$(BIN)/python -m tools.bench

validate: $(READY_TO_DEVELOP) ## Compare figures with a known truth, by simulation, each beside its limit
	$(BIN)/python -m tools.validate $(ARGS)
	$(BIN)/python -m tools.validate.by_person

validate-wording: $(READY_TO_DEVELOP) ## Print how often the wording rules are right, by rule (ARGS=--mistakes)
	$(BIN)/python -m tools.validate_wording $(ARGS)

attacks: $(READY_TO_DEVELOP) ## Attack storage and pages at full size, beside weakened ones that must fall
	@$(BIN)/python -m tools.programs postgresql
	$(BIN)/python -m tests.attacks $(ARGS)

attack-gate: $(READY_TO_DEVELOP) ## Attack the small-group protection at full size, beside vendors' rules
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.attacks.gate $(ARGS)

faults: $(READY_TO_DEVELOP) ## Kill, cut off and lock out a served Pulse while 11,000 people answer; count
	@$(BIN)/python -m tools.programs postgresql
	$(BIN)/python -m tests.attacks.faults_run $(ARGS)

kills: $(READY_TO_DEVELOP) ## Kill what sends letters 200 times and count what arrives: each once
	$(BIN)/python -m tests.attacks.kills $(ARGS)

simulate: $(READY_TO_DEVELOP) ## Run 500 waves by a faked clock, workers killed, and count every letter
	@$(BIN)/python -m tools.programs postgresql
	$(BIN)/python -m tests.simulation $(ARGS)

assets: ## Build pulse/static from frontend/ (needs Node; what it builds is committed)
	cd frontend && npm ci && npm run build

lock: $(READY_TO_DEVELOP) ## Pin the dependencies of pyproject.toml (ARGS=--upgrade for the newest)
	$(LOCK) pyproject.toml --extra dev --output-file requirements-dev.txt
	echo 'setuptools>=80' | $(LOCK) pyproject.toml - --constraint requirements-dev.txt --output-file requirements.txt
	echo 'uv' | $(LOCK) - --output-file requirements-uv.txt

clean: ## Remove what was built: environment, caches, pictures (the demo stays: `pulse demo remove`)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build pulse.egg-info shots

$(READY_TO_RUN): requirements.txt requirements-uv.txt pyproject.toml tools/setup
	@sh tools/setup requirements.txt
	@touch $(READY_TO_RUN)

$(READY_TO_DEVELOP): requirements-dev.txt requirements-uv.txt pyproject.toml tools/setup
	@sh tools/setup requirements-dev.txt
	@touch $(READY_TO_RUN) $(READY_TO_DEVELOP)
