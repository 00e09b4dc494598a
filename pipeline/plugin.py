"""Pelican's door to the workflow: a generator that reads and writes everything itself, and raises.

With `HDW_ARTICLES = True` Pelican's own generators write the pages instead, with any theme.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pelican import signals

from pipeline import workflow


class SiteGenerator:
    """Builds the house that pelicanconf.py stands in; an exception here ends Pelican with exit code 1."""

    def __init__(self, settings: dict[str, Any], **_: Any) -> None:
        self.settings = settings

    def generate_output(self, _writer: object) -> None:
        """Called by Pelican once all generators exist."""
        _job(self.settings).make(pages=not self.settings.get("HDW_ARTICLES"))


def _job(settings: dict[str, Any]) -> workflow.Job:
    """The build that `hdw build` has begun, else a new one; the clock is read here then."""
    ours = settings.setdefault("HDW", {})
    if "job" not in ours:
        root, output = Path(settings["HDW_ROOT"]), Path(settings["OUTPUT_PATH"])
        ours["job"] = workflow.Job(root, output, now=datetime.now(UTC))
    job: workflow.Job = ours["job"]
    return job


def _generators(_pelican: object) -> type[SiteGenerator]:
    return SiteGenerator


def _fill(generator: Any, kind: str) -> None:
    if generator.settings.get("HDW_ARTICLES"):
        root = Path(generator.settings["HDW_ROOT"])
        made = workflow.contents(root, _job(generator.settings).house, generator.settings)
        getattr(generator, kind).extend(getattr(made, kind))


def _articles(generator: Any) -> None:
    _fill(generator, "articles")


def _pages(generator: Any) -> None:
    _fill(generator, "pages")


def register() -> None:
    """What Pelican calls on every plugin."""
    signals.get_generators.connect(_generators)
    signals.article_generator_pretaxonomy.connect(_articles)
    signals.page_generator_finalized.connect(_pages)
