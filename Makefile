# Two commands on a fresh machine do all the set-up: make run, make test. Needed: python3 (3.11 or later, with venv) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
YEAR ?= 2010
SEED ?= 7

export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.DEFAULT_GOAL := help
.PHONY: run test tests test-fast serve lint types contracts bench bench-peers lock help clean faults audit model time crash reliability machines soak

run: $(VENV)/ready ## rehearse cycle 2010 end to end and say where to look (one to three minutes, after the first install)
	@$(BIN)/tipcycle rehearse --report-year $(YEAR) --seed $(SEED)

test: $(VENV)/ready ## style, types, import contracts and all tests, the one beside the other
	@$(MAKE) --no-print-directory --jobs=2 lint tests

tests: $(VENV)/ready ## all tests alone; four workers, since stories wait more than they compute
	@$(BIN)/python -m pytest -n 4 --dist loadgroup

test-fast: $(VENV)/ready ## the tests that tell no story and start no server, in under a minute
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow"

serve: $(VENV)/ready ## Prefect server, worker, deployments and intake, checked and kept running, until Ctrl-C
	@$(BIN)/tipcycle serve

lint: $(VENV)/ready ## ruff, mypy --strict and the import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy tipcycle tasks flows tests
	@$(BIN)/lint-imports --no-cache

bench: $(VENV)/ready ## measure every figure of docs/performance.md against its bar, and renew that page (about 40 minutes)
	@$(BIN)/python -m tests.bench

machines: $(VENV)/ready ## several machines on PostgreSQL, killed in the middle: whole process trees, some minutes
	@TREES=1 $(BIN)/python -m pytest tests/machines -m trees -s

soak: $(VENV)/ready ## 300 ticks in a row through serve: does the memory of its processes stay flat? Half an hour
	@$(BIN)/python -m tests.machines.soak

bench-peers: ## install Celery, Redis and DBOS into an environment apart, for `make bench` to compare with
	@$(PYTHON) -m venv --clear .venv-peers
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r tests/bench/peers/requirements.txt

faults: $(VENV)/ready ## receivers that fail, at length: 5,000 mails, 10,000 courtesies, Slack, the gateway (5 minutes)
	@$(BIN)/python -m tests.faults

audit: $(VENV)/ready ## ask osv.dev for advisories about every locked package; fails too where it cannot be asked
	@$(BIN)/python -m tests.audit

model: $(VENV)/ready ## 30,000 random steps against a second reckoning of the ledger; writes var/reliability/model.json
	@$(BIN)/python -m tests.operations.model

time: $(VENV)/ready ## outages, clock changes and time zones in full; writes var/reliability/time.json
	@$(BIN)/python -m tests.operations.downtime

crash: $(VENV)/ready ## kill every operation at every instant, on SQLite and PostgreSQL, and reconcile (half an hour)
	@$(BIN)/python -m tests.crash

reliability: $(VENV)/ready ## write docs/reliability.md from what the sweeps found
	@$(BIN)/python -m tests.reliability

lock: $(VENV)/ready ## write requirements.lock anew from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-emit-index-url --no-header --extra check pyproject.toml -o requirements.lock

clean: ## take away the environment and what was rehearsed
	@rm -rf $(VENV) .venv-peers var/rehearsal

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The lock names every package with its hash, so nothing is resolved: --no-deps.
$(VENV)/ready: requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (once) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "tipcycle needs Python 3.11 or later; name it: make PYTHON=python3.11 …"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
