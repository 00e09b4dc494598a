from __future__ import annotations

import base64
import io
import os
import signal
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import av
import mutagen
import pytest
import recordings
from mutagen import id3
from PIL import Image

from pipeline import project, workflow
from pipeline.errors import HdwError, MisuseError, ProjectError
from pipeline.messages import Translator
from pipeline.models import AudioFacts

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FIRST = "2026-11-20-smarte-stadt"


def _add(root: Path, recording: Path, **options: Any) -> workflow.Added:
    return workflow.add(root, recording, metadata=options.pop("metadata", {}), now=NOW, **options)


def _said(added: workflow.Added) -> dict[str, tuple[str, str]]:
    return {str(f.label): (str(f.value), str(f.source)) for f in added.found}


def _new_files(root: Path) -> set[str]:
    known = {
        "podcast.toml",
        "content/cover.jpg",
        "content/people/mira-beispiel.md",
        f"episodes/{FIRST}/episode.md",
    }
    files = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
    return {file for file in files if not file.startswith(".hdw/")} - known


# Broken input ------------------------------------------------------------------------------------------


def _bytes(name: str, data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def _cut(kind: str, share: float) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = recordings.make(folder / f"a.{kind}", seconds=8)
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
        return path

    return make


def _locked(entry: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = recordings.make(folder / "a.m4a")
        path.write_bytes(path.read_bytes().replace(b"mp4a", entry, 1))
        return path

    return make


def _zip(encrypted: bool) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "aufnahme.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.mp3", b"x")
        data = bytearray(path.read_bytes())
        if encrypted:
            data[6] |= 1
            data[data.index(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(data)
        return path

    return make


def _tar(mode: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "aufnahme.mp3"
        with tarfile.open(path, mode) as archive:
            archive.addfile(tarfile.TarInfo("a.mp3"), io.BytesIO())
        return path

    return make


def _folder(folder: Path) -> Path:
    (folder / "aufnahme.mp3").mkdir()
    return folder / "aufnahme.mp3"


def _loop(folder: Path) -> Path:
    path = folder / "kreis.mp3"
    path.symlink_to(path)
    return path


def _film_without_sound(folder: Path) -> Path:
    path = folder / "film.mp4"
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("mpeg4", rate=25)
        stream.width = stream.height = 32
        container.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        container.mux(stream.encode(None))
    return path


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "zero bytes": (_bytes("leer.mp3", b""), "is empty"),
    "text": (_bytes("text.mp3", b"Das ist ein Text.\n" * 50), "no audio file"),
    "one byte": (_bytes("a.mp3", b"\xff"), "no audio file"),
    "a page": (_bytes("seite.html", b"<!doctype html><p>Hallo"), "no audio file"),
    "a picture": (_bytes("bild.mp3", recordings.jpeg()), "no audio file"),
    "noise": (_bytes("rauschen.wav", bytes(range(256)) * 40), "no audio file"),
    "head of a WAV": (_bytes("a.wav", b"RIFF\xff\xff\xff\xffWAVEfmt "), "is cut off"),
    "head of a FLAC": (_bytes("a.flac", b"fLaC"), "no audio file"),
    "head of an Ogg": (_bytes("a.ogg", b"OggS" + b"\0" * 30), "is cut off"),
    "head of an M4A": (_bytes("a.m4a", b"\0\0\0\x18ftypM4A "), "is cut off"),
    "a tag alone": (_bytes("a.mp3", b"ID3\x04\0\0\0\0\0\x0a" + b"\0" * 10), "no audio file"),
    "a tag longer than its file": (_bytes("a.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f\0\0"), "no audio file"),
    "a playlist": (_bytes("a.mp3", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.mp3\n"), "no audio file"),
    "a list of files": (_bytes("a.mp3", b"ffconcat version 1.0\nfile /etc/passwd\n"), "no audio file"),
    "a film without sound": (_film_without_sound, "no sound"),
    "an iTunes purchase": (_bytes("lied.m4p", b"\0\0\0\x18ftypM4P \0\0\0\0"), "copy-protected"),
    "an Audible book": (_bytes("buch.aax", b"\0\0\0\x18ftypaax \0\0\0\0"), "copy-protected"),
    "protected sound (drms)": (_locked(b"drms"), "copy-protected"),
    "protected sound (enca)": (_locked(b"enca"), "copy-protected"),
    "a zip": (_zip(encrypted=False), "an archive"),
    "an encrypted zip": (_zip(encrypted=True), "an encrypted archive"),
    "7z": (_bytes("a.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 40), "an archive"),
    "rar": (_bytes("a.mp3", b"Rar!\x1a\x07\x01\x00" + b"\0" * 40), "an archive"),
    "tar.gz": (_tar("w:gz"), "an archive"),
    "tar": (_tar("w"), "an archive"),
    "a folder": (_folder, "is a folder"),
    "nothing there": (lambda folder: folder / "fehlt.mp3", "no such file"),
    "a link to itself": (_loop, "no such file|cannot be read"),
    **{
        f"{kind} cut at {share:.0%}": (_cut(kind, share), "breaks off|is cut off|no audio file")
        for kind in ("flac", "m4a", "mp3", "ogg", "opus", "wav")
        for share in (0.02, 0.5, 0.9)
    },
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_whole_recording_is_refused_and_leaves_nothing(
    house_folder: Path, tmp_path: Path, case: str
) -> None:
    make, words = REFUSED[case]
    path = make(tmp_path)
    with pytest.raises(HdwError, match=words) as raised:
        _add(house_folder, path, metadata={"title": "Kaputt"})
    assert Path(raised.value.where.file).name == path.name
    assert _new_files(house_folder) == set()


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Root may read everything, so it steps down."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_recording_without_permission_is_refused(tmp_path: Path) -> None:
    from pipeline import audio

    path = recordings.make(tmp_path / "a.wav")
    audio.measure(path)
    path.chmod(0)
    with _as_nobody(), pytest.raises(HdwError, match="cannot be read: Permission denied"):
        audio.measure(path)


# Odd input that is taken safely ------------------------------------------------------------------------

ODD_TITLES = {
    "a path": ("../../x", "x"),
    "a path of Windows": ("..\\..\\con", "con"),
    "a device": ("con", "con"),
    "markup": ("<img src=x onerror=alert(1)>Titel", "titel"),
    "control characters": ("Ti\x07tel\x1b[31m\u202e", "titel-31m"),
    "300 characters": ("Wort " * 60, "wort-" * 11 + "wort"),
    "300 letters": ("x" * 300, "x" * 60),
    "punctuation": ("?!… – /", "folge"),
    "emoji": ("🎙🎧", "folge"),
    "YAML": ("- {a: [b: 'c", "a-b-c"),
    "a fence": ("---", "folge"),
    "a number": ("2026", "2026"),
}


@pytest.mark.parametrize("case", ODD_TITLES)
def test_an_odd_title_makes_a_plain_folder_and_a_readable_file(
    house_folder: Path, tmp_path: Path, case: str
) -> None:
    title, folder = ODD_TITLES[case]
    path = recordings.make(tmp_path / "2026-12-01.mp3")
    recordings.tag(path, title)
    added = _add(house_folder, path)
    assert added.folder == house_folder / "episodes" / f"2026-12-01-{folder}"
    assert added.folder.is_dir()
    episode = project.load(house_folder).episodes[0]
    assert 0 < len(episode.title) <= 255
    assert not {"<img", "\x07", "\x1b", "\u202e"} & {part for part in (episode.title,) if part}


def test_a_shortened_title_is_said_to_be_shortened(house_folder: Path, tmp_path: Path) -> None:
    path = recordings.make(tmp_path / "a.mp3")
    recordings.tag(path, "Wort " * 60)
    title, source = _said(_add(house_folder, path))["Title"]
    assert title.endswith("Wort…")
    assert source == "from the file, shortened"


@pytest.mark.parametrize(
    ("name", "kept"),
    [("CON.mp3", "aufnahme-con.mp3"), ("audio.json", "audio.mp3"), ("Größe (1).MP3", "groesse-1.mp3"),
     ("🎙.mp3", "aufnahme.mp3"), ("x" * 200 + ".mp3", "x" * 80 + ".mp3")],
)  # fmt: skip
def test_a_recording_gets_a_name_that_every_system_takes(
    house_folder: Path, tmp_path: Path, name: str, kept: str
) -> None:
    path = recordings.make(tmp_path / "a.mp3").rename(tmp_path / name)
    added = _add(house_folder, path, metadata={"title": "Titel"})
    assert (added.folder / kept).read_bytes() == path.read_bytes()
    assert project.load(house_folder, verify=True).facts[added.episode_id].recording_present


def _frame_that_claims_4_gb(path: Path) -> None:
    id3.delete(path)
    path.write_bytes(
        b"ID3\x03\0\0\0\0\0\x20TIT2\xff\xff\xff\xff\0\0\x03Titel" + b"\0" * 20 + path.read_bytes()
    )


def _atom_that_claims_4_gb(path: Path) -> None:
    recordings.tag(path)
    data = path.read_bytes()
    at = data.index(b"\xa9nam") - 4
    path.write_bytes(data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :])


def _comment_that_claims_4_gb(path: Path) -> None:
    recordings.tag(path)
    data = path.read_bytes()
    at = data.index(b"title=") - 4
    path.write_bytes(data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :])


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [("mp3", _frame_that_claims_4_gb), ("m4a", _atom_that_claims_4_gb), ("flac", _comment_that_claims_4_gb)],
)
def test_a_tag_that_claims_4_gb_is_left_out_or_refused(
    house_folder: Path, tmp_path: Path, kind: str, spoil: Callable[[Path], None]
) -> None:
    path = recordings.make(tmp_path / f"a.{kind}")
    spoil(path)
    try:
        _add(house_folder, path, metadata={"title": "Titel"})
    except HdwError:
        assert _new_files(house_folder) == set()
    assert project.load(house_folder)


def test_a_wrong_extension_is_read_by_content(house_folder: Path, tmp_path: Path) -> None:
    path = recordings.make(tmp_path / "a.flac").rename(tmp_path / "a.mp3")
    assert _add(house_folder, path, metadata={"title": "Titel"}).recording.codec == "flac"


# Covers ------------------------------------------------------------------------------------------------


def _image(format_: str, mode: str = "RGB", side: int = 1400, **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, (side, side)).save(stream, format_, **options)
    return stream.getvalue()


def _oblong() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (1600, 1400)).save(stream, "PNG")
    return stream.getvalue()


def _animated() -> bytes:
    frames = [Image.new("RGB", (1400, 1400), colour) for colour in ("red", "blue")]
    stream = io.BytesIO()
    frames[0].save(stream, "PNG", save_all=True, append_images=frames[1:])
    return stream.getvalue()


def _bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes that announces `side` × `side` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def _with_cover(path: Path, data: bytes) -> Path:
    recordings.make(path)
    file: Any = mutagen.File(path)
    file.tags.add(id3.APIC(encoding=0, mime="image/jpeg", type=3, desc="", data=data))
    file.save()
    return path


LEFT_OUT = {
    "1 × 1": (_image("PNG", side=1), "1 × 1 pixels, left out: apps take covers from 1400 pixels on"),
    "12000 × 12000": (_bomb(12_000), "12,000 × 12,000 pixels, left out: it has more than 40 million pixels"),
    "a bomb": (_bomb(60_000), "left out: it is no picture that can be opened"),
    "no picture": (b"<svg onload=alert(1)>", "left out: it is no picture that can be opened"),
    "a cut picture": (_image("JPEG")[:400], "left out: it is"),
    "not square": (_oblong(), "1,600 × 1,400 pixels, left out: apps take square covers only"),
    "a damaged picture": (_bomb(1600), "1,600 × 1,600 pixels, left out: it is damaged"),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_a_cover_that_cannot_be_shown_is_left_out_and_said(
    house_folder: Path, tmp_path: Path, case: str
) -> None:
    data, words = LEFT_OUT[case]
    added = _add(house_folder, _with_cover(tmp_path / "a.mp3", data), metadata={"title": "Titel"})
    assert words in _said(added)["Cover"][0]
    assert project.load(house_folder).episodes[0].cover is None
    assert not list(added.folder.glob("cover*"))


@pytest.mark.parametrize(
    "data", [_image("JPEG", "CMYK"), _animated(), _image("GIF"), _image("WEBP"), _image("TIFF")],
    ids=["CMYK", "animated", "GIF", "WebP", "TIFF"],
)  # fmt: skip
def test_an_unusual_cover_becomes_an_ordinary_jpeg(house_folder: Path, tmp_path: Path, data: bytes) -> None:
    added = _add(house_folder, _with_cover(tmp_path / "a.mp3", data), metadata={"title": "Titel"})
    with Image.open(added.folder / "cover.jpg") as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1400, 1400))
    assert _said(added)["Cover"] == ("1,400 × 1,400 pixels", "from the file; made an ordinary JPEG of it")


def test_a_cover_larger_than_apps_take_is_made_smaller(house_folder: Path, tmp_path: Path) -> None:
    data = _image("JPEG", side=3200)
    added = _add(house_folder, _with_cover(tmp_path / "a.mp3", data), metadata={"title": "Titel"})
    with Image.open(added.folder / "cover.jpg") as image:
        assert image.size == (3000, 3000)


def test_an_ordinary_cover_stays_byte_for_byte(house_folder: Path, tmp_path: Path) -> None:
    data = _image("PNG")
    added = _add(house_folder, _with_cover(tmp_path / "a.mp3", data), metadata={"title": "Titel"})
    assert (added.folder / "cover.png").read_bytes() == data


# Whole or not at all -----------------------------------------------------------------------------------

CHILD = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from pipeline import workflow
from pipeline.errors import HdwError
house, recording, limit = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
if limit.startswith("bytes="):
    import resource
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[6:]),) * 2)
else:
    left = [int(limit)]
    def watch(event, arguments):
        if event in {"os.rename", "os.link"}:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
try:
    workflow.add(house, recording, metadata={"title": "Neu", "people": "Ada Neu"}, now=datetime.now(UTC))
except HdwError as error:
    print(type(error).__name__, error, error.hint)
    sys.exit(3)
"""


def _child(house: Path, recording: Path, limit: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CHILD, str(house), str(recording), limit]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_full_disk_is_said_and_leaves_nothing(house_folder: Path, tmp_path: Path) -> None:
    recording = recordings.make(tmp_path / "a.wav", seconds=10)
    done = _child(house_folder, recording, "bytes=200000")
    assert done.returncode == 3, done.stderr
    assert "HdwError" in done.stdout
    assert "cannot be written: File too large" in done.stdout
    assert "Make room on the drive" in done.stdout
    assert _new_files(house_folder) == set()
    assert [p.name for p in (house_folder / "episodes").iterdir()] == [FIRST]


@pytest.mark.parametrize("renames", range(5))
def test_killed_at_any_step_the_same_command_finishes_the_work(
    house_folder: Path, tmp_path: Path, renames: int
) -> None:
    recording = recordings.make(tmp_path / "a.mp3")
    done = _child(house_folder, recording, str(renames))
    assert done.returncode == -signal.SIGKILL
    assert [e.id for e in project.load(house_folder).episodes] == [FIRST]
    assert not [p for p in workflow.check(house_folder, now=NOW) if "part" in p.where.file]
    added = _add(house_folder, recording, metadata={"title": "Neu", "people": "Ada Neu"})
    shown = sorted(p.name for p in (house_folder / "episodes").iterdir())
    assert shown == sorted([FIRST, added.episode_id])
    assert project.load(house_folder, verify=True).facts[added.episode_id].recording_present


def test_a_recording_that_changes_while_it_is_added_is_refused(house_folder: Path, tmp_path: Path) -> None:
    path = recordings.make(tmp_path / "a.wav")
    other = recordings.make(tmp_path / "b.wav", level=0.1)

    def ask(_question: object) -> str:  # asked between measuring and copying
        path.write_bytes(other.read_bytes())
        return "Titel"

    with pytest.raises(HdwError, match="changed while it was being added"):
        _add(house_folder, path, ask=ask)
    assert _new_files(house_folder) == set()


# Twice -------------------------------------------------------------------------------------------------


def test_the_same_recording_is_refused_also_where_only_audio_json_knows_it(
    house_folder: Path, tmp_path: Path
) -> None:
    path = recordings.make(tmp_path / "a.mp3")
    added = _add(house_folder, path, metadata={"title": "Titel"})
    (added.folder / "a.mp3").unlink()
    again = path.rename(tmp_path / "anders.mp3")
    with pytest.raises(MisuseError, match=f"in the house already: {added.episode_id}"):
        _add(house_folder, again, metadata={"title": "Noch einmal"})


def test_another_recording_under_the_same_title_and_date_is_refused(
    house_folder: Path, tmp_path: Path
) -> None:
    given = {"title": "Titel", "date": "2026-12-01"}
    added = _add(house_folder, recordings.make(tmp_path / "a.mp3"), metadata=given)
    before = {p.name: p.read_bytes() for p in added.folder.iterdir()}
    with pytest.raises(MisuseError, match="folder is there already"):
        _add(house_folder, recordings.make(tmp_path / "b.mp3", level=0.1), metadata=given)
    assert {p.name: p.read_bytes() for p in added.folder.iterdir()} == before


# What is guessed, and said -----------------------------------------------------------------------------


def _person(root: Path, id_: str, name: str) -> None:
    (root / f"content/people/{id_}.md").write_text(f"---\nname: {name}\n---\n", encoding="utf-8")


def _by(path: Path, artist: str) -> Path:
    recordings.make(path)
    file: Any = mutagen.File(path)
    file.tags.add(id3.TPE1(encoding=3, text=[artist]))
    file.save()
    return path


def test_an_initial_that_fits_one_person_is_taken_for_them_and_said(
    house_folder: Path, tmp_path: Path
) -> None:
    added = _add(house_folder, _by(tmp_path / "a.mp3", "M. Beispiel"), metadata={"title": "Titel"})
    assert _said(added)["People"] == ("Mira Beispiel", "from the file: “M. Beispiel”, the only match")
    assert project.load(house_folder).episodes[0].people[0].person == "mira-beispiel"


def test_an_initial_that_fits_two_people_is_not_guessed(house_folder: Path, tmp_path: Path) -> None:
    _person(house_folder, "max-beispiel", "Max Beispiel")
    added = _add(house_folder, _by(tmp_path / "a.mp3", "M. Beispiel"), metadata={"title": "Titel"})
    value, source = _said(added)["People"]
    assert value == "M. Beispiel"
    assert "fits several people; please check" in source
    assert project.load(house_folder).episodes[0].people[0].person == "m-beispiel"


def test_two_people_of_one_name_are_not_mixed_up(house_folder: Path, tmp_path: Path) -> None:
    _person(house_folder, "mira-beispiel-2", "Mira Beispiel")
    added = _add(house_folder, _by(tmp_path / "a.mp3", "Mira Beispiel"), metadata={"title": "Titel"})
    assert "fits several people" in _said(added)["People"][1]
    assert project.load(house_folder).episodes[0].people[0].person == "mira-beispiel-3"


@pytest.mark.parametrize("given", ["mira-beispiel", "Mira Beispiel", "mira beispiel", ["Mira Beispiel"]])
def test_people_are_known_by_id_or_name(house_folder: Path, tmp_path: Path, given: object) -> None:
    path = recordings.make(tmp_path / "a.mp3")
    _add(house_folder, path, metadata={"title": "Titel", "people": given})
    assert [c.person for c in project.load(house_folder).episodes[0].people] == ["mira-beispiel"]
    assert len(list((house_folder / "content/people").iterdir())) == 1


def _series(root: Path) -> None:
    path = root / "content/series/smart-and-the-city.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: Smart and the City\n---\n", encoding="utf-8")


@pytest.mark.parametrize("given", ["smart-and-the-city", "Smart and the City", "smart and the city"])
def test_a_series_is_known_by_id_or_title(house_folder: Path, tmp_path: Path, given: str) -> None:
    _series(house_folder)
    _add(house_folder, recordings.make(tmp_path / "a.mp3"), metadata={"title": "Titel", "series": given})
    assert project.load(house_folder).episodes[0].series == "smart-and-the-city"


def test_a_series_that_is_none_is_refused_with_the_nearest(house_folder: Path, tmp_path: Path) -> None:
    _series(house_folder)
    with pytest.raises(MisuseError, match="no series “Smart in the City”") as raised:
        _add(
            house_folder,
            recordings.make(tmp_path / "a.mp3"),
            metadata={"title": "Titel", "series": "Smart in the City"},
        )
    assert "smart-and-the-city" in str(raised.value.hint)


@pytest.mark.parametrize(
    ("date", "number", "expected"),
    [
        ("2026", "x", (24, None)),
        ("2026-11", "0", (24, None)),
        ("2026-11-12", "007", (12, 7)),
        ("", "7/12", (24, 7)),
    ],
)
def test_only_a_whole_date_and_a_real_number_count(
    house_folder: Path, tmp_path: Path, date: str, number: str, expected: tuple[int, int | None]
) -> None:
    path = recordings.make(tmp_path / "a.mp3")
    file: Any = mutagen.File(path)
    file.tags.add(id3.TRCK(encoding=3, text=[number]))
    if date:
        file.tags.add(id3.TDRC(encoding=3, text=[date]))
    file.save()
    added = _add(house_folder, path, metadata={"title": "Titel"})
    (episode,) = (e for e in project.load(house_folder).episodes if e.id == added.episode_id)
    assert (int(f"{episode.date:%d}"), episode.number) == expected
    assert _said(added)["Date"][1] == (
        "today; please check" if expected[0] == 24 else "from the file; usual time of day"
    )


def test_the_length_line_says_loudness_target_and_what_happens(house_folder: Path, tmp_path: Path) -> None:
    path = recordings.make(tmp_path / "a.wav", level=0.1, channels=2)
    found = _add(house_folder, path, metadata={"title": "Titel"}).found
    (length,) = [one.value for one in found if str(one.label) == "Length"]
    assert str(length) == "0:00:02 · PCM, 1,536 kbit/s, stereo · −20.0 LUFS (target −16: will be raised)"
    assert "Ziel −16: wird angehoben" in Translator("de")(length)


def test_chapters_come_in_the_order_of_time_with_their_fractions(house_folder: Path, tmp_path: Path) -> None:
    path = recordings.make(tmp_path / "a.flac")
    file: Any = mutagen.File(path)
    file["CHAPTER000"], file["CHAPTER000NAME"] = ["00:00:01.250"], ["Zwei"]
    file["CHAPTER001"], file["CHAPTER001NAME"] = ["00:00:00.000"], ["Eins"]
    file.save()
    _add(house_folder, path, metadata={"title": "Titel"})
    chapters = project.load(house_folder).episodes[0].chapters
    assert [(c.start, c.title) for c in chapters] == [(0.0, "Eins"), (1.25, "Zwei")]


# Storage -----------------------------------------------------------------------------------------------


def _storage(root: Path, folder: str) -> None:
    path = root / "podcast.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}\n[storage]\nrecordings = "{folder}"\n', encoding="utf-8")


@pytest.mark.parametrize("kind", ["absolute", "relative", "home"])
def test_the_storage_folder_takes_the_recording(
    house_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = house_folder / "ton" if kind == "relative" else tmp_path / "ton"
    _storage(house_folder, {"absolute": folder.as_posix(), "relative": "ton", "home": "~/ton"}[kind])
    if kind != "relative":
        folder.mkdir()
    path = recordings.make(tmp_path / "a.mp3")
    added = _add(house_folder, path, metadata={"title": "Titel"})
    assert (folder / "a.mp3").read_bytes() == path.read_bytes()
    assert not (added.folder / "a.mp3").exists()
    house = project.load(house_folder, verify=True)
    assert house.facts[added.episode_id].recording_present
    assert not house.facts[added.episode_id].recording_altered


def test_a_drive_that_is_not_connected_is_said_and_not_made(house_folder: Path, tmp_path: Path) -> None:
    _storage(house_folder, (tmp_path / "laufwerk/ton").as_posix())
    with pytest.raises(HdwError, match="folder for recordings is not there"):
        _add(house_folder, recordings.make(tmp_path / "a.mp3"), metadata={"title": "Titel"})
    assert not (tmp_path / "laufwerk").exists()
    assert _new_files(house_folder) == set()


def test_equal_names_in_a_shared_storage_do_not_overwrite_each_other(
    house_folder: Path, tmp_path: Path
) -> None:
    _storage(house_folder, "ton")
    (tmp_path / "b").mkdir()
    first = _add(house_folder, recordings.make(tmp_path / "a.mp3"), metadata={"title": "Eins"})
    second = _add(house_folder, recordings.make(tmp_path / "b/a.mp3", level=0.1), metadata={"title": "Zwei"})
    assert (first.recording.file, second.recording.file) == ("a.mp3", "a-2.mp3")
    house = project.load(house_folder, verify=True)
    assert not any(house.facts[one.episode_id].recording_altered for one in (first, second))


def test_the_name_of_an_absent_recording_stays_taken(house_folder: Path, tmp_path: Path) -> None:
    _storage(house_folder, "ton")
    (tmp_path / "b").mkdir()
    _add(house_folder, recordings.make(tmp_path / "a.mp3"), metadata={"title": "Eins"})
    (house_folder / "ton/a.mp3").unlink()
    second = _add(house_folder, recordings.make(tmp_path / "b/a.mp3", level=0.1), metadata={"title": "Zwei"})
    assert second.recording.file == "a-2.mp3"


@pytest.mark.parametrize("how", ["missing", "another size", "another content"])
def test_a_missing_or_altered_recording_in_the_storage_is_found(
    house_folder: Path, tmp_path: Path, how: str
) -> None:
    _storage(house_folder, "ton")
    added = _add(house_folder, recordings.make(tmp_path / "a.mp3"), metadata={"title": "Titel"})
    kept = house_folder / "ton/a.mp3"
    data = kept.read_bytes()
    kept.unlink()
    if how != "missing":
        kept.write_bytes(data[:-1] if how == "another size" else data[:-1] + bytes([data[-1] ^ 1]))
    quick = project.load(house_folder).facts[added.episode_id]
    exact = project.load(house_folder, verify=True).facts[added.episode_id]
    assert exact.recording_present is (how != "missing")
    assert exact.recording_altered is (how != "missing")
    assert quick.recording_altered is (how == "another size")


def test_a_link_shares_the_recording_and_a_copy_does_not(house_folder: Path, tmp_path: Path) -> None:
    path = recordings.make(tmp_path / "a.mp3")
    linked = _add(house_folder, path, metadata={"title": "Titel"}, link=True)
    assert (linked.folder / "a.mp3").samefile(path)
    other = recordings.make(tmp_path / "b.mp3", level=0.1)
    copied = _add(house_folder, other, metadata={"title": "Kopie"})
    assert not (copied.folder / "b.mp3").samefile(other)


def test_front_matter_with_a_mistake_is_refused_before_anything_is_made(
    house_folder: Path, tmp_path: Path
) -> None:
    path = recordings.make(tmp_path / "a.mp3")
    with pytest.raises(ProjectError, match="title: at most 255 characters"):
        _add(house_folder, path, metadata={"title": "x" * 256})
    assert _new_files(house_folder) == set()


def test_a_picture_block_in_a_comment_is_the_cover(house_folder: Path, tmp_path: Path) -> None:
    from mutagen.flac import Picture

    block = Picture()
    block.type, block.mime, block.data = 3, "image/png", _image("PNG")
    path = recordings.make(tmp_path / "a.opus")
    file: Any = mutagen.File(path)
    file["metadata_block_picture"] = [base64.b64encode(block.write()).decode()]
    file.save()
    added = _add(house_folder, path, metadata={"title": "Titel"})
    assert (added.folder / "cover.png").read_bytes() == block.data


def test_what_was_measured_is_kept(house_folder: Path, tmp_path: Path) -> None:
    added = _add(house_folder, recordings.make(tmp_path / "a.mp3"), metadata={"title": "Titel"})
    assert project.load_audio(house_folder, added.episode_id) == AudioFacts(recording=added.recording)
