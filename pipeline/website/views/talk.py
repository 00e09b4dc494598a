"""The transcript as a page shows it: chapters, paragraphs, single passages."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from pipeline.messages import msg
from pipeline.models import Chapter, Episode, Transcript
from pipeline.transcripts import PUBLISHED, Paragraph, html, open_marks, paragraphs
from pipeline.website.context import Context
from pipeline.website.views.pictures import chapter_picture
from pipeline.website.views.times import short_clock
from pipeline.website.views.values import Anchor, ChapterView, Passage, Turn


class _Made(NamedTuple):
    """Paragraphs, and what they were made from."""

    given: tuple[Transcript | None, tuple[Chapter, ...], Mapping[str, str]]
    paragraphs: tuple[Paragraph, ...]


_LAST = [_Made((None, (), {}), ())]
"""Page, search, topics and people ask for those of one episode, one after the other."""


def chapters(context: Context, episode: Episode) -> tuple[ChapterView, ...]:
    """The transcript by chapters; without chapters one without a title holds everything.

    A chapter in which nobody speaks leads to its own heading.
    """
    made = transcript(context, episode)
    turns = tuple(_with_links(_turns(context, made, unsure(context, episode)), episode))
    if not episode.chapters:
        return (ChapterView(0, "", "", 0, turns[0].anchor, turns),) if turns else ()
    ordered = sorted(episode.chapters, key=lambda chapter: chapter.start)
    edges = [0.0, *(chapter.start for chapter in ordered[1:]), float("inf")]
    views = []
    for number, chapter in enumerate(ordered, 1):
        first, end = edges[number - 1], edges[number]
        own = tuple(turn for turn, p in zip(turns, made, strict=True) if first <= p.start_s < end)
        anchor = own[0].anchor if own else f"kapitel-{number}"
        time = short_clock(chapter.start)
        link = Anchor(chapter.url, urlsplit(chapter.url).netloc) if chapter.url else None
        picture = chapter_picture(context, episode, chapter)
        views.append(ChapterView(number, chapter.title, time, int(chapter.start), anchor, own, link, picture))
    return tuple(views)


def _with_links(turns: Iterable[Turn], episode: Episode) -> Iterator[Turn]:
    """Each link of the episode that names a moment stands at the paragraph that is spoken then."""
    made = list(turns)
    beside: dict[int, list[Anchor]] = {}
    for link in episode.links:
        if link.passage is not None:
            spoken = sum(turn.start_s <= link.passage for turn in made)
            beside.setdefault(max(0, spoken - 1), []).append(Anchor(link.url, link.title))
    return (replace(turn, links=tuple(beside.get(number, ()))) for number, turn in enumerate(made))


def unsure(context: Context, episode: Episode) -> dict[str, set[str]]:
    """The words that the machine understood badly and nobody has checked, by their sentence."""
    facts = context.house.of(episode)
    found: dict[str, set[str]] = {}
    for mark in open_marks(facts.transcript, facts.review) if facts.transcript else ():
        if mark.word:
            found.setdefault(mark.cue, set()).add(mark.word)
    return found


def anchor_at(context: Context, episode: Episode, moment_s: float) -> str:
    """The anchor of the paragraph that is spoken at a moment, "" without a transcript."""
    made = transcript(context, episode)
    spoken = [p for p in made if p.start_s <= moment_s] or list(made[:1])
    return spoken[-1].anchor if spoken else ""


def passages(
    context: Context, episode: Episode, *, speaker: str = "", words: str = "", most: int
) -> tuple[Passage, ...]:
    """The first passages of an episode that somebody speaks, or in which words occur."""
    made = (p for p in transcript(context, episode) if not p.sound)
    found = (p for p in made if _concerns(p, speaker, words.casefold()))
    page = context.href(context.addresses.episode(episode))
    return tuple(
        Passage(
            f"{page}#{p.anchor}",
            short_clock(p.start_s),
            context.names.get(p.speaker, p.speaker),
            _sentence(p, words.casefold()),
        )
        for p, _ in zip(found, range(most), strict=False)
    )


def _concerns(paragraph: Paragraph, speaker: str, words: str) -> bool:
    if speaker:
        return paragraph.speaker == speaker
    return any(words in cue.text.casefold() for cue in paragraph.cues)


def _sentence(paragraph: Paragraph, words: str) -> str:
    """The sentence in which the words occur; the first one if they are not asked for."""
    return next((cue.text for cue in paragraph.cues if words in cue.text.casefold()), paragraph.cues[0].text)


def transcript_links(context: Context, episode: Episode) -> tuple[Anchor, ...]:
    """The transcript's files."""
    if not context.house.of(episode).has_transcript:
        return ()
    addresses = context.addresses
    kinds = [(row.suffix, row.title, row.mime) for row in PUBLISHED]
    kinds.append((".epub", "EPUB", "application/epub+zip"))
    return tuple(
        Anchor(context.href(addresses.transcript(episode, suffix)), title, type=mime)
        for suffix, title, mime in kinds
    )


def transcript(context: Context, episode: Episode) -> tuple[Paragraph, ...]:
    """The paragraphs of an episode's transcript, () without one."""
    facts = context.house.of(episode)
    if facts.transcript is None:
        return ()
    given = (facts.transcript, episode.chapters, facts.review.anchors)
    last = _LAST[0]
    if not all(map(operator.is_, last.given, given)):
        last = _LAST[0] = _Made(given, paragraphs(*given))
    return last.paragraphs


def _turns(context: Context, made: tuple[Paragraph, ...], doubts: Mapping[str, set[str]]) -> Iterator[Turn]:
    unnamed = context.t(msg("Voice without a name"))
    for speaker, group in groupby(made, key=lambda p: p.speaker):
        for position, paragraph in enumerate(group):
            text = Markup(" ".join(_sentences(paragraph, doubts)))  # noqa: S704 (escaped piece by piece)
            name = "" if paragraph.sound else context.names.get(speaker, speaker) or unnamed
            time = short_clock(paragraph.start_s)
            yield Turn(paragraph.anchor, time, name, position > 0, paragraph.sound, text, paragraph.start_s)


def _sentences(paragraph: Paragraph, doubts: Mapping[str, set[str]]) -> Iterator[str]:
    """Every sentence as HTML, after the addresses that lead to it."""
    for position, cue in enumerate(paragraph.cues):
        ids = "".join(f'<span id="{escape(one)}"></span>' for one in paragraph.inside.get(position, ()))
        yield ids + html.marked(cue, doubts.get(cue.id, ()))
