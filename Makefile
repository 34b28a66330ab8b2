# Everything runs inside .venv, made from the lock file by a uv that pip puts into .boot.
# A fresh Debian needs python3, pip and make. Nothing is installed outside this folder, except the
# Chromium of the browser tests, the Java of Spark and a PostgreSQL to test on, and those only
# where we may.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2
UV := .boot/bin/uv
BIN := .venv/bin
STAMP := .venv/.ready
INSTALL := apt-get install -y --no-install-recommends

MESSAGES := $(patsubst %.po,%.mo,$(shell find src -name '*.po'))

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 15

setup: $(STAMP) $(MESSAGES) ## Prepare .venv with .venv/bin/dosojin
	@echo "Ready: .venv/bin/dosojin"

# The demonstration has a database of its own in var/demo; whatever is real is never touched.
run: $(STAMP) $(MESSAGES) ## Start a filled demonstration on 127.0.0.1, port 8000 or PORT
	@exec $(BIN)/python -m dosojin_web.demo.run --port $(PORT)

# A failed check does not keep the tests from running: one run says everything that is wrong.
# The tests of the web that ask a database run a second time, on a PostgreSQL of their own.
test: $(STAMP) $(MESSAGES) chromium java postgres ## Run every check and every test
	@status=0; \
	export DOSOJIN_PROFILE=$${DOSOJIN_PROFILE:-ci}; \
	$(MAKE) lint || status=1; \
	$(BIN)/pytest -n $(JOBS) --dist worksteal || status=1; \
	$(MAKE) test-postgres || status=1; \
	exit $$status

test-postgres: $(STAMP) $(MESSAGES) postgres ## Run the tests of the web on PostgreSQL
	@echo "The tests of the web on PostgreSQL"
	@$(BIN)/python -m tests.postgres -- pytest src/dosojin_web tests/web -m "not browser" \
		-n $(JOBS) --dist worksteal

lint: $(STAMP) $(MESSAGES) ## Run ruff, mypy, the import contract and the lint of the wordings
	@status=0; \
	$(BIN)/ruff check || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/lint-imports --no-logo || status=1; \
	$(BIN)/dosojin lint || status=1; \
	exit $$status

golden: $(STAMP) $(MESSAGES) ## Record the golden files anew, to be reviewed as a diff
	@DOSOJIN_GOLDEN=record $(BIN)/pytest tests/golden tests/contract/test_openapi.py
	@DOSOJIN_GOLDEN=record $(BIN)/pytest tests/web/test_permissions.py -k the_matrix
	@git -c safe.directory='*' --no-pager diff --stat -- tests/golden tests/contract docs

bench: $(STAMP) ## Measure each speed and size, beside its goal
	@$(BIN)/python bench/run.py

bench-batch: $(STAMP) ## Measure columns against other engines (prepares each in var/bench)
	@$(BIN)/python bench/batch/run.py $(ARGUMENTS)

bench-web: $(STAMP) $(MESSAGES) ## Measure the site under load (in var/bench-web)
	@$(BIN)/python bench/web/run.py $(ARGUMENTS)

lock: $(UV) ## Resolve the versions anew into requirements
	@$(RESOLVE) pyproject.toml --output-file requirements/run.lock
	@$(RESOLVE) pyproject.toml --group test --output-file requirements/test.lock

RESOLVE = $(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

$(UV):
	@echo "Fetching uv into .boot …"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
		--target .boot uv

# The stamp holds the digest of what the environment was made from: the lock and the project
# table. A newer date alone (a fresh checkout, a change of a tool's settings) costs nothing.
$(STAMP): requirements/test.lock pyproject.toml | $(UV)
	@digest="$$({ cat requirements/test.lock; sed '/^\[tool\./q' pyproject.toml; } | sha256sum)"; \
	if [ "$$(cat $@ 2>/dev/null)" != "$$digest" ] || [ ! -x $(BIN)/dosojin ]; then \
		echo "Preparing .venv …"; \
		rm -f $@; \
		[ -x $(BIN)/python ] || $(UV) venv --quiet --python $(PYTHON) .venv; \
		$(UV) pip sync --quiet --python $(BIN)/python requirements/test.lock; \
		$(UV) pip install --quiet --python $(BIN)/python --offline --no-deps \
			--no-build-isolation --editable .; \
		echo "$$digest" > $@; \
	fi; \
	touch $@

%.mo: %.po | $(STAMP)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
	@test -s $@ || { echo "$<: not compiled; is its header marked fuzzy?"; exit 1; }

# Debian's Chromium for the browser tests, Java for Spark, and PostgreSQL, which Debian keeps off the
# PATH. Where they cannot be installed, the tests that need them are counted and printed as not run.
chromium: ; @$(call install,chromium,chromium,the browser tests)
java: ; @$(call install,java,openjdk-17-jre-headless,the tests of Spark)
postgres: ; @PATH="$$PATH:$$(printf '%s:' /usr/lib/postgresql/*/bin)"; \
	$(call install,postgres,postgresql,the tests on PostgreSQL)

define install
if command -v $(1) >/dev/null; then exit 0; fi; \
become=""; \
if [ "$$(id -u)" != 0 ]; then become="sudo -n"; fi; \
if command -v apt-get >/dev/null && $$become true 2>/dev/null; then \
	echo "Installing $(2) for $(3) …"; \
	export DEBIAN_FRONTEND=noninteractive; \
	if $$become apt-get update -qq && $$become $(INSTALL) $(2) -qq >/dev/null; then exit 0; fi; \
fi; \
echo "$(1) is missing, so $(3) will not run. To have them:"; \
echo "    sudo apt-get update && sudo $(INSTALL) $(2)"
endef

.PHONY: help setup run test test-postgres lint golden bench bench-batch bench-web lock chromium java postgres
