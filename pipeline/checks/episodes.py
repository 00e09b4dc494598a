"""Rules for an episode's front matter: title, summary, numbers, dates, references."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from pipeline.checks.rules import (
    APPLE,
    HOUSE,
    MUST,
    PSP,
    SHOULD,
    Finding,
    Rule,
    example,
    in_episode,
    perhaps,
    ready,
)
from pipeline.messages import msg
from pipeline.models import Episode, EpisodeType, House, ShowType
from pipeline.models.limits import DESCRIPTION_BYTES

_NUMBERED = re.compile(
    r"^#?\d+\s*[:)–-]\s|\b(?:folge|episode|ep\.?|staffel|season)\s*#?\d+\b|\bS\d+\s*E\d+\b", re.IGNORECASE
)


def summary_present(house: House) -> Iterator[Finding]:
    """Apps show the summary under the title."""
    for episode in house.episodes:
        if not episode.summary:
            message = msg("summary is missing. Apps show it under the title.")
            yield in_episode(
                episode,
                "summary",
                message,
                example("summary: Wie Bochum Daten teilt und wer davon etwas hat."),
            )


def summary_short(house: House) -> Iterator[Finding]:
    """A summary has 4,000 bytes at most."""
    for episode in house.episodes:
        size = len(episode.summary.encode())
        if size > DESCRIPTION_BYTES:
            message = msg("summary has {n} bytes; the feed cuts it after 4,000.", n=size)
            yield in_episode(episode, "summary", message, msg("Move the rest to the notes below."))


def title_plain(house: House) -> Iterator[Finding]:
    """A title repeats neither the show's name nor season and number: apps show both beside it."""
    show = house.settings.show.title.casefold()
    for episode in house.episodes:
        title = episode.title.casefold()
        if show in title and title != show:
            message = msg("The title repeats the podcast's name.")
            yield in_episode(episode, "title", message, msg("Leave it out: apps show it above the title."))
        found = _NUMBERED.search(episode.title)
        if found:
            message = msg("The title holds the number: “{text}”.", text=found[0].strip())
            yield in_episode(episode, "title", message, msg("Write it as number and season: apps show them."))


def references_known(house: House) -> Iterator[Finding]:
    """Series, institution and related episodes exist."""
    institutions = {one.id for one in house.settings.show.institutions}
    ids = {episode.id for episode in house.episodes}
    for episode in house.episodes:
        if episode.series and episode.series not in house.series:
            message = msg("There is no series {id} in content/series.", id=episode.series)
            hint = perhaps(episode.series, house.series)
            yield in_episode(episode, "series", message, hint or msg("Make the file, or delete the line."))
        if episode.institution and episode.institution not in institutions:
            message = msg("podcast.toml lists no institution {name}.", name=episode.institution)
            hint = perhaps(episode.institution, institutions)
            yield in_episode(
                episode, "institution", message, hint or msg("Add it in podcast.toml: [[show.institutions]]")
            )
        for position, id_ in enumerate(episode.related):
            if id_ not in ids:
                message = msg("There is no episode {name}.", name=id_)
                hint = perhaps(id_, ids) or msg("An episode is named like its folder under episodes/.")
                yield in_episode(episode, f"related.{position}", message, hint)


def numbers_unique(house: House) -> Iterator[Finding]:
    """No two full episodes of the show have the same season and number: one feed carries them all."""
    full = [e for e in house.episodes if e.number and e.type is EpisodeType.FULL]
    counted = Counter((e.season, e.number) for e in full)
    for episode in full:
        if counted[episode.season, episode.number] > 1:
            other = next(
                e
                for e in full
                if e is not episode and (e.season, e.number) == (episode.season, episode.number)
            )
            message = msg("Episode {other} has the number {n} too.", other=other.id, n=episode.number)
            hint = msg("Number the episodes of the whole podcast through, or give each series a season.")
            yield in_episode(episode, "number", message, hint)


def numbers_given(house: House) -> Iterator[Finding]:
    """In a serial show every full episode has a number."""
    if house.settings.show.type is not ShowType.SERIAL:
        return
    for episode in house.episodes:
        if episode.type is EpisodeType.FULL and not episode.number:
            message = msg("number is missing: the podcast is serial, to be heard in order.")
            yield in_episode(episode, "number", message, example("number: 7"))


def dates_follow_numbers(house: House) -> Iterator[Finding]:
    """Within a series and season the higher number is the later date."""
    groups: dict[tuple[str | None, int | None], list[Episode]] = defaultdict(list)
    for episode in house.episodes:
        if episode.number and episode.type is EpisodeType.FULL:
            groups[episode.series, episode.season].append(episode)
    for group in groups.values():
        ordered = sorted(group, key=lambda e: (e.number or 0, e.date))
        for before, episode in itertools.pairwise(ordered):
            if episode.date < before.date:
                message = msg(
                    "Number {n} is dated before number {earlier}.", n=episode.number, earlier=before.number
                )
                yield in_episode(episode, "date", message, msg("Swap the dates, or the numbers."))


def lands_on_top(house: House) -> Iterator[Finding]:
    """A new episode is dated later than those that listeners have: else it hides among the old ones."""
    known = {entry.guid for entry in house.ledger.episodes}
    published = [e.date for e in house.episodes if e.guid in known]
    for episode in ready(house):
        later = sum(date > episode.date for date in published) if episode.guid not in known else 0
        if later:
            message = msg("Older episodes that apps will show above this new one: {n}.", n=later)
            yield in_episode(episode, "date", message, msg("Date it on the day of its publication."))


def recorded_before(house: House) -> Iterator[Finding]:
    """A recording is made before it is published."""
    for episode in house.episodes:
        if episode.recorded and episode.recorded > episode.date.date():
            message = msg("Recorded on {day}, after the publication.", day=episode.recorded)
            yield in_episode(episode, "recorded", message, msg("One of the two dates has a slip."))


def samples_stay_home(house: House) -> Iterator[Finding]:
    """Samples never leave the demonstration house."""
    for episode in ready(house):
        if episode.sample and not house.settings.show.samples:
            message = msg("This is a sample of the demonstration; it is never published.")
            yield in_episode(episode, "sample", message, msg("Delete the episode's folder."))


RULES: tuple[Rule, ...] = (
    Rule("date-lands-on-top", SHOULD, f"{APPLE}, pubDate",
         msg("Apps sort by date: a new episode with an old date is overlooked by subscribers."),
         lands_on_top, together=True),
    Rule("dates-follow-numbers", SHOULD, f"{APPLE}, itunes:episode",
         msg("Some apps sort by date and others by number: listeners would get two different orders."),
         dates_follow_numbers, together=True),
    Rule("numbers-given", MUST, f"{APPLE}, itunes:type",
         msg("A serial show is heard in the order of its numbers; without one an episode has no place."),
         numbers_given),
    Rule("numbers-unique", MUST, f"{APPLE}, itunes:episode",
         msg("Apps sort by season and number; of two alike one may be hidden."),
         numbers_unique, together=True),
    Rule("recorded-before", SHOULD, f"{HOUSE}, Datum",
         msg("The page shows both dates; an impossible order makes readers doubt the rest."),
         recorded_before),
    Rule("references-known", MUST, f"{HOUSE}, Verweise",
         msg("The page links to series, institution and further episodes; each link has to lead somewhere."),
         references_known, together=True),
    Rule("samples-stay-home", MUST, f"{HOUSE}, Muster",
         msg("Samples are made for the demonstration; nobody should take them for content of the house."),
         samples_stay_home),
    Rule("summary-present", MUST, f"{PSP}, description",
         msg("The summary is the first thing that people read in apps and search results."), summary_present),
    Rule("summary-short", SHOULD, f"{APPLE}, description",
         msg("Apple takes 4,000 bytes, umlauts count twice; the feed cuts what is longer."), summary_short),
    Rule("title-plain", SHOULD, f"{APPLE}, title",
         msg("Apps show podcast, season and number beside the title; repeated, they push it off the screen."),
         title_plain),
)  # fmt: skip
