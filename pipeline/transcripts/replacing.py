"""Words of a sentence replaced by others: text, passages in another language and word times stay together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.models import Cue, Span, Word

_BEFORE = r"(?<![\w-])(?<!\w['’])"
_AFTER = r"(?![\w-]|['’]\w)"


@dataclass(frozen=True, slots=True)
class Change:
    """Characters `start` to `end` (exclusive) of a cue's text become `written`."""

    start: int
    end: int
    written: str


def whole(patterns: Iterable[str]) -> str:
    """The expression for one of several patterns, where a word begins: looked for first, as it is quick."""
    return f"{_BEFORE}(?:{'|'.join(patterns)})"


def pattern(phrase: str, *, compounds: bool = False) -> str:
    """A phrase as whole words: never inside another word, parts of a hyphenated one included.

    Small letters count with capitals too; a phrase with a capital counts only so, or all in capitals.
    `compounds`: also where a longer word begins with the phrase.
    """
    forms = {unicodedata.normalize(form, phrase) for form in ("NFC", "NFD")}
    plain = "|".join(sorted(_spaced(form) for form in forms))
    shouted = "|".join(sorted(_spaced(form.upper()) for form in forms))
    body = f"(?i:{plain})" if phrase == phrase.lower() else f"(?:{plain}|{shouted})"
    return body + ("" if compounds else _AFTER)


def find(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Where a phrase stands in a text as whole words: start and end (exclusive)."""
    return (found.span() for found in re.finditer(whole([pattern(phrase)]), text))


def written(term: str, heard: str) -> str:
    """The term as it has to look where `heard` stood: all in capitals, or with a capital in front."""
    if len(heard) > 1 and heard.isupper() and not term.isupper():
        return term.upper()
    return term[:1].upper() + term[1:] if heard[:1].isupper() else term


def changed(cue: Cue, changes: Iterable[Change]) -> Cue:
    """The cue with other words; its id, times, speaker, and the words beside them stay.

    New words share the time of those they stand for. Words that do not belong to the text are left alone.
    """
    for change in sorted(changes, key=lambda one: -one.start):
        text = cue.text[: change.start] + change.written + cue.text[change.end :]
        words = _words(cue, change, text)
        cue = replace(cue, text=text, spans=tuple(_spans(cue.spans, change)), words=words)
    return cue


def in_step(cue: Cue) -> bool:
    """Whether the machine's words are known and are those of the text, one by one."""
    return bool(cue.words) and cue.text.split(" ") == [word.text for word in cue.words]


def _spaced(phrase: str) -> str:
    return r"\s+".join(map(re.escape, phrase.split()))


def _spans(spans: Iterable[Span], change: Change) -> Iterator[Span]:
    for span in spans:
        start, end = (_moved(at, change) for at in (span.start, span.end))
        if end > start:
            yield replace(span, start=start, end=end)


def _moved(at: int, change: Change) -> int:
    """Where a place in the text lies after a change; one within the old words goes to the end of the new."""
    if at <= change.start:
        return at
    after = change.start + len(change.written)
    return after + at - change.end if at >= change.end else after


def _words(cue: Cue, change: Change, text: str) -> tuple[Word, ...]:
    if not in_step(cue):
        return cue.words
    first = cue.text.count(" ", 0, change.start)
    last = cue.text.count(" ", 0, change.end)
    old = cue.words[first : last + 1]
    kept = len(cue.words) - len(old)
    new = text.split(" ")[first : len(text.split(" ")) - (kept - first)]
    return (*cue.words[:first], *_shared(new, old), *cue.words[last + 1 :])


def _shared(texts: list[str], old: tuple[Word, ...]) -> Iterator[Word]:
    """New words in the time of the old: one for one where they are as many, else by their length."""
    if len(texts) == len(old):
        yield from (replace(word, text=text) for text, word in zip(texts, old, strict=True))
        return
    start, end = old[0].start_s, old[-1].end_s
    letters, before = sum(map(len, texts)) or 1, 0
    probability = min(word.probability for word in old)
    for text in texts:
        begin = start + (end - start) * before / letters
        before += len(text)
        yield Word(text, begin, start + (end - start) * before / letters, probability)
