"""Talks in HTML and Markdown, for contestants that read contents of their own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from benchmarks.archiving.talks import Talk
from pipeline.models import Cue

FURNITURE = Path(__file__).parent / "furniture.html"
"""What stands around a talk on our pages (player, tools, citing, embedding, further talks), of one page for
all: their pages are as large as ours, and they need not make it.
"""
PARAGRAPH = 2
"""About as many sentences stand in a paragraph of ours."""
EMPHASISED = slice(3, 6)
"""The words of a paragraph that are stressed."""


def markdown(talk: Talk) -> str:
    """Show notes."""
    paragraphs = (f"{_marked(one, '*', '*')}." for one in talk.notes)
    links = "\n".join(f"- [{title}]({url})" for url, title in talk.links)
    return "\n\n".join((*paragraphs, links))


def notes(talk: Talk) -> str:
    """The same as HTML."""
    paragraphs = (f"<p>{_marked(one, '<em>', '</em>')}.</p>" for one in talk.notes)
    links = "\n".join(f'<li><a href="{url}">{escape(title)}</a></li>' for url, title in talk.links)
    return "\n".join((*paragraphs, f"<ul>\n{links}\n</ul>"))


def _marked(words: tuple[str, ...], opened: str, closed: str) -> str:
    before, stressed, after = words[: EMPHASISED.start], words[EMPHASISED], words[EMPHASISED.stop :]
    return f"{' '.join(before)} {opened}{' '.join(stressed)}{closed} {' '.join(after)}"


def transcript(talk: Talk) -> str:
    """Chapters and paragraphs as our own pages have them, without an empty line: HTML within Markdown."""
    return "\n".join(_lines(talk))


def _lines(talk: Talk) -> Iterator[str]:
    names = {person.id: person.name for person in talk.people}
    starts = dict(talk.chapters)
    chapter, numbers = 0, {}
    for cue in talk.cues:
        chapter += cue.start_s in starts
        numbers[cue.id] = chapter
    for (number, voice), cues in groupby(talk.cues, key=lambda cue: (numbers[cue.id], cue.speaker)):
        said = tuple(cues)
        if said[0].start_s in starts:
            yield _heading(number, starts[said[0].start_s])
        for place in range(0, len(said), PARAGRAPH):
            yield _paragraph(said[place : place + PARAGRAPH], names[voice], repeated=place > 0)


def _paragraph(cues: tuple[Cue, ...], name: str, *, repeated: bool) -> str:
    anchor, time = f"t{cues[0].id}", clock(cues[0].start_s)
    text = escape(" ".join(cue.text for cue in cues), quote=False)
    said = f'<span class="vh">{name}</span>' if repeated else f"<b>{name}</b>"
    return (
        f'      <div class="turn{"" if repeated else " new"}" id="{anchor}" tabindex="-1">\n'
        f'        <div class="who">{said} <a class="t" href="#{anchor}">'
        f'<span class="vh">Ab </span>{time}</a></div>\n'
        f'        <p class="say">{text}</p>\n      </div>'
    )


def _heading(number: int, title: str) -> str:
    return (
        f'<div class="chap" id="kapitel-{number}"><p class="small">Kapitel {number}</p>'
        f"<h3>{escape(title)}</h3></div>"
    )


def clock(seconds: float) -> str:
    """As pages show a moment: 12:30, 1:02:03."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
