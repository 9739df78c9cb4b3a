# sector7: everything starts here. `make` alone explains.
PYTHON ?= python3
ARGS ?=
COMPILED ?=
# Some tests wait for real time: one worker more than there are cores keeps them all busy. Each worker collects all tests.
WORKERS ?= $(shell cores=$$(nproc); echo $$((cores < 8 ? cores + 1 : 8)))
VENV := .venv
PY := $(VENV)/bin/python
LOCKS := requirements/run.txt requirements/build.txt pyproject.toml
PYTEST := $(PY) -m pytest

export PYTHON
# The tests start the program hundreds of times: without compiled modules each start takes three times as long.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check unit nightly bench map picture firmware flash lock wheel clean setup dev

help:
	@echo 'sector7: a robot factory on your machine. Needs Python 3.11 or newer, its venv module, and make.'
	@echo
	@echo '  make run       set up once, then start the factory and its operator screen  (ARGS="--help" for more)'
	@echo '  make test      everything a change must pass: check, then the tests (WORKERS=1: one after the other)'
	@echo '  make check     only what reads the code: ruff, mypy, import-linter'
	@echo '  make unit      only the tests                              (ARGS="tests/hil -k port" narrows)'
	@echo '  make nightly   the tests and the long ones too'
	@echo '  make bench     the speed measurements'
	@echo '  make map       renew the files made from the register map;  make picture: the pictures in docs/'
	@echo '  make firmware  build the board firmware (needs gcc-avr);  make flash PORT=/dev/ttyACM0: onto an Arduino Uno or Nano'
	@echo '  make wheel     build the package into dist/  (COMPILED=1: with the simulation as machine code, twice as fast)'
	@echo '  make lock      renew the lock files after a change of pyproject.toml  (ARGS=--upgrade: newest versions)'
	@echo '  make setup     only what `make run` needs;  make dev: what `make test` needs'
	@echo '  make clean     remove .venv, caches and builds; your state folders stay'
	@echo
	@echo 'Another Python: make clean run PYTHON=python3.12.   After set-up: $(VENV)/bin/sector7 --help'

# ---- set-up: once, and again when a lock file changes
$(VENV)/.run.stamp: $(LOCKS)
	@scripts/setup run

$(VENV)/.dev.stamp: $(VENV)/.run.stamp requirements/dev.txt
	@scripts/setup dev

setup: $(VENV)/.run.stamp
	@:

dev: $(VENV)/.dev.stamp
	@:

# ---- use
run: setup
	@$(PY) -m sector7 run $(ARGS)

# ---- checks
test: check unit

check: dev
	@echo 'check: ruff'
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@echo 'check: mypy'
	@$(PY) -m mypy --no-error-summary
	@echo 'check: import-linter'
	@$(VENV)/bin/lint-imports --no-cache > $(VENV)/imports.log 2>&1 || { sed -n '/^Contracts/,$$p' $(VENV)/imports.log; exit 1; }

unit: dev
	@scripts/system-packages
	@$(PYTEST) -n $(WORKERS) --dist worksteal $(ARGS)

nightly: check
	@scripts/system-packages
	@$(PYTEST) -n 2 --dist worksteal -m 'not bench' --timeout 1200 $(ARGS)

bench: dev
	@$(PYTEST) -p no:xdist -m bench --timeout 1200 -q -s benchmarks tests/protocols/modbus/test_bench.py $(ARGS)

# ---- upkeep
map: setup
	@$(PY) -m sector7.step_names
	@$(PY) -m protocols.exports.everything
	@$(PY) -m hil.wiring_export

picture: setup
	@$(PY) -m scripts.picture

firmware: setup
	@$(PY) -m hil.build_firmware

flash:
	@test -n '$(PORT)' || { echo 'say which board: make flash PORT=/dev/ttyACM0'; exit 2; }
	avrdude -p atmega328p -c arduino -b 115200 -P '$(PORT)' -D -U flash:w:hil/firmware/sector7.hex:i

lock:
	@scripts/lock $(ARGS)

wheel: dev
	@SECTOR7_COMPILED=$(COMPILED) $(PY) -m hatchling build -t wheel -d dist

clean:
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
