"""Words as the machine heard them → a sentence a cue."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.models import Cue, Word

LONG_PAUSE_S = 2.0
_END = re.compile(r"[.?!…][\"'»«“”’)]*$")
_ABBREVIATION = re.compile(
    r"(^|[(„»\"])(\d{1,2}|[A-Za-zÄÖÜ]|bzw|ca|d|Dr|etc|evtl|ggf|Mio|Mrd|Nr|Prof|sog|St|Str|u|usw|vgl|z)\.$",
    re.IGNORECASE,
)


def sentences(words: Iterable[Word]) -> tuple[Cue, ...]:
    """Cues with ids from "1": cut after a sentence's end and at pauses of two seconds and more."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and not _ends(groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return tuple(_cue(str(number), group) for number, group in enumerate(groups, 1))


def _ends(last: Word, following: Word) -> bool:
    if following.start_s - last.end_s >= LONG_PAUSE_S:
        return True
    return bool(_END.search(last.text)) and not _ABBREVIATION.search(last.text)


def _cue(id_: str, group: list[Word]) -> Cue:
    start = group[0].start_s
    end = max(group[-1].end_s, start + 0.001)
    return Cue(id_, start, end, " ".join(word.text for word in group), words=tuple(group))
