"""Published files of every format: as loud as they should be, labelled, whole, the same on every run."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import mutagen
import numpy as np
import pytest
import recordings
from mutagen import id3
from mutagen.flac import Picture
from publishing import published

from pipeline import audio
from pipeline.audio import probe
from pipeline.audio.filters import Filter, filtered
from pipeline.errors import AudioError
from pipeline.models import Chapter, Recording
from tests import parts

FORMATS = tuple(audio.FORMATS)
SPEECH = Path(__file__).parent.parent / "fixtures" / "demo-recording.mp3"
COVER = audio.Cover(recordings.jpeg(600), "image/jpeg")
TAGS = audio.Tags(
    title="Was ist eine smarte Stadt?",
    subtitle="Im Gespräch",
    people=("Mira Beispiel", "Ada Neu"),
    album="Haus des Wissens",
    date="2026-11-20",
    number=7,
    comment="Wie Bochum Daten teilt.",
    language="de",
    guid="g-1",
    cover=COVER,
    chapters=(
        Chapter(start=0, title="Anfang"),
        Chapter(start=0.5, title="Mitte – und mehr", url="https://example.org/?a=1&b=2"),
        Chapter(start=1.25, title="Ende"),
    ),
    pictures=(None, COVER, None),
)


def sounding(path: Path, *filters: Filter, seconds: float = 5.0) -> Path:
    """Some seconds of real speech, filtered, as WAV."""
    with av.open(str(SPEECH)) as source, av.open(str(path), "w", format="wav") as made:
        frames = itertools.takewhile(lambda frame: frame.time < seconds, source.decode(audio=0))
        stream: Any = None
        for frame in filtered(frames, *filters, ("aformat", "sample_fmts=s16")):
            if stream is None:
                layout, rate = frame.layout.name, frame.sample_rate
                stream = made.add_stream("pcm_s16le", rate=rate, layout=layout)
            frame.pts = None
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    return path


KINDS: dict[str, tuple[Filter, ...]] = {
    "as recorded": (),
    "quiet": (("volume", "-34dB"),),
    "hot and clipped": (("volume", "24dB"),),
    "far too loud to lower peaks alone": (
        ("volume", "6dB"),
        ("acompressor", "threshold=0.05:ratio=8:makeup=8"),
    ),
    "stereo": (("aformat", "channel_layouts=stereo"), ("adelay", "0|11")),
    "8 kHz": (("aresample", "8000"),),
    "96 kHz": (("aresample", "96000"),),
    "surround": (("pan", "5.1|FL=c0|FR=0.7*c0|FC=0.9*c0|LFE=0.1*c0|BL=0.4*c0|BR=0.3*c0"),),
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_recording_is_published_at_the_same_loudness(tmp_path: Path, kind: str, format_: str) -> None:
    recording = sounding(tmp_path / "a.wav", *KINDS[kind])
    edition = published(recording, tmp_path / "b", audio.Tags(), format_)
    made = audio.measure(tmp_path / edition.file)
    channels = 2 if kind in {"stereo", "surround"} else 1
    assert made.loudness_lufs == pytest.approx(-16 if channels == 2 else -19, abs=0.5)
    assert made.true_peak_dbtp is not None
    assert made.true_peak_dbtp <= -1.0
    assert (made.channels, made.codec) == (channels, format_)
    assert made.duration_s == pytest.approx(5.0, abs=0.03)
    assert made.sample_rate == (48_000 if "96" in kind or format_ == "opus" else 44_100)
    facts = (edition.loudness_lufs, edition.true_peak_dbtp, edition.channels, edition.duration_s)
    assert facts == (made.loudness_lufs, made.true_peak_dbtp, made.channels, made.duration_s)
    assert (edition.bytes, edition.sha256) == (made.bytes, made.sha256)


@pytest.mark.parametrize("format_", FORMATS)
def test_silence_stays_silence(tmp_path: Path, format_: str) -> None:
    recording = recordings.make(tmp_path / "a.wav", seconds=3, level=0.0)
    edition = published(recording, tmp_path / "b", audio.Tags(), format_)
    assert edition.loudness_lufs is None
    assert edition.duration_s == pytest.approx(3.0, abs=0.03)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_recording_gives_the_same_bytes_under_a_name_of_their_own(
    tmp_path: Path, format_: str
) -> None:
    recording = sounding(tmp_path / "a.wav")
    editions = [published(recording, tmp_path / name / "folge", TAGS, format_) for name in ("b", "c")]
    assert editions[0] == editions[1]
    (made,) = (tmp_path / "b").iterdir()
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    assert editions[0].sha256 == digest
    assert made.name == f"folge.{digest[:8]}{audio.FORMATS[format_].suffix}"
    assert (tmp_path / "c" / made.name).read_bytes() == made.read_bytes()


def test_other_tags_leave_the_sound_as_it_is(tmp_path: Path) -> None:
    for format_ in FORMATS:
        facts = audio.measure(sounding(tmp_path / "a.wav"))
        sound = tmp_path / f"sound.{format_}"
        measured = audio.encode(tmp_path / "a.wav", facts, format_, sound, lambda _: None)
        made = [
            audio.publish(sound, measured, tmp_path / "b", tags, format_) for tags in (TAGS, audio.Tags())
        ]
        assert made[0].sha256 != made[1].sha256
        assert _packets(tmp_path / made[0].file) == _packets(tmp_path / made[1].file) == _packets(sound)


def _packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as source:
        stream = source.streams.audio[0]
        return [bytes(packet) for packet in source.demux(stream) if packet.size]


@pytest.fixture(scope="module")
def fit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a recording in each format that is as published files should be, with old tags."""
    folder = tmp_path_factory.mktemp("fit")
    source = sounding(folder / "a.wav")
    for format_, made in audio.FORMATS.items():
        path = folder / f"fit{made.suffix}"
        audio.encode(source, audio.measure(source), format_, path, lambda _: None)
        recordings.tag(path)
    return folder


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_fit_is_published_as_it_is_tags_aside(tmp_path: Path, fit: Path, format_: str) -> None:
    recording = fit / f"fit{audio.FORMATS[format_].suffix}"
    before = recording.read_bytes()
    facts = audio.measure(recording)
    assert audio.fit(facts) == format_
    made = tmp_path / published(recording, tmp_path / "b", TAGS, format_).file
    assert _packets(made) == _packets(recording)
    assert b"geheim" in before
    assert b"geheim" not in made.read_bytes()
    assert audio.read_tags(made).title == TAGS.title
    assert recording.read_bytes() == before


UNFIT: dict[str, dict[str, Any]] = {
    "too quiet": {"loudness_lufs": -20.1},
    "too loud": {"loudness_lufs": -17.9},
    "peaks": {"true_peak_dbtp": -0.9},
    "too many bits": {"bit_rate": 129_000},
    "too few bits": {"bit_rate": 31_000},
    "another rate": {"sample_rate": 32_000},
    "surround": {"channels": 6, "loudness_lufs": -16.0, "bit_rate": 256_000},
    "a wrong length announced": {"told_s": 12.0},
    "no length announced": {"told_s": None},
    "another container": {"container": "wav"},
    "another codec": {"codec": "vorbis"},
    "measured by an older version": {"container": ""},
}
GOOD = Recording(
    file="a.mp3", bytes=160_000, sha256="ab" * 32, container="mp3", codec="mp3", sample_rate=44_100,
    channels=1, bit_rate=128_000, duration_s=10.0, told_s=10.5, loudness_lufs=-19.9, true_peak_dbtp=-1.0,
)  # fmt: skip


@pytest.mark.parametrize("why", UNFIT)
def test_what_is_not_fit_in_one_point_is_encoded(why: str) -> None:
    assert audio.fit(GOOD) == "mp3"
    assert audio.fit(GOOD.model_copy(update={"loudness_lufs": None, "true_peak_dbtp": None})) == "mp3"
    assert audio.fit(GOOD.model_copy(update=UNFIT[why])) == ""


@pytest.mark.parametrize("format_", FORMATS)
def test_tags_cover_and_chapters_come_back(tmp_path: Path, format_: str) -> None:
    path = tmp_path / published(recordings.make(tmp_path / "a.wav"), tmp_path / "b", TAGS, format_).file
    read = audio.read_tags(path)
    for name in ("title", "subtitle", "album", "date", "number", "comment", "language", "guid", "cover"):
        assert getattr(read, name) == getattr(TAGS, name), name
    assert set(read.people) == ({"Mira Beispiel, Ada Neu"} if format_ == "aac" else set(TAGS.people))
    assert [(c.start, c.title) for c in read.chapters] == [(c.start, c.title) for c in TAGS.chapters]


@pytest.mark.parametrize("format_", FORMATS)
def test_ffmpeg_finds_the_chapters_where_they_start_and_end(tmp_path: Path, format_: str) -> None:
    path = tmp_path / published(recordings.make(tmp_path / "a.wav"), tmp_path / "b", TAGS, format_).file
    with av.open(str(path)) as file:
        found = [
            (float(c["start"] * c["time_base"]), float(c["end"] * c["time_base"]), c["metadata"]["title"])
            for c in file.chapters()
        ]
    expected = [(0, 0.5, "Anfang"), (0.5, 1.25, "Mitte – und mehr"), (1.25, 2.0, "Ende")]
    assert [title for *_, title in found] == [title for *_, title in expected]
    assert [at for one in found for at in one[:2]] == pytest.approx(
        [at for one in expected for at in one[:2]], abs=0.05
    )


def test_mp3_chapters_carry_link_and_picture_in_one_ordered_table(tmp_path: Path) -> None:
    made = published(recordings.make(tmp_path / "a.wav"), tmp_path / "b", TAGS)
    tags = id3.ID3(tmp_path / made.file)
    (contents,) = tags.getall("CTOC")
    assert contents.flags == id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    chapters = [tags[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert [c.sub_frames.getall("TIT2")[0].text[0] for c in chapters] == [c.title for c in TAGS.chapters]
    assert [[f.url for f in c.sub_frames.getall("WXXX")] for c in chapters] == [
        [], ["https://example.org/?a=1&b=2"], [],
    ]  # fmt: skip
    assert [[f.data for f in c.sub_frames.getall("APIC")] for c in chapters] == [[], [COVER.data], []]
    assert tags.version == (2, 3, 0)
    assert tags["TLAN"].text == ["deu"]


def test_opus_chapters_and_cover_follow_their_conventions(tmp_path: Path) -> None:
    made = published(recordings.make(tmp_path / "a.wav"), tmp_path / "b", TAGS, "opus")
    file: Any = mutagen.File(tmp_path / made.file)
    assert file["CHAPTER001"] == ["00:00:00.500"]
    assert file["CHAPTER001NAME"] == ["Mitte – und mehr"]
    assert file["CHAPTER001URL"] == ["https://example.org/?a=1&b=2"]
    assert "CHAPTER000URL" not in file
    assert file["LANGUAGE"] == ["de"]
    picture = Picture(base64.b64decode(file["metadata_block_picture"][0]))
    assert (picture.type, picture.mime, picture.data) == (3, "image/jpeg", COVER.data)


def test_an_m4a_begins_with_its_index_and_says_its_language(tmp_path: Path) -> None:
    made = published(recordings.make(tmp_path / "a.wav"), tmp_path / "b", TAGS, "aac")
    data = (tmp_path / made.file).read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")
    with av.open(str(tmp_path / made.file)) as file:
        assert file.streams.audio[0].metadata["language"] == "deu"


@pytest.mark.parametrize("format_", FORMATS)
def test_ffprobe_reads_what_was_written(tmp_path: Path, format_: str) -> None:
    made = published(recordings.make(tmp_path / "a.wav"), tmp_path / "b", TAGS, format_)
    command = [
        parts.program("ffprobe"),
        *["-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters"],
    ]
    said = subprocess.run([*command, tmp_path / made.file], capture_output=True, check=True).stdout
    read = json.loads(said)
    tags = {**read["format"].get("tags", {}), **read["streams"][0].get("tags", {})}
    assert {key.lower(): value for key, value in tags.items()}["title"] == TAGS.title
    assert [c["tags"]["title"] for c in read["chapters"]] == [c.title for c in TAGS.chapters]
    assert float(read["format"]["duration"]) == pytest.approx(2.0, abs=0.06)
    assert [s["codec_type"] for s in read["streams"]].count("audio") == 1


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("kind", ["mono", "stereo"])
def test_what_is_heard_begins_and_ends_with_the_recording(tmp_path: Path, format_: str, kind: str) -> None:
    """A click stays where it was: encoders put samples in front, and players must know how many."""
    channels = 1 if kind == "mono" else 2
    samples = np.zeros(44_100, np.float32)
    samples[20_000:20_030] = 0.5
    recording = tmp_path / "a.wav"
    with av.open(str(recording), "w") as made:
        stream: Any = made.add_stream("pcm_s16le", rate=44_100, layout=kind)
        stack = np.repeat((samples * 32767).astype(np.int16), channels)[None, :]
        frame = av.AudioFrame.from_ndarray(stack, format="s16", layout=kind)
        frame.rate = 44_100
        made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    sound = tmp_path / "b"
    audio.encode(recording, audio.measure(recording), format_, sound, lambda _: None)
    with probe.opened(sound) as source:
        frames = source.decode(source.streams.audio[0])
        heard = np.concatenate(
            [f.to_ndarray()[0] for f in filtered(frames, ("aformat", "sample_rates=44100"))]
        )
    assert abs(len(heard) - 44_100) <= 1152
    assert abs(int(np.argmax(np.abs(heard))) - 20_015) <= 40


def test_an_mp3_says_its_true_length_in_its_first_frame(tmp_path: Path) -> None:
    made = published(sounding(tmp_path / "a.wav"), tmp_path / "b", audio.Tags())
    info = mutagen.File(tmp_path / made.file).info
    assert info.encoder_info.startswith("LAME 3.100")
    assert info.bitrate_mode == mutagen.mp3.BitrateMode.CBR
    assert info.length == pytest.approx(5.0, abs=0.06)
    assert audio.measure(tmp_path / made.file).told_s == pytest.approx(5.0, abs=0.03)


def test_tagging_leaves_a_hard_linked_recording_and_release_alone(tmp_path: Path, fit: Path) -> None:
    recording, release = tmp_path / "a.mp3", tmp_path / "release.mp3"
    shutil.copyfile(fit / "fit.mp3", recording)
    first = tmp_path / published(recording, tmp_path / "b", TAGS).file
    release.hardlink_to(first)
    (tmp_path / "link.mp3").hardlink_to(recording)
    before = release.read_bytes(), recording.read_bytes()
    published(recording, tmp_path / "b", audio.Tags(title="Anders"))
    assert published(recording, tmp_path / "b", TAGS).file == first.name
    assert (release.read_bytes(), (tmp_path / "link.mp3").read_bytes()) == before


def _encode(recording: Path, target: Path, format_: str) -> None:
    audio.encode(recording, audio.measure(recording), format_, target, lambda _: None)


def _encode_into_little(recording: Path, target: Path, format_: str, said: Any) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    try:
        _encode(recording, target, format_)
    except AudioError as error:
        said.put((str(error.message), str(error.hint)))


def _child(run: Callable[..., None], *arguments: Any) -> Any:
    child = multiprocessing.get_context("spawn").Process(target=run, args=arguments)
    child.start()
    return child


@pytest.mark.parametrize("format_", FORMATS)
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, format_: str) -> None:
    recording = sounding(tmp_path / "a.wav")
    said = multiprocessing.get_context("spawn").SimpleQueue()
    child = _child(_encode_into_little, recording, tmp_path / "out" / "b", format_, said)
    child.join(60)
    assert child.exitcode == 0
    message, hint = said.get()
    assert "cannot be made: File too large" in message
    assert "Make room on the disk" in hint
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("wait_s", [0.0, 0.1])
def test_killed_while_encoding_nothing_half_made_bears_the_name(tmp_path: Path, wait_s: float) -> None:
    recording, target = sounding(tmp_path / "a.wav", seconds=20), tmp_path / "out" / "b"
    child = _child(_encode, recording, target, "mp3")
    while not list(tmp_path.glob("out/.*.part")) and child.is_alive():
        time.sleep(0.005)
    time.sleep(wait_s)
    os.kill(child.pid, signal.SIGKILL)
    child.join(10)
    assert child.exitcode == -signal.SIGKILL
    assert not target.exists()
    _encode(recording, target, "mp3")
    assert audio.measure(target).loudness_lufs == pytest.approx(-19, abs=0.5)
