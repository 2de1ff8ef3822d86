# What a person needs: `make run` to try the service, `make test` to check it. Nothing has to be
# installed before but Python 3.11+, pip and make. All paths are relative, so that a folder with
# a space or a Cyrillic letter in its name works.
PYTHON ?= python3
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet
# Every worker has a PostgreSQL of its own; the tests of a file or class stay together.
WORKERS = --numprocesses auto --maxprocesses 4 --dist loadscope
SOURCES = pyproject.toml README.md $(shell find domain application web features -type f ! -name '*.pyc')

.DEFAULT_GOAL := help
.PHONY: help run test coverage lint openapi fuzz soak drill tamper bench lock test-lowest clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/' | expand -t 24

run: .venv/service ## Start the service with a demonstration; stop it with Ctrl+C
	@FRONTOFFICE_DEMO=$${FRONTOFFICE_DEMO:-1} exec .venv/bin/python -P -m web serve

test: lint ## Check everything
	.venv/bin/python -P -m pytest $(WORKERS)

coverage: .venv/service .venv/tests ## See which lines no test runs; half as long again as the tests
	.venv/bin/python -P -m pytest $(WORKERS) --cov --cov-report=term

lint: .venv/service .venv/tests ## Check style, types and layers
	.venv/bin/python -P -m ruff check .
	.venv/bin/python -P -m ruff format --check .
	.venv/bin/python -P -m mypy
	.venv/bin/lint-imports --no-cache --no-logo

openapi: .venv/service ## Write down the description of the interface anew
	.venv/bin/python -P -m web openapi > docs/openapi.json

fuzz: .venv/service .venv/tests ## Try the interface against its description (MINUTES=15)
	PYTHONPATH=tests/support .venv/bin/python -P tests/contract/__main__.py

soak: .venv/service .venv/tests ## Try the order of the log and of its feed with a million events each (minutes)
	PYTHONPATH=tests/support .venv/bin/python -P tests/soak/order_soak.py
	PYTHONPATH=tests/support .venv/bin/python -P tests/soak/feed_soak.py

drill: .venv/service .venv/tests ## Erase a thousand people and look for them everywhere (minutes)
	PYTHONPATH=tests/support .venv/bin/python -P tests/soak/erasure_drill.py

tamper: .venv/service .venv/tests ## Try to deceive the verifiers of the log (minutes)
	PYTHONPATH=tests/support .venv/bin/python -P tests/soak/tamper_soak.py

bench: .venv/service .venv/tests ## Measure, beside raw psycopg and the event library (minutes)
	PYTHONPATH=tests/benchmarks .venv/bin/python -P tests/benchmarks/__main__.py

lock: .venv/tests ## Resolve the dependencies anew
	$(PIP) install pip-tools
	.venv/bin/python tools/lock.py

test-lowest: ## Check everything on the lower bounds of the dependencies
	$(MAKE) .venv-lowest/tests
	.venv-lowest/bin/python -P -m pytest $(WORKERS)

clean: ## Remove what was built; data in var/ stays
	rm -rf .venv .venv-lowest build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/ready: requirements/run.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 ...")'
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements/run.lock
	@touch .venv/ready

.venv/service: .venv/ready $(SOURCES)
	$(PIP) install --no-deps --no-build-isolation --force-reinstall .
	@touch .venv/service

.venv/tests: .venv/ready requirements/test.lock
	$(PIP) install --require-hashes -r requirements/test.lock
	@touch .venv/tests

.venv-lowest/tests: requirements/lowest.txt $(SOURCES)
	$(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python -m pip --disable-pip-version-check --quiet install -r requirements/lowest.txt
	.venv-lowest/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation .
	@touch .venv-lowest/tests
