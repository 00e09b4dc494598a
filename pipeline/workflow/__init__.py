"""The order of the steps, each a function over a house; only the front doors stand above it."""

from pipeline.project import find
from pipeline.transcripts.marking import by_weight
from pipeline.transcripts.marking import place as moment_of
from pipeline.transcripts.marking import sentence as sentence_of
from pipeline.workflow.adding import Added, add
from pipeline.workflow.building import BuildReport, build, run_pelican
from pipeline.workflow.checking import check, rules
from pipeline.workflow.founding import init, refuse_full, refused
from pipeline.workflow.guessing import Found
from pipeline.workflow.learning import learn, learnable
from pipeline.workflow.replacing import Place, places, replace_words
from pipeline.workflow.reviewing import approve
from pipeline.workflow.schemas import schema
from pipeline.workflow.serving import serve
from pipeline.workflow.sidecar import metadata
from pipeline.workflow.standing import StatusRow, episode_count, status
from pipeline.workflow.transcribing import Choices, Event, Transcribed, transcribe

__all__ = [
    "Added",
    "BuildReport",
    "Choices",
    "Event",
    "Found",
    "Place",
    "StatusRow",
    "Transcribed",
    "add",
    "approve",
    "build",
    "by_weight",
    "check",
    "episode_count",
    "find",
    "init",
    "learn",
    "learnable",
    "metadata",
    "moment_of",
    "places",
    "refuse_full",
    "refused",
    "replace_words",
    "rules",
    "run_pelican",
    "schema",
    "sentence_of",
    "serve",
    "status",
    "transcribe",
]
