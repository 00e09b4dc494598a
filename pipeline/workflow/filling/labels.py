"""What the fields of a form are called, in which section they stand, what their choices are called."""

from __future__ import annotations

from pipeline.messages import Message, msg
from pipeline.models import LICENCES, ROLES
from pipeline.models.people import RESERVED

SECTIONS: tuple[tuple[str, Message, tuple[str, ...]], ...] = (
    # id, heading, fields in order; what none of them names stands in the last one
    ("basics", msg("Basic details"),
     ("title", "subtitle", "date", "status", "series", "number", "summary", "topics")),
    ("people", msg("Contributors"), ("people",)),
    ("pictures", msg("Pictures"), ("cover", "cover_alt", "pictures")),
    ("chapters", msg("Chapters"), ("chapters",)),
    ("notes", msg("Show notes"), ("notes", "quotation")),
    ("links", msg("Sources and links"), ("links",)),
    ("easy", msg("Easy language, sign language"),
     ("summary_easy", "summary_easy_checked_by", "sign_language")),
    ("rights", msg("Rights and consent"), ("licence", "producer", "explicit")),
    ("more", msg("More"), ()),
)  # fmt: skip

LABELS: dict[str, Message] = {
    "audio": msg("Recording"),
    "block": msg("Keep out of directories"),
    "chapters": msg("Chapters"),
    "chapters.picture": msg("Picture"),
    "chapters.picture_alt": msg("Alternative text"),
    "chapters.start": msg("Start"),
    "chapters.title": msg("Title of the chapter"),
    "chapters.url": msg("Link"),
    "cover": msg("Cover picture"),
    "cover_alt": msg("Alternative text of the cover"),
    "date": msg("Published on"),
    "discussions": msg("Discussions"),
    "discussions.account": msg("Account"),
    "discussions.account_url": msg("Page of the account"),
    "discussions.protocol": msg("Network"),
    "discussions.url": msg("Address of the post"),
    "explicit": msg("Not for children"),
    "guid": msg("Identity in podcast apps"),
    "institution": msg("Institution"),
    "language": msg("Language"),
    "licence": msg("Licence of the episode"),
    "links": msg("Sources and links"),
    "links.course_number": msg("Course number"),
    "links.ends": msg("Last day"),
    "links.isbn": msg("ISBN"),
    "links.kind": msg("Kind"),
    "links.passage": msg("Passage in the recording"),
    "links.title": msg("Text of the link"),
    "links.url": msg("Address"),
    "location": msg("Places"),
    "location.country": msg("Country"),
    "location.geo": msg("Coordinates"),
    "location.name": msg("Place"),
    "location.osm": msg("OpenStreetMap object"),
    "location.rel": msg("Connection"),
    "notes": msg("Show notes"),
    "number": msg("Number"),
    "number_shown": msg("Number as apps show it"),
    "people": msg("Contributors"),
    "people.person": msg("Person"),
    "people.role": msg("Role"),
    "pictures": msg("Pictures"),
    "pictures.alt": msg("Alternative text"),
    "pictures.caption": msg("Caption"),
    "pictures.credit": msg("Made by"),
    "pictures.decorative": msg("Decorative: says nothing that is not in the text"),
    "pictures.file": msg("File"),
    "pictures.licence": msg("Rights"),
    "pictures.people": msg("People shown"),
    "producer": msg("Production"),
    "quotation": msg("Quotation"),
    "quotation.source": msg("Source"),
    "quotation.text": msg("Quoted words"),
    "quotation.url": msg("Address of the source"),
    "recorded": msg("Recorded on"),
    "related": msg("Episodes to hear next"),
    "sample": msg("Sample"),
    "season": msg("Season"),
    "series": msg("Series it belongs to"),
    "sign_language": msg("Video in sign language"),
    "slug": msg("Address on the site"),
    "soundbites": msg("Passages to taste"),
    "soundbites.duration": msg("Length"),
    "soundbites.start": msg("Start"),
    "soundbites.title": msg("Title of the passage"),
    "status": msg("State"),
    "subtitle": msg("Subtitle"),
    "summary": msg("Summary"),
    "summary_easy": msg("Summary in easy language"),
    "summary_easy_checked_by": msg("Easy language checked by"),
    "title": msg("Title"),
    "topics": msg("Topics"),
    "tracks": msg("Tracks of single microphones"),
    "tracks.file": msg("File"),
    "tracks.person": msg("Person"),
    "transcript_exception": msg("Exception from the transcript"),
    "transcript_exception.date": msg("Since"),
    "transcript_exception.reason": msg("Reason"),
    "translation_of": msg("Translation of"),
    "txt": msg("Texts for machines"),
    "txt.purpose": msg("Purpose"),
    "txt.text": msg("Text"),
    "type": msg("Type"),
}
HELP: dict[str, Message] = {
    # where a form asks for it in another way than the file
    "date": msg("Day and time of day; from then on everybody can hear it."),
    "notes": msg("Stand on the episode's page and in apps. A link is written [words](https://example.org/)."),
    "people": msg("Type a name. Who is not in the list yet is entered here."),
    "pictures.licence": msg("Under which licence the picture may be shown."),
    "related": msg("Left empty, they are found by topics and people."),
    "status": msg("A draft is seen in the preview only; what is ready is published from its date on."),
    "topics": msg("Type, choose a proposal. New topics come into being here."),
}
CHOICES: dict[str, dict[str, Message]] = {
    # field: value → what people call it
    "links.kind": {
        "source": msg("Source"),
        "catalogue": msg("Book in the catalogue"),
        "course": msg("Course"),
        "event": msg("Event"),
        "material": msg("Material"),
    },
    "location.rel": {"subject": msg("It is about this place"), "creator": msg("It was made here")},
    "people.role": {role: name for role, (_, name) in ROLES.items()},
    "pictures.licence": {RESERVED: msg("All rights reserved, used by permission")},
    "status": {"draft": msg("Draft: only in the preview"), "ready": msg("Ready: is published")},
    "type": {"full": msg("Full episode"), "trailer": msg("Trailer"), "bonus": msg("Bonus")},
}
NOTHING: dict[str, Message] = {
    # what it is called to choose nothing
    "cover": msg("the podcast's cover"),
    "institution": msg("as its series says"),
    "licence": msg("as the podcast has it"),
    "series": msg("no series"),
    "sign_language": msg("no video"),
    "translation_of": msg("no translation"),
}
EXPECTED = frozenset({"pictures.alt", "pictures.credit", "summary"})
"""Fields that the model can do without, and publishing cannot."""
ASIDE = frozenset(
    {
        "chapters.picture",
        "chapters.picture_alt",
        "chapters.url",
        "discussions.account",
        "discussions.account_url",
        "links.course_number",
        "links.ends",
        "links.isbn",
        "links.passage",
        "location.country",
        "location.geo",
        "location.osm",
        "location.rel",
        "pictures.caption",
        "pictures.people",
    }
)
"""Fields of a group that few need: they open on request."""
ROLES_OF = {"people.role": tuple(ROLES)}
"""A field of plain text that takes one of a few words, which its declaration checks by program."""


def label(path: str) -> Message:
    """What a field is called; a new one by its key, until it has a name here."""
    return LABELS.get(path) or Message("{name}", (("name", path.rpartition(".")[2].replace("_", " ")),))


def nothing(path: str) -> Message:
    """What it is called to choose nothing in a field."""
    return NOTHING.get(path, msg("none"))


def help_of(path: str, described: Message) -> Message:
    """What a field means: its declaration's own words, unless the form asks in another way."""
    return HELP.get(path, described)


def choice(path: str, value: str) -> Message | str:
    """What a value is called."""
    known = CHOICES.get(path, {}).get(value)
    return known or (LICENCES[value][0] if value in LICENCES else value)
