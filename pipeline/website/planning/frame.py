"""What every page's frame shows: title, menu, service links, institutions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from pipeline import markup
from pipeline.feed import Feed
from pipeline.messages import Message, msg
from pipeline.models import FEED
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.views import COLOURS, Anchor

LOCALES = {"de": "de_DE", "en": "en_GB"}
"""As the Open Graph protocol names them, by the language of the pages."""

SECTIONS: dict[str, Message] = {
    # path of the section's first page → what the main menu calls it
    "archiv/": msg("Episodes"),
    "themen/": msg("Topics"),
    "personen/": msg("People"),
    "reihen/": msg("Series"),
    "suche/": msg("Search"),
    "abonnieren/": msg("Subscribe"),
}


def framed(
    context: Context,
    path: str,
    template: str,
    title: Message | str,
    *,
    section: str = "",
    kind: str = "",
    description: str = "",
    feeds: tuple[str, ...] = (),
    image: views.Shared | None = None,
    data: Mapping[str, object] | None = None,
    translations: tuple[views.Translation, ...] = (),
    **values: object,
) -> Page:
    """A page with its frame; `section` is the path of the menu entry it belongs to.

    `feeds` are the paths of the feeds that belong to the page; the main one belongs to every page.

    `kind` stands in the page's title between its own and the show's (by default the section's name), so
    that a topic and a person of one name have titles of their own. `image` stands for the page where its
    address is shared (by default the cover), `data` is what schema.org says of it. `translations` are all its
    versions, itself among them.
    """
    show, title = context.house.settings.show, context.t(title)
    address = path.removesuffix("index.html")
    between = kind or (context.t(SECTIONS[section]) if section and section != address else "")
    parts = (title, between, show.title) if address else (show.title,)
    frame = {
        "title": title,
        "page_title": " – ".join(part for part in parts if part),
        "description": " ".join(description.split()) or show.description,
        "canonical": context.addresses.absolute(address),
        "feeds": tuple(_feed(context, one) for one in context.feeds if one.path in {FEED, *feeds}),
        "image": image or views.cover(context),
        "data": data,
        "translations": translations,
        "sections": tuple(_section(context, path, section, address) for path in SECTIONS),
        **_common(context),
    }
    return Page(path, template, {**frame, **values})


def _feed(context: Context, feed: Feed) -> Anchor:
    return Anchor(context.href(feed.path), feed.title)


def _section(context: Context, path: str, section: str, address: str) -> tuple[Anchor, str]:
    """A menu entry, and what `aria-current` says about it."""
    current = "page" if path == address else "true" if path == section else ""
    return Anchor(context.href(path), context.t(SECTIONS[path])), current


def _common(context: Context) -> dict[str, object]:
    show, site = context.house.settings.show, context.house.settings.site
    return {
        "language": context.t.language,
        "locale": LOCALES.get(context.t.language, context.t.language),
        "show": show,
        "site_name": site.name,
        "home": context.href(""),
        "subscribe": context.href(context.addresses.subscribe()),
        "archive": context.href(context.addresses.archive()),
        "service": tuple(_content_links(context, site.service)),
        "menu": tuple(_content_links(context, site.menu)),
        "institutions": tuple((one.name, COLOURS[one.colour]) for one in show.institutions),
    }


def _content_links(context: Context, ids: Iterable[str]) -> Iterable[Anchor]:
    known = context.house.pages
    return (
        Anchor(context.href(context.addresses.page(id_)), known[id_].title) for id_ in ids if id_ in known
    )


def parent(context: Context, section: str) -> Anchor:
    """The way back to the first page of a section."""
    return Anchor(context.href(section), context.t(SECTIONS[section]))


def html(markdown: str, *, top_heading: int = 2) -> Markup:
    """Markdown as clean HTML."""
    return Markup(markup.html(markdown, top_heading=top_heading))  # noqa: S704 (cleaned by nh3)
