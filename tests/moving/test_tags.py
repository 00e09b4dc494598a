"""Single tags of foreign feeds: what they become, and what is said of those that cannot be taken."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from pipeline import moving
from pipeline.moving import Left, Podcast

SPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"'
)


def item(n: int, more: str = "") -> str:
    return (
        f"<item><title>Teil {n}</title><guid>{n}</guid><pubDate>Fri, 0{n} May 2026 10:00:00 +0000</pubDate>"
        f'<enclosure url="https://a.example/{n}.mp3" length="1" type="audio/mpeg"/>{more}</item>'
    )


def read(head: str = "", *items: str) -> Podcast:
    body = "".join(items) or item(1)
    text = f'<rss version="2.0" {SPACES}><channel><title>Alt</title>{head}{body}</channel></rss>'
    return moving.podcast([("", moving.parse(text))], ZoneInfo("Europe/Berlin"))


def said(left: tuple[Left, ...], tag: str) -> list[str]:
    return [one.said for one in left if one.tag == tag]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2019–2026 Haus des Wissens", "Haus des Wissens"),
        ("Copyright (c) 2026, Haus des Wissens", "Haus des Wissens"),
        ("Haus des Wissens 2026 - heute", "Haus des Wissens"),
    ],
)
def test_copyright_line_is_entered_as_a_name_and_said(line: str, name: str) -> None:
    podcast = read(f"<copyright>{line}</copyright>")
    assert podcast.show["copyright"] == name
    assert said(podcast.left, "copyright") == [line]


def test_copyright_that_is_a_name_is_entered_as_it_stands() -> None:
    podcast = read("<copyright>Verlag - Stadt, Land</copyright>")
    assert (podcast.show["copyright"], said(podcast.left, "copyright")) == ("Verlag - Stadt, Land", [])


def test_licence_that_nobody_can_read_is_said() -> None:
    tag = "<podcast:license>cc-by-nc-2.0</podcast:license>"
    podcast = read(tag, item(1, tag))
    assert "licence" not in podcast.show
    assert said(podcast.left, "podcast:license") == ["cc-by-nc-2.0"]
    assert said(podcast.episodes[0].left, "podcast:license") == ["cc-by-nc-2.0"]


def test_all_rights_reserved_is_a_licence_that_the_house_knows() -> None:
    assert read("<podcast:license>arr</podcast:license>").show["licence"] == "ARR"


def test_seasons_are_called_as_the_newest_episode_calls_them() -> None:
    older = item(1, '<podcast:season name="Eins">1</podcast:season>')
    newer = item(2, '<podcast:season name="Das erste Jahr">1</podcast:season>')
    assert read("", newer, older).show["seasons"] == [{"number": 1, "name": "Das erste Jahr"}]


def test_trailer_of_the_channel_that_is_an_item_makes_it_a_trailer() -> None:
    podcast = read('<podcast:trailer url="https://a.example/1.mp3" pubdate="x">Bald</podcast:trailer>')
    assert podcast.episodes[0].values["type"] == "trailer"
    assert said(podcast.left, "podcast:trailer") == []


def test_trailer_of_the_channel_that_is_no_item_is_said() -> None:
    podcast = read('<podcast:trailer url="https://a.example/t.mp3" pubdate="x">Bald</podcast:trailer>')
    assert said(podcast.left, "podcast:trailer") == ["Bald"]


def test_cover_of_podcasting_2_0_is_taken_where_apple_has_none() -> None:
    tag = '<podcast:image href="https://a.example/c.png" alt="Ein Haus"/>'
    podcast = read(tag, item(1, tag))
    assert (podcast.cover, podcast.show["cover_alt"]) == ("https://a.example/c.png", "Ein Haus")
    assert (podcast.episodes[0].cover, podcast.episodes[0].cover_alt) == (
        "https://a.example/c.png",
        "Ein Haus",
    )


def test_checksum_of_another_kind_is_none() -> None:
    tag = (
        '<podcast:alternateEnclosure type="audio/mpeg"><podcast:source uri="https://a.example/1.mp3"/>'
        '<podcast:integrity type="sri" value="sha384-AAAA"/></podcast:alternateEnclosure>'
    )
    assert read("", item(1, tag)).episodes[0].sound.sha256 == ""


def test_summary_that_only_repeats_the_title_is_none() -> None:
    assert "summary" not in read("", item(1, "<description>Teil 1</description>")).episodes[0].values
