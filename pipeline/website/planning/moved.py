"""Pages at addresses that were published under an old name: each leads to the page that is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from pipeline.messages import msg
from pipeline.models import redirects
from pipeline.website.context import Context
from pipeline.website.index import digest
from pipeline.website.planned import Listed, Page, Unit
from pipeline.website.planning.frame import framed
from pipeline.website.planning.plan import Plan
from pipeline.website.views import Anchor

TEMPLATE = "moved.html"


def units(plan: Plan, present: Iterable[Listed]) -> Iterator[Unit]:
    """`/folgen/alt/` …: without JavaScript, on any server, with a link for people and a canonical address.

    `present` are the pages that they lead to; those below one that moved (an episode's player for other
    sites) are led to as well. Refresh after 0 seconds is the redirect that WCAG 2.2 allows (technique H76);
    search engines take it as permanent.
    """
    led = redirects(plan.context.house)
    titles = {one.path.removesuffix("index.html"): one.title for one in present} if led else {}
    below = defaultdict(list)
    for path in titles:
        for parent in _folders(path):
            below[parent].append(path)
    for one in led:
        for path in () if one.abroad else below[one.new]:
            old = f"{one.old}{path.removeprefix(one.new)}index.html"
            yield Unit(
                old,
                {"settings": plan.frame, "target": digest((path, titles[path]))},
                partial(_page, plan.context.only(()), old, path, titles[path]),
                (TEMPLATE,),
            )


def _page(context: Context, old: str, path: str, title: str) -> tuple[Page]:
    page = framed(context, old, TEMPLATE, msg("This page has moved"))
    there = {
        "canonical": context.addresses.absolute(path),
        "target": Anchor(context.href(path), title),
    }
    return (replace(page, values={**page.values, **there}),)


def _folders(path: str) -> Iterator[str]:
    """`folgen/neu/einbetten/`, `folgen/neu/`, `folgen/`."""
    while path:
        yield path
        path = path[: path.rfind("/", 0, -1) + 1]
