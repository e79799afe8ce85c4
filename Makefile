.PHONY: demo test eval bench train lint types requirements clean

PYTHON ?= python3
BIN = .venv/bin

demo: .venv/ready
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py seed
	exec $(BIN)/python manage.py desk

# Two at a time: the slowest of them wait for a server or a browser. What pytest makes of the
# tests' code is kept, whatever the surroundings say: without it each collects for twice as long.
test: .venv/ready
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 $(ARGS)

# How good the suggestions are, on labelled sets: make eval EVAL=folder
EVAL ?= ../shared/eval
eval: .venv/ready
	@$(BIN)/python manage.py evaluate $(EVAL)

# How fast an import is, on this machine and in ratios: BENCH_N=20000 for the whole measure of
# speed, BENCH_N=50000 for that of growth; and how fast a source is regraded in a large desk.
bench: .venv/ready
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-bench.txt || { echo "spaCy and datasketch could not be installed."; rm -rf .venv-bench; }
	$(BIN)/python -m tests.bench

# What the scripts that learn weights need, in an environment of its own: docs/quality.md.
train:
	test -x .venv-train/bin/python || $(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-train.txt

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files -z -- 'templates/*.html' | xargs -0 $(BIN)/djade --check --target-version 5.2

types: .venv/ready
	$(BIN)/mypy

# Everything is installed by digest: a machine gets what was tested, or nothing.
.venv/ready: requirements-dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Concordat needs Python 3.11 or newer.")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

requirements: .venv/ready
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra dev -o requirements-dev.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra bench -o requirements-bench.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra train -o requirements-train.txt pyproject.toml

clean:
	rm -rf .venv .venv-bench .venv-train var *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
