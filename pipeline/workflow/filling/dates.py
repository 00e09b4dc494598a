"""Days and times of day as people type them, and as pages of their language show them."""

from __future__ import annotations

import calendar
import re
from datetime import date, time
from functools import lru_cache

from babel.dates import get_month_names

from pipeline.errors import MisuseError
from pipeline.messages import LANGUAGES, Message, Translator, msg

EXAMPLE = date(2026, 11, 28)
_MONTHS = 12
_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})\.?\s*([^\W\d_]{3,})\.?\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*(?:uhr|h))?", re.IGNORECASE)
_HOURS, _MINUTES = 24, 60


def day_text(day: date, language: str) -> str:
    """`28.11.2026` or `28 Nov 2026`."""
    return Translator(language).value(day)


def time_text(moment: time) -> str:
    """`9:00`."""
    return f"{moment.hour}:{moment.minute:02}"


def read_day(text: str, language: str) -> date:
    """A day from what was typed; MisuseError says what is meant perhaps where there is no such day."""
    day, month, year = _numbers(text, language)
    if not 1 <= month <= _MONTHS and 1 <= day <= _MONTHS:
        raise _no_such(text.strip(), _nearest(month, day, year), language)
    if not 1 <= month <= _MONTHS or not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise _no_such(text.strip(), _nearest(day, min(max(month, 1), _MONTHS), year), language)
    return date(year, month, day)


def read_time(text: str) -> time:
    """A time of day from what was typed; MisuseError where there is none."""
    found = _TIME.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (_HOURS, 0)
    if hour >= _HOURS or minute >= _MINUTES:
        raise MisuseError(_unreadable_time(text.strip()))
    return time(hour, minute)


def _numbers(text: str, language: str) -> tuple[int, int, int]:
    """Day, month and year, whether or not there is such a day."""
    written = text.strip().replace(" ", "") if re.fullmatch(r"[\d. /]+", text.strip()) else text.strip()
    if found := _ISO.fullmatch(written):
        return int(found[3]), int(found[2]), _year(found[1])
    if found := _NUMBERS.fullmatch(written):
        return int(found[1]), int(found[2]), _year(found[3])
    named = _NAMED.fullmatch(written)
    month = _months().get(named[2].casefold()[:3]) if named else None
    if not named or not month:
        raise MisuseError(_unreadable(language))
    return int(named[1]), month, _year(named[3])


def _year(text: str) -> int:
    return max(1, int(text) if len(text) > 2 else 2000 + int(text))  # noqa: PLR2004


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The first three letters of every month's name, in every language of the program."""
    return {
        name.casefold()[:3]: number
        for language in LANGUAGES
        for number, name in get_month_names("wide", locale=language).items()
    }


def _nearest(day: int, month: int, year: int) -> date:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(max(day, 1), last))


def _no_such(text: str, nearest: date, language: str) -> MisuseError:
    return MisuseError(
        msg("There is no {day}. Perhaps {nearest} is meant.", day=text, nearest=day_text(nearest, language))
    )


def _unreadable(language: str) -> Message:
    return msg("This cannot be read as a date. Example: {example}", example=day_text(EXAMPLE, language))


def _unreadable_time(text: str) -> Message:
    return msg("{time} is no time of day. Example: {example}", time=text, example="9:00")
