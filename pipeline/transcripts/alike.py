"""Spellings of one name that the house does not have: so much alike that the same is probably meant.

Better a group too few than one too many. Spellings that differ in umlauts, accents or capitals alone
(`Müller`, `Mueller`) are one name unless each of them is a word of its own (`Maße`, `Masse`). Where one
letter within differs (`Kowalski`, `Kovalski`), none may be in a dictionary, and one at least no compound
either; the first and the last letter tell people and cases apart (`Bauer`, `Sauer`; `Wittkamps`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, groupby

from rapidfuzz.distance import Levenshtein
from unidecode import unidecode

from pipeline.models import Cue
from pipeline.transcripts.document import Alike
from pipeline.transcripts.spelling import Dictionary
from pipeline.transcripts.vocabulary import SHORTEST, WORD

LONG = 6
"""Letters of a name in which one may differ; shorter ones are too often two names."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def groups(
    cues: Sequence[Cue], known: Collection[str], dictionary: Dictionary, settled: Collection[str] = ()
) -> tuple[Alike, ...]:
    """Names that are spelt in more than one way, in the order of the alphabet.

    `known` are words (folded) that are asked for elsewhere or are right; `settled` keys are left out.
    """
    counts = Counter(word for cue in cues for word in _names(cue) if word.casefold() not in known)
    forms: dict[str, list[str]] = {}
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        forms.setdefault(_plain(word), []).append(word)
    strange = {form for form, words in forms.items() if not any(map(dictionary.has, words))}
    found = (
        sorted((word for form in group for word in forms[form]), key=lambda word: (-counts[word], word))
        for group in _joined(sorted(forms), strange)
    )
    made = (_group(words) for words in found if len(words) > 1 and not all(map(dictionary.knows, words)))
    return tuple(one for one in made if one.key not in settled)


def _group(words: Sequence[str]) -> Alike:
    return Alike(":".join(("names", *sorted(words))), tuple(words))


def _names(cue: Cue) -> Iterator[str]:
    """Words with a capital that are long enough to be told apart, in the language of the talk."""
    for found in WORD.finditer("" if cue.sound else cue.text):
        foreign = any(span.start <= found.start() < span.end for span in cue.spans)
        word = found[0]
        if len(word) >= SHORTEST and word[0].isupper() and not word.isupper() and not foreign:
            yield word


def _plain(word: str) -> str:
    """A word without what is written in more than one way."""
    return unidecode(word.casefold().translate(_UMLAUTS))


def _joined(forms: Sequence[str], strange: Collection[str]) -> Iterator[tuple[str, ...]]:
    """The forms in groups: each by itself, strange ones with those that are near."""
    heads = {form: form for form in forms}

    def head(form: str) -> str:
        while heads[form] != form:
            form = heads[form]
        return form

    for one, other in _near([form for form in forms if form in strange]):
        heads[head(other)] = head(one)
    for _, group in groupby(sorted(forms, key=head), key=head):
        yield tuple(group)


def _near(forms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of which one letter within differs, is left out or is too many."""
    for _, same in groupby(sorted(forms, key=_edges), key=_edges):
        for one, other in combinations(same, 2):
            if min(len(one), len(other)) >= LONG and Levenshtein.distance(one, other, score_cutoff=1) == 1:
                yield one, other


def _edges(form: str) -> tuple[str, str]:
    return form[0], form[-1]
