"""The step that gives the site to the public: built, held against what is there, sent, and noted for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from pipeline import catalog, deploy, project, transcripts
from pipeline.deploy import Place, Release, Sent
from pipeline.errors import BusyError, DeployError, MisuseError, ProjectError
from pipeline.messages import msg
from pipeline.models import Addresses, Episode, House, Target
from pipeline.workflow import (
    building,
    checking,
    days,
    identifying,
    preparing,
    publications,
    redirecting,
    subscribing,
    withdrawing,
)
from pipeline.workflow.editing.standing import turn
from pipeline.workflow.events import Event
from pipeline.workflow.publications import PAGE, Look, Part, Publication
from pipeline.workflow.reviewing import with_ids


def target(root: Path, name: str | None) -> tuple[str, Target]:
    """The target of that name; without one, the only one. MisuseError where it cannot be told."""
    settings = project.load_settings(root)
    known = {one: place for one, place in settings.publish.items() if one != settings.audio_target}
    if name is None and len(known) == 1:
        return next(iter(known.items()))
    if name in known:
        return name, known[name]
    if name and name == settings.audio_target:
        message = msg("{name} gets the audio when one of the others is published.", name=name)
    elif name:
        message = msg("There is no target {name}.", name=name)
    else:
        message = msg("Where to publish? Nothing is sent without a target.")
    raise MisuseError(
        message,
        where=project.SETTINGS,
        hint=msg("These are there: {names}", names=", ".join(sorted(known)))
        if known
        else msg("Name one: {example}", example='[publish.web] kind = "folder", path = "/srv/podcast"'),
    )


def targets(root: Path) -> tuple[str, ...]:
    """The names of all targets that a site is sent to, as podcast.toml lists them."""
    settings = project.load_settings(root)
    return tuple(name for name in settings.publish if name != settings.audio_target)


def publication(
    root: Path,
    name: str | None = None,
    *,
    now: datetime,
    progress: Callable[[Event], object],
    new: bool = True,
) -> Publication:
    """Build the site for the public and hold it against what the target shows; nothing is sent.

    ProjectError where a required rule is broken. Without `new`, no episode is published that was not before,
    and no rule stops it: to take one back cannot wait for others to be put right.
    """
    name, chosen = target(root, name)
    place = deploy.place(chosen, root)
    previous = place.current()
    consents = project.consents_mark(root)
    written = {id_: project.written_mark(root, id_) for id_ in project.episode_ids(root)}
    built = building.run_pelican(root, production=new, published=not new, now=now, progress=progress)
    house = preparing.public_house(root, now, published=not new)
    files = {path: Sent(*one) for path, one in catalog.digests(root, built.output, built.paths).items()}
    elsewhere = _elsewhere(house)
    site = {path: file for path, file in files.items() if path not in elsewhere}
    erases = withdrawing.remains(house, place)
    pinned = _pinned(house)
    release = deploy.following(previous, site, now, pinned=pinned, erasing=erases)
    part = Part(name, release, previous, erases)
    sound = _sound(
        root, house, chosen, {path: file for path, file in files.items() if path in elsewhere}, now
    )
    _refuse_nameless(root, house, part, sound)
    after = partial(subscribing.document, built.output)
    before = cache(partial(_document, place, part, after))
    made = publications.of(house, built.output, part, sound, before=before, after=after)
    offers = redirecting.offers(root, made, before, after)
    allowed = (consents, days.local_day(house, now)) if new else None
    return replace(made, offers=offers, written=written, allowed=allowed)


def due(root: Path, name: str | None = None, *, now: datetime) -> tuple[Episode, ...]:
    """The episodes whose time has come since the target was published to last; nothing is built."""
    _, chosen = target(root, name)
    shown = deploy.place(chosen, root).current()
    house = preparing.public_house(root, now)
    return tuple(
        episode
        for episode in house.episodes
        if shown is None or house.ledger.entry(episode.guid) is None or episode.date > shown.moment
    )


def _document(place: Place, part: Part, here: Look, path: str) -> bytes | None:
    """A document as readers have it; one that is the same here is not fetched."""
    before, after = (one.files.get(path) if one else None for one in (part.previous, part.release))
    same = before and after and before.sha256 == after.sha256
    return (here(path) if same else None) or place.read(path)


def take_back(root: Path, name: str | None = None, to: str | None = None, *, now: datetime) -> Publication:
    """What it would mean to show an earlier release again, by default the one before; nothing is sent.

    What listeners got in between stays reachable. MisuseError where there is no such release.
    """
    name, chosen = target(root, name)
    place = deploy.place(chosen, root)
    current = place.current()
    older = [one for one in place.releases() if current is None or one.id != current.id]
    wanted = [one for one in older if one.id == to] if to else _before(older, current)
    if not wanted:
        raise MisuseError(
            msg("There is no earlier release of that name.") if to else msg("There is no earlier release."),
            hint=msg("Those that are there: hdw publish --list"),
        )
    house = preparing.public_house(root, now)
    withdrawing.refuse(house, wanted[0])
    release = deploy.following(current, wanted[0].site, now, pinned=_pinned(house), back=wanted[0].id)
    before, after = cache(place.read), cache(partial(place.read, release=wanted[0].id))
    part = Part(name, release, current)
    made = publications.of(house, root / project.OUTPUT, part, None, before=before, after=after)
    return replace(made, objections=())  # it was asked for by name


def _before(older: list[Release], current: Release | None) -> list[Release]:
    """The release that was shown before the present one; one that brought another back counts as that."""
    shown = {current.id, current.back} if current else set()
    return [one for one in older if one.id not in shown and not one.back][:1]


def send(root: Path, made: Publication, *, holder: str, told: Callable[[int], object], now: datetime) -> None:
    """Send it, show it, and note in the ledger what listeners were given.

    BusyError where somebody else publishes, or has published or withdrawn something since; ProjectError where
    a consent has ended since. Then nothing was sent.
    """
    known = made.house.settings.publish
    places = [(part, deploy.place(known[part.target], root)) for part in made.parts]
    with ExitStack() as held:
        for part, place in places:
            held.enter_context(place.held(holder))
            if place.current() != part.previous:
                raise BusyError(
                    msg("Somebody else has published in the meantime."),
                    hint=msg("Nothing was sent. Fetch their work, then try once more."),
                )
        if project.load_ledger(root) != made.house.ledger:
            raise BusyError(
                msg("The ledger was changed in the meantime."),
                where=project.LEDGER,
                hint=msg("Nothing was sent. Another try looks at what it says now."),
            )
        _refuse_ended(root, made, now)
        for part, place in places:
            if part.due:
                place.send(part.release, None if part.release.back else made.output, told)
            if part.erases:
                place.forget()
        if not made.site.release.back:
            _note(root, made, now)


def _refuse_ended(root: Path, made: Publication, now: datetime) -> None:
    """ProjectError if a rule stops it now that did not: a consent may end while somebody is asked."""
    if made.allowed in {None, (project.consents_mark(root), days.local_day(made.house, now))}:
        return
    files = catalog.opened(root)
    house = catalog.read(files)
    if required := preparing.stopping(root, house, checking.known_findings(files, house, now)):
        raise ProjectError(msg("{n} rules stop the publication.", n=len(required)), problems=required)


def releases(root: Path, name: str | None = None) -> tuple[tuple[Release, ...], str]:
    """The releases of a target, the newest first, and the one that is shown ("" for none)."""
    _, chosen = target(root, name)
    place = deploy.place(chosen, root)
    current = place.current()
    return place.releases(), current.id if current else ""


def _note(root: Path, made: Publication, now: datetime) -> None:
    """The ledger, and the addresses of paragraphs that readers may link to from now on.

    What was written into the ledger while files were on their way stays there.
    """
    facts = {one.id: made.house.of(one).audio.editions for one in made.house.episodes}
    project.change_ledger(
        root,
        lambda ledger: identifying.record(replace(made.house, ledger=ledger), facts, now),
        made.house.settings.show.language,
    )
    addresses, sent, known = Addresses.of(made.house), set(made.site.sent), project.load_sent(root)
    marks = {one.id: made.written.get(one.id, "") for one in made.house.episodes}
    for episode in made.house.episodes:
        page = f"{addresses.episode(episode).rstrip('/')}{PAGE}"
        if page in sent or known.get(episode.id) != marks[episode.id]:  # else a killed call may owe it
            marks[episode.id] = _frozen(root, episode, marks[episode.id])
    project.note_sent(root, marks)


def _frozen(root: Path, episode: Episode, sent: str) -> str:
    """Keep the addresses of an episode's paragraphs; the mark of its words as they were `sent`."""
    as_sent = project.written_mark(root, episode.id) == sent
    _freeze(root, episode)
    return project.written_mark(root, episode.id) if as_sent else sent


def _freeze(root: Path, episode: Episode) -> None:
    if not project.transcript_path(root, episode.id).is_file():
        return
    with turn(root, episode.id):
        was = project.transcript_source(root, episode.id)
        text, review = with_ids(was, project.load_review(root, episode.id))
        anchors = transcripts.freeze(transcripts.read_vtt(text), episode.chapters, review.anchors)
        if text != was:
            project.change_transcript(root, episode.id, was, text)
        project.save_review(root, episode.id, replace(review, anchors=anchors))


def _sound(root: Path, house: House, chosen: Target, site: Mapping[str, Sent], now: datetime) -> Part | None:
    """What the place for audio gets; nothing that lies there goes, but what was withdrawn."""
    if chosen.audio is None:
        return None
    place = deploy.place(house.settings.publish[chosen.audio], root)
    previous, erases = place.current(), withdrawing.remains(house, place)
    release = deploy.following(previous, site, now, pinned=_pinned(house), erasing=erases)
    return Part(chosen.audio, release, previous, erases) if previous or site else None


def _urls(house: House) -> frozenset[str]:
    """The addresses of all audio that a feed names or has ever named: it is taken back by name only."""
    addresses = Addresses.of(house)
    given = {one.url for entry in house.ledger.episodes if not entry.withdrawn for one in entry.editions}
    return frozenset(given) | {
        addresses.absolute(addresses.audio(episode, edition))
        for episode in house.episodes
        for edition in house.of(episode).audio.editions
    }


def _pinned(house: House) -> frozenset[str]:
    """The paths of all that, on the site and at the place for audio."""
    addresses = Addresses.of(house)
    return frozenset(addresses.below(url) or addresses.below_sound(url) for url in _urls(house)) - {""}


def _elsewhere(house: House) -> frozenset[str]:
    """The paths of audio that lies at a place of its own."""
    addresses = Addresses.of(house)
    return frozenset(addresses.below_sound(url) for url in _urls(house)) - {""}


def _refuse_nameless(root: Path, house: House, site: Part, sound: Part | None) -> None:
    """DeployError where the feed names a file that lies neither here nor there."""
    addresses = Addresses.of(house)
    there = {*site.release.files, *(sound.release.files if sound else ())}
    for episode in house.episodes:
        for edition in house.of(episode).audio.editions:
            path = addresses.audio_file(episode, edition)
            if path and path not in there:
                raise DeployError(
                    msg("The feed names a file that is neither here nor at the target: {file}.", file=path),
                    where=project.shown(project.episode_folder(root, episode.id), root),
                    hint=msg("Publish from the computer that has the recording, or bring the file there."),
                )
