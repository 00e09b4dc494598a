"""An archive as a house of ours: what `hdw init` lays out, and a folder a talk."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks import houses, measuring
from benchmarks.archiving import telling
from benchmarks.archiving.talks import INSTITUTIONS, SERIES, TOPICS, Archive, Talk
from pipeline.models import AudioFacts, Cue
from pipeline.models.fields import slug
from pipeline.project.facts import facts_bytes
from pipeline.transcripts import reviewing

ADDRESS = "https://podcast.example.org/"
UNPUBLISHED = 3
"""The newest ones have never been published."""
SETTINGS = f"""\
[show]
title = "Haus des Wissens"
subtitle = "Gespräche über Stadt, Wissen und Technik"
description = "Gespräche aus Stadtbücherei, Volkshochschule, Stadtarchiv und UniverCity."
address = "{ADDRESS}"
author = "Haus des Wissens"
categories = ["Education", "Society & Culture > Documentary"]
cover = "content/cover.jpg"
cover_alt = "Eine Fläche in Ziegelrot"
copyright = "Haus des Wissens"
licence = "CC-BY-4.0"

[show.owner]
name = "Haus des Wissens"
email = "podcast@example.org"
%s
[accessibility]
unit = "Haus des Wissens"
method = "Selbstbewertung"
ombuds = "https://www.example.org/ombudsstelle"
stated = 2026-11-01

[site]
name = "Haus des Wissens"
menu = ["impressum", "datenschutz", "barrierefreiheit", "barriere-melden"]
service = ["leichte-sprache", "gebaerdensprache"]
"""
RECORDING = "aufnahme.mp3"
REVIEWED = "2026-11-20"
INTRODUCED = 10
"""So many topics have a text of their own."""
PAGES = {
    # name of the file: title, text
    "impressum": (
        "Impressum",
        "Stadt Bochum, Willy-Brandt-Platz 2, 44777 Bochum. Vertreten durch die Leitung.\n"
        "E-Mail: podcast@example.org, Telefon: 0234 000000.\n"
        "Verantwortlich nach § 18 Abs. 2 MStV: Mira Beispiel, Willy-Brandt-Platz 2, 44777 Bochum.",
    ),
    "datenschutz": ("Datenschutz", "Nichts wird gespeichert."),
    "barrierefreiheit": ("Erklärung zur Barrierefreiheit", "Was dazu noch zu sagen ist."),
    "barriere-melden": ("Barriere melden", "E-Mail an podcast@example.org."),
    "leichte-sprache": ("Leichte Sprache", "Hier gibt es Gespräche."),
    "gebaerdensprache": ("Gebärdensprache (DGS)", "Hier gibt es Videos."),
}


def found(root: Path, archive: Archive) -> None:
    """Everything but talks, with a theme of its own, whose templates can be changed."""
    shutil.copytree(measuring.ROOT / "theme", root / "theme")
    (root / "content").mkdir()
    shutil.copy(measuring.ROOT / "pelicanconf.py", root)
    houses.cover(root / "content/cover.jpg", 1400)
    for path, text in _texts(archive):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _texts(archive: Archive) -> Iterator[tuple[str, str]]:
    partners = (
        f'\n[[show.institutions]]\nid = "{id_}"\nname = "{name}"\ncolour = "{colour}"\n'
        for id_, (name, colour) in INSTITUTIONS.items()
    )
    yield "podcast.toml", SETTINGS % "".join(partners)
    for id_, (title, text) in PAGES.items():
        yield f"content/pages/{id_}.md", f"---\ntitle: {title}\n---\n\n{text}\n"
    for person in archive.people():
        yield f"content/people/{person.id}.md", f"---\nname: {person.name}\n---\n\nSpricht hier oft.\n"
    for id_, (title, institution) in SERIES.items():
        text = f"---\ntitle: {title}\ninstitution: {institution}\ndescription: Eine Reihe von vielen.\n---\n"
        yield f"content/series/{id_}.md", text
    for title in TOPICS[:INTRODUCED]:
        yield f"content/topics/{slug(title)}.md", f"---\ntitle: {title}\n---\n\nWorum es dabei geht.\n"


def write(root: Path, archive: Archive, talk: Talk) -> None:
    """A talk's folder."""
    folder = root / "episodes" / talk.id
    sound = _sound(talk)
    named = f"{talk.slug}.{_digest(sound)[:8]}.mp3"
    (folder / "published").mkdir(parents=True, exist_ok=True)
    (folder / "published" / named).write_bytes(sound)
    if _was_published(archive, talk):  # the recording of another one lies elsewhere, so nothing is made of it
        (folder / RECORDING).write_bytes(_recording(talk))
    for name, text in {
        "episode.md": _front_matter(talk),
        "transcript.vtt": _spoken(talk),
        "transcript.json": _reviewed(talk),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    facts = AudioFacts.model_validate(_facts(talk, root, f"published/{named}"))
    (folder / "audio.json").write_bytes(facts_bytes(facts))


def note(root: Path, archive: Archive, talk: Talk) -> None:
    """What listeners were given goes into the ledger: all but the newest talks, as they come."""
    if _was_published(archive, talk):
        with (root / "episodes/ledger.toml").open("a", encoding="utf-8") as ledger:
            ledger.write(_entry(talk))


def _was_published(archive: Archive, talk: Talk) -> bool:
    return talk.number < archive.count - UNPUBLISHED


def _sound(talk: Talk) -> bytes:
    """What stands in for an audio file: nothing in a build decodes one that is there."""
    return f"Ton von {talk.guid}\n".encode() * 20


def _recording(talk: Talk) -> bytes:
    return _sound(talk) * 2


def _front_matter(talk: Talk) -> str:
    lines = [
        "---",
        f"guid: {talk.guid}",
        f"title: {_text(talk.title)}",
        f"series: {talk.series}",
        *([f"institution: {talk.house}"] if talk.house else []),
        f"date: {talk.date:%Y-%m-%d %H:%M}",
        "status: ready",
        f"summary: {_text(talk.summary)}",
        f"topics: [{', '.join(talk.topics)}]",
        "people:",
        *(f"  - {{person: {one.id}, role: {'guest' if n else 'host'}}}" for n, one in enumerate(talk.people)),
        f"audio: {RECORDING}",
        "chapters:",
        *(f"  - {{start: {at}, title: {_text(title)}}}" for at, title in talk.chapters),
        "links:",
        *(f"  - {{url: {_text(url)}, title: {_text(title)}}}" for url, title in talk.links),
        "---",
        "",
        telling.markdown(talk),
    ]
    return "\n".join(lines) + "\n"


def _facts(talk: Talk, root: Path, file: str) -> dict[str, Any]:
    """audio.json: the recording and what was made of it."""
    recording, sound = _recording(talk), _sound(talk)
    digest = _digest(sound)
    shared = {
        "bit_rate": 64000,
        "channels": 1,
        "codec": "mp3",
        "duration_s": talk.length_s,
        "loudness_lufs": -16.0,
        "sample_rate": 44100,
        "true_peak_dbtp": -1.4,
    }
    label = {
        "album": SERIES[talk.series][0],
        "chapters": [{"start": at, "title": title} for at, title in talk.chapters],
        "comment": talk.summary,
        "cover": _cover(root),
        "date": f"{talk.date:%Y-%m-%d}",
        "guid": talk.guid,
        "language": "de",
        "people": [person.name for person in talk.people],
        "title": talk.title,
    }
    made = {"bytes": len(sound), "file": file, "inputs": digest, "label": label, "sha256": digest}
    measured = {"bytes": len(recording), "file": RECORDING, "sha256": _digest(recording)}
    return {
        "editions": [shared | made | {"sound": digest, "type": "audio/mpeg"}],
        "recording": shared | measured,
    }


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=1)
def _cover(root: Path) -> str:
    return _digest((root / "content/cover.jpg").read_bytes())


def _spoken(talk: Talk) -> str:
    cues = (
        f"{cue.id}\n{_time(cue.start_s)} --> {_time(cue.end_s)}\n<v {cue.speaker}>{cue.text}\n"
        for cue in talk.cues
    )
    return "WEBVTT\nLanguage: de\n\n" + "\n".join(cues)


def _reviewed(talk: Talk) -> str:
    """transcript.json: somebody has checked every sentence."""
    entries = ",\n".join(_checked(cue) for cue in talk.cues)
    last = f'"last_id": {len(talk.cues)},\n "marks": [],\n "model": "turbo",\n "recognised": "{REVIEWED}"'
    return f'{{\n "asr": "",\n "cues": {{\n{entries}\n }},\n "completed": "{REVIEWED}",\n {last}\n}}\n'


def _checked(cue: Cue) -> str:
    digest = reviewing.text_digest(cue)
    return (
        f'  "{cue.id}": {{\n   "by": "Haus des Wissens",\n   "digest": "{digest}",\n'
        f'   "on": "{REVIEWED}",\n   "state": "checked"\n  }}'
    )


def _entry(talk: Talk) -> str:
    sound = _sound(talk)
    digest = _digest(sound)
    url = f"{ADDRESS}audio/{talk.slug}.{digest[:8]}.mp3"
    when = talk.date.isoformat()
    return (
        f'[[episodes]]\nguid = "{talk.guid}"\nepisode = "{talk.id}"\nnumber = {talk.number}\n'
        f'slug = "{talk.slug}"\nfirst_published = {when}\ndate = {when}\n\n'
        f'[[episodes.editions]]\nurl = "{url}"\nbytes = {len(sound)}\nsha256 = "{digest}"\n\n'
    )


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _time(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{round(seconds % 1 * 1000):03}"
