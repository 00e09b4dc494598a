"""What changes for listeners, as people read it and as programs do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.cli.columns import cut, table
from pipeline.cli.feed.entries import entry
from pipeline.cli.speaking import say, text
from pipeline.messages import Message, clock_text, msg, size_text

if TYPE_CHECKING:
    from pipeline.feed import Change, Changes, ShownItem

LONGEST_TITLE, SHORTEST_TITLE = 44, 16
TITLE = 1
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


def say_changes(found: Changes) -> None:
    """The podcast itself, then a line an episode; one sentence where nothing changes."""
    if not found.items and not found.show:
        say(msg("Nothing changes for listeners."))
        return
    say(msg("For listeners changes"))
    for change in found.show:
        before, after = change.before or "–", change.after or "–"
        say(msg("  {what}: {before} → {after}", what=SHOW[change.field], before=before, after=after))
    lines = [*_lines(found)]
    for line in table(lines, grow=TITLE, least=SHORTEST_TITLE) if lines else ():
        say(line)


def _lines(found: Changes) -> Iterator[tuple[str, str, str]]:
    """A line a change; smaller ones of an episode together."""
    for change in found.items:
        if change.kind in WHAT:
            yield _line(WHAT[change.kind], change.item, _told(change))
    small = sorted((c for c in found.items if c.kind not in WHAT), key=lambda c: (c.item.place, c.item.guid))
    for _, group in groupby(small, key=lambda change: change.item.guid):
        changes = tuple(group)
        kinds = ", ".join(text(DETAILS[one.kind]) for one in changes)
        yield _line(CHANGED, changes[0].item, kinds)


def _line(what: Message, item: ShownItem, told: str) -> tuple[str, str, str]:
    return f"  {text(what)}", cut(item.title or item.guid, LONGEST_TITLE), told


def _told(change: Change) -> str:
    """What a listener notices: the places of an episode that moves, the audio of any other."""
    before, after = change.before, change.after
    if change.kind == "looks_new" and before and after:
        return f"{before.guid} → {after.guid}"
    if change.kind == "moved" and before and after:
        return text(msg("place {old} → {new}", old=before.place, new=after.place))
    if change.kind == "audio" and before and after:
        return f"{_audio(before)} → {_audio(after)}"
    return _audio(change.item)


def _audio(item: ShownItem) -> str:
    length = "" if item.duration_s is None else clock_text(item.duration_s)
    size = "" if item.bytes is None else text(size_text(item.bytes))
    return " · ".join(part for part in (length, size) if part)


def as_json(found: Changes) -> dict[str, Any]:
    """The same with the episodes before and after, as `hdw feed show --json` gives them."""
    show = [{"field": one.field, "before": one.before, "after": one.after} for one in found.show]
    episodes = [
        {
            "kind": one.kind,
            "before": entry(one.before) if one.before else None,
            "after": entry(one.after) if one.after else None,
        }
        for one in found.items
    ]
    counts = {"before": found.before, "after": found.after}
    return {"harmful": found.harmful, **counts, "show": show, "episodes": episodes}
