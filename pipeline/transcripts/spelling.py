"""Which words stand in no dictionary, and what may be meant by them.

The words are those of simplemma, inflected forms included. German makes new words by putting known ones
together, so a compound counts as known when its parts are; that lets few mistakes through, and without it
every third mark would be one of “Förderverein”.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Container, Iterator
from functools import lru_cache, partial

COMPOUNDING = frozenset({"de"})
_LINKS = ("", "s", "es", "n", "en", "er", "e", "ens", "ns")
_PART = 4
"""Letters of a part; shorter ones fit to everything. With 4, 2.8 % of words with one wrong letter pass."""
_LONG = 8
"""Letters of a word that may be a compound of a compound, or be meant to be one."""
_PARTS = re.compile(r"[-'’/]")
_LOADING = threading.Lock()
_ALIKE = ("dt", "bp", "gk", "szß", "fvw", "eä", "iüy", "eö", "ck", "mn", "xs", "oö", "uü", "aä")
"""Letters that sound, or look, so much alike that one is written for the other."""


class Dictionary:
    """The words of a language. Made in 0.8 CPU s and 15 MB; a word costs 15 µs, the second time nothing."""

    def __init__(self, code: str) -> None:
        from simplemma import is_known  # noqa: PLC0415 (heavy)

        self.has = lru_cache(maxsize=200_000)(partial(is_known, lang=code, low_memory=True))
        self.has("a")
        self._compounds = code in COMPOUNDING

    def knows(self, word: str) -> bool:
        """Whether a word is known, or put together of known ones; of a hyphenated one, every part.

        Two letters, and capitals alone, say nothing.
        """
        return all(len(part) <= 2 or part.isupper() or self._known(part) for part in _PARTS.split(word))  # noqa: PLR2004

    def _known(self, word: str) -> bool:
        return self.has(word) or (self._compounds and any(self._joins(word, at) for at in _joints(word)))

    def _joins(self, word: str, at: int) -> bool:
        """Whether a word is a compound whose last part begins here; that one says what kind of word it is."""
        head, tail = word[:at], word[at:]
        if not self.has(tail.capitalize() if word[:1].isupper() else tail):
            return False
        stems = [head.removesuffix(link) for link in _LINKS if head.endswith(link)]
        if any(len(stem) >= _PART and self.has(stem) for stem in (*stems, f"{head}e", f"{head}en")):
            return True
        return any(len(stem) >= _LONG and self._known(stem) for stem in stems)


def _joints(word: str) -> range:
    return range(_PART, len(word) - _PART + 1)


@lru_cache(maxsize=4)
def dictionary(language: str) -> Dictionary | None:
    """The words of a language (`de`, `en-GB`), made once for a process; None where there is no dictionary."""
    with _LOADING:
        try:
            return Dictionary(language.partition("-")[0].lower())
        except ValueError:
            return None


def near(word: str, known: Dictionary, own: Container[str]) -> str:
    """What may be meant by a word that is in no dictionary: one slip of ear or hand away, else "".

    A word of the house's `own` comes first; where several others fit, none is better than the next.
    """
    slips = list(dict.fromkeys(one for one in _slips(word) if len(one) >= _PART))
    ours = [one for one in slips if one in own]
    found = ours or [one for one in slips if known.has(one)]
    if not found and len(word) > _LONG:
        found = [one for one in slips if known.knows(one)]
    return found[0] if found and (ours or len(found) == 1 or _close(word, found[0])) else ""


def _close(word: str, other: str) -> bool:
    """Whether two words differ in a doubled letter, or in two that changed places: surer than any other."""
    return sorted(word.lower()) == sorted(other.lower()) or set(word.lower()) == set(other.lower())


def _slips(word: str) -> Iterator[str]:
    """Words with letters changed in places, left out, doubled, or put for one that sounds the same."""
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(len(word)):
        if at and word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
        yield word[: at + 1] + word[at].lower() + word[at + 1 :]
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield from (word[:at] + letter + word[at:] for letter in "hetns")
    for at, letter in enumerate(word):
        for group in _ALIKE:
            if letter.lower() in group:
                yield from (
                    word[:at] + (one.upper() if letter.isupper() else one) + word[at + 1 :]
                    for one in group
                    if one != letter.lower()
                )
