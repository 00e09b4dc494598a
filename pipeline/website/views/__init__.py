"""Values as templates show them, a file each for episodes, links, pictures and the spoken text."""

from pipeline.website.views.episodes import (
    COLOURS,
    course,
    institution,
    label,
    language,
    length,
    people,
    row,
    series_link,
    size,
)
from pipeline.website.views.links import link_groups, topic_link, topics
from pipeline.website.views.pictures import figures, portrait
from pipeline.website.views.talk import anchor_at, chapters, passages, transcript_links
from pipeline.website.views.times import short_clock
from pipeline.website.views.values import (
    Anchor,
    Audio,
    Brick,
    ChapterView,
    Day,
    Figure,
    Found,
    LinkGroup,
    LinkView,
    Passage,
    Row,
    Turn,
)

__all__ = [
    "COLOURS",
    "Anchor",
    "Audio",
    "Brick",
    "ChapterView",
    "Day",
    "Figure",
    "Found",
    "LinkGroup",
    "LinkView",
    "Passage",
    "Row",
    "Turn",
    "anchor_at",
    "chapters",
    "course",
    "figures",
    "institution",
    "label",
    "language",
    "length",
    "link_groups",
    "passages",
    "people",
    "portrait",
    "row",
    "series_link",
    "short_clock",
    "size",
    "topic_link",
    "topics",
    "transcript_links",
]
