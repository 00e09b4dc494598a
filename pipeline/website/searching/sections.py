"""An episode → the pages that are indexed: one about it, and one for every few minutes of its transcript.

Sections are small because a browser fetches each one that it shows something of. What a result needs
beside its words stands in ids, which are kept with a section and never searched: the first is JSON about
the episode; a paragraph's is `anchor/voice/chapter`, the latter two as places in that JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

from pipeline import markup
from pipeline.models import Episode
from pipeline.transcripts import Paragraph
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.searching.bundles import Section

MOST_CHARACTERS = 6000
ABOUT = "about"
"""The id of what is said about the episode as a whole, piece by piece: it has no time."""


def sections(context: Context, number: int, episode: Episode) -> Iterator[Section]:
    """The pages of one episode; `number` is its running number, by which results are grouped."""
    facts = _facts(context, episode)
    path = context.addresses.episode(episode)
    about = tuple(_about(context, episode))
    html = _html(facts, "", ((ABOUT, text) for text in about))
    yield Section(number, f"{path}0.html", html, "\n".join(about))
    for index, group in enumerate(_groups(views.transcript(context, episode)), 1):
        voices = _Places(context.names.get(one.speaker, one.speaker) for one in group)
        chapters = _Places(_chapter(episode, one) for one in group)
        ids = (
            f"{one.anchor}/{voice}/{chapter}"
            for one, voice, chapter in zip(group, voices.of_each, chapters.of_each, strict=True)
        )
        texts = [" ".join(cue.text for cue in one.cues) for one in group]
        also = " ".join((episode.title, *voices.known))
        parts = zip(ids, texts, strict=True)
        html = _html(facts | {"voices": voices.known, "chapters": chapters.known}, also, parts)
        yield Section(number, f"{path}{index}.html", html, "\n".join(texts))


class _Places:
    """Values once each, in the order of their first use, and for each use the place there."""

    def __init__(self, values: Iterable[str]) -> None:
        used = list(values)
        self.known = list(dict.fromkeys(used))
        self.of_each = [self.known.index(value) for value in used]


def _about(context: Context, episode: Episode) -> Iterator[str]:
    """What is said about an episode beside its transcript; hidden people have no page and are left out."""
    series = context.house.series.get(episode.series or "")
    texts = (
        episode.title,
        episode.subtitle,
        views.institution(context, episode)[0],
        series.title if series else "",
        *(person.title for person in views.people(context, episode) if person.href),
        *(topic.title for topic in views.topics(context, episode)),
        *(chapter.title for chapter in episode.chapters),
        episode.summary,
        markup.plain(episode.notes),
    )
    yield from (" ".join(text.split()) for text in texts if text)


def _groups(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, ...]]:
    """Spoken paragraphs in groups of about `MOST_CHARACTERS`."""
    group: list[Paragraph] = []
    length = 0
    for paragraph in paragraphs:
        if paragraph.sound:
            continue
        size = sum(len(cue.text) for cue in paragraph.cues)
        if group and length + size > MOST_CHARACTERS:
            yield tuple(group)
            group, length = [], 0
        group.append(paragraph)
        length += size
    if group:
        yield tuple(group)


def _chapter(episode: Episode, paragraph: Paragraph) -> str:
    """The title of the chapter that a paragraph is spoken in, "" without one."""
    begun = [chapter for chapter in episode.chapters if chapter.start <= paragraph.start_s]
    return max(begun, key=lambda chapter: chapter.start).title if begun else ""


def _facts(context: Context, episode: Episode) -> dict[str, object]:
    row = views.row(context, episode)
    return {
        "title": row.title,
        "language": row.language,
        "institution": row.institution,
        "colour": row.colour,
        "day": row.date,
        "iso": row.iso,
    }


def _html(facts: dict[str, object], also: str, parts: Iterable[tuple[str, str]]) -> str:
    """A page as Pagefind reads it; by the words of `also` it is found, but they are no hits in it."""
    about = escape(
        _without_space(json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    )
    body = "".join(
        f'<p><span id="{escape(id_)}"></span>{escape(text, quote=False)}</p>\n' for id_, text in parts
    )
    meta = f'<meta data-pagefind-meta="also[content]" content="{escape(also)}">' if also else ""
    return (
        f'<!doctype html>\n<html><head><meta charset="utf-8">{meta}</head>\n'
        f'<body><span id="{about}"></span>\n{body}</body></html>\n'
    )


def _without_space(text: str) -> str:
    """JSON whose strings hold no space as it is: Pagefind keeps ids without it."""
    return re.sub(r"\s", lambda space: f"\\u{ord(space[0]):04x}", text)
