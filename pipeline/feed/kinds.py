"""What a text or an attribute in a feed has to be: each kind a test, and its name for people."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from pipeline.feed import languages
from pipeline.messages import Message, msg
from pipeline.models import limits

_WEB = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][!-~]*)?")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOMENT = re.compile(
    rf"({'|'.join(_DAYS)}), ([0-9]{{2}}) ({'|'.join(_MONTHS)}) ([0-9]{{4}})"
    r" ([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]) ([+-])([0-9]{2})([0-5][0-9])"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A test for a value, and what is expected where it fails."""

    fits: Callable[[str], object]
    expected: Message


def is_web(address: str) -> bool:
    """Whether an address is absolute, http or https, without spaces and beyond ASCII nothing."""
    return _WEB.fullmatch(address) is not None


def moment(text: str) -> datetime | None:
    """The moment that a text of RFC 2822 § 3.3 says; None if weekday, form or zone are wrong.

    The weekday is never left out and the zone is numeric, as the RSS Best Practices Profile asks.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    day, number, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    zone = timezone((-1 if sign == "-" else 1) * timedelta(hours=int(hours), minutes=int(minutes)))
    try:
        said = datetime(
            int(year), _MONTHS.index(month) + 1, int(number), int(hour), int(minute), int(second), tzinfo=zone
        )
    except ValueError:
        return None
    return said if _DAYS[said.weekday()] == day else None


def _matches(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).fullmatch


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def one_of(*words: str) -> Kind:
    """One of these words."""
    return Kind(frozenset(words).__contains__, Message("{words}", (("words", words),)))


_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_RULE_PART = r"[A-Z-]+=[A-Z0-9,:+.-]+"

ANY = Kind(lambda _: True, msg("a text"))
BITS = Kind(_matches(r"[0-9]+(\.[0-9]+)?"), msg("bits per second"))
BYTES = Kind(_matches(r"[1-9][0-9]*"), msg("bytes above 0"))
COUNTRY = Kind(_matches(r"[A-Za-z]{2}"), msg("a country of ISO 3166-1"))
DATE = Kind(moment, msg("a date of RFC 2822 with a numeric zone"))
DISPLAY = Kind(lambda text: 0 < len(text) <= limits.DISPLAY, msg("a text of 1 to 32 characters"))
GEO = Kind(
    _matches(r"geo:-?[0-9.]+,-?[0-9.]+(,-?[0-9.]+)?(;.+)?"), msg("coordinates of RFC 5870 (geo:51.48,7.21)")
)
ISO_8601 = Kind(_matches(rf"{_DATE}(T[0-9:.]+(Z|[+-][0-9:]+)?)?"), msg("a date of ISO 8601"))
LANGUAGE = Kind(languages.known, msg("a language of ISO 639"))
LONG = Kind(lambda text: 0 < len(text) <= limits.TXT_CHARACTERS, msg("a text of 1 to 4,000 characters"))
MAIL = Kind(_matches(r"[^@\s]+@[^@\s]+\.[^@\s]+"), msg("an e-mail address"))
MIME = Kind(_matches(r"[a-z]+/[a-z0-9.+-]+"), msg("a MIME type"))
NUMBER = Kind(_matches(r"[1-9][0-9]*"), msg("a whole number above 0"))
OSM = Kind(_matches(r"[NWR][0-9]+(#[0-9]+)?"), msg("an object of OpenStreetMap (R62644)"))
RATIO = Kind(_matches(r"[0-9.]+ ?/ ?[0-9.]+"), msg("a ratio (16/9)"))
RULE = Kind(
    _matches(rf"FREQ=(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(;{_RULE_PART})*"),
    msg("a rule of RFC 5545 (FREQ=WEEKLY)"),
)
SECONDS = Kind(_matches(r"[0-9]+(\.[0-9]+)?"), msg("seconds"))
SHORT = Kind(lambda text: text.strip() and len(text) <= limits.SHORT, msg("a text of 1 to 128 characters"))
SHORT_OR_NONE = Kind(lambda text: len(text) <= limits.SHORT, msg("a text of at most 128 characters"))
SRI = Kind(_matches(r"sha(256|384|512)-[A-Za-z0-9+/]+={0,2}"), msg("a checksum as SRI writes it"))
UUID = Kind(_is_uuid, msg("a UUID"))
WEB = Kind(_WEB.fullmatch, msg("an absolute web address in ASCII"))
YES_NO = one_of("yes", "no")
TRUE_FALSE = one_of("true", "false")
