"""Recordings that stay on their old host: editions that the feed names where they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from pipeline import moving
from pipeline.errors import FetchError
from pipeline.messages import Message, msg
from pipeline.models import MIME_TYPES, AudioFacts, Edition
from pipeline.moving import Imported, Left, Sound

PLAYED = {".m4a", ".mp3"}
"""What the enclosure of a feed may end in (Apple)."""
_BY_TYPE: Mapping[str, str] = {
    **{mime: suffix for suffix, mime in MIME_TYPES.items()},
    "audio/aac": ".m4a",
    "audio/mp4": ".m4a",
}


@dataclass(slots=True)
class Keeper:
    """Makes editions of what the feed says of its enclosures; asks the old host for sizes alone."""

    fetcher: moving.Fetcher
    addresses: set[str] = field(default_factory=set)

    def kept(self, episode: Imported) -> tuple[AudioFacts, tuple[Left, ...]]:
        """An episode's editions; none where apps could not play the first, or a fact is missing."""
        made = [self._edition(episode, sound) for sound in (episode.sound, *episode.more_sounds)]
        left = tuple(one for one in made if isinstance(one, Left))
        if isinstance(made[0], Left):
            return AudioFacts(), left
        return AudioFacts(editions=tuple(one for one in made if isinstance(one, Edition))), left

    def _edition(self, episode: Imported, sound: Sound) -> Edition | Left:
        size = sound.bytes or self._asked(sound)
        suffix = "." + urlsplit(sound.address).path.rpartition(".")[2].lower()
        why = self._refusal(sound, suffix, size, first=sound is episode.sound)
        if why or not episode.duration_s:
            unsaid = msg("It stays where it is only with its length in seconds.")
            return Left("enclosure", sound.address, why or unsaid)
        self.addresses.add(sound.address)
        return Edition(
            file=f"{episode.slug}{suffix}",
            type=MIME_TYPES[suffix],
            bytes=size,
            sha256=sound.sha256,
            bit_rate=sound.bit_rate or round(size * 8 / episode.duration_s),
            duration_s=episode.duration_s,
            inputs="",
            url=sound.address,
        )

    def _refusal(self, sound: Sound, suffix: str, size: int, *, first: bool) -> Message | None:
        """Why a file cannot stay where it is."""
        if suffix not in (PLAYED if first else MIME_TYPES):
            return msg("Its address ends in neither .mp3 nor .m4a, as apps ask.")
        if sound.address in self.addresses:
            return msg("Another episode has this sound too.")
        return None if size else msg("Neither feed nor server say how large it is.")

    def _asked(self, sound: Sound) -> int:
        try:
            return self.fetcher.size(sound.address)
        except FetchError:
            return 0


def sound_name(episode: Imported) -> str:
    """What the recording is called in the house, whatever the old host called it."""
    end = "." + unquote(urlsplit(episode.sound.address).path).rpartition(".")[2].lower()
    return episode.slug + (end if end in MIME_TYPES else _BY_TYPE.get(episode.sound.type, ".mp3"))
