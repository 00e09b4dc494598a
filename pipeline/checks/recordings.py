"""Rules for recordings: there, and the ones that were measured."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.rules import HOUSE, MUST, RSS, SHOULD, Finding, Rule, example, in_episode, ready
from pipeline.messages import msg
from pipeline.models import Episode, House


def present(house: House) -> Iterator[Finding]:
    """A ready episode has something to hear."""
    for episode in ready(house):
        facts = house.of(episode)
        if episode.audio is None and not facts.audio.editions:
            message = msg("audio is missing: which file is published?")
            yield in_episode(episode, "audio", message, example("audio: aufnahme.mp3"))
        elif episode.audio and not facts.recording_present and not _published(house, episode):
            message = msg("The recording {file} is missing.", file=episode.audio)
            hint = msg("Put it into the episode's folder, or into the folder of [storage] recordings.")
            yield in_episode(episode, "audio", message, hint)


def _published(house: House, episode: Episode) -> bool:
    """Whether something made of the recording is here, or with listeners."""
    facts, given = house.of(episode), {one.sha256 for one in house.given(episode)}
    return any(one.file not in facts.editions_lost or one.sha256 in given for one in facts.audio.editions)


def here(house: House) -> Iterator[Finding]:
    """Without its recording an episode stays as it was published."""
    for episode in ready(house):
        facts = house.of(episode)
        if episode.audio and not facts.recording_present and _published(house, episode):
            message = msg("The recording {file} is not here; what is published stays.", file=episode.audio)
            hint = msg(
                "Nothing to do, unless the sound is to change: then connect the folder of the recordings."
            )
            yield in_episode(episode, "audio", message, hint)


def unaltered(house: House) -> Iterator[Finding]:
    """A recording is the one that was measured."""
    for episode in house.episodes:
        if house.of(episode).recording_altered:
            message = msg("The recording {file} is not the one that was added.", file=episode.audio or "")
            hint = msg("Bring the old file back, or delete audio.json.")
            yield Finding("audio", episode.id, "recording.sha256", message, hint)


RULES: tuple[Rule, ...] = (
    Rule("recording-here", SHOULD, f"{HOUSE}, Aufnahmen",
         msg("Without the recording a changed title or chapter does not reach the tags of the sound file."),
         here),
    Rule("recording-present", MUST, f"{RSS}, enclosure",
         msg("An episode without sound is refused by every app."), present),
    Rule("recording-unaltered", MUST, f"{HOUSE}, Aufnahmen",
         msg("Length, loudness and transcript were made from the old file; with another one they are wrong."),
         unaltered),
)  # fmt: skip
