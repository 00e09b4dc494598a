"""What is wrong with the form of an element of Podcasting 2.0: attributes, text, what stands below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.feed.nodes import NAMES
from pipeline.feed.rules import often, unfit
from pipeline.feed.vocabulary import TAGS
from pipeline.messages import Message, msg


def judged(name: str, element: Any) -> Iterator[Message]:
    """What the vocabulary does not allow about an element and those below it."""
    tag = TAGS[name]
    for attribute, value in element.items():
        kind = tag.needed.get(attribute) or tag.allowed.get(attribute)
        if kind is None:
            yield msg("{tag} has the unknown attribute {attribute}", tag=name, attribute=attribute)
        elif not kind.fits(value):
            yield unfit(f"{name} {attribute}", value, kind)
    for attribute in tag.needed:
        if element.get(attribute) is None:
            yield msg("{tag} is missing", tag=f"{name} {attribute}")
    text = element.text or ""
    if tag.text and not tag.text.fits(text):
        yield unfit(name, text, tag.text)
    if not tag.text and text.strip():
        yield msg("{tag} has a text, and may have none: {text}", tag=name, text=text.strip())
    if tag.below or len(element):
        yield from _below(name, element)


def _below(name: str, element: Any) -> Iterator[Message]:
    """The children of an element: each allowed here, as often as it may be, none missing."""
    names = [NAMES[child.tag] for child in element]
    needed = TAGS[name].below
    if needed and needed not in names:
        yield msg("{tag} is missing", tag=f"{name} {needed}")
    for child, below in zip(element, names, strict=True):
        known = TAGS.get(below)
        if known is None or name not in known.parents:
            yield msg("{tag} has no place here", tag=f"{name} {below}")
            continue
        yield from judged(below, child)
    for below in dict.fromkeys(names):
        known = TAGS.get(below)
        if known and known.once and names.count(below) > 1:
            yield often(below, names.count(below))
