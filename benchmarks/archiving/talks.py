"""Talks that nobody held: invented by number, always the same ones, one at a time."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from benchmarks import indexing
from pipeline.models import Cue
from pipeline.models.fields import slug

ZONE = ZoneInfo("Europe/Berlin")
FIRST = datetime(2011, 1, 7, tzinfo=ZONE)
YEARS = timedelta(days=15 * 365)

INSTITUTIONS = {
    # id: name, colour
    "stadtbuecherei": ("Stadtbücherei", "brick"),
    "vhs": ("Volkshochschule", "blue"),
    "univercity": ("UniverCity", "green"),
    "stadtarchiv": ("Stadtarchiv", "gold"),
}
SERIES = {
    # id: title, institution
    "smart-and-the-city": ("Smart and the City", "univercity"),
    "aus-dem-haus": ("Aus dem Haus", "vhs"),
    "lesezeichen": ("Lesezeichen", "stadtbuecherei"),
    "altes-papier": ("Altes Papier", "stadtarchiv"),
    "wissen-am-abend": ("Wissen am Abend", "vhs"),
}
TOPICS = (
    *(
        "Archive",
        "Arbeit",
        "Architektur",
        "Bildung",
        "Bücher",
        "Datenschutz",
        "Demokratie",
        "Digitalisierung",
    ),
    *("Energie", "Ernährung", "Familie", "Geschichte", "Gesundheit", "Handwerk", "Klima", "Kunst", "Medien"),
    *("Mobilität", "Musik", "Nachbarschaft", "Philosophie", "Recht", "Reisen", "Sprache", "Stadtplanung"),
    *("Technik", "Theater", "Umwelt", "Wirtschaft", "Wohnen"),
)
LEAST_PEOPLE, EPISODES_A_PERSON, PEOPLE_A_HOST = 5, 20, 10
_GIVEN = (
    *("Ada", "Ali", "Anna", "Ayse", "Bela", "Carla", "David", "Elif", "Emma", "Finn", "Greta", "Hugo"),
    *("Ida", "Jan", "Jonas", "Karim", "Lea", "Lina", "Malte", "Mira", "Nele", "Noah", "Ole", "Paula"),
    *("Rosa", "Samira", "Theo", "Tilda", "Uwe", "Vera", "Willi", "Zoe"),
)
_FAMILY = (
    "Ahorn Berg Birken Buchen Eichen Erlen Feld Hasel Kirsch Linden Moor Rosen Stein Tannen Ulmen Weiden",
    "bach berg brink dorf feld grund hain hof horst kamp mann müller rode stein tal wald",
)
"""First and second halves of family names."""
_SYLLABLES = ("ba", "do", "fe", "gu", "ki", "la", "mo", "ne", "pu", "ri", "sa", "to", "ve", "wi", "zu", "le")

SHORTEST_S, LONGEST_S = 5.0, 12.0
WORDS_A_MINUTE = 140
PAUSE_S = 0.2
_COMMA_FROM = 12
"""Words of a sentence that has a comma."""
_QUESTION = 10
"""Every so manieth sentence asks."""
_TURN = (3, 8)
"""Sentences until somebody else speaks."""
_CHAPTER_S = 360.0
_LEAST_CHAPTERS = 3
_PARAGRAPHS, _PARAGRAPH_WORDS = 6, 60
_MENDED = "berichtigt"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk with all that is written about it.

    `people` has whoever asks the questions first; `notes` are paragraphs of words, `links` addresses with
    titles, `chapters` seconds with titles. `house` is an institution that is not the series' own, or "".
    """

    number: int
    title: str
    date: datetime
    summary: str
    series: str
    house: str
    topics: tuple[str, ...]
    people: tuple[Person, ...]
    notes: tuple[tuple[str, ...], ...]
    links: tuple[tuple[str, str], ...]
    chapters: tuple[tuple[float, str], ...]
    cues: tuple[Cue, ...]
    slug: str

    @property
    def id(self) -> str:
        """The name of its folder."""
        return f"{self.date:%Y-%m-%d}-{self.slug}"

    @property
    def guid(self) -> str:
        """Its identity."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"https://podcast.example.org/{self.number}"))

    @property
    def institution(self) -> str:
        """The id of the institution that it comes from."""
        return self.house or SERIES[self.series][1]

    @property
    def length_s(self) -> float:
        """Until the last sentence is spoken."""
        return self.cues[-1].end_s

    @property
    def words(self) -> int:
        """How many words its transcript has."""
        return sum(cue.text.count(" ") + 1 for cue in self.cues)


@dataclass(frozen=True, slots=True)
class Archive:
    """So many talks of so many minutes, over fifteen years; talks beyond them can be had as well."""

    count: int
    minutes: int

    def talk(self, number: int, *, mended: bool = False) -> Talk:
        """The talk of a number from 0, oldest first; a mended one has another title and one other word."""
        chance = random.Random(f"talk {number}")
        people = self._speakers(chance)
        cues = tuple(_cues(chance, self.minutes * 60.0, people))
        series = chance.choice(tuple(SERIES))
        title = f"{_capital(_long(chance))} und {_name(number)}"
        return Talk(
            number=number,
            title=f"{title}, {_MENDED}" if mended else title,
            date=self._date(number),
            summary=f"{_sentence(_words(chance, 14))} {_sentence(_words(chance, 12))}",
            series=series,
            house="" if number % 7 else chance.choice(tuple(INSTITUTIONS)),
            topics=tuple(sorted(chance.sample(TOPICS, chance.randint(1, 3)))),
            people=people,
            notes=tuple(tuple(_words(chance, _PARAGRAPH_WORDS)) for _ in range(_PARAGRAPHS)),
            links=tuple((f"https://www.example.org/{number}/{n}", _capital(_long(chance))) for n in range(3)),
            chapters=tuple(_chapters(chance, cues)),
            cues=_mended(cues) if mended else cues,
            slug=slug(title),
        )

    def people(self) -> tuple[Person, ...]:
        """Whoever speaks in any of them: one for twenty talks, five at least."""
        return tuple(_person(number) for number in range(max(LEAST_PEOPLE, self.count // EPISODES_A_PERSON)))

    def _speakers(self, chance: random.Random) -> tuple[Person, ...]:
        """A tenth of all people ask, the others answer: one or two of them."""
        known = max(LEAST_PEOPLE, self.count // EPISODES_A_PERSON)
        hosts = max(2, known // PEOPLE_A_HOST)
        guests = chance.sample(range(hosts, known), chance.randint(1, 2))
        return tuple(_person(number) for number in (chance.randrange(hosts), *guests))

    def _date(self, number: int) -> datetime:
        """Evenly over the years, by day between six and eighteen o'clock; a day apart after them."""
        later = max(0, number - self.count + 1)
        minutes = min(number, self.count - 1) * int(YEARS.total_seconds() // 60) // self.count
        days, minute = divmod(minutes, 24 * 60)
        return FIRST + timedelta(days=days + later, minutes=6 * 60 + minute // 2)


def _person(number: int) -> Person:
    """People by number: every given name with every family name."""
    rest, given = divmod(number, len(_GIVEN))
    first, last = (halves.split() for halves in _FAMILY)
    family = first[rest % len(first)] + last[rest // len(first) % len(last)]
    name = f"{_GIVEN[given]} {family}"
    return Person(slug(name), name)


def _name(number: int) -> str:
    """A name that no other number has: "Lamonefe"."""
    digits = (number >> shift & 15 for shift in (12, 8, 4, 0))
    return "".join(_SYLLABLES[digit] for digit in digits).capitalize()


@lru_cache(maxsize=1)
def _long_words() -> tuple[str, ...]:
    words, _ = indexing.vocabulary()
    return tuple(word for word in words[:2400] if len(word) >= indexing.LONG)


def _long(chance: random.Random) -> str:
    return chance.choice(_long_words())


def _words(chance: random.Random, count: int) -> list[str]:
    """Words as often as in a language."""
    words, weights = indexing.vocabulary()
    return chance.choices(words, cum_weights=weights, k=count)


def _cues(chance: random.Random, length_s: float, people: tuple[Person, ...]) -> Iterator[Cue]:
    """Sentences until the time is over, in turns."""
    lengths = tuple(_lengths(chance, length_s))
    counts = [round(one * WORDS_A_MINUTE / 60) for one in lengths]
    words = iter(_words(chance, sum(counts)))
    start_s, left, voice = 0.0, 0, -1
    for number, (length, count) in enumerate(zip(lengths, counts, strict=True), 1):
        if not left:
            voice, left = (voice + 1) % len(people), chance.randint(*_TURN)
        left -= 1
        text = _sentence([next(words) for _ in range(count)], "." if number % _QUESTION else "?")
        end_s = round(start_s + length - PAUSE_S, 3)
        yield Cue(str(number), start_s, end_s, text, people[voice].id)
        start_s = round(start_s + length, 3)


def _lengths(chance: random.Random, length_s: float) -> Iterator[float]:
    left_s = length_s
    while left_s > 0:
        one = round(chance.uniform(SHORTEST_S, LONGEST_S), 2)
        yield one
        left_s -= one


def _sentence(words: list[str], end: str = ".") -> str:
    middle = len(words) // 2
    comma = "," if len(words) >= _COMMA_FROM else ""
    return f"{_capital(words[0])} {' '.join(words[1:middle])}{comma} {' '.join(words[middle:])}{end}"


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def _chapters(chance: random.Random, cues: tuple[Cue, ...]) -> Iterator[tuple[float, str]]:
    """About one every six minutes, each at the start of a sentence."""
    count = max(_LEAST_CHAPTERS, round(cues[-1].end_s / _CHAPTER_S))
    for number in range(count):
        start_s = cues[number * len(cues) // count].start_s
        yield start_s, f"{_capital(_long(chance))} und {_long(chance)}"


def _mended(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """The fourth word of the first sentence is another one."""
    first, *others = cues
    words = first.text.split(" ")
    said = " ".join((*words[:3], _MENDED, *words[4:]))
    return (Cue(first.id, first.start_s, first.end_s, said, first.speaker), *others)
