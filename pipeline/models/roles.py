"""Roles of people in an episode, from the Podcast Taxonomy that `<podcast:person>` names.

Source: podcast-namespace, taxonomy.json; lower case, as apps compare them. The taxonomy has a second
“editor” (video post-production), which an editor of the house means never: the one here is of `writing`.
"""

from __future__ import annotations

from pipeline.messages import Message, msg

ROLES: dict[str, tuple[str, Message]] = {
    # role: (group, what German and English pages call it)
    "announcer": ("cast", msg("Announcer")),
    "assistant camera": ("video production", msg("Camera assistance")),
    "assistant director": ("creative direction", msg("Assistant direction")),
    "assistant editor": ("video post-production", msg("Video editing assistance")),
    "associate producer": ("creative direction", msg("Associate producer")),
    "audio editor": ("audio post-production", msg("Audio editing")),
    "audio engineer": ("audio production", msg("Audio engineering")),
    "author": ("writing", msg("Author")),
    "booking coordinator": ("administration", msg("Booking of guests")),
    "camera grip": ("video production", msg("Camera grip")),
    "camera operator": ("video production", msg("Camera")),
    "co-host": ("cast", msg("Co-host")),
    "co-writer": ("writing", msg("Co-writer")),
    "composer": ("audio post-production", msg("Music")),
    "consultant": ("misc.", msg("Consulting")),
    "content manager": ("administration", msg("Content management")),
    "cover art designer": ("visuals", msg("Cover design")),
    "creative director": ("creative direction", msg("Creative direction")),
    "development producer": ("creative direction", msg("Development")),
    "director": ("creative direction", msg("Direction")),
    "editor": ("writing", msg("Editing")),
    "editorial director": ("writing", msg("Editorial direction")),
    "executive producer": ("creative direction", msg("Executive producer")),
    "fact checker": ("writing", msg("Fact checking")),
    "foley artist": ("audio post-production", msg("Foley")),
    "graphic designer": ("visuals", msg("Graphic design")),
    "guest": ("cast", msg("Guest")),
    "guest host": ("cast", msg("Guest host")),
    "guest writer": ("writing", msg("Guest writer")),
    "host": ("cast", msg("Host")),
    "intern": ("misc.", msg("Internship")),
    "lighting designer": ("video production", msg("Lighting")),
    "logger": ("writing", msg("Logging")),
    "managing editor": ("writing", msg("Managing editor")),
    "marketing manager": ("administration", msg("Marketing")),
    "music contributor": ("audio post-production", msg("Music contribution")),
    "music production": ("audio post-production", msg("Music production")),
    "narrator": ("cast", msg("Narrator")),
    "post production engineer": ("audio production", msg("Post-production engineering")),
    "producer": ("creative direction", msg("Producer")),
    "production assistant": ("administration", msg("Production assistance")),
    "production coordinator": ("administration", msg("Production coordination")),
    "remote recording engineer": ("audio production", msg("Remote recording")),
    "reporter": ("cast", msg("Reporter")),
    "researcher": ("writing", msg("Research")),
    "sales manager": ("administration", msg("Sales management")),
    "sales representative": ("administration", msg("Sales")),
    "script coordinator": ("writing", msg("Script coordination")),
    "script editor": ("writing", msg("Script editing")),
    "senior producer": ("creative direction", msg("Senior producer")),
    "social media manager": ("community", msg("Social media")),
    "songwriter": ("writing", msg("Songwriting")),
    "sound designer": ("audio post-production", msg("Sound design")),
    "story editor": ("writing", msg("Story editing")),
    "studio coordinator": ("audio production", msg("Studio coordination")),
    "technical director": ("audio production", msg("Technical direction")),
    "technical manager": ("audio production", msg("Technical management")),
    "theme music": ("audio post-production", msg("Theme music")),
    "transcriber": ("writing", msg("Transcription")),
    "translator": ("writing", msg("Translation")),
    "voice actor": ("cast", msg("Voice")),
    "writer": ("writing", msg("Script")),
}
GROUPED: frozenset[tuple[str, str]] = frozenset(
    {*((role, group) for role, (group, _) in ROLES.items()), ("editor", "video post-production")}
)
"""Every role with a group that the taxonomy puts it into."""
HOSTS = frozenset({"co-host", "guest host", "host"})
"""Who leads through an episode."""
