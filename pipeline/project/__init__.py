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
    write_facts,
)
from pipeline.project.front_matter import read_yaml
from pipeline.project.layout import (
    OUTPUT,
    PELICAN,
    PREVIEW,
    SETTINGS,
    episode_folder,
    episode_ids,
    find,
    shown,
    theme,
)
from pipeline.project.loading import load, moment
from pipeline.project.locating import locate
from pipeline.project.pictures import plain_cover, thumbnail
from pipeline.project.writing import bring_recording, new_episode, new_person, save_recognition

__all__ = [
    "OUTPUT",
    "PELICAN",
    "PREVIEW",
    "SETTINGS",
    "bring_recording",
    "digest",
    "episode_folder",
    "episode_ids",
    "find",
    "load",
    "load_audio",
    "load_review",
    "load_transcript",
    "locate",
    "moment",
    "new_episode",
    "new_person",
    "plain_cover",
    "read_yaml",
    "recording_path",
    "save_audio",
    "save_recognition",
    "save_review",
    "save_transcript",
    "shown",
    "theme",
    "thumbnail",
    "write_atomic",
    "write_facts",
]
