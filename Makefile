# Everything a newcomer needs: `make demo`, `make test`. A second run installs nothing and needs no network.

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
SETUP := $(VENV)/.installed

.PHONY: help setup demo test test-parts check format messages docs samples screens serve clean

help:  ## What can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(SETUP)  ## The Python environment in .venv

$(SETUP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(SETUP)

demo: $(SETUP)  ## A recording becomes a page and a feed, in a fresh copy under demo/
	$(BIN)/python tools/demo.py

serve: $(SETUP)  ## Look at the demonstration in the browser
	cd demo && ../$(BIN)/hdw serve

test: $(SETUP)  ## Every test
	$(BIN)/python -m pytest

test-parts:  ## What the tests need beside Python, and how to get it
	@echo "Chromium, for the tests of the pages as a browser shows them:"
	@echo "  Debian, Ubuntu:  sudo apt-get install chromium"
	@echo "  macOS:           brew install --cask chromium"
	@echo "  elsewhere:       set CHROMIUM to the program's path"
	@echo "Letters as wide as Arial, which a page shows until its own have come:"
	@echo "  Debian, Ubuntu:  sudo apt-get install fonts-liberation"
	@echo "Java, for EPUBCheck, which judges the books, and the Nu HTML checker, which judges the pages:"
	@echo "  Debian, Ubuntu:  sudo apt-get install default-jre-headless"
	@echo "  macOS:           brew install --cask temurin"
	@echo "ffmpeg and ffprobe, for the benchmarks (recognition, audio) and for reading back what was written:"
	@echo "  Debian, Ubuntu:  sudo apt-get install ffmpeg"
	@echo "  macOS:           brew install ffmpeg"
	@echo "nginx and Apache, to publish to real web servers, and to count their logs:"
	@echo "  Debian, Ubuntu:  sudo apt-get install nginx-light apache2"
	@echo "  macOS:           brew install nginx (Apache's tests need Debian's or Ubuntu's)"
	@echo "OpenSSH's server and rsync, to publish to a server:"
	@echo "  Debian, Ubuntu:  sudo apt-get install openssh-server openssh-client rsync"
	@echo "  macOS:           brew install openssh rsync"
	@echo "Node, podcast-partytime (Podcast Index's own parser), to read the feed back, and the two that judge the"
	@echo "pages, the Nu HTML checker and Lighthouse:"
	@echo "  Debian, Ubuntu:  sudo apt-get install nodejs npm"
	@echo "  macOS:           brew install node"
	@echo "  then:            npm ci --ignore-scripts --prefix tests/feed/partytime"
	@echo "                   npm ci --ignore-scripts --prefix tests/website/checkers"

check: $(SETUP)  ## Format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tools/messages.py --check

format: $(SETUP)  ## Put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(SETUP)  ## Collect every sentence for translation
	$(BIN)/python tools/messages.py

docs: $(SETUP)  ## Write what is generated: reference of fields, README commands, guides output
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/commands.py
	$(BIN)/python tools/feed.py
	$(BIN)/python tools/guides.py

samples: $(SETUP)  ## Make the sample episodes again (needs espeak-ng)
	$(BIN)/python tools/make_samples.py

screens: $(SETUP)  ## Pictures of every kind of page in build/screens/, those of the README again (needs Chromium)
	$(BIN)/python tools/screens.py
	$(BIN)/python tools/desk_screens.py

clean:  ## Remove what was built
	rm -rf build demo output .hdw
