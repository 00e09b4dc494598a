"""Long words by the letters inside them: what a search for „Turm“ offers where only „Förderturm“ was said.

Pagefind finds beginnings of words. German hides words at the end of others; so every block has files of
its long words, a word in the file of each three letters that a search for one of its later parts begins
with. A browser fetches one file a block, of a few kilobytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

LEAST = 8
"""Letters of a word that may have others in it."""
FIRST = 3
"""Where such another may begin at the earliest; what begins before is no compound."""
KEY = 3
_WORDS = re.compile(rf"[^\W\d_]{{{LEAST},}}")
_SHARDS = ((2, 1), (12, 16), (64, 64))
_MOST_SHARDS = 256


def shards(episodes: int) -> int:
    """Into how many files the words of so many episodes go."""
    return next((count for most, count in _SHARDS if episodes <= most), _MOST_SHARDS)


def fold(word: str) -> str:
    """Small letters without accents; `ä`, `ae`, `a` are one, so are `ß`, `ss`. words.js does the same."""
    plain = unicodedata.normalize("NFD", word.lower().replace("ß", "ss"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub("([aou])e", r"\1", letters)


def shard(letters: str, count: int) -> int:
    """The file in which words stand that hold these letters; words.js does the same."""
    number = 0
    for letter in letters[:KEY]:
        number = (number * 31 + ord(letter)) % count
    return number


def files(texts: Iterable[str], count: int) -> tuple[tuple[str, ...], ...]:
    """The words of each file, the most frequent first, equal ones by alphabet."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(_WORDS.findall(text))
    made: list[list[str]] = [[] for _ in range(count)]
    for folded, word in _ranked(seen):
        for number in {shard(folded[at:], count) for at in range(FIRST, len(folded) - KEY + 1)}:
            made[number].append(word)
    return tuple(map(tuple, made))


def _ranked(seen: Counter[str]) -> list[tuple[str, str]]:
    """Folded words and how they are written most often."""
    forms: dict[str, str] = {}
    total: Counter[str] = Counter()
    for word, times in sorted(seen.items(), key=lambda one: (-one[1], one[0])):
        folded = fold(word)
        forms.setdefault(folded, word)
        total[folded] += times
    return [(folded, forms[folded]) for folded in sorted(forms, key=lambda one: (-total[one], one))]
