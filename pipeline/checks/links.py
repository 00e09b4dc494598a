"""Rules for links into catalogue, programme and calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.checks.rules import HOUSE, MUST, SHOULD, Finding, Rule, example, length_s
from pipeline.messages import clock_text, msg
from pipeline.models import House, Link, LinkKind

ISBN_13, ISBN_10 = 13, 10


def ends(house: House) -> Iterator[Finding]:
    """A course or an event has an end date."""
    for subject, id_, field, link in _links(house):
        if link.kind in {LinkKind.COURSE, LinkKind.EVENT} and link.ends is None:
            message = msg(
                "{field} is missing: until when is “{title}” of use?", field="ends", title=link.title
            )
            yield Finding(subject, id_, f"{field}.ends", message, example("ends: 2026-12-31"))


def isbn_valid(house: House) -> Iterator[Finding]:
    """The check digit of an ISBN is right."""
    for subject, id_, field, link in _links(house):
        if link.isbn and not isbn_right(link.isbn):
            message = msg("The ISBN {isbn} has a slip: its check digit does not fit.", isbn=link.isbn)
            hint = msg("Copy it again from the book or the catalogue.")
            yield Finding(subject, id_, f"{field}.isbn", message, hint)


def isbn_right(isbn: str) -> bool:
    """Whether an ISBN of 10 or 13 digits has the right check digit (ISO 2108, annex C)."""
    digits = [10 if sign == "X" else int(sign) for sign in isbn if sign.isdecimal() or sign == "X"]
    if len(digits) == ISBN_13:
        return "X" not in isbn and sum(n * (3 if at % 2 else 1) for at, n in enumerate(digits)) % 10 == 0
    return len(digits) == ISBN_10 and sum(n * (10 - at) for at, n in enumerate(digits)) % 11 == 0


def passage_inside(house: House) -> Iterator[Finding]:
    """The moment that a link belongs to lies inside the recording."""
    for episode in house.episodes:
        end_s = length_s(house, episode)
        for position, link in enumerate(episode.links):
            if end_s and link.passage is not None and link.passage >= end_s:
                message = msg(
                    "The passage at {time} is after the end ({end}).",
                    time=clock_text(link.passage),
                    end=clock_text(end_s),
                )
                hint = msg("Times are written h:mm:ss or mm:ss.")
                yield Finding("episode", episode.id, f"links.{position}.passage", message, hint)


def _links(house: House) -> Iterator[tuple[str, str, str, Link]]:
    """Subject, id, field, and the link."""
    linked: list[tuple[str, str, Iterable[Link]]] = [("episode", e.id, e.links) for e in house.episodes]
    linked += [("person", one.id, one.links) for one in house.people.values()]
    linked += [("topic", one.id, one.links) for one in house.topics.values()]
    for subject, id_, links in linked:
        for position, link in enumerate(links):
            yield subject, id_, f"links.{position}", link


RULES: tuple[Rule, ...] = (
    Rule("link-ends", SHOULD, f"{HOUSE}, Links",
         msg("Pages mark past courses and events; without an end date an old one looks open for ever."),
         ends),
    Rule("link-isbn", MUST, "ISO 2108, Annex C",
         msg("The catalogue finds a book by its ISBN; with a slip in it the link leads nowhere."),
         isbn_valid),
    Rule("link-passage", MUST, f"{HOUSE}, Links",
         msg("The page offers to listen from this moment; past the end there is nothing to hear."),
         passage_inside),
)  # fmt: skip
