"""The house as the public may see it: the episodes that are due, nobody who is hidden, sound that is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pipeline import catalog
from pipeline.errors import Level, MisuseError, Problem, ProjectError
from pipeline.messages import Translator, msg
from pipeline.models import Episode, House, public, publishable
from pipeline.workflow import checking, editions
from pipeline.workflow.choosing import named
from pipeline.workflow.events import Event


def prepared(
    root: Path,
    *,
    files: catalog.Files,
    production: bool,
    drafts: bool,
    now: datetime,
    published: bool = False,
    remake: tuple[str, ...] = (),
    progress: Callable[[Event], object] = lambda _: None,
) -> tuple[House, House, tuple[Problem, ...]]:
    """The whole house, and as the public may see it, its editions made; and everything that rules found."""
    whole = catalog.read(files)
    problems = checking.known_findings(files, whole, now)
    required = tuple(p for p in problems if p.level is Level.REQUIRED)
    if production and required:
        raise ProjectError(msg("{n} rules stop the publication.", n=len(required)), problems=required)
    shown = public(chosen(whole, drafts=drafts, published=published, now=now), guest_name(whole))
    again = _remade(whole, shown, remake)
    made = editions.prepare(root, shown, files=files, remake=again, report=progress)
    return whole, made, problems


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
