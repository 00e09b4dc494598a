"""A written feed as rules look at it: an element with its children by name, found in one walk.

Forty rules that each searched an item's children would walk a long feed forty times.
"""

from __future__ import annotations

from typing import Any

from pipeline.feed.rows import NAMESPACES

_PREFIXES = {address: prefix for prefix, address in NAMESPACES.items()}


class _Names(dict[Any, str]):
    """`{http://…}type` → `itunes:type`, each worked out once; comments and instructions have no name."""

    def __missing__(self, tag: Any) -> str:
        self[tag] = name = _named(tag) if isinstance(tag, str) else ""
        return name


def _named(tag: str) -> str:
    address, _, name = tag.removeprefix("{").rpartition("}")
    prefix = _PREFIXES.get(address)
    return f"{prefix}:{name}" if prefix else tag


NAMES = _Names()


class Node:
    """An element of a feed with its children by name (`itunes:type`).

    The channel's items are nodes as well. What is not said here (`tag`, `text`, `sourceline`, `getparent` …)
    is lxml's own element's.
    """

    __slots__ = ("children", "element")

    def __init__(self, element: Any) -> None:
        self.element = element
        self.children: dict[str, list[Any]] = {}
        for child in element:
            name = NAMES[child.tag]
            found = self.children.get(name)
            if found is None:
                self.children[name] = found = []
            found.append(Node(child) if name == "item" else child)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.element, name)

    def findall(self, tag: str, _namespaces: object = None) -> list[Any]:
        """All children of this name, in the order of the feed."""
        return self.children.get(NAMES[tag] if tag.startswith("{") else tag, [])

    def find(self, tag: str, _namespaces: object = None) -> Any:
        """The first child of this name, or None."""
        return next(iter(self.findall(tag)), None)

    def findtext(self, tag: str, default: str | None = None, _namespaces: object = None) -> str | None:
        """The text of the first child of this name ("" where it has none); `default` where there is none."""
        found = self.find(tag)
        return default if found is None else found.text or ""
