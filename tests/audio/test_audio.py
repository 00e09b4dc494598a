from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import mutagen
import numpy as np
import pytest
import recordings
from mutagen import id3
from publishing import published

from pipeline import audio
from pipeline.errors import AudioError
from pipeline.models import Chapter

FORMATS = ("flac", "m4a", "mp3", "ogg", "opus", "wav")
Make = Callable[..., Path]


@pytest.fixture(params=FORMATS)
def recording(request: pytest.FixtureRequest, tmp_path: Path, make_audio: Make) -> Path:
    path = make_audio(tmp_path / f"aufnahme.{request.param}")
    recordings.tag(path)
    return path


def test_the_length_is_that_of_the_decoded_sound(recording: Path) -> None:
    measured = audio.measure(recording)
    assert measured.duration_s == pytest.approx(2.0, abs=0.06)
    assert measured.bytes == recording.stat().st_size
    assert measured.channels == (2 if recording.suffix == ".ogg" else 1)


def test_tags_are_read_from_every_format(recording: Path) -> None:
    tags = audio.read_tags(recording)
    assert tags.title == "Was ist eine smarte Stadt?"
    assert tags.people == ("Mira Beispiel",)
    assert (tags.album, tags.date, tags.number, tags.comment) == (
        "Smart and the City",
        "2026-11-20",
        7,
        "geheim",
    )


def test_decoding_gives_mono_at_16_khz(recording: Path) -> None:
    samples = np.concatenate(list(audio.stream(recording)))
    assert samples.dtype == "int16"
    assert len(samples) == pytest.approx(32_000, abs=1000)
    level = (samples / 32768.0) ** 2
    assert float(level.mean() ** 0.5) == pytest.approx(0.25 / 2**0.5, abs=0.01)


def test_samples_survive_their_journey(recording: Path) -> None:
    samples = np.concatenate(list(audio.stream(recording)))
    assert (audio.unpack(audio.pack(samples)) == samples).all()


def test_an_edition_holds_our_tags_and_no_old_one(recording: Path, tmp_path: Path) -> None:
    before = recording.read_bytes()
    chapters = (Chapter(start=0, title="Anfang"), Chapter(start=1, title="Ende"))
    tags = audio.Tags(
        title="Neu", people=("Gast",), album="Haus", comment="Hallo", chapters=chapters, guid="g-1"
    )
    facts = audio.measure(recording)
    edition = published(recording, tmp_path / "out" / "neu", tags)
    made = tmp_path / "out" / edition.file
    assert recording.read_bytes() == before
    assert b"geheim" not in made.read_bytes()
    assert b"Mira Beispiel" not in made.read_bytes()
    read = audio.read_tags(made)
    assert (read.title, read.people, read.album, read.guid) == ("Neu", ("Gast",), "Haus", "g-1")
    assert [(c.start, c.title) for c in read.chapters] == [(0, "Anfang"), (1, "Ende")]
    assert audio.measure(made).duration_s == pytest.approx(facts.duration_s, abs=0.06)
    assert made.suffix == ".mp3"


def test_an_mp3_edition_lists_its_chapters_in_a_top_level_contents(tmp_path: Path, make_audio: Make) -> None:
    recording = make_audio(tmp_path / "a.wav")
    chapters = (Chapter(start=0, title="Anfang"), Chapter(start=1, title="Ende"))
    edition = published(recording, tmp_path / "b", audio.Tags(chapters=chapters))
    tags = id3.ID3(tmp_path / edition.file)
    (contents,) = tags.getall("CTOC")
    assert contents.flags == id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    assert contents.child_element_ids == ["chp0", "chp1"]
    assert [c.title for c in audio.read_tags(tmp_path / edition.file).chapters] == ["Anfang", "Ende"]


@pytest.mark.parametrize("version", [3, 4])
def test_both_common_id3_versions_are_read(tmp_path: Path, make_audio: Make, version: int) -> None:
    path = make_audio(tmp_path / "a.mp3")
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=1, text=["Titel"]))
    tags.add(id3.APIC(encoding=0, mime="image/jpeg", type=3, desc="", data=recordings.jpeg()))
    tags.save(path, v2_version=version)
    read = audio.read_tags(path)
    assert read.title == "Titel"
    assert read.cover
    assert read.cover.type == "image/jpeg"


def test_the_oldest_id3_versions_are_read(tmp_path: Path, make_audio: Make) -> None:
    sound = make_audio(tmp_path / "a.mp3").read_bytes()
    text = b"\x00Alt"
    frame = b"TT2" + len(text).to_bytes(3, "big") + text
    two = tmp_path / "two.mp3"
    two.write_bytes(b"ID3\x02\x00\x00" + bytes([0, 0, 0, len(frame)]) + frame + sound)
    assert audio.read_tags(two).title == "Alt"
    id3.delete(tmp_path / "a.mp3")
    one = tmp_path / "one.mp3"
    one.write_bytes(
        (tmp_path / "a.mp3").read_bytes() + b"TAG" + b"Ganz alt".ljust(30, b"\0") + b"\0" * 94 + b"\xff"
    )
    assert audio.read_tags(one).title == "Ganz alt"


def test_a_known_level_is_measured(tmp_path: Path, make_audio: Make) -> None:
    measured = audio.measure(make_audio(tmp_path / "a.wav", seconds=3, level=0.1, channels=2))
    assert measured.loudness_lufs == pytest.approx(-20.0, abs=0.3)
    assert measured.true_peak_dbtp == pytest.approx(-20.0, abs=0.3)


def test_silence_has_no_loudness(tmp_path: Path, make_audio: Make) -> None:
    measured = audio.measure(make_audio(tmp_path / "a.wav", level=0.0))
    assert measured.loudness_lufs is None
    assert measured.true_peak_dbtp is None


@pytest.mark.parametrize("share", [0.01, 0.1, 0.25, 0.5, 0.75, 0.95])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_truncated_file_is_never_taken_for_a_short_one(
    tmp_path: Path, make_audio: Make, kind: str, share: float
) -> None:
    path = make_audio(tmp_path / f"a.{kind}", seconds=20)
    data = path.read_bytes()
    audio.measure(path)
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(AudioError, match=r"breaks off|is cut off|no audio file"):
        audio.measure(path)


def test_an_ogg_file_without_its_last_page_can_be_accepted(tmp_path: Path, make_audio: Make) -> None:
    path = make_audio(tmp_path / "a.opus", seconds=20)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(AudioError, match=r"breaks off after 0:00:\d\d: its end is missing"):
        audio.measure(path)
    assert 5 < audio.measure(path, accept_short=True).duration_s < 15


def test_an_mp3_that_announces_nothing_is_measured_as_it_is(tmp_path: Path, make_audio: Make) -> None:
    path = make_audio(tmp_path / "a.mp3", seconds=20)
    data = path.read_bytes()
    at = data.index(b"Info")
    path.write_bytes((data[:at] + bytes(8) + data[at + 8 :])[: len(data) // 2])
    assert 5 < audio.measure(path).duration_s < 15


def test_a_truncated_flac_says_where_it_ends_and_can_be_accepted(tmp_path: Path, make_audio: Make) -> None:
    path = make_audio(tmp_path / "a.flac", seconds=20)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(AudioError, match=r"breaks off after 0:00:\d\d; 0:00:20") as raised:
        audio.measure(path)
    assert "--accept-short" in str(raised.value.hint)
    assert audio.measure(path, accept_short=True).duration_s < 15


def _archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.mp3", b"x")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("leer.mp3", b"", "empty"),
        ("text.mp3", b"Das ist ein Text.\n" * 50, "no audio file"),
        ("bild.mp3", recordings.jpeg(), "no"),
        ("rauschen.wav", bytes(range(256)) * 40, "no audio file"),
        ("kopf.wav", b"RIFF\xff\xff\xff\xffWAVEfmt ", "no"),
        ("kopf.flac", b"fLaC", "no"),
        ("kopf.ogg", b"OggS" + b"\0" * 30, "is cut off"),
        ("kopf.m4a", b"\0\0\0\x18ftypM4A ", "is cut off"),
        ("nur-tag.mp3", b"ID3\x04\0\0\0\0\0\x0a" + b"\0" * 10, "no"),
        ("riesig.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + b"\0" * 100, "no audio file"),
        ("lied.m4p", b"\0\0\0\x18ftypM4P ", "copy-protected"),
        ("buch.aax", b"\0\0\0\x18ftypaax ", "copy-protected"),
        ("seite.html", b"<!doctype html><p>Hallo", "no audio file"),
    ],
)
def test_what_is_no_recording_is_refused_in_plain_words(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(AudioError, match=words):
        audio.measure(path)


def test_an_archive_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    _archive(tmp_path / "a.mp3")
    with pytest.raises(AudioError, match="archive"):
        audio.measure(tmp_path / "a.mp3")
    with pytest.raises(AudioError, match="no such file"):
        audio.measure(tmp_path / "b.mp3")


def test_a_wrong_extension_is_read_by_content(tmp_path: Path, make_audio: Make) -> None:
    path = make_audio(tmp_path / "a.flac").rename(tmp_path / "a.mp3")
    assert audio.measure(path).codec == "flac"


@pytest.mark.parametrize(
    ("evil", "safe"),
    [
        ("<script>alert(1)</script>Titel", "alert(1)Titel"),
        ("Ti\x07tel\x1b[31m", "Titel[31m"),
        ("../../x", "../../x"),
        ("\u202eletiT", "letiT"),
        ("a" * 10_000, "a" * 4000),
    ],
)
def test_a_tag_comes_out_as_clean_text(tmp_path: Path, make_audio: Make, evil: str, safe: str) -> None:
    path = make_audio(tmp_path / "a.mp3")
    recordings.tag(path, evil)
    assert audio.read_tags(path).title == safe


def test_a_tag_that_lies_about_its_size_does_no_harm(tmp_path: Path, make_audio: Make) -> None:
    path = make_audio(tmp_path / "a.mp3")
    id3.delete(path)
    path.write_bytes(
        b"ID3\x04\0\0\0\0\0\x20TIT2\x7f\x7f\x7f\x7f\0\0\x03Titel" + b"\0" * 20 + path.read_bytes()
    )
    assert audio.read_tags(path).title in {"", "Titel"}


def test_a_cover_has_the_type_of_its_bytes_whatever_its_tag_claims(tmp_path: Path, make_audio: Make) -> None:
    path = make_audio(tmp_path / "a.mp3")
    file = mutagen.File(path)
    file.tags.add(id3.APIC(encoding=0, mime="image/jpeg", type=3, desc="", data=b"<svg onload=alert(1)>"))
    file.save()
    assert audio.read_tags(path).cover == audio.Cover(b"<svg onload=alert(1)>", "")


def test_a_second_tag_behind_the_first_does_not_survive_in_an_edition(
    tmp_path: Path, make_audio: Make
) -> None:
    path = make_audio(tmp_path / "a.mp3")
    sound = path.read_bytes()
    text = b"\x00geheim"
    frame = b"TT2" + len(text).to_bytes(3, "big") + text
    tag = b"ID3\x02\x00\x00" + bytes([0, 0, 0, len(frame)]) + frame
    path.write_bytes(tag * 4 + sound)
    edition = published(path, tmp_path / "b", audio.Tags(title="Neu"))
    assert b"geheim" not in (tmp_path / edition.file).read_bytes()


def test_an_edition_without_chapters_has_no_contents(recording: Path, tmp_path: Path) -> None:
    edition = published(recording, tmp_path / "b", audio.Tags(title="Neu"))
    read = audio.read_tags(tmp_path / edition.file)
    assert (read.title, read.chapters) == ("Neu", ())
