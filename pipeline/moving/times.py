"""Moments and lengths in every form that feeds write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_MONTHS = {
    # how a month begins in English, German, French, Spanish, Italian and Dutch: its number
    "jan": 1,
    "jän": 1,
    "ene": 1,
    "gen": 1,
    "feb": 2,
    "fév": 2,
    "mar": 3,
    "mär": 3,
    "maa": 3,
    "mrz": 3,
    "mae": 3,
    "apr": 4,
    "abr": 4,
    "avr": 4,
    "mai": 5,
    "may": 5,
    "mei": 5,
    "mag": 5,
    "jun": 6,
    "giu": 6,
    "jul": 7,
    "lug": 7,
    "aug": 8,
    "aoû": 8,
    "ago": 8,
    "sep": 9,
    "set": 9,
    "okt": 10,
    "oct": 10,
    "ott": 10,
    "nov": 11,
    "dez": 12,
    "dec": 12,
    "déc": 12,
    "dic": 12,
}
_ZONES = {
    # name: hours east of Greenwich (RFC 2822 § 4.3, and what German feeds write)
    "gmt": 0,
    "ut": 0,
    "utc": 0,
    "z": 0,
    "wet": 0,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "cet": 1,
    "mez": 1,
    "cest": 2,
    "mesz": 2,
    "bst": 1,
    "eet": 2,
    "eest": 3,
}
_MONTH_NAME = r"(?P<name>[^\W\d_]{3,10})\.?,?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:T|\b)",
        r"(?<!\d)(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?[ -]+(?:de )?"
        + _MONTH_NAME
        + r"[ -]+(?:de )?(?P<year>\d{4}|\d\d)(?!\d)",
        _MONTH_NAME + r"[ ]+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?[ ]+(?P<year>\d{4})(?!\d)",
        _MONTH_NAME + r"[ ]+(?P<day>\d{1,2})[ ]+(?=\d\d?:)(?:[\d:]+)[ ]+(?:[A-Za-z]+[ ]+)?(?P<year>\d{4})",
        r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d\d)(?!\d)",
    )
)
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?(?!\d)"
    r"\s*(?P<half>[ap]\.?m\b)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"\s*(?:GMT|UTC)?\s*(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?(?!\d)", re.IGNORECASE
)
_NAMED = re.compile(r"\s*\(?\b(?P<zone>[A-Za-z]{1,4})\b")
_UNIX = re.compile(r"\d{9,10}")
_ISO_LENGTH = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?", re.IGNORECASE)
_UNITS = {"h": 3600, "m": 60, "s": 1, "std": 3600}
_WORDED = re.compile(r"(\d+(?:[.,]\d+)?)\s*(std|h|m|s)[a-z]*\.?,?", re.IGNORECASE)
LONGEST_S = 7 * 24 * 3600
CENTURY = 2000
TURN = 69
"""Two digits from here on are of the last century (POSIX)."""


def moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment that a text says, with its own offset; without one, in `zone`. None if it says none.

    RFC 2822 in every decay, ISO 8601, months by name in several languages, two-digit years, seconds since
    1970. A wrong weekday is overlooked.
    """
    text = " ".join(text.split())
    if _UNIX.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC)
    for form in _FORMS:
        for found in form.finditer(text):
            day = _day(found)
            if day:
                return _with_clock(day, text, found, zone)
    return None


def _day(found: re.Match[str]) -> datetime | None:
    parts = found.groupdict()
    month = _MONTHS.get(parts["name"].lower()[:3]) if parts.get("name") else int(parts["month"])
    year = int(parts["year"])
    if len(parts["year"]) == 2:  # noqa: PLR2004 (two digits)
        year += CENTURY if year < TURN else CENTURY - 100
    try:
        return datetime(year, month, int(parts["day"])) if month else None  # noqa: DTZ001 (the zone follows)
    except ValueError:
        return None


def _with_clock(day: datetime, text: str, found: re.Match[str], zone: tzinfo) -> datetime | None:
    clock = next((c for c in _CLOCK.finditer(text) if c.start() >= found.end() or "T" in found[0]), None)
    clock = clock or next((c for c in _CLOCK.finditer(text) if not _inside(c, found)), None)
    if clock is None:
        return day.replace(hour=12, tzinfo=zone)
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    try:
        local = day.replace(
            hour=hour % 24, minute=int(clock["minute"]), second=min(int(clock["second"] or 0), 59)
        )
    except ValueError:
        return None
    if hour == 24:  # noqa: PLR2004 (midnight at the end of the day)
        local += timedelta(days=1)
    return local.replace(tzinfo=_offset(text[clock.end() :]) or zone)


def _inside(clock: re.Match[str], day: re.Match[str]) -> bool:
    """Whether what looks like a clock is a part of the date (`05.10.2023`)."""
    return clock.start() < day.end() and clock.end() > day.start() and ":" not in clock[0]


def _offset(rest: str) -> timezone | None:
    found = _OFFSET.match(rest)
    if found:
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        if minutes > 14 * 60 + 59:
            return None
        return timezone(timedelta(minutes=minutes if found["sign"] == "+" else -minutes))
    named = _NAMED.match(rest)
    hours = _ZONES.get(named["zone"].lower()) if named else None
    return timezone(timedelta(hours=hours)) if hours is not None else None


def length_s(text: str) -> float | None:
    """Seconds from `3600`, `1:00:00`, `60:00`, `1h 2m`, `62 min`, `PT1H2M`; None for any other text."""
    text = text.strip().replace("\u00a0", " ")
    seconds = _clock_s(text)
    if seconds is None:
        seconds = _worded_s(text)
    return seconds if seconds and 0 < seconds <= LONGEST_S else None


def _clock_s(text: str) -> float | None:
    parts = [part.strip() for part in text.replace(";", ":").split(":")]
    if len(parts) > 3 or not all(re.fullmatch(r"\d{1,9}(?:[.,]\d{1,9})?", part) for part in parts):  # noqa: PLR2004
        return None
    total = 0.0
    for part in parts:
        total = total * 60 + float(part.replace(",", "."))
    return total


def _worded_s(text: str) -> float | None:
    iso = _ISO_LENGTH.fullmatch(text)
    if iso and any(iso.groups()):
        days, hours, minutes, seconds = (float(part or 0) for part in iso.groups())
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    words = _WORDED.findall(text)
    if not words or _WORDED.sub("", text).strip(" und,"):
        return None
    return sum(float(number.replace(",", ".")) * _UNITS[unit.lower()] for number, unit in words)
