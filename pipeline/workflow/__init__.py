"""The order of the steps, each a function over a house; only the front doors stand above it."""

from pipeline.project import find
from pipeline.workflow.adding import Added, add
from pipeline.workflow.building import BuildReport, build, run_pelican
from pipeline.workflow.checking import check, rules
from pipeline.workflow.founding import init
from pipeline.workflow.guessing import Found
from pipeline.workflow.schemas import schema
from pipeline.workflow.serving import serve
from pipeline.workflow.sidecar import metadata
from pipeline.workflow.standing import StatusRow, status
from pipeline.workflow.transcribing import Event, Transcribed, approve, transcribe

__all__ = [
    "Added",
    "BuildReport",
    "Event",
    "Found",
    "StatusRow",
    "Transcribed",
    "add",
    "approve",
    "build",
    "check",
    "find",
    "init",
    "metadata",
    "rules",
    "run_pelican",
    "schema",
    "serve",
    "status",
    "transcribe",
]
