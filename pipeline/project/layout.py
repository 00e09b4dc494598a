"""What lies where in a house: the only place that spells file names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import HdwError, MisuseError
from pipeline.messages import msg
from pipeline.models import Person

SETTINGS = "podcast.toml"
PELICAN = "pelicanconf.py"
EPISODES = "episodes"
FRONT_MATTER = "episode.md"
AUDIO = "audio.json"
PUBLISHED = "published"
TRANSCRIPT = "transcript.vtt"
REVIEW = "transcript.json"
GLOSSARY = "content/glossary.toml"
LEDGER = "episodes/ledger.toml"
LEDGER_LOCK = ".hdw/ledger.lock"
PRIVATE = "private"
CONSENT = "private/consent.toml"
APPROVALS = "private/approvals.toml"
CONTENT = {
    "person": "content/people",
    "topic": "content/topics",
    "series": "content/series",
    "page": "content/pages",
}
REPLACING = ".replacing"
CACHE = ".hdw"
CATALOG = ".hdw/catalog.sqlite"
JOURNALS = ".hdw/journal"
SOUNDS = ".hdw/sounds"
VOICES = ".hdw/voices"
RECORDS = ".hdw/feeds"
DESK = ".hdw/desk"
NOTES = ".hdw/notes"
PREVIEW = ".hdw/preview"
SENT = ".hdw/sent.json"
TEMPLATES = ".hdw/templates"
BUILDING = ".hdw/building.lock"
OUTPUT = "output"
THEME = "theme"
DOCS = "docs"


def find(start: Path) -> Path:
    """The root of the house that `start` lies in: the nearest folder with a podcast.toml."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / SETTINGS).is_file():
            return candidate
    raise MisuseError(
        msg("No podcast here: neither this folder nor one above it has a {file}.", file=SETTINGS),
        where=start,
        hint=msg("Go to the podcast's folder, or make a new one: hdw init FOLDER"),
    )


def folder_named(root: Path, path: str) -> Path:
    """A folder as podcast.toml names it: whole, below ~, or from the house; MisuseError for ~ of nobody."""
    try:
        return root / Path(path).expanduser()
    except RuntimeError as error:
        raise MisuseError(
            msg("Nobody on this computer has that name."),
            where=path,
            hint=msg("Write the whole path in {file}.", file=SETTINGS),
        ) from error


def is_own(folder: Path, root: Path) -> bool:
    """Whether a folder is the house itself, or lies in a folder that the program reads, writes or clears."""
    place, house = folder.resolve(), root.resolve()
    own = (CACHE, "content", EPISODES, OUTPUT, PRIVATE, THEME)
    return place == house or any(place.is_relative_to(house / one) for one in own)


def episode_folder(root: Path, episode_id: str) -> Path:
    """Where an episode's files lie."""
    return root / EPISODES / episode_id


def front_matter_of(episode_id: str) -> str:
    """An episode's front matter as messages name it."""
    return f"{EPISODES}/{episode_id}/{FRONT_MATTER}"


def transcript_path(root: Path, episode_id: str) -> Path:
    """Where an episode's words lie."""
    return episode_folder(root, episode_id) / TRANSCRIPT


def review_path(root: Path, episode_id: str) -> Path:
    """Where it stands who checked which sentence, and what is to be looked at."""
    return episode_folder(root, episode_id) / REVIEW


def episode_ids(root: Path) -> tuple[str, ...]:
    """The folders that hold an episode, sorted; a hidden one is still being made, or was left by a kill."""
    try:
        with os.scandir(root / EPISODES) as entries:
            names = [
                one.name
                for one in entries
                if os.path.exists(f"{one.path}/{FRONT_MATTER}")  # noqa: PTH110 (thousands of them)
            ]
    except (FileNotFoundError, NotADirectoryError):  # none was added yet
        return ()
    return tuple(sorted(name for name in names if not name.startswith(".")))


def content_files(root: Path, kind: str) -> Iterator[Path]:
    """The Markdown files of people, topics, series or pages, sorted."""
    yield from sorted((root / CONTENT[kind]).glob("*.md"))


def portrait(root: Path, person: Person) -> Path | None:
    """Where a person's portrait lies: beside the person's own file."""
    file = person.portrait.file if person.portrait else None
    return root / CONTENT["person"] / file if file else None


def theme(root: Path) -> Path:
    """The theme: the house's own folder where it has one, else the one that comes with the program."""
    own = root / THEME
    return own if (own / "templates").is_dir() else _shipped(THEME)


def pelican_settings() -> Path:
    """The pelicanconf.py that every new house gets."""
    return _shipped(PELICAN)


def shipped_theme() -> Path:
    """The theme that comes with the program, whatever a house has."""
    return _shipped(THEME)


def guides() -> Path:
    """The folder of the guides that come with the program."""
    return _shipped(DOCS)


def _shipped(name: str) -> Path:
    """What comes with the program: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / name
    return inside if inside.exists() else package.parent / name


def shown(path: Path, root: Path) -> str:
    """A file as messages name it: relative to the house, with slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def read_text(path: Path) -> str:
    """A text file that a person wrote; HdwError in plain words if it is not UTF-8 text."""
    with _readable(path):
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise not_text(path, error) from error


def not_text(path: Path, error: UnicodeDecodeError) -> HdwError:
    """The error for a file that is not UTF-8."""
    return HdwError(
        msg("{file} is not UTF-8 text (byte {place}).", file=path.name, place=error.start),
        where=path,
        hint=msg("Save the file as UTF-8 in the editor."),
    )


def read_bytes(path: Path) -> bytes:
    """A file as it is; HdwError in plain words if it cannot be read."""
    with _readable(path):
        return path.read_bytes()


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise HdwError(msg("The file cannot be read: {reason}.", reason=reason), where=path) from error
