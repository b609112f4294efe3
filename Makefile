# make run   installs and serves the app to this machine (PORT=, ADDRESS=0.0.0.0 for others)
# make serve the same for many: nginx before one process a core (PORT=, PROCESSES=, ADDRESS=)
# make test  installs all that the tests need (browser and nginx too) and runs them
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
PORT ?= 8501
ADDRESS ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run serve test check bench schema format clean lock audit sbom

run: $(VENV)/app
	$(BIN)/python -m components validate
	@$(BIN)/python -m deploy.visit $(PORT) >/dev/null 2>&1 & exec $(BIN)/streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT)

serve: $(VENV)/app
	$(BIN)/python -m components validate
	@NGINX_PATH="$$(./scripts/find_nginx.sh)" && export NGINX_PATH && exec $(BIN)/python -m deploy.serve \
		--address $(ADDRESS) --port $(PORT) $(if $(PROCESSES),--processes $(PROCESSES))

test: $(VENV)/dev
	@NGINX_PATH="$$(./scripts/find_nginx.sh)" && export NGINX_PATH && CHROMIUM_PATH="$$(./scripts/find_chromium.sh $(BIN)/python)" && export CHROMIUM_PATH && $(MAKE) --no-print-directory check

check: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m components validate
	$(BIN)/python -m pytest

bench: $(VENV)/dev
	@NGINX_PATH="$$(./scripts/find_nginx.sh)" && export NGINX_PATH && CHROMIUM_PATH="$$(./scripts/find_chromium.sh $(BIN)/python)" && export CHROMIUM_PATH && $(BIN)/python -m benchmarks

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
