"""Deeds → another text of transcript.vtt and another review; everything else in the file stays byte for byte.

A sentence that is neither what the deed found nor what it wants was changed by somebody else: nothing of the
deed is carried out then.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Cue, CueReview, Review
from pipeline.transcripts import reviewing, splicing, vtt
from pipeline.transcripts.deeds import Block, Change, Clash, Deed, Effect, Sentence, Trace, same
from pipeline.transcripts.judging import judged
from pipeline.transcripts.rewriting import restored, rewritten, written
from pipeline.transcripts.vtt import Placed


@dataclass(frozen=True)
class Script:
    """A transcript.vtt in its blocks, its cues by id, and transcript.json; `end` is how its lines end."""

    blocks: tuple[Placed, ...]
    cues: Mapping[str, Cue]
    review: Review
    end: str = "\n"
    language: str = "de"

    @cached_property
    def text(self) -> str:
        """The file."""
        return "".join(block.raw for block in self.blocks)

    @cached_property
    def in_order(self) -> tuple[Cue, ...]:
        """The cues as the file has them."""
        return tuple(self.cues[block.id] for block in self.blocks if block.id is not None)

    def sentence(self, id_: str) -> Sentence | None:
        """A sentence as it stands; None if there is none."""
        cue = self.cues.get(id_)
        return Sentence(cue, reviewing.standing(cue, self.review)) if cue else None


def script(text: str, review: Review) -> Script:
    """A transcript to work on; every sentence gets an id. TranscriptError if the text cannot be read."""
    transcript = vtt.read_vtt(text)
    review = reviewing.seen(review, transcript.cues)
    numbered = splicing.numbered(text, review.last_id + 1)
    if numbered != text:
        transcript = vtt.read_vtt(numbered)
        review = reviewing.seen(review, transcript.cues)
    cues = {cue.id: cue for cue in transcript.cues}
    return Script(tuple(vtt.placed(numbered)), cues, review, splicing.line_end(text), transcript.language)


@dataclass(frozen=True, slots=True)
class Carried:
    """A deed that was carried out: what is there now, and what an undo brings back."""

    script: Script
    effects: tuple[Effect, ...]


def carry_out(
    found: Script,
    deed: Deed,
    today: date,
    *,
    back: Mapping[str, Effect] | None = None,
    known: Container[str] = (),
) -> Carried | tuple[Clash, ...]:
    """Carry a deed out, or say where it clashes; nothing of it is done then.

    `back` says of each sentence of an undo or redo what was there before and comes back now. `known` are ids
    that were given once and may come back: no other sentence had them. MisuseError where a deed makes no
    sense: times that go back, an id that was given already.
    """
    clashes = tuple(clash for change in deed.changes if (clash := _clash(found, change)))
    if clashes:
        return clashes
    work = _Work(found, back or {})
    for change in deed.changes:
        if not deed.of:
            _refuse_taken(found, change, known)
        work.change(change, deed.by, today)
    return work.carried(deed)


def _clash(found: Script, change: Change) -> Clash | None:
    now = found.cues.get(change.id)
    mine, was = (one.cue if one else None for one in (change.after, change.before))
    if same(now, was) or same(now, mine):
        return None
    return Clash(change.id, change.after, found.sentence(change.id))


def _refuse_taken(found: Script, change: Change, known: Container[str]) -> None:
    new = change.before is None and change.after is not None and change.id not in found.cues
    fresh = change.id.isdecimal() and int(change.id) > found.review.last_id
    if new and not fresh and change.id not in known:
        raise MisuseError(
            msg("The number {id} of a new sentence was given already.", id=change.id),
            hint=msg("Load the page again."),
        )


@dataclass
class _Work:
    """A script while a deed is being carried out."""

    found: Script
    back: Mapping[str, Effect]
    effects: list[Effect] = field(default_factory=list)

    def __post_init__(self) -> None:
        review = self.found.review
        self.blocks, self.cues = list(self.found.blocks), dict(self.found.cues)
        self.entries, self.anchors, self.last_id = dict(review.cues), dict(review.anchors), review.last_id
        self._place()

    def carried(self, deed: Deed) -> Carried:
        review = self.found.review
        settled = {*review.settled, *deed.settled}.difference(deed.reopened)
        review = replace(
            review,
            cues=self.entries,
            anchors=self.anchors,
            last_id=self.last_id,
            settled=tuple(sorted(settled)),
        )
        blocks = tuple(splicing.parted(self.blocks, self.found.end))
        return Carried(replace(self.found, blocks=blocks, cues=self.cues, review=review), tuple(self.effects))

    def change(self, change: Change, by: str, today: date) -> None:
        was = self._trace(change.id)
        now, wanted = self.cues.get(change.id), change.after.cue if change.after else None
        if now and wanted is None:
            was = replace(was, heir=self._take_out(now))
        elif wanted and not same(now, wanted):
            was = self._write(change, wanted, was)
        if change.after:
            entry = self._entry(change, now, by, today)
            self.entries |= {change.id: entry} if entry else {}
            if not entry:
                self.entries.pop(change.id, None)
        self.effects.append(Effect(change.id, was, self._trace(change.id)))

    def _entry(self, change: Change, now: Cue | None, by: str, today: date) -> CueReview | None:
        entry, back = self.entries.get(change.id), self.back.get(change.id)
        if back and (back.before.entry == entry or not same(now, change.after.cue if change.after else None)):
            return back.after.entry
        return judged(entry, now, change, by, today)

    def _place(self) -> None:
        self.places = {block.id: at for at, block in enumerate(self.blocks) if block.id is not None}

    def _trace(self, id_: str) -> Trace:
        at = self.places.get(id_)
        if at is None:
            return Trace(self.entries.get(id_))
        block, notes = self.blocks[at], self._notes(at)
        return Trace(self.entries.get(id_), Block(block.head, block.words, block.end, notes))

    def _notes(self, at: int) -> int:
        """How many notes stand right above a block."""
        count = 0
        while splicing.is_note(self.blocks[at - count - 1]):
            count += 1
        return count

    def _take_out(self, cue: Cue) -> str:
        """Take a sentence out; returns who has its frozen address now."""
        at, back = self.places[cue.id], self.back.get(cue.id)
        if back and back.after.above is not None and at == len(self.blocks) - 1:
            self.blocks[at - 1] = replace(self.blocks[at - 1], end=back.after.above)
        del self.blocks[at], self.cues[cue.id]
        self.entries.pop(cue.id, None)
        self._place()
        return self._bequeath(cue, at)

    def _bequeath(self, gone: Cue, at: int) -> str:
        """An address that readers may have goes to the sentence that has the words now, else to the next."""
        if gone.id not in self.anchors:
            return ""
        above = next((b.id for b in reversed(self.blocks[:at]) if b.id is not None), "")
        below = next((b.id for b in self.blocks[at:] if b.id is not None), "")
        joined = above and self.cues[above].end_s >= gone.end_s
        near = (above, below) if joined else (below, above)
        heir = next((one for one in near if one and one not in self.anchors), "")
        if heir:
            self.anchors[heir] = self.anchors.pop(gone.id)
        return heir

    def _write(self, change: Change, cue: Cue, was: Trace) -> Trace:
        """Write a sentence, in its place or as a new one; returns what was there, with what stood above."""
        back = self.back[change.id].after if change.id in self.back else Trace()
        kept, at = restored(back.block, cue), self.places.get(change.id)
        now = self.cues.get(cue.id)
        self.cues[cue.id] = cue
        if at is not None and now is not None:
            self.blocks[at] = kept or rewritten(self.blocks[at], now, cue, self.found.end)
        else:
            at = self._room(change.follows, cue, back.block.notes if kept and back.block else 0)
            was = replace(was, above=self.blocks[at - 1].end)
            last = at == len(self.blocks)
            end = self.blocks[at - 1].end if last else self.found.end * 2
            self.blocks.insert(at, kept or written(cue, self.found.end, end))
            self._place()
            if cue.id.isdecimal():
                self.last_id = max(self.last_id, int(cue.id))
            if back.heir in self.anchors and cue.id not in self.anchors:
                self.anchors[cue.id] = self.anchors.pop(back.heir)
        self._refuse_backwards(at, cue, now)
        return was

    def _room(self, follows: str, cue: Cue, notes: int) -> int:
        """Where a new sentence stands: below another one, and in the order of time."""
        order = [block.id for block in self.blocks if block.id is not None]
        at = order.index(follows) + 1 if follows in self.places else 0
        at = at if at and self.cues[follows].start_s <= cue.start_s else 0
        while at < len(order) and self.cues[order[at]].start_s < cue.start_s:
            at += 1
        if at:
            place = self.places[order[at - 1]] + 1
        else:
            place = self.places[order[0]] if order else len(self.blocks)
            place -= self._notes(place) if order else 0
        while notes and place < len(self.blocks) and splicing.is_note(self.blocks[place]):
            place, notes = place + 1, notes - 1
        return place

    def _refuse_backwards(self, at: int, cue: Cue, was: Cue | None) -> None:
        """MisuseError if a sentence ends before it begins, or begins before the one above does."""
        above = next((b.id for b in reversed(self.blocks[:at]) if b.id is not None), None)
        below = next((b.id for b in self.blocks[at + 1 :] if b.id is not None), None)
        moved = was is None or was.start_s != cue.start_s
        early = moved and above and cue.start_s < self.cues[above].start_s
        late = moved and below and cue.start_s > self.cues[below].start_s
        if early or late or round(cue.end_s * 1000) <= round(cue.start_s * 1000):
            raise MisuseError(
                msg("The times of sentence {id} do not fit to those beside it.", id=cue.id),
                hint=msg("Load the page again."),
            )
