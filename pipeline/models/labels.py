"""What an episode's published files say about it: the one place that decides which value is which tag."""

from __future__ import annotations

from pipeline.models.audio import Label
from pipeline.models.episode import Episode
from pipeline.models.house import House


def label(house: House, episode: Episode) -> Label:
    """The label of an episode; of a public house, so that no hidden person's name gets into a file."""
    series = house.series.get(episode.series or "")
    people = tuple(house.people[c.person].shown_name for c in episode.people if c.person in house.people)
    pictures = house.of(episode).pictures
    shown = (pictures.get(chapter.picture or "") for chapter in episode.chapters)
    marks = tuple(facts.sha256 if facts else "" for facts in shown)
    return Label(
        title=episode.title,
        subtitle=episode.subtitle,
        people=people or (house.settings.show.author,),
        album=series.title if series else house.settings.show.title,
        date=f"{episode.date:%Y-%m-%d}",
        number=episode.number,
        comment=episode.summary,
        language=house.language(episode),
        guid=episode.guid,
        cover=_cover(house, episode),
        chapters=episode.chapters,
        pictures=marks if any(marks) else (),
    )


def _cover(house: House, episode: Episode) -> str:
    """The digest of the episode's own cover, else of the show's; "" if neither is there."""
    own = house.of(episode).pictures.get(episode.cover or "")
    facts = own or house.pictures.get(house.settings.show.cover)
    return facts.sha256 if facts else ""
