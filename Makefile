# The project's commands; `make` alone lists them. They need Python 3.11 or later and, for the
# tests in a browser and the HTML checker, Chromium, Java and Node where the machine has them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet
NODE_TOOLS := $(if $(shell command -v npm),node_modules/.package-lock.json)
ELEVENTY := $(addprefix benchmarks/,$(NODE_TOOLS))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site test check lint audit appearance bench lock clean

help: ## list these commands
	@echo "Commands (PYTHON=python3.12 after one of them chooses another Python):"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

site: $(VENV)/runtime.stamp ## build the site into public/
	@$(BIN)/aicareers build --output public
	@echo "The site is in public/. To look at it:"
	@echo "  $(BIN)/python -m http.server -d public 8000"
	@echo "and open http://localhost:8000/"

test: $(VENV)/test.stamp $(NODE_TOOLS) ## run all tests, on all cores
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: lint test ## all that a change must pass: lint and test

lint: $(VENV)/check.stamp ## all but tests: style, types, figures typed by hand, a strict build
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/aicareers check --strict --figures --now $(REVIEWED)
	$(BIN)/aicareers build --strict --output dist/site

audit: $(VENV)/test.stamp $(NODE_TOOLS) ## let Lighthouse judge the pages that readers come to first (some minutes)
	$(BIN)/python -m tools.audit --date $$(date +%F)

appearance: $(VENV)/test.stamp ## take anew the pictures that tests compare pages with
	$(BIN)/python -m pytest tests/browser/test_appearance.py --write-references

# The day on which the shipped figures were last reviewed, so that `make check` says the same on any day.
REVIEWED := 2026-11-21

# What `make bench` measures: make bench SIZES=1000 GENERATORS="aicareers hugo" REPEAT=1
SIZES ?= 1000 10000
GENERATORS ?= aicareers hugo hugo-related pelican eleventy
REPEAT ?= 3 1
RESULTS ?= benchmarks/RESULTS.md

bench: $(VENV)/runtime.stamp $(VENV)/bench.stamp $(ELEVENTY) ## measure our builds beside Hugo's, Pelican's and Eleventy's
	$(BIN)/python -m benchmarks --date $$(date +%F) --sizes $(SIZES) --generators $(GENERATORS) \
	  --repeat $(REPEAT) --results $(RESULTS)

# Each stamp is newer than what it was installed from, so nothing is installed twice.

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c '' 2>/dev/null || { \
	  echo "There is no $(PYTHON) here. Install Python 3.11 or later, or name one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) lacks the module venv. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV)

# Editable, and with the pinned build backend: pip fetches nothing beyond the pinned files.
$(VENV)/runtime.stamp: $(VENV)/pyvenv.cfg requirements/runtime.txt pyproject.toml
	@echo "Installing requirements/runtime.txt …"
	@$(PIP_INSTALL) --require-hashes --requirement requirements/runtime.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/runtime.stamp requirements/test.txt
	@echo "Installing requirements/test.txt …"
	@$(PIP_INSTALL) --require-hashes --requirement requirements/test.txt
	@touch $@

$(VENV)/check.stamp: $(VENV)/test.stamp requirements/check.txt
	@echo "Installing requirements/check.txt …"
	@$(PIP_INSTALL) --require-hashes --requirement requirements/check.txt
	@touch $@

# An environment of its own: Pelican and our site pin packages differently.
$(VENV)/bench.stamp: $(VENV)/pyvenv.cfg requirements/bench.txt
	@echo "Installing requirements/bench.txt …"
	@$(PYTHON) -m venv --clear $(VENV)/bench
	@$(VENV)/bench/bin/python -m pip install --disable-pip-version-check --quiet \
	  --require-hashes --requirement requirements/bench.txt
	@touch $@

# Without these tools some tests are skipped and say so, which is no reason to run none.
# npm writes the file itself. The packages' own install scripts would only fetch a Java.
node_modules/.package-lock.json: package-lock.json
	@echo "Installing the HTML and accessibility checkers …"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
	  || echo "npm could not install them: the tests that need them will be skipped." >&2

benchmarks/node_modules/.package-lock.json: benchmarks/package-lock.json
	@echo "Installing Eleventy …"
	@npm ci --prefix benchmarks --ignore-scripts --no-audit --no-fund --loglevel=error \
	  || echo "npm could not install it: the benchmark will say so." >&2

lock: ## pin the newest requirements (in requirements/ and both package-lock.json)
	tools/lock $(PYTHON)

clean: ## remove everything that these commands made
	rm -rf $(VENV) node_modules benchmarks/node_modules public dist .aicareers-cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
