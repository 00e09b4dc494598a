"""Roles of people in an episode, from the Podcast Taxonomy 1.0 that `<podcast:person>` names.

Source: https://podcastindex.org/namespace/1.0#person, taxonomy.json; lower case, as the specification asks.
"""

from __future__ import annotations

from pipeline.messages import Message, msg

ROLES: dict[str, tuple[str, Message]] = {
    # role: (group, what German and English pages call it)
    "announcer": ("cast", msg("Announcer")),
    "audio editor": ("audio post-production", msg("Audio editing")),
    "audio engineer": ("audio production", msg("Audio engineering")),
    "author": ("writing", msg("Author")),
    "co-host": ("cast", msg("Co-host")),
    "composer": ("audio post-production", msg("Music")),
    "editor": ("writing", msg("Editing")),
    "executive producer": ("creative direction", msg("Executive producer")),
    "guest": ("cast", msg("Guest")),
    "guest host": ("cast", msg("Guest host")),
    "host": ("cast", msg("Host")),
    "narrator": ("cast", msg("Narrator")),
    "producer": ("creative direction", msg("Producer")),
    "reporter": ("cast", msg("Reporter")),
    "researcher": ("writing", msg("Research")),
    "transcriber": ("writing", msg("Transcription")),
    "translator": ("writing", msg("Translation")),
    "voice actor": ("cast", msg("Voice")),
    "writer": ("writing", msg("Script")),
}
