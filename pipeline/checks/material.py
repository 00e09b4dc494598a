"""Rules for what belongs to an episode: pictures, recording, transcript."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from pipeline.checks.rules import Finding, in_episode, ready
from pipeline.messages import Message, msg
from pipeline.models import House, Picture


def pictures_described(house: House) -> Iterator[Finding]:
    """Who does not see a picture needs a description, unless it only decorates."""
    for episode in house.episodes:
        for position, picture in enumerate(episode.pictures):
            if not picture.alt and not picture.decorative:
                field = f"pictures.{position}.alt"
                message = msg(
                    "{field} is missing. Who does not see the picture needs a description.", field=field
                )
                yield in_episode(episode, field, message)


def pictures_cleared(house: House) -> Iterator[Finding]:
    """A picture names its author and its rights."""
    for episode in house.episodes:
        for position, picture in enumerate(episode.pictures):
            for field, message in _uncleared(picture):
                yield in_episode(episode, f"pictures.{position}.{field}", message)


def _uncleared(picture: Picture) -> Iterator[tuple[str, Message]]:
    if not picture.credit:
        yield "credit", msg("credit is missing: who made the picture?")
    if not picture.licence and not picture.rights:
        yield "licence", msg("The picture has neither a licence nor rights.")


def pictures_present(house: House) -> Iterator[Finding]:
    """The files that front matter names are there and can be opened."""
    for episode in house.episodes:
        facts = house.of(episode).pictures
        named = [(f"pictures.{n}.file", p.file) for n, p in enumerate(episode.pictures)]
        named += [(f"chapters.{n}.picture", c.picture) for n, c in enumerate(episode.chapters)]
        named += [("cover", episode.cover)]
        for field, file in named:
            if file and file not in facts:
                message = msg("The picture {file} is missing or cannot be opened.", file=file)
                yield in_episode(episode, field, message)


def recording_present(house: House) -> Iterator[Finding]:
    """A ready episode has something to hear."""
    for episode in ready(house):
        facts = house.of(episode)
        if episode.audio is None:
            yield in_episode(episode, "audio", msg("audio is missing: which file is published?"))
        elif not facts.recording_present and not facts.audio.editions:
            yield in_episode(episode, "audio", msg("The recording {file} is missing.", file=episode.audio))


def recording_here(house: House) -> Iterator[Finding]:
    """Without its recording an episode stays as it was published."""
    for episode in ready(house):
        facts = house.of(episode)
        if episode.audio and not facts.recording_present and facts.audio.editions:
            message = msg("The recording {file} is not here; what is published stays.", file=episode.audio)
            yield in_episode(episode, "audio", message)


def recording_unaltered(house: House) -> Iterator[Finding]:
    """A recording is the one that was measured."""
    for episode in house.episodes:
        if house.of(episode).recording_altered:
            message = msg("The recording {file} is not the one that was added.", file=episode.audio or "")
            yield in_episode(episode, "audio", message, msg("Bring the old file back, or delete audio.json."))


def transcript_checked(house: House) -> Iterator[Finding]:
    """What is published was read by a person."""
    if not house.settings.speech.require_checked:
        return
    for episode in ready(house):
        facts = house.of(episode)
        if episode.transcript_exception:
            continue
        if facts.transcript is None:
            hint = msg("hdw transcribe {episode}", episode=episode.id)
            yield in_episode(episode, "audio", msg("The transcript is missing."), hint)
        elif not facts.checked:
            hint = msg("hdw transcript approve {episode}", episode=episode.id)
            yield in_episode(episode, "audio", msg("The transcript is not checked."), hint)


def transcript_inside_audio(house: House) -> Iterator[Finding]:
    """Times rise and lie inside the recording."""
    for episode in house.episodes:
        facts = house.of(episode)
        cues = facts.transcript.cues if facts.transcript else ()
        end_s = facts.audio.recording.duration_s if facts.audio.recording else None
        for before, cue in itertools.pairwise(cues):
            if cue.start_s < before.start_s:
                message = msg("Sentence {id} of the transcript starts before the one above it.", id=cue.id)
                yield in_episode(episode, "audio", message)
        if end_s and cues and cues[-1].end_s > end_s + 0.5:
            message = msg("The transcript goes on after the end of the recording.")
            yield in_episode(episode, "audio", message)


def speakers_known(house: House) -> Iterator[Finding]:
    """Every voice of a transcript has a person's name."""
    for episode in ready(house):
        transcript = house.of(episode).transcript
        voices = {cue.speaker for cue in transcript.cues if not cue.sound} if transcript else set()
        for voice in sorted(voices - {""} - set(house.people)):
            message = msg("The transcript names {voice}, who is not in content/people.", voice=voice)
            yield in_episode(episode, "people", message)
