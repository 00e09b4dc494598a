"""Rules for languages: tags that screen readers know, and texts in easy language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.checks.rules import (
    HOUSE,
    MUST,
    SHOULD,
    WCAG,
    Finding,
    Rule,
    example,
    in_episode,
    in_transcript,
    perhaps,
)
from pipeline.feed import languages
from pipeline.messages import Message, msg
from pipeline.models import Episode, House, Page

_SENTENCE_END = re.compile(r"[.!?:](?=\s+[A-ZÄÖÜ])")
_EASY = "DIN SPEC 33429, Leichte Sprache"


def known(house: House) -> Iterator[Finding]:
    """Every language is one that has a name."""
    tagged = [("settings", "", "show.language", house.settings.show.language)]
    tagged += [("series", one.id, "language", one.language or "") for one in house.series.values()]
    tagged += [("episode", one.id, "language", one.language or "") for one in house.episodes]
    tagged += [("page", one.id, "language", one.language or "") for one in house.pages.values()]
    for subject, id_, field, tag in tagged:
        if tag and not languages.known(tag):
            yield Finding(subject, id_, field, _unknown(tag), example("language: de"))
    for episode in house.episodes:
        transcript = house.of(episode).transcript
        for cue in transcript.cues if transcript else ():
            for span in cue.spans:
                if not languages.known(span.language):
                    yield in_transcript(
                        episode, cue, _unknown(span.language), example("<lang en>Smart City</lang>")
                    )


def translated(house: House) -> Iterator[Finding]:
    """A translation names an original that exists, and each language has one version of it."""
    show = house.settings.show.language
    yield from _translated("episode", {one.id: one for one in house.episodes}, show)
    yield from _translated("page", house.pages, show)


def _translated(subject: str, known: Mapping[str, Episode | Page], show: str) -> Iterator[Finding]:
    taken: dict[tuple[str, str], str] = {
        (one.id, one.language or show): one.id for one in known.values() if one.translation_of is None
    }
    for one in known.values():
        of, language = one.translation_of, one.language or show
        if of is None:
            continue
        if of not in known:
            message = msg("There is nothing called {id} that this could be a translation of.", id=of)
            hint = perhaps(of, known) or msg("Write the name that the original has, or delete the line.")
            yield Finding(subject, one.id, "translation_of", message, hint)
        elif known[of].translation_of is not None:
            message = msg("{id} is a translation itself.", id=of)
            hint = msg("Name the original, once for every language: {id}", id=known[of].translation_of)
            yield Finding(subject, one.id, "translation_of", message, hint)
        elif taken.setdefault((of, language), one.id) != one.id:
            message = msg(
                "{id} is in the same language ({language}).", id=taken[of, language], language=language
            )
            yield Finding(subject, one.id, "translation_of", message, example("language: en"))


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
    Rule("translation-known", MUST, f"{HOUSE}, Sprachen",
         msg("A page leads to its versions in other languages, and search engines ask that each leads back."),
         translated, together=True),
)  # fmt: skip
