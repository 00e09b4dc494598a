"""What apps make of a feed: the same from clean feeds and from dirty ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from pipeline import feed
from pipeline.errors import HdwError

from .small import HOUSE, TALK, TRAILER, rendered

NAMESPACES = (
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def wild(channel: str, *, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f"{head}<rss {NAMESPACES}><channel><title>Haus</title>{channel}</channel></rss>"


def item(inside: str) -> feed.ShownItem:
    (only,) = feed.shown(wild(f"<item>{inside}</item>").encode()).items
    return only


@pytest.mark.parametrize(("to", "shown"), [("neu", "https://neu.example/feed.xml"), ("haus", "")])
def test_a_feed_sends_apps_elsewhere_but_not_to_itself(to: str, shown: str) -> None:
    own = '<atom:link rel="self" href="https://haus.example/feed.xml"/>'
    found = feed.shown(
        wild(f"{own}<itunes:new-feed-url>https://{to}.example/feed.xml</itunes:new-feed-url>").encode()
    )
    assert found.moved_to == shown


def test_our_own_feed_is_shown_whole() -> None:
    found = feed.shown(rendered())
    assert (found.title, found.guid, found.language) == ("Haus & Wissen", feed.show_guid(HOUSE), "de")
    assert found.address == "https://podcast.example.org/p/feed.xml"
    assert found.image.endswith("cdcdcdcdcdcdcdcd.jpg")
    talk, trailer = found.items
    assert (talk.guid, talk.title, talk.date, talk.season, talk.number) == (
        TALK.guid,
        "Angst & Bange?",
        TALK.date,
        "2",
        "7",
    )
    assert (talk.duration_s, talk.bytes, talk.type, talk.kind) == (62, 12345, "audio/mpeg", "full")
    assert talk.url.startswith("https://podcast.example.org/p/audio/")
    assert talk.link == "https://podcast.example.org/p/folgen/angst-und-bange/"
    assert (talk.chapters, talk.people) == (True, ("Mira Beispiel", "Kim Beispiel", "Gast"))
    assert set(talk.transcripts) >= {"text/vtt", "application/x-subrip"}
    assert talk.notes.startswith("Kurz & gut.")
    assert (trailer.kind, trailer.guid, trailer.place, trailer.chapters) == (
        "trailer",
        TRAILER.guid,
        2,
        False,
    )


def test_apps_sort_by_date_and_put_undated_episodes_last() -> None:
    dates = ("Fri, 20 Nov 2026 12:00:00 +0100", "", "Sat, 21 Nov 2026 12:00:00 +0100", "gestern")
    items = "".join(f"<item><title>{n}</title><pubDate>{d}</pubDate></item>" for n, d in enumerate(dates))
    found = feed.shown(wild(items).encode()).items
    assert [(one.title, one.place) for one in found] == [("2", 1), ("0", 2), ("1", 3), ("3", 4)]


def test_of_two_items_with_one_guid_apps_keep_the_first() -> None:
    items = "".join(f"<item><guid>a</guid><title>{n}</title></item>" for n in range(2))
    assert [one.title for one in feed.shown(wild(items).encode()).items] == ["0"]


@pytest.mark.parametrize(
    ("inside", "guid"),
    [
        ('<guid> g </guid><enclosure url="https://a.example/a.mp3"/>', "g"),
        (
            '<guid/><enclosure url="https://a.example/a.mp3"/><link>https://l.example</link>',
            "https://a.example/a.mp3",
        ),
        ("<link>https://l.example</link><title>T</title>", "https://l.example"),
        ("<title>T</title>", "T"),
    ],
)
def test_without_a_guid_apps_know_an_item_by_what_it_has(inside: str, guid: str) -> None:
    assert item(inside).guid == guid


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3600", 3600),
        ("60:00", 3600),
        ("1:00:00", 3600),
        ("90.6", 91),
        ("", None),
        ("1h", None),
        ("-5", None),
    ],
)
def test_a_duration_is_read_however_it_is_written(text: str, seconds: int | None) -> None:
    assert item(f"<itunes:duration>{text}</itunes:duration>").duration_s == seconds


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Fri, 20 Nov 2026 12:00:00 +0100", datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=1)))),
        ("20 Nov 2026 12:00 GMT", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        ("2026-11-20T12:00:00Z", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        ("2026-11-20 12:00", datetime(2026, 11, 20, 12, tzinfo=UTC)),
        ("Fri, 99 Nov 2026", None),
    ],
)
def test_a_date_is_read_however_it_is_written(text: str, moment: datetime | None) -> None:
    assert item(f"<pubDate>{text}</pubDate>").date == moment


@pytest.mark.parametrize("length", ["", "0x10", "12,5", "-3", "viel"])
def test_a_size_that_is_none_is_unknown(length: str) -> None:
    assert item(f'<enclosure url="https://a.example/a.mp3" length="{length}"/>').bytes is None


@pytest.mark.parametrize(
    "text",
    [
        wild("<item><title>Grüße</title></item>").encode(),
        b"\n  " + wild("<item><title>Gr\u00fc\u00dfe</title></item>").encode(),
        wild("<item><title>Grüße</title></item>").encode("cp1252"),
        wild("<item><title>Grüße</title></item>", head="").encode("cp1252"),
        wild("<item><title>Grüße</title></item>", head='<?xml version="1.0" encoding="ISO-8859-1"?>').encode(
            "latin-1"
        ),
        wild("<item><title>Gr&uuml;&szlig;e</title></item>").encode(),
        wild("<item><title><![CDATA[Gr&uuml;&szlig;e]]></title></item>").encode(),
        wild("<item><title>Gr&amp;uuml;&amp;szlig;e</title></item>").encode(),
        wild("<item><title>\n Grüße\n</title><bad></item>").encode(),
        wild("<item><title>Grüße</title>").encode().replace(b"</channel></rss>", b""),
        wild("<item><title>Grüße</title></item>")
        .replace("http://www.itunes.com/dtds", "http://www.itunes.com/DTDs")
        .encode(),
    ],
)
def test_dirty_feeds_are_read_as_they_are_meant(text: bytes) -> None:
    assert [one.title for one in feed.shown(text).items] == ["Grüße"]


def test_tags_of_other_spellings_of_a_namespace_count() -> None:
    text = wild("<item><itunes:duration>7</itunes:duration></item>").replace(
        "itunes.com/dtds", "itunes.com/DTDs"
    )
    assert feed.shown(text.encode()).items[0].duration_s == 7


def test_markup_is_no_part_of_the_notes() -> None:
    assert item("<description>&lt;p&gt;Kurz &amp;amp; gut&lt;/p&gt;</description>").notes == "Kurz & gut"


@pytest.mark.parametrize("text", [b"", b"Hallo", b"<html><body/></html>", b"<rss/>", b"\x00\xff"])
def test_what_is_no_feed_is_told(text: bytes) -> None:
    with pytest.raises(HdwError, match="no podcast feed"):
        feed.shown(text)


def test_entities_that_a_feed_defines_itself_are_not_followed() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hosts">]>'
    text = wild("<item><title>x&b;&c;y</title></item>", head=bomb)
    assert [one.title for one in feed.shown(text.encode()).items] == ["x&b;&c;y"]
