"""A drive that is really full: it is said so, readers have what they had, and the same call goes on later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline import deploy
from pipeline.deploy import Place, Release
from pipeline.errors import DeployError
from pipeline.models import Target
from tests.deploy.kinds import KINDS, SWITCHED
from tests.deploy.test_contract import NEW, NOW, OLD, assert_between, publish, shown, written
from tests.drives import drive, empty, fill

ON_A_DRIVE = ("folder", "sftp", "ssh", "zip")
"""The kinds of targets whose files lie in a folder that the tests can fill."""
FREE = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55)
"""How many pages are left, one try after the other: each breaks off a little later."""


@pytest.fixture(params=ON_A_DRIVE)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    with KINDS[request.param](tmp_path) as found, drive(folder_of(found), "2m"):
        yield found


def folder_of(target: Target) -> Path:
    assert target.kind != "s3"
    return Path(target.path)


def assert_whole(place: Place, kind: str) -> None:
    """What runs is unharmed: all of the old site, or where files are replaced one by one, whole ones."""
    if kind in SWITCHED or kind == "zip":
        assert shown(place, OLD) == OLD
    else:
        assert_between(shown(place, NEW))


def refused(place: Place, release: Release, site: Path) -> bool:
    """Whether this is said: there is no room, and what to do."""
    caught = None
    try:
        with place.held("jemand"):
            place.send(release, site, lambda _: None)
    except DeployError as error:
        caught = error
    assert caught is None or "Make room there" in str(caught.hint), caught
    return caught is not None


def test_however_little_is_left_it_is_said_and_nothing_that_runs_is_harmed(
    target: Target, tmp_path: Path
) -> None:
    """What arrives before the drive is full stays there for the next try: in the end that may be all."""
    place, folder = deploy.place(target, tmp_path), folder_of(target)
    old = publish(place, tmp_path / "site", OLD)
    release = deploy.following(old, written(tmp_path / "neu", NEW), NOW + timedelta(days=1))
    tries = 0
    for free in FREE:
        fill(folder, free)
        if not refused(place, release, tmp_path / "neu"):
            break
        tries += 1
        assert place.current() == old
        assert_whole(place, target.kind)
    assert tries >= len(FREE) // 2
    empty(folder)
    with place.held("jemand"):
        place.send(release, tmp_path / "neu", lambda _: None)
    assert (place.current(), shown(place, NEW)) == (release, NEW)


def test_the_first_publication_finds_no_room_at_all(target: Target, tmp_path: Path) -> None:
    place, folder = deploy.place(target, tmp_path), folder_of(target)
    release = deploy.following(None, written(tmp_path / "site", OLD), NOW)
    for free in (0, 1, 2):
        fill(folder, free)
        assert refused(place, release, tmp_path / "site")
        assert place.current() is None
    empty(folder)
    assert not refused(place, release, tmp_path / "site")
    assert (place.current(), shown(place, OLD)) == (release, OLD)
