"""What people type in a form ↔ what stands in the file, a kind of field each."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pipeline import project
from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import LICENCES
from pipeline.models.people import RESERVED
from pipeline.workflow.chaptering import start_text
from pipeline.workflow.filling.dates import day_text, read_day, read_time, time_text
from pipeline.workflow.filling.specs import Kind, Spec

Shown = str | bool | tuple[str, ...]
"""What a form shows of one field: text, a tick, several texts."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_MOMENT = re.compile(r"(.*?\d{2})(?:(?:,\s*|\s+|T)(\d{1,2}(?:[:.]\d{2})?(?:\s*\w+)?))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reader:
    """The language of the page, and the time zone of the house."""

    language: str
    zone: ZoneInfo


def shown(spec: Spec, written: Any, reader: Reader) -> Shown:
    """A value of the file as people of the reader's language type it; what is no such value as it stands."""
    if spec.kind is Kind.FLAG:
        return written is True
    if spec.kind is Kind.NAMES:
        return tuple(map(str, written)) if isinstance(written, list) else _single(written)
    if written is None:
        return str(spec.default)
    return _SHOWN.get(spec.kind, _plain)(spec, written, reader)


def read(spec: Spec, typed: Any, reader: Reader) -> Any:
    """What was typed as the file holds it; `None` for nothing. MisuseError if it cannot be read.

    Whether the value will do is for the model to say.
    """
    if spec.kind is Kind.GROUP or (spec.kind is Kind.LIST and isinstance(typed, dict)):
        return _group(spec, typed, reader)
    if spec.kind is Kind.LIST:
        return [_group(spec, one, reader) for one in typed] if isinstance(typed, list | tuple) else None
    if spec.kind is Kind.FLAG:
        return typed in {True, "true"}
    if spec.kind is Kind.NAMES:
        listed = typed if isinstance(typed, list | tuple) else [typed] if typed else []
        return [text for one in listed if (text := clean(str(one)))] or None
    text = clean(str(typed if typed is not None else ""))
    return _READ.get(spec.kind, _as_it_is)(text, reader) if text else None


def clean(text: str) -> str:
    """Text without what front matter and feeds may not hold, its lines ended alike."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def moment_parts(text: str) -> tuple[str, str]:
    """`28.11.2026 9:00` → the day and the time as typed."""
    found = _MOMENT.fullmatch(text.strip())
    return (found[1].strip(" ,"), found[2] or "") if found else (text.strip(), "")


def seconds_text(seconds: float) -> str:
    """`0:48`, `12:30`, `1:02:03`: as people write a moment of a recording."""
    return start_text(seconds).removeprefix("0:").removeprefix("0")


def seconds(text: str) -> float:
    """A moment of a recording; MisuseError if it cannot be read."""
    parts = text.strip().replace(",", ".").split(":")
    if not 1 <= len(parts) <= 3 or not all(re.fullmatch(r"\d+(\.\d+)?", part) for part in parts):  # noqa: PLR2004
        raise MisuseError(msg("This is no moment of a recording. Example: {example}", example="1:26"))
    total = 0.0
    for part in parts:
        total = total * 60 + float(part)
    return total


def _group(spec: Spec, typed: Any, reader: Reader) -> dict[str, Any]:
    """A group's values, those alone that say something."""
    given, values = typed if isinstance(typed, dict) else {}, dict[str, Any]()
    for one in spec.inner:
        value = read(one, given.get(one.name), reader)
        if value not in (None, False):
            values[key_of(one, value)] = value
    return values


def key_of(spec: Spec, value: Any) -> str:
    """The key that a value stands under: rights have one of two."""
    return spec.joined if spec.joined and value == RESERVED else spec.name


def _single(written: Any) -> tuple[str, ...]:
    return () if written in (None, "") else (str(written),)


def _plain(spec: Spec, written: Any, reader: Reader) -> str:
    if isinstance(written, datetime.date):
        return written.isoformat()
    return str(written).strip()


def _shown_choice(spec: Spec, written: Any, reader: Reader) -> str:
    """A licence by its identifier; one with a name of its own by that."""
    if isinstance(written, dict):
        known = (key for key, (_, url) in LICENCES.items() if url == written.get("url"))
        return str(next(known, written.get("name", "")))
    text = str(written).strip()
    key = text.upper().replace(" ", "-")
    return key if key in LICENCES and LICENCES.keys() & set(spec.choices) else text


def _shown_day(spec: Spec, written: Any, reader: Reader) -> str:
    if isinstance(written, str):
        try:
            written = datetime.date.fromisoformat(written.strip()[:10])
        except ValueError:
            return str(written)
    return day_text(written, reader.language) if isinstance(written, datetime.date) else str(written)


def _shown_moment(spec: Spec, written: Any, reader: Reader) -> str:
    known = project.moment(written, reader.zone)
    if not isinstance(known, datetime.datetime):
        return str(written)
    local = known.astimezone(reader.zone)
    return f"{day_text(local.date(), reader.language)} {time_text(local.time())}"


def _shown_time(spec: Spec, written: Any, reader: Reader) -> str:
    try:
        return seconds_text(seconds(str(written)))
    except MisuseError:
        return str(written)


def _read_number(text: str, reader: Reader) -> Any:
    return int(text) if re.fullmatch(r"\d{1,9}", text) else text


def _read_day(text: str, reader: Reader) -> Any:
    return read_day(text, reader.language)


def _read_moment(text: str, reader: Reader) -> str:
    day, hour = moment_parts(text)
    at = read_time(hour) if hour else datetime.time(12)
    return f"{read_day(day, reader.language):%Y-%m-%d} {at:%H:%M}"


def _read_time(text: str, reader: Reader) -> str:
    return start_text(seconds(text))


def _as_it_is(text: str, reader: Reader) -> str:
    return text


_SHOWN: dict[Kind, Callable[[Spec, Any, Reader], str]] = {
    Kind.CHOICE: _shown_choice,
    Kind.DAY: _shown_day,
    Kind.MOMENT: _shown_moment,
    Kind.TIME: _shown_time,
}
_READ: dict[Kind, Callable[[str, Reader], Any]] = {
    Kind.DAY: _read_day,
    Kind.MOMENT: _read_moment,
    Kind.NUMBER: _read_number,
    Kind.TIME: _read_time,
}
