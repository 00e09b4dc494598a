"""What every page is made from: one public house, its published audio, its language, the build's day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from pipeline.feed import Feed, feeds
from pipeline.messages import Translator
from pipeline.models import Addresses, Edition, House


@dataclass(frozen=True, slots=True)
class Context:
    """A public house in one language; `today` (in the show's time zone) marks past events.

    By episode id, `editions` are the published audio files, `words` the paths of word times; `names` are
    the names that may be shown by person id, `feeds` all of its feeds, the main one first.
    """

    house: House
    editions: Mapping[str, Edition]
    today: date
    addresses: Addresses
    t: Translator
    zone: ZoneInfo
    names: Mapping[str, str]
    words: Mapping[str, str]
    feeds: tuple[Feed, ...] = ()

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


def context(house: House, editions: Mapping[str, Edition], today: date, words: Mapping[str, str]) -> Context:
    """The context of a house as the public may see it."""
    show = house.settings.show
    names = {person.id: person.shown_name for person in house.people.values()}
    return Context(
        house=house,
        editions=editions,
        today=today,
        addresses=Addresses.of(house),
        t=Translator(show.language),
        zone=ZoneInfo(show.time_zone),
        names=names,
        words=words,
        feeds=tuple(one for one, _ in feeds(house, editions)),
    )
