"""The website: plans every page as a value, renders and writes it, shows it on this machine."""

from pipeline.website.context import context
from pipeline.website.keeping import again, kept
from pipeline.website.planned import Copy, Document, Keyed, Made, Page, Planned
from pipeline.website.planning import TEXT, article, listed, plan, related, texts
from pipeline.website.portable import drafts, portable
from pipeline.website.preview import HOST, app, listen, run
from pipeline.website.scaling import Bare, Scaled
from pipeline.website.views.citing import cast
from pipeline.website.writing import Report, renderer, sweep, write

__all__ = [
    "HOST",
    "TEXT",
    "Bare",
    "Copy",
    "Document",
    "Keyed",
    "Made",
    "Page",
    "Planned",
    "Report",
    "Scaled",
    "again",
    "app",
    "article",
    "cast",
    "context",
    "drafts",
    "kept",
    "listed",
    "listen",
    "plan",
    "portable",
    "related",
    "renderer",
    "run",
    "sweep",
    "texts",
    "write",
]
