"""WebVTT: the truth file (`transcript.vtt`) and the captions that are published.

Source: W3C WebVTT, https://www.w3.org/TR/webvtt1/ (§ 4 syntax).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from pipeline.messages import msg
from pipeline.models import Cue, Transcript
from pipeline.transcripts import captions, cuetext
from pipeline.transcripts.cuetext import mistake

LINE_CHARACTERS = 65  # podcast-namespace, transcripts.md
LINES = 2
_TIME = r"((?:[0-9]{1,4}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3})"
_TIMES = re.compile(rf"^{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?$")
_NEGATIVE = re.compile(r"(?:^|-->[ \t]*)-[0-9]")
_LANGUAGE = re.compile(r"^Language:\s*([A-Za-z0-9-]+)\s*$", re.MULTILINE)
_NO_CUE = re.compile(r"^(NOTE|STYLE|REGION)(?:[ \t\r\n]|$)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

Block = tuple[int, list[str]]
"""The line of a block's first line, counted from 1, and its lines."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block as it stands in the file, byte for byte: `head`, `words` and `end`, one after the other.

    `line` is the one it begins in, counted from 1. `id` is None for what is no cue: header, note, style,
    region; all of it is in `words` then. Of a cue, `head` is its id and times, each with the end of its line.
    `end` is the last end of a line, with the empty lines below.
    """

    id: str | None
    head: str
    words: str
    end: str
    line: int = 0

    @property
    def raw(self) -> str:
        """All of it."""
        return self.head + self.words + self.end


def read_vtt(text: str) -> Transcript:
    """The cues of a WebVTT file; TranscriptError names the line of the first mistake."""
    lines = lines_of(text)
    if not re.match(r"^WEBVTT(?:[ \t]|$)", lines[0]):
        raise mistake(1, msg("the first line has to be WEBVTT"))
    (_, header), *rest = blocks(lines)
    for number, line in enumerate(header, 1):
        if "-->" in line:
            raise mistake(number, msg("an empty line is missing below WEBVTT"))
    language = _LANGUAGE.search("\n".join(header))
    found = [(number, block) for number, block in rest if not _NO_CUE.match(block[0])]
    cues = [_cue(number, block) for number, block in found]
    _refuse_doubles(list(zip((number for number, _ in found), cues, strict=True)))
    return Transcript(tuple(cues), language[1] if language else "de")


def line_of(text: str, cue_id: str) -> int:
    """The line in which a cue begins, counted from 1; 1 if there is none of this id."""
    return next((block.line for block in placed(text) if block.id == cue_id), 1)


def placed(text: str) -> Iterator[Placed]:
    """Every block of the truth file in its place: header, notes, styles, cues; together they are the file.

    Whoever changes a file that people edit walks over these and leaves the others alone.
    """
    lines = _LINE.findall(text)
    starts = [n for n, line in enumerate(lines) if line.strip() and not (n and lines[n - 1].strip())]
    for first, following in pairwise([0, *starts[1:], len(lines)] if starts else ()):
        yield _placed(first, lines[first:following])


def _placed(first: int, lines: list[str]) -> Placed:
    """The block of some lines, the last of which may be empty; they have their ends."""
    said = next((n for n in range(len(lines), 0, -1) if lines[n - 1].strip()), 0)
    last = lines[said - 1].rstrip("\r\n")
    end = "".join((lines[said - 1][len(last) :], *lines[said:]))
    if first == 0 or _NO_CUE.match(lines[0]):
        return Placed(None, "", "".join((*lines[: said - 1], last)), end, first + 1)
    at = _at(lines) + 1
    words = "".join((*lines[at : said - 1], last)) if said > at else ""
    return Placed(_id(first + 1, lines), "".join(lines[:at]), words, end, first + 1)


def write_vtt(transcript: Transcript) -> str:
    """The truth file: a sentence a cue, with id and speaker id; words are not in it."""
    made = [f"WEBVTT\nLanguage: {transcript.language}\n"]
    for cue in transcript.cues:
        one_line = re.sub(r"[\r\n]", " ", cue.text)
        marked = cuetext.mark(one_line, cue.spans, speaker=cue.speaker, sound=cue.sound)
        made.append(f"{cue.id}\n{_times(cue.start_s, cue.end_s)}\n{marked}\n")
    return "\n".join(made)


def write(transcript: Transcript, names: Mapping[str, str]) -> str:
    """The published captions: at most two lines of 65 characters, speakers by name."""
    made = ["WEBVTT\n"]
    for cue in transcript.cues:
        speaker = names.get(cue.speaker, cue.speaker)
        for one in captions.split(cue, LINE_CHARACTERS, LINES):
            marked = cuetext.mark(one.text, one.spans, speaker=speaker, sound=cue.sound)
            made.append(f"{one.id}\n{_times(one.start_s, one.end_s)}\n{marked}\n")
    return "\n".join(made)


def read(text: str) -> Transcript:
    """The same as `read_vtt`: captions made elsewhere are read alike."""
    return read_vtt(text)


def time_text(seconds: float) -> str:
    """Seconds as WebVTT writes them: `00:12:30.500`."""
    milliseconds = round(seconds * 1000)
    return (
        f"{milliseconds // 3_600_000:02}:{milliseconds // 60_000 % 60:02}:"
        f"{milliseconds // 1000 % 60:02}.{milliseconds % 1000:03}"
    )


def lines_of(text: str) -> list[str]:
    """The lines of a file, whatever ends them, without a byte order mark."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def blocks(lines: list[str]) -> Iterator[Block]:
    """The groups of lines between empty ones; a line of spaces is empty too."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def times(line: str, number: int) -> tuple[float, float]:
    """Start and end in seconds of a line of times; TranscriptError names the line (`number`)."""
    found = _TIMES.match(line.strip())
    if found is None:
        if _NEGATIVE.search(line):
            raise mistake(number, msg("a time cannot be negative"))
        raise mistake(number, msg("times are written 00:00:01.000 --> 00:00:02.000"))
    start, end = _seconds(found[1]), _seconds(found[2])
    if end <= start:
        raise mistake(number, msg("the end does not come after the start"))
    return start, end


def _cue(number: int, block: list[str]) -> Cue:
    at = _at(block)
    start, end = times(block[at] if at < len(block) else "", number + at)
    for offset, line in enumerate(block[at + 1 :], number + at + 1):
        if "-->" in line:
            raise mistake(offset, msg("times stand in the text: an empty line is missing above the cue"))
    raw = "\n".join(line.strip(" \t\f") for line in block[at + 1 :])
    read = cuetext.parse(raw, number + at + 1)
    if not read.text:
        raise mistake(number + at, msg("the cue has no text"))
    return Cue(_id(number, block), start, end, read.text, read.speaker, read.sound, read.spans)


def _at(block: list[str]) -> int:
    """Which line of a block holds the times: the first, or the one below the id."""
    return 0 if "-->" in block[0] else 1


def _id(number: int, block: list[str]) -> str:
    return block[0].strip() if _at(block) else f"l{number}"


def _times(start_s: float, end_s: float) -> str:
    return f"{time_text(start_s)} --> {time_text(end_s)}"


def _seconds(text: str) -> float:
    hours, minutes, seconds, milliseconds = text[:-10], text[-9:-7], text[-6:-4], text[-3:]
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return (whole * 1000 + int(milliseconds)) / 1000


def _refuse_doubles(placed: list[tuple[int, Cue]]) -> None:
    seen: dict[str, int] = {}
    for line, cue in placed:
        if cue.id in seen:
            first = seen[cue.id]
            raise mistake(
                line, msg("the cue id {id} stands there twice, first in line {line}", id=cue.id, line=first)
            )
        seen[cue.id] = line
