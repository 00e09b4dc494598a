"""A picture with its versions, its caption, the people shown, credit and rights."""

from __future__ import annotations

from pipeline.models import MODERN, Chapter, Episode, Person, Picture, PictureFacts, common, versions, widest
from pipeline.website.context import Context
from pipeline.website.views.values import Figure


def figures(context: Context, episode: Episode) -> tuple[Figure, ...]:
    """The pictures of an episode's page; a neutral one stands in for a file that is not there."""
    known = context.house.of(episode).pictures
    return tuple(_figure(context, picture, known.get(picture.file or "")) for picture in episode.pictures)


def chapter_picture(context: Context, episode: Episode, chapter: Chapter) -> Figure | None:
    """A chapter's picture, where it is there; without words for it, it only decorates."""
    facts = context.house.of(episode).pictures.get(chapter.picture or "")
    if facts is None:
        return None
    shown = Picture(file=chapter.picture, alt=chapter.picture_alt, decorative=not chapter.picture_alt)
    return _figure(context, shown, facts)


def portrait(context: Context, person: Person) -> Figure | None:
    """A person's portrait."""
    if person.portrait is None:
        return None
    return _figure(context, person.portrait, context.house.portraits.get(person.id))


def _figure(context: Context, picture: Picture, facts: PictureFacts | None) -> Figure:
    size = widest(facts) if facts else None
    return Figure(
        src=context.href(context.addresses.single(facts)) if facts else "",
        srcset=_srcset(context, facts, common(facts)) if facts else "",
        sources=tuple((type_, _srcset(context, facts, suffix)) for suffix, type_ in MODERN) if facts else (),
        width=size.width if size else 0,
        height=size.height if size else 0,
        alt="" if picture.decorative else picture.alt,
        caption=picture.caption,
        people=", ".join(context.names.get(name, name) for name in picture.people),
        portrait=facts.height > facts.width if facts else len(picture.people) == 1,
        credit=picture.credit,
        rights=picture.licence.name if picture.licence else (picture.rights or ""),
        rights_href=picture.licence.url if picture.licence else "",
    )


def _srcset(context: Context, facts: PictureFacts, suffix: str) -> str:
    """`/bilder/0a1b-240.1.avif 240w, …` (HTML, 4.8.4.2.1)."""
    made = versions(facts, suffix)
    return ", ".join(f"{context.href(context.addresses.version(facts, v))} {v.width}w" for v in made)
