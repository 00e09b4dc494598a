"""Any valid show and episode give a feed that a strict parser takes; the same values come back from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline import feed
from pipeline.feed import rules
from pipeline.feed.categories import names as categories
from pipeline.feed.kinds import moment
from pipeline.feed.nodes import Node
from pipeline.feed.rows import NAMESPACES, legal
from pipeline.models import (
    LICENCES,
    ROLES,
    AudioFacts,
    Block,
    Chapter,
    Contribution,
    Discussion,
    Episode,
    EpisodeFacts,
    EpisodeType,
    Funding,
    House,
    Licence,
    Location,
    Person,
    RemoteFeed,
    Season,
    Settings,
    Show,
    Site,
    Soundbite,
    Txt,
    UpdateFrequency,
)

from .small import SHOW, edition, picture

TRAPS = ("]]>", "&amp;amp;", "a < b", "🎙️👩🏽‍💻", "مرحبا\u202e", "\u2028", "a\tb\nc", "\"'", "é" * 200)
"""The end of CDATA, entities, markup, emoji, right to left with its control, line ends, quotes, length."""
DURATION_S = 3600.0


def plain(text: str) -> bool:
    """What may be a title or a name: something that stays, without markup and mojibake."""
    return sound(text) and not found(text, rules.plain("title"))


def sound(text: str) -> bool:
    """What may stand anywhere: something that stays, without mojibake."""
    return bool(text) and not found(text, rules.decoded_rightly("title"))


def found(text: str, look: Callable[[Any], Iterable[object]]) -> list[object]:
    """What a rule finds in a title of this text."""
    item = etree.Element("item")
    etree.SubElement(item, "title").text = text
    return list(look(Node(item)))


def texts(most: int) -> st.SearchStrategy[str]:
    """All of Unicode that XML allows, with traps in it; no spaces around, never empty."""
    parts = st.lists(st.sampled_from(TRAPS) | st.text(max_size=40), min_size=1, max_size=4)
    made = parts.map(lambda some: legal("".join(some)).strip()[:most].strip())
    return made.filter(plain) if most <= 255 else made.filter(sound)


ADDRESSES = st.sampled_from(
    ("https://a.example/x?y=1&z=2", "http://b.example:8080/", "https://c.example/%C3%A4#d")
)
GUIDS = st.uuids().map(str)
LICENCE = st.sampled_from([Licence(name=name, url=url) for name, url in LICENCES.values()]) | st.builds(
    Licence, name=texts(128), url=ADDRESSES
)
PLACES = st.builds(
    Location,
    name=texts(128),
    rel=st.sampled_from(("subject", "creator")),
    geo=st.none() | st.just("geo:-51.5,7.25"),
    osm=st.none() | st.just("W12#3"),
    country=st.none() | st.sampled_from(("DE", "AT")),
)
POSTS = st.builds(Discussion, url=ADDRESSES, account=texts(60), account_url=st.none() | ADDRESSES)
MACHINE_TEXTS = st.builds(Txt, purpose=st.just("") | texts(128), text=texts(3000))
FEEDS = st.builds(RemoteFeed, guid=GUIDS, url=st.none() | ADDRESSES, title=st.just("") | texts(60))
ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
PEOPLE = {id_: Person(id=id_, name=name) for id_, name in (("kim", "Kim & Co"), ("mira", "Mira Ω"))}
CONTRIBUTIONS = st.lists(
    st.builds(Contribution, person=st.sampled_from(tuple(PEOPLE)), role=st.sampled_from(tuple(ROLES))),
    max_size=3,
).map(tuple)


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


def told(**values: Any) -> Show:
    """The small house's show with other values."""
    return SHOW.model_copy(update=values)


SHOWS = st.builds(
    told,
    title=texts(255),
    description=texts(900).filter(plain),
    author=texts(255),
    copyright=st.just("") | texts(255),
    cover_alt=st.just("") | texts(255),
    categories=st.lists(st.sampled_from(categories()), min_size=1).map(tuple),
    explicit=st.booleans(),
    language=st.sampled_from(("de", "en-GB", "gsw")),
    licence=LICENCE,
    locked=st.booleans(),
    guid=st.none() | GUIDS,
    people=CONTRIBUTIONS,
    location=some(PLACES),
    seasons=st.just(()) | st.builds(Season, number=st.just(1), name=texts(128)).map(lambda one: (one,)),
    funding=some(st.builds(Funding, url=ADDRESSES, text=texts(128))),
    podroll=some(FEEDS),
    publisher=st.none() | FEEDS,
    discussions=some(POSTS),
    txt=some(MACHINE_TEXTS),
    complete=st.booleans(),
    block=st.builds(Block, all=st.booleans(), services=st.just(()) | st.just(("google", "amazon"))),
    update_frequency=st.none()
    | st.builds(UpdateFrequency, text=texts(128), rrule=st.none() | st.just("FREQ=DAILY")),
)
EPISODES = st.builds(
    Episode,
    id=st.just("x"),
    guid=texts(255),
    title=texts(255),
    subtitle=st.just("") | texts(255),
    summary=st.just("") | texts(3000),
    number=st.none() | st.integers(1, 9999),
    number_shown=st.just("") | texts(32),
    season=st.none() | st.just(1),
    type=st.sampled_from(EpisodeType),
    slug=st.just("folge"),
    date=st.builds(datetime.fromtimestamp, st.integers(631152000, 3786912000), ZONES),
    topics=some(texts(128)),
    people=CONTRIBUTIONS,
    location=some(PLACES),
    discussions=some(POSTS),
    txt=some(MACHINE_TEXTS),
    block=st.booleans(),
    explicit=st.booleans(),
    licence=st.none() | LICENCE,
    language=st.none() | st.sampled_from(("de", "en")),
    notes=texts(3000),
    cover=st.none() | st.just("bild.png"),
    cover_alt=st.just("") | texts(255),
    soundbites=some(
        st.builds(
            Soundbite,
            start=st.integers(0, 12000).map(lambda n: n / 4),
            duration=st.integers(15, 120),
            title=texts(128),
        )
    ),
    chapters=st.lists(texts(128), max_size=3).map(
        lambda titles: tuple(Chapter(start=n * 61.25, title=title) for n, title in enumerate(titles))
    ),
)


def house(show: Show, episode: Episode) -> House:
    facts = EpisodeFacts(
        audio=AudioFacts(editions=(edition("ab", DURATION_S),)), pictures={"bild.png": picture("ef")}
    )
    return House(
        settings=Settings(show=show, site=Site(name="Haus")),
        people=PEOPLE,
        episodes=(episode,),
        facts={episode.id: facts},
        pictures={show.cover: picture("cd")},
    )


def read(show: Show, episode: Episode) -> Any:
    """The channel, by a parser that forgives nothing; our own rules take it too."""
    made = house(show, episode)
    data = feed.render(made, (feed.Item(episode, edition("ab", DURATION_S)),))
    feed.read_back(data)
    return etree.fromstring(data, etree.XMLParser(recover=False)).find("channel")


def said(parent: Any, tag: str) -> list[str]:
    return [child.text or "" for child in parent.findall(tag, NAMESPACES)]


def given_in(parent: Any, tag: str, *attributes: str) -> list[tuple[str | None, ...]]:
    return [tuple(map(child.get, attributes)) for child in parent.findall(tag, NAMESPACES)]


@given(show=SHOWS, episode=EPISODES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_show_says_comes_back(show: Show, episode: Episode) -> None:
    channel = read(show, episode)
    assert said(channel, "title") == said(channel, "itunes:title") == [show.title]
    assert said(channel, "description") == [show.description]
    assert said(channel, "copyright") == [show.copyright] * bool(show.copyright)
    assert said(channel, "itunes:author") == [show.author]
    assert said(channel, "language") == [show.language]
    assert said(channel, "itunes:explicit") == [str(show.explicit).lower()]
    assert said(channel, "itunes:complete") == ["Yes"] * show.complete
    assert said(channel, "podcast:guid") == [feed.show_guid(house(show, episode))]
    assert said(channel, "podcast:locked") == ["yes" if show.locked else "no"]
    assert given_in(channel, "podcast:image", "alt") == [(show.cover_alt or None,)]
    assert said(channel, "podcast:location") == [place.name for place in show.location]
    assert given_in(channel, "podcast:location", "rel", "geo", "osm", "country") == [
        (place.rel, place.geo, place.osm, place.country) for place in show.location
    ]
    assert said(channel, "podcast:funding") == [page.text for page in show.funding]
    assert said(channel, "podcast:txt") == [one.text for one in show.txt]
    assert given_in(channel, "podcast:txt", "purpose") == [(one.purpose or None,) for one in show.txt]
    assert given_in(channel, "podcast:podroll/podcast:remoteItem", "feedGuid", "feedUrl", "title") == [
        (one.guid, one.url, one.title or None) for one in show.podroll
    ]
    assert given_in(channel, "podcast:socialInteract", "uri", "accountId", "accountUrl") == [
        (post.url, post.account, post.account_url) for post in show.discussions
    ]
    plan = show.update_frequency
    assert said(channel, "podcast:updateFrequency") == ([plan.text] if plan else [])
    names = [PEOPLE[one.person].name for one in show.people]
    assert said(channel, "podcast:person") == names
    assert given_in(channel, "podcast:license", "url") == [(show.licence.url,)]


@given(show=SHOWS, episode=EPISODES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_an_episode_says_comes_back(show: Show, episode: Episode) -> None:
    item = read(show, episode).find("item")
    assert said(item, "title") == said(item, "itunes:title") == [episode.title]
    assert said(item, "guid") == [episode.guid]
    (date,) = said(item, "pubDate")
    assert moment(date) == episode.date
    number = [str(episode.number)] if episode.number else []
    assert said(item, "itunes:episode") == said(item, "podcast:episode") == number
    assert given_in(item, "podcast:episode", "display") == [(episode.number_shown or None,)] * len(number)
    names = {one.number: one.name for one in show.seasons}
    assert said(item, "itunes:season") == ([str(episode.season)] if episode.season else [])
    assert given_in(item, "podcast:season", "name") == ([(names.get(1),)] if episode.season else [])
    assert said(item, "itunes:episodeType") == [episode.type.value]
    assert said(item, "itunes:explicit") == [str(episode.explicit).lower()]
    assert said(item, "itunes:block") == ["Yes"] * episode.block
    assert said(item, "category") == list(episode.topics)
    assert said(item, "podcast:location") == [place.name for place in episode.location]
    assert said(item, "podcast:txt") == [one.text for one in episode.txt]
    assert said(item, "podcast:soundbite") == [bite.title for bite in episode.soundbites]
    assert [float(start) for (start,) in given_in(item, "podcast:soundbite", "startTime")] == [
        round(bite.start, 3) for bite in episode.soundbites
    ]
    assert given_in(item, "psc:chapters/psc:chapter", "title") == [(one.title,) for one in episode.chapters]
    own = episode.language if episode.language != show.language else None
    assert said(item, "dc:language") == ([own] if own else [])
    assert said(item, "dc:rights") == [(episode.licence or show.licence).name]
    assert given_in(item, "podcast:image", "alt") == [(episode.cover_alt or None,)] * bool(episode.cover)
    assert len(said(item, "description")[0].encode()) <= 4000
