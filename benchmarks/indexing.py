"""The search page and its index of an invented archive, as `hdw build` makes them; for benchmarks/search.py.

    python benchmarks/indexing.py EPISODES MINUTES FOLDER

Words are drawn like a language: few often, many seldom; most of the many are compounds of two German words.
"""

from __future__ import annotations

import random
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from pipeline import website
from pipeline.models import Chapter, Cue, Episode, EpisodeFacts, House, Person, Settings, Transcript
from pipeline.website.context import Context
from pipeline.website.planning import search
from pipeline.website.planning.plan import Plan
from tests.website.unknown import Unknown

ROOT = Path(__file__).resolve().parent.parent
COMPOUNDS = 45_000
LONG = 5
"""Letters of a word that means something by itself."""
WORDS_A_MINUTE = 140
SENTENCE = 12
TURN = 5
"""Sentences until the voice changes."""
FIRST = datetime(2006, 1, 6, 12, tzinfo=UTC)


@lru_cache(maxsize=1)
def vocabulary() -> tuple[list[str], list[float]]:
    """Words by how often they are said, and their summed weights."""
    chance = random.Random(1)
    words = (ROOT / "tests" / "fixtures" / "vocabulary.txt").read_text(encoding="utf-8").split()
    chance.shuffle(words)
    long = [word for word in words if len(word) >= LONG]
    words += [chance.choice(long) + chance.choice(long).lower() for _ in range(COMPOUNDS)]
    return words, list(accumulate(1 / (place + 3) for place in range(len(words))))


class Facts(Mapping[str, EpisodeFacts]):
    """Transcripts are invented when they are asked for, so that this process stays as small as its work."""

    def __init__(self, ids: tuple[str, ...], minutes: int) -> None:
        self.ids, self.minutes = ids, minutes

    def __getitem__(self, id_: str) -> EpisodeFacts:
        if id_ not in self.ids:
            raise KeyError(id_)
        return EpisodeFacts(transcript=Transcript(tuple(cues(id_, self.minutes)), "de"))

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


def cues(seed: str, minutes: int) -> Iterator[Cue]:
    chance = random.Random(seed)
    words, weights = vocabulary()
    length_s = SENTENCE * 60 / WORDS_A_MINUTE
    for number in range(int(minutes * 60 / length_s)):
        said = " ".join(chance.choices(words, cum_weights=weights, k=SENTENCE)) + "."
        start_s = round(number * length_s, 2)
        voice = f"stimme-{number // TURN % 2}"
        yield Cue(str(number + 1), start_s, round(start_s + length_s - 0.1, 2), said, voice)


def house(count: int, minutes: int) -> House:
    words, _ = vocabulary()
    settings = Settings.model_validate(tomllib.loads((ROOT / "podcast.toml").read_text(encoding="utf-8")))
    episodes = tuple(_episode(number, minutes, words) for number in reversed(range(count)))
    people = {id_: Person(id=id_, name=f"Stimme {id_[-1]}") for id_ in ("stimme-0", "stimme-1")}
    facts = Facts(tuple(episode.id for episode in episodes), minutes)
    return House(settings=settings, people=people, episodes=episodes, facts=facts)


def _episode(number: int, minutes: int, words: list[str]) -> Episode:
    chapters = tuple(
        Chapter(start=start * 60, title=words[(number + start) % 500].capitalize())
        for start in range(0, minutes, 6)
    )
    return Episode(
        id=f"folge-{number:05}",
        guid=f"folge-{number:05}",
        title=f"{words[number % 2000].capitalize()} {number}",
        date=FIRST + timedelta(days=number),
        summary=" ".join(words[number % 900 : number % 900 + 20]),
        chapters=chapters,
    )


def main() -> None:
    count, minutes, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    made = Context.of(house(count, minutes))
    units = search.units(Plan(made, Unknown(made)))
    website.write((one for unit in units for one in unit.make()), folder, ROOT / "theme")


if __name__ == "__main__":
    main()
