"""An episode in a list, and its facts in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.messages import msg_n, size_text
from pipeline.models import ROLES, Edition, Episode, Series
from pipeline.website.context import Context
from pipeline.website.views.values import Anchor, Brick, Row

TEASER_CHARACTERS = 160
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{4}[.!?…]) (?=[^a-z])")  # after a word too long for an abbreviation

COLOURS = {"brick": "lib", "blue": "vhs", "green": "uni", "gold": "par"}


def row(context: Context, episode: Episode) -> Row:
    """An episode as lists show it."""
    name, colour = institution(context, episode)
    day = context.local(episode.date)
    return Row(
        href=context.href(context.addresses.episode(episode)),
        title=episode.title,
        language=language(context, episode),
        summary=teaser(episode.summary),
        institution=name,
        colour=colour,
        date=context.day(day),
        short_date=context.day_of_year(day),
        iso=day.isoformat(),
        length=length(context, episode),
        transcript=context.house.of(episode).has_transcript,
    )


def teaser(summary: str) -> str:
    """The first sentence of a summary, and what follows as long as it stays short."""
    sentences = _SENTENCE_END.split(" ".join(summary.split()))
    text = sentences[0]
    for sentence in sentences[1:]:
        if len(text) + len(sentence) > TEASER_CHARACTERS:
            break
        text = f"{text} {sentence}"
    return text


def easy(episode: Episode) -> tuple[str, ...]:
    """The text in easy language, a sentence a line."""
    return tuple(line.strip() for line in episode.summary_easy.splitlines() if line.strip())


def language(context: Context, episode: Episode) -> str:
    """The episode's language where it is not the site's."""
    spoken = context.house.language(episode)
    return "" if spoken == context.t.language else spoken


def institution(context: Context, episode: Episode) -> tuple[str, str]:
    """Name and colour class of where an episode comes from."""
    found = context.house.institution(episode)
    return (found.name, COLOURS[found.colour]) if found else ("", "lib")


def length(context: Context, episode: Episode) -> str:
    """`42 minutes`, `1 hour 5 minutes`, or "" where nothing is known."""
    heard_s = context.house.of(episode).heard_s
    return lasting(context, heard_s) if heard_s else ""


def lasting(context: Context, duration_s: float) -> str:
    """`42 minutes`, `1 hour 5 minutes`; a minute at least."""
    hours, minutes = divmod(max(1, round(duration_s / 60)), 60)
    parts = [context.t(msg_n("{n} hour", "{n} hours", hours))] if hours else []
    parts += [context.t(msg_n("{n} minute", "{n} minutes", minutes))] if minutes else []
    return " ".join(parts)


def size(context: Context, edition: Edition) -> str:
    """`MP3, 3.6 MB`."""
    return f"{edition.suffix[1:].upper()}, {context.t(size_text(edition.bytes))}"


def series_link(context: Context, series: Series) -> Anchor:
    """A series as a link."""
    href = context.href(context.addresses.series(series.id))
    return Anchor(href, series.title, series.language or "", series.description)


def people(context: Context, episode: Episode) -> tuple[Anchor, ...]:
    """Who takes part, with the role; hidden people have no page."""
    known = context.house.people
    found = [(c, known[c.person]) for c in episode.people if c.person in known]
    return tuple(
        Anchor(
            "" if person.hidden else context.href(context.addresses.person(person.id)),
            person.shown_name,
            note=". ".join(part for part in (context.t(ROLES[c.role][1]), person.role) if part),
        )
        for c, person in found
    )


def course(context: Context, episode: Episode) -> tuple[Brick, ...]:
    """The episode drawn to scale, one brick a chapter; () without chapters or audio."""
    edition = context.edition(episode)
    starts = sorted(chapter.start for chapter in episode.chapters)
    if edition is None or not starts or starts[-1] >= edition.duration_s:
        return ()
    return tuple(_bricks([0.0, *starts[1:], edition.duration_s], edition.duration_s))


def _bricks(edges: list[float], total: float) -> Iterator[Brick]:
    for start, end in pairwise(edges):
        yield Brick(f"{100 * start / total:.2f}%", f"{100 * max(end - start, 0) / total:.2f}%")
