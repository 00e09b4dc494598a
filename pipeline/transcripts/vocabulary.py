"""The house's own words, folded and as they sound, to find what a machine made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from unidecode import unidecode

from pipeline.models import Term

SHORTEST = 5
"""Letters of a name that is listened for, and of a part of a person's name."""
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SAID = (
    ("tsch", "c"),
    ("sch", "c"),
    ("ch", "c"),
    ("ck", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("dt", "t"),
    ("v", "f"),
)
_NO_LETTER = re.compile(r"[\W_]+")
_DOUBLE = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Vocabulary:
    """The house's own words: terms of the glossary, names of people and topics, and others that are right."""

    terms: tuple[Term, ...] = ()
    names: tuple[str, ...] = ()
    words: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def own(self) -> frozenset[str]:
        """Every word of them, as it is written."""
        phrases = (*(term.term for term in self.terms), *self.names)
        return self.words | {word for phrase in phrases for word in WORD.findall(phrase)}

    @cached_property
    def own_folded(self) -> frozenset[str]:
        """The same without capitals."""
        return frozenset(word.casefold() for word in self.own)

    @cached_property
    def sought(self) -> dict[str, str]:
        """Names that are listened for, folded and without spaces → as they are written."""
        phrases = (*(term.term for term in self.terms), *self.names)
        parts = (part for name in self.names for part in name.split())
        return {folded(one): one for one in (*phrases, *parts) if len(one) >= SHORTEST}

    @cached_property
    def sounds(self) -> dict[str, str]:
        """The same as they sound → folded."""
        return {sounding(run): run for run in self.sought}

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first words of what is known to be misheard, folded."""
        return frozenset(folded(heard.split()[0]) for term in self.terms for heard in term.heard)

    @cached_property
    def misheard(self) -> dict[str, str]:
        """What the machine is known to write → what is meant."""
        return {folded(heard): term.term for term in self.terms for heard in term.heard}


def sounding(run: str) -> str:
    """Folded words about as they sound: what is written in two ways and said in one is the same."""
    sound = unidecode(run)
    for written, said in _SAID:
        sound = sound.replace(written, said)
    return _DOUBLE.sub(r"\1", sound)


def folded(words: str) -> str:
    """Words without capitals, spaces and hyphens."""
    return _NO_LETTER.sub("", words.casefold())
