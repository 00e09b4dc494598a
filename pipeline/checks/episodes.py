"""Rules for an episode's front matter."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from pipeline import markup
from pipeline.checks.rules import Finding, in_episode, perhaps, ready
from pipeline.messages import clock_text, msg
from pipeline.models import Episode, EpisodeType, House, Person

CHAPTERS = 3
CHAPTER_SECONDS = 10


def summary_present(house: House) -> Iterator[Finding]:
    """Apps show the summary under the title."""
    for episode in house.episodes:
        if not episode.summary:
            message = msg("summary is missing. Apps show it under the title.")
            hint = msg(
                "Example: {example}", example="summary: Wie Bochum Daten teilt und wer davon etwas hat."
            )
            yield in_episode(episode, "summary", message, hint)


def title_plain(house: House) -> Iterator[Finding]:
    """A title repeats neither the show's name nor the number: apps show both beside it."""
    show = house.settings.show.title.casefold()
    for episode in house.episodes:
        if show in episode.title.casefold() and episode.title.casefold() != show:
            yield in_episode(episode, "title", msg("The title repeats the podcast's name."))


def people_known(house: House) -> Iterator[Finding]:
    """Everybody named has a file in content/people."""
    for episode in house.episodes:
        named = [(f"people.{n}.person", c.person) for n, c in enumerate(episode.people)]
        named += [(f"tracks.{n}.person", t.person) for n, t in enumerate(episode.tracks)]
        for field, id_ in named:
            if id_ not in house.people:
                message = msg("There is no person {id} in content/people.", id=id_)
                yield in_episode(episode, field, message, perhaps(id_, house.people))


def references_known(house: House) -> Iterator[Finding]:
    """Series, institution and related episodes exist."""
    institutions = {one.id for one in house.settings.show.institutions}
    ids = {episode.id for episode in house.episodes}
    for episode in house.episodes:
        if episode.series and episode.series not in house.series:
            message = msg("There is no series {id} in content/series.", id=episode.series)
            yield in_episode(episode, "series", message, perhaps(episode.series, house.series))
        if episode.institution and episode.institution not in institutions:
            message = msg("podcast.toml lists no institution {name}.", name=episode.institution)
            yield in_episode(episode, "institution", message, perhaps(episode.institution, institutions))
        for position, id_ in enumerate(episode.related):
            if id_ not in ids:
                message = msg("There is no episode {name}.", name=id_)
                yield in_episode(episode, f"related.{position}", message, perhaps(id_, ids))


def identity_kept(house: House) -> Iterator[Finding]:
    """A published guid and address never change; no two episodes share one."""
    guids = Counter(episode.guid for episode in house.episodes)
    slugs = Counter(episode.address for episode in house.episodes)
    entries = {entry.episode: entry for entry in house.ledger.episodes}
    for episode in house.episodes:
        entry = entries.get(episode.id)
        if guids[episode.guid] > 1:
            yield in_episode(episode, "guid", msg("Two episodes have the guid {guid}.", guid=episode.guid))
        if slugs[episode.address] > 1:
            yield in_episode(
                episode,
                "slug",
                msg("Two episodes have the address {slug}.", slug=episode.address),
                msg("Give one of them a slug of its own."),
            )
        if entry and entry.guid != episode.guid:
            message = msg("The guid was changed; listeners know {guid}.", guid=entry.guid)
            yield in_episode(
                episode, "guid", message, msg("Write the old one again: guid: {guid}", guid=entry.guid)
            )


def numbers_unique(house: House) -> Iterator[Finding]:
    """No two full episodes of a series have the same season and number."""
    full = [e for e in house.episodes if e.number and e.type is EpisodeType.FULL]
    counted = Counter((e.series, e.season, e.number) for e in full)
    for episode in full:
        if counted[episode.series, episode.season, episode.number] > 1:
            message = msg("Another episode of this series has the number {n} too.", n=episode.number)
            yield in_episode(episode, "number", message)


def chapters_rise(house: House) -> Iterator[Finding]:
    """Chapters start at 0, rise, and none starts past the end."""
    for episode in house.episodes:
        yield from _chapters(episode, _length(house, episode))


def _chapters(episode: Episode, length_s: float | None) -> Iterator[Finding]:
    starts = [chapter.start for chapter in episode.chapters]
    if starts and starts[0] != 0:
        yield in_episode(episode, "chapters.0.start", msg("The first chapter does not start at 0:00."))
    for position, (before, start) in enumerate(itertools.pairwise(starts), 1):
        if start <= before:
            message = msg(
                "The chapter at {time} does not come after the one before it.", time=clock_text(start)
            )
            yield in_episode(episode, f"chapters.{position}.start", message)
    for position, start in enumerate(starts):
        if length_s and start >= length_s:
            message = msg(
                "The chapter at {time} starts after the end ({end}).",
                time=clock_text(start),
                end=clock_text(length_s),
            )
            yield in_episode(episode, f"chapters.{position}.start", message)


def chapters_useful(house: House) -> Iterator[Finding]:
    """Apps show chapters best from three on, at least ten seconds apart."""
    for episode in house.episodes:
        starts = [chapter.start for chapter in episode.chapters]
        if starts and len(starts) < CHAPTERS:
            yield in_episode(episode, "chapters", msg("Fewer than three chapters: apps may leave them out."))
        gaps = itertools.pairwise(starts)
        if any(0 < after - before < CHAPTER_SECONDS for before, after in gaps):
            yield in_episode(episode, "chapters", msg("Two chapters are less than ten seconds apart."))


def samples_stay_home(house: House) -> Iterator[Finding]:
    """Samples never leave the demonstration house."""
    for episode in ready(house):
        if episode.sample and not house.settings.show.samples:
            message = msg("This is a sample of the demonstration; it is never published.")
            yield in_episode(episode, "sample", message, msg("Delete the episode's folder."))


def hidden_names_unsaid(house: House) -> Iterator[Finding]:
    """The name of a hidden person stands in no text that is published."""
    hidden = [person for person in house.people.values() if person.hidden]
    for episode in house.episodes if hidden else ():
        for field, text in _published_texts(house, episode):
            for person in hidden:
                if _names(person, text):
                    message = msg(
                        "{field} names a person who is to stay hidden ({id}).", field=field, id=person.id
                    )
                    yield in_episode(episode, field, message)


def _names(person: Person, text: str) -> bool:
    """Whether a text says a person's whole name or family name, also across a line's end."""
    words = " ".join(text.split()).casefold()
    family = re.escape(person.name.split()[-1].casefold())
    return person.name.casefold() in words or re.search(rf"\b{family}\b", words) is not None


def _published_texts(house: House, episode: Episode) -> Iterator[tuple[str, str]]:
    yield from (("title", episode.title), ("subtitle", episode.subtitle), ("summary", episode.summary))
    yield from (("summary_easy", episode.summary_easy), ("notes", markup.plain(episode.notes)))
    if episode.quotation:
        yield "quotation", f"{episode.quotation.text} {episode.quotation.source}"
    for position, picture in enumerate(episode.pictures):
        yield f"pictures.{position}.caption", f"{picture.caption} {picture.alt} {picture.credit}"
    for position, chapter in enumerate(episode.chapters):
        yield f"chapters.{position}.title", chapter.title
    transcript = house.of(episode).transcript
    if transcript:
        yield "transcript", transcript.text


def _length(house: House, episode: Episode) -> float | None:
    recording = house.of(episode).audio.recording
    return recording.duration_s if recording else None
