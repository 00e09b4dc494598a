"""What the public addresses answer, asked as apps do: after a publication, and at any time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path

from pipeline import feed, moving, project
from pipeline.errors import FetchError, HdwError, Level
from pipeline.messages import Message, msg
from pipeline.models import FEED, MIME_TYPES, Addresses, House, PublishedEdition
from pipeline.transcripts import PUBLISHED
from pipeline.workflow import preparing

ROTATION = 20
"""How many of the addresses that nobody changed are asked each time; the next time the next ones."""
_HOUR_S = 3600
_MOST_BYTES = 50_000_000
_FEED_TYPES = {"application/atom+xml", "application/rss+xml", "application/xml", "text/xml"}
_SAME_TYPES = {"audio/x-m4a": {"audio/m4a", "audio/mp4"}, "audio/ogg": {"audio/opus"}}
"""What servers call a kind of sound as well."""
_OPEN = "Access-Control-Allow-Origin: *"
_APP = "https://app.example"
"""An app in a browser, by the address of its own site."""
_CLOSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_EVERYBODY = msg("Everybody has to be allowed to read it: the files' permissions, or the bucket's policy.")
_LET_READ = msg("hdw server-config sets it; a bucket needs a CORS rule: GET and HEAD, from every origin (*).")


@dataclass(frozen=True, slots=True)
class Failure:
    """A public address that does not answer as apps need it; the remedy, where there is one."""

    address: str
    message: Message
    hint: Message | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """How many addresses were asked, and which of them do not answer as they should."""

    asked: int
    failures: tuple[Failure, ...]


def verify(
    root: Path,
    *,
    now: datetime,
    every: bool = False,
    fresh: Sequence[str] = (),
    sha256: str = "",
    told: Callable[[int, int], object] = lambda _done, _of: None,
) -> Verified:
    """Ask the feed, sound and transcripts of what was published; failures are values, nothing is raised.

    `fresh` are addresses of what was just sent: they are asked, and of all others so many by rotation, with
    `every` all of them. `sha256` is that of the feed that was sent. `told` gets how many were asked, and of
    how many.
    """
    house = preparing.public_house(root, now)
    with closing(moving.Fetcher(private=True)) as fetcher:
        address = Addresses.of(house).absolute(FEED)
        try:
            got = fetcher.get(address, most=_MOST_BYTES)
        except FetchError as error:  # the rest would say the same, slowly
            return Verified(1, (_refused(address, error),))
        questions = (*_of_sound(house, fetcher), *_of_transcripts(house, fetcher))
        chosen = _chosen(questions, set(fresh), every=every, now=now)
        failures = list(_of_feed(address, got, sha256))
        for place, (url, ask) in enumerate(chosen):
            told(place, len(chosen))
            try:
                failures += ask(url)
            except FetchError as error:
                failures.append(_refused(url, error))
        told(len(chosen), len(chosen))
    return Verified(1 + len(chosen), tuple(failures))


def announce(root: Path) -> tuple[Failure, ...]:
    """Tell the WebSub hub, if the feed names one, that the feed has changed (W3C WebSub, § 7)."""
    settings = project.load_settings(root)
    hub = settings.feed.hub
    if not hub:
        return ()
    feeds = {"hub.mode": "publish", "hub.url": settings.show.address + FEED}
    with closing(moving.Fetcher(private=True)) as fetcher:
        try:
            fetcher.tell(hub, feeds)
        except FetchError as error:
            return (Failure(hub, error.message),)
    return ()


Question = tuple[str, Callable[[str], Iterator[Failure]]]


def _chosen(
    questions: Sequence[Question], fresh: set[str], *, every: bool, now: datetime
) -> tuple[Question, ...]:
    """Those about what is new, and so many others, other ones each hour."""
    if every:
        return tuple(questions)
    others = [one for one in questions if one[0] not in fresh]
    start = int(now.timestamp()) // _HOUR_S * ROTATION % max(len(others), 1)
    turned = (others[start:] + others[:start])[:ROTATION]
    return (*(one for one in questions if one[0] in fresh), *turned)


def _of_feed(url: str, got: moving.Fetched, sha256: str) -> Iterator[Failure]:
    if got.type not in _FEED_TYPES:
        yield _wrong_type(url, got.type, "application/rss+xml")
    if sha256 and hashlib.sha256(got.data).hexdigest() != sha256:
        yield Failure(url, msg("Readers do not see the feed that was sent."))
    try:
        problems = feed.problems(got.data)
    except HdwError as error:
        yield Failure(url, error.message)
    else:
        yield from (Failure(url, one.message) for one in problems if one.level is Level.REQUIRED)


def _of_sound(house: House, fetcher: moving.Fetcher) -> Iterator[Question]:
    for entry in house.ledger.episodes:
        if not entry.withdrawn:
            for edition in entry.editions:
                yield edition.url, partial(_asked_for_sound, fetcher, edition)


def _asked_for_sound(fetcher: moving.Fetcher, edition: PublishedEdition, url: str) -> Iterator[Failure]:
    """HEAD and a byte range, as apps that stream and seek ask."""
    as_it_is = {"Accept-Encoding": "identity"}
    with fetcher.open(url, as_it_is, "HEAD") as (response, _):
        length = response.headers.get("Content-Length", "")
        if length != str(edition.bytes):
            message = msg(
                "It has {found} bytes instead of {wanted}.", found=length or "?", wanted=edition.bytes
            )
            yield Failure(url, message)
        found = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        wanted = MIME_TYPES.get("." + url.rpartition(".")[2], found)
        if found != wanted and found not in _SAME_TYPES.get(wanted, ()):
            yield _wrong_type(url, found, wanted)
    last = f"{edition.bytes - 2}-{edition.bytes - 1}"
    with fetcher.open(url, {**as_it_is, "Range": f"bytes={last}"}) as (response, _):
        if response.headers.get("Content-Range", "") != f"bytes {last}/{edition.bytes}":
            yield Failure(url, msg("It cannot be read from the middle (HTTP ranges), so apps cannot seek."))


def _of_transcripts(house: House, fetcher: moving.Fetcher) -> Iterator[Question]:
    addresses = Addresses.of(house)
    for episode in house.episodes:
        if house.of(episode).has_transcript and house.ledger.entry(episode.guid):
            for row in PUBLISHED:
                url = addresses.absolute(addresses.transcript(episode, row.suffix))
                yield url, partial(_asked_for_text, fetcher)


def _asked_for_text(fetcher: moving.Fetcher, url: str) -> Iterator[Failure]:
    """Apps in browsers may read it only with this header (Podcasting 2.0, transcript).

    A storage may name each app's own origin instead: to that app it is the same (Fetch standard, CORS check).
    Then `Vary: Origin` has to say so, or caches give one app's answer to another (CORS and HTTP caches).
    """
    with fetcher.open(url, {"Origin": _APP}, "HEAD") as (response, _):
        allowed = response.headers.get("Access-Control-Allow-Origin", "")
        varies = {one.strip().casefold() for one in response.headers.get("Vary", "").split(",")}
    if allowed == _APP and not varies & {"origin", "*"}:
        message = msg("Each app is allowed by name, without Vary: Origin: caches give its answer to others.")
        yield Failure(url, message, msg("Let the server answer {header}, or add Vary: Origin.", header=_OPEN))
    elif allowed not in {"*", _APP}:
        message = msg("The header {header} is missing: apps in browsers show nothing.", header=_OPEN)
        yield Failure(url, message, _LET_READ)


def _refused(url: str, error: FetchError) -> Failure:
    hint = _EVERYBODY if error.status in _CLOSED else None
    return Failure(url, error.message, hint)


def _wrong_type(url: str, found: str, wanted: str) -> Failure:
    message = msg("The server says it is {found} instead of {wanted}.", found=found or "?", wanted=wanted)
    return Failure(url, message)
