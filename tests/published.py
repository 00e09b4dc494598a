"""A house with a target beside it, in which two of the samples were published."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline import workflow

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KEPT = ("2026-10-02-haus-des-wissens", "2021-03-04-7000-schmetterlinge")
LATER = "2021-04-30-angst-vor-der-digitalisierung"
"""A sample that is not part of the house at first."""
ADDRESS = "https://podcast.example.org/"
ASKED = '\n[consent]\nrequired = ["audio", "transcript"]\n'
TARGET = '\n[publish.web]\nkind = "folder"\npath = "../srv"\n'


def made(folder: Path, address: str = ADDRESS, target: str = TARGET) -> Path:
    """The house, published once; what readers see is `srv/current` beside it, or where `target` says."""
    house = founded(folder, address, target)
    publish(house, NOW)
    return house


def founded(folder: Path, address: str = ADDRESS, target: str = TARGET) -> Path:
    """The house before its first publication."""
    house = folder / "haus"
    shutil.copytree(ROOT / "content", house / "content")
    for name in ("podcast.toml", "pelicanconf.py"):
        shutil.copy(ROOT / name, house)
    for name in KEPT:
        add_sample(house, name)
    swap(house / "podcast.toml", "\n[site]\n", f"{target}\n[site]\n")
    swap(house / "podcast.toml", ADDRESS, address)
    return house


def add_sample(house: Path, name: str) -> Path:
    """Another of the samples moves in."""
    source = ROOT / "episodes" / name
    shutil.copytree(source, house / "episodes" / name, ignore=shutil.ignore_patterns("published"))
    return house / "episodes" / name


def copied(house: Path, folder: Path) -> Path:
    """The house and its target once more, to change them."""
    shutil.copytree(house.parent, folder, symlinks=True)
    return folder / "haus"


def moved(house: Path, folder: Path, target: str) -> Path:
    """A copy of the house with another target, published there as well."""
    made = copied(house, folder)
    shutil.rmtree(made.parent / "srv")
    swap(made / "podcast.toml", TARGET, target)
    publish(made, NOW)
    return made


def asking(house: Path, folder: Path) -> Path:
    """A copy of the house that asks for consents."""
    made = copied(house, folder)
    with (made / "podcast.toml").open("a", encoding="utf-8") as settings:
        settings.write(ASKED)
    return made


def publication(house: Path, now: datetime) -> workflow.Publication:
    return workflow.publication(house, now=now, progress=lambda _: None)


def publish(house: Path, now: datetime) -> workflow.Publication:
    """Everything that is due, whatever anybody objects."""
    found = publication(house, now)
    workflow.send(house, found, holder="jemand", told=lambda _: None, now=now)
    return found


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def current(house: Path) -> Path:
    """What readers see."""
    return house.parent / "srv" / "current"
