"""Words as the machine heard them → a sentence a cue.

A point ends a sentence unless it belongs to the word before it: abbreviations, ordinals (`28. Modell`) and
initials. Where German leaves both readings open, the next word decides: a sentence begins with a capital,
and mostly with a word that begins sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.models import Cue, Word
from pipeline.transcripts import sounds

LONG_PAUSE_S = 2.0
"""A pause that ends a sentence, whatever stands before it."""
BREATH_S = 0.6
"""A pause after a point that may or may not end a sentence, long enough to take it for one."""
LONGEST_S = 40.0
"""Nobody speaks one sentence for longer: the machine has left out the points."""
SHORTEST_PART_S = 5.0


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_END = re.compile(r"([.?!…]+)([\"'»«“”’‘)\]]*)$")
_BARE = re.compile(r"^[\"'»«„“”‚’(\[]*|[\"'»«“”’)\]]*$")
_SINGLE = re.compile(r"([^\W\d_]\.)+")  # initials, and what is written without spaces: z.B., u.a., d.h.
_NUMBER = re.compile(r"\d{1,3}\.|[IVX]{1,5}\.")
_BEFORE = _set("""
    abb abs adr allg bd bes bez bspw bzw ca chr dipl dr erg evtl exkl fam fr geb gebr gest ggf ggü hg hl
    hr hrsg ing inkl insb insbes jh jr jun kap kath lfd lic med mr mrs ms mtl nachm nat nr od pkt prof rd
    röm sog sr st stellv sth teilw tel tit tsd univ urspr verf verm vgl vorm vs wiss zb zit zt zw zzgl
    österr
    """)
"""Abbreviations that always have a word behind them, without their point."""
_EITHER = _set("ag bhf etc etw ff gmbh hbf inc jhd jhdt ltd mill mio mrd o.ä o.g pl s.o s.u std str usf usw")
"""Abbreviations that stand inside a sentence as well as at its end."""
_BEGINNERS = _set("""
    aber alle allerdings als also am an auch auf aus bei beim bis da dabei dadurch dafür dagegen daher damals
    damit danach dann daran darauf darin darum das dass davon dazu denn dennoch der deshalb dessen die dies
    diese dieser dieses doch dort du ein eine einen einer eines er es für gibt guten hallo heute hier ich ihr
    im in ist ja jede jeder jetzt kann können man manche mein mit morgen nach natürlich nein noch nun nur ob
    obwohl oder ohne seit seitdem sie sind so sobald solche sonst trotzdem um und uns unser unsere viele vom
    von vor wann war waren warum was weil welche wenn wer wie wir wird wo wozu wurde zu zum zur
    and but he i it she that the there they this we what when where who why you
    """)
"""Words that begin sentences, and hardly ever stand capitalised behind an ordinal or an abbreviation."""


def sentences(words: Iterable[Word]) -> tuple[Cue, ...]:
    """Cues with ids from "1": sentences, each sound by itself; a pause of two seconds ends a sentence too."""
    groups = [
        part
        for spoken in sounds.parted(tuple(words))
        for sentence in _sentences(spoken)
        for part in _shortened(sentence)
    ]
    return tuple(sounds.marked(_cue(str(number), group)) for number, group in enumerate(groups, 1))


def _sentences(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    start = 0
    for at, (last, following) in enumerate(pairwise(words), 1):
        if ends(last, following):
            yield words[start:at]
            start = at
    yield words[start:]


def ends(last: Word, following: Word) -> bool:
    """Whether a sentence ends between two words."""
    pause_s = following.start_s - last.end_s
    if pause_s >= LONG_PAUSE_S:
        return True
    mark = _END.search(last.text)
    if mark is None:
        return False
    begins = _BARE.sub("", following.text)
    if begins[:1].islower():
        return _ends_before_small(mark, pause_s)
    if set(mark[1]) == {"."} and len(mark[1]) == 1 and not mark[2]:
        return _ends_at_point(_BARE.sub("", last.text), begins, pause_s)
    return True


def _ends_before_small(mark: re.Match[str], pause_s: float) -> bool:
    """Mostly it goes on with the sentence (`„Komm!“ sagte er`, `… und dann`); not always after ? and !."""
    return not mark[2] and set(mark[1]) <= {"?", "!"} and pause_s >= BREATH_S


def _ends_at_point(word: str, following: str, pause_s: float) -> bool:
    stem = word.rstrip(".").casefold()
    if stem in _BEFORE or (_SINGLE.fullmatch(word) and stem not in _EITHER):
        return False
    if stem in _EITHER or _NUMBER.fullmatch(word):
        return following.strip(".,:;?!").casefold() in _BEGINNERS or pause_s >= BREATH_S
    return True


def _shortened(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """A run of words without points in parts of bearable length, cut at the longest pauses."""
    if words[-1].end_s - words[0].start_s <= LONGEST_S:
        yield words
        return
    at = _best_cut(words)
    if not at:
        yield words
        return
    yield from _shortened(words[:at])
    yield from _shortened(words[at:])


def _best_cut(words: Sequence[Word]) -> int:
    """The place with the longest pause, at a comma before others, not close to the ends; 0: nowhere."""
    first, last = words[0].start_s + SHORTEST_PART_S, words[-1].end_s - SHORTEST_PART_S
    places = [at for at in range(1, len(words)) if first <= words[at].start_s <= last]
    return max(places, key=lambda at: _weight(words, at), default=0)


def _weight(words: Sequence[Word], at: int) -> tuple[float, float]:
    pause_s = words[at].start_s - words[at - 1].end_s
    comma = words[at - 1].text.endswith((",", ";", ":"))
    middle_s = (words[0].start_s + words[-1].end_s) / 2
    return round(pause_s + (0.5 if comma else 0.0), 2), -abs(words[at].start_s - middle_s)


def _cue(id_: str, group: Sequence[Word]) -> Cue:
    start = group[0].start_s
    end = max(group[-1].end_s, start + 0.001)
    text = " ".join(" ".join(word.text for word in group).split())
    return Cue(id_, start, end, text, words=tuple(group))
