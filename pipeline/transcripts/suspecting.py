"""What an editor should look at first: the machine's marks with their place in the text, and words that look
wrong: unknown ones, such that sound like a name of the house, numbers, voices that may have changed.

Marks help only while they are few (noScribe gave them up because of that): an unknown word is shown once, at
its first place, and all together are at most a share of all words, the most suspicious first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz, process

from pipeline.messages import Message, msg
from pipeline.models import Cue, Mark, Review
from pipeline.transcripts import marking, reviewing
from pipeline.transcripts.document import Passage
from pipeline.transcripts.reviewing import Standing
from pipeline.transcripts.spelling import Dictionary, near
from pipeline.transcripts.vocabulary import SHORTEST, WORD, Vocabulary, folded, sounding

SHARE = 0.03
"""At most this share of all words is shown; sentences that nobody may have said always are."""
LEAST = 12
ALIKE = 84.0
"""How alike (of 100) words and a name have to be to sound alike."""
BESIDE_DB = 6.0
"""A sentence is louder on its speaker's own microphone by this; else it may be somebody else's."""
_ENDINGS = frozenset({"s", "n", "en", "er", "es", "e"})
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")

WHY: dict[str, Message] = {
    # the most suspicious first; those above the line always stand
    "invention": msg("A known invention of recognition; nobody speaks here"),
    "silence": msg("Text where nobody speaks"),
    "loop": msg("A repetition, probably invented"),
    "speed": msg("Faster than anybody speaks"),
    "cut": msg("Part of this was cut"),
    "parted": msg("Something was put into this"),
    "otherwise": msg("Heard otherwise now"),
    "unheard": msg("Somebody speaks here, and no text was written"),
    # the line
    "name": msg("Sounds like a name of the glossary"),
    "unsure": msg("Badly understood"),
    "dictionary": msg("In no dictionary"),
    "speaker": msg("Perhaps somebody else speaks"),
    "number": msg("A number: please listen"),
}
_ALWAYS = frozenset(list(WHY)[: list(WHY).index("name")])


def passages(
    cues: Sequence[Cue],
    review: Review,
    house: Vocabulary,
    dictionary: Dictionary | None,
    doubtful: Iterable[str] = (),
) -> tuple[Passage, ...]:
    """What is still to be looked at, in the order of time; what a person heard, checked or settled is not.

    `doubtful` are the ids of sentences that may be somebody else's. Without a dictionary no word is unknown.
    """
    waiting = {cue.id: cue for cue in cues if reviewing.standing(cue, review) not in _SEEN and not cue.sound}
    open_ = list(_marked(cues, waiting, review))
    known = {folded(word) for cue in cues if cue.id not in waiting for word in WORD.findall(cue.text)}
    search = _Search(house, dictionary, known)
    for cue in waiting.values():
        open_ += search.within(cue)
    open_ += [_passage(waiting[id_], "speaker", 0, 0) for id_ in doubtful if id_ in waiting]
    settled = frozenset(review.settled)
    left = [one for one in _once(open_) if one.key not in settled]
    few = _few(left, sum(len(cue.text.split()) for cue in cues))
    return tuple(_meant(one, waiting, house, dictionary) for one in few)


_SEEN = frozenset({Standing.HEARD, Standing.CHECKED})


def _meant(
    one: Passage, cues: Mapping[str, Cue], house: Vocabulary, dictionary: Dictionary | None
) -> Passage:
    """The place with what may be meant by an unknown word: sought only where it is shown (it takes time)."""
    if dictionary is None or one.kind != "dictionary":
        return one
    word = cues[one.sentence].text[one.start : one.end]
    return replace(one, suggestion=near(word, dictionary, house.own))


def _few(found: Sequence[Passage], words: int) -> tuple[Passage, ...]:
    """As many as an editor can bear, the most suspicious first, in the order of time."""
    order = list(WHY)
    always = [one for one in found if one.kind in _ALWAYS]
    others = sorted(
        (one for one in found if one.kind not in _ALWAYS),
        key=lambda one: order.index(one.kind) if one.kind in WHY else len(order),
    )
    room = max(LEAST, round(words * SHARE)) - len(always)
    return tuple(sorted((*always, *others[: max(room, 0)]), key=lambda one: (one.at_s, one.start)))


def _once(found: Iterable[Passage]) -> Iterator[Passage]:
    """Each key, and each place, once: for its most suspicious reason."""
    order = list(WHY)
    keys, places = set[str](), set[tuple[str, int, int]]()
    for one in sorted(found, key=lambda one: order.index(one.kind) if one.kind in WHY else len(order)):
        place = (one.sentence, one.start, one.end)
        if one.key in keys or (one.sentence and place in places):
            continue
        keys.add(one.key)
        places.add(place)
        yield one


def _marked(cues: Sequence[Cue], waiting: Mapping[str, Cue], review: Review) -> Iterator[Passage]:
    """The machine's marks that are open, each at its place in the text as it is now."""
    for mark in review.marks:
        cue = waiting.get(mark.cue)
        if cue and mark.word:
            if place := _place(cue, mark):
                yield Passage(marking.key(mark), mark.kind, _why(mark), cue.id, *place, mark.start_s)
        elif cue and cue.text == mark.text:
            yield Passage(marking.key(mark), mark.kind, _why(mark), cue.id, 0, len(cue.text), cue.start_s)
        elif not mark.cue and waiting and not _written(cues, mark):
            yield Passage(marking.key(mark), mark.kind, _why(mark), "", 0, 0, mark.start_s)


def _written(cues: Sequence[Cue], mark: Mark) -> bool:
    """Whether there is a sentence now where none was."""
    return any(cue.start_s <= mark.start_s + marking.UNHEARD_S / 2 < cue.end_s for cue in cues)


def _place(cue: Cue, mark: Mark) -> tuple[int, int] | None:
    """Where a word stands: of several the one that is spoken then."""
    word = mark.word.strip(" \t.,;:!?…\"'»«„“”()[]")
    found = [one.span() for one in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", cue.text)] if word else []
    share = (mark.start_s - cue.start_s) / max(cue.end_s - cue.start_s, 0.001)
    return min(found, key=lambda span: abs(span[0] - share * len(cue.text)), default=None)


def _why(mark: Mark) -> Message:
    return WHY.get(mark.kind, msg("To be looked at"))


class _Search:
    """Looks through sentences, and remembers what it found of each word."""

    def __init__(self, house: Vocabulary, dictionary: Dictionary | None, known: set[str]) -> None:
        self.house, self.dictionary, self.known = house, dictionary, known
        self.words: dict[str, tuple[str, bool]] = {}
        self.meant: dict[str, tuple[float, str]] = {}

    def within(self, cue: Cue) -> Iterator[Passage]:
        words = [one for one in WORD.finditer(cue.text) if not _foreign(cue, one.start())]
        taken = set[int]()
        for at, size, name in self._names(words):
            taken.update(range(at, at + size))
            yield _passage(cue, "name", words[at].start(), words[at + size - 1].end(), name)
        for at, one in enumerate(words):
            if at not in taken and self._word(one[0])[1]:
                key = f"dictionary:{one[0].casefold()}"
                yield replace(_passage(cue, "dictionary", *one.span()), key=key)
        for number in _NUMBER.finditer(cue.text):
            yield _passage(cue, "number", *number.span())

    def _word(self, word: str) -> tuple[str, bool]:
        """A word folded, and whether it is unknown."""
        if word not in self.words:
            self.words[word] = (folded(word), self._unknown(word))
        return self.words[word]

    def _unknown(self, word: str) -> bool:
        if self.dictionary is None or folded(word) in self.known or word.casefold() in self.house.own_folded:
            return False
        return not self.dictionary.knows(word)

    def _names(self, words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
        """Where words sound like a name, how many they are, and the name; those that are most alike first."""
        plain = [self._word(one[0]) for one in words]
        places = [at for at, (run, unknown) in enumerate(plain) if unknown or run in self.house.starts]
        runs = {
            (at, size)
            for place in places
            for size in (1, 2, 3)
            for at in range(max(place - size + 1, 0), min(place, len(words) - size) + 1)
        }
        found = ((*self._name(plain[at : at + size]), at, size) for at, size in sorted(runs))
        taken = set[int]()
        for _, name, at, size in sorted((one for one in found if one[1]), key=lambda one: -one[0]):
            if taken.isdisjoint(range(at, at + size)):
                taken.update(range(at, at + size))
                yield at, size, name

    def _name(self, words: Sequence[tuple[str, bool]]) -> tuple[float, str]:
        """How alike words are to the name that they sound like; "" where they are it, or something else."""
        heard = "".join(run for run, _ in words)
        if heard not in self.meant:
            self.meant[heard] = self._sounds_like(heard, words)
        return self.meant[heard]

    def _sounds_like(self, heard: str, words: Sequence[tuple[str, bool]]) -> tuple[float, str]:
        if heard in self.house.misheard:
            return 100.0, self.house.misheard[heard]
        if heard in self.house.sought or len(heard) < SHORTEST or not any(unknown for _, unknown in words):
            return 0.0, ""
        sounds = self.house.sounds
        best = process.extractOne(sounding(heard), sounds.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        run = sounds[best[0]] if best else ""
        name, inflected = (
            self.house.sought.get(run, ""),
            heard.startswith(run) and heard[len(run) :] in _ENDINGS,
        )
        if best is None or inflected or abs(len(name.split()) - len(words)) > 1:
            return 0.0, ""
        return best[1], name


def _passage(cue: Cue, kind: str, start: int, end: int, suggestion: str = "") -> Passage:
    words = "".join(cue.text[start:end].casefold().split())
    count = cue.text[:start].casefold().count(cue.text[start:end].casefold()) if words else 0
    key = ":".join((kind, cue.id, *([words] if words else []), *([str(count)] if count else [])))
    share = start / max(len(cue.text), 1)
    at_s = round(cue.start_s + share * (cue.end_s - cue.start_s), 3)
    return Passage(key, kind, WHY[kind], cue.id, start, end, at_s, suggestion)


def _foreign(cue: Cue, at: int) -> bool:
    """Whether a place is in another language than the talk."""
    return any(span.start <= at < span.end for span in cue.spans)


def doubtful(cues: Sequence[Cue], heard: Mapping[str, object]) -> Iterator[str]:
    """The sentences of a track's person that another microphone heard about as loud.

    `heard` is the head of the track's file under asr/.
    """
    track, person, sentences = (heard.get(name) for name in ("track", "person", "sentences"))
    for one in sentences if isinstance(sentences, list) else ():
        levels = {file: float(level) for file, level in one["levels_dbfs"].items()}
        others = [level for file, level in levels.items() if file != track]
        if track not in levels or not others or levels[str(track)] - max(others) >= BESIDE_DB:
            continue
        middle_s = (one["start"] + one["end"]) / 2
        yield from (c.id for c in cues if c.speaker == person and c.start_s <= middle_s < c.end_s)


def foreign(text: str, known: Dictionary) -> bool:
    """Whether two words in a row are in no dictionary: perhaps those of another language."""
    unknown = [not known.knows(word) and word[:1].islower() for word in WORD.findall(text)]
    return any(first and second for first, second in pairwise(unknown))
