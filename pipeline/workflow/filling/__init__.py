"""The details of an episode as a form: read from episode.md, written back field by field."""

from pipeline.workflow.filling.arriving import receive, upload_limit
from pipeline.workflow.filling.files import details_digest, field_path
from pipeline.workflow.filling.forms import form
from pipeline.workflow.filling.people import new_person, topic_named
from pipeline.workflow.filling.pictures import PICTURE_BYTES, bring_picture
from pipeline.workflow.filling.showing import listening, shown_picture
from pipeline.workflow.filling.specs import Kind, Spec
from pipeline.workflow.filling.values import Choice, Conflict, Consented, Field, Filled, Form, Item, Section
from pipeline.workflow.filling.writing import add_entry, fill, make_ready, move_entry, remove_entry

__all__ = [
    "PICTURE_BYTES",
    "Choice",
    "Conflict",
    "Consented",
    "Field",
    "Filled",
    "Form",
    "Item",
    "Kind",
    "Section",
    "Spec",
    "add_entry",
    "bring_picture",
    "details_digest",
    "field_path",
    "fill",
    "form",
    "listening",
    "make_ready",
    "move_entry",
    "new_person",
    "receive",
    "remove_entry",
    "shown_picture",
    "topic_named",
    "upload_limit",
]
