"""What machines read of a page: Open Graph for links that are shared, schema.org for search engines."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from pipeline.models import FEED, Edition, Episode, Person, Series, Topic, slug
from pipeline.website.context import Context
from pipeline.website.drawing import HEIGHT, WIDTH, Card
from pipeline.website.views.episodes import institution, length
from pipeline.website.views.talk import transcript_links
from pipeline.website.views.values import Shared

GND, WIKIDATA = "https://d-nb.info/gnd/", "https://www.wikidata.org/entity/"
Thing = dict[str, Any]


def card(context: Context, episode: Episode) -> Card:
    """The drawn picture of an episode."""
    house, colour = institution(context, episode)
    day = context.day(context.local(episode.date))
    edition = context.edition(episode)
    total = edition.duration_s if edition else 0.0
    starts = sorted(chapter.start for chapter in episode.chapters)
    edges = [0.0, *starts[1:], total] if starts and starts[-1] < total else []
    bricks = tuple(
        (round(start / total, 4), round((end - start) / total, 4)) for start, end in pairwise(edges)
    )
    eyebrow = " · ".join(part for part in (house, day, length(context, episode)) if part)
    return Card(episode.title, eyebrow, context.house.settings.site.name, colour, bricks, context.drawn)


def shared(context: Context, episode: Episode) -> Shared:
    """The card of an episode as pages name it."""
    address = context.addresses.absolute(context.addresses.card(card(context, episode).mark))
    return Shared(address, WIDTH, HEIGHT, episode.title)


def cover(context: Context) -> Shared | None:
    """The show's cover, which stands for every other page."""
    show = context.house.settings.show
    facts = context.house.pictures.get(show.cover)
    if facts is None:
        return None
    address = context.addresses.absolute(context.addresses.picture(show.cover, facts))
    return Shared(address, facts.width, facts.height, show.cover_alt)


def episode_data(context: Context, episode: Episode) -> Thing:
    """schema.org PodcastEpisode, with what every reader of it needs to know whom and what it is about."""
    address = context.addresses.absolute(context.addresses.episode(episode))
    edition = context.edition(episode)
    known = context.house.people
    people = [known[c.person] for c in episode.people if c.person in known and not known[c.person].hidden]
    return _said(
        {
            "@context": "https://schema.org",
            "@type": "PodcastEpisode",
            "url": address,
            "name": episode.title,
            "description": " ".join(episode.summary.split()),
            "datePublished": context.local(episode.date).isoformat(),
            "episodeNumber": episode.number,
            "inLanguage": context.house.language(episode),
            "license": context.house.licence(episode).url,
            "timeRequired": _duration(edition.duration_s) if edition else None,
            "associatedMedia": _media(context, episode, edition) if edition else None,
            "partOfSeries": series_data(context),
            "about": [
                topic_data(context, context.house.topic(name)) for name in episode.topics if slug(name)
            ],
            "contributor": [_person(context, person) for person in people],
            "accessibilityFeature": ["transcript"] if transcript_links(context, episode) else None,
            "hasPart": _clips(episode, address, edition),
        }
    )


def _topics(context: Context, episode: Episode) -> list[Topic]:
    """Its topics; one without any letter has no page, and no id."""
    return [context.house.topic(name) for name in episode.topics if slug(name)]


def series_data(context: Context, series: Series | None = None) -> Thing:
    """schema.org PodcastSeries: the show, or a series of it."""
    show, addresses = context.house.settings.show, context.addresses
    facts = context.house.pictures.get((series.cover if series else None) or show.cover)
    return _said(
        {
            "@type": "PodcastSeries",
            "name": series.title if series else show.title,
            "url": addresses.absolute(addresses.series(series.id) if series else ""),
            "description": (series.description if series else "") or show.description,
            "webFeed": addresses.absolute(FEED),
            "inLanguage": show.language,
            "image": addresses.absolute(addresses.picture(show.cover, facts)) if facts else None,
            "publisher": {"@type": "Organization", "name": show.owner.name},
        }
    )


def person_data(context: Context, person: Person) -> Thing:
    """schema.org Person with the identifiers by which libraries know them."""
    return {"@context": "https://schema.org", **_person(context, person)}


def topic_data(context: Context, topic: Topic) -> Thing:
    """schema.org Thing with the topic's identifiers."""
    address = context.addresses.absolute(context.addresses.topic(topic.id))
    return _said({"@type": "Thing", "name": topic.title, "url": address, "sameAs": _ids(topic)})


def _person(context: Context, person: Person) -> Thing:
    facts = context.house.portraits.get(person.id)
    addresses = context.addresses
    return _said(
        {
            "@type": "Person",
            "name": person.shown_name,
            "url": addresses.absolute(addresses.person(person.id)),
            "jobTitle": person.role,
            "image": addresses.absolute(addresses.single(facts)) if facts else None,
            "sameAs": [*_ids(person), *(link.url for link in person.links)],
        }
    )


def _ids(known: Person | Topic) -> list[str]:
    gnd = [GND + known.gnd] if known.gnd else []
    return gnd + ([WIKIDATA + known.wikidata] if known.wikidata else [])


def _media(context: Context, episode: Episode, edition: Edition) -> Thing:
    return {
        "@type": "AudioObject",
        "contentUrl": context.addresses.absolute(context.addresses.audio(episode, edition)),
        "encodingFormat": edition.type,
        "contentSize": str(edition.bytes),
        "duration": _duration(edition.duration_s),
    }


def _clips(episode: Episode, address: str, edition: Edition | None) -> list[Thing]:
    starts = sorted(episode.chapters, key=lambda chapter: chapter.start)
    ends = [*(chapter.start for chapter in starts[1:]), edition.duration_s if edition else None]
    return [
        _said(
            {
                "@type": "Clip",
                "name": chapter.title,
                "startOffset": round(chapter.start),
                "endOffset": round(end) if end else None,
                "url": f"{address}#t={round(chapter.start)}",
            }
        )
        for chapter, end in zip(starts, ends, strict=False)
    ]


def _duration(seconds: float) -> str:
    """ISO 8601: `PT1H2M3S`."""
    minutes, rest = divmod(round(seconds), 60)
    parts = ((minutes // 60, "H"), (minutes % 60, "M"), (rest, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def _said(thing: Thing) -> Thing:
    """Without what nobody knows."""
    return {key: value for key, value in thing.items() if value not in (None, "", [])}
