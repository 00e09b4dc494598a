from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from random import Random
from typing import Any

import av
import pytest
import recordings
from publishing import published

from pipeline import audio
from pipeline.audio.hashing import NEAR, HashedFile
from pipeline.audio.promise import promised
from pipeline.errors import AudioError

FORMATS = ("flac", "m4a", "mp3", "ogg", "opus", "wav")


class Counting(io.FileIO):
    """A file that knows which of its bytes were read, and how many times."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.taken = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(-1 if size is None else size) or b""
        self.taken += len(data)
        return data


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_read_once_and_hashed_whole(tmp_path: Path, kind: str) -> None:
    path = recordings.make(tmp_path / f"a.{kind}", seconds=150 if kind == "ogg" else 60)
    assert path.stat().st_size > 450_000
    with Counting(path) as counting:
        file = HashedFile(counting)
        with av.open(file) as container:
            for packet in container.demux(container.streams.audio[0]):
                packet.decode()
        digest = file.hexdigest()
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    again = counting.taken - path.stat().st_size
    assert again <= 200_000  # an index at the end, the last pages of an Ogg file


def test_an_index_at_the_end_costs_only_itself(tmp_path: Path) -> None:
    path = recordings.make(tmp_path / "a.m4a", seconds=60)
    data = path.read_bytes()
    assert data.index(b"moov") > len(data) // 2
    assert audio.measure(path).sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "steps",
    [
        [(0, 10), (10, 90)],
        [(50, 10), (0, 10)],
        [(0, 10), (20, 10), (15, 40)],
        [(NEAR * 2, 10), (0, 5), (5, NEAR)],
        [(0, NEAR * 3)],
        [],
    ],
)
def test_the_hash_is_that_of_the_file_in_whatever_order_it_is_read(
    tmp_path: Path, steps: list[tuple[int, int]]
) -> None:
    path = tmp_path / "a"
    path.write_bytes(os.urandom(NEAR * 2 + 500))
    with path.open("rb") as opened:
        file = HashedFile(opened)
        for at, size in steps:
            file.seek(at)
            expected = path.read_bytes()[at : at + size]
            assert file.read(size) == expected
        assert file.hexdigest() == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("kind", "says"), [("flac", True), ("mp3", True), ("wav", True), ("ogg", False)])
def test_what_a_file_announces_is_what_it_holds(tmp_path: Path, kind: str, says: bool) -> None:
    path = recordings.make(tmp_path / f"a.{kind}", seconds=3)
    with path.open("rb") as file:
        promise = promised(file)
    assert promise.ends
    assert promise.duration_s == (pytest.approx(3.0, abs=0.06) if says else None)


@pytest.mark.parametrize("kind", ["ogg", "opus"])
def test_an_ogg_file_cut_between_two_pages_lacks_its_end(tmp_path: Path, kind: str) -> None:
    path = recordings.make(tmp_path / f"a.{kind}", seconds=20)
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"OggS")])
    with pytest.raises(AudioError, match="its end is missing"):
        audio.measure(path)


@pytest.mark.parametrize("size", [0, 0xFFFF_FFFF])
def test_a_wav_that_was_streamed_announces_nothing(tmp_path: Path, size: int) -> None:
    path = recordings.make(tmp_path / "a.wav")
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = size.to_bytes(4, "little")
    path.write_bytes(data)
    with path.open("rb") as file:
        assert promised(file).duration_s is None


def test_a_vbri_header_announces_the_length(tmp_path: Path) -> None:
    path = recordings.make(tmp_path / "a.mp3", seconds=20)
    data = bytearray(path.read_bytes())
    info = data.index(b"Info")
    frame = info - (17 + 4 if info - data.rindex(b"\xff\xfb", 0, info) == 21 else 32 + 4)
    data[info : info + 8] = bytes(8)
    data[frame + 36 : frame + 40] = b"VBRI"
    data[frame + 50 : frame + 54] = (834).to_bytes(4, "big")
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(AudioError, match=r"breaks off after 0:00:\d\d; 0:00:2\d are announced"):
        audio.measure(path)


def test_joined_files_of_different_channels_are_measured_as_one(tmp_path: Path) -> None:
    mono = recordings.make(tmp_path / "a.mp3", seconds=3, level=0.1)
    stereo = recordings.make(tmp_path / "b.mp3", seconds=3, level=0.1, channels=2)
    joined = tmp_path / "c.mp3"
    joined.write_bytes(stereo.read_bytes() + mono.read_bytes())
    measured = audio.measure(joined)
    assert measured.duration_s == pytest.approx(6.0, abs=0.2)
    assert measured.loudness_lufs == pytest.approx(-21.0, abs=1.5)


def _mp3_in(path: Path, format_: str, tmp_path: Path) -> Path:
    sound = recordings.make(tmp_path / "sound.mp3", seconds=3)
    with av.open(str(sound)) as source, av.open(str(path), "w", format=format_) as made:
        stream: Any = made.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = stream
                made.mux(packet)
    return path


@pytest.mark.parametrize(("name", "format_"), [("a.wav", "wav"), ("a.mp4", "mp4"), ("a.mka", "matroska")])
def test_mp3_in_another_container_is_published_as_a_real_mp3(tmp_path: Path, name: str, format_: str) -> None:
    recording = _mp3_in(tmp_path / name, format_, tmp_path)
    assert audio.measure(recording).codec == "mp3"
    edition = published(recording, tmp_path / "b", audio.Tags(title="T"))
    with av.open(str(tmp_path / edition.file)) as made:
        assert made.format.name == "mp3"


def test_the_length_of_an_encoded_edition_is_measured_from_it(tmp_path: Path) -> None:
    recording = recordings.make(tmp_path / "a.wav", seconds=3)
    facts = audio.measure(recording).model_copy(update={"duration_s": 99.0})
    edition = published(recording, tmp_path / "b", audio.Tags(title="T"), facts=facts)
    made = audio.measure(tmp_path / edition.file)
    assert edition.duration_s == made.duration_s == pytest.approx(3.0, abs=0.06)
    assert (edition.bytes, edition.sha256, edition.bit_rate) == (made.bytes, made.sha256, made.bit_rate)


def test_an_edition_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    recording = recordings.make(tmp_path / "a.mp3")
    (tmp_path / "voll").mkdir()
    (tmp_path / "voll/b").mkdir()  # a folder stands in the way
    facts = audio.measure(recording)
    with pytest.raises(AudioError, match="published file cannot be made"):
        audio.encode(recording, facts, "mp3", tmp_path / "voll/b", lambda _: None)
    assert [p.name for p in (tmp_path / "voll").iterdir()] == ["b"]


def test_the_tags_of_an_m4a_edition_are_whole(tmp_path: Path) -> None:
    recording = recordings.make(tmp_path / "a.m4a")
    tags = audio.Tags(
        title="T", subtitle="U", people=("P",), album="A", date="2026-11-20", number=7, comment="C",
        description="D", language="de", guid="g",
    )  # fmt: skip
    edition = published(recording, tmp_path / "b", tags, "aac")
    assert audio.read_tags(tmp_path / edition.file) == tags


@pytest.mark.parametrize("kind", FORMATS)
def test_a_spoilt_recording_is_measured_or_refused_but_never_a_bug(tmp_path: Path, kind: str) -> None:
    path = recordings.make(tmp_path / f"a.{kind}")
    data, random = path.read_bytes(), Random(11)
    for _ in range(25):
        spoilt = bytearray(data)
        for place in random.choices(range(min(2000, len(data))), k=6):
            spoilt[place] = random.choice((0, 1, 0x7F, 0xFF, random.randrange(256)))
        path.write_bytes(spoilt)
        try:
            assert audio.measure(path, accept_short=True).duration_s > 0
        except AudioError:
            continue
