"""What counts as a download: IAB Tech Lab, Podcast Measurement Technical Guidelines 2.2.

docs/stats.md tells rule by rule what is done, and what logs alone cannot tell.
"""

from __future__ import annotations

import re
import secrets
import socket
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from ipaddress import IPv4Network, IPv6Network
from urllib.parse import unquote, urlsplit

from pipeline.stats.agents import UNKNOWN, client
from pipeline.stats.days import Days
from pipeline.stats.hits import Hit
from pipeline.stats.networks import Networks
from pipeline.stats.tallies import WHOLE, Tally

MOST_A_DAY = 100
"""Whoever loads more episodes than that in a day, by one app, is no listener (step 1.2, point 1)."""
_MOST_APPS = 4096
"""Further ones are unknown; the lists know 300."""
SOUND = (".aac", ".m4a", ".mp3", ".ogg", ".opus")
_PLAIN = re.compile(r"/[^%?]*")
"""A path that is written in one way only."""
_DELIVERED = {200, 206}
_PROBE = 2
"""Bytes by which apps try whether a server knows ranges (step 1.2, point 6)."""


class Left(StrEnum):
    """Why something did not count: the first seven are requests, the last two are downloads."""

    HEAD = "head"
    STATUS = "status"
    PROBE = "probe"
    WATCH = "watch"
    ROBOT = "robot"
    NETWORK = "network"
    UNKNOWN = "unknown"
    SHORT = "short"
    FLOOD = "flood"


@dataclass(frozen=True, slots=True)
class Sound:
    """A published file: its episode's guid, and how many bytes its head and the first minute take."""

    guid: str
    needed: int


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """Downloads of an episode (its guid) on a day by an app ("" for one that nobody knows)."""

    day: date
    guid: str
    app: str
    downloads: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What logs say: the downloads, why others did not count, and which days the lines are of.

    `first` and `last` are None where there is no line; `unreadable` lines are no part of `lines`.
    """

    counts: tuple[Count, ...]
    left: Mapping[Left, int]
    lines: int
    unreadable: int
    first: date | None
    last: date | None


class Counting:
    """Takes the requests of logs in any order, and counts; grows with listeners, not with lines.

    `sounds` go by the path that the server is asked for (`by_path`). Addresses are kept only as a digest with
    a key made anew for each counting, together with the day and the user agent; nothing leads back to them.
    """

    def __init__(
        self,
        sounds: Mapping[str, Sound],
        days: Days,
        *,
        excluded: Iterable[IPv4Network | IPv6Network] = (),
    ) -> None:
        self._sounds, self._days, self._networks = sounds, days, Networks(excluded)
        self._key = secrets.token_bytes(32)
        self._tally = Tally()
        self._guids = {guid: at for at, guid in enumerate(sorted({one.guid for one in sounds.values()}))}
        self._apps: dict[str, int] = {UNKNOWN: 0}
        self._left: Counter[Left] = Counter()
        self._lines = self._unreadable = 0

    def add(self, hit: Hit | None) -> None:
        """Take a request; None stands for a line that could not be read."""
        day = self._days.of(hit.moment) if hit else None
        if hit is None or day is None:
            self._unreadable += 1
            return
        self._lines += 1
        sound = self._sound(hit) if self._days.wanted(day) else None
        if sound is None:
            return
        app, left = _judged(hit)
        if left is None and self._networks and hit.ip in self._networks:
            left = Left.NETWORK
        if left:
            self._left[left] += 1
            return
        place = self._place(day, sound.guid, app)
        self._tally.add(self._listener(hit, day), place, -(-hit.sent * WHOLE // sound.needed))

    def counted(self) -> Counted:
        """The downloads so far: one a listener, episode and day, of which a minute was sent."""
        import numpy as np  # noqa: PLC0415 (heavy)

        listeners, places, credited = self._tally.columns()
        whole = credited >= WHOLE
        listeners, places = listeners[whole], places[whole]
        _, who, loaded = np.unique(listeners, return_inverse=True, return_counts=True)
        human = loaded[who] <= MOST_A_DAY
        found = (column.tolist() for column in np.unique(places[human], return_counts=True))
        counts = self._counts(zip(*found, strict=True))
        lost = {Left.SHORT: int((~whole).sum()), Left.FLOOD: int((~human).sum())}
        left = {why: n for why in Left if (n := self._left[why] + lost.get(why, 0))}
        return Counted(
            tuple(sorted(counts)), left, self._lines, self._unreadable, self._days.first, self._days.last
        )

    def _place(self, day: int, guid: str, app: str) -> int:
        """Day, episode and app as one number: a table of them would grow with whoever makes up apps."""
        if app not in self._apps and len(self._apps) < _MOST_APPS:
            self._apps[app] = len(self._apps)
        return (day * len(self._guids) + self._guids[guid]) * _MOST_APPS + self._apps.get(app, 0)

    def _counts(self, found: Iterable[tuple[int, int]]) -> Iterator[Count]:
        """The reverse: places and their downloads → counts."""
        guids, apps = tuple(self._guids), tuple(self._apps)
        for place, downloads in found:
            rest, app = divmod(place, _MOST_APPS)
            day, guid = divmod(rest, len(guids))
            yield Count(date.fromordinal(day), guids[guid], apps[app], downloads)

    def _sound(self, hit: Hit) -> Sound | None:
        """The published file that was asked for; other files of sound are counted as unknown."""
        found = self._sounds.get(hit.target)
        if found is None and not _PLAIN.fullmatch(hit.target):
            found = next(filter(None, map(self._sounds.get, spellings(hit.target))), None)
        if found is None and hit.status in _DELIVERED and _is_sound(hit.target):
            self._left[Left.UNKNOWN] += 1
        return found

    def _listener(self, hit: Hit, day: int) -> int:
        """Step 3: address and user agent, on one day."""
        told = b"%b\0%d\0%b" % (_address(hit.ip), day, hit.agent.encode(errors="surrogatepass"))
        return int.from_bytes(blake2b(told, digest_size=8, key=self._key).digest(), "little")


def by_path(sounds: Iterable[tuple[str, Sound]]) -> dict[str, Sound]:
    """Published files by the paths servers are asked for; one that two episodes have belongs to none."""
    found: dict[str, Sound] = {}
    doubtful = set()
    for path, sound in sounds:
        known = found.setdefault(path, sound)
        if known.guid != sound.guid:
            doubtful.add(path)
    return {path: sound for path, sound in found.items() if path not in doubtful}


def spellings(target: str) -> Collection[str]:
    """The forms in which a path may be known: as asked for, decoded, without what apps append."""
    path = target
    if "://" in target[:9]:  # RFC 9112, 3.2.2: absolute-form
        parts = urlsplit(target)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    plain = unquote(path)
    return dict.fromkeys((path, plain, path.partition("?")[0], unquote(path.partition("?")[0])))


def _judged(hit: Hit) -> tuple[str, Left | None]:
    """The app, or why a request does not count (steps 1.2 and 1.3)."""
    if hit.method != "GET":
        return "", Left.HEAD
    if hit.status not in _DELIVERED:
        return "", Left.STATUS
    if hit.status == 206 and hit.sent <= _PROBE:  # noqa: PLR2004
        return "", Left.PROBE
    app, robot, watch = client(hit.agent)
    if watch:
        return app, Left.WATCH
    return app, Left.ROBOT if robot else None


def _is_sound(target: str) -> bool:
    return target.partition("?")[0].lower().endswith(SOUND)


def _address(ip: str) -> bytes:
    """An IPv4 address whole, the first 64 bits of an IPv6 address (step 3, Working with IPv6 Addresses)."""
    if ":" not in ip:
        return ip.encode(errors="surrogatepass")
    try:
        packed = socket.inet_pton(socket.AF_INET6, ip.partition("%")[0])
    except (OSError, ValueError):
        return ip.encode(errors="surrogatepass")
    return socket.inet_ntoa(packed[12:]).encode() if packed[:12] == b"\0" * 10 + b"\xff" * 2 else packed[:8]
