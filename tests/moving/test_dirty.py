"""Feeds that are wrong in every way that feeds are wrong: what can be read is read, and nothing does harm."""

from __future__ import annotations

import contextlib
import gzip
import html
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import moving
from pipeline.errors import ForeignFeedError
from pipeline.moving import Imported, Podcast, mending
from pipeline.project import front_matter, loading

BERLIN = ZoneInfo("Europe/Berlin")
SPACES = (
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters"'
)


ENCLOSURE = '<enclosure url="https://a.example/{n}.mp3" length="1" type="audio/mpeg"/>'


def item(inner: str = "", number: int = 1, guid: str = "<guid>g{n}</guid>") -> str:
    title = "" if "<title" in inner else f"<title>Folge {number}</title>"
    date = "" if "<pubDate" in inner else f"<pubDate>Fri, {number:02} May 2026 10:00:00 +0200</pubDate>"
    sound = "" if "<enclosure" in inner else ENCLOSURE.format(n=number)
    return f"<item>{title}{date}{guid.replace('{n}', str(number))}{sound}{inner}</item>"


def document(*items: str, head: str = "", prolog: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    channel = f"<title>Größe</title><description>Über Städte</description>{head}{''.join(items)}"
    return f'{prolog}<rss version="2.0" {SPACES}><channel>{channel}</channel></rss>'


def read(*pages: str | bytes) -> Podcast:
    documents = []
    for page in pages:
        decoded = moving.decoded(page.encode() if isinstance(page, str) else page)
        documents.append(("", moving.parse(decoded.text)))
    return moving.podcast(documents, BERLIN)


def only(*pages: str | bytes) -> Imported:
    (episode,) = read(*pages).episodes
    return episode


@pytest.mark.parametrize(
    ("coding", "said"),
    [
        ("latin-1", "UTF-8"),
        ("cp1252", "UTF-8"),
        ("utf-8", "ISO-8859-1"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "windows-1252"),
        ("utf-8", "does-not-exist"),
    ],
)
def test_letters_are_right_whatever_the_coding_is_called(coding: str, said: str) -> None:
    marks = "Größe Straße" if coding == "latin-1" else "Größe – „Straße“"
    prolog = f'<?xml version="1.0" encoding="{said}"?>'
    text = document(item(f"<description>{marks}</description>"), prolog=prolog)
    podcast = read(text.encode(coding))
    assert podcast.show["title"] == "Größe"
    assert "Straße" in str(podcast.episodes[0].values["summary"])


def test_lying_coding_is_said() -> None:
    assert moving.decoded(document(item()).encode("latin-1")).notes
    assert not moving.decoded(document(item()).encode()).notes


def test_some_letters_of_windows_among_utf8_do_not_spoil_the_others() -> None:
    data = document(item("<description>Grüße XX</description>")).encode().replace(b"XX", b"\x84Stra\xdfe\x93")
    assert only(data).values["summary"] == "Grüße „Straße“"


def test_gzip_without_a_header_is_unpacked() -> None:
    assert only(gzip.compress(document(item()).encode())).title == "Folge 1"


def test_damaged_gzip_is_refused() -> None:
    with pytest.raises(ForeignFeedError, match="damaged"):
        moving.decoded(gzip.compress(b"x" * 5000)[:20])


@pytest.mark.parametrize("data", [b"", b" \n ", b"\x00\x00", b"\xef\xbb\xbf"[:0]])
def test_empty_feed_is_refused(data: bytes) -> None:
    with pytest.raises(ForeignFeedError, match="empty"):
        moving.decoded(data)


@pytest.mark.parametrize(
    "page",
    ["<!DOCTYPE html><html><head>{}</head></html>", "<html lang=de>{}</html>", "<!-- x --><!doctype HTML>{}"],
)
def test_web_page_is_refused_and_the_feed_it_names_is_told(page: str) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="https://a.example/feed">'
    with pytest.raises(ForeignFeedError, match="web page") as error:
        read(page.format(link))
    assert "https://a.example/feed" in str(error.value.hint)


@pytest.mark.parametrize("text", ["{}", "hello", "<opml><body/></opml>", "%PDF-1.4"])
def test_what_is_no_feed_is_refused(text: str) -> None:
    with pytest.raises(ForeignFeedError, match="no feed"):
        read(text)


def test_feed_without_sound_is_refused() -> None:
    with pytest.raises(ForeignFeedError, match="no episode"):
        read(document("<item><title>Nur Text</title></item>"))


def test_entities_of_html_are_letters() -> None:
    found = only(
        document(item("<title>Gr&uuml;&szlig;e &ndash; A&nbsp;&amp;&nbsp;B &unbekannt; Q&A</title>"))
    )
    assert found.title == "Grüße – A & B &unbekannt; Q&A"


def test_cdata_in_cdata_keeps_the_item_and_the_next() -> None:
    inner = "<description><![CDATA[<p>Eins <![CDATA[zwei]]> drei</p>]]></description>"
    podcast = read(document(item(inner, 2), item("", 1)))
    assert [e.title for e in podcast.episodes] == ["Folge 2", "Folge 1"]
    assert podcast.episodes[0].values["summary"] == "Eins zwei drei"


def test_unclosed_tags_in_notes_spoil_nothing() -> None:
    inner = "<description><p>Eins<br>zwei <b>drei</description>"
    podcast = read(document(item(inner, 2), item("", 1)))
    assert len(podcast.episodes) == 2
    assert podcast.episodes[0].values["summary"] == "Eins zwei drei"


def test_markup_that_nobody_escaped_is_show_notes() -> None:
    found = only(document(item("<description><p>Eins</p><p>Zwei <em>drei</em></p></description>")))
    assert (found.values["summary"], found.notes) == ("Eins", "Zwei *drei*")


def test_feed_that_breaks_off_gives_what_is_there() -> None:
    whole = document(item("", 2), item("<description>Der Rest feh", 1))
    cut = whole[: whole.index("Rest feh") + 8]
    assert [e.title for e in read(cut).episodes] == ["Folge 2", "Folge 1"]


def test_damaged_item_costs_itself_alone() -> None:
    broken = "<item><title>Kaputt</ti<tle><enclosure url='https://a.example/9.mp3' </item>"
    podcast = read(document(item("", 3), broken, item("", 1)))
    titles = [e.title for e in podcast.episodes]
    assert "Folge 3" in titles
    assert "Folge 1" in titles
    assert podcast.notes


def test_undeclared_prefixes_are_the_usual_ones() -> None:
    text = document(item("<itunes:season>2</itunes:season><foo:bar>x</foo:bar>")).replace(SPACES, "")
    found = only(text)
    assert found.values["season"] == 2
    assert [one.tag for one in found.left] == ["foo:bar"]


@pytest.mark.parametrize(
    "address",
    ["http://www.itunes.com/DTDs/Podcast-1.0.dtd", "https://itunes.com/dtds/podcast-1.0.dtd/", "urn:falsch"],
)
def test_namespace_with_another_spelling_is_known(address: str) -> None:
    text = document(item("<itunes:Season>2</itunes:Season>")).replace(
        "http://www.itunes.com/dtds/podcast-1.0.dtd", address
    )
    assert only(text).values["season"] == 2


def test_control_characters_are_gone() -> None:
    found = only(document(item("<title>A\x0bB&#8;C&#x1f;D</title>")))
    assert found.title == "ABCD"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",))))
def test_any_title_and_summary_make_front_matter_that_is_read_again(text: str) -> None:
    data = html.escape(mending.legal(text))
    found = only(document(item(f"<title>{data}</title><itunes:summary>{data}</itunes:summary>")))
    values = {"guid": found.guid, "title": found.title, "date": "2026-05-01 10:00", **found.values}
    written = f"---\n{front_matter.dump(values)}---\n\n{found.notes}\n"
    episode = loading.parse_episode(written, "x", BERLIN)
    assert episode.title == found.title.strip()
    assert episode.summary == str(found.values.get("summary", "")).strip()


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))


@pytest.mark.parametrize(
    "prolog",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "haha">{BOMB}]>',
        '<!DOCTYPE rss [<!ENTITY l19 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p; <!ENTITY l19 "x">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">',
        '<?xml version="1.0"?><!-- x --><!doctype rss [<!ENTITY l19 "x">]>',
    ],
)
def test_entity_tricks_say_nothing_and_take_no_time(prolog: str) -> None:
    started = time.process_time()
    found = only(document(item("<title>A &l19; B</title>"), prolog=prolog))
    assert found.title == "A &l19; B"
    assert time.process_time() - started < 1


def test_deep_nesting_does_no_harm() -> None:
    text = document(item("<x>" * 5000 + "</x>" * 5000, 2), item("", 1))
    assert [e.title for e in read(text).episodes][-1] == "Folge 1"


@pytest.mark.parametrize(
    "repeated", ["<![CDATA[", "<!--", "<description>", "&", "<item>", "<!DOCTYPE [", "]]>"]
)
def test_a_million_of_one_mark_takes_no_time(repeated: str) -> None:
    started = time.process_time()
    many = repeated * (90_000 // len(repeated))
    for text in (document(item("", 1), many), document(item(many, 1)), many + document(item("", 1))):
        with contextlib.suppress(ForeignFeedError):
            read(text)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "repeated", ["<blockquote>", "<br> ", " ", "<p> </p>", "<a href='x'>", "<b", "&", "*_", "[", "<!-- -->"]
)
def test_a_million_of_one_mark_in_notes_takes_no_time(repeated: str) -> None:
    started = time.process_time()
    notes = html.escape(f"<p>Anfang</p>{repeated * (50_000 // len(repeated))}<p>Ende</p>")
    found = only(document(item(f"<description>{notes}</description>")))
    assert found.values["summary"]
    assert found.notes is not None  # made now
    assert time.process_time() - started < 10


def test_without_a_guid_the_sound_is_the_identity_and_it_is_said() -> None:
    found = only(document(item(guid="")))
    assert found.guid == "https://a.example/1.mp3"
    assert [one.tag for one in found.left] == ["guid"]


def test_of_two_with_one_guid_the_newer_keeps_it() -> None:
    same = "<guid>same</guid>"
    podcast = read(document(item("", 2, same), item("", 1, same)))
    assert [e.guid for e in podcast.episodes] == ["same", "https://a.example/1.mp3"]


def test_the_same_item_twice_is_one_episode() -> None:
    podcast = read(document(item("", 1), item("", 1)))
    assert len(podcast.episodes) == 1
    assert [one.tag for one in podcast.left] == ["item"]


def test_guid_stays_letter_for_letter() -> None:
    guid = "HTTP://Example.org/?p=1&x=ü %20{" + "a" * 400
    found = only(document(item(guid=f"<guid> {guid.replace('&', '&amp;')} </guid>")))
    assert found.guid == guid


def test_item_without_a_date_is_a_draft_dated_as_the_one_above() -> None:
    podcast = read(document(item("", 5), item("<pubDate>irgendwann</pubDate>", 1)))
    undated = next(e for e in podcast.episodes if e.title == "Folge 1")
    assert (undated.dated, undated.date) == (False, datetime(2026, 5, 5, 8, tzinfo=UTC))
    assert ("pubDate", "irgendwann") in [(one.tag, one.said) for one in undated.left]


@pytest.mark.parametrize("length", ["", "abc", "-5", "12.5", "99999999999999999999"])
def test_enclosure_with_a_strange_length_is_taken(length: str) -> None:
    found = only(
        document(item(f'<enclosure url="https://a.example/1.mp3" length="{length}" type="audio/mp3"/>'))
    )
    assert found.sound.address == "https://a.example/1.mp3"
    assert found.sound.type == "audio/mpeg"


def test_address_with_umlauts_and_spaces_is_written_as_the_web_does() -> None:
    found = only(
        document(item('<enclosure url=" https://bücher.example/Größe 1.mp3?a=ü " type="audio/mpeg"/>'))
    )
    assert found.sound.address == "https://xn--bcher-kva.example/Gr%C3%B6%C3%9Fe%201.mp3?a=%C3%BC"


def test_title_that_is_a_path_stays_a_title() -> None:
    podcast = read(
        document(item("<title>../../../etc/passwd</title><link>https://a.example/..%2F..%2Fx</link>"))
    )
    assert podcast.episodes[0].title == "../../../etc/passwd"
    assert podcast.episodes[0].slug == "etc-passwd" or "/" not in podcast.episodes[0].slug


def test_two_episodes_never_share_an_address() -> None:
    same = "<title>Gleich</title>"
    podcast = read(document(item(same, 3), item(same, 2), item(same, 1)))
    assert [e.slug for e in podcast.episodes] == ["gleich-3", "gleich-2", "gleich"]


def test_chapter_without_a_start_costs_itself_alone() -> None:
    psc = '<psc:chapters><psc:chapter title="x"/><psc:chapter start="0:05" title="Da"/></psc:chapters>'
    found = only(document(item(psc)))
    assert [c.title for c in found.chapters] == ["Da"]
    assert [one.tag for one in found.left] == ["psc:chapter"]


def test_wrong_values_are_left_behind_one_by_one() -> None:
    inner = (
        '<podcast:location geo="geo:x">Bochum</podcast:location><podcast:location>Essen</podcast:location>'
        "<itunes:episode>7b</itunes:episode><itunes:episodeType>Special</itunes:episodeType>"
    )
    found = only(document(item(inner)))
    assert found.values["location"] == [{"name": "Essen"}]
    assert {one.tag for one in found.left} == {"location", "itunes:episode", "type"}


def test_page_after_page_is_one_podcast() -> None:
    podcast = read(document(item("", 3)), document(item("", 2), item("", 1)))
    assert [e.title for e in podcast.episodes] == ["Folge 3", "Folge 2", "Folge 1"]


def test_scripts_handlers_and_styles_are_gone_from_notes() -> None:
    text = (
        "<p>Ein Satz.</p><p onclick='x()'>Text <a href='javascript:x()'>böse</a></p>"
        "<script>alert(1)</script><style>p{}</style><img src='https://t.example/pixel.gif' onerror='x()'>"
    )
    found = only(document(item(f"<content:encoded><![CDATA[{text}]]></content:encoded>")))
    assert found.notes == "Text böse"
    assert ("notes", "https://t.example/pixel.gif") in [(one.tag, one.said) for one in found.left]
