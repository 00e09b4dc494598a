"""What says the same in several languages: an original and what names it, each found from each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from babel import Locale, UnknownLocaleError

from pipeline.models import Episode, Page
from pipeline.website.context import Context
from pipeline.website.views.values import Translation

One = TypeVar("One", Episode, Page)


def episode_translations(context: Context) -> Mapping[str, tuple[Translation, ...]]:
    """By episode id all versions of an episode that exists in several languages, the original first."""
    return _grouped(context, context.house.episodes, context.addresses.episode, context.house.language)


def page_translations(context: Context) -> Mapping[str, tuple[Translation, ...]]:
    """By page id all versions of a page that exists in several languages, the original first."""

    def language(page: Page) -> str:
        return page.language or context.house.settings.show.language

    return _grouped(
        context, context.house.pages.values(), lambda page: context.addresses.page(page.id), language
    )


def _grouped(
    context: Context, all_: Iterable[One], path: Callable[[One], str], language: Callable[[One], str]
) -> Mapping[str, tuple[Translation, ...]]:
    versions: dict[str, dict[str, One]] = defaultdict(dict)
    for one in sorted(all_, key=lambda one: (one.translation_of is not None, language(one), one.id)):
        versions[one.translation_of or one.id].setdefault(language(one), one)
    found: dict[str, tuple[Translation, ...]] = {}
    for group in versions.values():
        if len(group) > 1:
            made = tuple(_translation(context, tag, path(one)) for tag, one in group.items())
            found |= {one.id: made for one in group.values()}
    return found


def _translation(context: Context, tag: str, path: str) -> Translation:
    return Translation(tag, own_name(tag), context.href(path), context.addresses.absolute(path))


def own_name(tag: str) -> str:
    """What a language is called in itself: `English`; the tag where nobody knows."""
    try:
        return str(Locale.parse(tag, sep="-").get_display_name() or tag)
    except (UnknownLocaleError, ValueError):
        return tag
