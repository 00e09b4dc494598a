"""Sentences for people, kept as values until a front door knows the language: the only user of gettext.

Every module says what happened as a `Message` (English sentence with named places, and the values for
them). Nothing is translated below the front doors, so the core never needs to know who is reading.
"""

from __future__ import annotations

import gettext
import os
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path, PurePath

DOMAIN = "hdw"
LOCALE_DIR = Path(__file__).parent / "locale"
LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with `{named}` places, its plural if it counts, and the values that go in."""

    text: str
    values: tuple[tuple[str, object], ...] = ()
    plural: str = ""
    n: int = 0

    def __str__(self) -> str:
        return Translator("en")(self)


def msg(text: str, /, **values: object) -> Message:
    """Mark a sentence for translation: `msg("{file} is empty.", file=path)`."""
    return Message(text, tuple(values.items()))


def msg_n(singular: str, plural: str, /, n: int, **values: object) -> Message:
    """Mark a sentence that counts: `msg_n("{n} episode", "{n} episodes", n)`."""
    return Message(singular, (("n", n), *values.items()), plural, n)


class Translator:
    """Says messages in one language; numbers and dates follow it. Unknown languages speak English."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._catalogue = _catalogue(self.language)

    def __call__(self, message: Message | str) -> str:
        """The sentence in this language; a plain string is returned as it is (it is data)."""
        if isinstance(message, str):
            return message
        return self.sentence(message).format(**{k: self.value(v) for k, v in message.values})

    def sentence(self, message: Message) -> str:
        """The translated sentence with its places still open."""
        if message.plural:
            return self._catalogue.ngettext(message.text, message.plural, message.n)
        return self._catalogue.gettext(message.text) if message.text else ""

    def value(self, value: object) -> str:  # noqa: PLR0911 (a table of types)
        """One value as this language writes it: `−19,2`, `12.431`, `20.11.2026, 12:00`."""
        match value:
            case Message():
                return self(value)
            case bool() | str():
                return str(value)
            case int():
                return self._separated(f"{value:,}")
            case float():
                return self._separated(f"{value:,.1f}").replace("-", "−")
            case datetime():
                return f"{self.value(value.date())}, {value:%H:%M}"
            case date():
                return f"{value:%d.%m.%Y}" if self.language == "de" else f"{value.day} {value:%b %Y}"
            case PurePath():
                return value.as_posix()
            case tuple() | list():
                return ", ".join(self.value(v) for v in value)
            case _:
                return str(value)

    def _separated(self, number: str) -> str:
        return number.translate(str.maketrans(",.", ".,")) if self.language == "de" else number


def bind_libraries(language: str) -> None:
    """Make libraries that ask gettext's global domain (Click) speak a language from our catalogue."""
    os.environ["LANGUAGE"] = language  # what gettext reads first
    gettext.bindtextdomain(DOMAIN, LOCALE_DIR)
    gettext.textdomain(DOMAIN)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE_DIR, [language], fallback=True)


def clock_text(seconds: float) -> str:
    """Seconds as people read a player: `0:42:17` (h:mm:ss, rounded down)."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def size_text(size: int) -> Message:
    """Bytes as people read sizes, in powers of ten: `40.6 MB`."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return msg("{size} {unit}", size=size / factor, unit=unit)
    return msg("{size} bytes", size=size)
