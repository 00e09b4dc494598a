"""The website: plans every page as a value, renders and writes it, shows it on this machine."""

from pipeline.website.context import Context
from pipeline.website.drawing import fonts
from pipeline.website.index import digest
from pipeline.website.keeping import again, rules
from pipeline.website.making import THEME_FILES, Due, Maker, Report, Why
from pipeline.website.planned import Copy, Document, Keyed, Made, Page, Planned, Unit
from pipeline.website.planning import TEXT, Beside, Known, article, book, listed, texts, units
from pipeline.website.portable import drafts, portable
from pipeline.website.preview import HOST, app, listen, run
from pipeline.website.reloading import News
from pipeline.website.scaling import Bare, Scaled
from pipeline.website.spoken import Passages, Spoken, passages, spoken
from pipeline.website.templates import Templates
from pipeline.website.views import Passage
from pipeline.website.views.citing import cast
from pipeline.website.writing import Writer, renderer, write

__all__ = [
    "HOST",
    "TEXT",
    "THEME_FILES",
    "Bare",
    "Beside",
    "Context",
    "Copy",
    "Document",
    "Due",
    "Keyed",
    "Known",
    "Made",
    "Maker",
    "News",
    "Page",
    "Passage",
    "Passages",
    "Planned",
    "Report",
    "Scaled",
    "Spoken",
    "Templates",
    "Unit",
    "Why",
    "Writer",
    "again",
    "app",
    "article",
    "book",
    "cast",
    "digest",
    "drafts",
    "fonts",
    "listed",
    "listen",
    "passages",
    "portable",
    "renderer",
    "rules",
    "run",
    "spoken",
    "texts",
    "units",
    "write",
]
