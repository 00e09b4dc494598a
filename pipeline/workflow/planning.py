"""All that a site will hold, as values: pages, transcripts, audio, pictures, feeds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import chapters, feed, project, website
from pipeline.models import Addresses, House, PictureFacts, every_version, redirects
from pipeline.workflow import checking, editions, exchanging


def plan(root: Path, house: House, now: datetime) -> tuple[Any, ...]:
    """All that the site will hold beside its feeds, as values: pages, files, old addresses."""
    made = editions.editions(house)
    addresses = Addresses.of(house)
    words = _words(root, house, addresses)
    paths = {id_: document.path for id_, document in words.items()}
    planned = (
        *website.plan(
            house, made, today=checking.local_day(house, now), words=paths, sources=_sources(root, house)
        ),
        *_chapters(house, addresses),
        *words.values(),
        *_audio(root, house, addresses),
        *_videos(root, house, addresses),
        *_pictures(root, house, addresses),
        *_small_pictures(root, house, addresses),
    )
    return website.kept(planned, redirects(house), house.settings.show)


def feed_files(house: House) -> dict[str, bytes]:
    """Every feed of a public house by its path, with the audio that was made so far."""
    known: dict[str, bytes] = {}
    return {one.page.path: feed.make(one, known) for one in feed.plan(house, editions.editions(house))}


def _chapters(house: House, addresses: Addresses) -> tuple[Any, ...]:
    return tuple(
        website.Document(addresses.chapters(episode), chapters.document(episode, house))
        for episode in house.episodes
        if episode.chapters
    )


def _words(root: Path, house: House, addresses: Addresses) -> dict[str, Any]:
    """When each word is spoken, by the ids of the episodes whose recognition lies under asr/."""
    made = ((episode, exchanging.word_times(root, house, episode)) for episode in house.episodes)
    return {
        episode.id: website.Document(
            addresses.words(episode, hashlib.sha256(text.encode()).hexdigest()[:8]), text.encode()
        )
        for episode, text in made
        if text
    }


def _audio(root: Path, house: House, addresses: Addresses) -> tuple[Any, ...]:
    files = (
        (addresses.audio_file(episode, one), project.episode_folder(root, episode.id) / one.file)
        for episode in house.episodes
        for one in house.of(episode).audio.editions
    )
    return tuple(website.Copy(path, source) for path, source in files if path and source.is_file())


def _videos(root: Path, house: House, addresses: Addresses) -> Iterator[Any]:
    for episode in house.episodes:
        facts = house.of(episode).sign_language
        path = project.sign_language_path(root, episode, house.settings)
        if facts and facts.type and path:
            yield website.Copy(addresses.sign_language(episode, facts), path)
            yield website.Made(addresses.poster(episode, facts), partial(_poster, path))


def _poster(path: Path, _: Path) -> bytes:
    return project.poster(path)


def _pictures(root: Path, house: House, addresses: Addresses) -> tuple[Any, ...]:
    """Covers in full, for apps; of every other picture its versions. None says what its camera wrote."""
    covers = {addresses.picture(name, facts): path for name, path, facts in _covers(root, house)}
    made = {
        addresses.version(facts, version): website.Scaled(path, facts.sha256, version)
        for facts, path in sorted(shown_pictures(root, house).values(), key=lambda one: one[0].sha256)
        for version in every_version(facts)
    }
    return (
        *(website.Made(path, website.Bare(source)) for path, source in sorted(covers.items())),
        *(website.Made(path, scaled) for path, scaled in made.items()),
    )


def _sources(root: Path, house: House) -> dict[str, Path]:
    """Every picture's file, by the digest of its content."""
    covers = {facts.sha256: path for _, path, facts in _covers(root, house)}
    return covers | {sha256: path for sha256, (_, path) in shown_pictures(root, house).items()}


def _covers(root: Path, house: House) -> Iterator[tuple[str, Path, PictureFacts]]:
    yield from ((name, root / name, facts) for name, facts in house.pictures.items())
    for episode in house.episodes:
        facts = house.of(episode).pictures.get(episode.cover or "")
        if episode.cover and facts:
            yield episode.cover, project.episode_folder(root, episode.id) / episode.cover, facts


def shown_pictures(root: Path, house: House) -> dict[str, tuple[PictureFacts, Path]]:
    """The pictures that pages show, by the digest of their content: what was measured, and the file."""
    found: dict[str, tuple[PictureFacts, Path]] = {}
    for episode in house.episodes:
        folder, known = project.episode_folder(root, episode.id), house.of(episode).pictures
        named = (*(one.file for one in episode.pictures), *(one.picture for one in episode.chapters))
        names = {name for name in named if name}
        found |= {known[name].sha256: (known[name], folder / name) for name in names & known.keys()}
    for id_, facts in house.portraits.items():
        path = project.portrait(root, house.people[id_])
        found |= {facts.sha256: (facts, path)} if path else {}
    return found


def _small_pictures(root: Path, house: House, addresses: Addresses) -> tuple[Any, ...]:
    """Each cover again, as small as RSS's own `<image>` has to be."""
    made = {
        addresses.small_picture(facts): project.thumbnail(root / name, feed.SMALL_PIXELS)
        for name, facts in house.pictures.items()
    }
    return tuple(website.Document(path, data) for path, data in sorted(made.items()) if data)
