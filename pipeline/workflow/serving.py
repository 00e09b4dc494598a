"""The preview: builds with drafts and serves what was built on this machine only (`hdw serve`)."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from pipeline import project, website
from pipeline.workflow import building


def serve(root: Path, *, port: int, drafts: bool, now: datetime) -> None:
    """Build the preview and serve it until stopped; a taken port is a BusyError before anything is built."""
    with closing(website.listen(port)) as door:
        report = building.run_pelican(root, output=root / project.PREVIEW, drafts=drafts, now=now)
        website.run(report.output, project.load(root).settings.show.path, door)
