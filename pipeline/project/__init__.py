"""The files of a house ↔ models: the only module that knows file names; writes are atomic."""

from pipeline.files import write_atomic
from pipeline.project.facts import (
    digest,
    load_audio,
    load_review,
    load_transcript,
    recording_path,
    save_audio,
    save_review,
    save_transcript,
    storage_folder,
    write_facts,
)
from pipeline.project.front_matter import parse_yaml, read_yaml
from pipeline.project.layout import (
    JOURNALS,
    OUTPUT,
    PELICAN,
    PREVIEW,
    SETTINGS,
    episode_folder,
    episode_ids,
    find,
    pelican_settings,
    portrait,
    read_text,
    shown,
    theme,
)
from pipeline.project.loading import episode_of, load, moment
from pipeline.project.locating import locate
from pipeline.project.pictures import Embedded, embedded, plain_cover, thumbnail
from pipeline.project.recognitions import (
    change_transcript,
    put_aside,
    recognitions,
    transcript_source,
)
from pipeline.project.writing import bring_recording, new_episode, new_person, save_recognition, storage_ready

__all__ = [
    "JOURNALS",
    "OUTPUT",
    "PELICAN",
    "PREVIEW",
    "SETTINGS",
    "Embedded",
    "bring_recording",
    "change_transcript",
    "digest",
    "embedded",
    "episode_folder",
    "episode_ids",
    "episode_of",
    "find",
    "load",
    "load_audio",
    "load_review",
    "load_transcript",
    "locate",
    "moment",
    "new_episode",
    "new_person",
    "parse_yaml",
    "pelican_settings",
    "plain_cover",
    "portrait",
    "put_aside",
    "read_text",
    "read_yaml",
    "recognitions",
    "recording_path",
    "save_audio",
    "save_recognition",
    "save_review",
    "save_transcript",
    "shown",
    "storage_folder",
    "storage_ready",
    "theme",
    "thumbnail",
    "transcript_source",
    "write_atomic",
    "write_facts",
]
