"""What is heard but not said: `[Musik]`, `[Lachen]`; recognised by its brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.models import Cue, Word

_SOUND = re.compile(r"\[[^\[\]]*[^\W\d_][^\[\]]*\][.,;:!?]?")
_SPOKEN = re.compile(r"(?i)unverständlich|unklar|unsicher|inaudible|unintelligible|crosstalk|\?")
"""In brackets stands what an editor says of spoken words, too: that is no sound."""


def is_sound(text: str) -> bool:
    """Whether a sentence is nothing but a sound in brackets."""
    return bool(_SOUND.fullmatch(text)) and not _SPOKEN.search(text)


def marked(cue: Cue) -> Cue:
    """The cue as a sound without a speaker, if that is what its text says."""
    return replace(cue, sound=True, speaker="", spans=()) if is_sound(cue.text) else cue


def parted(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Words in groups: each sound by itself, what is said between them together."""
    said: list[Word] = []
    at = 0
    while at < len(words):
        end = _sound_end(words, at)
        if end:
            yield from (tuple(said),) if said else ()
            yield tuple(words[at:end])
            said = []
        else:
            said.append(words[at])
        at = end or at + 1
    yield from (tuple(said),) if said else ()


def _sound_end(words: Sequence[Word], start: int, most: int = 6) -> int:
    """Where the sound that begins here ends (exclusive); 0 if none begins here."""
    if not words[start].text.startswith("["):
        return 0
    for end in range(start + 1, min(start + most, len(words)) + 1):
        text = " ".join(word.text for word in words[start:end])
        if "]" in text:
            return end if is_sound(text) else 0
    return 0
