"""Transcripts: cues and words by the million, so slotted dataclasses and not pydantic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the machine heard it: text without spaces around it, times in seconds, probability 0–1."""

    text: str
    start_s: float
    end_s: float
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a cue's text that are in another language (`<lang en>`)."""

    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One sentence, or one sound (`[Musik]`): times in seconds, plain text, who speaks.

    `speaker` is a person's id, or a voice that nobody has named yet (`Stimme 1`), or "" if unknown.
    `words` are the machine's, where known; their texts need not equal the corrected `text`.
    """

    id: str
    start_s: float
    end_s: float
    text: str
    speaker: str = ""
    sound: bool = False
    spans: tuple[Span, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """All cues of a recording in the order of time; `language` is that of the text (`de`)."""

    cues: tuple[Cue, ...]
    language: str = "de"

    @property
    def text(self) -> str:
        """The words alone, a line a cue."""
        return "\n".join(cue.text for cue in self.cues)


class CueState(StrEnum):
    """What a person did with a cue: nothing, listened through it, or checked it."""

    MACHINE = "machine"
    HEARD = "heard"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class CueReview:
    """One cue's entry in `transcript.json`.

    `digest` says what stood there then (`transcripts.reviewing`): what the machine wrote, or a person read.
    """

    state: CueState
    by: str = ""
    on: date | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a person should look at: why (`kind`), when in seconds, and what stands there.

    `cue` is the id of the sentence and `text` all of it, both "" where there is none (speech without text);
    `word` is the one that is meant, where it is a single word; `times` how often a part stands in a row.
    """

    kind: str
    start_s: float
    cue: str = ""
    text: str = ""
    word: str = ""
    times: int = 0


@dataclass(frozen=True, slots=True)
class Replacement:
    """A known mishearing that the glossary put right: in which cue, when (seconds), and for which term.

    `heard` and `written` are the words as they stood and stand in the sentence.
    """

    cue: str
    start_s: float
    heard: str
    written: str
    term: str


@dataclass(frozen=True, slots=True)
class Review:
    """`transcript.json`: what people did with each cue (by cue id), open marks, and which model heard it.

    `asr` names the file under asr/ that the machine's cues come from. `last_id` is the largest number that
    was ever a cue's id: no later cue gets one that is taken. `anchors` are the addresses of paragraphs that
    readers may have linked to (`t=754`), by the id of the cue that stood first: they stay for ever.
    `completed` is the day on which every sentence was checked for the first time. `settled` are the keys of
    marks that a person left as they are (`transcripts.suspecting`), sorted.
    """

    cues: dict[str, CueReview] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    model: str = ""
    recognised: date | None = None
    asr: str = ""
    last_id: int = 0
    anchors: Mapping[str, str] = field(default_factory=dict)
    completed: date | None = None
    settled: tuple[str, ...] = ()
