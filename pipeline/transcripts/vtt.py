"""WebVTT: the truth file (`transcript.vtt`) and the captions that are published.

Source: W3C WebVTT, https://www.w3.org/TR/webvtt1/ (§ 4 syntax, § 4.2.2 cue text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from pipeline.errors import TranscriptError, Where
from pipeline.messages import Message, msg
from pipeline.models import Cue, Span, Transcript
from pipeline.transcripts import captions

LINE_CHARACTERS = 65  # podcast-namespace, transcripts.md
LINES = 2
_TIMES = re.compile(
    r"^((?:\d+:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t].*)?$"
)
_LANGUAGE = re.compile(r"^Language:\s*([A-Za-z-]+)$", re.MULTILINE)
_TAG = re.compile(r"<(/?)([a-z]*)((?:\.[^\s.>]+)*)(?:[ \t]+([^>]*))?>")


def read_vtt(text: str) -> Transcript:
    """The cues of a WebVTT file; TranscriptError names the line of the first mistake."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"^WEBVTT(?:[ \t]|$)", lines[0]):
        raise _mistake(1, msg("the first line has to be WEBVTT"))
    header = "\n".join(lines[: lines.index("")] if "" in lines else lines)
    language = _LANGUAGE.search(header)
    cues = tuple(_cue(block, number) for number, block in _blocks(lines))
    _refuse_doubles(cues)
    return Transcript(cues, language[1] if language else "de")


def write_vtt(transcript: Transcript) -> str:
    """The truth file: a sentence a cue, with id and speaker id; words are not in it."""
    blocks = [f"WEBVTT\nLanguage: {transcript.language}\n"]
    blocks += [f"{cue.id}\n{_times(cue)}\n{_marked(cue, cue.speaker)}\n" for cue in transcript.cues]
    return "\n".join(blocks)


def write(transcript: Transcript, names: Mapping[str, str]) -> str:
    """The published captions: at most two lines of 65 characters, speakers by name."""
    blocks = ["WEBVTT\n"]
    for cue in captions.split(transcript, LINE_CHARACTERS, LINES):
        text = captions.lines(cue.text, LINE_CHARACTERS)
        speaker = "" if cue.sound else names.get(cue.speaker, cue.speaker)
        blocks.append(f"{cue.id}\n{_times(cue)}\n{_wrapped(_escape(text), speaker, cue.sound)}\n")
    return "\n".join(blocks)


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


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    start = 0
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            start = start or number
            block.append(line)
            continue
        if block and not re.match(r"^(WEBVTT|NOTE|STYLE|REGION)\b", block[0]):
            yield start, block
        block, start = [], 0


def _cue(block: list[str], number: int) -> Cue:
    at = 0 if "-->" in block[0] else 1
    times = _TIMES.match(block[at].strip()) if at < len(block) else None
    if times is None:
        raise _mistake(number + at, msg("times are written 00:00:01.000 --> 00:00:02.000"))
    start, end = _seconds(times[1]), _seconds(times[2])
    if end <= start:
        raise _mistake(number + at, msg("the end does not come after the start"))
    marked = " ".join(line.strip() for line in block[at + 1 :])
    text, speaker, sound, spans = _parsed(marked)
    if not text:
        raise _mistake(number + at, msg("the cue has no text"))
    id_ = block[0].strip() if at else f"l{number}"
    return Cue(id_, start, end, text, speaker, sound, spans)


def _parsed(marked: str) -> tuple[str, str, bool, tuple[Span, ...]]:
    text, speaker, sound, position = "", "", False, 0
    open_spans: list[tuple[int, str]] = []
    spans: list[Span] = []
    for tag in _TAG.finditer(marked):
        text += unescape(marked[position : tag.start()])
        position = tag.end()
        closing, name, classes, annotation = tag.groups()
        if name == "v" and not closing:
            speaker = unescape(annotation or "").strip()
        elif name == "c" and ".sound" in classes:
            sound = True
        elif name == "lang" and not closing:
            open_spans.append((len(text), (annotation or "").strip()))
        elif name == "lang" and open_spans:
            begin, language = open_spans.pop()
            spans.append(Span(begin, len(text), language))
    text += unescape(marked[position:])
    shift = len(text) - len(text.lstrip())
    kept = (Span(s.start - shift, s.end - shift, s.language) for s in spans if s.end > s.start)
    return text.strip(), "" if sound else speaker, sound, tuple(sorted(kept, key=lambda s: s.start))


def _marked(cue: Cue, speaker: str) -> str:
    text, position = "", 0
    for span in cue.spans:
        text += _escape(cue.text[position : span.start])
        text += f"<lang {span.language}>{_escape(cue.text[span.start : span.end])}</lang>"
        position = span.end
    return _wrapped(text + _escape(cue.text[position:]), speaker, cue.sound)


def _wrapped(text: str, speaker: str, sound: bool) -> str:
    if sound:
        return f"<c.sound>{text}</c>"
    return f"<v {_escape(' '.join(speaker.split()))}>{text}" if speaker else text


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _times(cue: Cue) -> str:
    return f"{time_text(cue.start_s)} --> {time_text(cue.end_s)}"


def _seconds(text: str) -> float:
    total = 0.0
    for part in text.split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def _refuse_doubles(cues: tuple[Cue, ...]) -> None:
    seen: set[str] = set()
    for cue in cues:
        if cue.id in seen:
            raise TranscriptError(msg("the cue id {id} stands there twice", id=cue.id))
        seen.add(cue.id)


def _mistake(line: int, message: Message) -> TranscriptError:
    return TranscriptError(message, where=Where("transcript.vtt", line))
