"""How to subscribe: a page a feed, with its address, apps that open it, and the other feeds."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from pipeline.feed import Feed
from pipeline.messages import Message, msg
from pipeline.models import FEED
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning.frame import framed

SECTION = "abonnieren/"
APPS: tuple[tuple[str, str, Message], ...] = (
    # name; how a link opens a feed in it ({url}: encoded, {bare}: without https://); where it runs
    ("AntennaPod", "https://antennapod.org/deeplink/subscribe?url={url}", msg("Android (external site)")),
    ("Apple Podcasts", "podcast://{bare}", msg("iPhone, iPad, Mac")),
    ("Overcast", "overcast://x-callback-url/add?url={url}", msg("iPhone, iPad")),
    ("Pocket Casts", "pktc://subscribe/{bare}", msg("Android, iPhone")),
)


def pages(context: Context) -> Iterator[Page]:
    """`/abonnieren/` for the main feed, and a page for each further one."""
    yield from (_page(context, feed) for feed in context.feeds)


def links(context: Context) -> tuple[views.Anchor, ...]:
    """The pages that say how to subscribe, the whole podcast's first."""
    return tuple(
        views.Anchor(context.href(context.addresses.subscribe(one.path)), one.title) for one in context.feeds
    )


def link(context: Context, path: str) -> str:
    """The page for the feed at a path; "" where nothing is to be heard yet."""
    known = any(one.path == path for one in context.feeds)
    return context.href(context.addresses.subscribe(path)) if known else ""


def _page(context: Context, feed: Feed) -> Page:
    address, whole = context.addresses.absolute(feed.path), feed.path == FEED
    return framed(
        context,
        context.addresses.subscribe(feed.path) + "index.html",
        "subscribe.html",
        msg("Subscribe") if whole else msg("Subscribe: {feed}", feed=feed.title),
        section=SECTION,
        description=feed.description,
        feeds=(feed.path,),
        address=address,
        qr=views.qr(address),
        apps=tuple(_app(context, address, *app) for app in APPS),
        others=tuple(one for one in links(context) if one.title != feed.title),
    )


def _app(context: Context, address: str, name: str, link: str, where: Message) -> views.Anchor:
    href = link.format(url=quote(address, safe=""), bare=address.partition("://")[2])
    return views.Anchor(href, name, note=context.t(where))
