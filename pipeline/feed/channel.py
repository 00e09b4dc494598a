"""The channel's tags that feedgen does not write, or writes wrong: a row each."""

from __future__ import annotations

import uuid

from pipeline.feed import categories
from pipeline.feed.rows import Element, Row, some
from pipeline.models import FEED, Addresses, House, Show

GUID_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_APPLE, _P20 = "Apple, A Podcaster's Guide to RSS", "Podcasting 2.0"


def guid_of(feed_address: str) -> str:
    """UUIDv5 of a feed's address without scheme and trailing slashes (P20, guid)."""
    return str(uuid.uuid5(GUID_NAMESPACE, feed_address.partition("://")[2].rstrip("/")))


def show_guid(show: Show) -> str:
    """The show's identity: the one it was given, else that of its feed's address."""
    return show.guid or guid_of(Addresses(show).absolute(FEED))


def _categories(house: House) -> tuple[Element, ...]:
    def one(name: str) -> Element:
        main, sub = categories.parts(name)
        below = (("itunes:category", Element(attributes={"text": sub})),) if sub else ()
        return Element(attributes={"text": main}, children=below)

    return tuple(one(name) for name in house.settings.show.categories)


def _image(house: House) -> tuple[Element, ...]:
    show = house.settings.show
    facts = house.pictures.get(show.cover)
    if facts is None:
        return ()
    addresses = Addresses(show)
    return (Element(attributes={"href": addresses.absolute(addresses.picture(show.cover, facts))}),)


def _owner(house: House) -> tuple[Element, ...]:
    owner = house.settings.show.owner
    children = (("itunes:name", Element(owner.name)), ("itunes:email", Element(owner.email)))
    return (Element(children=children),)


def _licence(house: House) -> tuple[Element, ...]:
    licence = house.settings.show.licence
    return (Element(licence.identifier.lower(), {"url": licence.url}),)


def _locked(house: House) -> tuple[Element, ...]:
    show = house.settings.show
    return (Element("yes" if show.locked else "no", {"owner": show.owner.email}),)


CHANNEL: tuple[Row[House], ...] = (
    Row("itunes:author", f"{_APPLE}; PSP-1", lambda h: some(h.settings.show.author)),
    Row("itunes:category", f"{_APPLE}, categories", _categories),
    Row("itunes:explicit", f"{_APPLE}; PSP-1", lambda h: some(str(h.settings.show.explicit).lower())),
    Row("itunes:image", f"{_APPLE}, artwork", _image),
    Row("itunes:owner", "PSP-1", _owner),
    Row("itunes:type", _APPLE, lambda h: some(h.settings.show.type.value)),
    Row("podcast:guid", f"{_P20}, guid", lambda h: some(show_guid(h.settings.show))),
    Row("podcast:license", f"{_P20}, license", _licence),
    Row("podcast:locked", f"{_P20}, locked", _locked),
    Row("podcast:medium", f"{_P20}, medium", lambda _: some("podcast")),
)
