"""What another recording means for an episode, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.messages import Message, clock_text, msg, msg_n
from pipeline.models import Soundbite
from pipeline.workflow.replacing_recording import Replacement


def replacement_rows(made: Replacement) -> Iterator[tuple[Message, Message]]:
    """What changes, a line each: what it is about, and what becomes of it."""
    old, new = clock_text(made.old.duration_s), clock_text(made.new.duration_s)
    yield msg("Length"), msg("{old} → {new}", old=old, new=new)
    if not made.compared:
        yield msg("Transcript"), msg("there is none yet")
        return
    for first, last in made.cut:
        yield msg("cut"), msg("{stretch} of the old recording", stretch=_stretch(first, last))
    for first, last in made.added:
        yield msg("added"), msg("{stretch} of the new recording", stretch=_stretch(first, last))
    if not made.cut and not made.added:
        yield msg("Content"), msg("nothing cut, nothing added")
    yield msg("Transcript"), Message("{parts}", (("parts", tuple(_sentences(made))),))
    yield from _moments(made)


def _stretch(first: float, last: float) -> Message:
    times = {"first": clock_text(first), "last": clock_text(last)}
    return msg("{first} to {last} ({n} s)", **times, n=max(1, round(last - first)))


def _sentences(made: Replacement) -> Iterator[Message]:
    counts = made.sentences
    yield msg_n("{n} sentence stays", "{n} sentences stay", counts.moved)
    if counts.checked:
        yield msg("{n} of them checked", n=counts.checked)
    if counts.fresh:
        yield msg("{n} new", n=counts.fresh)
    if counts.gone:
        yield msg_n("{n} gone", "{n} gone", len(counts.gone))
    if counts.marks:
        yield msg_n("{n} place to look at", "{n} places to look at", len(counts.marks))


def _moments(made: Replacement) -> Iterator[tuple[Message, Message]]:
    """A line for each kind of moment in the front matter that changes."""
    moments = made.moments
    for label, moved, gone in (
        (msg("Chapters"), moments.chapters, tuple(one.title for one in moments.gone_chapters)),
        (msg("Soundbites"), moments.soundbites, tuple(_bite(one) for one in moments.gone_soundbites)),
        (msg("Passages"), moments.passages, moments.gone_passages),
    ):
        if gone:
            yield label, msg("{n} moved, gone: {gone}", n=moved, gone=gone)
        elif moved:
            yield label, msg("{n} moved", n=moved)


def _bite(one: Soundbite) -> str:
    return one.title or clock_text(one.start)


def replacement_remarks(made: Replacement) -> Iterator[Message]:
    """What stays as it is, and who gets the new recording."""
    if made.tracks:
        yield msg("The tracks are still those of the old recording (tracks in episode.md).")
    if not made.compared:
        yield msg("Chapters, and other moments that episode.md names, stay at their times.")
    if made.entry is None:
        yield msg("The episode is not published yet: nobody has the old recording.")
        return
    yield msg(
        "Published since {date}. Apps that have loaded the episode keep the old recording. Who loads or "
        "plays it after the next publication gets the new one. The guid stays: apps do not offer it as new.",
        date=made.entry.first_published.date(),
    )
