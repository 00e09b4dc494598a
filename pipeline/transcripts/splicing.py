"""Changes in a truth file that leave all else in it, byte by byte: notes, styles, ends of lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.models import Cue, Transcript
from pipeline.transcripts import vtt
from pipeline.transcripts.vtt import Placed

_TIMES = re.compile(r"[0-9:.]+[ \t]*-->[ \t]*[0-9:.]+")
_EMPTY = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")


def spliced(text: str, cues: Sequence[Cue], gone: Collection[str]) -> str:
    """The file with `cues` in this order; those that stand in it already keep their very lines.

    A note belongs to the cue below it and stays where that cue was.
    """
    header, *rest = vtt.placed(text)
    waiting, made, notes, end = list(cues), [header], list[Placed](), line_end(text)
    for block in rest:
        if block.id is None:  # styles stand above all cues
            (notes if is_note(block) else made).append(block)
        elif block.id not in gone:
            made += [*_before(waiting, block.id, end), *notes, block]
            notes = []
    made += [*_before(waiting, None, end), *notes]
    made[-1] = replace(made[-1], end=(rest or [header])[-1].end)
    return "".join(block.raw for block in parted(made, end))


def retimed(text: str, cues: Mapping[str, Cue]) -> str:
    """The file with other times for some cues (by id); what stands behind the times stays there."""
    return "".join(
        replace(block, head=timed(block.head, cue)).raw if (cue := cues.get(block.id or "")) else block.raw
        for block in vtt.placed(text)
    )


def timed(head: str, cue: Cue) -> str:
    """The lines above a cue's words with its times."""
    return _TIMES.sub(f"{vtt.time_text(cue.start_s)} --> {vtt.time_text(cue.end_s)}", head, count=1)


def numbered(text: str, first: int) -> str:
    """The file with an id above every cue that has none, counted up from `first`."""
    made, at, end = list[str](), first, line_end(text)
    for block in vtt.placed(text):
        if block.id is not None and "-->" in block.head.partition("\n")[0].partition("\r")[0]:
            made.append(f"{at}{end}")
            at += 1
        made.append(block.raw)
    return "".join(made)


def is_note(block: Placed) -> bool:
    """Whether a block is a remark of an editor."""
    return block.id is None and block.words.startswith("NOTE")


def parted(blocks: Sequence[Placed], end: str) -> Iterator[Placed]:
    """Blocks, and an empty line between two of them where there is none."""
    for block in blocks[:-1]:
        yield block if _EMPTY.search(block.end) else replace(block, end=end * 2)
    yield from blocks[-1:]


def line_end(text: str) -> str:
    """How lines end in a file."""
    return "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r" if "\r" in text else "\n"


def block_of(cue: Cue, end: str) -> Placed:
    """A cue as a file has it whose lines end so."""
    _, block = vtt.placed(vtt.write_vtt(Transcript((cue,))).replace("\n", end))
    return replace(block, end=end)


def _before(waiting: list[Cue], id_: str | None, end: str) -> Iterator[Placed]:
    """The blocks of the cues that come before one, which are taken off with it."""
    while waiting:
        cue = waiting.pop(0)
        if cue.id == id_:
            return
        yield block_of(cue, end)
