"""Sentences and deeds ↔ JSON, as the desk's pages send them and the journal keeps them.

What is no such JSON is a `MalformedError` that names the place. Words are brought into the form that the file
can hold: one space between words, no control characters; a sentence without words is no sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, TypeVar

from pipeline.errors import MalformedError
from pipeline.messages import msg
from pipeline.models import Cue, CueReview, CueState, Span
from pipeline.transcripts.deeds import Block, Change, Clash, Deed, Effect, Kind, Sentence, Trace, held
from pipeline.transcripts.history import Record
from pipeline.transcripts.reviewing import Standing

T = TypeVar("T")

LONGEST_TEXT = 20_000
LONGEST_NAME = 500
MOST_CHANGES = 20_000
_LATEST_S = 9999 * 3600.0
_LANGUAGE = re.compile(r"[A-Za-z0-9-]+")


def to_sentence(sentence: Sentence | None) -> dict[str, Any] | None:
    """A sentence as JSON."""
    if sentence is None:
        return None
    cue = sentence.cue
    return {
        "id": cue.id,
        "start": round(cue.start_s, 3),
        "end": round(cue.end_s, 3),
        "text": cue.text,
        "speaker": cue.speaker,
        "sound": cue.sound,
        "spans": [[span.start, span.end, span.language] for span in cue.spans],
        "state": sentence.state.value,
    }


def to_deed(deed: Deed) -> dict[str, Any]:
    """A deed as JSON."""
    return {
        "key": deed.key,
        "kind": deed.kind.value,
        "name": deed.name,
        "by": deed.by,
        "of": deed.of,
        "changes": [_to_change(change) for change in deed.changes],
        "settled": list(deed.settled),
        "reopened": list(deed.reopened),
    }


def to_clash(clash: Clash) -> dict[str, Any]:
    """A sentence that two people changed."""
    mine, theirs = to_sentence(clash.mine), to_sentence(clash.theirs)
    at = clash.at.isoformat() if clash.at else ""
    return {"id": clash.id, "mine": mine, "theirs": theirs, "by": clash.by, "at": at}


def to_record(record: Record) -> dict[str, Any]:
    """A deed as the journal keeps it."""
    effects = [
        {"id": one.id, "before": _to_trace(one.before), "after": _to_trace(one.after)}
        for one in record.effects
    ]
    return {"at": record.at.isoformat(), "deed": to_deed(record.deed), "effects": effects}


def deeds(data: object) -> tuple[Deed, ...]:
    """A list of deeds; MalformedError names the first that is none."""
    return _each(data, "deeds", deed)


def deed(data: object, where: str = "deed") -> Deed:
    """One deed."""
    values = _object(data, where)
    changes = _each(values.get("changes", []), f"{where}.changes", _change)
    if len({change.id for change in changes}) < len(changes) or len(changes) > MOST_CHANGES:
        raise _wrong(f"{where}.changes")
    made = Deed(
        key=_text(values, "key", where, least=1),
        changes=changes,
        kind=_one_of(Kind, values.get("kind", "do"), f"{where}.kind"),
        name=_text(values, "name", where),
        by=_text(values, "by", where),
        settled=_each(values.get("settled", []), f"{where}.settled", _plain),
        reopened=_each(values.get("reopened", []), f"{where}.reopened", _plain),
        of=_text(values, "of", where),
    )
    if bool(made.of) is not (made.kind in {Kind.UNDO, Kind.REDO}):
        raise _wrong(f"{where}.of")
    return made


def clash(data: object) -> Clash:
    """A clash as the journal keeps it."""
    values = _object(data, "clash")
    mine = _sentence(values.get("mine"), "clash.mine")
    return Clash(_id(values, "clash"), mine, _sentence(values.get("theirs"), "clash.theirs"))


def record(data: object) -> Record:
    """A deed as the journal keeps it."""
    values = _object(data, "record")
    effects = _each(values.get("effects", []), "record.effects", _effect)
    return Record(deed(values.get("deed")), datetime.fromisoformat(str(values["at"])), effects)


def _to_change(change: Change) -> dict[str, Any]:
    before, after = to_sentence(change.before), to_sentence(change.after)
    return {"id": change.id, "before": before, "after": after, "follows": change.follows}


def _to_trace(trace: Trace) -> dict[str, Any]:
    entry, block = trace.entry, trace.block
    made: dict[str, Any] = {}
    if entry:
        on = entry.on.isoformat() if entry.on else None
        made["entry"] = {"state": entry.state.value, "by": entry.by, "on": on, "digest": entry.digest}
    if block:
        made["block"] = [block.head, block.words, block.end, block.notes]
    heir = {"heir": trace.heir} if trace.heir else {}
    return made | heir | ({} if trace.above is None else {"above": trace.above})


def _effect(data: object, where: str) -> Effect:
    values = _object(data, where)
    return Effect(_id(values, where), _trace(values["before"]), _trace(values["after"]))


def _trace(values: Mapping[str, Any]) -> Trace:
    entry, block = values.get("entry"), values.get("block")
    return Trace(
        CueReview(
            CueState(entry["state"]),
            entry["by"],
            date.fromisoformat(entry["on"]) if entry["on"] else None,
            entry["digest"],
        )
        if entry
        else None,
        Block(*block) if block else None,
        values.get("heir", ""),
        values.get("above"),
    )


def _change(data: object, where: str) -> Change:
    values = _object(data, where)
    id_ = _id(values, where)
    before = _sentence(values.get("before"), f"{where}.before")
    after = _sentence(values.get("after"), f"{where}.after")
    if any(one and one.cue.id != id_ for one in (before, after)):
        raise _wrong(f"{where}.id")
    return Change(id_, before, after, _text(values, "follows", where))


def _sentence(data: object, where: str) -> Sentence | None:
    """None also for one without words: the file cannot hold it."""
    if data is None:
        return None
    values = _object(data, where)
    start_s, end_s = (_seconds(values, name, where) for name in ("start", "end"))
    text, places = held(_text(values, "text", where, most=LONGEST_TEXT))
    if not text.strip():
        return None
    sound = values.get("sound", False)
    if not isinstance(sound, bool) or end_s <= start_s:
        raise _wrong(f"{where}.sound" if end_s > start_s else f"{where}.end")
    speaker = " ".join(held(_text(values, "speaker", where))[0].split())
    spans = _each(values.get("spans", []), f"{where}.spans", _span)
    cue = Cue(
        _id(values, where),
        start_s,
        end_s,
        text,
        "" if sound else speaker,
        sound,
        _fitted(spans, places, len(text), where),
    )
    return Sentence(cue, _one_of(Standing, values.get("state", "machine"), f"{where}.state"))


def _fitted(spans: Sequence[Span], places: Sequence[int], length: int, where: str) -> tuple[Span, ...]:
    """Passages in another language where the text has them now; empty ones go."""
    if any(not 0 <= one.start <= one.end < len(places) for one in spans):
        raise _wrong(f"{where}.spans")
    moved = (Span(places[one.start], min(places[one.end], length), one.language) for one in spans)
    made = tuple(sorted((one for one in moved if one.start < one.end), key=lambda one: one.start))
    if any(one.end > other.start for one, other in pairwise(made)):
        raise _wrong(f"{where}.spans")
    return made


def _span(data: object, where: str) -> Span:
    match data:
        case [int(start), int(end), str(language)] if _LANGUAGE.fullmatch(language):
            return Span(start, end, language)
    raise _wrong(where)


def _seconds(values: Mapping[str, Any], name: str, where: str) -> float:
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(f"{where}.{name}")
    if not math.isfinite(value) or not 0 <= value < _LATEST_S:
        raise _wrong(f"{where}.{name}")
    return round(float(value), 3)


def _id(values: Mapping[str, Any], where: str) -> str:
    id_ = _text(values, "id", where, least=1)
    if held(id_)[0] != id_ or "-->" in id_:
        raise _wrong(f"{where}.id")
    return id_


def _text(
    values: Mapping[str, Any], name: str, where: str, *, least: int = 0, most: int = LONGEST_NAME
) -> str:
    text = values.get(name, "")
    if not isinstance(text, str) or not least <= len(text) <= most:
        raise _wrong(f"{where}.{name}")
    return text


def _plain(data: object, where: str) -> str:
    if not isinstance(data, str) or len(data) > LONGEST_NAME or held(data)[0] != data:
        raise _wrong(where)
    return data


def _object(data: object, where: str) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise _wrong(where)
    return data


def _each(data: object, where: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
    if not isinstance(data, list):
        raise _wrong(where)
    return tuple(read(one, f"{where}[{at}]") for at, one in enumerate(data))


E = TypeVar("E", Kind, Standing)


def _one_of(kind: type[E], value: object, where: str) -> E:
    try:
        return kind(str(value))
    except ValueError as error:
        raise _wrong(where) from error


def _wrong(where: str) -> MalformedError:
    return MalformedError(msg("The page sent something that cannot be understood."), where=where)
