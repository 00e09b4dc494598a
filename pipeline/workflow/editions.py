"""The step from recording to published files: made once, kept as given to listeners, facts in audio.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import audio, catalog, project
from pipeline.errors import AudioError
from pipeline.messages import msg
from pipeline.models import (
    MIME_TYPES,
    AudioFacts,
    Edition,
    Episode,
    House,
    Label,
    Parts,
    PublishedEdition,
    Recording,
    label,
)
from pipeline.workflow import encoding
from pipeline.workflow.encoding import Due
from pipeline.workflow.events import Event

_SETTLED = "editions"
ENCLOSURES = {"aac", "mp3"}  # what the main feed may name (Apple, PSP-1)


@dataclass(frozen=True, slots=True)
class Plan:
    """An episode's editions in the order of its feeds: those that stay, and those to be made."""

    episode: Episode
    recording: Recording | None
    editions: tuple[Edition | Due, ...]

    @property
    def due(self) -> tuple[Due, ...]:
        """What is to be made."""
        return tuple(one for one in self.editions if isinstance(one, Due))


def prepare(
    root: Path,
    house: House,
    *,
    files: catalog.Files | None = None,
    remake: Collection[str] = (),
    report: Callable[[Event], object] = lambda _: None,
) -> House:
    """The house with an edition in every format for each episode whose recording is here.

    What a feed has named stays, whatever changed since, unless the episode's id is in `remake`. A recording
    that is not the one that was measured counts as absent: `hdw check` names it.

    `house` is the public one: labels never hold a hidden person's name. By `files` it is known for which
    episodes nothing was due; where such a one is as it was, with everything that it names, it is left alone.
    """
    keys = _keys(house, files) if files else {}
    memos = files.store.memos(_SETTLED) if files else {}
    settled = {id_ for id_, memo in memos.items() if memo.key == keys.get(id_)}
    plans = [
        _plan(root, house, one, again=one.id in remake or bool(house.of(one).audio.replaced))
        for one in house.episodes
        if one.id in remake or one.id not in settled
    ]
    facts, unchanged, written = dict(house.facts), list[str](), list[str]()

    def finished(plan: Plan, made: dict[tuple[str, str], Edition]) -> None:
        known = house.of(plan.episode)
        after = _facts(known.audio, plan, made)
        saved = project.save_audio(root, plan.episode.id, after)
        if saved or plan.due:  # a lost file may have been made again, byte by byte
            written.append(plan.episode.id)
        elif after == known.audio:
            unchanged.append(plan.episode.id)
        _tidy(root, house, plan.episode, known.audio, after)
        facts[plan.episode.id] = known.changed(audio=after, editions_lost=_lost(root, plan.episode, after))

    for plan in plans:
        if not plan.due:
            finished(plan, {})
    waiting = {plan.episode.id: plan for plan in plans if plan.due}
    with encoding.made(root, tuple(due for plan in waiting.values() for due in plan.due), report) as results:
        for id_, editions in results:
            finished(waiting[id_], editions)
        if waiting:
            encoding.forget(root, keep=_in_use(replace(house, facts=facts)))
    if files:
        for id_ in written:
            files.remarked(id_, facts[id_])
        files.store.note(_SETTLED, {id_: catalog.Memo(keys[id_], None) for id_ in unchanged})
    return replace(house, facts=facts)


def _keys(house: House, files: catalog.Files) -> dict[str, str]:
    """By episode the digest of everything that its editions are made from."""
    settings = house.settings.model_copy(update={"publish": {}})
    shared = _digest(audio.MAKING, repr((settings, sorted(house.pictures.items()))))
    parts = Parts(house)
    return {one.id: parts.mark(one, shared, files.marks[one.id].front) for one in house.episodes}


def _plan(root: Path, house: House, episode: Episode, *, again: bool) -> Plan:
    facts, path = house.of(episode), project.recording_path(root, episode, house.settings)
    known = facts.audio if again else _with_given(root, house, episode)
    if path is None or not path.is_file() or facts.recording_altered:
        if again:
            raise _no_recording(episode)
        return Plan(episode, known.recording, known.editions)
    recording = known.recording or audio.measure(path)
    stays = set() if again else {one.sha256 for one in house.given(episode)}
    formats = _formats(house, recording, known, stays)
    others = tuple(one for one in known.editions if one.format not in formats and one.sha256 in stays)
    wanted = [_wanted(root, house, episode, recording, path=path, format_=format_) for format_ in formats]
    found = (_standing(house, episode, known, due, stays) or due for due in wanted)
    return Plan(episode, recording, (*found, *others))


def _formats(house: House, recording: Recording, known: AudioFacts, stays: set[str]) -> tuple[str, ...]:
    """The formats of an episode, that of the enclosure first.

    A recording that is fit as it is stands in for the first format, and what listeners' apps have loaded
    from the main feed stays there.
    """
    formats: tuple[str, ...] = house.settings.feed.formats
    own = audio.fit(recording)
    if own in ENCLOSURES and own not in formats:
        formats = (own, *formats[1:])
    first = known.editions[0] if known.editions else None
    if first and first.sha256 in stays and first.format in ENCLOSURES:
        formats = (first.format, *(one for one in formats if one != first.format))
    return formats


def _wanted(
    root: Path, house: House, episode: Episode, recording: Recording, *, path: Path, format_: str
) -> Due:
    shown = label(house, episode)
    kept = audio.fit(recording) == format_
    sound = _digest(audio.MAKING, recording.sha256, format_, "kept" if kept else "encoded")
    editions = house.of(episode).audio.editions
    return Due(
        episode=episode.id,
        format=format_,
        recording=recording,
        path=path,
        kept=kept,
        sound=sound,
        known=next((one for one in editions if one.sound == sound), None),
        target=project.episode_folder(root, episode.id) / project.PUBLISHED / episode.address,
        label=shown,
        tags=lambda: tags_of(root, house, episode, shown),
        inputs=_digest(audio.MAKING, sound, shown.model_dump_json()),
    )


def _standing(house: House, episode: Episode, known: AudioFacts, due: Due, stays: set[str]) -> Edition | None:
    """The edition of a format that is to stay; None where one has to be made."""
    current = next((one for one in known.editions if one.format == due.format), None)
    if current is None or current.sha256 in stays:
        return current
    facts = house.of(episode)
    gone = current.file in facts.editions_lost or current.file in facts.editions_altered
    return current if current.inputs == due.inputs and not gone else None


def _with_given(root: Path, house: House, episode: Episode) -> AudioFacts:
    """What is known of an episode's sound, with every format that listeners were given.

    AudioError where such a file was altered, or is known to the ledger alone.
    """
    facts, given = house.of(episode), house.given(episode)
    urls = {one.sha256: one.url for one in given}
    for edition in facts.audio.editions:
        if edition.sha256 in urls and edition.file in facts.editions_altered:
            raise _altered(root, episode, edition, urls[edition.sha256])
    have = {one.format for one in facts.audio.editions}
    newest = {one.format: one for one in given}  # a later one takes an earlier one's place
    lost = (one for format_, one in newest.items() if format_ and format_ not in have)
    back = (_adopted(root, episode, one) for one in lost)
    return facts.audio.model_copy(update={"editions": (*facts.audio.editions, *back)})


def _adopted(root: Path, episode: Episode, given: PublishedEdition) -> Edition:
    """The facts of a published file that audio.json has lost, measured from the file."""
    folder, name = project.episode_folder(root, episode.id), given.url.rpartition("/")[2]
    path = folder / project.PUBLISHED / name
    if not path.is_file() or project.digest(path) != given.sha256:
        raise _unknown(root, episode, path, given.url)
    measured = audio.measure(path)
    return Edition.model_validate(
        {
            **measured.model_dump(include=set(Edition.model_fields)),
            "file": f"{project.PUBLISHED}/{name}",
            "type": MIME_TYPES[path.suffix],
            "inputs": "",
        }
    )


def tags_of(root: Path, house: House, episode: Episode, shown: Label) -> audio.Tags:
    """A label with its pictures, small enough for every player."""
    folder = project.episode_folder(root, episode.id)
    own = folder / episode.cover if episode.cover and episode.cover in house.of(episode).pictures else None
    pictures = tuple(_picture(folder / c.picture) if c.picture else None for c in episode.chapters)
    return audio.Tags(
        **shown.model_dump(exclude={"chapters", "cover", "people", "pictures"}),
        people=shown.people,
        chapters=shown.chapters,
        cover=_picture(own or root / house.settings.show.cover),
        pictures=pictures,
    )


def _picture(path: Path) -> audio.Cover | None:
    data = project.thumbnail(path, audio.COVER_PIXELS)
    return audio.Cover(data=data, type="image/jpeg") if data else None


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _facts(known: AudioFacts, plan: Plan, made: dict[tuple[str, str], Edition]) -> AudioFacts:
    editions = tuple(made[one.key] if isinstance(one, Due) else one for one in plan.editions)
    return known.model_copy(update={"recording": plan.recording, "editions": editions, "replaced": None})


def _lost(root: Path, episode: Episode, facts: AudioFacts) -> tuple[str, ...]:
    folder = project.episode_folder(root, episode.id)
    return tuple(one.file for one in facts.editions if not (folder / one.file).is_file())


def _tidy(root: Path, house: House, episode: Episode, before: AudioFacts, after: AudioFacts) -> None:
    """Remove the files of editions that were never given to anybody and that new ones took the place of."""
    kept = {one.file for one in after.editions}
    given = {one.sha256 for one in house.given(episode)}
    for edition in before.editions:
        if edition.file not in kept and edition.sha256 not in given:
            (project.episode_folder(root, episode.id) / edition.file).unlink(missing_ok=True)


def _in_use(house: House) -> set[str]:
    """The sounds of editions that may yet get another label: those that nobody was given."""
    given = {one.sha256 for entry in house.ledger.episodes for one in entry.editions}
    every = (one for facts in house.facts.values() for one in facts.audio.editions)
    return {one.sound for one in every if one.sha256 not in given}


def _remake(episode: Episode) -> str:
    return f"hdw build --remake {episode.id}"


def _altered(root: Path, episode: Episode, edition: Edition, url: str) -> AudioError:
    return AudioError(
        msg("The published file is not the one that listeners were given."),
        where=project.shown(project.episode_folder(root, episode.id) / edition.file, root),
        hint=msg(
            "Load it again from {url}. To give listeners another one: {command}",
            url=url,
            command=_remake(episode),
        ),
    )


def _unknown(root: Path, episode: Episode, path: Path, url: str) -> AudioError:
    return AudioError(
        msg("Listeners were given this file; here it is missing, and audio.json does not know it."),
        where=project.shown(path, root),
        hint=msg(
            "Bring audio.json back from git, or load the file from {url}. To give listeners another one:"
            " {command}",
            url=url,
            command=_remake(episode),
        ),
    )


def _no_recording(episode: Episode) -> AudioError:
    return AudioError(
        msg("Without its recording {episode} cannot be made again.", episode=episode.id),
        hint=msg("Connect the folder of the recordings, or bring the old recording back."),
    )


def editions(house: House) -> dict[str, Edition]:
    """The edition that page and feed name, by episode id."""
    return dict(_first(house))


def _first(house: House) -> Iterator[tuple[str, Edition]]:
    for episode in house.episodes:
        found = house.of(episode).audio.editions
        if found:
            yield episode.id, found[0]
