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
        options = _options(self.settings)
        report = workflow.build(
            Path(self.settings["HDW_ROOT"]),
            output=Path(self.settings["OUTPUT_PATH"]),
            pages=not self.settings.get("HDW_ARTICLES"),
            **options,
        )
        if keep := self.settings.get("HDW", {}).get("report"):
            keep(report)


def _options(settings: dict[str, Any]) -> dict[str, Any]:
    """What `hdw build` asked for; the clock is read where it did not."""
    given = {name: value for name, value in settings.get("HDW", {}).items() if name != "report"}
    return {"now": datetime.now(UTC), **given}


def _generators(_pelican: object) -> type[SiteGenerator]:
    return SiteGenerator


def _fill(generator: Any, kind: str) -> None:
    if generator.settings.get("HDW_ARTICLES"):
        root = Path(generator.settings["HDW_ROOT"])
        options = _options(generator.settings)
        asked = {name: options[name] for name in ("production", "drafts", "published") if name in options}
        made = workflow.contents(root, generator.settings, now=options["now"], **asked)
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
