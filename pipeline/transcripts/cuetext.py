"""The text of a WebVTT cue ↔ words, voice, and passages in another language.

Source: W3C WebVTT, § 4.2.2 cue text, § 6.4 cue text parsing (https://www.w3.org/TR/webvtt1/). Stricter than
a browser, which guesses: a tag that nobody closed is a mistake of an editor, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from pipeline.errors import TranscriptError, Where
from pipeline.messages import Message, msg
from pipeline.models import Span

FILE = "transcript.vtt"
_TAG = re.compile(r"<(/?)([a-z]+)((?:\.[^\s.<>]+)*)(?:\s+([^<>]*))?>")
_MOMENT = re.compile(r"<[0-9:.]+>")  # karaoke times, as captions made elsewhere carry them
_STYLES = {"b", "c", "i", "lang", "rt", "ruby", "u"}
_PLAIN = re.compile(r"(?:<v(?:\.[^\s.<>]+)*\s+([^<>&]*)>)?([^<>&]*)(?:</v>)?")
"""A cue as nearly all are: words, somebody who says them, nothing else."""
_SPACES = re.compile(r"[ \t\f\r\n]+")


@dataclass(frozen=True, slots=True)
class CueText:
    """What the text of a cue says."""

    text: str
    speaker: str
    sound: bool
    spans: tuple[Span, ...]


@dataclass(slots=True)
class _Reader:
    """Words so far, tags still open (innermost last, with their place), and the language spans."""

    text: str = ""
    speaker: str = ""
    sound: bool = False
    open: list[tuple[str, str, int]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    begin: int = 0

    def add(self, piece: str) -> None:
        words = _even(unescape(piece))
        self.text += words[1:] if words.startswith(" ") and self.text[-1:] in {"", " "} else words

    def opens(self, name: str, annotation: str, at: int) -> None:
        self._end_span()
        self.open.append((name, annotation, at))

    def closes(self) -> None:
        self._end_span()
        self.open.pop()

    def _end_span(self) -> None:
        language = next((note for name, note, _ in reversed(self.open) if name == "lang"), "")
        if language and len(self.text) > self.begin:
            self.spans.append(Span(self.begin, len(self.text), language))
        self.begin = len(self.text)


def parse(raw: str, line: int) -> CueText:
    """Cue text with its line breaks, the first in `line` → its meaning; TranscriptError names the line.

    In nested languages the innermost counts, so spans never overlap.
    """
    plain = _PLAIN.fullmatch(raw)
    if plain:
        return CueText(_even(plain[2]).strip(" "), (plain[1] or "").strip(), sound=False, spans=())
    return _parsed(raw, line)


def _parsed(raw: str, line: int) -> CueText:
    """The same for any text."""
    reader, position = _Reader(), 0
    marked = _MOMENT.sub("", raw)
    for tag in _TAG.finditer(marked):
        _add(reader, marked, position, tag.start(), line)
        position = tag.end()
        try:
            _take(reader, tag)
        except _TagError as wrong:
            raise mistake(_line(marked, tag.start(), line), wrong.message) from wrong
    _add(reader, marked, position, len(marked), line)
    for name, _, at in reader.open:
        raise mistake(_line(marked, at, line), msg("the tag <{name}> is not closed", name=name))
    text = reader.text.rstrip(" ")
    kept = (Span(s.start, min(s.end, len(text)), s.language) for s in reader.spans if s.start < len(text))
    return CueText(text, "" if reader.sound else reader.speaker, reader.sound, tuple(kept))


def mark(text: str, spans: Iterable[Span], *, speaker: str = "", sound: bool = False) -> str:
    """The reverse of `parse`: one line, or more where the text has line breaks."""
    made, position = "", 0
    for span in spans:
        made += escape(text[position : span.start])
        made += f"<lang {span.language}>{escape(text[span.start : span.end])}</lang>"
        position = span.end
    made += escape(text[position:])
    if sound:
        return f"<c.sound>{made}</c>"
    return f"<v {escape(' '.join(speaker.split()))}>{made}" if speaker else made


def spaced(text: str) -> str:
    """Words with single spaces between them, as a cue's text is; other spaces than HTML's own stay."""
    return " ".join(word for word in _SPACES.split(text) if word)


def _even(text: str) -> str:
    """The same with one space for all that follow one another; nearly always it is so already."""
    uneven = "  " in text or "\n" in text or "\t" in text or "\f" in text or "\r" in text
    return _SPACES.sub(" ", text) if uneven else text


def escape(text: str) -> str:
    """Text in which nothing is taken for a tag, an entity, or the arrow between times."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mistake(line: int, message: Message) -> TranscriptError:
    """The error for a mistake in a line of the truth file."""
    return TranscriptError(message, where=Where(FILE, line))


class _TagError(Exception):
    """A tag that does not fit; `parse` knows its line."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def _take(reader: _Reader, tag: re.Match[str]) -> None:
    closing, name, classes, annotation = tag.group(1, 2, 3, 4)
    note = unescape(annotation or "").strip()
    if name == "v":
        _voice(reader, note, closing=bool(closing))
    elif name not in _STYLES:
        raise _TagError(msg("the tag <{name}> is unknown; a plain < is written &lt;", name=name))
    elif closing:
        _close(reader, name)
    elif name == "lang" and not re.fullmatch(r"[A-Za-z0-9-]+", note):
        raise _TagError(msg("a language is missing: <lang en>"))
    else:
        reader.sound = reader.sound or (name == "c" and "sound" in classes.split("."))
        reader.opens(name, note, tag.start())


def _voice(reader: _Reader, name: str, *, closing: bool) -> None:
    if closing:
        return
    if reader.speaker and reader.speaker != name:
        raise _TagError(msg("two people speak in one cue; each needs a cue of their own"))
    reader.speaker = name


def _close(reader: _Reader, name: str) -> None:
    if not reader.open or reader.open[-1][0] != name:
        raise _TagError(msg("the tag </{name}> closes nothing here", name=name))
    reader.closes()


def _add(reader: _Reader, marked: str, start: int, end: int, line: int) -> None:
    stray = marked.find("<", start, end)
    if stray >= 0:
        raise mistake(_line(marked, stray, line), msg("a plain < is written &lt; here"))
    reader.add(marked[start:end])


def _line(marked: str, position: int, first: int) -> int:
    return first + marked.count("\n", 0, position)
