"""The preview: builds with drafts and serves what was built on this machine only (`hdw serve`)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline import catalog, project, website
from pipeline.workflow import building
from pipeline.workflow.events import Event


def serve(
    root: Path,
    *,
    port: int,
    drafts: bool,
    now: datetime,
    ready: Callable[[str], object] = lambda _: None,
    progress: Callable[[Event], object] = lambda _: None,
) -> None:
    """Build the preview and serve it until stopped; a taken port is a BusyError before anything is built.

    `ready` is told the address (`http://127.0.0.1:8000/podcast/`) once the site can be looked at; port 0
    takes a free one. `progress` is told how far sound is encoded.
    """
    with closing(website.listen(port)) as door:
        report = building.run_pelican(
            root, output=root / project.PREVIEW, drafts=drafts, progress=progress, now=now
        )
        path = catalog.load(root).settings.show.path
        ready(f"http://{website.HOST}:{door.getsockname()[1]}{path}")
        website.run(report.output, path, door)


def preview_site(root: Path, *, now: datetime) -> tuple[str, Any]:
    """Build the preview with drafts; the site's path, and the ASGI app that serves it."""
    report = building.run_pelican(root, output=root / project.PREVIEW, drafts=True, now=now)
    path = catalog.load(root).settings.show.path
    return path, website.app(report.output, path)
