from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import recordings

from pipeline import audio, project, workflow
from pipeline.models import Edition
from pipeline.workflow import editions

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def _added(root: Path, recording: Path) -> workflow.Added:
    return workflow.add(root, recording, metadata={"title": "Titel"}, now=NOW)


def _edition(root: Path, added: workflow.Added) -> Edition:
    editions.prepare(root, project.load(root))
    (edition,) = project.load_audio(root, added.episode_id).editions
    return edition


@pytest.mark.parametrize("kind", ["flac", "m4a", "mp3", "wav"])
def test_what_audio_json_says_of_an_edition_is_true_of_its_file(
    house_folder: Path, tmp_path: Path, kind: str
) -> None:
    added = _added(house_folder, recordings.make(tmp_path / f"a.{kind}", seconds=3))
    edition = _edition(house_folder, added)
    made = audio.measure(added.folder / edition.file)
    assert (edition.bytes, edition.sha256) == (made.bytes, made.sha256)
    assert edition.duration_s == pytest.approx(made.duration_s, abs=0.03)
    assert edition.bit_rate == pytest.approx(made.bit_rate, rel=0.02)


def test_an_edition_is_made_once(house_folder: Path, tmp_path: Path) -> None:
    added = _added(house_folder, recordings.make(tmp_path / "a.mp3"))
    made = added.folder / _edition(house_folder, added).file
    before = made.stat().st_mtime_ns
    _edition(house_folder, added)
    assert made.stat().st_mtime_ns == before


@pytest.mark.parametrize("how", ["absent", "altered"])
def test_an_edition_stays_as_published_where_its_recording_is_not_here(
    house_folder: Path, tmp_path: Path, how: str
) -> None:
    added = _added(house_folder, recordings.make(tmp_path / "a.mp3"))
    before = _edition(house_folder, added)
    kept = added.folder / "a.mp3"
    kept.unlink()
    if how == "altered":
        recordings.make(kept, seconds=5)
    text = (added.folder / "episode.md").read_text(encoding="utf-8")
    (added.folder / "episode.md").write_text(text.replace("title: Titel", "title: Anders"), encoding="utf-8")
    assert _edition(house_folder, added) == before
