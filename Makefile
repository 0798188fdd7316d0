# make run | dev | test | bench | lint | screenshots; each prepares its own environment in .venv first.

HOST ?= 127.0.0.1
PORT ?= 8501
VENV := .venv
export HOST PORT
export PLAYWRIGHT_SKIP_BROWSER_GC := 1

.PHONY: run dev test bench lint format environment environment-dev browser screenshots clean
.NOTPARALLEL:

run: environment
	$(VENV)/bin/python scripts/serve.py

dev: environment
	$(VENV)/bin/python scripts/serve.py --restart-on-change

# One pytest run on two processes, a file at a time: unit tests, then browser tests (see tests/conftest.py).
test: lint browser
	$(VENV)/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: environment-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

format: environment-dev
	$(VENV)/bin/ruff check --fix .

bench: environment-dev browser
	@$(VENV)/bin/python -m bench

screenshots: environment-dev browser
	$(VENV)/bin/python -m scripts.screenshots

environment:
	@sh scripts/setup.sh requirements.txt

environment-dev:
	@sh scripts/setup.sh requirements-dev.txt

browser: environment-dev
	@$(VENV)/bin/python -m scripts.chromium

clean:
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
