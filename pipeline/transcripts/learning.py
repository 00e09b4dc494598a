"""What an editor's corrections teach: which words the machine mishears, to be kept in the glossary."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.models import Cue

LONGEST = 4
"""Words of a name or term; longer corrections are other sentences."""
ALIKE = 50.0
"""How alike (of 100) what was heard and what was meant have to be; less is no mishearing."""
SHORTEST = 4
"""Letters of a term."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction that could be a term: as it is written now, as it was heard, and how many times."""

    term: str
    heard: str
    count: int


@dataclass(frozen=True, slots=True)
class _Token:
    """A word without the punctuation around it; `first`: of its sentence, where a capital says nothing."""

    text: str
    first: bool = False


def proposals(
    cues: Iterable[Cue], heard: Iterable[str], known: Container[tuple[str, str]] = ()
) -> tuple[Proposal, ...]:
    """Names and terms that were corrected, the most frequent and most alike first.

    `heard` are the machine's words in order; `known` holds what the glossary has (heard, term).
    """
    corrected = [
        _Token(word, first=position == 0) for cue in cues for position, word in enumerate(_tokens(cue.text))
    ]
    machine = [_Token(token) for word in heard for token in _tokens(word)]
    pairs = tuple(_corrections(machine, corrected))
    names = {term for _, term, is_name in pairs if is_name}
    counted = Counter((old, term) for old, term, _ in pairs if term in names and (old, term) not in known)
    found = (Proposal(term, old, count) for (old, term), count in counted.items())
    return tuple(sorted(found, key=lambda one: (-one.count, -_likeness(one.heard, one.term), one.term)))


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+(?:[-'’]\w+)*", text)


def _corrections(machine: Sequence[_Token], corrected: Sequence[_Token]) -> Iterator[tuple[str, str, bool]]:
    """What was heard, what stands there now, and whether that is surely a name."""
    for old, new in _regions(machine, corrected):
        term = " ".join(token.text for token in new)
        if max(len(old), len(new)) <= LONGEST and len(term) >= SHORTEST:
            heard = _most_alike([token.text for token in old], term)
            if _likeness(heard, term) >= ALIKE:
                yield heard, term, _is_name(new)


def _most_alike(words: Sequence[str], term: str) -> str:
    """The part of the words that was heard for the term: what was left out beside it is no part of it."""
    ends = range(len(words) + 1)
    parts = (" ".join(words[start:end]) for start, end in itertools.combinations(ends, 2))
    return max(parts, key=lambda part: _likeness(part, term))


def _regions(
    machine: Sequence[_Token], corrected: Sequence[_Token]
) -> Iterator[tuple[Sequence[_Token], Sequence[_Token]]]:
    """Stretches of words that differ, between words that are equal."""
    keys = [[token.text.casefold() for token in words] for words in (machine, corrected)]
    old, new = (0, 0), (0, 0)
    for op in Levenshtein.opcodes(*keys):
        if op.tag != "equal":
            old, new = (old[0], op.src_end), (new[0], op.dest_end)
            continue
        if old[1] > old[0] and new[1] > new[0]:
            yield machine[slice(*old)], corrected[slice(*new)]
        old, new = (op.src_end, op.src_end), (op.dest_end, op.dest_end)
    if old[1] > old[0] and new[1] > new[0]:
        yield machine[slice(*old)], corrected[slice(*new)]


def _is_name(words: Sequence[_Token]) -> bool:
    """A name or noun: a capital that does not come from the sentence's beginning alone."""
    return any(any(letter.isupper() for letter in word.text[word.first :]) for word in words)


def _likeness(heard: str, term: str) -> float:
    return fuzz.ratio(heard.casefold(), term.casefold())
