from .context import Context
from .drawing import fonts
from .index import digest
from .keeping import again, rules
from .making import THEME_FILES, Due, Maker, Report, Why
from .planned import Copy, Document, Keyed, Made, Page, Planned, Unit
from .planning import TEXT, Beside, Known, article, book, listed, texts, units
from .portable import drafts, portable
from .preview import HOST, app, listen, run
from .reloading import News
from .scaling import Bare, Scaled
from .spoken import Passages, Spoken, passages, spoken
from .templates import Templates
from .views import Passage
from .views.citing import cast
from .writing import Writer, renderer, write

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
