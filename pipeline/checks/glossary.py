"""Rules for content/glossary.toml."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.rules import HOUSE, SHOULD, Finding, Rule, perhaps
from pipeline.messages import msg
from pipeline.models import EVERYWHERE, House


def scope_known(house: House) -> Iterator[Finding]:
    """The series or episode that a term is for is there."""
    known = (EVERYWHERE, *house.series, *(episode.id for episode in house.episodes))
    for position, term in enumerate(house.glossary.terms):
        if term.scope not in known:
            message = msg(
                "There is no series and no episode {id}: “{term}” never counts.",
                id=term.scope,
                term=term.term,
            )
            hint = perhaps(term.scope, known) or msg("Leave scope out: the term counts everywhere.")
            yield Finding("glossary", "", f"terms.{position}.scope", message, hint)


def heard_is_wrong(house: House) -> Iterator[Finding]:
    """No mishearing is a word that is right elsewhere in the glossary."""
    right = {term.term.casefold() for term in house.glossary.terms}
    for position, term in enumerate(house.glossary.terms):
        for heard in term.heard:
            if heard.casefold() in right:
                message = msg("“{heard}” is a term itself and is never replaced.", heard=heard)
                yield Finding(
                    "glossary", "", f"terms.{position}.heard", message, msg("Delete it from heard.")
                )


RULES: tuple[Rule, ...] = (
    Rule("glossary-heard", SHOULD, f"{HOUSE}, Glossar",
         msg("A word that is right in one place cannot be wrong in another; nobody could tell them apart."),
         heard_is_wrong),
    Rule("glossary-scope", SHOULD, f"{HOUSE}, Glossar",
         msg("A term for a series or an episode that is not there helps nobody, and nobody notices."),
         scope_known, together=True),
)  # fmt: skip
