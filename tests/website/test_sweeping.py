"""What is no longer part of the site leaves the house's own output folder with the next build."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import workflow

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
PERSON = "personen/mira-beispiel/index.html"
EPISODE = "episodes/2026-11-20-smarte-stadt/episode.md"


def _hide(root: Path) -> None:
    path = root / "content/people/mira-beispiel.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("name:", "hidden: true\nname:"), encoding="utf-8"
    )


def _files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("output", ["output", ".hdw/preview"])
def test_the_page_of_a_person_who_is_hidden_now_is_gone(house_folder: Path, output: str) -> None:
    workflow.build(house_folder, output=house_folder / output, now=NOW)
    assert (house_folder / output / PERSON).is_file()
    _hide(house_folder)
    workflow.build(house_folder, output=house_folder / output, now=NOW)
    assert not (house_folder / output / PERSON).parent.exists()


def test_after_edits_the_folder_is_what_a_clean_build_makes(house_folder: Path, tmp_path: Path) -> None:
    workflow.build(house_folder, output=house_folder / "output", now=NOW)
    _hide(house_folder)
    path = house_folder / EPISODE
    path.write_text(path.read_text(encoding="utf-8").replace("smarte Stadt", "kluge Stadt"), encoding="utf-8")
    workflow.build(house_folder, output=house_folder / "output", now=NOW)
    workflow.build(house_folder, output=tmp_path / "sauber", now=NOW)
    assert _files(house_folder / "output") == _files(tmp_path / "sauber")


def test_files_of_others_stay(house_folder: Path) -> None:
    for name in ("output/CNAME", "output/.well-known/security.txt"):
        (house_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (house_folder / name).write_text("x", encoding="utf-8")
    workflow.build(house_folder, output=house_folder / "output", now=NOW)
    assert (house_folder / "output/CNAME").is_file()
    assert (house_folder / "output/.well-known/security.txt").is_file()


def test_a_folder_that_is_not_the_houses_own_is_only_added_to(house_folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "anderswo/personen/jemand.html"
    other.parent.mkdir(parents=True)
    other.write_text("x", encoding="utf-8")
    workflow.build(house_folder, output=tmp_path / "anderswo", now=NOW)
    assert other.is_file()
