"""The transcript as a page shows it: chapters, paragraphs, single passages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from pipeline.messages import msg
from pipeline.models import Episode
from pipeline.transcripts import PUBLISHED, Paragraph, html, paragraphs
from pipeline.website.context import Context
from pipeline.website.views.times import short_clock
from pipeline.website.views.values import Anchor, ChapterView, Passage, Turn


def chapters(context: Context, episode: Episode) -> tuple[ChapterView, ...]:
    """The transcript by chapters; without chapters one without a title holds everything.

    A chapter in which nobody speaks leads to its own heading.
    """
    made = _paragraphs(context, episode)
    turns = tuple(_turns(context, made))
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
        views.append(ChapterView(number, chapter.title, time, int(chapter.start), anchor, own))
    return tuple(views)


def anchor_at(context: Context, episode: Episode, moment_s: float) -> str:
    """The anchor of the paragraph that is spoken at a moment, "" without a transcript."""
    made = _paragraphs(context, episode)
    spoken = [p for p in made if p.start_s <= moment_s] or list(made[:1])
    return spoken[-1].anchor if spoken else ""


def passages(
    context: Context, episode: Episode, *, speaker: str = "", words: str = "", most: int
) -> tuple[Passage, ...]:
    """The first passages of an episode that somebody speaks, or in which words occur."""
    made = (p for p in _paragraphs(context, episode) if not p.sound)
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
    if context.house.of(episode).transcript is None:
        return ()
    addresses = context.addresses
    return tuple(
        Anchor(context.href(addresses.transcript(episode, row.suffix)), row.title) for row in PUBLISHED
    )


def _paragraphs(context: Context, episode: Episode) -> tuple[Paragraph, ...]:
    transcript = context.house.of(episode).transcript
    return paragraphs(transcript, episode.chapters) if transcript else ()


def _turns(context: Context, made: tuple[Paragraph, ...]) -> Iterator[Turn]:
    unnamed = context.t(msg("Voice without a name"))
    for speaker, group in groupby(made, key=lambda p: p.speaker):
        for position, paragraph in enumerate(group):
            text = Markup(" ".join(html.marked(cue) for cue in paragraph.cues))  # noqa: S704 (escaped piece by piece)
            name = "" if paragraph.sound else context.names.get(speaker, speaker) or unnamed
            time = short_clock(paragraph.start_s)
            yield Turn(paragraph.anchor, time, name, position > 0, paragraph.sound, text)
