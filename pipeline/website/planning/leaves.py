"""Long lists of episodes on several pages that stay put: counted from the oldest, a new one moves none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.messages import msg
from pipeline.website.context import Context
from pipeline.website.index import Group
from pipeline.website.views import Anchor

PAGE = 50
"""So many episodes an older page holds; the first one has as many, or up to nearly twice as many."""


class Leaf(NamedTuple):
    """A page of a list: where it lies below the first ("" for that itself), title, episodes, newest first.

    `older` and `newer` lead on, `first` back; on the first, `every` leads to all of the older ones.
    """

    path: str
    title: str
    episodes: Group
    older: Anchor | None
    newer: Anchor | None
    first: Anchor | None
    every: tuple[Anchor, ...]

    @property
    def marks(self) -> tuple[object, ...]:
        """What of the page is neither title nor episodes."""
        return (self.older, self.newer, self.every)


def leaves(context: Context, base: str, title: str, episodes: Group) -> Iterator[Leaf]:
    """The page at `base` with the newest episodes, then the older ones (`base` + `seite-2/`, `seite-1/`)."""
    full = max(0, len(episodes) // PAGE - 1)
    spans = [(f"seite-{number}/", (number - 1) * PAGE, number * PAGE) for number in range(full, 0, -1)]
    spans.insert(0, ("", full * PAGE, len(episodes)))
    newest = Anchor(context.href(base), context.t(msg("The newest episodes")))
    links = [newest, *(_link(context, base + path, start + 1, end) for path, start, end in spans[1:])]
    for at, (path, start, end) in enumerate(spans):
        said = context.t(msg("{title}: episodes {first} to {last}", title=title, first=start + 1, last=end))
        yield Leaf(
            path,
            said if path else title,
            episodes[len(episodes) - end : len(episodes) - start],
            links[at + 1] if at < full else None,
            links[at - 1] if at else None,
            Anchor(context.href(base), title) if path else None,
            tuple(links[1:]) if not path else (),
        )


def _link(context: Context, path: str, first: int, last: int) -> Anchor:
    said = msg("Episodes {first} to {last}", first=first, last=last)
    return Anchor(context.href(path), context.t(said), note=f"{first}–{last}")
