# All one needs: Python 3.11, 3.12 or 3.13 with its headers, make, a C compiler. `make` alone says what there is.
# Paths are relative, so the folder may have any name.

UV = sh .ci/uv
RUN = $(UV) run --frozen
# Without the development tools: a demo on a fresh machine need not wait for them.
USE = $(RUN) --no-dev

# Prints the command as a user would type it, then runs it.
champion = @printf '\n$$ champion %s\n' '$(1)'; $(USE) champion $(1)

.DEFAULT_GOAL := help
.PHONY: help demo serve test test-long check golden bench

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

demo: ## a list of 50 firms screened, then one firm in full
	@$(USE) true # whatever must be installed comes before the first command
	$(call champion,screen fixtures/candidates.csv -o verdicts.xlsx) || test $$? = 1 # some rows are rejected
	$(call champion,assess fixtures/published/C023-zpmc.json)

serve: ## pages and the HTTP interface, with options in ARGS="--port 8001"
	@$(USE) champion-api $(ARGS)

test: ## all tests but the long ones
	@$(RUN) pytest -n 2 $(ARGS)

test-long: ## all tests, with many more random cases
	@HYPOTHESIS_PROFILE=long $(RUN) pytest -n 2 -m 'long or not long' $(ARGS)

check: ## style, types, import rules, rulebooks
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) lint-imports
	$(RUN) champion lint --prove

golden: ## write the golden files anew; then read the diff
	@REFRESH_GOLDEN=1 $(RUN) pytest -q -k golden $(ARGS)

bench: ## speed against other engines, as ratios
	@$(RUN) --group bench python tests/benchmarks/bench.py $(ARGS)
