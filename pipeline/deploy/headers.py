"""What a server says of each kind of file: type, how long it may be kept, who reads it, what it may do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.models import EMBED, MIME_TYPES, MODERN, SEARCH, VIDEO_TYPES
from pipeline.transcripts import PUBLISHED

TYPES: dict[str, str] = dict(
    sorted(
        {
            **MIME_TYPES,
            **VIDEO_TYPES,
            **dict(MODERN),
            **{row.suffix: row.mime for row in PUBLISHED},
            ".bib": "application/x-bibtex",
            ".css": "text/css",
            ".epub": "application/epub+zip",
            ".html": "text/html",
            ".jpg": "image/jpeg",
            ".js": "text/javascript",
            ".pagefind": "application/octet-stream",
            ".pf_fragment": "application/octet-stream",
            ".pf_index": "application/octet-stream",
            ".pf_meta": "application/octet-stream",
            ".png": "image/png",
            ".ris": "application/x-research-info-systems",
            ".svg": "image/svg+xml",
            ".woff2": "font/woff2",
            ".xml": "application/xml",
        }.items()
    )
)
"""Suffix: MIME type of every kind of file that a site holds; a test holds it against a built one.

Feeds are `application/xml`, which apps take as well: as `application/rss+xml` Chromium shows their source,
Firefox saves them, and neither shows what their style sheet makes of them.
"""
TEXT = tuple(
    suffix
    for suffix, type_ in TYPES.items()
    if type_.startswith("text/") or suffix in {".bib", ".json", ".ris", ".srt", ".svg", ".xml"}
)
"""Suffixes of what is UTF-8 text, and is sent compressed."""
OPEN = (*MIME_TYPES, *(row.suffix for row in PUBLISHED), ".jpg", ".png", ".xml")
"""Suffixes of what apps in browsers may read: `Access-Control-Allow-Origin: *`. Sound, transcripts, chapters,
feeds, covers (Podcasting 2.0, transcript)."""

LASTING = "public, max-age=31536000, immutable"
BRIEF = "public, max-age=300, must-revalidate"
"""`Cache-Control` of files whose name says what they hold, and of all others: an app that asks each hour gets
the feed of now, and nobody else asks more than once in five minutes (RFC 9111, RFC 8246)."""
CONTENT_NAMED = rf"/{SEARCH}[0-9a-f]{{16}}/|[./-][0-9a-f]{{8,}}[.-][^/]*$"
"""A regular expression (as Python, PCRE and browsers know it) of paths whose name says what they hold."""
FRAMED = rf"/{EMBED}(index\.html)?$"
"""The same of pages that other sites may hold in a frame: the players made for that."""

FIXED = {
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Headers that say the same everywhere: pages ask for no device, tell no other site where a reader came from,
and nothing is taken for another type than it is."""


def lifetime(path: str) -> str:
    """`Cache-Control` of a path with a slash in front."""
    return LASTING if re.search(CONTENT_NAMED, path) else BRIEF


def policy(media: Sequence[str] = ()) -> str:
    """The `Content-Security-Policy` of pages, without `frame-ancestors` (CSP Level 3).

    Scripts, styles and data come from the site alone; the search runs WebAssembly. `media` are the sources of
    sound and videos beside the site (`https://klang.example.org`, `https:`).
    """
    rules = {
        "default-src": ("'self'",),
        "script-src": ("'self'", "'wasm-unsafe-eval'"),
        "media-src": ("'self'", *media),
        "object-src": ("'none'",),
        "base-uri": ("'self'",),
        "form-action": ("'self'",),
    }
    return "; ".join(f"{rule} {' '.join(sources)}" for rule, sources in rules.items())
