"""The contract of every rule: the good house passes, each edit of it fails, at a line and with a remedy."""

# ruff: noqa: E501 (a row a case)

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import checks, project, workflow
from pipeline.errors import Level
from pipeline.messages import Translator
from pipeline.models import RESERVED, public
from tests import recordings

from .conftest import FIRST, NOW, PUBLISHED, SECOND, SOUND, facts, picture, review
from .conftest import LEDGER as NOTED

ROOT = Path(__file__).parent.parent.parent
EPISODE, SECOND_EPISODE = f"{FIRST}/episode.md", f"{SECOND}/episode.md"
TRANSCRIPT = f"{FIRST}/transcript.vtt"
TOML, GLOSSARY, LEDGER = "podcast.toml", "content/glossary.toml", "episodes/ledger.toml"
MIRA, KIM = "content/people/mira-beispiel.md", "content/people/kim-geheim.md"
CONSENT, APPROVALS = "private/consent.toml", "private/approvals.toml"
SERIES, TOPIC, PAGE = "content/series/stadt.md", "content/topics/smart-city.md", "content/pages/impressum.md"

Edit = Callable[[Path], None]


def swap(file: str, old: str, new: str) -> Edit:
    """Other words in a file."""

    def edit(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text, f"{file} does not say {old}"
        (root / file).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def put(file: str, data: bytes | str) -> Edit:
    """Another file."""

    def edit(root: Path) -> None:
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_bytes(data if isinstance(data, bytes) else data.encode())

    return edit


def gone(file: str) -> Edit:
    """Without a file."""
    return lambda root: (root / file).unlink()


def without(folder: str) -> Edit:
    """Without a folder."""
    return lambda root: shutil.rmtree(root / folder)


def all_of(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(root: Path) -> None:
        for one in edits:
            one(root)

    return edit


@dataclass(frozen=True)
class Case:
    """A rule, the edit that breaks it, and what is told: file, the line's words, field, words of message and hint."""

    rule: str
    edit: Edit
    file: str
    line: str
    field: str
    message: str
    hint: str


def marked(cue: str, text: str) -> str:
    """transcript.json: a place that nobody has looked at."""
    mark = {"cue": cue, "kind": "silence" if cue else "unheard", "start": 1.0 if cue else 20.0, "text": text}
    return json.dumps({"cues": {}, "marks": [mark], "model": "", "recognised": None})


SHOW_ENTRY = """
[show]
guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"

[[show.feeds]]
url = "https://podcast.example.org/feed.xml"
since = 2026-11-20T12:00:00+01:00

[[episodes]]"""
SECOND_ENTRY = """
date = 2026-11-20T12:00:00+01:00

[[episodes]]
guid = "5f0c9b4e-1d52-5c7c-8a36-2f0d3b9e7c10"
episode = "2026-11-27-offene-daten"
number = 1
slug = "offene-daten"
first_published = 2026-11-27T12:00:00+01:00
"""


def signed(file: str = "dgs.mp4", **video: Any) -> Edit:
    """The second episode with a video in sign language."""
    name = swap(SECOND_EPISODE, "number: 2", f"sign_language: {file}\nnumber: 2")
    return all_of(name, lambda root: recordings.video(root / SECOND / file, seconds=0.5, **video))


IMPRINT_EN = "---\ntitle: Imprint\nlanguage: en\ntranslation_of: impressum\n---\n\nWords.\n"
published_show = swap(LEDGER, "[[episodes]]", SHOW_ENTRY)
published_second = swap(LEDGER, "12:00:00+01:00\n", f"12:00:00+01:00\n{SECOND_ENTRY}")


def given(size: int, mark: str = "85070442") -> Edit:
    """The ledger: what listeners were given under the address of the first episode's file."""
    url = f"https://podcast.example.org/audio/was-ist-eine-smarte-stadt.{mark}.mp3"
    entry = f'\n[[episodes.editions]]\nurl = "{url}"\nbytes = {size}\nsha256 = "{"0" * 64}"\n'
    return swap("episodes/ledger.toml", "+01:00\n", f"+01:00\n{entry}")


def published(sound: bytes | None) -> Edit:
    """The first episode as listeners were given it; what lies in its folder, if anything, beside it."""
    known = put(f"{FIRST}/audio.json", facts(edition=True))
    given = put("episodes/ledger.toml", NOTED + PUBLISHED)
    return all_of(known, given, *([put(f"{FIRST}/published/a.mp3", sound)] if sound is not None else []))


LONG = "ä" * 2001
FACTS, SHA = f"{FIRST}/audio.json", '"sha256": "8507044236436a66ba8894992cdcc'
HOLDS = "names a person who is to stay hidden (kim-geheim)"
CASES = (
    Case("address-renamed", swap(EPISODE, "language: de", "slug: stadt"), EPISODE, "slug: stadt", "slug", "moves from was-ist-eine-smarte-stadt to stadt; the old address will lead to the new one", "slug: was-ist-eine-smarte-stadt"),
    Case("address-secure", swap(TOML, "https://podcast", "http://podcast"), TOML, 'address = "http://podcast.example.org/"', "show.address", "does not start with https://", "https://podcast.example.org/"),
    Case("address-unique", swap(SECOND_EPISODE, "title: Offene Daten", "title: Was ist eine smarte Stadt"), SECOND_EPISODE, "title: Was ist eine smarte Stadt", "title", "address was-ist-eine-smarte-stadt", "slug of its own"),
    Case("address-unique", swap(LEDGER, "first_published", 'former = ["offene-daten"]\nfirst_published'), SECOND_EPISODE, "title: Offene Daten", "title", "offene-daten was given to 2026-11-20-smarte-stadt before", "slug of its own"),
    Case("approval-given", gone(APPROVALS), SECOND_EPISODE, "status: ready", "status", "Nobody has approved", "hdw approve 2026-11-27-offene-daten --by NAME"),
    Case("approval-of-this", swap(SECOND_EPISODE, "Wem Daten gehören.", "Wem sie gehören."), SECOND_EPISODE, "status: ready", "status", "since Leitung approved it on", "hdw preview 2026-11-27-offene-daten"),
    Case("category-known", swap(TOML, '"Education"', '"Educaton"'), TOML, 'categories = ["Educaton"]', "show.categories", "“Educaton”", "Perhaps Education"),
    Case("category-known", swap(TOML, '["Education"]', "[]"), TOML, "categories = []", "show.categories", "category is missing", 'categories = ["Education"]'),
    Case("chapters-in-audio", all_of(put(f"{FIRST}/audio.json", facts(edition=True)), put(f"{FIRST}/published/a.mp3", b"without tags")), EPISODE, "chapters:", "chapters", "has other chapters than these", "until it is made anew"),
    Case("chapters-rise", swap(EPISODE, 'start: "0:00"', 'start: "0:05"'), EPISODE, '- start: "0:05"', "chapters.0.start", "does not start at 0:00", "start: 0:00"),
    Case("chapters-rise", swap(EPISODE, 'start: "0:40"', 'start: "0:20"'), EPISODE, '- start: "0:20"', "chapters.2.start", "0:00:20 does not come after", "order of time"),
    Case("chapters-rise", swap(EPISODE, 'start: "0:40"', 'start: "1:00"'), EPISODE, '- start: "1:00"', "chapters.2.start", "0:01:00 starts after the end (0:01:00)", "h:mm:ss"),
    Case("chapters-short", swap(EPISODE, "    title: Mitte", f"    title: {'a' * 41}"), EPISODE, f"title: {'a' * 41}", "chapters.1.title", "has 41 characters", "Up to 40 fit"),
    Case("chapters-useful", swap(EPISODE, 'start: "0:20"', 'start: "0:05"'), EPISODE, '- start: "0:05"', "chapters.1.start", "less than ten seconds", "one of the two"),
    Case("chapters-useful", swap(EPISODE, '  - start: "0:40"\n    title: Ende\n', ""), EPISODE, "chapters:", "chapters", "Fewer than three", "Add chapters"),
    Case("consent-ends", swap(CONSENT, "expires = 2031-11-02", "expires = 2026-12-31"), EPISODE, "- person: mira-beispiel", "people.0.person", "Mira Beispiel for their voice holds until", "in time"),
    Case("consent-given", gone(CONSENT), EPISODE, "- person: mira-beispiel", "people.0.person", "no consent of Mira Beispiel for their voice", "private/consent.toml"),
    Case("consent-given", swap(CONSENT, '["audio", "transcript"]', '["audio"]'), EPISODE, "- person: mira-beispiel", "people.0.person", "no consent of Mira Beispiel for their words", "private/consent.toml"),
    Case("consent-given", swap(CONSENT, "2026-11-20-smarte-stadt", "2026-11-27-offene-daten"), EPISODE, "- person: kim-geheim", "people.1.person", "no consent of Kim Geheim for their voice", "leave the person out"),
    Case("consent-holds", swap(CONSENT, "expires = 2031-11-02", "expires = 2026-11-23"), EPISODE, "- person: mira-beispiel", "people.0.person", "Mira Beispiel for their words ended on", "hdw withdraw 2026-11-20-smarte-stadt"),
    Case("consent-holds", swap(CONSENT, "expires = 2031-11-02", "withdrawn = 2026-11-23"), EPISODE, "- person: mira-beispiel", "people.0.person", "Mira Beispiel took back the consent for their words on", "hdw withdraw 2026-11-20-smarte-stadt"),
    Case("consent-meant", swap(CONSENT, '"kim-geheim"', '"kim-gehaim"'), CONSENT, 'person = "kim-gehaim"', "consents.1.person", "no person kim-gehaim", "kim-geheim"),
    Case("consent-meant", swap(CONSENT, "2026-11-20-smarte-stadt", "2026-11-20-stadt"), CONSENT, 'episodes = ["2026-11-20-stadt"]', "consents.1.episodes", "no episode 2026-11-20-stadt", "2026-11-20-smarte-stadt"),
    Case("cover-described", swap(TOML, 'cover_alt = "Ziegelreihen"\n', ""), TOML, "[show]", "show.cover_alt", "cover_alt is missing", "cover_alt ="),
    Case("cover-fits", put("content/cover.png", picture(1400, 1399)), TOML, 'cover = "content/cover.png"', "show.cover", "1,400 × 1,399 pixels", "square, 1400 to 3000"),
    Case("cover-fits", put("content/cover.png", picture(1400, 1400, mode="RGBA")), TOML, 'cover = "content/cover.png"', "show.cover", "PNG in RGBA", "JPEG or PNG in RGB"),
    Case("cover-fits", gone("content/cover.png"), TOML, 'cover = "content/cover.png"', "show.cover", "content/cover.png is missing", "content/cover.jpg"),
    Case("date-lands-on-top", swap(SECOND_EPISODE, "date: 2026-11-27 12:00", "date: 2026-11-19 12:00"), SECOND_EPISODE, "date: 2026-11-19 12:00", "date", "above this new one: 1", "day of its publication"),
    Case("date-moves", all_of(published_second, swap(EPISODE, "date: 2026-11-20", "date: 2026-11-30")), EPISODE, "date: 2026-11-30 12:00", "date", "from place 2 to 1; subscribers are not told again", "20 Nov 2026, 12:00"),
    Case("dates-follow-numbers", swap(SECOND_EPISODE, "date: 2026-11-27 12:00", "date: 2026-11-19 12:00"), SECOND_EPISODE, "date: 2026-11-19 12:00", "date", "Number 2 is dated before number 1", "Swap"),
    Case("description-short", swap(TOML, "Gespräche über Stadt und Wissen.", LONG), TOML, 'description = "äääääääääääääääääääääääää', "show.description", "4,002 bytes", "Shorten"),
    Case("description-short", swap(SERIES, "Wie Städte klüger werden.", LONG), SERIES, "description: äääääääääääääääääääääääääää", "description", "4,002 bytes", "Shorten"),
    Case("feed-moved", all_of(published_show, swap(TOML, "podcast.example.org/", "neu.example.org/")), TOML, 'address = "https://neu.example.org/"', "show.address", "moves from https://podcast.example.org/feed.xml to https://neu.example.org/feed.xml", "docs/identity.md"),
    Case("former-ids-free", swap(MIRA, "name:", "former_ids: [kim-geheim]\nname:"), MIRA, "former_ids: [kim-geheim]", "former_ids.0", "kim-geheim belongs to another page", "delete the name here or there"),
    Case("former-ids-free", swap(PAGE, "title:", "former_ids: [datenschutz]\ntitle:"), PAGE, "former_ids: [datenschutz]", "former_ids.0", "datenschutz belongs to another page", "delete the name here or there"),
    Case("former-ids-free", swap(PAGE, "title:", "former_ids: [folgen]\ntitle:"), PAGE, "former_ids: [folgen]", "former_ids.0", "folgen belongs to another page", "delete the name here or there"),
    Case("former-ids-free", all_of(swap(TOPIC, "title: Smart City", "title: Smart City\nformer_ids: [daten]"), swap(EPISODE, "  - Smart City", "  - Smart City\n  - Daten")), TOPIC, "former_ids: [daten]", "former_ids.0", "daten belongs to another page", "delete the name here or there"),
    Case("easy-checked", swap(EPISODE, "summary_easy_checked_by: Prüfgruppe Bochum\n", ""), EPISODE, "summary_easy: |", "summary_easy", "who checked", "Prüfgruppe"),
    Case("easy-lines", swap(EPISODE, "Bochum teilt Daten.\n", "Bochum teilt Daten. Das ist gut.\n"), EPISODE, "Bochum teilt Daten. Das ist gut.", "summary_easy", "two sentences in one line", "a sentence a line"),
    Case("edition-as-given", all_of(put(FACTS, facts(edition=True)), given(12346)), FACTS, SHA, "editions.0.sha256", "given another file under https://podcast.example.org/audio/was-ist-eine-smarte-stadt.85070442.mp3", "audio.json from git"),
    Case("edition-as-given", all_of(put(FACTS, facts(edition=True)), given(12346, "00000000")), FACTS, '"file": "published/a.mp3"', "editions.0.file", "published/a.mp3 is not here, and listeners", "audio.json from git"),
    Case("edition-duration", all_of(gone(f"{FIRST}/aufnahme.mp3"), put(FACTS, facts(edition=True, duration_s=57.0))), FACTS, '"duration_s": 57.0', "editions.0.duration_s", "lasts 0:00:57, the recording 0:01:00", "Put the recording back"),
    Case("edition-type", put(FACTS, facts(edition=True, type="audio/mp3")), FACTS, '"type": "audio/mp3"', "editions.0.type", "published/a.mp3 has the type audio/mp3", "stands for audio/mpeg"),
    Case("edition-unaltered", all_of(put(FACTS, facts(edition=True)), put(f"{FIRST}/published/a.mp3", SOUND[:-1])), FACTS, SHA, "editions.0.sha256", "published/a.mp3 is not the one", "Delete the file"),
    Case("edition-unaltered", all_of(put(FACTS, facts(edition=True)), put(f"{FIRST}/published/a.mp3", b"NOT decoded by any rule")), FACTS, SHA, "editions.0.sha256", "published/a.mp3 is not the one", "Delete the file"),
    Case("edition-current", all_of(published(SOUND), swap(EPISODE, "title: Ende", "title: Schluss")), EPISODE, "chapters:", "chapters", "still shows what was before: chapters.", "hdw build --remake 2026-11-20-smarte-stadt"),
    Case("edition-current", all_of(published(SOUND), swap(MIRA, "name: Mira Beispiel", "name: Mira Neu")), EPISODE, "people:", "people", "still shows what was before: people.", "this may stay"),
    Case("edition-here", published(None), f"{FIRST}/audio.json", '"editions": [', "editions", "published/a.mp3 is not here", "https://podcast.example.org/audio/a.mp3"),
    Case("edition-unaltered", published(b"other bytes"), f"{FIRST}/audio.json", '"editions": [', "editions", "published/a.mp3 was altered", "hdw build --remake 2026-11-20-smarte-stadt"),
    Case("edition-unaltered", published(SOUND[::-1]), f"{FIRST}/audio.json", '"editions": [', "editions", "published/a.mp3 was altered", "https://podcast.example.org/audio/a.mp3"),
    Case("episode-cover-fits", put(f"{FIRST}/folge.png", picture(3001, 3001)), EPISODE, "cover: folge.png", "cover", "3,001 × 3,001", "1400 to 3000"),
    Case("feed-room", all_of(swap(TOML, "[site]", "[feed]\nitems = 1\n\n[site]"), put(f"{FIRST}/audio.json", facts(edition=True))), TOML, "items = 1", "feed.items", "1 more episode, and the oldest of feed.xml", "items = 2"),
    Case("feed-topics", swap(TOML, "[site]", '[feed]\ntopics = ["smart-stadt"]\n\n[site]'), TOML, 'topics = ["smart-stadt"]', "feed.topics", "No episode has the topic smart-stadt", "Perhaps smart-city"),
    Case("file-names-plain", all_of(put(f"{FIRST}/Plätze.png", picture(9, 9)), swap(EPISODE, "file: bild.png", "file: Plätze.png")), EPISODE, "- file: Plätze.png", "pictures.0.file", "Plätze.png", "letters a to z"),
    Case("glossary-heard", swap(GLOSSARY, '["Smartcity"]', '["haus des wissens"]'), GLOSSARY, 'heard = ["haus des wissens"]', "terms.1.heard", "is a term itself", "Delete it"),
    Case("glossary-scope", swap(GLOSSARY, 'scope = "stadt"', 'scope = "stat"'), GLOSSARY, 'scope = "stat"', "terms.1.scope", "“Smart City” never counts", "Perhaps stadt"),
    Case("guid-kept", swap(EPISODE, "guid: 0b4c7f0e", "guid: 1b4c7f0e"), EPISODE, "guid: 1b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a", "guid", "listeners know 0b4c7f0e", "guid: 0b4c7f0e"),
    Case("guid-kept", swap(SECOND_EPISODE, "guid: 5f0c9b4e-1d52-5c7c-8a36-2f0d3b9e7c10", "guid: 0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11"), SECOND_EPISODE, "guid: 0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a", "guid", "Two episodes have the guid", "of its own"),
    Case("hidden-bare", swap(KIM, "hidden: true", "hidden: true\npublic_name: Kim G."), KIM, "public_name: Kim G.", "public_name", "public_name is never shown", "Delete public_name"),
    Case("hidden-bare", swap(KIM, "hidden: true", "hidden: true\nportrait:\n  alt: x"), KIM, "portrait:", "portrait", "portrait is never shown", "Delete portrait"),
    Case("hidden-unsaid", swap(EPISODE, "  Daten teilt.", "  Frau Geheim teilt."), EPISODE, "Frau Geheim teilt.", "summary", f"summary {HOLDS}", "a guest"),
    Case("hidden-unsaid", swap(EPISODE, "subtitle: Ein Gespräch", "subtitle: Geheims Stadt"), EPISODE, "subtitle: Geheims Stadt", "subtitle", HOLDS, "a guest"),
    Case("hidden-unsaid", swap(EPISODE, "zur Folge.", "von **Kim Geheim**."), EPISODE, "von **Kim Geheim**.", "notes", HOLDS, "a guest"),
    Case("hidden-unsaid", swap(EPISODE, "title: Das Buch zur Stadt", "title: Das Buch von Kim Geheim"), EPISODE, "title: Das Buch von Kim Geheim", "links.0.title", HOLDS, "a guest"),
    Case("hidden-unsaid", swap(EPISODE, "caption: Der Platz", "caption: Kim Geheim"), EPISODE, "caption: Kim Geheim", "pictures.0.caption", HOLDS, "a guest"),
    Case("hidden-unsaid", all_of(put(f"{FIRST}/kim-geheim.png", picture(9, 9)), swap(EPISODE, "file: bild.png", "file: kim-geheim.png")), EPISODE, "- file: kim-geheim.png", "pictures.0.file", HOLDS, "a guest"),
    Case("hidden-unsaid", swap(EPISODE, "language: de", "slug: mit-kim-geheim"), EPISODE, "slug: mit-kim-geheim", "slug", HOLDS, "a guest"),
    Case("hidden-unsaid", swap(TRANSCRIPT, "Guten Tag.", "Guten Tag, Kim Geheim."), TRANSCRIPT, "<v mira-beispiel>Guten Tag, Kim Geheim.", "1", "stay hidden (kim-geheim)", "a guest"),
    Case("hidden-unsaid", swap(PAGE, "Zweite Zeile.", "Text: Kim Geheim"), PAGE, "Text: Kim Geheim", "about", HOLDS, "a guest"),
    Case("hidden-unsaid", swap(TOPIC, "Eine Stadt.", "Mit Kim Geheim."), TOPIC, "Mit Kim Geheim.", "about", HOLDS, "a guest"),
    Case("hidden-unsaid", swap(SERIES, "title: Die Stadt", "title: Geheim"), SERIES, "title: Geheim", "title", HOLDS, "a guest"),
    Case("hidden-unsaid", swap(MIRA, "role: Leiterin", "role: Leiterin mit Kim Geheim"), MIRA, "role: Leiterin mit Kim Geheim", "role", HOLDS, "a guest"),
    Case("hidden-unsaid", swap(TOML, 'subtitle = "Gespräche"', 'subtitle = "Mit Kim Geheim"'), TOML, 'subtitle = "Mit Kim Geheim"', "show.subtitle", HOLDS, "a guest"),
    Case("hidden-unsaid", swap(TOML, 'name = "Volkshochschule"', 'name = "Schule Geheim"'), TOML, 'name = "Schule Geheim"', "show.institutions.0.name", HOLDS, "a guest"),
    Case("hidden-unsaid", swap(GLOSSARY, '["Smartcity"]', '["Kim Geheim"]'), GLOSSARY, 'heard = ["Kim Geheim"]', "terms.1.heard", HOLDS, "a guest"),
    Case("language-known", swap(TOML, 'language = "de"', 'language = "xx"'), TOML, 'language = "xx"', "show.language", "“xx” is no language", "language: de"),
    Case("language-known", swap(EPISODE, "language: de", "language: de-XX"), EPISODE, "language: de-XX", "language", "“de-XX”", "language: de"),
    Case("language-known", swap(TRANSCRIPT, "<lang en>", "<lang english>"), TRANSCRIPT, "2", "2", "“english”", "<lang en>"),
    Case("law-current", swap(TOML, "stated = 2026-11-24", "stated = 2025-11-22"), TOML, "stated = 2025-11-22", "accessibility.stated", "older than 12 months", "write the day into stated"),
    Case("law-imprint", swap(PAGE, "44787 Bochum", "Bochum"), PAGE, "Erste Zeile.", "about", "does not name the postal address", "impressum.md"),
    Case("law-imprint", swap(PAGE, "podcast@example.org, ", ""), PAGE, "Erste Zeile.", "about", "does not name the e-mail address", "impressum.md"),
    Case("law-imprint", swap(PAGE, ", +49 234 000000", ""), PAGE, "Erste Zeile.", "about", "a second quick way", "impressum.md"),
    Case("law-imprint", swap(PAGE, "Vertreten durch", "Geführt von"), PAGE, "Erste Zeile.", "about", "who represents the body", "impressum.md"),
    Case("law-imprint", swap(PAGE, "§ 18 Abs. 2 MStV", "dem Recht"), PAGE, "Erste Zeile.", "about", "the person responsible", "impressum.md"),
    Case("law-statement", swap(TOML, 'unit = "Haus des Wissens"', 'unit = ""'), TOML, 'unit = ""', "accessibility.unit", "[accessibility] unit", "unit ="),
    Case("law-statement", swap(TOML, "stated = 2026-11-24\n", ""), TOML, "[accessibility]", "accessibility.stated", "[accessibility] stated", "stated ="),
    Case("law-statement", swap(TOML, 'method = "Selbstbewertung"\n', ""), TOML, "[accessibility]", "accessibility.method", "[accessibility] method", "method ="),
    Case("law-statement", swap(TOML, 'ombuds = "https://www.example.org/ombudsstelle"\n', ""), TOML, "[accessibility]", "accessibility.ombuds", "[accessibility] ombuds", "ombuds ="),
    Case("link-ends", swap(EPISODE, "    ends: 2026-12-31\n", ""), EPISODE, "- url: https://www.example.org/kurs", "links.1.ends", "until when is “Der Kurs”", "ends: 2026-12-31"),
    Case("link-isbn", swap(EPISODE, "978-3-16-148410-0", "978-3-16-148410-1"), EPISODE, "isbn: 978-3-16-148410-1", "links.0.isbn", "978-3-16-148410-1 has a slip", "from the book"),
    Case("link-passage", swap(EPISODE, 'passage: "0:30"', 'passage: "30:00"'), EPISODE, 'passage: "30:00"', "links.0.passage", "0:30:00 is after the end (0:01:00)", "h:mm:ss"),
    Case("numbers-given", swap(SECOND_EPISODE, "number: 2\n", ""), SECOND_EPISODE, "---", "number", "the podcast is serial", "number: 7"),
    Case("numbers-unique", swap(SECOND_EPISODE, "number: 2\nseason: 1\nseries: stadt\n", "number: 1\nseason: 1\n"), SECOND_EPISODE, "number: 1", "number", "2026-11-20-smarte-stadt has the number 1 too", "give each series a season"),
    Case("pages-apart", put("content/pages/archiv.md", "---\ntitle: Archiv\n---\n"), "content/pages/archiv.md", "title: Archiv", "title", "/archiv/ is an address of the program's own", "archiv-info.md"),
    Case("pages-complete", all_of(gone("content/pages/gebaerdensprache.md"), swap(TOML, ', "gebaerdensprache"', "")), TOML, 'menu = ["impressum", "datenschutz", "bar', "site.menu", "/gebaerdensprache/ is missing", "content/pages/gebaerdensprache.md"),
    Case("pages-complete", swap(TOML, ', "barriere-melden"', ""), TOML, 'menu = ["impressum", "datenschutz", "bar', "site.menu", "No page links to /barriere-melden/", "menu or service"),
    Case("pages-exist", gone(PAGE), TOML, 'menu = ["impressum", "datenschutz", "bar', "site.menu", "no page impressum", "content/pages/impressum.md"),
    Case("pages-filled", swap(PAGE, "Zweite Zeile.", "[Ausfüllen: Anschrift]"), PAGE, "[Ausfüllen: Anschrift]", "about", "[Ausfüllen: Anschrift]", "square brackets"),
    Case("people-known", swap(EPISODE, "person: mira-beispiel", "person: mira-beispeil"), EPISODE, "- person: mira-beispeil", "people.0.person", "no person mira-beispeil", "Perhaps mira-beispiel"),
    Case("picture-sized", put(f"{FIRST}/bild.png", picture(1, 1)), EPISODE, "- file: bild.png", "pictures.0.file", "1 × 1 pixels", "Export it again"),
    Case("picture-sized", put(f"{FIRST}/bild.png", picture(12001, 2)), EPISODE, "- file: bild.png", "pictures.0.file", "12,001 × 2 pixels", "Export it again"),
    Case("pictures-cleared", swap(EPISODE, '    credit: "Foto: privat"\n', ""), EPISODE, "- file: bild.png", "pictures.0.credit", "who made the picture", "Foto: Stadt Bochum"),
    Case("pictures-cleared", swap(EPISODE, "    licence: CC-BY-4.0\n", ""), EPISODE, "- file: bild.png", "pictures.0.licence", "neither a licence nor rights", "used by permission"),
    Case("pictures-described", swap(EPISODE, "    alt: Ein Platz in Bochum\n", ""), EPISODE, "- file: bild.png", "pictures.0.alt", "needs a description", "alt: Porträt"),
    Case("pictures-present", put(f"{FIRST}/bild.png", b"no picture"), EPISODE, "- file: bild.png", "pictures.0.file", "bild.png is missing or cannot", "JPEG or PNG"),
    Case("private-here", without("private"), TOML, "[consent]", "consent", "private/ is not on this computer", "not in git"),
    Case("published-kept", without(FIRST), LEDGER, 'guid = "0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11"', "episodes", "2026-11-20-smarte-stadt is gone; its guid is 0b4c7f0e-3a59", "from git"),
    Case("published-kept", swap(EPISODE, "status: ready", "status: draft"), EPISODE, "status: draft", "status", "cannot be a draft again", "status: ready"),
    Case("recorded-before", swap(EPISODE, "recorded: 2026-11-12", "recorded: 2026-11-21"), EPISODE, "recorded: 2026-11-21", "recorded", "21 Nov 2026, after the publication", "slip"),
    Case("recording-here", all_of(gone(f"{FIRST}/aufnahme.mp3"), published(SOUND)), EPISODE, "audio: aufnahme.mp3", "audio", "what is published stays", "Nothing to do"),
    Case("recording-present", gone(f"{FIRST}/aufnahme.mp3"), EPISODE, "audio: aufnahme.mp3", "audio", "aufnahme.mp3 is missing", "[storage] recordings"),
    Case("recording-present", swap(EPISODE, "audio: aufnahme.mp3\n", ""), EPISODE, "---", "audio", "which file is published", "audio: aufnahme.mp3"),
    Case("recording-unaltered", put(f"{FIRST}/aufnahme.mp3", b"NOT decoded by any rule"), f"{FIRST}/audio.json", '"sha256": "8507044236436a66ba8894992cdcc', "recording.sha256", "not the one that was added", "Bring the old file back"),
    Case("references-known", swap(EPISODE, "series: stadt", "series: stat"), EPISODE, "series: stat", "series", "no series stat", "Perhaps stadt"),
    Case("references-known", swap(EPISODE, "institution: vhs", "institution: uni"), EPISODE, "institution: uni", "institution", "no institution uni", "[[show.institutions]]"),
    Case("references-known", swap(EPISODE, "  - 2026-11-27-offene-daten", "  - 2026-11-27-offene-daden"), EPISODE, "- 2026-11-27-offene-daden", "related.0", "no episode 2026-11-27-offene-daden", "Perhaps 2026-11-27-offene-daten"),
    Case("samples-stay-home", swap(EPISODE, "language: de", "sample: true"), EPISODE, "sample: true", "sample", "never published", "Delete the episode's folder"),
    Case("series-institution", swap(SERIES, "institution: vhs", "institution: vhx"), SERIES, "institution: vhx", "institution", "no institution vhx", "Perhaps vhs"),
    Case("show-guid-kept", all_of(published_show, swap(TOML, 'title = "Haus', 'guid = "00000000-0000-5000-8000-000000000000"\ntitle = "Haus')), TOML, 'guid = "00000000', "show.guid", "directories know 917393e3", 'guid = "917393e3'),
    Case("sign-language-fits", signed(size=(300, 360)), SECOND_EPISODE, "sign_language: dgs.mp4", "sign_language", "300 × 360 pixels; 320 × 240", "Export it again, larger"),
    Case("sign-language-fits", signed(size=(640, 238)), SECOND_EPISODE, "sign_language: dgs.mp4", "sign_language", "640 × 238 pixels; 320 × 240", "Export it again, larger"),
    Case("sign-language-fits", signed(rate=24), SECOND_EPISODE, "sign_language: dgs.mp4", "sign_language", "24.0 pictures a second; 25", "as many pictures a second"),
    Case("sign-language-present", all_of(signed(), gone(f"{SECOND}/dgs.mp4")), SECOND_EPISODE, "sign_language: dgs.mp4", "sign_language", "dgs.mp4 is missing or cannot be opened", "MP4 with H.264"),
    Case("sign-language-present", all_of(signed(), put(f"{SECOND}/dgs.mp4", SOUND)), SECOND_EPISODE, "sign_language: dgs.mp4", "sign_language", "dgs.mp4 is missing or cannot be opened", "MP4 with H.264"),
    Case("sign-language-present", signed("dgs.mkv"), SECOND_EPISODE, "sign_language: dgs.mkv", "sign_language", "shows dgs.mkv: it has to be MP4, WEBM", "MP4 with H.264"),
    Case("sign-language-present", signed(codec="mpeg4"), SECOND_EPISODE, "sign_language: dgs.mp4", "sign_language", "shows dgs.mp4: it holds mpeg4", "MP4 with H.264"),
    Case("summary-present", swap(SECOND_EPISODE, "summary: Wem Daten gehören.\n", ""), SECOND_EPISODE, "---", "summary", "summary is missing", "summary: Wie Bochum"),
    Case("summary-short", swap(SECOND_EPISODE, "Wem Daten gehören.", LONG), SECOND_EPISODE, "summary: äääääääääääääääääääääääääääääää", "summary", "4,002 bytes", "notes below"),
    Case("title-plain", swap(SECOND_EPISODE, "title: Offene Daten", "title: Offene Daten – Haus des Wissens"), SECOND_EPISODE, "title: Offene Daten – Haus des Wissens", "title", "repeats the podcast's name", "Leave it out"),
    Case("title-plain", swap(SECOND_EPISODE, "title: Offene Daten", "title: 'Folge 2: Offene Daten'"), SECOND_EPISODE, "title: 'Folge 2: Offene Daten'", "title", "holds the number: “Folge 2”", "as number and season"),
    Case("title-plain", swap(SECOND_EPISODE, "title: Offene Daten", "title: 'Offene Daten (S1E2)'"), SECOND_EPISODE, "title: 'Offene Daten (S1E2)'", "title", "holds the number: “S1E2”", "as number and season"),
    Case("titles-short", swap(TOML, 'subtitle = "Gespräche"', f'subtitle = "{"a" * 256}"'), TOML, 'subtitle = "aaaaaaaaaaaaaaaaaaaaaaaaaaaa', "show.subtitle", "256 characters", "Shorten"),
    Case("titles-short", swap(SERIES, "title: Die Stadt", f"title: {'a' * 256}"), SERIES, "title: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "title", "256 characters", "Shorten"),
    Case("transcript-apart", swap(TRANSCRIPT, "00:00:05.000 --> 00:00:09.000\n<v kim-geheim>", "00:00:04.000 --> 00:00:09.000\n<v mira-beispiel>"), TRANSCRIPT, "2", "2", "Sentence 2 begins while", "End the sentence above"),
    Case("transcript-checked", put(f"{FIRST}/transcript.json", review("1")), TRANSCRIPT, "2", "2", "1 of 2 sentences are open", "hdw transcript approve 2026-11-20-smarte-stadt"),
    Case("transcript-checked", put(f"{FIRST}/transcript.json", review()), TRANSCRIPT, "1", "1", "is not checked.", "hdw transcript approve 2026-11-20-smarte-stadt"),
    Case("transcript-checked", swap(TRANSCRIPT, "Das ist eine", "Das war eine"), TRANSCRIPT, "2", "2", "Sentence 2 was changed after Mira Beispiel checked it", "hdw transcript approve 2026-11-20-smarte-stadt"),
    Case("transcript-checked", swap(TRANSCRIPT, "<v kim-geheim>", "<v mira-beispiel>"), TRANSCRIPT, "2", "2", "Sentence 2 was changed after", "hdw transcript approve 2026-11-20-smarte-stadt"),
    Case("transcript-checked", gone(TRANSCRIPT), TRANSCRIPT, "", "", "transcript is missing", "hdw transcribe 2026-11-20-smarte-stadt"),
    Case("transcript-exception", swap(EPISODE, "language: de", "transcript_exception: {reason: Musik, date: 2026-11-20}"), EPISODE, "transcript_exception: {reason: Musik, da", "transcript_exception", "no longer true", "Delete transcript_exception"),
    Case("transcript-inside", swap(TRANSCRIPT, "00:00:05.000 --> 00:00:09.000", "00:00:00.500 --> 00:00:09.000"), TRANSCRIPT, "2", "2", "Sentence 2 of the transcript starts before", "order of time"),
    Case("transcript-inside", swap(TRANSCRIPT, "00:00:09.000", "00:01:09.000"), TRANSCRIPT, "2", "2", "after the end of the recording (0:01:00)", "another recording"),
    Case("transcript-speakers", swap(TRANSCRIPT, "<v mira-beispiel>", "<v mira-beispil>"), TRANSCRIPT, "1", "1", "names mira-beispil", "Perhaps mira-beispiel"),
    Case("transcript-voices", swap(TRANSCRIPT, "<v mira-beispiel>", "<v Stimme 1>"), TRANSCRIPT, "1", "1", "Stimme 1 has no name yet", "hdw transcript voices 2026-11-20-smarte-stadt"),
    Case("transcript-marks", put(f"{FIRST}/transcript.json", marked("1", "Guten Tag.")), TRANSCRIPT, "1", "1", "0:00:01 Text where nobody speaks: “Guten Tag.”", "approve it"),
    Case("transcript-marks", put(f"{FIRST}/transcript.json", marked("", "")), TRANSCRIPT, "2", "2", "0:00:20 Somebody speaks here", "approve it"),
    Case("translation-known", all_of(put("content/pages/imprint.md", IMPRINT_EN), swap("content/pages/imprint.md", "impressum", "impresum")), "content/pages/imprint.md", "translation_of: impresum", "translation_of", "nothing called impresum", "Perhaps impressum"),
    Case("translation-known", all_of(put("content/pages/imprint.md", IMPRINT_EN), put("content/pages/kuenye.md", IMPRINT_EN.replace("impressum", "imprint"))), "content/pages/kuenye.md", "translation_of: imprint", "translation_of", "imprint is a translation itself", "Name the original, once for every language: impressum"),
    Case("translation-known", put("content/pages/imprint.md", IMPRINT_EN.replace("language: en\n", "")), "content/pages/imprint.md", "translation_of: impressum", "translation_of", "impressum is in the same language (de)", "language: en"),
    Case("translation-known", swap(SECOND_EPISODE, "number: 2", "translation_of: 2026-11-20-smart\nnumber: 2"), SECOND_EPISODE, "translation_of: 2026-11-20-smart", "translation_of", "nothing called 2026-11-20-smart", "Perhaps 2026-11-20-smarte-stadt"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case.rule}" for n, case in enumerate(CASES)])
def test_a_broken_rule_is_told_with_file_line_field_and_remedy(good_house: Path, case: Case) -> None:
    case.edit(good_house)
    found = [
        p for p in workflow.check(good_house, now=NOW) if (p.rule, p.where.field) == (case.rule, case.field)
    ]
    problem = next(p for p in found if p.where.file == case.file and case.message in str(p.message))
    assert _line(good_house / case.file, problem.where.line).startswith(case.line)
    assert bool(problem.where.line) == bool(case.line)
    assert case.hint in str(problem.hint)


def _line(path: Path, number: int) -> str:
    """The words of a line; "" for none."""
    return path.read_text(encoding="utf-8").splitlines()[number - 1].strip() if number else ""


def test_in_the_good_house_no_rule_finds_anything(good_house: Path) -> None:
    assert [(p.rule, str(p.message)) for p in workflow.check(good_house, now=NOW)] == []


def test_a_published_file_that_is_as_it_was_given_is_no_finding(good_house: Path) -> None:
    published(SOUND)(good_house)
    assert [p.rule for p in workflow.check(good_house, now=NOW) if p.rule.startswith("edition")] == []


def test_a_recording_that_was_never_published_is_missing_with_its_edition(good_house: Path) -> None:
    all_of(gone(f"{FIRST}/aufnahme.mp3"), put(f"{FIRST}/audio.json", facts(edition=True)))(good_house)
    assert "recording-present" in {problem.rule for problem in workflow.check(good_house, now=NOW)}


def test_every_rule_has_a_case() -> None:
    assert {case.rule for case in CASES} == {rule.name for rule in checks.RULES}


def test_rules_stand_in_the_order_of_their_names_each_once() -> None:
    names = [rule.name for rule in checks.RULES]
    assert names == sorted(set(names))


@pytest.mark.parametrize("rule", checks.RULES, ids=lambda rule: rule.name)
def test_a_rule_names_a_section_and_a_reason_in_both_languages(rule: checks.Rule) -> None:
    document, _, section = rule.source.partition(", ")
    assert section
    if document.startswith("docs/"):
        headings = re.findall(r"^## (.+)$", (ROOT / document).read_text(encoding="utf-8"), re.MULTILINE)
        assert section in headings
    german = Translator("de").sentence(rule.why)
    assert german != rule.why.text
    assert all(len(text) > 40 and text.endswith(".") for text in (german, rule.why.text))
    assert rule.check.__doc__


def test_a_demonstration_may_leave_pages_to_be_filled_in(good_house: Path) -> None:
    swap(PAGE, "Zweite Zeile.", "[Ausfüllen]")(good_house)
    swap(TOML, 'cover_alt = "Ziegelreihen"', 'cover_alt = "Ziegelreihen"\nsamples = true')(good_house)
    assert workflow.check(good_house, now=NOW) == ()


@pytest.mark.parametrize("taken", RESERVED)
def test_no_page_has_an_address_of_the_programs_own(good_house: Path, taken: str) -> None:
    put(f"content/pages/{taken}.md", "---\ntitle: Eine Seite\n---\n")(good_house)
    (found,) = workflow.check(good_house, now=NOW)
    assert (found.rule, found.level) == ("pages-apart", Level.REQUIRED)


@pytest.mark.parametrize("free", ["folge", "themen-info", "ueber-uns"])
def test_a_page_may_have_any_other_address(good_house: Path, free: str) -> None:
    put(f"content/pages/{free}.md", "---\ntitle: Eine Seite\n---\n")(good_house)
    assert workflow.check(good_house, now=NOW) == ()


@pytest.mark.parametrize(
    ("file", "video"),
    [
        ("dgs.mp4", {"size": (320, 240)}),
        ("dgs.MP4", {"rate": 50}),
        ("dgs.webm", {"codec": "libvpx-vp9"}),
    ],
)
def test_a_video_in_sign_language_that_browsers_show_breaks_no_rule(
    good_house: Path, file: str, video: dict[str, Any]
) -> None:
    signed(file, **video)(good_house)
    assert workflow.check(good_house, now=NOW) == ()


def test_so_does_one_in_av1(good_house: Path) -> None:
    """A file that was made before (`recordings.video`): run by root, SVT-AV1 gives its process priority over all."""
    signed()(good_house)
    shutil.copy(ROOT / "tests/fixtures/dgs-av1.mp4", good_house / SECOND / "dgs.mp4")
    assert workflow.check(good_house, now=NOW) == ()


def test_a_page_in_two_languages_breaks_no_rule(good_house: Path) -> None:
    put("content/pages/imprint.md", IMPRINT_EN)(good_house)
    put("content/pages/kuenye.md", IMPRINT_EN.replace("en\n", "tr\n"))(good_house)
    assert workflow.check(good_house, now=NOW) == ()


@pytest.mark.parametrize(
    ("stated", "now", "old"),
    [
        ("2026-11-24", NOW, False),
        ("2025-11-24", NOW, False),
        ("2025-11-22", NOW, True),
        ("2025-11-22", datetime(2026, 11, 23, 22, 59, tzinfo=UTC), False),  # in Bochum it is still the 23rd
        ("2025-11-22", datetime(2026, 11, 23, 23, 0, tzinfo=UTC), True),
        ("2024-02-29", datetime(2025, 3, 1, 12, tzinfo=UTC), False),
        ("2024-02-29", datetime(2025, 3, 2, 12, tzinfo=UTC), True),
    ],
)
def test_a_statement_is_looked_over_every_year(
    good_house: Path, stated: str, now: datetime, old: bool
) -> None:
    swap(TOML, "stated = 2026-11-24", f"stated = {stated}")(good_house)
    found = [p for p in workflow.check(good_house, now=now) if p.rule == "law-current"]
    assert [p.level for p in found] == [Level.RECOMMENDED] * old


def test_words_that_only_look_like_a_hidden_name_are_no_finding(good_house: Path) -> None:
    swap(EPISODE, "subtitle: Ein Gespräch", "subtitle: Geheimnisse und Kimme")(good_house)
    assert workflow.check(good_house, now=NOW) == ()


@pytest.mark.parametrize(
    "title", ["1. Mai in Bochum", "7000 Schmetterlinge", "Nach Folgen fragen", "Teil 2 der Reise"]
)
def test_a_title_may_hold_other_numbers(good_house: Path, title: str) -> None:
    swap(SECOND_EPISODE, "title: Offene Daten", f"title: {title}")(good_house)
    assert {p.rule for p in workflow.check(good_house, now=NOW)} <= {"approval-of-this"}


@pytest.mark.parametrize("isbn", ["978-3-16-148410-0", "3-16-148410-X", "0306406152", "979 10 90636 07 1"])
def test_a_right_isbn_is_accepted(isbn: str) -> None:
    assert checks.links.isbn_right(isbn)


@pytest.mark.parametrize("isbn", ["978-3-16-148410-1", "3-16-148410-0", "0306406125", "97831614841"])
def test_a_wrong_isbn_is_refused(isbn: str) -> None:
    assert not checks.links.isbn_right(isbn)


def test_a_changed_title_or_folder_of_a_published_episode_is_no_finding(good_house: Path) -> None:
    swap(EPISODE, "title: Was ist eine smarte Stadt?", "title: Die kluge Stadt")(good_house)
    swap(SECOND_EPISODE, "date: 2026-11-27", "date: 2026-11-28")(good_house)
    swap(CONSENT, "2026-11-20-smarte-stadt", "2026-11-20-kluge-stadt")(good_house)
    (good_house / FIRST).rename(good_house / "episodes/2026-11-20-kluge-stadt")
    assert workflow.check(good_house, now=NOW) == ()


def test_a_withdrawn_episode_need_not_be_there(good_house: Path) -> None:
    swap(LEDGER, "number = 0", "number = 0\nwithdrawn = true")(good_house)
    swap(EPISODE, "status: ready", "status: draft")(good_house)
    assert workflow.check(good_house, now=NOW) == ()


def test_another_date_that_moves_nothing_is_no_finding(good_house: Path) -> None:
    all_of(published_second, swap(EPISODE, "date: 2026-11-20", "date: 2026-11-21"))(good_house)
    assert workflow.check(good_house, now=NOW) == ()


def test_the_last_day_of_a_consent_is_one_on_which_it_holds(good_house: Path) -> None:
    swap(CONSENT, "expires = 2031-11-02", "expires = 2026-11-24")(good_house)
    assert "consent-holds" not in {problem.rule for problem in workflow.check(good_house, now=NOW)}
    after = workflow.check(good_house, now=NOW + timedelta(days=1))
    assert "consent-holds" in {problem.rule for problem in after}


@pytest.mark.parametrize(
    "edit",
    [
        swap(TOML, 'required = ["audio", "transcript", "picture"]\napproval = true', ""),
        swap(TOML, "approval = true", "approval = true\nsince = 2026-12-01"),
        swap(LEDGER, "number = 0", "number = 0\nwithdrawn = true"),
    ],
)
def test_consent_is_only_asked_for_where_the_house_asks(good_house: Path, edit: Edit) -> None:
    """Not without [consent], not for what is older, not for what was withdrawn."""
    all_of(gone(CONSENT), edit)(good_house)
    assert [p for p in workflow.check(good_house, now=NOW) if p.rule.startswith("consent")] == []


def test_nothing_of_private_is_in_a_public_house(good_house: Path) -> None:
    assert project.load(good_house).private is not None
    assert public(project.load(good_house), "Gast").private is None
