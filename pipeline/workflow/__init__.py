"""The order of the steps, each a function over a house; only the front doors stand above it."""

from pipeline.project import find
from pipeline.workflow.adding import Added, add
from pipeline.workflow.building import BuildReport, build, run_pelican
from pipeline.workflow.checking import check, rules
from pipeline.workflow.founding import init, refuse_full, refused
from pipeline.workflow.guessing import Found
from pipeline.workflow.reviewing import approve
from pipeline.workflow.schemas import schema
from pipeline.workflow.serving import serve
from pipeline.workflow.sidecar import metadata
from pipeline.workflow.standing import StatusRow, episode_count, status
from pipeline.workflow.transcribing import Choices, Event, Transcribed, transcribe
from pipeline.workflow.voices import Voice, Voices, name_voices, open_voices, set_speakers

__all__ = [
    "Added",
    "BuildReport",
    "Choices",
    "Event",
    "Found",
    "StatusRow",
    "Transcribed",
    "Voice",
    "Voices",
    "add",
    "approve",
    "build",
    "check",
    "episode_count",
    "find",
    "init",
    "metadata",
    "name_voices",
    "open_voices",
    "refuse_full",
    "refused",
    "rules",
    "run_pelican",
    "schema",
    "serve",
    "set_speakers",
    "status",
    "transcribe",
]
