"""What every page's frame shows: title, menu, service links, institutions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from pipeline import markup
from pipeline.messages import Message, msg
from pipeline.models import FEED, Episode
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.views import COLOURS, Anchor

SECTIONS: dict[str, Message] = {
    # path of the section's first page → what the main menu calls it
    "archiv/": msg("Episodes"),
    "themen/": msg("Topics"),
    "personen/": msg("People"),
    "reihen/": msg("Series"),
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
    changed: date | None = None,
    **values: object,
) -> Page:
    """A page with its frame; `section` is the path of the menu entry it belongs to.

    `kind` stands in the page's title between its own and the show's (by default the section's name), so
    that a topic and a person of one name have titles of their own.
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
        "sections": tuple(_section(context, path, section, address) for path in SECTIONS),
        **_common(context),
    }
    return Page(path, template, {**frame, **values}, changed)


def _section(context: Context, path: str, section: str, address: str) -> tuple[Anchor, str]:
    """A menu entry, and what `aria-current` says about it."""
    current = "page" if path == address else "true" if path == section else ""
    return Anchor(context.href(path), context.t(SECTIONS[path])), current


def _common(context: Context) -> dict[str, object]:
    show, site = context.house.settings.show, context.house.settings.site
    return {
        "language": context.t.language,
        "show": show,
        "site_name": site.name,
        "home": context.href(""),
        "feed": context.href(FEED),
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


def newest(context: Context, episodes: Iterable[Episode]) -> date | None:
    """The day on which something changed last on a page that lists these episodes."""
    return max((changed(context, episode) for episode in episodes), default=None)


def changed(context: Context, episode: Episode) -> date:
    """The day an episode's page changed last: its publication, or a later review of its transcript."""
    reviews = context.house.of(episode).review.cues.values()
    return max([context.local(episode.date), *(review.on for review in reviews if review.on)])


def html(markdown: str, *, top_heading: int = 2) -> Markup:
    """Markdown as clean HTML."""
    return Markup(markup.html(markdown, top_heading=top_heading))  # noqa: S704 (cleaned by nh3)
