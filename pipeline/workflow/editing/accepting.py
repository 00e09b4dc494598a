"""Deeds of a window → the journal and the files."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pipeline import project
from pipeline.errors import MisuseError
from pipeline.transcripts.applying import Carried, Script, carry_out
from pipeline.transcripts.deeds import Clash, Deed, Sentence, same
from pipeline.transcripts.document import Accepted
from pipeline.transcripts.history import Record, back
from pipeline.workflow.editing.holding import refuse_held
from pipeline.workflow.editing.standing import Desk, at_work


def accept(
    root: Path, episode_id: str, deeds: Sequence[Deed], *, session: str, now: datetime, digest: str = ""
) -> Accepted:
    """Carry deeds out, one after the other, as far as the first that clashes; on disk when this returns.

    `digest` is what the window knew. A deed that is known already is accepted and does nothing. HeldError if
    another window has the transcript, FullError if there is no room; MisuseError for a deed without sense.
    """
    with at_work(root, episode_id) as desk:
        refuse_held(root, episode_id, session, now)
        known = desk.stored.digest
        clashes, refused = _carry_out(desk, deeds, now)
        done = tuple(deed.key for deed in deeds if deed.key in desk.history.records)
        if refused:
            raise refused
        changed = desk.outside or (bool(digest) and digest != known)
        return Accepted(
            desk.stored.digest,
            desk.script.review.last_id + 1,
            done,
            clashes,
            sentences(desk.script) if changed else None,
        )


def sentences(found: Script) -> tuple[Sentence, ...]:
    """Every sentence of a transcript, with what it is worth."""
    return tuple(one for cue in found.in_order if (one := found.sentence(cue.id)))


def _carry_out(
    desk: Desk, deeds: Sequence[Deed], now: datetime
) -> tuple[tuple[Clash, ...], MisuseError | None]:
    """Carry out what is new, as far as the first deed that clashes, or makes no sense."""
    made, records = desk.script, dict[str, Record]()
    clashes, refused = tuple[Clash, ...](), None
    for deed in deeds:
        if deed.key in desk.history.records or deed.key in records:
            continue
        try:
            carried = _carried(made, deed, desk, records, now)
        except MisuseError as error:
            refused = error
            break
        if isinstance(carried, tuple):
            clashes = tuple(_told(clash, desk) for clash in carried)
            break
        made = carried.script
        records[deed.key] = Record(deed, now, carried.effects)
    if records or clashes:
        with project.writable(desk.root, desk.journal.path):
            desk.journal.add(*records.values(), *clashes)
    if records:
        desk.finish(made)
    return clashes, refused


def _carried(
    made: Script, deed: Deed, desk: Desk, records: Mapping[str, Record], now: datetime
) -> Carried | tuple[Clash, ...]:
    gone = {one.id for record in records.values() for one in record.deed.changes if one.after is None}
    all_ = ChainMap(dict(records), desk.history.records)
    return carry_out(made, deed, now.date(), back=back(deed, all_), known=desk.history.known | gone)


def _told(clash: Clash, desk: Desk) -> Clash:
    """The clash with who made the other change, where the journal knows it, and when."""
    theirs = clash.theirs.cue if clash.theirs else None
    for record in reversed(desk.history.records.values()):
        for change in record.deed.changes:
            if change.id == clash.id and same(change.after.cue if change.after else None, theirs):
                return replace(clash, by=record.deed.by, at=record.at)
    return replace(clash, at=project.changed_at(desk.root, desk.episode_id))
