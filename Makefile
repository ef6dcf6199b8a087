# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2

PYTHON ?= python3
DATA ?= .demo
PORT ?= 8000
BIN := .venv/bin
RUN := $(BIN)/python

# uv is ten times faster; pip knows the machine's own certificates and package index where uv does not.
install = $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes $(1) 2>/dev/null \
	|| $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes $(1)

# One worker more than the two cores of the smallest machine, because one of them mostly waits for programs that start;
# each with services of its own (tests/harness/sharing.py says what stays together).
SHARED := -n 3 --dist loadscope

# Many processes start here. Where this is set, as in many containers, each compiles two thousand files anew: three seconds.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

help: ## show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 14

demo: .venv/.runtime static ## start everything on this machine with 37 municipalities and sample data
	@DATA="$(DATA)" PORT="$(PORT)" $(BIN)/verbund demo

test: .venv/.test static lint types layers ## lint, types, layers and the whole suite with real services and a browser
	$(RUN) -m pytest -q $(SHARED) -p no:randomly

check: .venv/.test static lint types layers ## what CI runs: the suite in random order, then the mutations
	$(RUN) -m pytest -q $(SHARED)
	$(RUN) -m tests.mutations

proof: .venv/.test static ## take each guard out of a copy of the sources: the proof of isolation must notice
	$(RUN) -m tests.mutations

resilience: .venv/.test static ## kill, hang, seal and fill up the parts of an installation; figures to docs/operations/reliability.md
	$(RUN) -m pytest -q -p no:randomly tests/resilience

lint: .venv/.test ## style of code and templates, spelling, licences
	$(BIN)/ruff check platform tenants billing tests bench
	$(BIN)/ruff format --check platform tenants billing tests bench
	$(BIN)/djlint --lint --quiet platform billing
	$(BIN)/reuse lint --quiet || $(BIN)/reuse lint

types: .venv/.test ## mypy, strict
	$(BIN)/mypy platform/verbund tenants billing

layers: .venv/.test ## who may import whom
	$(BIN)/lint-imports

static: .venv/.runtime ## copy the front-end packages into static/vendor, compile translations
	@$(RUN) -m verbund.embedded.frontend
	@$(RUN) -m verbund.embedded.messages compile

messages: .venv/.runtime ## collect the texts of all packages for translation
	@$(RUN) -m verbund.embedded.messages extract

screenshots: .venv/.test ## take the README's pictures from the running demo
	@DATA="$(DATA)" $(RUN) -m tests.e2e.screenshots

bench: .venv/.test ## measure tenancy against plain Django and stock django-tenants, then map, inbox, search, shares and metering (about half an hour)
	$(RUN) -m bench

bench-crash: .venv/.test ## kill a thousand processes while they count, at every gap, and compare the totals (at most fifteen minutes)
	$(RUN) -m bench.crash

lock: .venv/.test ## renew the locked requirements
	for name in bootstrap runtime embedded test; do $(BIN)/uv pip compile -q --upgrade --python-version 3.11 --generate-hashes --no-emit-index-url requirements/$$name.in -o requirements/$$name.txt; done

.venv/.runtime: requirements/runtime.txt requirements/embedded.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Verbund braucht Python 3.11 oder neuer. Abhilfe: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || { echo "Python kann keine virtuelle Umgebung anlegen. Abhilfe: apt-get install python3-venv" >&2; exit 1; }
	@echo "Pakete installieren (einmalig) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@$(call install,-r requirements/runtime.txt -r requirements/embedded.txt)
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/.test: .venv/.runtime requirements/test.txt
	@$(call install,-r requirements/test.txt)
	@touch $@

.PHONY: help demo test check proof lint types layers static messages screenshots bench bench-crash resilience lock
