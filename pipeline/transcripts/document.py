"""A transcript as an editor opens it: every sentence, what to look at, who may speak, what can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.messages import Message
from pipeline.transcripts import wire
from pipeline.transcripts.deeds import Clash, Deed, Sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """A place to look at: characters `start` to `end` (exclusive) of a sentence, when in seconds, and why.

    `key` stays the same while the words do; `suggestion` is what may be meant, "" where nobody knows. Where
    somebody speaks and no text stands, `sentence` is "".
    """

    key: str
    kind: str
    why: Message
    sentence: str
    start: int
    end: int
    at_s: float
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may speak; `hint` says why they are near at hand."""

    id: str
    name: str
    hint: Message | str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """Spellings that probably mean one name, the most frequent first; `key` is what settles them."""

    key: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence that a new recognition heard otherwise: all of it as heard now, and when in seconds.

    `key` is what settles it, as it does a passage.
    """

    key: str
    sentence: str
    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript as it stands. `digest` is that of its files; ids from `next_id` on are free.

    `undo` and `redo` are deeds, the newest last; `holder` is who has it open elsewhere, "" nobody.
    """

    digest: str
    length_s: float
    next_id: int
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...] = ()
    people: tuple[Candidate, ...] = ()
    names: tuple[Alike, ...] = ()
    chapters: tuple[tuple[float, str], ...] = ()
    undo: tuple[Deed, ...] = ()
    redo: tuple[Deed, ...] = ()
    proposals: tuple[Heard, ...] = ()
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of some deeds: the keys of those that are kept, and where the next one clashed.

    `digest` is that of the files now; ids from `next_id` on are free. `sentences` are all of them where the
    files were changed from outside since the window knew them; else None.
    """

    digest: str
    next_id: int
    accepted: tuple[str, ...]
    clashes: tuple[Clash, ...] = ()
    sentences: tuple[Sentence, ...] | None = None


def accepted_json(made: Accepted) -> dict[str, Any]:
    """The answer to a page that sent deeds."""
    sentences = made.sentences
    return {
        "digest": made.digest,
        "next_id": made.next_id,
        "accepted": list(made.accepted),
        "conflicts": [wire.to_clash(one) for one in made.clashes],
        "sentences": None if sentences is None else [wire.to_sentence(one) for one in sentences],
    }


def to_json(made: Document, say: Callable[[Message], str]) -> dict[str, Any]:
    """The document as a page gets it; `say` puts sentences into the reader's language."""
    return {
        "digest": made.digest,
        "length": round(made.length_s, 3),
        "next_id": made.next_id,
        "sentences": [wire.to_sentence(one) for one in made.sentences],
        "marks": [_mark(one, say) for one in made.passages],
        "people": [{"id": one.id, "name": one.name, "hint": _said(one.hint, say)} for one in made.people],
        "names": [{"key": one.key, "spellings": list(one.spellings)} for one in made.names],
        "chapters": [{"start": start_s, "title": title} for start_s, title in made.chapters],
        "undo": [wire.to_deed(one) for one in made.undo],
        "redo": [wire.to_deed(one) for one in made.redo],
        "proposals": [
            {
                "key": one.key,
                "sentence": one.sentence,
                "start": one.start_s,
                "end": one.end_s,
                "text": one.text,
            }
            for one in made.proposals
        ],
        "holder": made.holder,
    }


def _mark(one: Passage, say: Callable[[Message], str]) -> dict[str, Any]:
    return {
        "key": one.key,
        "sentence": one.sentence,
        "start": one.start,
        "end": one.end,
        "at": round(one.at_s, 3),
        "kind": one.kind,
        "why": say(one.why),
        "suggestion": one.suggestion,
    }


def _said(hint: Message | str, say: Callable[[Message], str]) -> str:
    return say(hint) if isinstance(hint, Message) else hint
