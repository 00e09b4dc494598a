"""A podcast as its feed tells it, in the house's own words: front matter to be, and what is left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.messages import Message
from pipeline.models import Chapter
from pipeline.moving.notes import markdown


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not carried over, or not as it stood: the tag, what it said, and why."""

    tag: str
    said: str = ""
    why: Message | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom the feed names: role of the taxonomy, page and picture by address ("" for none)."""

    name: str
    role: str
    page: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Sound:
    """An enclosure: address, MIME type, bytes (0 where the feed gives none), bits per second, and the SHA-256
    of the file, hexadecimal ("" where the feed gives none)."""

    address: str
    type: str = ""
    bytes: int = 0
    bit_rate: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A transcript that the feed offers: address, MIME type, language."""

    address: str
    type: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """One item. `values` are fields of the front matter, checked one by one; `link` is its old page.

    `dated`: the feed gave a date; without one the episode is a draft. `html` are its notes, cleaned.
    `cover_alt` says what the cover shows, `season_name` how apps call the season.
    """

    guid: str
    title: str
    date: datetime
    sound: Sound
    slug: str = ""
    dated: bool = True
    values: Mapping[str, object] = field(default_factory=dict)
    html: str = ""
    link: str = ""
    duration_s: float | None = None
    people: tuple[Named, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    chapters_address: str = ""
    pictures: Mapping[float, str] = field(default_factory=dict)
    transcripts: tuple[Offered, ...] = ()
    cover: str = ""
    cover_alt: str = ""
    season_name: str = ""
    more_sounds: tuple[Sound, ...] = ()
    left: tuple[Left, ...] = ()

    @property
    def notes(self) -> str:
        """The show notes as Markdown; made when asked for: an episode that is known already needs none."""
        return markdown(self.html)


@dataclass(frozen=True, slots=True)
class Podcast:
    """The whole: `show` are keys of `[show]`, items newest first, `left` what concerns no single item.

    `feed` are keys of `[feed]`, `address` is where the feed lay ("" for a file that does not say it).
    `missing` names the keys that `podcast.toml` needs and the feed does not give.
    """

    show: Mapping[str, object]
    feed: Mapping[str, object] = field(default_factory=dict)
    address: str = ""
    people: tuple[Named, ...] = ()
    cover: str = ""
    site: str = ""
    episodes: tuple[Imported, ...] = ()
    left: tuple[Left, ...] = ()
    notes: tuple[Message, ...] = ()
    missing: tuple[str, ...] = ()
