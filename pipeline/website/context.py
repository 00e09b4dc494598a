"""What every page is made from: one public house, its published audio, its language, the build's day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from pipeline.messages import Translator
from pipeline.models import Addresses, Edition, House


@dataclass(frozen=True, slots=True)
class Context:
    """A public house in one language; `today` (in the show's time zone) marks past events.

    `editions` are the published audio files by episode id, `names` the names that may be shown by person id.
    """

    house: House
    editions: Mapping[str, Edition]
    today: date
    addresses: Addresses
    t: Translator
    zone: ZoneInfo
    names: Mapping[str, str]

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


def context(house: House, editions: Mapping[str, Edition], today: date) -> Context:
    """The context of a house as the public may see it."""
    show = house.settings.show
    names = {person.id: person.shown_name for person in house.people.values()}
    return Context(
        house, editions, today, Addresses(show), Translator(show.language), ZoneInfo(show.time_zone), names
    )
