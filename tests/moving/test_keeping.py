"""Recordings that stay where they are: only what apps will play."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import project, workflow
from pipeline.workflow import MovedIn
from tests.moving.serving import Host

ITEM = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Ton</title>
<item><title>Eins</title><guid>1</guid><pubDate>Fri, 06 Nov 2026 10:00:01 +0000</pubDate>
<enclosure url="{{host}}{path}" length="{length}" type="{type}"/>
<itunes:duration>{duration}</itunes:duration></item>
<item><title>Null</title><guid>0</guid><pubDate>Fri, 06 Nov 2026 09:00:01 +0000</pubDate>
<enclosure url="{{host}}/null.mp3" length="5" type="audio/mpeg"/><itunes:duration>8</itunes:duration></item>
</channel></rss>"""


def kept(host: Host, folder: Path, **values: str) -> MovedIn:
    """The import of a feed whose newer item has this enclosure."""
    usual = {"path": "/eins.mp3", "length": "5", "type": "audio/mpeg", "duration": "8"}
    address = host.serve("/ton.xml", ITEM.format(**{**usual, **values}).encode())
    return workflow.move_in(address, folder / "haus", keep_addresses=True, private=True)


@pytest.mark.parametrize(
    "values",
    [
        {"path": "/eins.ogg", "type": "audio/ogg"},
        {"path": "/download/1234", "type": "audio/mpeg"},
        {"duration": ""},
        {"path": "/null.mp3"},
    ],
    ids=["ogg", "no suffix", "no length in time", "twice"],
)
def test_sound_that_apps_would_refuse_is_not_kept_and_said(
    values: dict[str, str], host: Host, tmp_path: Path
) -> None:
    done = kept(host, tmp_path, **values)
    assert (done.kept, done.silent) == (1, 1)
    assert [one.tag for left in done.left.values() for one in left if "enclosure" in one.tag] == ["enclosure"]


def test_size_that_the_feed_does_not_say_is_asked_of_the_server(host: Host, tmp_path: Path) -> None:
    done = kept(host, tmp_path, length="0")
    house = project.load(done.root)
    assert house.of(house.episodes[0]).audio.editions[0].bytes == len(host.sound)
    assert [path for method, path, _ in host.asked if method == "HEAD"] == ["/eins.mp3"]


def test_type_is_what_apple_names(host: Host, tmp_path: Path) -> None:
    done = kept(host, tmp_path, path="/eins.m4a?x=1", type="audio/mp4; codecs=mp4a")
    house = project.load(done.root)
    assert house.of(house.episodes[0]).audio.editions[0].type == "audio/x-m4a"


def test_no_sound_is_fetched(host: Host, tmp_path: Path) -> None:
    kept(host, tmp_path)
    assert [path for method, path, _ in host.asked if method == "GET" and path.endswith(".mp3")] == []
