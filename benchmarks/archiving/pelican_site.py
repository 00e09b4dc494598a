"""The same archive for Pelican alone: a file of HTML a talk, a small theme, and settings.

Notes and transcript are HTML already: Pelican's reader of Markdown would only make it slower.
"""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path

from benchmarks.archiving import telling
from benchmarks.archiving.talks import INSTITUTIONS, SERIES, Archive, Talk

THEME = Path(__file__).parent / "pelican_theme"
PLAIN, CACHED = "plain.py", "cached.py"
SETTINGS = """\
PATH, ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS = "content", ["."], [], []
OUTPUT_PATH = "output"
SITENAME, SITEURL = "Haus des Wissens", "https://podcast.example.org"
TIMEZONE, DEFAULT_LANG = "Europe/Berlin", "de"
THEME, THEME_STATIC_PATHS = "theme", []
DEFAULT_PAGINATION = False
FORMATTED_FIELDS = []
ARTICLE_URL, ARTICLE_SAVE_AS = "folgen/{slug}/", "folgen/{slug}/index.html"
YEAR_ARCHIVE_URL, YEAR_ARCHIVE_SAVE_AS = "archiv/{date:%Y}/", "archiv/{date:%Y}/index.html"
TAG_URL, TAG_SAVE_AS = "themen/{slug}/", "themen/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "personen/{slug}/", "personen/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "reihen/{slug}/", "reihen/{slug}/index.html"
DIRECT_TEMPLATES = ["index", "archives", "tags", "authors", "categories", "sitemap"]
ARCHIVES_SAVE_AS, TAGS_SAVE_AS = "archiv/index.html", "themen/index.html"
AUTHORS_SAVE_AS, CATEGORIES_SAVE_AS = "personen/index.html", "reihen/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
FEED_MAX_ITEMS = 500
FEED_ALL_RSS, CATEGORY_FEED_RSS = "feed.xml", "reihen/{slug}/feed.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
BEST_CACHE = """\
from plain import *

OUTPUT_PATH = "output-cached"
CACHE_CONTENT, LOAD_CONTENT_CACHE, GZIP_CACHE = True, True, False
CONTENT_CACHING_LAYER, CHECK_MODIFIED_METHOD = "generator", "mtime"
"""


def found(root: Path, _: Archive) -> None:
    """Settings without and with a cache, and the theme."""
    (root / "content").mkdir(parents=True)
    shutil.copytree(THEME, root / "theme")
    shutil.copy(telling.FURNITURE, root / "theme/templates")
    (root / PLAIN).write_text(SETTINGS, encoding="utf-8")
    (root / CACHED).write_text(BEST_CACHE, encoding="utf-8")


def write(root: Path, _: Archive, talk: Talk) -> None:
    """A talk's file; its institution, for which Pelican has no word, is one more tag."""
    institution, _ = INSTITUTIONS[talk.institution]
    metadata = {
        "date": f"{talk.date:%Y-%m-%d %H:%M}",
        "slug": talk.slug,
        "category": SERIES[talk.series][0],
        "tags": ", ".join((*talk.topics, institution)),
        "authors": "; ".join(person.name for person in talk.people),
        "summary": talk.summary,
        "length": telling.clock(talk.length_s),
        "institution": institution,
    }
    head = "\n".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in metadata.items())
    chapters = "\n".join(
        f'<li><span class="num">{telling.clock(at)}</span> <a href="#kapitel-{n}">{escape(title)}</a></li>'
        for n, (at, title) in enumerate(talk.chapters, 1)
    )
    (root / f"content/{talk.number:06}.html").write_text(
        f"<html><head><title>{escape(talk.title)}</title>\n{head}\n</head>\n<body>\n"
        f'<nav class="chapters"><ol>\n{chapters}\n</ol></nav>\n{telling.transcript(talk)}\n'
        f'<section class="notes">\n{telling.notes(talk)}\n</section>\n</body></html>\n',
        encoding="utf-8",
    )
