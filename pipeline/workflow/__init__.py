"""The order of the steps, each a function over a house; only the front doors stand above it."""

from pipeline.project import find
from pipeline.transcripts.marking import by_weight
from pipeline.transcripts.marking import place as moment_of
from pipeline.transcripts.marking import sentence as sentence_of
from pipeline.workflow.adding import Added, add
from pipeline.workflow.adopting import Adopted, Proposal, Proposals, adopt, proposals, refuse_discard
from pipeline.workflow.building import BuildReport, build, run_pelican
from pipeline.workflow.checking import check, rules
from pipeline.workflow.comparing import Comparison, compare
from pipeline.workflow.exchanging import EXPORTS, export, import_transcript, refuse_own, write_file
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
from pipeline.workflow.voices import Voice, Voices, name_voices, open_voices, set_speakers

__all__ = [
    "EXPORTS",
    "Added",
    "Adopted",
    "BuildReport",
    "Choices",
    "Comparison",
    "Event",
    "Found",
    "Place",
    "Proposal",
    "Proposals",
    "StatusRow",
    "Transcribed",
    "Voice",
    "Voices",
    "add",
    "adopt",
    "approve",
    "build",
    "by_weight",
    "check",
    "compare",
    "episode_count",
    "export",
    "find",
    "import_transcript",
    "init",
    "learn",
    "learnable",
    "metadata",
    "moment_of",
    "name_voices",
    "open_voices",
    "places",
    "proposals",
    "refuse_discard",
    "refuse_full",
    "refuse_own",
    "refused",
    "replace_words",
    "rules",
    "run_pelican",
    "schema",
    "sentence_of",
    "serve",
    "set_speakers",
    "status",
    "transcribe",
    "write_file",
]
