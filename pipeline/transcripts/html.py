"""HTML to read and to keep: `<cite>`, `<time>`, `<p>` as the Podcast Index has it (transcripts.md, "HTML").

Not published: the episode's page is the transcript in HTML there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape
from html.parser import HTMLParser
from itertools import chain, pairwise

from pipeline.messages import Translator, clock_text, msg
from pipeline.models import Cue, Transcript
from pipeline.transcripts.paragraphs import Paragraph, paragraphs

_HEAD = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
"""


def read(text: str) -> Transcript:
    """What stands in `<p>` as cues, with the name in the `<cite>` and the moment in the `<time>` above it."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return Transcript(tuple(reader.cues), reader.language)


def write(transcript: Transcript, names: Mapping[str, str]) -> str:
    """A page with a paragraph a turn; passages in other languages are marked, sounds stand in `<i>`."""
    title = escape(Translator(transcript.language.partition("-")[0])(msg("Transcript")))
    body = "".join(_paragraph(one, names) for one in paragraphs(transcript, ()))
    return f"{_HEAD.format(language=escape(transcript.language), title=title)}{body}</body>\n</html>\n"


def marked(cue: Cue, unsure: Collection[str] = ()) -> str:
    """A sentence as HTML; the words in `unsure` are of class `unsure`, wherever they stand in it."""
    if not unsure and not cue.spans:
        return escape(cue.text, quote=False)
    doubts = list(_doubts(cue.text, unsure))
    edges = {0, len(cue.text), *chain.from_iterable((span.start, span.end) for span in cue.spans)}
    edges |= set(chain.from_iterable(doubts))
    return "".join(_piece(cue, doubts, start, end) for start, end in pairwise(sorted(edges)))


def _doubts(text: str, words: Collection[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text):
            yield found.span()


def _piece(cue: Cue, doubts: Iterable[tuple[int, int]], start: int, end: int) -> str:
    text = escape(cue.text[start:end], quote=False)
    language = next((span.language for span in cue.spans if span.start <= start < span.end), "")
    attributes = f' lang="{escape(language)}"' if language else ""
    attributes += ' class="unsure"' if any(first <= start < last for first, last in doubts) else ""
    return f"<span{attributes}>{text}</span>" if attributes else text


def _paragraph(one: Paragraph, names: Mapping[str, str]) -> str:
    name = "" if one.sound else " ".join(names.get(one.speaker, one.speaker).split())
    cite = f"<cite>{escape(name, quote=False)}:</cite>\n" if name else ""
    text = " ".join(marked(cue) for cue in one.cues)
    said = f"<i>{text}</i>" if one.sound else text
    return f"{cite}<time>{clock_text(one.start_s)}</time>\n<p>{said}</p>\n"


class _Reader(HTMLParser):
    """Collects cues; anything but `<cite>`, `<time>` and `<p>` is passed over, its text kept."""

    def __init__(self) -> None:
        super().__init__()
        self.cues: list[Cue] = []
        self.language = "de"
        self._inside, self._text = "", ""
        self._name, self._at = "", 0.0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins to collect."""
        if tag == "html":
            self.language = dict(attrs).get("lang") or self.language
        if tag in {"cite", "time", "p"}:
            self._inside, self._text = tag, ""

    def handle_data(self, data: str) -> None:
        """Text, entities resolved."""
        self._text += data if self._inside else ""

    def handle_endtag(self, tag: str) -> None:
        """Takes what was collected."""
        if tag != self._inside:
            return
        text, self._inside = " ".join(part for part in self._text.replace("\n", " ").split(" ") if part), ""
        if tag == "cite":
            self._name = text.removesuffix(":")
        elif tag == "time":
            self._at = _seconds(text)
        elif text:
            self.cues.append(Cue(str(len(self.cues) + 1), self._at, self._at, text, self._name))
            self._name = ""


def _seconds(text: str) -> float:
    total = 0.0
    for part in text.split(":"):
        if not part.isdecimal():
            return 0.0
        total = total * 60 + int(part)
    return total
