# Two commands do everything: `make score` and `make test`. Both install what is missing first.

SHELL := /bin/bash
SWIFT ?= swift
RELEASE := .build-release
STERLING := $(RELEASE)/release/sterling
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

VALIDATORS := .build-validators

.PHONY: score test setup validators release accuracy invariance format lint rubrics golden clean

## Scores every sample project.
score: release
	@$(STERLING) score artifacts

## Runs every test.
test: setup validators
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build

## Compares the verdicts on the samples with the labels that were read by hand.
accuracy: release
	@$(SWIFT) run -c release --scratch-path $(RELEASE) Accuracy artifacts --mutants --mistakes
	@for set in projects/*/; do echo; echo "$${set%/}"; $(RELEASE)/release/Accuracy "$$set" | tail -8; done

## Changes how the samples are written, never what they do, and tells what stays the same; esbuild and terser where present.
invariance: release
	@python3 Scripts/invariance.py artifacts

## Builds the command in release mode.
release: setup
	@mkdir -p $(RELEASE)
	@$(SWIFT) build -c release --static-swift-stdlib --product sterling --scratch-path $(RELEASE) >$(RELEASE)/build.log 2>&1 \
	  || { cat $(RELEASE)/build.log; exit 1; }

## Installs the system packages that are missing; does nothing when they are all there.
setup:
	@if ! pkg-config --exists libxml-2.0 2>/dev/null; then \
	  $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq libxml2-dev pkg-config; \
	fi

## Installs what reads reports, for the tests that hold reports against it; where that fails those tests are skipped.
validators: $(VALIDATORS)/ready
$(VALIDATORS)/ready: Tests/Validators/requirements.txt
	@command -v xmllint >/dev/null && python3 -c 'import ensurepip' 2>/dev/null \
	  || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq libxml2-utils python3-venv; } || true
	@rm -rf $(VALIDATORS); python3 -m venv $(VALIDATORS) && $(VALIDATORS)/bin/pip install -q --disable-pip-version-check --retries 1 -r $< \
	  && command -v xmllint >/dev/null && touch $@ || { rm -rf $(VALIDATORS); echo "notice: no validators; the tests that need them are skipped"; }

## Formats every source file in place.
format:
	$(SWIFT) format -i -r Sources Tests Tools Benchmarks Package.swift

## Fails when a source file is not formatted or a public declaration has no documentation.
lint:
	$(SWIFT) format lint --strict -r Sources Tests Tools Benchmarks Package.swift

## Rewrites what is written from the rubrics and from the vocabulary: the embedded copy, the schema, the manual page.
rubrics: setup
	STERLING_UPDATE_GOLDEN=1 $(SWIFT) test --filter 'EmbeddedRubricTests|MechanicVocabularyTests'

## Rewrites the golden files from what the code does now; read the difference before committing it.
golden: setup
	$(SWIFT) build --build-tests
	STERLING_UPDATE_GOLDEN=1 $(SWIFT) test --skip-build

clean:
	rm -rf .build $(RELEASE)
