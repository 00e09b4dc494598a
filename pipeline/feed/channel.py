"""The channel's tags, a row each in the order of their names."""

from __future__ import annotations

import uuid
from email.utils import format_datetime

from pipeline.feed import categories, saying
from pipeline.feed.rows import (
    APPLE,
    P20,
    PSP,
    RSS,
    Channel,
    Element,
    Row,
    by_feedgen,
    given,
    short,
    some,
)
from pipeline.messages import Translator, msg
from pipeline.models import (
    FEED,
    Addresses,
    Edition,
    Episode,
    House,
    PictureFacts,
    RemoteFeed,
    Show,
)
from pipeline.models.limits import SMALL_PICTURE

GUID_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
SMALL_PIXELS, _ = SMALL_PICTURE
CATEGORY_LIST = "https://podcasters.apple.com/support/1691-apple-podcasts-categories"


def guid_of(feed_address: str) -> str:
    """UUIDv5 of a feed's address without scheme and trailing slashes (P20, guid)."""
    return str(uuid.uuid5(GUID_NAMESPACE, feed_address.partition("://")[2].rstrip("/")))


def show_guid(house: House) -> str:
    """The show's identity: the one it was given, else the published one, else that of its feed's address.

    It is computed once and kept when the feed moves (P20, guid).
    """
    published = house.ledger.show
    given = house.settings.show.guid or (published.guid if published else None)
    return given or guid_of(Addresses.of(house).absolute(FEED))


def feed_guid(house: House, path: str) -> str:
    """The identity of the feed at a path of the site; further feeds keep theirs too when the site moves."""
    return show_guid(house) if path == FEED else guid_of(Addresses.of(house).at_first(path))


def _show(channel: Channel) -> Show:
    return channel.house.settings.show


def _cover(channel: Channel) -> tuple[str, PictureFacts | None]:
    """The cover's name and what its file holds."""
    return channel.feed.cover, channel.house.pictures.get(channel.feed.cover)


def _cover_address(channel: Channel) -> str:
    name, facts = _cover(channel)
    return channel.addresses.absolute(channel.addresses.picture(name, facts)) if facts else ""


def _categories(channel: Channel) -> tuple[Element, ...]:
    """The categories as RSS writes a hierarchy: with slashes."""
    paths = ("/".join(filter(None, categories.parts(name))) for name in _show(channel).categories)
    return tuple(Element(path, {"domain": CATEGORY_LIST}) for path in paths)


def _apple_categories(channel: Channel) -> tuple[Element, ...]:
    def one(name: str) -> Element:
        main, sub = categories.parts(name)
        below = (("itunes:category", Element(attributes={"text": sub})),) if sub else ()
        return Element(attributes={"text": main}, children=below)

    return tuple(one(name) for name in _show(channel).categories)


def _small_image(channel: Channel) -> tuple[Element, ...]:
    """The cover, small; title and link are the channel's, as RSS asks."""
    own, (_, facts) = channel.feed, _cover(channel)
    if facts is None:
        return ()
    side = max(facts.width, facts.height)
    width, height = (max(1, round(SMALL_PIXELS * length / side)) for length in (facts.width, facts.height))
    parts = {
        "url": channel.addresses.absolute(channel.addresses.small_picture(facts)),
        "title": own.title.strip(),
        "link": channel.addresses.absolute(own.page),
        "width": str(width),
        "height": str(height),
        "description": own.cover_alt,
    }
    return (Element(children=tuple((tag, Element(text)) for tag, text in parts.items() if text)),)


def _image(channel: Channel) -> tuple[Element, ...]:
    address = _cover_address(channel)
    return (Element(attributes={"href": address}),) if address else ()


def _described_image(channel: Channel) -> tuple[Element, ...]:
    _, facts = _cover(channel)
    return saying.picture(_cover_address(channel), facts, channel.feed.cover_alt) if facts else ()


def _owner(channel: Channel) -> tuple[Element, ...]:
    owner = _show(channel).owner
    return (Element(children=(("itunes:name", Element(owner.name)), ("itunes:email", Element(owner.email)))),)


def _hub(channel: Channel) -> tuple[Element, ...]:
    hub = channel.house.settings.feed.hub
    return (Element(attributes={"rel": "hub", "href": hub}),) if hub else ()


def _moved(channel: Channel) -> tuple[Element, ...]:
    """Where the main feed went from here; after a move of the whole site, each feed's own new address.

    Apps that an old address leads here learn from that to ask here from now on (Apple, Change the RSS feed
    URL). Archive pages say nothing: they stay as they are.
    """
    addresses, main = channel.addresses, channel.address == FEED
    if main and (gone := channel.house.settings.feed.moved_to):
        return some(gone)
    before = addresses.former_feeds if main else addresses.former_sites
    return some(addresses.absolute(channel.address)) if before and not channel.archive else ()


def _blocks(channel: Channel) -> tuple[Element, ...]:
    block = _show(channel).block
    return (
        *((Element("yes"),) if block.all else ()),
        *(Element("yes", {"id": service}) for service in block.services),
        *(Element("no", {"id": service}) for service in block.allowed),
    )


def _funding(channel: Channel) -> tuple[Element, ...]:
    return tuple(Element(page.text, {"url": page.url}) for page in _show(channel).funding)


def _locked(channel: Channel) -> tuple[Element, ...]:
    show = _show(channel)
    return (Element("yes" if show.locked else "no", {"owner": show.owner.email}),)


def _remote(feed: RemoteFeed, medium: str = "") -> tuple[str, Element]:
    attributes = given(feedGuid=feed.guid, feedUrl=feed.url, title=feed.title, medium=medium)
    return "podcast:remoteItem", Element(attributes=attributes)


def _podroll(channel: Channel) -> tuple[Element, ...]:
    recommended = tuple(_remote(feed) for feed in _show(channel).podroll)
    return (Element(children=recommended),) if recommended else ()


def _publisher(channel: Channel) -> tuple[Element, ...]:
    publisher = _show(channel).publisher
    return (Element(children=(_remote(publisher, "publisher"),)),) if publisher else ()


def _trailers(channel: Channel) -> tuple[Element, ...]:
    """Every published trailer, newest first."""
    house = channel.house
    made = ((one, house.of(one).audio.editions) for one in house.episodes)
    return tuple(_trailer(channel, episode, editions[0]) for episode, editions in made if editions)


def _trailer(channel: Channel, episode: Episode, edition: Edition) -> Element:
    attributes = given(
        url=channel.addresses.absolute(channel.addresses.audio(episode, edition)),
        pubdate=format_datetime(episode.date),
        length=edition.bytes,
        type=edition.type,
        season=episode.season,
    )
    return Element(short(episode.title.strip()), attributes)


def _frequency(channel: Channel) -> tuple[Element, ...]:
    plan = _show(channel).update_frequency
    if plan is None:
        return ()
    complete = "true" if plan.complete else None
    return (Element(plan.text, given(complete=complete, dtstart=plan.start, rrule=plan.rrule)),)


def _pages(channel: Channel) -> tuple[Element, ...]:
    """Where the feed's other documents lie; only to older ones, so that an archive page keeps its bytes."""
    return tuple(
        Element(
            attributes={
                "href": channel.addresses.absolute(path),
                "rel": relation,
                "type": "application/rss+xml",
            }
        )
        for relation, path in channel.links
    )


def _archived(channel: Channel) -> tuple[Element, ...]:
    return (Element(),) if channel.archive else ()


def _for_readers(channel: Channel) -> tuple[Element, ...]:
    """What a person reads who opens the feed in a browser: its style sheet cannot make links by itself."""
    say = Translator(channel.feed.language)
    page = channel.addresses.absolute(channel.addresses.subscribe(channel.feed.path))
    told = say(msg("This is a podcast feed: podcast apps read it."))
    link = Element(say(msg("How to subscribe")), {"href": page})
    return (Element(f"{told} ", children=(("xhtml:a", link),)),)


_CHANNEL, _OPTIONAL = f"{RSS}, required channel elements", f"{RSS}, optional channel elements"

CHANNEL: tuple[Row[Channel], ...] = (
    Row("atom:link", f"RFC 4287, 4.2.7; {PSP}", by_feedgen, "show.address (rel=self)"),
    Row("atom:link", "WebSub, 4 Discovery", _hub, "feed.hub (rel=hub)"),
    Row("atom:link", "RFC 5005, 3 Paged Feeds, 4 Archived Feeds", _pages, "feed.items"),
    Row("category", f"{_OPTIONAL}, category", _categories, "show.categories"),
    Row("copyright", f"{_OPTIONAL}; {PSP}", by_feedgen, "show.copyright"),
    Row("description", _CHANNEL, by_feedgen, "show.description"),
    Row("docs", _OPTIONAL, by_feedgen, "–"),
    Row("fh:archive", "RFC 5005, 4 Archived Feeds", _archived, "feed.items"),
    Row("generator", _OPTIONAL, by_feedgen, "–"),
    Row("image", f"{_OPTIONAL}, image", _small_image, "show.cover, show.cover_alt"),
    Row("itunes:author", f"{APPLE}; {PSP}", lambda c: some(_show(c).author), "show.author"),
    Row("itunes:block", f"{APPLE}, itunes:block", lambda c: saying.yes(_show(c).block.all), "show.block"),
    Row("itunes:category", f"{APPLE}, itunes:category", _apple_categories, "show.categories"),
    Row("itunes:complete", f"{APPLE}, itunes:complete", lambda c: saying.yes(_show(c).complete),
        "show.complete"),
    Row("itunes:explicit", f"{APPLE}; {PSP}", lambda c: some(str(_show(c).explicit).lower()),
        "show.explicit"),
    Row("itunes:image", f"{APPLE}, itunes:image", _image, "show.cover"),
    Row(
        "itunes:new-feed-url",
        f"{APPLE}, itunes:new-feed-url",
        _moved,
        "feed.moved_to; after a move, the feed's own address",
    ),
    Row("itunes:owner", PSP, _owner, "show.owner"),
    Row("itunes:title", f"{APPLE}, itunes:title", lambda c: some(c.feed.title.strip()), "show.title"),
    Row("itunes:type", f"{APPLE}, itunes:type", lambda c: some(_show(c).type.value), "show.type"),
    Row("language", f"{_OPTIONAL}; {APPLE}; {PSP}", by_feedgen, "show.language"),
    Row("lastBuildDate", _OPTIONAL, by_feedgen, "date of the newest episode"),
    Row("link", _CHANNEL, by_feedgen, "show.address"),
    Row("podcast:block", f"{P20}, block", _blocks, "show.block"),
    Row("podcast:funding", f"{P20}, funding", _funding, "show.funding"),
    Row("podcast:guid", f"{P20}, guid", lambda c: some(c.feed.guid), "show.guid, else show.address"),
    Row("podcast:image", f"{P20}, image", _described_image, "show.cover, show.cover_alt"),
    Row("podcast:license", f"{P20}, license", lambda c: saying.licence(_show(c).licence), "show.licence"),
    Row("podcast:location", f"{P20}, location", lambda c: saying.locations(_show(c).location),
        "show.location"),
    Row("podcast:locked", f"{P20}, locked", _locked, "show.locked, show.owner"),
    Row("podcast:medium", f"{P20}, medium", lambda _: some("podcast"), "–"),
    Row("podcast:person", f"{P20}, person; taxonomy.json",
        lambda c: saying.people(_show(c).people, c.house, c.addresses), "show.people, content/people"),
    Row("podcast:podroll", f"{P20}, podroll", _podroll, "show.podroll"),
    Row("podcast:publisher", f"{P20}, publisher", _publisher, "show.publisher"),
    Row("podcast:socialInteract", f"{P20}, socialInteract",
        lambda c: saying.discussions(_show(c).discussions), "show.discussions"),
    Row("podcast:trailer", f"{P20}, trailer", _trailers, "episodes of the type trailer"),
    Row("podcast:txt", f"{P20}, txt", lambda c: saying.texts(_show(c).txt), "show.txt"),
    Row("podcast:updateFrequency", f"{P20}, updateFrequency", _frequency, "show.update_frequency"),
    Row("pubDate", _OPTIONAL, by_feedgen, "date of the newest episode"),
    Row("title", _CHANNEL, by_feedgen, "show.title"),
    Row("xhtml:p", f"{RSS}, Extending RSS; XHTML 1.0", _for_readers, "–"),
)  # fmt: skip
