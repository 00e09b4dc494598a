"""Rules for languages: tags that screen readers know, and texts in easy language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.rules import MUST, SHOULD, WCAG, Finding, Rule, example, in_episode, in_transcript
from pipeline.messages import Message, msg
from pipeline.models import House

_SENTENCE_END = re.compile(r"[.!?:](?=\s+[A-ZÄÖÜ])")
_EASY = "DIN SPEC 33429, Leichte Sprache"


def known(house: House) -> Iterator[Finding]:
    """Every language is one that has a name."""
    tagged = [("settings", "", "show.language", house.settings.show.language)]
    tagged += [("series", one.id, "language", one.language or "") for one in house.series.values()]
    tagged += [("episode", one.id, "language", one.language or "") for one in house.episodes]
    for subject, id_, field, tag in tagged:
        if tag and not language_known(tag):
            yield Finding(subject, id_, field, _unknown(tag), example("language: de"))
    for episode in house.episodes:
        transcript = house.of(episode).transcript
        for cue in transcript.cues if transcript else ():
            for span in cue.spans:
                if not language_known(span.language):
                    yield in_transcript(
                        episode, cue, _unknown(span.language), example("<lang en>Smart City</lang>")
                    )


def language_known(tag: str) -> bool:
    """Whether a tag is written as BCP 47 asks, with a language and a region that have names."""
    found = re.fullmatch(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-([A-Z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*", tag)
    if found is None:
        return False
    languages, regions = _names()
    return found[1] in languages and (found[2] is None or found[2] in regions)


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], frozenset[str]]:
    from babel import Locale  # noqa: PLC0415 (only where languages are looked at)

    english = Locale("en")
    return frozenset(english.languages), frozenset(english.territories)


def _unknown(tag: str) -> Message:
    return msg("“{tag}” is no language that screen readers know.", tag=tag)


def easy_checked(house: House) -> Iterator[Finding]:
    """A text in easy language was read by people it is for."""
    for episode in house.episodes:
        if episode.summary_easy and not episode.summary_easy_checked_by:
            message = msg("summary_easy_checked_by is missing: who checked the text in easy language?")
            yield in_episode(
                episode, "summary_easy", message, example("summary_easy_checked_by: Prüfgruppe Bochum")
            )


def easy_lines(house: House) -> Iterator[Finding]:
    """In easy language each sentence has a line of its own."""
    for episode in house.episodes:
        for line in episode.summary_easy.splitlines():
            if _SENTENCE_END.search(line.strip()):
                message = msg("summary_easy has two sentences in one line.")
                hint = msg("Write summary_easy: | and below it a sentence a line.")
                found = Finding("episode", episode.id, "summary_easy", message, hint, near=line.strip()[:40])
                yield found
                break


RULES: tuple[Rule, ...] = (
    Rule("easy-checked", MUST, f"{_EASY}, Prüfung",
         msg("A text is in easy language only after people it is for have checked it; the page names them."),
         easy_checked),
    Rule("easy-lines", SHOULD, f"{_EASY}, Sätze",
         msg("A sentence a line is easier to read and to find again."), easy_lines),
    Rule("language-known", MUST, f"{WCAG}, 3.1.1 Language of Page and 3.1.2 Language of Parts; BCP 47",
         msg("Screen readers choose their voice by it; with a wrong tag German is read with an English one."),
         known),
)  # fmt: skip
