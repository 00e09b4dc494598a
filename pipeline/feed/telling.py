"""What changes for listeners, in words: the podcast itself, then episode by episode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.feed.comparing import Change, Changes
from pipeline.feed.shown import ShownItem
from pipeline.messages import Message, clock_text, msg, size_text

WHAT: dict[str, Message] = {
    "audio": msg("other audio"),
    "gone": msg("gone"),
    "looks_new": msg("looks new"),
    "moved": msg("moved"),
    "new": msg("new"),
}
CHANGED = msg("changed")
DETAILS: dict[str, Message] = {
    # what else changed in an episode, all in one line
    "chapters": msg("chapters"),
    "duration": msg("length"),
    "image": msg("picture"),
    "notes": msg("notes"),
    "people": msg("people"),
    "title": msg("title"),
    "transcripts": msg("transcript"),
}
SHOW: dict[str, Message] = {
    "address": msg("The feed's address"),
    "guid": msg("The podcast's guid: directories take it for another podcast"),
    "image": msg("The cover"),
    "language": msg("The language"),
    "moved_to": msg("The address that apps are sent on to"),
    "title": msg("The podcast's title"),
}


@dataclass(frozen=True, slots=True)
class ToldItem:
    """A change of an episode: its kind (`new`, `changed`, …), in words, and what a listener notices."""

    kind: str
    what: Message
    item: ShownItem
    details: tuple[Message | str, ...]


def show_lines(changes: Changes) -> Iterator[Message]:
    """What changes in the podcast itself, a sentence each."""
    for change in changes.show:
        before, after = change.before or "–", change.after or "–"
        yield msg("{what}: {before} → {after}", what=SHOW[change.field], before=before, after=after)


def items(changes: Changes) -> Iterator[ToldItem]:
    """What changes in episodes; smaller changes of one together."""
    for change in changes.items:
        if change.kind in WHAT:
            yield ToldItem(change.kind, WHAT[change.kind], change.item, tuple(_noticed(change)))
    small = sorted(
        (c for c in changes.items if c.kind not in WHAT), key=lambda c: (c.item.place, c.item.guid)
    )
    for _, group in groupby(small, key=lambda change: change.item.guid):
        of_one = tuple(group)
        yield ToldItem("changed", CHANGED, of_one[0].item, tuple(DETAILS[one.kind] for one in of_one))


def _noticed(change: Change) -> Iterator[Message | str]:
    """The places of an episode that moves, the audio of any other."""
    before, after = change.before, change.after
    if change.kind == "looks_new" and before and after:
        yield f"{before.guid} → {after.guid}"
    elif change.kind == "moved" and before and after:
        yield msg("place {old} → {new}", old=before.place, new=after.place)
    elif change.kind == "audio" and before and after:
        yield msg("{before} → {after}", before=_audio(before), after=_audio(after))
    else:
        yield from _audio_parts(change.item)


def _audio(item: ShownItem) -> Message:
    parts = tuple(_audio_parts(item))
    return (
        msg("{length} · {size}", length=parts[0], size=parts[1])
        if len(parts) > 1
        else msg("{part}", part=parts)
    )


def _audio_parts(item: ShownItem) -> Iterator[Message | str]:
    if item.duration_s is not None:
        yield clock_text(item.duration_s)
    if item.bytes is not None:
        yield size_text(item.bytes)
