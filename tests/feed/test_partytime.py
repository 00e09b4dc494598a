"""Podcast Index's own parser reads our feed: every value it knows comes out as it went in."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import parts

from .small import HOUSE, SHOW, TALK, TALK_EDITIONS, TRAILER, rendered

HERE = Path(__file__).parent / "partytime"
SITE = "https://podcast.example.org/p/"
AUDIO = f"{SITE}audio/angst-und-bange."


@pytest.fixture(scope="module")
def parsed() -> dict[str, Any]:
    """What it reads of the golden feed."""
    node = parts.program("node")
    parts.at("podcast-partytime", HERE / "node_modules/podcast-partytime/package.json")
    done = subprocess.run(
        [node, "read.js"], cwd=HERE, input=rendered(), capture_output=True, check=False,
        env={**os.environ, "LOG": "silent"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def test_the_channel_says_who_what_and_where(parsed: dict[str, Any]) -> None:
    assert (parsed["title"], parsed["description"]) == (SHOW.title, SHOW.description)
    assert (parsed["link"], parsed["language"], parsed["copyright"]) == (SITE, "de", SHOW.copyright)
    assert (parsed["author"], parsed["owner"]) == (SHOW.author, SHOW.owner.model_dump())
    assert parsed["itunesCategory"] == list(SHOW.categories)
    assert (parsed["itunesType"], parsed["explicit"]) == ("episodic", False)
    assert (parsed["itunesBlock"], parsed["itunesComplete"]) == (True, True)
    assert parsed["itunesNewFeedUrl"] == HOUSE.settings.feed.moved_to
    assert parsed["itunesImage"] == f"{SITE}bilder/cdcdcdcdcdcdcdcd.jpg"
    assert parsed["image"] == {
        "url": f"{SITE}bilder/cdcdcdcdcdcdcdcd.klein.jpg", "title": SHOW.title, "link": SITE,
        "width": 144, "height": 144,
    }  # fmt: skip
    assert parsed["pubsub"] == {"self": f"{SITE}feed.xml", "hub": "https://hub.example.org/"}
    assert parsed["pubDate"] == parsed["lastBuildDate"] == "2026-11-20T11:00:00.000Z"
    assert parsed["generator"] == "Haus des Wissens"


def test_every_phase_of_podcasting_2_is_found_in_the_feed(parsed: dict[str, Any]) -> None:
    assert parsed["pc20support"] == {
        "1": ["locked", "funding", "transcript", "chapters", "soundbite"],
        "2": ["person", "location", "season", "episode"],
        "3": ["trailer", "license", "guid", "alternateEnclosure"],
        "4": ["medium"],
        "5": ["block", "socialInteract"],
        "6": ["txt", "podroll"],
        "7": ["publisher"],
    }


def test_the_channels_podcasting_2_values_come_back(parsed: dict[str, Any]) -> None:
    assert parsed["guid"] == "5e5489f6-69cb-5c3a-bfe1-68562bd1d6b2"
    assert (parsed["locked"], parsed["podcastOwner"], parsed["medium"]) == (True, SHOW.owner.email, "podcast")
    assert parsed["podcastFunding"] == [{"message": SHOW.funding[0].text, "url": SHOW.funding[0].url}]
    assert [(one["name"], one["role"], one["group"]) for one in parsed["podcastPeople"]] == [
        ("Mira Beispiel", "Host", "Cast"),
        ("Gast", "Audio Editor", "Audio Post-Production"),
    ]
    assert parsed["podcastPeople"][0]["href"] == f"{SITE}personen/mira/"
    assert parsed["podcastPeople"][0]["img"] == f"{SITE}bilder/b0b0b0b0b0b0b0b0-600.1.jpg"
    assert set(parsed["podcastPeople"][1]) == {"name", "role", "group"}
    assert parsed["podcastLocation"] == {"name": "Bochum", "osm": "R62644", "geo": "geo:51.4818,7.2162"}
    assert parsed["license"] == {"identifier": "cc-by-4.0", "url": SHOW.licence.url}
    assert (parsed["podcastBlocked"], parsed["podcastBlockedPlatforms"]) == (
        "yes",
        {"google": True, "podcastindex": False},
    )
    assert parsed["trailers"] == [
        {
            "title": TRAILER.title, "url": f"{SITE}audio/trailer.12121212.mp3", "type": "audio/mpeg",
            "pubdate": "2026-09-25T10:00:00.000Z", "length": 12345, "season": 2,
        }
    ]  # fmt: skip
    assert parsed["podcastTxt"] == [
        {"value": "S6lpp-7ZCn8-dZfGc", "purpose": "verify"},
        {"value": "ohne Zweck"},
    ]
    assert [feed["feedGuid"] for feed in parsed["podroll"]] == [feed.guid for feed in SHOW.podroll]
    assert parsed["podroll"][0]["feedUrl"] == SHOW.podroll[0].url
    assert SHOW.publisher
    assert parsed["podcastPublisher"] == {"feedGuid": SHOW.publisher.guid, "feedUrl": SHOW.publisher.url}
    assert parsed["podcastSeasons"] == {"2": {"number": 2, "name": "Das Jahr der Daten"}}


def test_an_items_values_come_back(parsed: dict[str, Any]) -> None:
    talk, trailer = parsed["items"]
    assert (talk["guid"], talk["title"], talk["duration"]) == (TALK.guid, TALK.title, 62)
    assert talk["enclosure"] == {"url": f"{AUDIO}abababab.mp3", "length": 12345, "type": "audio/mpeg"}
    assert (talk["itunesEpisode"], talk["itunesSeason"], talk["itunesEpisodeType"]) == (7, 2, "full")
    assert (trailer["itunesEpisodeType"], trailer["explicit"]) == ("trailer", True)
    assert talk["podcastEpisode"] == {"number": 7, "display": "Folge 7b"}
    assert talk["podcastSeason"] == {"number": 2, "name": "Das Jahr der Daten"}
    assert [(one["name"], one["role"]) for one in talk["podcastPeople"]] == [
        ("Mira Beispiel", "Host"),
        ("Kim Beispiel", "Guest"),
        ("Gast", "Transcriber"),
    ]
    assert talk["podcastSoundbites"][0] == {
        "startTime": 12.25, "duration": 30, "title": "Warum Daten allen gehören",
    }  # fmt: skip
    assert talk["podcastChapters"]["type"] == "application/json+chapters"
    assert talk["license"] == {"identifier": "Nur zum Hören", "url": "https://www.example.org/lizenz"}
    assert [one["url"] for one in talk["podcastSocialInteraction"]] == ["https://ruhr.social/@hdw/3"]
    assert talk["podcastTxt"] == [{"value": "2026-11-20", "purpose": "release"}]
    assert talk["itunesImage"] == f"{SITE}bilder/efefefefefefefef.png"
    found = {
        one["url"].rpartition("/")[2]: (one["type"], one.get("rel")) for one in talk["podcastTranscripts"]
    }
    assert found == {
        "": ("text/html", None),
        "transkript.json": ("application/json", "captions"),
        "transkript.srt": ("application/srt", "captions"),
        "transkript.txt": ("text/plain", None),
        "transkript.vtt": ("text/vtt", "captions"),
    }


def test_every_edition_comes_back_with_source_and_checksum(parsed: dict[str, Any]) -> None:
    *found, video = parsed["items"][0]["alternativeEnclosures"]
    assert video["source"][0]["uri"].endswith("gebaerdensprache.5e5e5e5e.mp4")
    assert [one["source"][0]["uri"] for one in found] == [
        f"{AUDIO}abababab.mp3",
        f"{AUDIO}a1a1a1a1.m4a",
        f"{AUDIO}a2a2a2a2.opus",
    ]
    assert [(one["type"], one["length"], one["bitrate"]) for one in found] == [
        (edition.type, edition.bytes, edition.bit_rate) for edition in TALK_EDITIONS
    ]
    assert [one["default"] for one in found] == [True, False, False]
    assert all(one["integrity"]["type"] == "sri" for one in found)
