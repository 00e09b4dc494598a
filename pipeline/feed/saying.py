"""What channel and item say in the same words: people, places, pictures, licences, posts."""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd

from pipeline.feed.rows import Element, given, short
from pipeline.models import (
    LICENCES,
    ROLES,
    Addresses,
    Contribution,
    Discussion,
    House,
    Licence,
    Location,
    PictureFacts,
    Txt,
)
from pipeline.models.limits import COVER_PIXELS


def people(contributions: Iterable[Contribution], house: House, addresses: Addresses) -> tuple[Element, ...]:
    """Each person with role and group, their portrait, and their page; of a hidden one the word for guest."""
    return tuple(_person(one, house, addresses) for one in contributions if one.person in house.people)


def _person(contribution: Contribution, house: House, addresses: Addresses) -> Element:
    person = house.people[contribution.person]
    portrait = house.portraits.get(person.id)
    return Element(
        short(person.shown_name),
        given(
            role=contribution.role,
            group=ROLES[contribution.role][0],
            img=addresses.absolute(addresses.single(portrait)) if portrait else None,
            href=None if person.hidden else addresses.absolute(addresses.person(person.id)),
        ),
    )


def locations(places: Iterable[Location]) -> tuple[Element, ...]:
    """Each place in words, with what it has to do with the content, coordinates and country."""
    return tuple(
        Element(place.name, given(rel=place.rel, geo=place.geo, osm=place.osm, country=place.country))
        for place in places
    )


def licence(one: Licence) -> tuple[Element, ...]:
    """A well-known licence by its identifier in lower case, another one by its name; the address always."""
    name = one.identifier.lower() if one.identifier in LICENCES else short(one.name)
    return (Element(name, {"url": one.url}),)


def picture(address: str, facts: PictureFacts, alt: str) -> tuple[Element, ...]:
    """A cover with its text for people who do not see it, true to the file; artwork once it has the size."""
    least, most = COVER_PIXELS
    fits = facts.width == facts.height and least <= facts.width <= most
    common = gcd(facts.width, facts.height) or 1
    ratio = f"{facts.width // common}/{facts.height // common}"
    attributes: dict[str, object] = {
        "href": address,
        "alt": alt,
        "aspect-ratio": ratio,
        "width": facts.width,
        "height": facts.height,
        "type": f"image/{facts.format.lower()}",
        "purpose": "artwork" if fits else None,
    }
    return (Element(attributes=given(**attributes)),)


def discussions(posts: tuple[Discussion, ...]) -> tuple[Element, ...]:
    """Each post; the order they are written in is the order of preference."""
    return tuple(
        Element(
            attributes=given(
                priority=position if len(posts) > 1 else None,
                protocol=post.protocol,
                uri=post.url,
                accountId=post.account,
                accountUrl=post.account_url,
            )
        )
        for position, post in enumerate(posts, 1)
    )


def texts(found: Iterable[Txt]) -> tuple[Element, ...]:
    """Each text for a machine, with its purpose where it has one."""
    return tuple(Element(one.text, given(purpose=one.purpose)) for one in found)


def yes(wanted: bool) -> tuple[Element, ...]:
    """`Yes`, the only word that Apple reads in these elements, or nothing."""
    return (Element("Yes"),) if wanted else ()
