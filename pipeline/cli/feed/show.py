"""What `hdw feed show` asks for and says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.columns import pad, table, wrapped
from pipeline.cli.feed.entries import entry, feed_entry
from pipeline.cli.speaking import say, say_json, say_next, text
from pipeline.messages import Message, clock_text, msg, msg_n, size_text

if TYPE_CHECKING:
    from pipeline.feed import ShownFeed, ShownItem

HEADER = (
    msg("Date"), msg("Episode"), msg("No."), msg("Length"), msg("MB"), msg("Sound"), msg("Ch."),
    msg("Text"), msg("Pers."),
)  # fmt: skip
TITLE, SHORTEST_TITLE = 1, 12
KINDS = {"bonus": msg("Bonus"), "full": msg("full episode"), "trailer": msg("Trailer")}
SOUNDS = {"audio/mpeg": "MP3", "audio/mp4": "M4A", "audio/ogg": "Ogg", "audio/x-m4a": "M4A"}
YES, NO = "✓", "–"
NOTES = 400
INDENT = "  "


@click.command()
@click.argument("file", metavar="[FEED]", required=False)
@click.option(
    "--episode", metavar="EPISODE", help="Everything about one episode: its folder, guid or address."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def show(file: str | None, episode: str | None, as_json: bool) -> None:
    """Show what a listener's app would show.

    FEED is a file; left out, it is the house's own feed as a build would write it now. Episodes stand in the
    order of apps: by date. --json gives title, guid, address, moved_to, image, language and episodes: a list
    of place, guid, title, date, season, number, kind, duration_s, url, type, bytes, link, image, notes,
    chapters, transcripts, people; with --episode that episode alone.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = None if file else workflow.find(Path.cwd())
    shown = workflow.own_feed(root, datetime.now(UTC)) if root else workflow.saved_feed(file or "")
    if episode:
        item = workflow.found_item(shown, episode, root)
        (_say_entry if as_json else _say_item)(item)
    else:
        (_say_feed_entry if as_json else _say_feed)(shown)


def _say_entry(item: ShownItem) -> None:
    say_json(entry(item))


def _say_feed_entry(shown: ShownFeed) -> None:
    say_json(feed_entry(shown))


def _say_feed(shown: ShownFeed) -> None:
    say(msg_n("{title} · {n} episode", "{title} · {n} episodes", len(shown.items), title=shown.title))
    if shown.moved_to:
        say(msg("Apps are sent on to {address}", address=shown.moved_to))
    if shown.items:
        say("")
        lines = [tuple(map(text, HEADER)), *map(_cells, shown.items)]
        for line in table(lines, grow=TITLE, least=SHORTEST_TITLE):
            say(line)
    say_next("hdw feed diff")


def _cells(item: ShownItem) -> tuple[str, ...]:
    return (
        f"{item.date:%Y-%m-%d}" if item.date else NO,
        item.title or NO,
        _number(item) or NO,
        _length(item),
        NO if item.bytes is None else text(msg("{size}", size=item.bytes / 1e6)),
        SOUNDS.get(item.type, item.type) or NO,
        YES if item.chapters else NO,
        YES if item.transcripts else NO,
        str(len(item.people)) if item.people else NO,
    )


def _number(item: ShownItem) -> str:
    """`2/7` for the seventh of the second season; a trailer's kind where it has no number."""
    number = "/".join(part for part in (item.season, item.number) if part)
    return number if number or item.kind == "full" else text(KINDS.get(item.kind, item.kind))


def _length(item: ShownItem) -> str:
    return NO if item.duration_s is None else clock_text(item.duration_s)


def _size(item: ShownItem) -> str:
    return NO if item.bytes is None else text(size_text(item.bytes))


def _say_item(item: ShownItem) -> None:
    rows = [(text(name), value) for name, value in _rows(item) if value]
    wide = max(len(name) for name, _ in rows) + len(INDENT)
    say(item.title)
    for name, value in rows:
        say(wrapped(value, first=INDENT + pad(name, wide), rest=" " * (len(INDENT) + wide)))


def _rows(item: ShownItem) -> Iterator[tuple[Message, str]]:
    yield msg("Place"), str(item.place)
    yield msg("Date"), text(msg("{date}", date=item.date)) if item.date else ""
    yield msg("Season"), item.season
    yield msg("Number"), item.number
    yield msg("Kind"), text(KINDS.get(item.kind, item.kind))
    yield msg("Length"), _length(item)
    yield msg("Sound"), " · ".join(part for part in (item.type, _size(item), item.url) if part)
    yield msg("Chapters"), YES if item.chapters else NO
    yield msg("Transcript"), ", ".join(item.transcripts) or NO
    yield msg("People"), ", ".join(item.people) or NO
    yield msg("Picture"), item.image
    yield msg("Page"), item.link
    yield msg("guid"), item.guid
    yield msg("Notes"), item.notes[:NOTES] + ("…" if len(item.notes) > NOTES else "")
