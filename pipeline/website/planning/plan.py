"""Pages as units: each with the mark of every value that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar, TypeVarTuple

from pipeline.messages import Message
from pipeline.models import Episode, Person
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.index import Group, Index, digest
from pipeline.website.planned import Listed, Page, Unit
from pipeline.website.spoken import Passages, Spoken

T = TypeVar("T")
Given = TypeVarTuple("Given")


class Known(Protocol):
    """What is known of episodes without looking into them."""

    def own(self, episode: Episode) -> str:
        """The digest of all that an episode and whoever it names say."""

    def spoken(self, episode: Episode) -> Spoken:
        """The marks of what other pages show of its transcript."""

    def passages(self, episode: Episode) -> Passages:
        """That itself."""

    def words(self, episode: Episode) -> str:
        """The path of its word times; "" where there are none."""

    def related(self, id_: str, key: str, find: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        """What was found for an episode under this key, or is found now."""


@dataclass(frozen=True)
class Plan:
    """What all pages of a site are planned from: everything in groups, and the marks of its parts."""

    context: Context
    known: Known

    @cached_property
    def index(self) -> Index:
        """Episodes in groups."""
        return Index(self.context)

    @cached_property
    def frame(self) -> str:
        """The mark of what every page shows around its own contents."""
        context, house = self.context, self.context.house
        settings, cover = house.settings, house.pictures.get(house.settings.show.cover)
        linked = {*settings.site.service, *settings.site.menu, "barriere-melden"}
        titles = sorted((id_, page.title) for id_, page in house.pages.items() if id_ in linked)
        main = (context.feeds[0].path, context.feeds[0].title) if context.feeds else ()
        published = (house.ledger.show, context.addresses.sound)
        return digest((settings.show, settings.site, titles, cover, main, published))

    def page(
        self,
        path: str,
        template: str,
        make: Callable[[], Page],
        *,
        title: str | Message,
        changed: date | None = None,
        translations: tuple[views.Translation, ...] = (),
        mapped: bool = True,
        **inputs: object,
    ) -> Unit:
        """A page with what it shows beside its frame, by what that is: marks, or values that are short."""
        marks = {name: one if isinstance(one, str) else digest(one) for name, one in inputs.items()}
        return Unit(
            path,
            {"settings": self.frame, **marks},
            lambda: (make(),),
            (template,),
            Listed(path, self.context.t(title), changed, translations, mapped),
        )

    def alone(self, make: Callable[[Context, *Given], T], episodes: Group, *given: *Given) -> Callable[[], T]:
        """`make` with a context of these episodes only, the word times of the first, and what is given.

        That part of the house is cut out when it is asked for: most pages are only planned.
        """
        return lambda: make(self.context.only(episodes, words=self.known.words(episodes[0])), *given)

    def listed(self, episodes: Iterable[Episode]) -> str:
        """The mark of a list of episodes."""
        return digest([self.index.listed(one) for one in episodes])

    def changed(self, episodes: Iterable[Episode]) -> date | None:
        """The day on which something changed last on a page that lists these episodes."""
        return max((self._days[one.id] for one in episodes), default=None)

    @cached_property
    def _days(self) -> Mapping[str, date]:
        return {one.id: changed(self.context, one) for one in self.index.episodes}

    def feeds(self, *paths: str) -> tuple[tuple[str, str], ...]:
        """Paths and titles of those of these feeds that there are."""
        return tuple((one.path, one.title) for one in self.context.feeds if one.path in paths)

    @cached_property
    def topics(self) -> tuple[views.Anchor, ...]:
        """Every topic with the number of its episodes, the most frequent first."""
        counts = {id_: len(group) for id_, group in self.index.by_topic.items()}
        ordered = sorted(self.index.topics.values(), key=lambda one: (-counts[one.id], one.title.casefold()))
        return tuple(views.topic_link(self.context, one, str(counts[one.id])) for one in ordered)

    def topics_of(self, episodes: Iterable[Episode]) -> tuple[views.Anchor, ...]:
        """The topics of these episodes, each once, in the order in which they come."""
        ids = dict.fromkeys(id_ for one in episodes for id_ in one.topic_ids)
        return tuple(self._topic_links[id_] for id_ in ids if id_ in self._topic_links)

    @cached_property
    def _topic_links(self) -> Mapping[str, views.Anchor]:
        return {id_: views.topic_link(self.context, one) for id_, one in self.index.topics.items()}

    @cached_property
    def series(self) -> tuple[views.Anchor, ...]:
        """Every series, by title."""
        found = sorted(self.context.house.series.values(), key=lambda one: one.title.casefold())
        return tuple(views.series_link(self.context, one) for one in found)

    @cached_property
    def shown_people(self) -> tuple[Person, ...]:
        """Everybody who is not hidden, by family name."""
        people = (one for one in self.context.house.people.values() if not one.hidden)
        return tuple(sorted(people, key=lambda one: (one.sort_key, one.id)))

    def people(self, ids: set[str] | None = None) -> tuple[views.Anchor, ...]:
        """These people, or all, as links with their function; hidden ones are left out."""
        context = self.context
        return tuple(
            views.Anchor(context.href(context.addresses.person(one.id)), one.shown_name, note=one.role)
            for one in self.shown_people
            if ids is None or one.id in ids
        )

    @cached_property
    def subscriptions(self) -> tuple[views.Anchor, ...]:
        """The pages that say how to subscribe, the whole podcast's first."""
        context = self.context
        return tuple(
            views.Anchor(context.href(context.addresses.subscribe(one.path)), one.title)
            for one in context.feeds
        )

    def subscription(self, path: str) -> str:
        """The page for the feed at a path; "" where nothing is to be heard yet."""
        return self.context.href(self.context.addresses.subscribe(path)) if self.feeds(path) else ""


def changed(context: Context, episode: Episode) -> date:
    """The day an episode's page changed last: its publication, or a later review of its transcript."""
    reviewed = context.house.of(episode).reviewed_on
    day = context.local(episode.date)
    return max(day, reviewed) if reviewed else day
