"""The step from recording to published audio file: made once per input, facts kept in audio.json."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from pipeline import __version__, audio, project
from pipeline.models import AudioFacts, Edition, Episode, House, Recording

COVER_PIXELS = 600


def prepare(root: Path, house: House) -> House:
    """The house with an edition for every episode whose recording is here; the others stay as they are.

    A recording that is not the one that was measured counts as absent: `hdw check` names it.

    `house` is the public one: tags never hold a hidden person's name. audio.json is written where it changed.
    """
    facts = dict(house.facts)
    for episode in house.episodes:
        made = _prepared(root, house, episode)
        project.save_audio(root, episode.id, made)
        facts[episode.id] = replace(house.of(episode), audio=made)
    return replace(house, facts=facts)


def _prepared(root: Path, house: House, episode: Episode) -> AudioFacts:
    known = house.of(episode).audio
    path = project.recording_path(root, episode, house.settings)
    if path is None or not path.is_file() or house.of(episode).recording_altered:
        return known
    recording = known.recording or audio.measure(path)
    tags = tags_of(root, house, episode)
    inputs = _digest(recording, tags)
    folder = project.episode_folder(root, episode.id)
    current = known.editions[0] if known.editions else None
    if current and current.inputs == inputs and (folder / current.file).is_file():
        return known
    made = audio.make_edition(
        path, folder / "published" / episode.address, tags, facts=recording, inputs=inputs
    )
    edition = made.model_copy(update={"file": f"published/{Path(made.file).name}"})
    return known.model_copy(update={"recording": recording, "editions": (edition,)})


def tags_of(root: Path, house: House, episode: Episode) -> audio.Tags:
    """What the published file says about itself."""
    series = house.series.get(episode.series or "")
    people = tuple(house.people[c.person].shown_name for c in episode.people if c.person in house.people)
    return audio.Tags(
        title=episode.title,
        subtitle=episode.subtitle,
        people=people or (house.settings.show.author,),
        album=series.title if series else house.settings.show.title,
        date=f"{episode.date:%Y-%m-%d}",
        number=episode.number,
        comment=episode.summary,
        description="",
        language=house.language(episode),
        cover=_cover(root, house, episode),
        chapters=episode.chapters,
        guid=episode.guid,
    )


def _cover(root: Path, house: House, episode: Episode) -> audio.Cover | None:
    own = project.episode_folder(root, episode.id) / episode.cover if episode.cover else None
    path = own if own and own.is_file() else root / house.settings.show.cover
    data = project.thumbnail(path, COVER_PIXELS)
    return audio.Cover(data=data, type="image/jpeg") if data else None


def _digest(recording: Recording, tags: audio.Tags) -> str:
    parts = {
        "chapters": [chapter.model_dump(mode="json") for chapter in tags.chapters],
        "cover": hashlib.sha256(tags.cover.data).hexdigest() if tags.cover else "",
        "program": __version__,
        "recording": recording.sha256,
        "tags": [
            tags.title, tags.subtitle, tags.people, tags.album, tags.date, tags.number, tags.comment,
            tags.description, tags.language, tags.guid,
        ],
    }  # fmt: skip
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def editions(house: House) -> dict[str, Edition]:
    """The edition that page and feed name, by episode id."""
    return {e.id: found[0] for e in house.episodes if (found := house.of(e).audio.editions)}
