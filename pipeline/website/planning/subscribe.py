"""How to subscribe: a page a feed, with its address, apps that open it, and the other feeds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from pipeline.feed import Feed
from pipeline.messages import Message, msg
from pipeline.models import FEED
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page, Unit
from pipeline.website.planning.frame import framed
from pipeline.website.planning.plan import Plan

SECTION = "abonnieren/"
APPS: tuple[tuple[str, str, Message], ...] = (
    # name; how a link opens a feed in it ({url}: encoded, {bare}: without https://); where it runs
    ("AntennaPod", "https://antennapod.org/deeplink/subscribe?url={url}", msg("Android (external site)")),
    ("Apple Podcasts", "podcast://{bare}", msg("iPhone, iPad, Mac")),
    ("Overcast", "overcast://x-callback-url/add?url={url}", msg("iPhone, iPad")),
    ("Pocket Casts", "pktc://subscribe/{bare}", msg("Android, iPhone")),
)


def units(plan: Plan) -> Iterator[Unit]:
    """`/abonnieren/` for the main feed, and a page for each further one."""
    for feed in plan.context.feeds:
        title = msg("Subscribe") if feed.path == FEED else msg("Subscribe: {feed}", feed=feed.title)
        others = tuple(one for one in plan.subscriptions if one.title != feed.title)
        yield plan.page(
            plan.context.addresses.subscribe(feed.path) + "index.html",
            "subscribe.html",
            partial(_page, plan.context.only((), feeds=(feed.path,)), feed, title, others),
            title=title,
            feeds=(feed.path, feed.title, feed.description, others),
        )


def _page(context: Context, feed: Feed, title: Message, others: tuple[views.Anchor, ...]) -> Page:
    address = context.addresses.absolute(feed.path)
    return framed(
        context,
        context.addresses.subscribe(feed.path) + "index.html",
        "subscribe.html",
        title,
        section=SECTION,
        description=feed.description,
        feeds=(feed.path,),
        address=address,
        qr=views.qr(address),
        apps=tuple(_app(context, address, *app) for app in APPS),
        others=others,
    )


def _app(context: Context, address: str, name: str, link: str, where: Message) -> views.Anchor:
    href = link.format(url=quote(address, safe=""), bare=address.partition("://")[2])
    return views.Anchor(href, name, note=context.t(where))
