"""The step from recording to episode folder: reads, measures, guesses (and says so), writes once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import audio, project
from pipeline.errors import MisuseError, Problem
from pipeline.messages import Message, clock_text, msg
from pipeline.models import AudioFacts, House, Person, Recording, slug

PUBLISHED_LOUDNESS_LUFS = -16.0


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is known about the new episode: label, value, and where it came from."""

    label: Message
    value: Message | str
    source: Message


@dataclass(frozen=True, slots=True)
class Added:
    """A new episode: its folder, what was found or guessed, what a person has to fill in."""

    episode_id: str
    folder: Path
    found: tuple[Found, ...]
    missing: tuple[Problem, ...]
    recording: Recording


FROM_OPTION = msg("given")
FROM_FILE = msg("from the file")
FROM_NAME = msg("from the file's name")


def add(
    root: Path,
    recording: Path,
    *,
    metadata: Mapping[str, object],
    link: bool = False,
    accept_short: bool = False,
    ask: Callable[[Message], str] | None = None,
    now: datetime,
) -> Added:
    """Make an episode of a recording; nothing is left behind if anything is wrong with it.

    `metadata` wins over what the file says; `ask` is called for a missing title (None: nobody to ask).
    """
    house = project.load(root)
    facts = audio.measure(recording, accept_short=accept_short)
    _refuse_twice(house, facts, recording)
    tags = audio.read_tags(recording)
    zone = ZoneInfo(house.settings.show.time_zone)
    title, title_from = _title(metadata, tags, recording, ask)
    day, day_from = _date(metadata, tags, recording, now, zone)
    people, people_found = _people(house, metadata, tags)
    chapters = tags.chapters if "chapters" not in metadata else ()
    episode_id = f"{day:%Y-%m-%d}-{slug(title)[:60].strip('-') or 'folge'}"
    name = _file_name(recording)
    files = _cover_file(tags)
    values = {
        "title": title,
        "date": day.replace(tzinfo=None),
        **_front_matter(house, metadata, tags),
        **({"people": [{"person": p.id, "role": "guest"} for p in people]} if people else {}),
        **({"cover": next(iter(files))} if files else {}),
        "audio": name,
    }
    kept = facts.model_copy(update={"file": name})

    def fill(filling: Path) -> None:
        project.bring_recording(recording, _place(root, house, filling, name), link=link)
        project.write_facts(filling, AudioFacts(recording=kept))

    notes = str(metadata.get("notes", tags.description))
    folder = project.new_episode(root, episode_id, values, notes=notes, files=files, fill=fill)
    for person in people:
        if person.id not in house.people:
            project.new_person(root, person)
    found = (
        Found(msg("Title"), title, title_from),
        Found(msg("Date"), f"{day:%d.%m.%Y, %H:%M}", day_from),
        *people_found,
        Found(msg("Length"), _sound(kept), msg("measured")),
        *([Found(msg("Chapters"), str(len(chapters)), FROM_FILE)] if chapters else []),
    )
    return Added(episode_id, folder, found, _missing(root, episode_id), kept)


def metadata(path: Path, recording: str) -> dict[str, object]:
    """The fields of a metadata file (YAML, JSON, or the row of a CSV whose `file` names the recording)."""
    if path.suffix.lower() == ".csv":
        return _csv_row(path, recording)
    values = project.read_yaml(path)  # JSON is YAML
    if not isinstance(values, dict):
        raise MisuseError(msg("A metadata file is a list of “key: value” lines."), where=path)
    return {str(key): value for key, value in values.items()}


def _csv_row(path: Path, recording: str) -> dict[str, object]:
    import csv  # noqa: PLC0415

    with path.open(encoding="utf-8-sig", newline="") as file:
        sample = file.read(4096)
        file.seek(0)
        dialect = csv.Sniffer().sniff(sample, ",;\t") if sample.strip() else csv.excel
        rows = [row for row in csv.DictReader(file, dialect=dialect) if row.get("file") == recording]
    if len(rows) != 1:
        raise MisuseError(
            msg("{n} rows name the recording {name}; one is needed.", n=len(rows), name=recording),
            where=path,
            hint=msg("The column “file” holds the recording's name."),
        )
    return {key: value for key, value in rows[0].items() if key and key != "file" and value}


def _refuse_twice(house: House, facts: Recording, recording: Path) -> None:
    for episode in house.episodes:
        known = house.of(episode).audio.recording
        if known and known.sha256 == facts.sha256:
            raise MisuseError(
                msg("This recording is in the house already: {episode}", episode=episode.id),
                where=recording,
            )


def _title(
    metadata: Mapping[str, object], tags: audio.Tags, recording: Path, ask: Callable[[Message], str] | None
) -> tuple[str, Message]:
    if metadata.get("title"):
        return str(metadata["title"]).strip(), FROM_OPTION
    if tags.title:
        return tags.title, FROM_FILE
    answer = ask(msg("Title of the episode")).strip() if ask else ""
    if answer:
        return answer, FROM_OPTION
    words = re.sub(r"\d{4}-?\d{2}-?\d{2}", "", recording.stem).replace("_", " ").replace("-", " ")
    return " ".join(words.split()) or recording.stem, msg("from the file's name; please check")


def _date(
    metadata: Mapping[str, object], tags: audio.Tags, recording: Path, now: datetime, zone: ZoneInfo
) -> tuple[datetime, Message]:
    if metadata.get("date"):
        given = project.moment(metadata["date"], zone)
        if not isinstance(given, datetime):
            raise MisuseError(
                msg("{date} is no date.", date=str(metadata["date"])),
                hint=msg("A date is written year-month-day, with a time if wanted: 2026-11-20 12:00"),
            )
        return given.astimezone(zone), FROM_OPTION
    in_name = re.search(r"(20\d{2})-?(\d{2})-?(\d{2})", recording.stem)
    for text, source in (("-".join(in_name.groups()) if in_name else "", FROM_NAME), (tags.date, FROM_FILE)):
        read = project.moment(text[:10], zone) if re.match(r"\d{4}-\d{2}-\d{2}", text) else None
        if isinstance(read, datetime):
            return read, msg("{source}; usual time of day", source=source)
    today = project.moment(now.astimezone(zone).date(), zone)
    assert isinstance(today, datetime)  # noqa: S101 (a date always gives a moment)
    return today, msg("today; please check")


def _people(
    house: House, metadata: Mapping[str, object], tags: audio.Tags
) -> tuple[tuple[Person, ...], tuple[Found, ...]]:
    given = metadata.get("people")
    names = _names(given) or tags.people
    source = FROM_OPTION if given else FROM_FILE
    people = tuple(_person(house, name) for name in names)
    if not people:
        return (), ()
    return people, (Found(msg("People"), ", ".join(p.name for p in people), source),)


def _names(given: object) -> tuple[str, ...]:
    parts = given.split(",") if isinstance(given, str) else given if isinstance(given, list | tuple) else ()
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _person(house: House, name: str) -> Person:
    """The known person of that id, name, or initial and family name (if only one fits), else a new one."""
    exact = [
        p
        for p in house.people.values()
        if name.casefold() in {p.id, p.name.casefold(), p.shown_name.casefold()}
    ]
    short = re.fullmatch(r"(\w)\. (.+)", name)
    initials = [
        p
        for p in house.people.values()
        if short and p.name.startswith(short[1]) and p.name.endswith(" " + short[2])
    ]
    for candidates in (exact, initials):
        if len(candidates) == 1:
            return candidates[0]
    return Person(id=slug(name) or "person", name=name)


def _front_matter(house: House, metadata: Mapping[str, object], tags: audio.Tags) -> dict[str, object]:
    """What options, metadata and tags give for the front matter, beside title, date, people and file."""
    show = house.settings.show
    known = {e.guid for e in house.episodes}
    values: dict[str, object] = {
        "status": "draft",
        "summary": tags.comment,
        "guid": tags.guid if tags.guid and tags.guid not in known else str(uuid.uuid4()),
        "subtitle": tags.subtitle,
        "number": tags.number,
        "language": tags.language if tags.language != show.language else "",
        "chapters": [{"start": clock_text(c.start), "title": c.title} for c in tags.chapters],
        "series": tags.album,
        **{key: value for key, value in metadata.items() if value not in (None, "")},
    }
    values["series"] = _series(house, values["series"])
    taken = {"title", "date", "people", "notes"}
    return {k: v for k, v in values.items() if k not in taken and (k == "summary" or v not in (None, "", []))}


def _series(house: House, name: object) -> str | None:
    wanted = slug(str(name or ""))
    return (
        next((s.id for s in house.series.values() if wanted in {s.id, slug(s.title)}), None)
        if wanted
        else None
    )


def _cover_file(tags: audio.Tags) -> dict[str, bytes]:
    if tags.cover is None:
        return {}
    return {"cover.png" if tags.cover.type == "image/png" else "cover.jpg": tags.cover.data}


def _file_name(recording: Path) -> str:
    return f"{slug(recording.stem) or 'aufnahme'}{recording.suffix.lower()}"


def _place(root: Path, house: House, folder: Path, name: str) -> Path:
    storage = house.settings.storage.recordings
    return (root / Path(storage).expanduser() if storage else folder) / name


def _sound(facts: Recording) -> Message:
    channels = msg("mono") if facts.channels == 1 else msg("stereo")
    base = msg(
        "{length} · {codec}, {rate} kbit/s, {channels}",
        length=clock_text(facts.duration_s),
        codec=facts.codec.upper(),
        rate=round(facts.bit_rate / 1000),
        channels=channels,
    )
    if facts.loudness_lufs is None:
        return msg("{base} · silent", base=base)
    return msg("{base} · {loudness} LUFS", base=base, loudness=facts.loudness_lufs)


def _missing(root: Path, episode_id: str) -> tuple[Problem, ...]:
    file = project.shown(project.episode_folder(root, episode_id) / "episode.md", root)
    from pipeline.workflow.checking import check  # noqa: PLC0415

    return tuple(p for p in check(root) if p.where.file == file and "transcript" not in p.rule)
