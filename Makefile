# make run   installs and serves the app to this machine (PORT=, ADDRESS=0.0.0.0 for others)
# make serve the same for many: nginx before one process a core (PORT=, PROCESSES=, ADDRESS=)
# make test  installs all that the tests need (browser and nginx too) and runs them
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
PORT ?= 8501
ADDRESS ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run serve test check coverage mutants bench soak schema format clean lock audit sbom

run: $(VENV)/app
	$(BIN)/python -m components validate
	@$(BIN)/python -m deploy.visit $(PORT) >/dev/null 2>&1 & exec $(BIN)/streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT)

serve: $(VENV)/app
	$(BIN)/python -m components validate
	@NGINX_PATH="$$(./scripts/find_nginx.sh)" && export NGINX_PATH && exec $(BIN)/python -m deploy.serve \
		--address $(ADDRESS) --port $(PORT) $(if $(PROCESSES),--processes $(PROCESSES))

test: $(VENV)/dev
	@NGINX_PATH="$$(./scripts/find_nginx.sh)" && export NGINX_PATH && CHROMIUM_PATH="$$(./scripts/find_chromium.sh $(BIN)/python)" && export CHROMIUM_PATH && $(MAKE) --no-print-directory check

# Tests run two at once, each with a server and a browser of its own; those that share one are marked xdist_group.
check: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m components validate
	$(MAKE) --no-print-directory coverage
	$(BIN)/python -m pytest --numprocesses 2 --dist loadgroup $(OTHER_TESTS)

# Every line and branch of components/clinical is reached by a test. Reading lists by the thousand takes more than twice
# as long while it is watched, so those tests run with the others. Two folders at once, the longest first.
WATCHED := tests/unit tests/exchange tests/data tests/clinical_rules
UNWATCHED := tests/unit/test_bench.py tests/unit/test_properties.py
OTHER_TESTS := $(filter-out $(WATCHED:=/) tests/__pycache__/,$(wildcard tests/*/)) $(UNWATCHED)

coverage: $(VENV)/dev
	@mkdir -p build
	$(BIN)/python -m coverage erase
	$(MAKE) --no-print-directory -j2 $(WATCHED:%=watched/%)
	$(BIN)/python -m coverage combine --quiet
	@$(BIN)/python -m coverage report || { echo "No test reaches the lines and branches (from->to) above: add a test \
	that means something, or delete what nobody can reach."; exit 1; }

watched/%:
	$(BIN)/python -m coverage run --parallel-mode -m pytest $* $(UNWATCHED:%=--ignore=%)

# Small faults put into what decides severity, status and order: does a test notice each? It takes long: docs/mutation.md.
MUTATION := build/mutation
mutants: $(VENV)/dev
	rm -rf $(MUTATION) && mkdir -p $(MUTATION)
	cp -R .streamlit app.py components data docs pages pyproject.toml static tests $(MUTATION)
	cd $(MUTATION) && export PATH="$(CURDIR)/$(BIN):$$PATH" && mutmut run --max-children 2 && mutmut results

bench: $(VENV)/dev
	@NGINX_PATH="$$(./scripts/find_nginx.sh)" && export NGINX_PATH && CHROMIUM_PATH="$$(./scripts/find_chromium.sh $(BIN)/python)" && export CHROMIUM_PATH && $(BIN)/python -m benchmarks

# Half an hour of mixed use by twenty people at once; MINUTES= and SESSIONS= for less or more.
soak: $(VENV)/dev
	$(BIN)/python -m benchmarks.soak $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SESSIONS),--sessions $(SESSIONS))

schema: $(VENV)/app
	$(BIN)/python -m components schema

format: $(VENV)/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m components format

$(VENV)/app: requirements.txt constraints.txt scripts/make_venv.sh
	./scripts/make_venv.sh $(PYTHON) $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/dev: $(VENV)/app requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch $@

# --- Dependencies: make lock after a change of a pin; make audit asks for known faults; make sbom lists what is inside.
TOOLS := build/tools

lock: $(TOOLS)/done
	$(TOOLS)/bin/uv pip compile requirements.txt -c constraints.txt -o requirements.lock --quiet --generate-hashes \
		--no-annotate --python-version 3.11 --python-platform linux --custom-compile-command "make lock"

audit: $(TOOLS)/done
	@./scripts/audit.sh $(TOOLS)/bin/pip-audit

sbom: $(TOOLS)/done
	$(TOOLS)/bin/cyclonedx-py requirements requirements.lock --of JSON --output-reproducible -o build/sbom.json

$(TOOLS)/done: requirements-tools.txt scripts/make_venv.sh
	@./scripts/make_venv.sh $(PYTHON) $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-tools.txt || \
		{ echo "The tools could not be installed: this command needs the internet once, or a mirror of PyPI."; exit 1; }
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
