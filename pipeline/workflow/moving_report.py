"""import-bericht.md: what an import brought, what it could not, and where the old pages are now."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline import project
from pipeline.messages import Message, Translator, msg, msg_n
from pipeline.models import Addresses, House
from pipeline.moving import Left, Podcast

FILE = "import-bericht.md"
REDIRECTS = "import-weiterleitungen.csv"
FILL_IN: dict[str, Message] = {
    # key of podcast.toml: what it is
    "address": msg("the address that the new site will have"),
    "author": msg("who makes the podcast"),
    "categories": msg("a category of Apple's list"),
    "description": msg("what the podcast is about"),
    "licence": msg("the licence; the feed names none, so all rights are reserved"),
    "owner.email": msg("the owner's e-mail address"),
    "title": msg("the podcast's title"),
}


def write(
    root: Path,
    house: House,
    podcast: Podcast,
    ids: Mapping[str, str],
    *,
    left: Mapping[str, tuple[Left, ...]],
    missing: tuple[str, ...],
) -> None:
    """Write the report in the show's language, and the table of old and new pages."""
    say = Translator(house.settings.show.language[:2])
    titles = {ids[episode.guid]: episode.title for episode in podcast.episodes}
    text = "\n".join(_lines(say, podcast, titles, left, missing)) + "\n"
    project.write_atomic(root / FILE, text.encode())
    table = redirects(house, podcast)
    if table:
        project.write_atomic(root / REDIRECTS, table.encode())


def _lines(
    say: Translator,
    podcast: Podcast,
    titles: Mapping[str, str],
    left: Mapping[str, tuple[Left, ...]],
    missing: tuple[str, ...],
) -> Iterator[str]:
    title = msg("Import of “{title}”", title=_plain(str(podcast.show.get("title", "?"))))
    yield from ("# " + say(title), "")
    yield say(
        msg_n("{n} episode stands in the feed.", "{n} episodes stand in the feed.", len(podcast.episodes))
    )
    yield from _section(
        say, msg("To be filled in in podcast.toml"), [f"`{key}`: {say(FILL_IN[key])}" for key in missing]
    )
    yield from _section(say, msg("What was found"), [_plain(say(note)) for note in podcast.notes])
    yield from ("", "## " + say(msg("What was not carried over, or not as it stood")), "")
    yield from [f"- {_left(say, one)}" for one in left.get("", ())] if left else [say(msg("Nothing."))]
    for id_, name in titles.items():
        lines = [_left(say, one) for one in left.get(id_, ())]
        yield from _section(say, f"{_plain(name)} ({id_})", lines, level=3)


def _section(say: Translator, heading: Message | str, lines: list[str], *, level: int = 2) -> Iterator[str]:
    """A heading with a list below it; nothing for an empty list."""
    if lines:
        yield from ("", f"{'#' * level} {say(heading)}", "")
        yield from (f"- {line}" for line in lines)


def _left(say: Translator, one: Left) -> str:
    said = f": {_plain(one.said)}" if one.said else ""
    why = f" – {_plain(say(one.why))}" if one.why else ""
    return f"`{one.tag}`{said}{why}"


def _plain(text: str) -> str:
    """Text of a feed inside Markdown: none of its marks means anything."""
    return re.sub(r"([\\`*_\[\]<>#|&])", r"\\\1", " ".join(text.split()))


def redirects(house: House, podcast: Podcast) -> str:
    """Old page, new page: a line an episode (CSV); "" where there is none.

    A page that stays needs no line, nor one that lay on this very site: it leads to the new one by itself.
    """
    addresses = Addresses(house.settings.show)
    new = {episode.guid: addresses.absolute(addresses.episode(episode)) for episode in house.episodes}
    rows = [(one.link, new[one.guid]) for one in podcast.episodes if one.link and one.guid in new]
    own = {addresses.absolute(addresses.episode_of(s)) for e in house.ledger.episodes for s in e.slugs}
    moved = [row for row in rows if f"{row[0].rstrip('/')}/" not in {row[1], *own}]
    if not moved:
        return ""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([("old", "new"), *moved])
    return stream.getvalue()
