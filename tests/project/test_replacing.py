"""Files of an episode written together or not at all, wherever a kill strikes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import project
from pipeline.errors import BusyError, ProjectError

ID = "2026-11-20-smarte-stadt"
FILES = {"asr/neu.jsonl": b"3", "transcript.json": b'{"cues": {}}', "transcript.vtt": b"WEBVTT\n"}


class Killed(BaseException):
    """What ends a process without any clearing up by its own code."""


def state(house: Path) -> dict[str, bytes | None]:
    folder = house / "episodes" / ID
    return {name: (folder / name).read_bytes() if (folder / name).is_file() else None for name in FILES}


def test_all_files_are_written_and_nothing_is_left_beside_them(house_folder: Path) -> None:
    project.replace_together(house_folder, ID, FILES, {})
    assert state(house_folder) == FILES
    assert [
        path.name for path in (house_folder / "episodes" / ID).iterdir() if path.name.startswith(".")
    ] == []


@pytest.mark.parametrize("at", range(4))
def test_killed_anywhere_the_files_are_the_old_ones_or_a_second_call_makes_them_new(
    house_folder: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """The renaming of the folder and of its three files are the moments at which anything shows."""
    waiting = house_folder / "episodes" / ID / ".replacing"
    calls, real = [], Path.replace

    def replace(path: Path, target: Path) -> Path:
        if path.name == ".replacing.part" or waiting in path.parents:
            calls.append(path)
            if len(calls) == at + 1:
                raise Killed
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(Killed):
        project.replace_together(house_folder, ID, FILES, {})
    monkeypatch.undo()
    if at == 0:
        assert set(state(house_folder).values()) == {None}
        project.load(house_folder)
        assert not project.finish_replacement(house_folder, ID)
        return
    with pytest.raises(ProjectError) as caught:
        project.load(house_folder)
    assert "is being replaced" in str(caught.value)
    assert project.finish_replacement(house_folder, ID)
    assert state(house_folder) == FILES
    project.load(house_folder)


def test_what_somebody_changed_meanwhile_is_not_written_over(house_folder: Path) -> None:
    with pytest.raises(BusyError):
        project.replace_together(house_folder, ID, FILES, {"episode.md": b"anders"})
    assert set(state(house_folder).values()) == {None}
    assert not (house_folder / "episodes" / ID / ".replacing.part").exists()
