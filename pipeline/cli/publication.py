"""What a publication would change, and which releases there are, as people read it and as programs do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.cli import changes
from pipeline.cli.speaking import say, say_json, say_more, text
from pipeline.messages import Message, msg, msg_n, size_text

if TYPE_CHECKING:
    from pipeline.deploy import Release
    from pipeline.workflow import Offer, Publication

DYING = 8
"""How many pages that would lead nowhere are shown at once."""


def say_publication(made: Publication) -> None:
    """What changes for listeners and readers."""
    changes.say_changes(made.changes)
    if made.fallen:
        say(
            msg_n(
                "{n} episode leaves the feed that apps subscribe to, and stays in the archive.",
                "{n} episodes leave the feed that apps subscribe to, and stay in the archive.",
                len(made.fallen),
            )
        )
    if made.dying:
        say(
            msg_n(
                "{n} page would lead nowhere in a week:",
                "{n} pages would lead nowhere in a week:",
                len(made.dying),
            )
        )
        for path in made.dying[:DYING]:
            say(f"  {path}")
        say_more(len(made.dying) - DYING)
        if made.offers:
            _say_offers(made.offers)
        else:
            say(msg("What was renamed keeps its readers: former_ids in its file names the old address."))


def _say_offers(offers: Sequence[Offer]) -> None:
    """Where to, then file and line as they have to stand there."""
    say(msg("Probably renamed. These lines lead readers on:"))
    for one in offers:
        say(f"  → {one.new}")
        say(msg("    new file {file}:", file=one.line.file) if one.line.new else f"    {one.line.file}:")
        for line in one.line.text.splitlines():
            say(f"      {line}")


def amount(made: Publication) -> Message:
    """What is sent."""
    return msg_n("{n} file, {size}", "{n} files, {size}", made.files, size=size_text(made.size))


def say_releases(found: Sequence[Release], shown: str, *, as_json: bool) -> None:
    """Every release, and which one is `shown`."""
    if as_json:
        say_json(
            [
                {
                    "release": one.id,
                    "files": len(one.files),
                    "bytes": sum(file.bytes for file in one.files.values()),
                    "back": one.back or None,
                    "shown": one.id == shown,
                }
                for one in found
            ]
        )
        return
    if not found:
        say(msg("Nothing was published yet."))
    for one in found:
        size = text(size_text(sum(file.bytes for file in one.files.values())))
        files = text(msg_n("{n} file", "{n} files", len(one.files)))
        notes = [text(msg("shown"))] if one.id == shown else []
        notes += [text(msg("brings back {release}", release=one.back))] if one.back else []
        say(" · ".join((one.id, files, size, *notes)))


def as_value(made: Publication, *, published: bool) -> dict[str, Any]:
    """The same for programs."""
    return {
        "target": made.name,
        "release": made.site.release.id,
        "previous": made.site.previous and made.site.previous.id,
        "published": published and made.due,
        "files": made.files,
        "bytes": made.size,
        "dying": list(made.dying),
        "redirects": [
            {"from": list(one.old), "to": one.new, "file": one.line.file, "text": one.line.text}
            for one in made.offers
        ],
        "objections": [{"name": one.name, "message": text(one.message)} for one in made.objections],
        "fallen": [one.guid for one in made.fallen],
        "changes": changes.as_json(made.changes),
    }
