"""Which sentences are meant: `3,7-12` → cues, by their ids and in the order of time."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import MisuseError
from pipeline.messages import msg
from pipeline.models import Cue, Transcript


def selected(transcript: Transcript, wanted: str) -> tuple[Cue, ...]:
    """The cues of a list of ids and ranges, each once; MisuseError names what is not there.

    A range goes by where its ends stand in the transcript: later sentences have higher ids in places.
    """
    places = {cue.id: place for place, cue in enumerate(transcript.cues)}
    parts = [part.strip() for part in wanted.split(",") if part.strip()]
    found = {place for part in parts for place in _places(part, places)}
    if not found:
        raise MisuseError(msg("No sentence is named."), hint=msg("For example: --cues 3,7-12"))
    return tuple(transcript.cues[place] for place in sorted(found))


def _places(part: str, places: Mapping[str, int]) -> range:
    if part in places:
        return range(places[part], places[part] + 1)
    ends = [(part[:at].strip(), part[at + 1 :].strip()) for at, sign in enumerate(part) if sign in "-–"]
    for first, last in ends:
        if first in places and last in places and places[first] <= places[last]:
            return range(places[first], places[last] + 1)
    missing = next((end for pair in ends for end in pair if end not in places and len(ends) == 1), part)
    raise MisuseError(
        msg("The transcript has no sentence {id}.", id=missing),
        hint=msg("The number of a sentence stands above its times in transcript.vtt."),
    )
