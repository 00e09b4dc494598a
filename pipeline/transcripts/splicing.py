"""Changes in a truth file that leave all else in it, byte by byte: notes, styles, ends of lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.models import Cue, Transcript
from pipeline.transcripts import vtt


def spliced(text: str, cues: Sequence[Cue], gone: Collection[str]) -> str:
    """The file with `cues` in this order; those that stand in it already keep their very lines.

    A note belongs to the cue below it and stays where that cue was.
    """
    header, *rest = vtt.blocks(vtt.lines_of(text))
    waiting, made, notes = list(cues), [header[1]], list[list[str]]()
    for number, block in rest:
        id_ = vtt.block_id(number, block)
        if id_ is None:
            (notes if block[0].startswith("NOTE") else made).append(block)  # styles stand above all cues
        elif id_ not in gone:
            made += [*_before(waiting, id_), *notes, block]
            notes = []
    return _joined([*made, *_before(waiting, None), *notes], text)


def numbered(text: str, first: int) -> str:
    """The file with an id above every cue that has none, counted up from `first`."""
    made, at = list[list[str]](), first
    for number, block in vtt.blocks(vtt.lines_of(text)):
        if made and vtt.block_id(number, block) is not None and "-->" in block[0]:
            made.append([str(at), *block])
            at += 1
        else:
            made.append(block)
    return _joined(made, text) if at > first else text


def _before(waiting: list[Cue], id_: str | None) -> Iterator[list[str]]:
    """The lines of the cues that come before one, which are taken off with it."""
    while waiting:
        cue = waiting.pop(0)
        if cue.id == id_:
            return
        _, block = list(vtt.blocks(vtt.lines_of(vtt.write_vtt(Transcript((cue,))))))[1]
        yield block


def _joined(blocks: Sequence[Sequence[str]], like: str) -> str:
    """Blocks as a file with the ends of lines, and the byte order mark, of another."""
    text = "\n".join("".join(f"{line}\n" for line in block) for block in blocks)
    mark = "\ufeff" if like.startswith("\ufeff") else ""
    return mark + (text.replace("\n", "\r\n") if "\r\n" in like else text)
