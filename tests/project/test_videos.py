"""What is read off a video: real small files, also ones held upright, cut off, or no video at all."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from pipeline.project import videos
from tests import recordings

FIXTURES = Path(__file__).parent.parent / "fixtures"
MATRIX_AT = 40
"""Bytes between the name of a track's head and its matrix (ISO 14496-12, 8.3.2)."""
QUARTER_TURN = (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)


def test_a_video_is_measured_by_its_head(tmp_path: Path) -> None:
    path = recordings.video(tmp_path / "a.mp4", size=(640, 360), rate=30, seconds=1.5)
    found = videos.measure(path)
    assert found
    assert (found.type, found.codec) == ("video/mp4", "h264")
    assert (found.width, found.height, found.rate) == (640, 360, 30.0)
    assert found.duration_s == pytest.approx(1.5, abs=0.05)
    assert found.bytes == path.stat().st_size


def test_a_video_from_a_telephone_held_upright_is_upright(tmp_path: Path) -> None:
    path = _turned(recordings.video(tmp_path / "a.mp4", size=(640, 360)), tmp_path / "b.mp4")
    found = videos.measure(path)
    assert found
    assert (found.width, found.height) == (360, 640)


def test_the_poster_is_the_picture_after_two_seconds_and_stands_upright(tmp_path: Path) -> None:
    lying = recordings.video(tmp_path / "a.mp4", size=(1600, 900), seconds=3)
    upright = _turned(lying, tmp_path / "b.mp4")
    at = 50 * 4 + 12  # where the bar has got to
    with Image.open(io.BytesIO(videos.poster(lying))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1280, 720))
        assert _green(picture, at * 1280 // 1600, 300)
        assert not _green(picture, at * 1280 // 1600 + 60, 300)
    with Image.open(io.BytesIO(videos.poster(upright))) as picture:
        assert picture.size == (720, 1280)
        assert _green(picture, 300, at * 1280 // 1600)


def test_a_video_shorter_than_that_has_a_poster_too(tmp_path: Path) -> None:
    with Image.open(io.BytesIO(videos.poster(recordings.video(tmp_path / "a.mp4", seconds=0.2)))) as picture:
        assert picture.size == (640, 360)


def _green(picture: Image.Image, x: int, y: int) -> bool:
    red, green, _ = picture.convert("RGB").getpixel((x, y))
    return green > red + 20


def _turned(path: Path, to: Path) -> Path:
    """The same video with a note that the camera was held upright."""
    data = bytearray(path.read_bytes())
    struct.pack_into(">9i", data, data.index(b"tkhd") + 4 + MATRIX_AT, *QUARTER_TURN)
    to.write_bytes(data)
    return to


@pytest.mark.parametrize("seconds", [1.0, 1.04])
def test_another_video_has_another_mark_and_the_same_one_the_same(tmp_path: Path, seconds: float) -> None:
    first, second = (
        videos.measure(recordings.video(tmp_path / name, seconds=length))
        for name, length in (("a.mp4", 1.0), ("b.mp4", seconds))
    )
    assert first
    assert second
    assert (first.mark == second.mark) == (seconds == 1.0)


def test_what_is_no_video_is_none(tmp_path: Path) -> None:
    whole = recordings.video(tmp_path / "a.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "sound.mp4").write_bytes((FIXTURES / "speech.mp3").read_bytes())
    recordings.make(tmp_path / "sound.m4a").rename(tmp_path / "quiet.mp4")
    (tmp_path / "list.mp4").write_text(f"#EXTM3U\n#EXTINF:1\n{tmp_path}/a.mp4\n", encoding="utf-8")
    for name in ("cut.mp4", "sound.mp4", "quiet.mp4", "list.mp4", "missing.mp4", ""):
        assert videos.measure(tmp_path / name) is None, name
