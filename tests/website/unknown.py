"""Episodes of which nothing is known beforehand: all is found out each time, by the website itself."""

from __future__ import annotations

from collections.abc import Callable

from pipeline import website
from pipeline.models import Episode


class Unknown:
    """Stands where the catalogue does, for a house that is only a value."""

    def __init__(self, context: website.Context | None = None) -> None:
        self._context = context

    def own(self, episode: Episode) -> str:
        return repr(episode)

    def spoken(self, episode: Episode) -> website.Spoken:
        return website.spoken(self._alone(episode), episode, self.passages(episode))

    def passages(self, episode: Episode) -> website.Passages:
        return website.passages(self._alone(episode), episode)

    def words(self, _: Episode) -> str:
        return ""

    def related(self, _: str, __: str, find: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        return find()

    def _alone(self, episode: Episode) -> website.Context:
        assert self._context
        return self._context.only((episode,))
