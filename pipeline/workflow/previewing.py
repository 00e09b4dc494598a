"""The step that makes one file of an episode for a guest: page, audio and transcript, marked as a draft."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pipeline import catalog, project, website
from pipeline.errors import MisuseError
from pipeline.files import whole
from pipeline.messages import msg
from pipeline.models import Addresses, Episode, public
from pipeline.workflow import editions, planning, preparing
from pipeline.workflow.choosing import named
from pipeline.workflow.events import Event
from pipeline.workflow.houses import desk_file
from pipeline.workflow.knowing import Known

_STORED = {".mp3", ".m4a", ".opus", ".mp4", ".webm", ".jpg", ".png", ".avif", ".webp", ".woff2"}
"""What is compressed already."""
SHELF = "previews"
_FIRST = (1980, 1, 1, 0, 0, 0)
"""The oldest time a zip file knows: equal contents give equal bytes."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The file that was written, and of which episode."""

    episode: Episode
    file: Path


def preview(
    root: Path, name: str, *, output: Path | None = None, now: datetime, progress: Callable[[Event], object]
) -> Preview:
    """Write the zip file, by default into the present folder; MisuseError for an episode without audio."""
    files = catalog.opened(root)
    whole_house = catalog.read(files)
    episode = named(whole_house, name)
    alone = replace(preparing.chosen(whole_house, drafts=True, now=now), episodes=(episode,))
    house = editions.prepare(root, public(alone, preparing.guest_name(alone)), remake=set(), report=progress)
    shown, addresses = house.episodes[0], Addresses.of(house)
    known = Known(planning.context(root, house), files)
    planned = tuple(planning.plan(root, known))
    sounds = {addresses.audio_file(shown, one) for one in house.of(shown).audio.editions}
    if not any(one.path in sounds for one in planned):
        raise MisuseError(
            msg("{episode} has no audio yet: there is nothing to hear.", episode=episode.id),
            where=project.shown(project.episode_folder(root, episode.id), root),
            hint=msg("Bring the recording into the episode's folder, or publish from where it lies."),
        )
    file = output or Path(f"{episode.address}-entwurf.zip")
    with tempfile.TemporaryDirectory() as folder:
        site, page = Path(folder), f"{addresses.episode(shown)}index.html"
        website.write(website.drafts(planned, page), site, project.theme(root))
        _pack(website.portable(site, page, house.settings.show), site, file)
    return Preview(episode, file)


@dataclass(frozen=True, slots=True)
class KeptPreview:
    """A file that was made before: when, how large, and whether words or details were changed since."""

    file: Path
    bytes: int
    made: datetime
    stale: bool


def keep_preview(root: Path, name: str, *, now: datetime, progress: Callable[[Event], object]) -> Preview:
    """The same into a place of the desk's own, instead of what lies there."""
    episode = named(catalog.load(root), name)
    with tempfile.TemporaryDirectory(dir=_shelf(root, "")) as folder:
        file = Path(folder) / f"{episode.address}-entwurf.zip"
        made = preview(root, name, output=file, now=now, progress=progress)
        place = _shelf(root, episode.id) / file.name
        for old in place.parent.iterdir():
            old.unlink()
        return replace(made, file=file.replace(place))


def kept_preview(root: Path, episode_id: str) -> KeptPreview | None:
    """What lies there for an episode; None if nothing was made yet."""
    file = next(desk_file(root, f"{SHELF}/{episode_id}").glob("*.zip"), None)
    if file is None:
        return None
    known, folder = file.stat(), project.episode_folder(root, episode_id)
    words = (folder / name for name in (project.FRONT_MATTER, project.TRANSCRIPT))
    stale = any(one.is_file() and one.stat().st_mtime > known.st_mtime for one in words)
    return KeptPreview(file, known.st_size, datetime.fromtimestamp(known.st_mtime, UTC), stale)


def _shelf(root: Path, episode_id: str) -> Path:
    folder = desk_file(root, SHELF) / episode_id
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _pack(files: dict[str, bytes | Path], site: Path, file: Path) -> None:
    """Everything in one folder of the zip file's own name, in a fixed order."""
    with whole(file, durable=False) as part, zipfile.ZipFile(part, "w") as packed:
        for path, content in sorted(files.items()):
            data = content if isinstance(content, bytes) else (site / content).read_bytes()
            info = zipfile.ZipInfo(f"{file.stem}/{path}", _FIRST)
            info.external_attr = 0o644 << 16
            stored = Path(path).suffix in _STORED
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            packed.writestr(info, data)
