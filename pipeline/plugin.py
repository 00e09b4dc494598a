"""Pelican's door to the workflow: a generator that reads and writes everything itself, and raises."""

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
        options = dict(self.settings.get("HDW", {}))
        keep = options.pop("report", None)
        report = workflow.build(
            Path(self.settings["HDW_ROOT"]),
            output=Path(self.settings["OUTPUT_PATH"]),
            **{"now": datetime.now(UTC), **options},
        )
        if keep:
            keep(report)


def _generators(_pelican: object) -> type[SiteGenerator]:
    return SiteGenerator


def register() -> None:
    """What Pelican calls on every plugin."""
    signals.get_generators.connect(_generators)
