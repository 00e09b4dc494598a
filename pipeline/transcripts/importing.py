"""A transcript made elsewhere → ours: its format, how its letters are coded, who speaks, what is a sound."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from pipeline.errors import TranscriptError
from pipeline.messages import msg
from pipeline.models import Cue, Transcript
from pipeline.transcripts import sounds

READABLE = ("json", "srt", "vtt")
_LOOKS = {
    "json": re.compile(r"\s*\{"),
    "srt": re.compile(r"\s*(?:\d+\s*\n)?\s*\d+:\d\d:\d\d[,.]\d{3}[ \t]*-->"),
    "vtt": re.compile(r"WEBVTT\b"),
}
_NAME = re.compile(r"^([^:]{1,60}):\s+(?=\S)")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and whether its coding was told by the file or is only likely."""

    text: str
    coding: str
    guessed: bool = False


def decoded(data: bytes) -> Decoded:
    """Bytes as text: UTF-8 or UTF-16, and where it is neither, Windows' Western European letters."""
    told = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _sixteen(data)
    try:
        return Decoded(_lines(data.decode(told or "utf-8")), told or "utf-8")
    except UnicodeDecodeError as error:
        if told:
            raise TranscriptError(msg("The file is not the text that its first bytes announce.")) from error
    return Decoded(_lines(data.decode("cp1252", errors="replace")), "Windows-1252", guessed=True)


def _sixteen(data: bytes) -> str:
    """Which UTF-16 a file without a mark is in: every other byte of Latin letters is zero."""
    start = data[:64]
    if start.count(0) * 3 <= len(start):
        return ""
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def format_of(file: str, text: str) -> str:
    """The name of a file's format, by what stands in it, else by its suffix; TranscriptError if none is."""
    looks = next((name for name, sign in _LOOKS.items() if sign.match(text)), "")
    suffix = PurePath(file).suffix.lower().removeprefix(".")
    found = looks or (suffix if suffix in READABLE else "")
    if not found:
        raise TranscriptError(
            msg("The file is no transcript of a known kind."),
            where=file,
            hint=msg("Known are WebVTT, SubRip (SRT) and the JSON of the Podcast Index."),
        )
    return found


def brought(transcript: Transcript, ids: Mapping[str, str], *, named_in_text: bool, first: int) -> Transcript:
    """The cues in the order of time with ids from `first` on, speakers by their ids, and sounds as sounds.

    `ids` leads from names, folded, to ids. With `named_in_text` (SRT) a known name in front of a colon is
    the speaker, until the next one; a name that nobody knows stays in the text.
    """
    made, voice = list[Cue](), ""
    for number, cue in enumerate(sorted(transcript.cues, key=lambda cue: cue.start_s), first):
        speaker = ids.get(_folded(cue.speaker), cue.speaker)
        one = sounds.marked(replace(cue, id=str(number), speaker=speaker))
        if named_in_text and not one.sound:
            found = _NAME.match(one.text)
            known = ids.get(_folded(found[1])) if found else None
            voice = known or voice
            text = one.text[found.end() :] if found and known else one.text
            one = replace(one, text=text, speaker=voice)
        made.append(one)
    return replace(transcript, cues=tuple(made))


def by_name(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Folded name → id, from id → the names somebody goes by; a name of two people is nobody's."""
    folded: dict[str, set[str]] = {}
    for id_, known in names.items():
        for name in (id_, *known):
            folded.setdefault(_folded(name), set()).add(id_)
    return {name: next(iter(ids)) for name, ids in folded.items() if name and len(ids) == 1}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
