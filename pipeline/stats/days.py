"""The day of a request in the time zone of the house, from the ways in which logs write moments."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_COMMON = re.compile(r"(\d\d)/(\w{3})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_MOST = 10_000


class Days:
    """Days as ordinals (`date.toordinal`); remembers the first and the last it saw.

    A day begins at midnight where the house stands: the guidelines' calendar day (fixed) window. `since` and
    `until` are the first and last day that are wanted.
    """

    def __init__(self, zone: ZoneInfo, since: date | None = None, until: date | None = None) -> None:
        self._zone = zone
        self._since = since.toordinal() if since else 0
        self._until = until.toordinal() if until else date.max.toordinal()
        self._known: dict[str, int | None] = {}
        self._first, self._last = date.max.toordinal(), 0

    def of(self, moment: str) -> int | None:
        """The day of `24/Nov/2026:12:34:56 +0100` or of an ISO 8601 moment; None for anything else."""
        minute = moment[:17] + moment[20 if moment[2:3] == "/" else 19 :]  # one has one day in any zone
        if minute not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[minute] = self._read(moment)
        return self._known[minute]

    def wanted(self, day: int) -> bool:
        """Whether a day lies between the two that were asked for."""
        return self._since <= day <= self._until

    @property
    def first(self) -> date | None:
        """The first day that was seen, of those that are wanted."""
        return date.fromordinal(self._first) if self._last else None

    @property
    def last(self) -> date | None:
        """The last day that was seen, of those that are wanted."""
        return date.fromordinal(self._last) if self._last else None

    def _read(self, moment: str) -> int | None:
        try:
            read = _common(moment) if moment[2:3] == "/" else datetime.fromisoformat(moment)
        except ValueError:
            return None
        if read.tzinfo is None:
            return None
        try:
            day = read.astimezone(self._zone).toordinal()
        except OverflowError:
            return None
        if self.wanted(day):
            self._first, self._last = min(self._first, day), max(self._last, day)
        return day


def _common(moment: str) -> datetime:
    """The Common Log Format's moment; `strptime` takes five times as long, and asks the locale for months."""
    found = _COMMON.fullmatch(moment)
    if not found:
        raise ValueError(moment)
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    off = timedelta(hours=int(hours), minutes=int(minutes))
    return datetime(
        *(int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), min(int(second), 59)),
        tzinfo=timezone(-off if sign == "-" else off),
    )
