"""What every page is made from: one public house, its published audio, its language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from pipeline.feed import Feed, feeds
from pipeline.messages import Translator
from pipeline.models import FEED, Addresses, Edition, Episode, House


@dataclass(frozen=True, slots=True)
class Context:
    """A public house, or the part of it that a page may look at, in one language.

    By episode id, `words` are the paths of word times; `names` are the names that may be shown by person id,
    `feeds` all of its feeds, the main one first. `drawn` is the digest of what cards are drawn with.
    """

    house: House
    addresses: Addresses
    t: Translator
    zone: ZoneInfo
    names: Mapping[str, str]
    feeds: tuple[Feed, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    drawn: str = ""

    @classmethod
    def of(cls, house: House, drawn: str = "") -> Context:
        """The context of a house as the public may see it."""
        show = house.settings.show
        return cls(
            house=house,
            addresses=Addresses.of(house),
            t=Translator(show.language),
            zone=ZoneInfo(show.time_zone),
            names={person.id: person.shown_name for person in house.people.values()},
            feeds=tuple(one for one, _ in feeds(house)),
            drawn=drawn,
        )

    def edition(self, episode: Episode) -> Edition | None:
        """The audio file that an episode's page and the main feed name; None where nothing is published."""
        editions = self.house.of(episode).audio.editions
        return editions[0] if editions else None

    def href(self, path: str) -> str:
        """The address of a path of the site, as pages link to it."""
        return self.addresses.href(path)

    def local(self, moment: datetime) -> date:
        """The day of a moment in the show's time zone."""
        return moment.astimezone(self.zone).date()

    def day(self, value: date) -> str:
        """A date in words: `14. Mai 2021`."""
        return str(format_date(value, "long", locale=self.t.language))

    def day_of_year(self, value: date) -> str:
        """A date below a year's heading: `14. Mai`."""
        pattern = "d. MMMM" if self.t.language == "de" else "d MMMM"
        return str(format_date(value, pattern, locale=self.t.language))

    def only(self, episodes: Iterable[Episode], *, feeds: Collection[str] = (), words: str = "") -> Context:
        """The same with these episodes only, in this order, and with the main feed and those at these paths.

        `words` are the word times of the first of them.
        """
        shown = tuple(episodes)
        house = replace(self.house, episodes=shown, facts={one.id: self.house.of(one) for one in shown})
        known = tuple(one for one in self.feeds if one.path in {FEED, *feeds})
        return replace(self, house=house, feeds=known, words={shown[0].id: words} if words else {})
