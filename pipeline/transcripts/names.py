"""Known mishearings → the words that were meant, in the sentences that nobody has read yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence

from pipeline.models import Cue, Replacement, Term
from pipeline.transcripts.replacing import Change, changed, in_step, pattern, whole, written


def correct(
    cues: Sequence[Cue], terms: Sequence[Term], reviewed: Container[str] = ()
) -> tuple[tuple[Cue, ...], tuple[Replacement, ...]]:
    """The cues with the glossary's words, and what was replaced; those in `reviewed` (ids) stay as they are.

    Longer mishearings come first, earlier terms before later ones; what was written is not looked at again.
    """
    finder = _Finder(terms)
    made, replaced = [], []
    for cue in cues:
        found = [] if cue.id in reviewed or cue.sound else list(finder.find(cue.text))
        made.append(changed(cue, [change for change, _ in found]))
        replaced += [_record(cue, change, term) for change, term in found]
    return tuple(made), tuple(replaced)


class _Finder:
    """Every mishearing of some terms in one expression; the terms themselves too, so that they stay."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.known: dict[str, Term] = {}
        rows = [(heard, term) for term in terms for heard in term.heard]
        for heard, term in rows:
            self.known.setdefault(_key(heard), term)
        compounds = {_key(heard): term.compounds for heard, term in reversed(rows)}
        phrases = sorted({*(heard for heard, _ in rows), *(term.term for term in terms)})
        phrases.sort(key=len, reverse=True)
        parts = (pattern(phrase, compounds=compounds.get(_key(phrase), False)) for phrase in phrases)
        self.expression = re.compile(whole(parts)) if rows else None

    def find(self, text: str) -> Iterator[tuple[Change, Term]]:
        for place in self.expression.finditer(text) if self.expression else ():
            term = self.known.get(_key(place[0]))
            if term is not None and written(term.term, place[0]) != place[0]:
                yield Change(*place.span(), written(term.term, place[0])), term


def _key(phrase: str) -> str:
    return " ".join(unicodedata.normalize("NFC", phrase).casefold().split())


def _record(cue: Cue, change: Change, term: Term) -> Replacement:
    """What is kept of it; the time is that of the first word, where words are known."""
    first = cue.text.count(" ", 0, change.start)
    start_s = cue.words[first].start_s if in_step(cue) else cue.start_s
    return Replacement(cue.id, start_s, cue.text[change.start : change.end], change.written, term.term)


def expected(terms: Iterable[str]) -> str:
    """Words to expect as Whisper's prompt takes them: each once, the most specific first."""
    once = dict.fromkeys(" ".join(term.split()) for term in terms)
    return ", ".join(term for term in once if term)
