from .adding import Added, add
from .adopting import Adopted, Proposal, Proposals, adopt, proposals, refuse_discard
from .approving import Answers, answers, approve_episode
from .articles import Contents, contents
from .building import BuildReport, build, run_pelican
from .chaptering import CHAPTER_EXPORTS, ImportedChapters, export_chapters, import_chapters, read_chapters
from .checking import rules
from .choosing import episode_there, find, known_person, named_episode
from .comparing import Comparison, compare
from .configuring import server_config
from .consenting import (
    SCOPES,
    Concerned,
    Register,
    concerned,
    consent_of,
    consents,
    note_consent,
    take_back_consent,
)
from .counting import CountedEpisode, Downloads, count, plot
from .days import today
from .editing.accepting import accept
from .editing.finishing import UNCLEAR, Item, checklist, finish
from .editing.holding import Holder, hold, holder, release
from .editing.lines import sentence_lines
from .editing.listening import words
from .editing.opening import get_dictionary, open_document
from .events import Event, Pace, Report
from .examining import check
from .exchanging import EXPORTS, export, import_transcript, refuse_own, write_file
from .filling import (
    PICTURE_BYTES,
    Conflict,
    Field,
    Filled,
    Form,
    Section,
    add_entry,
    bring_picture,
    details_digest,
    field_path,
    fill,
    form,
    listening,
    make_ready,
    move_entry,
    new_person,
    receive,
    remove_entry,
    shown_picture,
    topic_named,
    upload_limit,
)
from .filling.dates import read_day
from .founding import init, refuse_full, refused
from .guessing import Found
from .guides import Guide, guide, guides
from .guides import picture as guide_picture
from .handing_over import give_up, hand_over, handed_over
from .houses import desk_file, is_house, signature, theme_folder, title
from .identifying import record
from .jobs import Job
from .learning import learn, learnable
from .moving_in import MovedIn, Step, move_in
from .myself import me
from .overview import Group, Overview, Row, overview
from .previewing import KeptPreview, Preview, keep_preview, kept_preview, preview
from .publications import Objection, Offer, Part, Publication
from .publishing import due, publication, releases, send, take_back, target, targets
from .redirecting import add_redirects
from .replacing import Place, places, replace_words
from .replacing_recording import (
    Replacement,
    carry_out,
    finish_replacement,
    replacement,
    unfinished_replacements,
)
from .reviewing import approve
from .schemas import schema
from .serving import Ears, preview_site, serve
from .settling import Given
from .sidecar import metadata
from .standing import StatusRow, episode_count, status
from .steps import STEPS, Standing
from .subscribing import built_feed, changes, found_item, own_feed, saved_feed
from .taking_away import take_away
from .telling_consents import GIVEN_WORDS, SCOPE_WORDS, period_text, scopes_text
from .telling_replacement import replacement_remarks, replacement_rows
from .transcribing import Choices, Transcribed, transcribe
from .verifying import Failure, Verified, announce, verify
from .voices import Voice, Voices, name_voices, open_voices, set_speakers
from .withdrawing import Withdrawal, erase, note_withdrawal, withdrawal

__all__ = [
    "CHAPTER_EXPORTS",
    "EXPORTS",
    "GIVEN_WORDS",
    "PICTURE_BYTES",
    "SCOPES",
    "SCOPE_WORDS",
    "STEPS",
    "UNCLEAR",
    "Added",
    "Adopted",
    "Answers",
    "BuildReport",
    "Choices",
    "Comparison",
    "Concerned",
    "Conflict",
    "Contents",
    "CountedEpisode",
    "Downloads",
    "Ears",
    "Event",
    "Failure",
    "Field",
    "Filled",
    "Form",
    "Found",
    "Given",
    "Group",
    "Guide",
    "Holder",
    "ImportedChapters",
    "Item",
    "Job",
    "KeptPreview",
    "MovedIn",
    "Objection",
    "Offer",
    "Overview",
    "Pace",
    "Part",
    "Place",
    "Preview",
    "Proposal",
    "Proposals",
    "Publication",
    "Register",
    "Replacement",
    "Report",
    "Row",
    "Section",
    "Standing",
    "StatusRow",
    "Step",
    "Transcribed",
    "Verified",
    "Voice",
    "Voices",
    "Withdrawal",
    "accept",
    "add",
    "add_entry",
    "add_redirects",
    "adopt",
    "announce",
    "answers",
    "approve",
    "approve_episode",
    "bring_picture",
    "build",
    "built_feed",
    "carry_out",
    "changes",
    "check",
    "checklist",
    "compare",
    "concerned",
    "consent_of",
    "consents",
    "contents",
    "count",
    "desk_file",
    "details_digest",
    "due",
    "episode_count",
    "episode_there",
    "erase",
    "export",
    "export_chapters",
    "field_path",
    "fill",
    "find",
    "finish",
    "finish_replacement",
    "form",
    "found_item",
    "get_dictionary",
    "give_up",
    "guide",
    "guide_picture",
    "guides",
    "hand_over",
    "handed_over",
    "hold",
    "holder",
    "import_chapters",
    "import_transcript",
    "init",
    "is_house",
    "keep_preview",
    "kept_preview",
    "known_person",
    "learn",
    "learnable",
    "listening",
    "make_ready",
    "me",
    "metadata",
    "move_entry",
    "move_in",
    "name_voices",
    "named_episode",
    "new_person",
    "note_consent",
    "note_withdrawal",
    "open_document",
    "open_voices",
    "overview",
    "own_feed",
    "period_text",
    "places",
    "plot",
    "preview",
    "preview_site",
    "proposals",
    "publication",
    "read_chapters",
    "read_day",
    "receive",
    "record",
    "refuse_discard",
    "refuse_full",
    "refuse_own",
    "refused",
    "release",
    "releases",
    "remove_entry",
    "replace_words",
    "replacement",
    "replacement_remarks",
    "replacement_rows",
    "rules",
    "run_pelican",
    "saved_feed",
    "schema",
    "scopes_text",
    "send",
    "sentence_lines",
    "serve",
    "server_config",
    "set_speakers",
    "shown_picture",
    "signature",
    "status",
    "take_away",
    "take_back",
    "take_back_consent",
    "target",
    "targets",
    "theme_folder",
    "title",
    "today",
    "topic_named",
    "transcribe",
    "unfinished_replacements",
    "upload_limit",
    "verify",
    "withdrawal",
    "words",
    "write_file",
]
