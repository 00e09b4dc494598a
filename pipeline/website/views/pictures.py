"""A picture with its caption, the people shown, credit and rights."""

from __future__ import annotations

from pipeline.models import Episode, Person, Picture, PictureFacts
from pipeline.website.context import Context
from pipeline.website.views.values import Figure


def _figure(context: Context, picture: Picture, path: str, facts: PictureFacts | None) -> Figure:
    return Figure(
        src=context.href(path) if facts else "",
        width=facts.width if facts else 0,
        height=facts.height if facts else 0,
        alt="" if picture.decorative else picture.alt,
        caption=picture.caption,
        people=", ".join(context.names.get(name, name) for name in picture.people),
        portrait=facts.height > facts.width if facts else len(picture.people) == 1,
        credit=picture.credit,
        rights=picture.licence.name if picture.licence else (picture.rights or ""),
        rights_href=picture.licence.url if picture.licence else "",
    )


def figures(context: Context, episode: Episode) -> tuple[Figure, ...]:
    """The pictures of an episode's page; a neutral one stands in for a file that is not there."""
    known, addresses = context.house.of(episode).pictures, context.addresses
    found = ((picture, picture.file or "") for picture in episode.pictures)
    return tuple(
        _figure(
            context, picture, addresses.picture(name, known[name]) if name in known else "", known.get(name)
        )
        for picture, name in found
    )


def portrait(context: Context, person: Person) -> Figure | None:
    """A person's portrait."""
    if person.portrait is None:
        return None
    facts = context.house.portraits.get(person.id)
    path = context.addresses.picture(person.id, facts) if facts else ""
    return _figure(context, person.portrait, path, facts)
