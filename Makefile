# Every target sets up what it needs: a fresh clone, Python 3.11 or newer and git are enough.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PORT ?= 8000

# Two BLAS threads on busy cores were measured 4 to 10 times slower than one.
export OPENBLAS_NUM_THREADS := 1
export PATH := $(CURDIR)/.venv/bin:$(PATH)

READY := .venv/ready

.PHONY: help setup demo test test-fast book exercises serve watch audit bench lint wheels lock clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY)  ## Install everything into .venv, from the lock files

$(READY): requirements.lock requirements-uv.lock package-lock.json pyproject.toml mlpgrade/pyproject.toml tools/setup.py
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, but none was found on the PATH."; exit 1; }
	@$(PYTHON) tools/setup.py

demo: $(READY)  ## Build the book, make the exercises, grade a small class and show its marks
	@python tools/system_packages.py bwrap
	@python -m demo

test: $(READY)  ## Lint, check types and run the whole suite
	@python tools/system_packages.py chromium bwrap initdb
	@$(MAKE) --no-print-directory lint
	python -m pytest

test-fast: $(READY)  ## The suite without what is slow (book, demo, browser, nbgrader)
	python -m pytest -m "not slow"

book: $(READY)  ## Build the book's HTML, warnings as errors, in _build/html
	@python tools/build_book.py

.PHONY: site
site: $(READY)  ## Build all that is published in _build/site: book, PDF, EPUB, notebooks, zip
	@python tools/system_packages.py chromium
	@python tools/build_site.py

exercises: $(READY)  ## Make the students' notebooks in exercises/ from solutions/
	@mlpgrade exercises

serve: book  ## Show the book at 127.0.0.1 (choose the port with PORT=8001)
	@python tools/serve.py _build/html $(PORT)

watch: $(READY)  ## Show the book, build it again on each save and reload the browser (PORT=8001 for another port)
	@python tools/watch.py $(PORT)

audit: $(READY)  ## Try the grader on whole answers, hostile notebooks, a whole term and changed solutions, and Lighthouse on every page
	MLP_FULL_AUDIT=1 python -m pytest -q tests/solutions/test_bank.py tests/solutions/test_assignments.py tests/mlpgrade/sandbox/test_hostile.py
	MLP_FULL_AUDIT=1 python -m pytest -q -n 0 tests/book/test_lighthouse.py
	python -m tests.hostile.beside_nbgrader
	python -m tests.term
	python -m tests.mutants

bench: $(READY)  ## Time a training step beside scikit-learn and PyTorch, and grading beside plain nbgrader
	@python tools/bench.py
	@python benchmarks/grading_time.py

lint: $(READY)  ## ruff (lint and format), mypy, and which room may import which
	ruff check .
	ruff format --check .
	mypy
	lint-imports

wheels: $(READY)  ## Build the wheels of mlpkit and mlpgrade into dist/
	python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist . ./mlpgrade

lock: $(READY)  ## Renew the lock files
	@sh tools/lock.sh

clean:  ## Remove what was built, but neither .venv nor the classroom
	rm -rf _build dist .import_linter_cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
