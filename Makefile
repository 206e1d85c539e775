# The only interface to the project: make demo, make test, make check, make crash, make live, make format,
# make serve, make lock.
# Needs git, make and some python3 (3.8 or newer); everything else it gets by itself.
.DEFAULT_GOAL := help
.PHONY: help demo test crash live check format serve lock
SHELL := /bin/bash

PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
DEMO := scripts/demo

help:  ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 16

# uv from the machine if it has one; else from the package index, into a folder of its own.
.tools/bin/uv:
	@echo "Getting uv …"
	@python3 -m venv .tools >/dev/null 2>&1 && .tools/bin/python -m pip install --quiet uv \
	  || { rm -rf .tools; python3 -m pip install --quiet --target .tools uv; } \
	  || { echo "Could not install uv. Please install it (or python3-venv) and try again."; exit 1; }

# The Python of .python-version where it is found or to be had, otherwise any from 3.12.
$(PYTHON): | $(filter .tools/bin/uv,$(UV))
	@$(UV) venv --quiet --python "$$(cat .python-version)" $(VENV) 2>/dev/null || $(UV) venv --quiet --python '>=3.12' $(VENV)

$(VENV)/.installed: requirements.txt | $(PYTHON)
	@$(UV) pip sync --quiet --require-hashes --python $(PYTHON) requirements.txt
	@rm -f $(VENV)/.installed-dev; touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(PYTHON)
	@$(UV) pip sync --quiet --require-hashes --python $(PYTHON) requirements-dev.txt
	@touch $(VENV)/.installed $@

# Whoever has the tools for tests installed needs nothing more to run the demo.
INSTALLED := $(if $(wildcard $(VENV)/.installed-dev),$(VENV)/.installed-dev,$(VENV)/.installed)

demo: $(INSTALLED)  ## Set up everything and start the demo (PORT=8000, DATABASE_URL= another database)
	@PORT=$(PORT) $(DEMO)

serve: $(INSTALLED)  ## Start the production server; settings come from the environment
	@$(PYTHON) manage.py check --deploy --fail-level ERROR
	@$(PYTHON) manage.py migrate --noinput && $(PYTHON) manage.py createcachetable && $(PYTHON) manage.py collectstatic --noinput --verbosity 0
	@exec $(VENV)/bin/gunicorn --config learnpartner/gunicorn.py --bind 127.0.0.1:$(PORT) learnpartner.wsgi

test: $(VENV)/.installed-dev  ## Run the whole suite, on SQLite and on PostgreSQL
	@scripts/test $(ARGS)

crash: $(VENV)/.installed-dev  ## Kill the server 50 times while four processes write, on both databases, and count what is lost
	@scripts/crash $(ARGS)

live: $(VENV)/.installed-dev  ## Open one live page forty times on the real server, on both databases, and say what it costs
	@scripts/live $(ARGS)

check: $(VENV)/.installed-dev  ## Lint, format, types, missing migrations, deployment settings
	@scripts/check

format: $(VENV)/.installed-dev  ## Put Python and templates into the house's format
	@$(VENV)/bin/ruff check --fix --quiet . && $(VENV)/bin/ruff format --quiet .
	@git ls-files -co --exclude-standard -- 'templates/*.html' | xargs $(VENV)/bin/djade --target-version 6.1 || true

lock: | $(filter .tools/bin/uv,$(UV))  ## Write requirements*.txt anew from pyproject.toml
	@$(UV) pip compile pyproject.toml --universal --generate-hashes --python-version 3.12 --no-header --quiet -o requirements.txt
	@$(UV) pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.12 --no-header --quiet -c requirements.txt -o requirements-dev.txt
