"""Links around the talk and links to topics, in words."""

from __future__ import annotations

from pipeline.messages import Message, msg
from pipeline.models import Episode, Link, LinkKind, Topic, slug
from pipeline.website.context import Context
from pipeline.website.views.talk import anchor_at
from pipeline.website.views.times import short_clock
from pipeline.website.views.values import Anchor, Day, LinkGroup, LinkView

KINDS: dict[LinkKind, Message] = {
    LinkKind.SOURCE: msg("Sources and links"),
    LinkKind.CATALOGUE: msg("In the catalogue"),
    LinkKind.COURSE: msg("Courses"),
    LinkKind.EVENT: msg("Events"),
    LinkKind.MATERIAL: msg("Material"),
}


def link_groups(
    context: Context, links: tuple[Link, ...], episode: Episode | None = None
) -> tuple[LinkGroup, ...]:
    """Links by kind, in the order of `KINDS`; passages lead into the transcript of `episode`."""
    made = (
        LinkGroup(
            context.t(title), tuple(_link(context, link, episode) for link in links if link.kind is kind)
        )
        for kind, title in KINDS.items()
    )
    return tuple(group for group in made if group.links)


def dated(groups: tuple[LinkGroup, ...]) -> bool:
    """Whether something among these links is over one day."""
    return any(link.ends for group in groups for link in group.links)


def _link(context: Context, link: Link, episode: Episode | None) -> LinkView:
    isbn = context.t(msg("ISBN {number}", number=link.isbn)) if link.isbn else ""
    course = context.t(msg("course {number}", number=link.course_number)) if link.course_number else ""
    return LinkView(
        href=link.url,
        title=link.title,
        notes=tuple(note for note in (isbn, course) if note),
        ends=Day(context.day(link.ends), link.ends.isoformat()) if link.ends else None,
        passage=_passage(context, link, episode),
    )


def _passage(context: Context, link: Link, episode: Episode | None) -> Anchor | None:
    if episode is None or link.passage is None:
        return None
    anchor = anchor_at(context, episode, link.passage)
    return Anchor(f"#{anchor}", short_clock(link.passage)) if anchor else None


def topic_link(context: Context, topic: Topic, note: str = "") -> Anchor:
    """A topic as a link."""
    return Anchor(context.href(context.addresses.topic(topic.id)), topic.title, note=note)


def topics(context: Context, episode: Episode) -> tuple[Anchor, ...]:
    """The episode's topics as links, each once; a name without any letter or digit has no page."""
    found = {slug(name): context.house.topic(name) for name in episode.topics if slug(name)}
    return tuple(topic_link(context, topic) for topic in found.values())
