"""Rules for what listeners download: the file, what audio.json says of it, and what they were given."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.checks.rules import APPLE, HOUSE, MUST, RSS, SHOULD, Finding, Rule, in_episode, length_s
from pipeline.messages import Message, Translator, clock_text, msg
from pipeline.models import MIME_TYPES, Addresses, Edition, Episode, House, Label, label, public

MOST_SECONDS_OFF = 1.0

_SHOWN: tuple[tuple[str, Message, Callable[[Label], object]], ...] = (
    # field of the front matter, what it is called, what of a label is compared
    ("title", msg("title"), lambda shown: shown.title),
    ("subtitle", msg("subtitle"), lambda shown: shown.subtitle),
    ("people", msg("people"), lambda shown: shown.people),
    ("summary", msg("summary"), lambda shown: shown.comment),
    ("number", msg("number"), lambda shown: shown.number),
    ("date", msg("date"), lambda shown: shown.date),
    ("language", msg("language"), lambda shown: shown.language),
    ("chapters", msg("chapters"), lambda shown: (shown.chapters, shown.pictures)),
)


def current(house: House) -> Iterator[Finding]:
    """A published file says what the episode says; it is not touched, so somebody has to decide."""
    shown = public(house, Translator(house.settings.show.language)(msg("Guest")))
    for episode in shown.episodes:
        older = (_older(shown, episode, edition) for edition in _published(shown, episode))
        differ = next((found for found in older if found), ())
        if differ:
            names = tuple(name for _, name in differ)
            message = msg("The published sound file still shows what was before: {names}.", names=names)
            hint = msg(
                "Apps show the feed's words, so this may stay. To change the file too: {command}",
                command=_remake(episode),
            )
            yield in_episode(episode, differ[0][0], message, hint)


def _older(house: House, episode: Episode, edition: Edition) -> tuple[tuple[str, Message], ...]:
    """The fields, and what they are called, of which a file shows something else than its episode."""
    now, then = label(house, episode), edition.label
    return tuple((field, name) for field, name, of in _SHOWN if then and of(then) != of(now))


def here(house: House) -> Iterator[Finding]:
    """The published files lie in the episode's folder."""
    for episode in house.episodes:
        lost = house.of(episode).editions_lost
        for edition in _published(house, episode):
            if edition.file in lost:
                message = msg(
                    "The published file {file} is not here; feeds go on naming it.", file=edition.file
                )
                hint = msg("Load it again from {url}.", url=_url(house, episode, edition))
                yield Finding("audio", episode.id, "editions", message, hint)


def unaltered(house: House) -> Iterator[Finding]:
    """A published file is the one that listeners were given; any other one is what audio.json describes."""
    for episode, position, edition in _editions(house):
        if edition.file in house.of(episode).editions_altered:
            given = edition in _published(house, episode)
            yield _regiven(house, episode, edition) if given else _redescribed(episode, position, edition)


def _regiven(house: House, episode: Episode, edition: Edition) -> Finding:
    message = msg("The published file {file} was altered.", file=edition.file)
    hint = msg(
        "Load it again from {url}. To give listeners another one: {command}",
        url=_url(house, episode, edition),
        command=_remake(episode),
    )
    return Finding("audio", episode.id, "editions", message, hint)


def _redescribed(episode: Episode, position: int, edition: Edition) -> Finding:
    message = msg("The file {file} is not the one that audio.json describes.", file=edition.file)
    hint = msg("Delete the file; the next build makes it again from the recording.")
    return _in_facts(episode, position, "sha256", message, hint)


def typed(house: House) -> Iterator[Finding]:
    """The MIME type is that of the file's ending."""
    for episode, position, edition in _editions(house):
        expected = MIME_TYPES.get(edition.suffix)
        if edition.type != expected:
            message = msg("{file} has the type {type}.", file=edition.file, type=edition.type)
            hint = msg("Its ending stands for {type}: delete audio.json, and the next build measures again.",
                       type=expected or "?")  # fmt: skip
            yield _in_facts(episode, position, "type", message, hint)


def true_to_recording(house: House) -> Iterator[Finding]:
    """A published file is as long as its recording, to a second.

    Where the recording is here, the next build makes the file from it.
    """
    for episode, position, edition in _editions(house):
        recorded_s = None if house.of(episode).recording_present else length_s(house, episode)
        if recorded_s and abs(edition.duration_s - recorded_s) > MOST_SECONDS_OFF:
            message = msg("The published file lasts {time}, the recording {recorded}.",
                          time=clock_text(edition.duration_s), recorded=clock_text(recorded_s))  # fmt: skip
            hint = msg("Put the recording back: the next build makes the file again.")
            yield _in_facts(episode, position, "duration_s", message, hint)


def as_given(house: House) -> Iterator[Finding]:
    """Without the file, the feed says what it said to listeners: size and checksum of the ledger."""
    addresses = Addresses.of(house)
    hint = msg("Take the last good audio.json from git.")
    for episode, position, edition in _editions(house):
        entry = house.ledger.entry(episode.guid)
        if entry is None or edition.file not in house.of(episode).editions_lost:
            continue
        address = addresses.absolute(addresses.audio(episode, edition))
        given = {one.url: (one.bytes, one.sha256) for one in entry.editions}
        if given.get(address, (edition.bytes, edition.sha256)) != (edition.bytes, edition.sha256):
            message = msg("Listeners were given another file under {address}.", address=address)
            yield _in_facts(episode, position, "sha256", message, hint)
        elif given and address not in given:
            message = msg("{file} is not here, and listeners were never given it.", file=edition.file)
            yield _in_facts(episode, position, "file", message, hint)


def _editions(house: House) -> Iterator[tuple[Episode, int, Edition]]:
    for episode in house.episodes:
        for position, edition in enumerate(house.of(episode).audio.editions):
            yield episode, position, edition


def _in_facts(episode: Episode, position: int, field: str, message: Message, hint: Message) -> Finding:
    return Finding("audio", episode.id, f"editions.{position}.{field}", message, hint)


def _published(house: House, episode: Episode) -> tuple[Edition, ...]:
    given = {one.sha256 for one in house.given(episode)}
    return tuple(one for one in house.of(episode).audio.editions if one.sha256 in given)


def _url(house: House, episode: Episode, edition: Edition) -> str:
    return next(one.url for one in house.given(episode) if one.sha256 == edition.sha256)


def _remake(episode: Episode) -> str:
    return f"hdw build --remake {episode.id}"


RULES: tuple[Rule, ...] = (
    Rule("edition-as-given", MUST, f"{HOUSE}, Aufnahmen",
         msg("A feed that names a file which is nowhere gives subscribers an episode that does not play."),
         as_given),
    Rule("edition-current", SHOULD, f"{HOUSE}, Aufnahmen",
         msg("Players without a feed, in cars or from a folder, show what stands in the file itself."),
         current),
    Rule("edition-duration", MUST, f"{APPLE}, itunes:duration",
         msg("Apps show the length of the published file; one that was cut short loses the end of the talk."),
         true_to_recording),
    Rule("edition-here", SHOULD, f"{HOUSE}, Aufnahmen",
         msg("Where the site moves to another server, every file that a feed names has to be brought along."),
         here),
    Rule("edition-type", MUST, f"{RSS}, enclosure",
         msg("Apps choose their player by this type; with a wrong one some of them play nothing."), typed),
    Rule("edition-unaltered", MUST, f"{RSS}, enclosure",
         msg("Apps compare length and content with what they loaded; other bytes break what is half loaded."),
         unaltered),
)  # fmt: skip
