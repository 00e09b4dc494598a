"""The JSON transcript of the Podcast Index (podcast-namespace, transcripts.md, "JSON")."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pipeline.errors import TranscriptError
from pipeline.messages import msg
from pipeline.models import Cue, Transcript

VERSION = "1.0.0"


def read(text: str) -> Transcript:
    """The segments of a JSON transcript as cues; TranscriptError if it is none."""
    try:
        segments = json.loads(text)["segments"]
        cues = tuple(
            Cue(
                str(n),
                float(s["startTime"]),
                float(s["endTime"]),
                str(s["body"]).strip(),
                str(s.get("speaker", "")),
            )
            for n, s in enumerate(segments, 1)
        )
    except (ValueError, KeyError, TypeError) as error:
        raise TranscriptError(msg("this is no JSON transcript of the Podcast Index")) from error
    return Transcript(cues)


def write(transcript: Transcript, names: Mapping[str, str]) -> str:
    """A segment a sentence."""
    segments = [
        {
            **({"speaker": names.get(cue.speaker, cue.speaker)} if cue.speaker and not cue.sound else {}),
            "startTime": round(cue.start_s, 3),
            "endTime": round(cue.end_s, 3),
            "body": cue.text,
        }
        for cue in transcript.cues
    ]
    return json.dumps({"version": VERSION, "segments": segments}, ensure_ascii=False, indent=1) + "\n"
