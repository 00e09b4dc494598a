"""What only a folder has to do: links, one file for equal ones, and what others put there."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline import deploy
from pipeline.deploy import Place
from pipeline.errors import DeployError, MisuseError
from pipeline.models import FolderTarget, ZipTarget
from tests.deploy.test_contract import NEW, NOW, OLD, publish, shown


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


def test_a_folder_without_its_link_is_not_taken_for_a_new_one(place: Place, tmp_path: Path) -> None:
    """What a copy over a network drive leaves: both releases, and nothing that says which is shown."""
    first = publish(place, tmp_path / "site", OLD)
    second = publish(place, tmp_path / "neu", NEW, days=1)
    (tmp_path / "srv/current").unlink()
    with pytest.raises(DeployError, match="link to the release") as caught:
        place.current()
    assert f"ln -s releases/{second.id} current" in str(caught.value.hint)
    (tmp_path / "srv/current").symlink_to(f"releases/{second.id}")
    assert place.releases() == (second, first)


def test_a_copy_beside_the_releases_is_none_of_them(place: Place, tmp_path: Path) -> None:
    first = publish(place, tmp_path / "site", OLD)
    releases = tmp_path / "srv/releases"
    shutil.copytree(releases / first.id, releases / f"{first.id}-kopie")
    shutil.copy(releases / f"{first.id}.json", releases / f"{first.id}-kopie.json")
    made = [publish(place, tmp_path / "site", {**OLD, "feed.xml": b"%d" % n}, days=n) for n in range(1, 6)]
    assert place.releases() == tuple(made[::-1])
    assert (releases / f"{first.id}-kopie/feed.xml").read_bytes() == OLD["feed.xml"]


@pytest.mark.parametrize("gone", ["audio/a.1.mp3", "feed.xml", ""])
def test_what_somebody_deleted_comes_again(place: Place, tmp_path: Path, gone: str) -> None:
    """A file of the release that is shown, or all of it: from the site, or from a release of before."""
    publish(place, tmp_path / "vorher", OLD)
    first = publish(place, tmp_path / "site", NEW, days=1)
    lost = tmp_path / "srv/releases" / first.id / gone
    shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
    current = place.current()
    assert current
    assert current.files.keys() == {path for path in NEW if gone and path != gone}
    (tmp_path / "site/audio/a.1.mp3").unlink()
    release = deploy.following(current, first.site, NOW + timedelta(days=2))
    with place.held("jemand"):
        place.send(release, tmp_path / "site", lambda _: None)
    assert shown(place, NEW) == NEW


@pytest.mark.parametrize("path", [".", "output", ".hdw/srv", "episodes/srv", "content", "private/srv"])
@pytest.mark.parametrize("kind", [FolderTarget, ZipTarget])
def test_no_target_lies_among_the_files_of_the_house(
    tmp_path: Path, kind: type[FolderTarget | ZipTarget], path: str
) -> None:
    """`output` is swept, .hdw deleted with every episode that is erased, and all of it read as the house."""
    with pytest.raises(MisuseError, match="among the files of the house"):
        deploy.place(kind.model_validate({"kind": kind.__name__[:-6].lower(), "path": path}), tmp_path)


def test_a_home_of_nobody_is_said(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="Nobody on this computer"):
        deploy.place(FolderTarget(kind="folder", path="~niemand-heisst-so/srv"), tmp_path)
