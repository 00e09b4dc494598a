"""All that a site will hold beside its feeds, as units: pages, and the files that lie beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipeline import chapters, feed, project, website
from pipeline.models import Addresses, Episode, House, PictureFacts, every_version, redirects
from pipeline.workflow.knowing import Known, words_file

PICTURES, RULES = "bilder/*", "rules"


def context(root: Path, house: House) -> website.Context:
    """What pages of a public house are made from."""
    return website.Context.of(house, website.fonts(project.theme(root) / "static"))


def units(root: Path, known: Known) -> Iterator[website.Unit]:
    """Every unit of a public house."""
    yield from website.units(known.context, known, partial(_beside, root))
    house = known.context.house
    yield _pictures(root, house, known.context.addresses)
    yield from _rules(house)


def plan(root: Path, known: Known) -> Iterator[website.Planned]:
    """The same, file by file."""
    return (planned for unit in units(root, known) for planned in unit.make())


def feed_files(house: House) -> dict[str, bytes]:
    """Every feed of a public house by its path, with the audio that was made so far."""
    known: dict[str, bytes] = {}
    return {one.page.path: feed.make(one, known) for one in feed.plan(house)}


def _rules(house: House) -> Iterator[website.Unit]:
    """Where addresses lead that were published before, as servers read it."""
    led = redirects(house)
    rules = website.rules(led, house.settings.show)
    if rules:
        yield website.Unit(
            RULES, {"addresses": website.digest((led, house.settings.show.path))}, lambda: (rules,)
        )


def _beside(root: Path, context: website.Context, episode: Episode) -> Iterator[website.Planned]:
    """The files of one episode: word times, chapters, sound, videos, pictures, its transcript as a book."""
    house, addresses = context.house, context.addresses
    words = words_file(context, root, episode)
    yield from (words,) if words else ()
    if episode.chapters:
        yield website.Document(addresses.chapters(episode), chapters.document(episode, house))
    yield from _audio(root, house, addresses, episode)
    yield from _video(root, house, addresses, episode)
    shown = dict(_shown(root, house, episode))
    cover = _cover(root, house, episode)
    if cover:
        path, facts = cover
        yield website.Made(addresses.picture(episode.cover or "", facts), website.Bare(path))
    yield from _scaled(addresses, shown)
    if house.of(episode).has_transcript:
        sources = {facts.sha256: path for path, facts in (*shown.items(), *((cover,) if cover else ()))}
        yield website.book(context, episode, sources)


def _audio(root: Path, house: House, addresses: Addresses, episode: Episode) -> Iterator[website.Copy]:
    for one in house.of(episode).audio.editions:
        path = addresses.audio_file(episode, one)
        source = project.episode_folder(root, episode.id) / one.file
        if path and source.is_file():
            yield website.Copy(path, source)


def _video(root: Path, house: House, addresses: Addresses, episode: Episode) -> Iterator[website.Planned]:
    facts = house.of(episode).sign_language
    path = project.sign_language_path(root, episode, house.settings)
    if facts and facts.type and path:
        yield website.Copy(addresses.sign_language(episode, facts), path)
        yield website.Made(addresses.poster(episode, facts), partial(_poster, path))


def _poster(path: Path, _: Path) -> bytes:
    return project.poster(path)


def _cover(root: Path, house: House, episode: Episode) -> tuple[Path, PictureFacts] | None:
    facts = house.of(episode).pictures.get(episode.cover or "")
    return (project.episode_folder(root, episode.id) / (episode.cover or ""), facts) if facts else None


def _shown(root: Path, house: House, episode: Episode) -> Iterator[tuple[Path, PictureFacts]]:
    """The pictures that an episode's page shows."""
    folder, known = project.episode_folder(root, episode.id), house.of(episode).pictures
    named = (*(one.file for one in episode.pictures), *(one.picture for one in episode.chapters))
    yield from ((folder / name, known[name]) for name in dict.fromkeys(named) if name and name in known)


def _portraits(root: Path, house: House) -> Iterator[tuple[Path, PictureFacts]]:
    for id_, facts in house.portraits.items():
        path = project.portrait(root, house.people[id_])
        if path:
            yield path, facts


def _scaled(addresses: Addresses, shown: dict[Path, PictureFacts]) -> Iterator[website.Made]:
    for path, facts in shown.items():
        for version in every_version(facts):
            yield website.Made(addresses.version(facts, version), website.Scaled(path, facts.sha256, version))


def _pictures(root: Path, house: House, addresses: Addresses) -> website.Unit:
    """Covers of the show and of its series, in full for apps and small for RSS; portraits of people."""
    inputs = {"pictures": website.digest((sorted(house.pictures.items()), sorted(house.portraits.items())))}
    return website.Unit(PICTURES, inputs, partial(_house_pictures, root, house, addresses))


def _house_pictures(root: Path, house: House, addresses: Addresses) -> Iterator[website.Planned]:
    for name, facts in house.pictures.items():
        yield website.Made(addresses.picture(name, facts), website.Bare(root / name))
        small = project.thumbnail(root / name, feed.SMALL_PIXELS)
        if small:
            yield website.Document(addresses.small_picture(facts), small)
    yield from _scaled(addresses, dict(_portraits(root, house)))
