"""Chapters from other programs into an episode's front matter, and ours for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from pipeline import catalog, chapters, project
from pipeline.errors import MisuseError
from pipeline.messages import Message, clock_text, msg, msg_n
from pipeline.models import Chapter, Episode, House
from pipeline.workflow.choosing import named

CHAPTER_EXPORTS = chapters.WRITABLE


@dataclass(frozen=True, slots=True)
class ImportedChapters:
    """What came in: chapters as the front matter has them, their format, what was left out and why."""

    chapters: tuple[dict[str, str], ...]
    format: str
    coding: str
    guessed: bool
    left_out: tuple[Message, ...]


def read_chapters(file: Path, folder: Path | None) -> ImportedChapters:
    """The chapters of a file as front matter; pictures only where they lie in `folder`, the episode's."""
    read = chapters.read(project.read_bytes(file), file.as_posix())
    made = [_values(entry, folder) for entry in read.chapters.entries]
    return ImportedChapters(
        tuple(made),
        read.format.title,
        read.coding,
        read.guessed,
        tuple(_left_out(read.chapters, made)),
    )


def import_chapters(root: Path, episode_id: str, file: Path, *, replace: bool = False) -> ImportedChapters:
    """Write the chapters of a file into episode.md; chapters that stand there go only with `replace`."""
    house = catalog.load(root)
    episode = named(house, episode_id)
    if episode.chapters and not replace:
        raise MisuseError(
            msg("The episode has chapters already."),
            where=project.shown(project.episode_folder(root, episode.id) / "episode.md", root),
            hint=msg("To put the new ones in their place: --replace"),
        )
    made = read_chapters(file, project.episode_folder(root, episode.id))
    was = project.episode_source(root, episode.id)
    text = project.with_key(was, "chapters", list(made.chapters))
    project.change_episode(root, episode.id, was, text, ZoneInfo(house.settings.show.time_zone))
    return made


def export_chapters(root: Path, episode_id: str, kind: str) -> str:
    """An episode's chapters in one of `CHAPTER_EXPORTS`; links and pictures are absolute addresses."""
    house = catalog.load(root)
    episode = named(house, episode_id)
    if not episode.chapters:
        raise MisuseError(
            msg("The episode has no chapters."),
            where=project.shown(project.episode_folder(root, episode.id), root),
            hint=msg("hdw chapters import {episode} FILE", episode=episode.id),
        )
    entries = chapters.entries(episode, house)
    return chapters.FORMATS[kind].write(entries, episode.title, _length_s(house, episode))


def start_text(seconds: float) -> str:
    """`0:12:30`, or `0:12:30.25` where it is finer than a second."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return clock_text(whole) + (f".{thousandths:03}".rstrip("0") if thousandths else "")


def _length_s(house: House, episode: Episode) -> float | None:
    recording = house.of(episode).audio.recording
    return recording.duration_s if recording else None


def _values(entry: chapters.Entry, folder: Path | None) -> dict[str, str]:
    """A chapter as the front matter has it: only what is of use there."""
    picture = PurePosixPath(urlsplit(entry.image).path).name if entry.image else ""
    values = {
        "start": start_text(entry.start_s),
        "title": entry.title,
        "url": entry.url if _web(entry.url) else "",
        "picture": picture if picture and folder and (folder / picture).is_file() else "",
    }
    return {key: value for key, value in values.items() if value}


def _web(url: str) -> bool:
    """Whether a link is one that a page can show."""
    try:
        Chapter.model_validate({"start": 0, "title": "-", "url": url})
    except ValidationError:
        return False
    return True


def _left_out(read: chapters.Chapters, made: list[dict[str, str]]) -> Iterator[Message]:
    if read.silent:
        yield msg_n("{n} mark that no list shows", "{n} marks that no list shows", read.silent)
    pairs = list(zip(read.entries, made, strict=True))
    links = [entry.url for entry, values in pairs if entry.url and "url" not in values]
    if links:
        yield msg("Links that are no web addresses: {links}", links=tuple(links))
    pictures = [entry.image for entry, values in pairs if entry.image and "picture" not in values]
    if pictures:
        yield msg("Pictures that do not lie in the episode's folder: {pictures}", pictures=tuple(pictures))
