# Every target makes its own environment in .venv; nothing needs to be done before.
PYTHON ?= python3
WORKERS ?= 2
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt
PYTEST := $(BIN)/python -m pytest --no-header -n $(WORKERS) --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help demo serve recovery test test-all lint docs bench people checkers constraints clean

help: ## Show the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

demo: .venv/.base ## Agree on a shared river and leave a page to look at
	@$(BIN)/comity agree examples/river.toml --report comity-demo.html
	@echo "Open $(CURDIR)/comity-demo.html in a browser."

serve: .venv/.rooms ## Open a server of rooms on this machine, for two browsers to meet in
	@$(BIN)/comity serve

test: lint docs ## Check style, types, layers and docs, then run the tests
	@$(PYTEST)

test-all: lint docs ## The same, with the slow tests
	@$(PYTEST) -m "slow or not slow"

lint: .venv/.stamp ## Check style, types and layers
	@$(BIN)/ruff check --quiet --output-format concise
	@$(BIN)/ruff format --check --quiet || { \
	  $(BIN)/ruff format --check; echo "Run: $(BIN)/ruff format"; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo >.venv/layers.txt 2>&1 || { cat .venv/layers.txt; exit 1; }
	@echo "lint: style, types and layers hold"

docs: .venv/.stamp ## Build the documentation in site/; a warning is an error
	@$(BIN)/mkdocs build --strict --quiet
	@echo "docs: built in site/"

bench: .venv/.bench ## Measure against other tools
	@$(BIN)/python benchmarks/agree.py

people: .venv/.stamp ## Make the page on real people from the data in COMITY_DATA (ten minutes)
	@$(BIN)/python benchmarks/people.py --report docs/results/people.md >/dev/null

recovery: .venv/.stamp ## Make the page on the recovery of every explanation (an hour or two)
	@$(BIN)/python benchmarks/recovery.py --report docs/results/recovery.md >/dev/null

checkers: .venv/.checkers ## Install checkers of pages that others wrote (needs npm); set COMITY_CHECKERS

constraints: .venv/.bench ## Pin what is installed now
	@{ echo "# Every version the tests ran with. Made by: make constraints"; \
	  $(BIN)/python -m pip freeze -qq --exclude-editable; } >constraints.new
	@mv constraints.new constraints.txt && touch .venv/.base .venv/.stamp .venv/.bench

clean: ## Remove the environment and everything built
	@rm -rf .venv build dist site comity-demo.html
	@rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# One environment in three sizes: what a user needs, what the tests need, what benchmarks need.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "comity needs Python 3.11 or newer; say: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { \
	  echo "Python's venv module is missing (on Debian: apt-get install python3-venv)" >&2; \
	  rm -rf .venv; exit 1; }

.venv/.base: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Making the environment in .venv: a minute or two, once"
	@$(PIP) -e .
	@touch $@

.venv/.rooms: .venv/.base
	@echo "Adding what rooms need: half a minute, once"
	@$(PIP) -e '.[rooms]'
	@touch $@

.venv/.stamp: .venv/.base
	@echo "Adding the tools for tests and docs: a minute, once"
	@$(PIP) -e '.[dev,docs,browser,inference,learning,rooms,newsletter,postgres,mcp]'
	@touch $@

.venv/.checkers: tests/checkers/package.json | .venv/bin/python
	@echo "Adding checkers of pages: half a minute, once"
	@mkdir -p .venv/checkers && cp tests/checkers/package.json .venv/checkers/
	@cd .venv/checkers && npm install --silent --no-audit --no-fund --no-package-lock
	@touch $@
	@echo "To use them: export COMITY_CHECKERS=$(CURDIR)/.venv/checkers/node_modules"

.venv/.bench: .venv/.stamp
	@echo "Adding the rivals for benchmarks: several minutes, once (one is compiled)"
	@$(PIP) -e '.[benchmarks]'
	@touch $@
