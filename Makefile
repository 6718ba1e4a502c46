# make run     start the demonstration on http://127.0.0.1:8000
# make test    every test on SQLite, then those that touch a database on PostgreSQL when one answers on this machine
# make check   formatting, types, the order of the rooms, migrations, the message catalogue
# make bench   the speed promises, as ratios against a bare page
# make bench-matching  the matcher's quality next to three simpler ways, its speed and memory
# make bench-credentials  signing and verifying beside bare Ed25519 and npm (DOROBEK_NODE_REFERENCE), the whole path of issuing
# make fuzz    altered credentials for an hour (SECONDS=180 for three minutes)
# make bench-plans  how soon a route is proven best, beside greedy, plain CBC and HiGHS
# make lock    pin the dependencies again, with hashes
# make messages  collect the texts of the screens and compile the catalogue

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run
.PHONY: run test check bench bench-matching bench-credentials fuzz bench-plans lock messages

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PYTHON) -m pip --python $(PY) --disable-pip-version-check install --quiet --require-hashes
BASE := .venv/.installed-base
DEV := .venv/.installed-dev
SCIPY := .venv-bench/.installed
WORKERS ?= auto
export PYTHONUTF8 := 1

$(PY):
	$(PYTHON) -m venv --without-pip .venv

$(BASE): requirements.txt scripts/install_in_place.py | $(PY)
	@echo "Installing what Dorobek needs (once, about a minute)"
	$(PIP) -r requirements.txt
	$(PY) scripts/install_in_place.py
	@touch $@

$(DEV): requirements.txt requirements-dev.txt $(BASE)
	@echo "Installing the tools of the tests"
	$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch $@

run: $(BASE)
	DOROBEK_DEMO=1 $(PY) -m dorobek.cli.main serve --demo

test: $(DEV)
	@echo "== SQLite"
	$(PY) -m pytest -n $(WORKERS) --dist loadgroup
	@url="$$($(PY) scripts/postgres_url.py)"; \
	if [ -n "$$url" ]; then \
	  echo "== PostgreSQL"; DATABASE_URL="$$url" $(PY) -m pytest -n $(WORKERS) --dist loadgroup -m "not pure"; \
	else \
	  echo "== PostgreSQL: skipped, none answers on 127.0.0.1:5432"; \
	fi

check: $(DEV)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m dorobek.cli.manage makemigrations --check --dry-run
	$(PY) scripts/messages.py check

bench: $(DEV)
	@for bench in tests/load/bench_*.py; do echo "== $$bench"; PYTHONPATH=. $(PY) "$$bench"; done

bench-matching: $(DEV)
	$(PY) -m dorobek.cli.main bench matching

bench-credentials: $(DEV)
	PYTHONPATH=src:. $(PY) benchmarks/credentials/bench.py
	PYTHONPATH=src:. $(PY) benchmarks/credentials/product.py

fuzz: SECONDS := 3600
fuzz: $(DEV)
	DOROBEK_FUZZ_SECONDS=$$(( $(SECONDS) / 2 )) DOROBEK_FUZZ_SEED="$$(date +%s)" $(PY) -m pytest -p no:cacheprovider \
	  tests/vc/test_verify_fuzz.py tests/vc/test_structure_fuzz.py

# scipy is needed nowhere else, so it lies apart from what an office installs.
$(SCIPY): benchmarks/plans/requirements.txt
	$(PYTHON) -m venv --without-pip .venv-bench
	$(PYTHON) -m pip --python .venv-bench/bin/python --disable-pip-version-check install --quiet --require-hashes -r $<
	@touch $@

bench-plans: $(DEV) $(SCIPY)
	DOROBEK_SCIPY_PYTHON=.venv-bench/bin/python PYTHONPATH=src:. $(PY) benchmarks/plans/bench.py

lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header -q requirements.in -o requirements.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header -q requirements-dev.in -o requirements-dev.txt
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header -q -c requirements.txt benchmarks/plans/requirements.in -o benchmarks/plans/requirements.txt

messages: $(DEV)
	$(PY) scripts/messages.py update
