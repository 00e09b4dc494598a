"""The website: plans every page as a value, renders and writes it, shows it on this machine."""

from pipeline.website.planned import Copy, Document, Page, Planned
from pipeline.website.planning import plan, related
from pipeline.website.preview import HOST, app, listen, run
from pipeline.website.writing import Report, sweep, write

__all__ = [
    "HOST",
    "Copy",
    "Document",
    "Page",
    "Planned",
    "Report",
    "app",
    "listen",
    "plan",
    "related",
    "run",
    "sweep",
    "write",
]
