"""Where pages that would lead nowhere have most likely moved to, and the lines that lead their readers on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pipeline import project
from pipeline.models import EPISODES, FEED, PLACES, RESERVED, Addresses, Renamable, renamable
from pipeline.workflow import subscribing
from pipeline.workflow.publications import PAGE, Look, Offer, Publication

EPISODE, PERSON = "episode", "person"
ALIKE = 0.6
"""How alike two names have to be (difflib's ratio) where nothing else tells that one became the other."""
SHARED = 0.5
"""How much of the episodes that two pages list has to be the same."""
MOST = 100
"""How many pages are looked at: each takes an answer from the target, and nobody renames more by hand."""
_LISTED = re.compile(rf'href="[^"#]*/{EPISODES}([^/"#]+)/'.encode())


def offers(root: Path, made: Publication, before: Look, after: Look) -> tuple[Offer, ...]:
    """A line for each page of the same kind that is new and that readers of the old one probably mean.

    `before` and `after` give documents by their path, as readers have them and as they would get them. What a
    feed has named is recognised by its guid. Else that page is meant that lists the same episodes; where a
    page lists none, or a person is meant, the names have to look alike. Nothing is said of the rest.
    """
    search = _Search(root, made, renamable(made.house), cache(before), cache(after))
    moved = defaultdict[tuple[str, str], list[str]](list)
    for path in made.dying[:MOST]:
        for found in search.meant(path):
            moved[found].append(path)
    return tuple(search.offer(kind, id_, tuple(old)) for (kind, id_), old in sorted(moved.items()))


def add_redirects(root: Path, made: Publication) -> None:
    """Write every line that is offered; HdwError where a file would have mistakes then."""
    for one in made.offers:
        names = tuple(map(_name, one.old))
        if one.kind == EPISODE:
            zone = ZoneInfo(made.house.settings.show.time_zone)
            project.add_slug(root, one.id, names[0], zone)
        else:
            project.add_former(root, one.kind, one.id, one.title, names)


class _Fit(NamedTuple):
    """Whether a page may be what another became, and how much they share; larger is likelier."""

    plausible: bool
    shared: float
    alike: float
    id: str


@dataclass(frozen=True, slots=True)
class _Search:
    root: Path
    made: Publication
    pages: dict[str, dict[str, Renamable]]
    before: Look
    after: Look

    @property
    def addresses(self) -> Addresses:
        return Addresses.of(self.made.house)

    def meant(self, path: str) -> Iterator[tuple[str, str]]:
        """The kind and id of the page that the one at `path` became, if that can be told."""
        name = _name(path)
        if path == self.addresses.episode_of(name):
            yield from ((EPISODE, id_) for id_ in self._same_guid(path))
        for kind, place in PLACES.items():
            if path == place(self.addresses, name) and not self._there(kind, name):
                best = max((self._fit(kind, path, id_) for id_ in self._fresh(kind)), default=None)
                if best and best.plausible:
                    yield kind, best.id

    def offer(self, kind: str, id_: str, old: tuple[str, ...]) -> Offer:
        """The line that leads from the old pages to that one."""
        names = tuple(map(_name, old))
        if kind == EPISODE:
            (episode,) = (one for one in self.made.house.episodes if one.id == id_)
            new, line = self.addresses.episode(episode), project.slug_line(id_, names[0])
            return Offer(kind, id_, episode.title, old, new, line)
        page = self.pages[kind][id_]
        title = getattr(page, "title", "")  # only a topic comes without a file, and needs one
        line = project.former_line(self.root, kind, id_, title, names)
        return Offer(kind, id_, title, old, PLACES[kind](self.addresses, id_), line)

    def _same_guid(self, path: str) -> Iterator[str]:
        """The episode that the feed named at this address; the ledger does not know, or it would lead on."""
        items = subscribing.paged(self.before, self.addresses).items if self.before(FEED) else ()
        guids = {item.guid for item in items if item.link == self.addresses.absolute(path)}
        yield from (one.id for one in self.made.house.episodes if one.guid in guids)

    def _there(self, kind: str, name: str) -> bool:
        """Whether the file is still there under that name: then nothing was renamed, but hidden or unused."""
        return name in RESERVED or project.content_file(self.root, kind, name).is_file()

    def _fresh(self, kind: str) -> Iterator[str]:
        for id_ in self.pages[kind]:
            if _document(PLACES[kind](self.addresses, id_)) in self.made.fresh_paths:
                yield id_

    def _fit(self, kind: str, old: str, id_: str) -> _Fit:
        alike = SequenceMatcher(None, _name(old), id_).ratio()
        was, now = _listed(self.before, old), _listed(self.after, PLACES[kind](self.addresses, id_))
        if not (was and now):
            return _Fit(alike >= ALIKE, 0, alike, id_)
        shared = len(was & now) / len(was | now)
        return _Fit(shared >= SHARED and (kind != PERSON or alike >= ALIKE), shared, alike, id_)


def _listed(look: Look, path: str) -> frozenset[bytes]:
    """The episodes that a page lists."""
    page = look(_document(path)) or b""
    return frozenset(_LISTED.findall(page.partition(b"<main")[2].partition(b"</main>")[0]))


def _document(path: str) -> str:
    return f"{path.rstrip('/')}{PAGE}"


def _name(path: str) -> str:
    """The last part of a page's address."""
    return path.rstrip("/").rpartition("/")[2]
