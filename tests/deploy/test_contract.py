"""What every target has to do, whatever strikes: one test over all kinds."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import deploy
from pipeline.deploy import Place, Release, Sent, releases
from pipeline.errors import BusyError, DeployError
from pipeline.models import Target
from tests.deploy.kinds import KINDS, SWITCHED

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OLD = {"audio/a.1.mp3": b"A" * 5000, "feed.xml": b"<a/>", "folgen/a/index.html": b"alt", "leer.txt": b""}
NEW = {
    "audio/a.1.mp3": b"A" * 5000,
    "audio/b.2.mp3": b"B" * 300_000,
    "feed.xml": b"<ab/>",
    "folgen/a/index.html": b"neu",
    "folgen/b/index.html": b"dazu",
    "leer.txt": b"",
}
CHILD = """
import os, signal, sys
from pathlib import Path
from pipeline import deploy
from pipeline.deploy import releases
from pipeline.models import Target
from pydantic import TypeAdapter
target, site, note = TypeAdapter(Target).validate_json(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
left = [int(sys.argv[4])]
release = releases.from_json(note.encode())
place = deploy.place(target, Path.cwd())
STEPS = {"http.client.send", "open", "os.link", "os.mkdir", "os.remove", "os.rename"}
STEPS |= {"os.rmdir", "os.symlink"}
def step():
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
def watch(event, arguments):
    if event in STEPS:
        step()
def enter(frame, event, argument):
    if event == "call" and frame.f_globals["__name__"].startswith("pipeline.deploy"):
        step()
with place.held("jemand"):
    sys.addaudithook(watch)
    sys.setprofile(enter)
    place.send(release, site, lambda _: None)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Those who are killed leave files in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="hdw-", ignore_cleanup_errors=True) as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield


def test_every_kind_is_tried() -> None:
    assert {name.partition(",")[0] for name in KINDS} == set(deploy.TARGETS)


@pytest.fixture(params=sorted(KINDS))
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    with KINDS[request.param](tmp_path) as found:
        yield found


def written(folder: Path, files: Mapping[str, bytes]) -> dict[str, Sent]:
    """A site on disk, and what it consists of."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return {name: Sent(hashlib.sha256(data).hexdigest(), len(data)) for name, data in files.items()}


def publish(place: Place, folder: Path, files: Mapping[str, bytes], days: float = 0) -> Release:
    release = deploy.following(place.current(), written(folder, files), NOW + timedelta(days=days))
    with place.held("jemand"):
        place.send(release, folder, lambda _: None)
    return release


def shown(place: Place, names: Mapping[str, bytes]) -> dict[str, bytes | None]:
    return {name: place.read(name) for name in names}


def test_what_is_sent_is_shown_and_noted(target: Target, tmp_path: Path) -> None:
    place = deploy.place(target, tmp_path)
    assert (place.current(), place.releases(), place.read("feed.xml")) == (None, (), None)
    first = publish(place, tmp_path / "site", OLD)
    assert shown(place, OLD) == OLD
    assert (place.current(), place.releases()) == (first, (first,))
    second = publish(place, tmp_path / "neu", NEW, days=1)
    assert shown(place, NEW) == NEW
    assert place.releases() == (second, first)
    assert place.read("folgen/a/index.html", first.id) == b"alt"


def test_a_release_of_before_is_made_from_what_lies_there(target: Target, tmp_path: Path) -> None:
    place = deploy.place(target, tmp_path)
    first = publish(place, tmp_path / "site", OLD)
    second = publish(place, tmp_path / "neu", NEW, days=1)
    back = deploy.following(second, first.site, NOW + timedelta(days=2), back=first.id)
    with place.held("jemand"):
        place.send(back, None, lambda _: None)
    assert shown(place, OLD) == OLD
    assert place.read("audio/b.2.mp3") == NEW["audio/b.2.mp3"]  # the feed of yesterday names it
    assert place.current() == back


def test_only_so_many_releases_stay(target: Target, tmp_path: Path) -> None:
    place = deploy.place(target, tmp_path)
    made = [publish(place, tmp_path / "site", {**OLD, "feed.xml": b"%d" % n}, days=n) for n in range(5)]
    assert place.releases() == tuple(made[:1:-1])


def test_who_comes_second_is_told_who_is_there(target: Target, tmp_path: Path) -> None:
    place = deploy.place(target, tmp_path)
    with place.held("ada@buecherei"), pytest.raises(BusyError) as caught, place.held("ole@vhs"):
        pass
    assert "ada@buecherei" in str(caught.value)
    with place.held("ole@vhs"):
        pass


def test_a_dead_holder_holds_nothing(target: Target, tmp_path: Path) -> None:
    site = written(tmp_path / "site", OLD)
    release = deploy.following(None, site, NOW)
    assert killed(target, tmp_path / "site", release, 3)
    with deploy.place(target, tmp_path).held("jemand"):
        pass


def assert_between(found: Mapping[str, bytes | None]) -> None:
    """Each file is whole, of the old site or the new one; what names another is not newer than that."""
    assert all(found[path] in (OLD.get(path), data) for path, data in NEW.items())
    order = ("audio/b.2.mp3", "folgen/b/index.html", "folgen/a/index.html", "feed.xml")
    new = [found[path] == NEW[path] for path in order]
    assert new == sorted(new, reverse=True)


def killed(target: Target, site: Path, release: Release, step: int) -> bool:
    """Send in a process that is killed at a step; False if it ended before."""
    note = releases.to_json(release).decode()
    command = [sys.executable, "-c", CHILD, target.model_dump_json(), str(site), note, str(step)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode != 0


@pytest.mark.parametrize("first", range(0, 15, 5))
def test_killed_anywhere_readers_find_whole_files_and_the_same_call_finishes(
    target: Target, tmp_path: Path, first: int
) -> None:
    """After each kill the old site is there or the new one; the next process goes on, a step further."""
    place = deploy.place(target, tmp_path)
    old = publish(place, tmp_path / "site", OLD)
    release = deploy.following(old, written(tmp_path / "neu", NEW), NOW + timedelta(days=1))
    step = first
    while killed(target, tmp_path / "neu", release, step):
        with place.held("jemand"):  # what the killed one had asked a server for has come to its end
            current = place.current()
            assert current in (old, release)
            if target.kind in SWITCHED or current == release:
                expected = OLD if current == old else NEW
                assert shown(place, expected) == expected
            else:
                assert_between(shown(place, NEW))
        step += 15
    assert step > 80
    assert place.current() == release
    assert shown(place, NEW) == NEW
    assert place.releases() == (release, old)


def test_a_file_that_changes_meanwhile_stops_it_and_nothing_of_it_is_shown(
    target: Target, tmp_path: Path
) -> None:
    place = deploy.place(target, tmp_path)
    publish(place, tmp_path / "site", OLD)
    release = deploy.following(place.current(), written(tmp_path / "neu", NEW), NOW + timedelta(days=1))
    (tmp_path / "neu/audio/b.2.mp3").write_bytes(b"anders")
    with place.held("jemand"), pytest.raises(DeployError, match="changed while"):
        place.send(release, tmp_path / "neu", lambda _: None)
    assert shown(place, OLD) == OLD


@pytest.mark.parametrize("gone", ["audio/b.2.mp3", "folgen/b/index.html"])
def test_a_file_that_vanishes_meanwhile_is_said_like_one_that_changes(
    target: Target, tmp_path: Path, gone: str
) -> None:
    place = deploy.place(target, tmp_path)
    publish(place, tmp_path / "site", OLD)
    release = deploy.following(place.current(), written(tmp_path / "neu", NEW), NOW + timedelta(days=1))
    (tmp_path / "neu" / gone).unlink()
    with place.held("jemand"), pytest.raises(DeployError, match=r"changed while|no longer there"):
        place.send(release, tmp_path / "neu", lambda _: None)
    assert place.read("feed.xml") == OLD["feed.xml"]


def test_all_but_what_is_shown_is_forgotten(target: Target, tmp_path: Path) -> None:
    place = deploy.place(target, tmp_path)
    first = publish(place, tmp_path / "site", OLD)
    second = publish(place, tmp_path / "neu", {**OLD, "feed.xml": b"<b/>"}, days=1)
    with place.held("jemand"):
        place.forget()
    assert place.releases() == (second,)
    assert place.read("feed.xml") == b"<b/>"
    assert place.read("feed.xml", first.id) is None
