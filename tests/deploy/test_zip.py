"""What only archives have to do: an order, the same bytes each time, sound and a text beside them."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import deploy
from pipeline.deploy import Place, Release
from pipeline.errors import DeployError
from pipeline.models import ZipTarget
from tests.deploy.test_contract import NEW, OLD, publish, written

FEED = "<rss><channel><language>{}</language></channel></rss>"
KINDS = {
    "assets/a.css": b"a" * 999,
    "bilder/a.jpg": b"a" * 999,
    "feed.xml": b"<a/>",
    "feed/1.xml": b"<a/>",
    "folgen/a/index.html": b"a" * 999,
    "index.html": b"a" * 999,
    "audio/a.mp3": b"a" * 999,
}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return deploy.place(ZipTarget(kind="zip", path="webteam", keep=2), tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "webteam"


def packed(folder: Path, release: Release) -> zipfile.ZipFile:
    return zipfile.ZipFile(folder / f"{release.id}.zip")


def test_the_archive_holds_the_site_and_sound_lies_beside_it(
    place: Place, tmp_path: Path, folder: Path
) -> None:
    release = publish(place, tmp_path / "site", OLD)
    with packed(folder, release) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: data for name, data in OLD.items() if not name.startswith("audio/")
        }
    assert (folder / "audio/a.1.mp3").read_bytes() == OLD["audio/a.1.mp3"]


def test_who_unpacks_it_has_pages_after_what_they_show_and_feeds_last(
    place: Place, tmp_path: Path, folder: Path
) -> None:
    with packed(folder, publish(place, tmp_path / "site", KINDS)) as archive:
        assert archive.namelist() == [
            "assets/a.css",
            "bilder/a.jpg",
            "folgen/a/index.html",
            "index.html",
            "feed/1.xml",
            "feed.xml",
        ]
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        small = {one.filename for one in archive.infolist() if one.compress_size < one.file_size}
    assert small == {"assets/a.css", "folgen/a/index.html", "index.html"}


def test_the_same_site_gives_the_same_bytes(place: Place, tmp_path: Path, folder: Path) -> None:
    first = (folder / f"{publish(place, tmp_path / 'site', KINDS).id}.zip").read_bytes()
    for path in (tmp_path / "site").rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    other = deploy.place(ZipTarget(kind="zip", path="anders"), tmp_path)
    again = publish(other, tmp_path / "site", dict(reversed(KINDS.items())), days=3)
    assert (tmp_path / "anders" / f"{again.id}.zip").read_bytes() == first


def test_sound_that_is_there_is_not_written_again(place: Place, tmp_path: Path, folder: Path) -> None:
    publish(place, tmp_path / "site", OLD)
    before = (folder / "audio/a.1.mp3").stat()
    publish(place, tmp_path / "neu", NEW, days=1)
    after = (folder / "audio/a.1.mp3").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert (folder / "audio/b.2.mp3").read_bytes() == NEW["audio/b.2.mp3"]


def test_sound_that_somebody_cut_off_comes_again_whole(place: Place, tmp_path: Path, folder: Path) -> None:
    publish(place, tmp_path / "site", OLD)
    (folder / "audio/a.1.mp3").write_bytes(b"A")
    publish(place, tmp_path / "neu", NEW, days=1)
    assert (folder / "audio/a.1.mp3").read_bytes() == OLD["audio/a.1.mp3"]


def test_sound_stays_as_long_as_a_release_names_it(place: Place, tmp_path: Path, folder: Path) -> None:
    without = {name: data for name, data in NEW.items() if name != "audio/b.2.mp3"}
    publish(place, tmp_path / "neu", NEW)
    publish(place, tmp_path / "ohne", without, days=10)
    publish(place, tmp_path / "ohne", {**without, "feed.xml": b"<2/>"}, days=20)
    assert (folder / "audio/b.2.mp3").is_file()
    publish(place, tmp_path / "ohne", {**without, "feed.xml": b"<3/>"}, days=30)
    assert not (folder / "audio/b.2.mp3").exists()
    assert (folder / "audio/a.1.mp3").is_file()


def test_what_is_forgotten_takes_its_sound_along(place: Place, tmp_path: Path, folder: Path) -> None:
    publish(place, tmp_path / "neu", NEW)
    publish(place, tmp_path / "alt", OLD, days=1)
    last = publish(place, tmp_path / "alt", {**OLD, "feed.xml": b"<c/>"}, days=20)
    with place.held("jemand"):
        place.forget()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {"audio/a.1.mp3", f"{last.id}.zip", f"{last.id}.json", "README.txt", ".publishing"}


def test_what_somebody_else_put_there_stays(place: Place, tmp_path: Path, folder: Path) -> None:
    publish(place, tmp_path / "site", OLD)
    strange = [folder / name for name in ("alles.zip", "2030.json", "audio/eigenes.mp3", "notiz.part")]
    for path in strange:
        path.write_text("fremd")
    publish(place, tmp_path / "neu", NEW, days=1)
    with place.held("jemand"):
        place.forget()
    assert [path.read_text() for path in strange] == ["fremd"] * 4


def test_what_killed_calls_left_goes(place: Place, tmp_path: Path, folder: Path) -> None:
    publish(place, tmp_path / "site", OLD)
    left = [folder / "2026-11-24T235959Z.zip", folder / ".2026.zip.x.part", folder / "audio/.b.mp3.x.part"]
    for path in left:
        path.write_bytes(b"halb")
    publish(place, tmp_path / "neu", NEW, days=1)
    assert not any(path.exists() for path in left)


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "LIESMICH: Zuerst der Ton"), ("en", "README: Sound first"), ("fr", "README: Sound first")],
)
def test_the_text_says_what_to_upload_in_the_language_of_the_show(
    place: Place, tmp_path: Path, folder: Path, language: str, said: str
) -> None:
    feed = FEED.format(language).encode()
    publish(place, tmp_path / "site", {**OLD, "feed.xml": feed})
    release = publish(place, tmp_path / "neu", {**NEW, "feed.xml": feed}, days=1)
    name, words = said.split(": ")
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    assert words in text
    assert f"{release.id}.zip" in text
    assert text.endswith("\naudio/b.2.mp3\n")
    assert "audio/a.1.mp3" not in text


def test_a_page_that_changes_meanwhile_stops_it(place: Place, tmp_path: Path, folder: Path) -> None:
    first = publish(place, tmp_path / "site", OLD)
    release = deploy.following(first, written(tmp_path / "neu", NEW), first.moment)
    (tmp_path / "neu/folgen/b/index.html").write_text("DAZU", encoding="utf-8")
    with place.held("jemand"), pytest.raises(DeployError, match="changed while"):
        place.send(release, tmp_path / "neu", lambda _: None)
    assert place.releases() == (first,)
    assert [path.name for path in folder.glob("*.zip")] == [f"{first.id}.zip"]


def test_sound_that_lies_nowhere_is_named(place: Place, tmp_path: Path, folder: Path) -> None:
    first = publish(place, tmp_path / "site", OLD)
    (folder / "audio/a.1.mp3").unlink()
    back = deploy.following(first, first.site, first.moment, back=first.id)
    with place.held("jemand"), pytest.raises(DeployError, match=r"a\.1\.mp3"):
        place.send(back, None, lambda _: None)
    assert place.current() == first


def test_a_text_of_others_is_not_written_over(place: Place, tmp_path: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "README.txt").write_text("Unser Archiv")
    with pytest.raises(DeployError, match="text of others"):
        publish(place, tmp_path / "site", OLD)
    assert [one.name for one in folder.iterdir() if one.suffix] == ["README.txt"]
    (folder / "README.txt").unlink()
    publish(place, tmp_path / "site", OLD)
    publish(place, tmp_path / "neu", NEW, days=1)


def cut_off(archive: Path) -> None:
    os.truncate(archive, 200)


def another_content(archive: Path) -> None:
    """Where the directory says that the feed lies."""
    data = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as packed:
        feed = packed.getinfo("feed.xml")
    data[feed.header_offset + 30 + len(feed.filename) + 1] ^= 255
    archive.write_bytes(data)


@pytest.mark.parametrize("damage", [cut_off, another_content])
def test_a_damaged_archive_is_named(
    place: Place, tmp_path: Path, folder: Path, damage: Callable[[Path], None]
) -> None:
    release = publish(place, tmp_path / "site", OLD)
    archive = folder / f"{release.id}.zip"
    damage(archive)
    with pytest.raises(DeployError, match="archive is damaged") as caught:
        place.read("feed.xml")
    assert release.id in str(caught.value)
    with pytest.raises(DeployError, match="archive is damaged"):
        publish(place, tmp_path / "neu", {**OLD, "feed2.xml": b"<a/>"}, days=1)
    archive.unlink()
    assert publish(place, tmp_path / "neu", NEW, days=1) == place.current()
