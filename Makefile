PYTHON_OF_VENV := .venv/bin/python
CHECKED := musicapp config.py wsgi.py $(wildcard plugins/*/services plugins/*/services.py plugins/*/events.py)
BENCH := search whoami
# Only a site that keeps its files in a bucket needs what talks to one.
S3 := $(if $(MUSICAPP_S3_BUCKET)$(shell grep -s '^MUSICAPP_S3_BUCKET=.' .env),.venv/installed-s3)
ARGS :=

# The many processes of a site and of its tests would each compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run demo test lint bench docs

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/installed $(S3) ## Start the site on http://localhost:5000 (Ctrl-C stops it)
	@exec $(PYTHON_OF_VENV) -m musicapp.supervisor

demo: .venv/installed $(S3) ## Start a site with demo music, in a folder of its own
	@exec $(PYTHON_OF_VENV) -m musicapp.supervisor --demo

test: .venv/installed-dev ## Run all tests, the browser's too; ARGS="-k upload" picks some
	@$(PYTHON_OF_VENV) -m tests.browser.find_browser
	@$(PYTHON_OF_VENV) -m pytest -q -n 2 --dist loadgroup $(ARGS)

lint: .venv/installed-dev ## Check style, types and the borders between modules
	@$(PYTHON_OF_VENV) -m ruff check .
	@$(PYTHON_OF_VENV) -m ruff format --check .
	@$(PYTHON_OF_VENV) -m mypy $(CHECKED)
	@.venv/bin/lint-imports

bench: .venv/installed ## Time a search of a million songs and a request; BENCH=lists ARGS="--url …" and others
	@for each in $(BENCH); do $(PYTHON_OF_VENV) bench/$$each.py $(ARGS) || exit; done

docs: .venv/installed ## Write the pages of docs/ that list settings, endpoints and slots
	@$(PYTHON_OF_VENV) docs/write.py

.venv/installed-s3: requirements-s3.txt .venv/installed
	@sh tools/environment.sh requirements-s3.txt
	@touch $@

.venv/installed: requirements.txt
	@sh tools/environment.sh requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt requirements-s3.txt .venv/installed
	@sh tools/environment.sh requirements-dev.txt
	@touch $@
