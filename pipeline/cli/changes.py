"""What changes for listeners, as people read it and as programs do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.cli.columns import cut, table
from pipeline.cli.feed.entries import entry
from pipeline.cli.speaking import say, text
from pipeline.messages import Message, msg

if TYPE_CHECKING:
    from pipeline.feed import Changes

LONGEST_TITLE, SHORTEST_TITLE = 44, 16
TITLE = 1


def say_changes(found: Changes) -> None:
    """The podcast itself, then a line an episode; one sentence where nothing changes."""
    from pipeline.feed import telling  # noqa: PLC0415

    if not found.items and not found.show:
        say(msg("Nothing changes for listeners."))
        return
    say(msg("For listeners changes"))
    for line in telling.show_lines(found):
        say(f"  {text(line)}")
    lines = [
        (
            f"  {text(one.what)}",
            cut(one.item.title or one.item.guid, LONGEST_TITLE),
            _details(one.kind, one.details),
        )
        for one in telling.items(found)
    ]
    for row in table(lines, grow=TITLE, least=SHORTEST_TITLE) if lines else ():
        say(row)


def _details(kind: str, details: tuple[Message | str, ...]) -> str:
    return (", " if kind == "changed" else " · ").join(text(one) for one in details)


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
