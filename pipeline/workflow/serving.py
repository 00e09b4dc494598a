"""The preview: builds with drafts and serves what was built on this machine only (`hdw serve`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pipeline import project, website
from pipeline.workflow import building


def serve(root: Path, *, port: int, drafts: bool, now: datetime, ready: Callable[[str], None]) -> None:
    """Build the preview and serve it until stopped; `ready` is told the address. BusyError: port in use."""
    with website.listen(port) as listening:
        report = building.run_pelican(root, output=root / project.PREVIEW, drafts=drafts, now=now)
        path = project.load(root).settings.show.path
        ready(f"http://{website.HOST}:{listening.getsockname()[1]}{path}")
        website.run(report.output, path, listening)
