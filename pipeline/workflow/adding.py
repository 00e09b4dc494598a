"""The step from recording to episode folder: reads, measures, guesses (and says so), writes once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from itertools import count, groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import audio, catalog, project
from pipeline.errors import MisuseError, Problem
from pipeline.messages import Message, clock_text, msg
from pipeline.models import MIME_TYPES, AudioFacts, House, Person, Recording, short_slug
from pipeline.workflow import guessing
from pipeline.workflow.chaptering import start_text
from pipeline.workflow.checking import known_findings
from pipeline.workflow.guessing import FROM_FILE, FROM_OPTION, Ask, Found, Given, Speaker

CODEC_SUFFIXES = {
    "aac": ".m4a",
    "alac": ".m4a",
    "flac": ".flac",
    "mp3": ".mp3",
    "opus": ".opus",
    "vorbis": ".ogg",
}
KEPT_SUFFIXES = {
    *MIME_TYPES,
    ".aac",
    ".aif",
    ".aiff",
    ".caf",
    ".m4b",
    ".mka",
    ".mov",
    ".mp4",
    ".oga",
    ".w64",
    ".webm",
}
_WINDOWS_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


@dataclass(frozen=True, slots=True)
class Added:
    """A new episode: its folder, what was found or guessed, what a person has to fill in."""

    episode_id: str
    folder: Path
    found: tuple[Found, ...]
    missing: tuple[Problem, ...]
    recording: Recording


def add(
    root: Path,
    recording: Path,
    *,
    metadata: Mapping[str, object],
    link: bool = False,
    accept_short: bool = False,
    ask: Ask | None = None,
    now: datetime,
) -> Added:
    """Make an episode of a recording; nothing is left behind if anything is wrong with it.

    `metadata` wins over what the file says; `ask` is called for a missing title (None: nobody to ask).
    """
    house = catalog.load(root)
    facts = audio.measure(recording, accept_short=accept_short)
    _refuse_twice(house, facts, recording)
    tags = audio.read_tags(recording)
    zone = ZoneInfo(house.settings.show.time_zone)
    title, title_from = guessing.title(metadata, tags, recording, ask)
    day, day_from = guessing.day(metadata, tags, recording, now, zone)
    speakers = guessing.speakers(house, metadata, tags)
    cover = project.embedded(tags.cover.data) if tags.cover and "cover" not in metadata else None
    kept = facts.model_copy(update={"file": _file_name(root, house, recording, facts)})
    values = {
        "title": title,
        "date": day.replace(tzinfo=None),
        **_front_matter(house, metadata, tags),
        **({"people": [{"person": s.person.id, "role": s.role} for s in speakers]} if speakers else {}),
        **({"cover": f"cover{cover.suffix}"} if cover and cover.data else {}),
        "audio": kept.file,
    }
    episode_id = f"{day:%Y-%m-%d}-{short_slug(title, 60) or 'folge'}"
    folder = project.new_episode(
        root,
        episode_id,
        values,
        zone=zone,
        notes=str(metadata.get("notes", tags.description)),
        files={f"cover{cover.suffix}": cover.data} if cover and cover.data else {},
        fill=_Filling(root, house, recording, kept, tuple(s.person for s in speakers), link),
    )
    found = (
        Found(msg("Title"), title, title_from),
        Found(msg("Date"), Message("{date}", (("date", day),)), day_from),
        *_people_found(speakers),
        Found(msg("Length"), _sound(kept), Message("")),
        *([_cover_found(cover)] if cover else []),
        *_chapters_found(metadata, tags),
    )
    return Added(episode_id, folder, found, _missing(root, episode_id, now), kept)


@dataclass(frozen=True, slots=True)
class _Filling:
    """Puts into a new episode's folder what is too large for memory, and beside it what belongs to it."""

    root: Path
    house: House
    recording: Path
    facts: Recording
    people: tuple[Person, ...]
    link: bool

    def __call__(self, folder: Path, undo: ExitStack) -> None:
        storage = project.storage_folder(self.root, self.house.settings)
        place = (storage or folder) / self.facts.file
        project.bring_recording(self.recording, place, self.facts, link=self.link)
        undo.callback(place.unlink, missing_ok=True)
        project.write_facts(folder, AudioFacts(recording=self.facts))
        for person in self.people:
            made = None if person.id in self.house.people else project.new_person(self.root, person)
            if made:
                undo.callback(made.unlink, missing_ok=True)


def _refuse_twice(house: House, facts: Recording, recording: Path) -> None:
    for episode in house.episodes:
        known = house.of(episode).audio.recording
        if known and known.sha256 == facts.sha256:
            raise MisuseError(
                msg("This recording is in the house already: {episode}", episode=episode.id),
                where=recording,
            )


def _front_matter(house: House, given: Given, tags: audio.Tags) -> dict[str, object]:
    """What options, metadata and tags give for the front matter, beside title, date, people and files."""
    values: dict[str, object] = {
        "status": "draft",
        "summary": tags.comment,
        "guid": _guid(house, given, tags),
        "subtitle": guessing.shortened(tags.subtitle),
        "number": tags.number,
        "language": tags.language if tags.language != house.settings.show.language else "",
        "chapters": [
            {"start": start_text(c.start), "title": c.title}
            for c in sorted(tags.chapters, key=lambda c: c.start)
        ],
        **{key: value for key, value in given.items() if value not in (None, "")},
    }
    values["series"] = guessing.series(house, given, tags)
    taken = {"title", "date", "people", "notes"}
    return {k: v for k, v in values.items() if k not in taken and (k == "summary" or v not in (None, "", []))}


def _guid(house: House, given: Given, tags: audio.Tags) -> str:
    """The given guid (refused if another episode has it), the tags' own if it is free, else a new one."""
    owners = {episode.guid: episode.id for episode in house.episodes}
    asked = str(given.get("guid") or "")
    if asked in owners:
        raise MisuseError(msg("The guid {guid} belongs to {episode}.", guid=asked, episode=owners[asked]))
    own = tags.guid[:255]
    return asked or (own if own and own not in owners else str(uuid.uuid4()))


def _file_name(root: Path, house: House, recording: Path, facts: Recording) -> str:
    """A plain name that every system and every web server takes, and no other recording has."""
    names = file_names(recording, facts)
    storage = project.storage_folder(root, house.settings)
    if storage is None:
        return next(names)
    project.storage_ready(storage, root)
    taken = {episode.audio for episode in house.episodes} | {path.name.lower() for path in storage.iterdir()}
    return next(name for name in names if name not in taken)


def file_names(recording: Path, facts: Recording) -> Iterator[str]:
    """Plain names for a recording, the simplest first: `aufnahme.mp3`, `aufnahme-2.mp3` …"""
    stem = plain_stem(recording.stem, "aufnahme")
    suffix = recording.suffix.lower()
    suffix = suffix if suffix in KEPT_SUFFIXES else CODEC_SUFFIXES.get(facts.codec, ".wav")
    yield stem + suffix
    yield from (f"{stem}-{number}{suffix}" for number in count(2))


def plain_stem(name: str, kind: str) -> str:
    """A name without its suffix as every system takes it; `kind` stands in for one without a letter."""
    stem = short_slug(name) or kind
    return f"{kind}-{stem}" if _WINDOWS_DEVICES.fullmatch(stem) else stem


def _people_found(speakers: tuple[Speaker, ...]) -> list[Found]:
    """A line for each source that names came from."""
    return [
        Found(msg("People"), ", ".join(one.person.name for one in group), source)
        for source, group in groupby(speakers, key=lambda one: one.source)
    ]


def _cover_found(cover: project.Embedded) -> Found:
    size = msg("{width} × {height} pixels", width=cover.width, height=cover.height)
    if cover.data:
        return Found(
            msg("Cover"), size, msg("from the file; {note}", note=cover.note) if cover.note else FROM_FILE
        )
    value = msg("left out: {note}", note=cover.note or "")
    return Found(
        msg("Cover"), msg("{size}, {note}", size=size, note=value) if cover.width else value, FROM_FILE
    )


def _chapters_found(given: Given, tags: audio.Tags) -> list[Found]:
    listed = given.get("chapters")
    count = len(listed) if isinstance(listed, list) else len(tags.chapters)
    return [Found(msg("Chapters"), str(count), FROM_OPTION if listed else FROM_FILE)] if count else []


def _sound(facts: Recording) -> Message:
    channels = {1: msg("mono"), 2: msg("stereo")}.get(facts.channels, msg("{n} channels", n=facts.channels))
    base = msg(
        "{length} · {codec}, {rate} kbit/s, {channels}",
        length=clock_text(facts.duration_s),
        codec=facts.codec.partition("_")[0].upper(),  # pcm_s16le
        rate=round(facts.bit_rate / 1000),
        channels=channels,
    )
    if facts.loudness_lufs is None:
        return msg("{base} · silent", base=base)
    target = audio.target_lufs(facts.channels)
    return msg(
        "{base} · {loudness} LUFS (target {target}: {change})",
        base=base,
        loudness=facts.loudness_lufs,
        target=f"{target:.0f}".replace("-", "−"),
        change=_change(facts, target),
    )


def _change(facts: Recording, target: float) -> Message:
    """What will become of the loudness in the published file."""
    if audio.fit(facts) or facts.loudness_lufs == target:
        return msg("stays as it is")
    return msg("will be raised") if (facts.loudness_lufs or 0) < target else msg("will be lowered")


def _missing(root: Path, episode_id: str, now: datetime) -> tuple[Problem, ...]:
    file = project.front_matter_of(episode_id)
    files = catalog.opened(root)
    found = known_findings(files, catalog.read(files), now)
    return tuple(p for p in found if p.where.file == file and "transcript" not in p.rule)
