"""Pelican's settings. Everything about the show stands in podcast.toml; nothing here needs a change."""

from pathlib import Path

from pipeline import plugin

HDW_ROOT = str(Path(__file__).resolve().parent)

PLUGINS = [plugin]
PATH = "content"
OUTPUT_PATH = "output"
TIMEZONE = "UTC"
LOCALE = ("C",)
SITEURL = ""
DELETE_OUTPUT_DIRECTORY = False

# The plugin reads and writes everything itself.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
TEMPLATE_PAGES: dict[str, str] = {}
FEED_ATOM = FEED_RSS = None
FEED_ALL_ATOM = FEED_ALL_RSS = None
CATEGORY_FEED_ATOM = CATEGORY_FEED_RSS = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TAG_FEED_ATOM = TAG_FEED_RSS = None
TRANSLATION_FEED_ATOM = TRANSLATION_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ARCHIVES_SAVE_AS = ""
AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = ""
