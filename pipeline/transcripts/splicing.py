"""Changes in a truth file that leave all else in it, byte by byte: notes, styles, ends of lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.models import Cue, Transcript
from pipeline.transcripts import vtt

_TIMES = re.compile(r"[0-9:.]+[ \t]*-->[ \t]*[0-9:.]+")


def spliced(text: str, cues: Sequence[Cue], gone: Collection[str]) -> str:
    """The file with `cues` in this order; those that stand in it already keep their very lines.

    A note belongs to the cue below it and stays where that cue was.
    """
    header, *rest = vtt.placed(text)
    waiting, made, notes = list(cues), [header.lines], list[list[str]]()
    for block in rest:
        if block.id is None:  # styles stand above all cues
            (notes if block.lines[0].startswith("NOTE") else made).append(block.lines)
        elif block.id not in gone:
            made += [*_before(waiting, block.id), *notes, block.lines]
            notes = []
    return _joined([*made, *_before(waiting, None), *notes], text)


def retimed(text: str, cues: Mapping[str, Cue]) -> str:
    """The file with other times for some cues (by id); what stands behind the times stays there."""
    made = []
    for block in vtt.placed(text):
        cue, lines = cues.get(block.id or ""), block.lines
        if cue is None:
            made.append(lines)
            continue
        at = 0 if "-->" in lines[0] else 1
        times = f"{vtt.time_text(cue.start_s)} --> {vtt.time_text(cue.end_s)}"
        made.append([*lines[:at], _TIMES.sub(times, lines[at], count=1), *lines[at + 1 :]])
    return _joined(made, text)


def numbered(text: str, first: int) -> str:
    """The file with an id above every cue that has none, counted up from `first`."""
    made, at = list[list[str]](), first
    for block in vtt.placed(text):
        if block.id is not None and "-->" in block.lines[0]:
            made.append([str(at), *block.lines])
            at += 1
        else:
            made.append(block.lines)
    return _joined(made, text) if at > first else text


def _before(waiting: list[Cue], id_: str | None) -> Iterator[list[str]]:
    """The lines of the cues that come before one, which are taken off with it."""
    while waiting:
        cue = waiting.pop(0)
        if cue.id == id_:
            return
        _, block = vtt.placed(vtt.write_vtt(Transcript((cue,))))
        yield block.lines


def _joined(blocks: Sequence[Sequence[str]], like: str) -> str:
    """Blocks as a file with the ends of lines, and the byte order mark, of another."""
    text = "\n".join("".join(f"{line}\n" for line in block) for block in blocks)
    mark = "\ufeff" if like.startswith("\ufeff") else ""
    return mark + (text.replace("\n", "\r\n") if "\r\n" in like else text)
