"""What keeps old addresses alive beside pages: the files that feeds have named, and rules for servers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.models import RESERVED, Redirect, Show
from pipeline.website.planned import Document, Keyed, Made, Planned

RULES = "_redirects"
MARK = "# hdw: where addresses lead that were published before"
"""The first line of our file of rules; without it the file is somebody else's."""
PAGE_MARK = '<meta name="generator" content="hdw">'
"""What our pages say of themselves near their start (`base.html`); without it a page is somebody else's."""
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
"""A page that lies where it says that it lies: one that was copied from elsewhere is somebody else's."""
_START_BYTES = 8192
_CONTENT_NAMED = re.compile(r"\.[0-9a-f]{8,}\.\w+$")


def rules(redirects: Iterable[Redirect], show: Show) -> Document | None:
    """The rules for servers; None where nothing leads elsewhere."""
    own = tuple(one for one in redirects if not one.abroad)
    return Document(RULES, _rules(own, show).encode()) if own else None


def again(files: Sequence[Planned], redirects: Iterable[Redirect]) -> tuple[Planned, ...]:
    """The files of stable names that lay elsewhere before, at those places; none takes another's."""
    taken = {one.path for one in files}
    own = [one for one in redirects if not one.abroad and one.old.endswith("/")]
    return tuple(one for one in _again(files, own) if one.path not in taken)


def _again(files: Sequence[Planned], redirects: Sequence[Redirect]) -> Iterator[Planned]:
    stable = [
        one
        for one in files
        if isinstance(one, Document | Keyed | Made) and not _CONTENT_NAMED.search(one.path)
    ]
    for redirect in redirects:
        for one in stable:
            if one.path.startswith(redirect.new):
                yield replace(one, path=redirect.old + one.path.removeprefix(redirect.new))


def _rules(redirects: Iterable[Redirect], show: Show) -> str:
    """Redirects as Netlify, Cloudflare Pages and GitLab Pages read them: old address, new address, status."""
    lines = []
    for one in redirects:
        new = one.new if "://" in one.new else show.path + one.new
        lines.append(f"{show.path}{one.old} {new} 301")
        if one.old.endswith("/"):
            lines.append(f"{show.path}{one.old}* {new}:splat 301")
    return "\n".join((MARK, *lines)) + "\n"


def is_ours(output: Path, path: str) -> bool:
    """Whether what lies at a path below the output was written by this program, though nobody plans it now.

    Known by where it lies, or by what it says of itself: what is noted of a site may be lost.
    """
    folder, _, inside = path.partition("/")
    if inside and folder in RESERVED:
        return True
    if path == RULES:
        return _start(output / path).startswith(MARK)
    if not path.endswith("index.html"):
        return False
    start = _start(output / path)
    own = _CANONICAL.search(start)
    here = "/" + path.removesuffix("index.html")
    return PAGE_MARK in start and own is not None and own[1].endswith(here)


def _start(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(_START_BYTES).decode(errors="replace")
    except OSError:  # a link to nowhere, or nobody may read it: somebody else's
        return ""
