"""The house as the public may see it: the episodes that are due, nobody who is hidden, sound that is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Required, TypedDict, Unpack

from pipeline import catalog, project
from pipeline.errors import Level, MisuseError, Problem, ProjectError
from pipeline.messages import Translator, msg
from pipeline.models import Episode, House, Status, public, publishable
from pipeline.workflow import checking, editions
from pipeline.workflow.choosing import named
from pipeline.workflow.events import Event


class Asked(TypedDict, total=False):
    """What may be asked of a build, beside where it goes.

    `production`: required rules stop it. `drafts`: they are shown too, as are episodes of days to come;
    `published`: only what listeners have had before. `remake` names episodes whose published files are made
    again, `progress` is told how far sound is encoded, `now` is the moment that decides what is public.
    `shown` is told when everything but the search is there, and that is still to be made.
    """

    production: bool
    drafts: bool
    published: bool
    remake: tuple[str, ...]
    progress: Callable[[Event], object]
    shown: Callable[[], object]
    now: Required[datetime]


def prepared(
    root: Path, files: catalog.Files, **asked: Unpack[Asked]
) -> tuple[House, House, tuple[Problem, ...]]:
    """The whole house, and as the public may see it, its editions made; and everything that rules found."""
    whole, now = catalog.read(files), asked["now"]
    problems = checking.known_findings(files, whole, now)
    required = stopping(root, whole, problems)
    if asked.get("production") and required:
        raise ProjectError(msg("{n} rules stop the publication.", n=len(required)), problems=required)
    drafts, published = asked.get("drafts", False), asked.get("published", False)
    shown = public(chosen(whole, drafts=drafts, published=published, now=now), guest_name(whole))
    again, told = _remade(whole, shown, asked.get("remake", ())), asked.get("progress", lambda _: None)
    return whole, editions.prepare(root, shown, files=files, remake=again, report=told), problems


def stopping(root: Path, house: House, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that a publication may not come out with; what is wrong in a draft comes out with nothing."""
    drafts = (one for one in house.episodes if one.status is Status.DRAFT)
    waiting = tuple(
        f"{project.shown(project.episode_folder(root, one.id), root)}/"
        for one in drafts
        if house.ledger.entry(one.guid) is None
    )
    return tuple(
        one for one in problems if one.level is Level.REQUIRED and not one.where.file.startswith(waiting)
    )


def _remade(whole: House, shown: House, names: tuple[str, ...]) -> set[str]:
    """The ids of episodes that are to be made again; MisuseError for one that is not built at all."""
    ids = {named(whole, name).id for name in names}
    hidden = ids - {episode.id for episode in shown.episodes}
    if hidden:
        raise MisuseError(
            msg("{episode} is a draft or planned for later; nothing of it is published.", episode=min(hidden))
        )
    return ids


def chosen(house: House, *, drafts: bool, published: bool = False, now: datetime) -> House:
    """The house with the episodes that may be seen: ready and due, or all of them in the preview.

    With `published` only those that listeners have had before.

    What was published does not vanish because its date was changed; what was withdrawn never comes back.
    The preview plays what lies here, not what will lie at a place for audio.
    """

    def due(episode: Episode) -> bool:
        entry = house.ledger.entry(episode.guid)
        return not entry.withdrawn if entry else drafts or (episode.date <= now and not published)

    shown = (episode for episode in house.episodes if publishable(episode, drafts=drafts) and due(episode))
    settings = house.settings.model_copy(update={"publish": {}}) if drafts else house.settings
    return replace(house, settings=settings, episodes=tuple(shown))


def public_house(root: Path, now: datetime, *, published: bool = False) -> House:
    """The house as the public may see it now; with `published`, only what was published before."""
    whole = catalog.load(root)
    return public(chosen(whole, drafts=False, published=published, now=now), guest_name(whole))


def guest_name(house: House) -> str:
    """What a hidden person is called, in the show's language."""
    return Translator(house.settings.show.language)(msg("Guest"))
