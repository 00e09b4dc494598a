"""Episodes and pages as Pelican's own contents, so that any theme made for Pelican can show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from pipeline import project, website
from pipeline.models import Episode, House
from pipeline.workflow import planning


@dataclass(frozen=True, slots=True)
class Contents:
    """The house as Pelican sees it: its articles, newest first, and its pages."""

    articles: tuple[Any, ...]
    pages: tuple[Any, ...]


def contents(root: Path, house: House, settings: dict[str, Any]) -> Contents:
    """What Pelican's generators are given of a public house; the same episodes as on our own site."""
    made = planning.context(root, house)
    render = website.renderer(project.theme(root))
    return Contents(
        tuple(_article(made, episode, settings, render) for episode in house.episodes),
        tuple(_page(page, settings, render) for page in website.texts(made)),
    )


def _article(
    context: Any, episode: Episode, settings: dict[str, Any], render: Callable[[Any, str], str]
) -> Any:
    """An article whose contents are made when a theme asks for them."""
    from pelican.contents import Article  # noqa: PLC0415 (heavy)

    class Lazy(Article):  # type: ignore[misc]  # Pelican has no types
        def _get_content(self) -> str:
            return render(website.article(context, episode), "")

    made = Lazy("", _metadata(context, episode, settings), settings)
    made.locale_date = context.day(context.local(episode.date))
    return made


def _metadata(context: Any, episode: Episode, settings: dict[str, Any]) -> dict[str, Any]:
    """What Pelican calls metadata, as HTML: its themes do not escape."""
    from pelican.urlwrappers import Author, Category, Tag  # noqa: PLC0415

    house, path = context.house, context.addresses.episode(episode)
    series = house.series.get(episode.series or "")
    show = house.settings.show
    category = (series.id, series.title) if series else ("", show.title)
    people = [(one.id, one.shown_name) for one in website.cast(context, episode)]
    topics = [(topic.id, topic.title) for topic in map(house.topic, episode.topics) if topic.id]
    return {
        "title": escape(episode.title, quote=False),
        "date": episode.date.astimezone(context.zone),
        "lang": house.language(episode),
        "status": "published",
        "slug": episode.address,
        "url": path,
        "save_as": f"{path}index.html",
        "summary": f"<p>{escape(episode.summary, quote=False)}</p>",
        "category": _named(Category, category, settings),
        "tags": [_named(Tag, topic, settings) for topic in dict.fromkeys(topics)],
        "authors": [_named(Author, one, settings) for one in people or [("", show.author)]],
    }


def _named(kind: Any, named: tuple[str, str], settings: dict[str, Any]) -> Any:
    """A category, tag or author whose address is made from our id."""
    id_, name = named
    made = kind(escape(name, quote=False), settings)
    if id_:
        made.slug = id_
    return made


def _page(page: Any, settings: dict[str, Any], render: Callable[[Any, str], str]) -> Any:
    """A page of the house, the accessibility statement with all that the law asks it to say."""
    from pelican.contents import Page  # noqa: PLC0415

    class Lazy(Page):  # type: ignore[misc]  # Pelican has no types
        def _get_content(self) -> str:
            return render(page, website.TEXT) + render(website.listed(page), "")

    metadata = {
        "title": escape(page.values["title"], quote=False),
        "slug": page.values["id"],
        "url": page.path.removesuffix("index.html"),
        "save_as": page.path,
        "lang": page.values["language"],
        "status": "published",
    }
    return Lazy("", metadata, settings)
