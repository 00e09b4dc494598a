"""What is known of episodes without looking into them again: marks, and what other pages show of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import catalog, website
from pipeline.models import Episode, Parts
from pipeline.workflow import exchanging

_SPOKEN, _PASSAGES, _RELATED = KINDS = ("spoken", "passages", "related")


_Marked = tuple[tuple[Any, ...], str]
"""The marks of what other pages show, and the path of the word times ("" where there are none)."""


class _Found(NamedTuple):
    """What is kept of an episode: its marks, and the passages that other pages show, as plain values."""

    spoken: _Marked
    told: tuple[dict[str, tuple[tuple[str, str, str, str], ...]], ...]


class Known:
    """Of a public house, out of its catalogue; what is not there is found out and kept there."""

    def __init__(self, context: website.Context, files: catalog.Files) -> None:
        self.context, self._house, self._files = context, context.house, files
        self._parts, self._own = Parts(context.house), dict[str, str]()
        self._fresh: dict[str, dict[str, catalog.Memo]] = {kind: {} for kind in KINDS}

    def own(self, episode: Episode) -> str:
        """The digest of all that an episode and whoever it names say."""
        known = self._own.get(episode.id)
        if known is None:
            known = self._own[episode.id] = self._parts.mark(episode, *self._files.marks[episode.id])
        return known

    def spoken(self, episode: Episode) -> website.Spoken:
        """The marks of what other pages show of it."""
        return self._spoken(episode)[0]

    def words(self, episode: Episode) -> str:
        """The path of its word times; "" where there are none."""
        return self._spoken(episode)[1]

    def passages(self, episode: Episode) -> website.Passages:
        """What other pages show of its transcript."""
        key = self._key(episode)
        memo = self._fresh[_PASSAGES].get(episode.id) or self._files.store.memo(_PASSAGES, episode.id)
        told = memo.value if memo and memo.key == key else self._kept(episode).told
        topics, people = ({id_: _read(one) for id_, one in part.items()} for part in told)
        return website.Passages(topics, people)

    def related(self, id_: str, key: str, find: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        """What was found for an episode under this key, or is found now."""
        memo = self._related.get(id_)
        if memo is None or memo.key != key:
            memo = self._fresh[_RELATED][id_] = catalog.Memo(key, find())
        found: tuple[str, ...] = memo.value
        return found

    @cached_property
    def _related(self) -> dict[str, catalog.Memo]:
        return self._files.store.memos(_RELATED)

    def ahead(self) -> None:
        """Find out what is not known yet of all episodes, by several processes where that pays."""
        episodes = {one.id: one for one in self._house.episodes}
        due = [id_ for id_, one in episodes.items() if self._recalled(one) is None]
        with closing(
            catalog.each(due, lambda id_: self._found(episodes[id_]), self._files.store.again)
        ) as all_:
            for part in all_:
                for id_, found in part.items():
                    self._take(episodes[id_], found)

    def save(self) -> None:
        """Keep what was found out; forget what is gone."""
        for kind, memos in self._fresh.items():
            self._files.store.note(kind, memos, gone=self._files.store.names(kind) - self._files.ids)

    def _spoken(self, episode: Episode) -> tuple[website.Spoken, str]:
        marks, words = self._recalled(episode) or self._kept(episode).spoken
        return website.Spoken(*marks), words

    def _recalled(self, episode: Episode) -> _Marked | None:
        """Its marks and the path of its word times, where they are known."""
        memo = self._memos.get(episode.id)
        return memo.value if memo and memo.key == self._key(episode) else None

    def _kept(self, episode: Episode) -> _Found:
        """What is found out now is kept."""
        found = self._found(episode)
        self._take(episode, found)
        return found

    def _take(self, episode: Episode, found: _Found) -> None:
        key = self._key(episode)
        self._memos[episode.id] = self._fresh[_SPOKEN][episode.id] = catalog.Memo(key, found.spoken)
        self._fresh[_PASSAGES][episode.id] = catalog.Memo(key, found.told)

    def _found(self, episode: Episode) -> _Found:
        own = self.context.only((episode,))
        found = website.passages(own, episode)
        text = exchanging.word_times(self._files.root, own.house, episode)
        words = own.addresses.words(episode, _mark(text)) if text else ""
        told = tuple({id_: _told(one) for id_, one in part.items()} for part in (found.topics, found.people))
        return _Found((tuple(website.spoken(own, episode, found)), words), told)

    def _key(self, episode: Episode) -> str:
        return self.own(episode) + self._shared

    @cached_property
    def _shared(self) -> str:
        settings = self._house.settings
        return website.digest((settings.show, settings.site))

    @cached_property
    def _memos(self) -> dict[str, catalog.Memo]:
        return self._files.store.memos(_SPOKEN)


def words_file(context: website.Context, root: Path, episode: Episode) -> website.Document | None:
    """When each word is spoken; None where nothing lies under asr/."""
    text = exchanging.word_times(root, context.house, episode)
    path = context.addresses.words(episode, _mark(text))
    return website.Document(path, text.encode()) if text else None


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _told(found: tuple[website.Passage, ...]) -> tuple[tuple[str, str, str, str], ...]:
    return tuple((one.href, one.time, one.name, one.text) for one in found)


def _read(told: tuple[tuple[str, str, str, str], ...]) -> tuple[website.Passage, ...]:
    return tuple(website.Passage(*one) for one in told)
