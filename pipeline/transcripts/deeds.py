"""What a person does in a transcript, as values: sentences as a window holds them, changes, deeds.

A deed is what one undo takes back: a sentence that was typed over, split, joined, checked, or words replaced
in a hundred sentences. Each change says what stood there before, so that nothing is overwritten unseen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.models import Cue, CueReview
from pipeline.transcripts.reviewing import Standing

_SPACES = " \t\f\r\n"
_NEVER = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ODD = re.compile(rf"{_NEVER.pattern}|[\t\f\r\n]|^ |  | $")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A cue without words, and what it is worth as it stands."""

    cue: Cue
    state: Standing = Standing.MACHINE


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence before and after; None where there is none.

    A new one stands after the sentence `follows`, "" is the top; sentences that begin earlier come first.
    """

    id: str
    before: Sentence | None
    after: Sentence | None
    follows: str = ""


class Kind(StrEnum):
    """Whether a deed is done, taken back or done again; a note (heard to the end) is never taken back."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did, all of it or nothing. `of` is the key of the deed that is taken back or done again.

    `settled` are the keys of marks that the person left as they are, `reopened` those that wait again.
    """

    key: str
    changes: tuple[Change, ...]
    kind: Kind = Kind.DO
    name: str = ""
    by: str = ""
    settled: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A cue as the file had it, byte for byte, and how many notes stood right above it."""

    head: str
    words: str
    end: str
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Trace:
    """What else is known of a sentence: its entry in transcript.json, and its bytes while it is there.

    While it is not: `heir` is the sentence that has its frozen address, and `above` the end of the block
    below which it came into the file.
    """

    entry: CueReview | None = None
    block: Block | None = None
    heir: str = ""
    above: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """One sentence before and after a deed was carried out: what an undo or redo brings back."""

    id: str
    before: Trace
    after: Trace

    @property
    def reversed(self) -> Effect:
        """The same the other way round."""
        return Effect(self.id, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Clash:
    """A sentence that somebody else changed: as a deed wants it, and as it stands; None: it is gone.

    `by` and `at` say who changed it and when, as far as that is known.
    """

    id: str
    mine: Sentence | None
    theirs: Sentence | None
    by: str = ""
    at: datetime | None = None


def same(one: Cue | None, other: Cue | None) -> bool:
    """Whether two sentences say the same at the same time; to the millisecond, as the file has it."""
    return content(one) == content(other)


def content(cue: Cue | None) -> tuple[object, ...] | None:
    """All that the truth file says of a sentence but its id."""
    if cue is None:
        return None
    text = held(cue.text)[0]
    return (round(cue.start_s * 1000), round(cue.end_s * 1000), text, cue.speaker, cue.sound, cue.spans)


def held(text: str) -> tuple[str, Sequence[int]]:
    """A text as files and pages can hold it, and where each place of the given one is in it.

    One space between words, none around them, no control characters and no halves of characters.
    """
    if not _ODD.search(text):
        return text, range(len(text) + 1)
    made, places = "", []
    for letter in text:
        places.append(len(made))
        if letter in _SPACES:
            made += " " if made and not made.endswith(" ") else ""
        elif not _NEVER.match(letter):
            made += letter
    return made.rstrip(" "), [*places, len(made)]
