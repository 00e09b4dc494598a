"""What a publication would change: at the places it goes to, and for those who listen and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pipeline import deploy, feed
from pipeline.deploy import Release
from pipeline.feed import Changes, ShownItem
from pipeline.messages import Message, msg
from pipeline.models import FEED, Addresses, House
from pipeline.project import Line
from pipeline.workflow import subscribing

SHRINKS = "shrinks"
"""What --yes-really has to name where the feed would lose more than half of its episodes."""
SHOW = "podcast"
"""The same where directories would take the podcast for another one."""
PAGE = "/index.html"
Look = Callable[[str], bytes | None]
Allowed = tuple[str, date]
"""A state of the consents (project.consents_mark), and a day."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one place would get: the name of its target, the release to come, and the one shown there now.

    `erases`: a release that lies there holds something of an episode that was withdrawn.
    """

    target: str
    release: Release
    previous: Release | None
    erases: bool = False

    @property
    def due(self) -> bool:
        """Whether the place shows anything else."""
        return self.erases or self.previous is None or self.release.site != self.previous.site

    @property
    def sent(self) -> tuple[str, ...]:
        """The paths whose content is new there."""
        return deploy.renewed(self.release, self.previous)

    @property
    def size(self) -> int:
        """The bytes of all that does not lie there yet."""
        known = {file.sha256 for file in (self.previous.files if self.previous else {}).values()}
        files = (self.release.files[path] for path in self.sent)
        return sum(file.bytes for file in files if file.sha256 not in known)


@dataclass(frozen=True, slots=True)
class Objection:
    """What listeners would lose for good: nothing is sent unless --yes-really names it."""

    name: str
    message: Message


@dataclass(frozen=True, slots=True)
class Offer:
    """A line that leads from pages that would lead nowhere (`old`) to the one that is probably meant (`new`).

    `kind`, `id` and `title` are those of the new page.
    """

    kind: str
    id: str
    title: str
    old: tuple[str, ...]
    new: str
    line: Line


@dataclass(frozen=True, slots=True)
class Publication:
    """What would be sent, and what that means for listeners and readers.

    `sound` is what the place for audio gets, None where audio lies on the site. `fallen` are episodes that
    stay in the archive but leave the feed that apps subscribe to. `dying` are pages that would lead nowhere,
    `offers` what would lead their readers on. `written` are the marks of all words (project.written_mark) as
    they were when the site was built, by episode. `allowed` tells for which state of the consents, and for
    which day, the rules were asked; None where no rule stops it.
    """

    house: House
    output: Path
    site: Part
    sound: Part | None
    changes: Changes
    fallen: tuple[ShownItem, ...]
    objections: tuple[Objection, ...]
    offers: tuple[Offer, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)
    allowed: Allowed | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is sent in this order: the feed names only audio that is there."""
        return (self.sound, self.site) if self.sound else (self.site,)

    @property
    def name(self) -> str:
        """The target's name."""
        return self.site.target

    @property
    def carried(self) -> bool:
        """Whether the public finds it only once others have carried it to the server."""
        return self.house.settings.publish[self.name].carried

    @property
    def due(self) -> bool:
        """Whether there is anything to send."""
        return any(part.due for part in self.parts)

    @property
    def files(self) -> int:
        """How many files are new to the public."""
        return sum(len(part.sent) for part in self.parts)

    @property
    def size(self) -> int:
        """The bytes of all that has to be sent."""
        return sum(part.size for part in self.parts)

    @property
    def fresh(self) -> tuple[str, ...]:
        """The whole addresses of what is new."""
        settings = self.house.settings
        there = {self.name: settings.show.address, settings.audio_target: settings.audio_address}
        return tuple(there[part.target] + path for part in self.parts for path in part.sent)

    @property
    def dying(self) -> tuple[str, ...]:
        """The pages that readers know and the site has no longer, sorted."""
        known = self.site.previous.site if self.site.previous else {}
        gone = (path for path in known if path.endswith(PAGE) and path not in self.site.release.site)
        return tuple(sorted(path.removesuffix("index.html") for path in gone))

    @property
    def fresh_paths(self) -> frozenset[str]:
        """The paths of the site that readers do not know yet."""
        known = self.site.previous.site if self.site.previous else {}
        return frozenset(self.site.release.site.keys() - known.keys())

    @property
    def feed(self) -> str:
        """SHA-256 of the main feed as it would be sent."""
        return self.site.release.files[FEED].sha256


def of(
    house: House, output: Path, site: Part, sound: Part | None, *, before: Look, after: Look
) -> Publication:
    """The publication; `before` and `after` give the documents of the feeds by their path."""
    changes, fallen = _for_listeners(house, before, after)
    objections = (*_objections(house, changes), *_strangers(sound))
    return Publication(house, output, site, sound, changes, fallen, objections)


def _strangers(sound: Part | None) -> Iterator[Objection]:
    """Where nothing that lies at the place for audio is known: two houses share it, or it is a wrong one."""
    there = sound.previous.site if sound and sound.previous and not sound.erases else {}
    if sound and there and not there.keys() & sound.release.site.keys():
        said = msg(
            "The audio at {target} is not of this podcast; it would go in a week.", target=sound.target
        )
        yield Objection(sound.target, said)


def _for_listeners(house: House, before: Look, after: Look) -> tuple[Changes, tuple[ShownItem, ...]]:
    """What changes in the feed, and which episodes leave the part of it that apps subscribe to."""
    new = subscribing.paged(after, Addresses.of(house))
    if before(FEED) is None:  # nothing was published yet
        return feed.compare(replace(new, items=()), new), ()
    old = subscribing.paged(before, Addresses.of(house))
    there, newest = ({one.guid for one in some} for some in (new.items, _subscribed(after)))
    return feed.compare(old, new), tuple(one for one in _subscribed(before) if one.guid in there - newest)


def _subscribed(look: Look) -> tuple[ShownItem, ...]:
    data = look(FEED)
    return feed.shown(data).items if data else ()


def _objections(house: House, changes: Changes) -> Iterator[Objection]:
    withdrawn = {entry.guid for entry in house.ledger.withdrawn}
    for change in changes.items:
        title, guid = change.item.title, change.before.guid if change.before else change.item.guid
        if change.kind == "gone" and guid not in withdrawn:
            yield Objection(guid, msg("“{title}” would vanish from the feed.", title=title))
        elif change.kind == "looks_new":
            yield Objection(guid, msg("“{title}” would look like a new episode.", title=title))
    meant = sum(change.kind == "gone" and change.item.guid in withdrawn for change in changes.items)
    if changes.after * 2 < changes.before - meant:
        yield Objection(
            SHRINKS,
            msg(
                "Of {before} episodes the feed would keep {after}.",
                before=changes.before,
                after=changes.after,
            ),
        )
    if any(one.field == "guid" and one.before and one.after != one.before for one in changes.show):
        yield Objection(SHOW, msg("Directories would take the podcast for another one: its guid changes."))
