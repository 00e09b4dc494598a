"""What only a folder has to do: links, one file for equal ones, and what others put there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import deploy
from pipeline.deploy import Place
from pipeline.errors import DeployError
from pipeline.models import FolderTarget
from tests.deploy.test_contract import NEW, OLD, publish


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return deploy.place(FolderTarget(kind="folder", path="srv"), tmp_path)


def test_a_damaged_note_is_named(place: Place, tmp_path: Path) -> None:
    release = publish(place, tmp_path / "site", OLD)
    (tmp_path / "srv/releases" / f"{release.id}.json").write_text(json.dumps({"files": 1}))
    with pytest.raises(DeployError, match=release.id):
        place.current()


def test_what_lies_there_already_is_not_written_again(place: Place, tmp_path: Path) -> None:
    first = publish(place, tmp_path / "site", OLD)
    second = publish(place, tmp_path / "neu", NEW, days=1)
    before, after = (tmp_path / "srv/releases" / one.id / "audio/a.1.mp3" for one in (first, second))
    assert before.samefile(after)


def test_what_somebody_else_put_there_stays(place: Place, tmp_path: Path) -> None:
    publish(place, tmp_path / "site", OLD)
    strange = (
        tmp_path / "srv/releases/zuletzt",
        tmp_path / "srv/releases/.htaccess",
        tmp_path / "srv/LIESMICH",
    )
    for path in strange:
        path.write_text("fremd")
    publish(place, tmp_path / "neu", NEW, days=1)
    assert [path.read_text() for path in strange] == ["fremd"] * 3


def test_something_else_in_its_place_is_left_alone(place: Place, tmp_path: Path) -> None:
    (tmp_path / "srv/current").mkdir(parents=True)
    with pytest.raises(DeployError, match="no link of a publication"):
        place.current()
