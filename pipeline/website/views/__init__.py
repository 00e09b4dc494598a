"""Values as templates show them, a file each for episodes, links, pictures and the spoken text."""

from pipeline.website.views.codes import qr
from pipeline.website.views.episodes import (
    COLOURS,
    course,
    easy,
    institution,
    language,
    length,
    people,
    row,
    series_link,
    size,
)
from pipeline.website.views.links import dated, link_groups, topic_link, topics
from pipeline.website.views.pictures import figures, portrait
from pipeline.website.views.player import embedded_player, player
from pipeline.website.views.quality import label
from pipeline.website.views.sharing import (
    card,
    cover,
    episode_data,
    person_data,
    series_data,
    shared,
)
from pipeline.website.views.signing import sign_language
from pipeline.website.views.talk import anchor_at, chapters, passages, transcript, transcript_links
from pipeline.website.views.times import short_clock
from pipeline.website.views.translations import episode_translations, page_translations
from pipeline.website.views.values import (
    Anchor,
    Audio,
    Brick,
    ChapterView,
    Code,
    Day,
    Figure,
    Found,
    LinkGroup,
    LinkView,
    Passage,
    Row,
    Shared,
    Translation,
    Turn,
    Video,
)

__all__ = [
    "COLOURS",
    "Anchor",
    "Audio",
    "Brick",
    "ChapterView",
    "Code",
    "Day",
    "Figure",
    "Found",
    "LinkGroup",
    "LinkView",
    "Passage",
    "Row",
    "Shared",
    "Translation",
    "Turn",
    "Video",
    "anchor_at",
    "card",
    "chapters",
    "course",
    "cover",
    "dated",
    "easy",
    "embedded_player",
    "episode_data",
    "episode_translations",
    "figures",
    "institution",
    "label",
    "language",
    "length",
    "link_groups",
    "page_translations",
    "passages",
    "people",
    "person_data",
    "player",
    "portrait",
    "qr",
    "row",
    "series_data",
    "series_link",
    "shared",
    "short_clock",
    "sign_language",
    "size",
    "topic_link",
    "topics",
    "transcript",
    "transcript_links",
]
