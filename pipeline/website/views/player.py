"""The player of an episode: what it shows, and what its script knows beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from babel.numbers import format_decimal

from pipeline.models import Chapter, Edition, Episode
from pipeline.website.context import Context
from pipeline.website.views.episodes import course, size
from pipeline.website.views.values import Audio, Brick, ChapterView

SPEEDS = (0.75, 1.0, 1.25, 1.5, 2.0)


def player(context: Context, episode: Episode, shown: Iterable[ChapterView]) -> Audio | None:
    """The player, or None where nothing is published yet; it follows the transcript as it is `shown`."""
    edition = context.edition(episode)
    if edition is None:
        return None
    path = context.addresses.audio(episode, edition)
    return Audio(
        href=context.href(path),
        absolute=context.addresses.absolute(path),
        type=edition.type,
        size=size(context, edition),
        total=edition.duration_s,
        chapters=bool(episode.chapters),
        course=course(context, episode) or (Brick("0%", "100%"),),
        speeds=tuple((speed, str(format_decimal(speed, locale=context.t.language))) for speed in SPEEDS),
        facts=_facts(context, episode, edition, shown),
    )


def embedded_player(context: Context, episode: Episode) -> Audio | None:
    """The player on other sites: there is no transcript that it could follow."""
    made = player(context, episode, ())
    return replace(made, facts={**made.facts, "words": ""}) if made else None


def _facts(
    context: Context, episode: Episode, edition: Edition, shown: Iterable[ChapterView]
) -> dict[str, object]:
    """JSON for the script: seconds with two decimals; chapters are start, title and picture."""
    words = context.words.get(episode.id)
    return {
        "title": episode.title,
        "show": context.house.settings.show.title,
        "canonical": context.addresses.absolute(context.addresses.episode(episode)),
        "total": round(edition.duration_s, 2),
        "chapters": [[c.start, c.title, _picture(context, episode, c.picture)] for c in _rising(episode)],
        "starts": [round(turn.start_s, 2) for chapter in shown for turn in chapter.turns],
        "words": context.href(words) if words else "",
        "picture": _cover(context, episode),
    }


def _rising(episode: Episode) -> list[Chapter]:
    return sorted(episode.chapters, key=lambda chapter: chapter.start)


def _picture(context: Context, episode: Episode, name: str | None) -> str:
    facts = context.house.of(episode).pictures.get(name or "")
    return context.href(context.addresses.single(facts)) if facts else ""


def _cover(context: Context, episode: Episode) -> str:
    """The picture of the lock screen: the episode's own cover, else the show's."""
    own = _picture(context, episode, episode.cover)
    cover = context.house.settings.show.cover
    facts = context.house.pictures.get(cover)
    return own or (context.href(context.addresses.picture(cover, facts)) if facts else "")
