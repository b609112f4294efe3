# make run   installs and serves the app
# make test  installs all that the tests need (browser too) and runs them
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench schema format clean

run: $(VENV)/app
	$(BIN)/python -m components validate
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/dev
	@CHROMIUM_PATH="$$(./scripts/find_chromium.sh $(BIN)/python)" && export CHROMIUM_PATH && $(MAKE) --no-print-directory check

check: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m components validate
	$(BIN)/python -m pytest

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

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

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
