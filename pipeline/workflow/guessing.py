"""What a new episode is called, when it appears, who speaks: known or guessed, each with its source."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import audio, project
from pipeline.errors import MisuseError
from pipeline.messages import Message, msg
from pipeline.models import ROLES, House, Person, slug

Given = Mapping[str, object]
Ask = Callable[[Message], str]

FROM_OPTION = msg("given")
FROM_FILE = msg("from the file")
FROM_NAME = msg("from the file's name")
TITLE_GUESSED = msg("from the file's name; please check")
TODAY = msg("today; please check")
SEVERAL = "{source}: “{name}” fits several people; please check"
LONGEST = 255  # characters of a title or subtitle (`Episode`)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is known about the new episode: label, value, and where it came from."""

    label: Message
    value: Message | str
    source: Message

    @property
    def guessed(self) -> bool:
        """Whether somebody has to look at it."""
        return self.source.text in {TITLE_GUESSED.text, TODAY.text, SEVERAL}


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person of the new episode, in a role, and how the name in the recording led to them."""

    person: Person
    role: str
    source: Message


def title(given: Given, tags: audio.Tags, recording: Path, ask: Ask | None) -> tuple[str, Message]:
    """The title: given, of the tags, asked for, or made of the file's name."""
    if given.get("title"):
        return str(given["title"]).strip(), FROM_OPTION
    if tags.title:
        short = shortened(tags.title)
        return short, FROM_FILE if short == tags.title else msg("from the file, shortened")
    answer = ask(msg("Title of the episode")).strip() if ask else ""
    if answer:
        return answer, FROM_OPTION
    stem = audio.clean(recording.stem)
    words = re.sub(r"\d{4}-?\d{2}-?\d{2}|[_-]", " ", stem).split()
    return shortened(" ".join(words) or stem or "Aufnahme"), TITLE_GUESSED


def shortened(text: str) -> str:
    """Text of at most `LONGEST` characters, cut at a word where there is one."""
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip() + "…"


def day(
    given: Given, tags: audio.Tags, recording: Path, now: datetime, zone: ZoneInfo
) -> tuple[datetime, Message]:
    """The date of publication: given, in the file's name, of the tags, or today."""
    if given.get("date"):
        return _given_day(given["date"], zone), FROM_OPTION
    in_name = re.search(r"(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})(?!\d)", recording.stem)
    for text, source in (("-".join(in_name.groups()) if in_name else "", FROM_NAME), (tags.date, FROM_FILE)):
        read = project.moment(text[:10], zone) if re.match(r"\d{4}-\d{2}-\d{2}", text) else None
        if isinstance(read, datetime):
            return read, msg("{source}; usual time of day", source=source)
    today = project.moment(now.astimezone(zone).date(), zone)
    assert isinstance(today, datetime)  # noqa: S101 (a date always gives a moment)
    return today, TODAY


def _given_day(value: object, zone: ZoneInfo) -> datetime:
    read = project.moment(value, zone)
    if not isinstance(read, datetime):
        raise MisuseError(
            msg("{date} is no date.", date=str(value)),
            hint=msg("A date is written year-month-day, with a time if wanted: 2026-11-20 12:00"),
        )
    return read.astimezone(zone)


def speakers(house: House, given: Given, tags: audio.Tags) -> tuple[Speaker, ...]:
    """Who takes part, each person once: known by id, name or a unique initial, else new."""
    named = _named(given.get("people"))
    source = FROM_OPTION if named else FROM_FILE
    found = [
        _speaker(house, name, role, source) for name, role in named or [(n, "guest") for n in tags.people]
    ]
    return tuple({(one.person.id, one.role): one for one in found}.values())


def _named(given: object) -> list[tuple[str, str]]:
    """Names and roles, however they were written: `A, B (host)`, a list of names, of person and role."""
    parts = re.split(r"[,;\n]", given) if isinstance(given, str) else given
    pairs = [
        (str(part.get("person", "")).strip(), str(part.get("role", "guest")))
        if isinstance(part, dict)
        else name_and_role(str(part))
        for part in (parts if isinstance(parts, list | tuple) else ())
    ]
    return [(name, role) for name, role in pairs if name]


def name_and_role(text: str) -> tuple[str, str]:
    """`Ada Neu (host)` → the name and the role; a bracket that holds no role belongs to the name."""
    match = re.fullmatch(r"(.*\S)\s*\(([^()]+)\)", text.strip())
    if match and match[2].strip().casefold() in ROLES:
        return match[1], match[2].strip().casefold()
    return text.strip(), "guest"


def _speaker(house: House, name: str, role: str, source: Message) -> Speaker:
    written = name.casefold()
    exact = [
        p for p in house.people.values() if written in {p.id, p.name.casefold(), p.shown_name.casefold()}
    ]
    if len(exact) == 1:
        return Speaker(exact[0], role, source)
    alike = _by_initial(house, name)
    if len(alike) == 1:
        return Speaker(alike[0], role, msg("{source}: “{name}”, the only match", source=source, name=name))
    new = msg("{source}; new in content/people", source=source)
    several = msg("{source}: “{name}” fits several people; please check", source=source, name=name)
    return Speaker(Person(id=free_id(house, name), name=name), role, several if alike or exact else new)


def _by_initial(house: House, name: str) -> list[Person]:
    """Known people whom `M. Beispiel` may mean."""
    short = re.fullmatch(r"(\w)\.\s*(\S.*)", name)
    if not short:
        return []
    initial, family = short[1].casefold(), " " + short[2].casefold()
    names = ((p, p.name.casefold()) for p in house.people.values())
    return [p for p, known in names if known.startswith(initial) and known.endswith(family)]


def free_id(house: House, name: str) -> str:
    """An id from the name that no other person has."""
    base = slug(name)[:100].strip("-") or "person"
    numbered = (f"{base}-{n}" for n in range(2, len(house.people) + 3))
    return next(id_ for id_ in (base, *numbered) if id_ not in house.people)


def series(house: House, given: Given, tags: audio.Tags) -> str | None:
    """The series by id or title; an album that is none is left out, a given name that is none is refused."""
    asked = given.get("series")
    wanted = slug(str(asked or tags.album))
    known = {key: s.id for s in house.series.values() for key in (s.id, slug(s.title))}
    if not asked:
        return known.get(wanted)
    if wanted in known:
        return known[wanted]
    close = difflib.get_close_matches(wanted, sorted(known), n=1, cutoff=0.5)
    names = tuple(s.title for s in house.series.values())
    hint = (
        msg("Perhaps {name} is meant.", name=known[close[0]])
        if close
        else msg("Series here: {names}", names=names)
    )
    raise MisuseError(
        msg("There is no series “{name}”.", name=str(asked)),
        hint=hint if names else msg("A series is a file in content/series."),
    )
