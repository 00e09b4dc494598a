"""One contract for the tags of every format, on tiny real files in each format's own way."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import av
import mutagen
import pytest
import recordings
from mutagen import id3
from mutagen.flac import Picture
from mutagen.mp4 import MP4Cover
from PIL import Image

from pipeline import audio
from pipeline.audio.tags.reading import READERS


def _picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (400, 400), "green").save(stream, "PNG")
    return stream.getvalue()


COVER, BACK = _picture(), recordings.jpeg()
TEXTS = {
    "title": "Was ist eine smarte Stadt?",
    "subtitle": "Im Gespräch",
    "album": "Smart and the City",
    "date": "2026-11-20",
    "comment": "Worum es geht.",
    "description": "Ausführlich.",
    "guid": "g-1",
}
CHAPTERS = [(0.0, "Anfang"), (0.5, "Mitte"), (1.25, "Ende")]


def _id3(path: Path, version: int = 4) -> None:
    file: Any = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    text = {name: {"encoding": 1, "text": [value]} for name, value in TEXTS.items()}
    frames = [
        id3.TIT2(**text["title"]), id3.TIT3(**text["subtitle"]), id3.TALB(**text["album"]),
        id3.TDRC(**text["date"]), id3.TRCK(encoding=1, text=["7/12"]), id3.TLAN(encoding=1, text=["deu"]),
        id3.TPE1(encoding=1, text=["Mira Beispiel / Ada Neu"]),
        id3.COMM(encoding=1, lang="eng", desc="iTunNORM", text=[" 00000318"]),
        id3.COMM(encoding=1, lang="deu", desc="", text=[TEXTS["comment"]]),
        id3.TXXX(desc="description", **text["description"]), id3.TXXX(desc="PODCAST GUID", **text["guid"]),
        id3.APIC(encoding=0, mime="image/jpeg", type=4, desc="b", data=BACK),
        id3.APIC(encoding=0, mime="image/png", type=3, desc="f", data=COVER),
        *(_chap(f"c{n}", start, title) for n, (start, title) in enumerate(CHAPTERS)),
    ]  # fmt: skip
    for frame in frames:
        file.tags.add(frame)
    if version == 3:
        file.tags.update_to_v23()
    file.save(v2_version=version)


def _chap(id_: str, start: float, title: str) -> id3.CHAP:
    times = {"start_time": round(start * 1000), "end_time": round(start * 1000) + 100}
    offsets = {"start_offset": 0xFFFFFFFF, "end_offset": 0xFFFFFFFF}
    return id3.CHAP(element_id=id_, **times, **offsets, sub_frames=[id3.TIT2(encoding=1, text=[title])])


def _mp4(path: Path, *, nero: bool = True) -> None:
    _with_mp4_chapters(path, nero)
    file: Any = mutagen.File(path)
    atoms = {
        "title": "\xa9nam",
        "album": "\xa9alb",
        "date": "\xa9day",
        "comment": "\xa9cmt",
        "description": "desc",
    }
    for name, atom in atoms.items():
        file[atom] = [TEXTS[name]]
    file["\xa9ART"], file["trkn"] = ["Mira Beispiel", "Ada Neu"], [(7, 12)]
    for name, value in (
        ("SUBTITLE", TEXTS["subtitle"]),
        ("LANGUAGE", "de-DE"),
        ("PODCAST GUID", TEXTS["guid"]),
    ):
        file[f"----:com.apple.iTunes:{name}"] = [value.encode()]
    file["covr"] = [MP4Cover(COVER, MP4Cover.FORMAT_PNG)]
    file.save()


def _with_mp4_chapters(path: Path, nero: bool) -> None:
    """Only PyAV writes them: Nero's list and a chapter track, or the track alone."""
    bare = path.rename(path.with_name("bare.m4a"))
    flags = {} if nero else {"movflags": "+disable_chpl"}
    with av.open(str(bare)) as source, av.open(str(path), "w", format="ipod", options=flags) as made:
        stream = made.add_stream_from_template(source.streams.audio[0])
        ends = [start for start, _ in CHAPTERS[1:]] + [2.0]
        made.set_chapters([
            {"id": n, "start": round(start * 1000), "end": round(end * 1000), "metadata": {"title": title},
             "time_base": recordings.MILLISECOND}
            for n, ((start, title), end) in enumerate(zip(CHAPTERS, ends, strict=True))
        ])  # fmt: skip
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = stream
                made.mux(packet)
    bare.unlink()


def _block(data: bytes, type_: int) -> Picture:
    block = Picture()
    block.type, block.mime, block.data = type_, "image/png", data
    return block


def _vorbis(path: Path) -> None:
    file: Any = mutagen.File(path)
    for name, value in TEXTS.items():
        file["podcast guid" if name == "guid" else name] = [value]
    file["artist"], file["tracknumber"], file["language"] = ["Mira Beispiel", "Ada Neu"], ["7"], ["deu"]
    for number, (start, title) in reversed(list(enumerate(CHAPTERS))):
        file[f"CHAPTER{number:03}"], file[f"CHAPTER{number:03}NAME"] = [f"00:00:{start:06.3f}"], [title]
    blocks = [_block(BACK, 4), _block(COVER, 3)]
    if path.suffix == ".flac":
        for block in blocks:
            file.add_picture(block)
    else:
        file["metadata_block_picture"] = [
            "kein Bild",
            *(base64.b64encode(b.write()).decode() for b in blocks),
        ]
    file.save()


def _frame_v22(name: str, data: bytes) -> bytes:
    return name.encode() + len(data).to_bytes(3, "big") + data


def _id3v22(path: Path) -> None:
    """By hand: nothing writes version 2.2 any more, recorders and old iTunes did."""
    id3.delete(path)
    texts = (("TT2", TEXTS["title"]), ("TT3", TEXTS["subtitle"]), ("TAL", TEXTS["album"]),
             ("TYE", "2026"), ("TDA", "2011"), ("TRK", "7/12"), ("TLA", "deu"),
             ("TP1", "Mira Beispiel / Ada Neu"))  # fmt: skip
    frames = b"".join(_frame_v22(name, b"\0" + value.encode("latin-1")) for name, value in texts)
    frames += _frame_v22("COM", b"\0deu\0" + TEXTS["comment"].encode("latin-1"))
    frames += _frame_v22("TXX", b"\0description\0" + TEXTS["description"].encode("latin-1"))
    frames += _frame_v22("TXX", b"\0PODCAST GUID\0" + TEXTS["guid"].encode())
    frames += _frame_v22("PIC", b"\0PNG\x03\0" + COVER)
    size = bytes((len(frames) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\x02\0\0" + size + frames + path.read_bytes())


WRITERS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "FLAC": ("flac", _vorbis),
    "ID3v2.2": ("mp3", _id3v22),
    "ID3v2.3": ("mp3", lambda path: _id3(path, 3)),
    "ID3v2.4": ("mp3", _id3),
    "M4A": ("m4a", _mp4),
    "M4A with a chapter track alone": ("m4a", lambda path: _mp4(path, nero=False)),
    "Ogg Vorbis": ("ogg", _vorbis),
    "Opus": ("opus", _vorbis),
    "WAV": ("wav", _id3),
}


@pytest.fixture(params=WRITERS)
def tagged(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    suffix, write = WRITERS[request.param]
    path = recordings.make(tmp_path / f"a.{suffix}")
    write(path)
    return path


class TestEveryFormat:
    """What any tagged recording gives, whatever its format."""

    @pytest.mark.parametrize("name", TEXTS)
    def test_texts_are_read(self, tagged: Path, name: str) -> None:
        assert getattr(audio.read_tags(tagged), name) == TEXTS[name]

    def test_people_number_and_language_are_read(self, tagged: Path) -> None:
        tags = audio.read_tags(tagged)
        assert (tags.people, tags.number, tags.language) == (("Mira Beispiel", "Ada Neu"), 7, "de")

    def test_the_front_cover_is_read(self, tagged: Path) -> None:
        assert audio.read_tags(tagged).cover == audio.Cover(COVER, "image/png")

    def test_chapters_are_read_with_fractions_of_a_second(
        self, tagged: Path, request: pytest.FixtureRequest
    ) -> None:
        if "ID3v2.2" in request.node.name:
            assert audio.read_tags(tagged).chapters == ()  # that version knows none
            return
        assert [(c.start, c.title) for c in audio.read_tags(tagged).chapters] == CHAPTERS

    def test_a_cut_anywhere_gives_some_tags_or_none_but_no_failure(self, tagged: Path) -> None:
        data = tagged.read_bytes()
        for share in range(1, 20):
            tagged.write_bytes(data[: len(data) * share // 20])
            assert isinstance(audio.read_tags(tagged), audio.Tags)

    def test_spoilt_bytes_give_some_tags_or_none_but_no_failure(self, tagged: Path) -> None:
        data, random = tagged.read_bytes(), Random(7)
        places = [n for n in range(len(data)) if n < 3000 or n > len(data) - 3000]
        for _ in range(150):
            spoilt = bytearray(data)
            for place in random.choices(places, k=8):
                spoilt[place] = random.choice((0, 1, 0x7F, 0xFF, random.randrange(256)))
            tagged.write_bytes(spoilt)
            assert isinstance(audio.read_tags(tagged), audio.Tags)


def test_every_family_of_formats_has_its_contract() -> None:
    read = {type_.__name__ for type_ in (mutagen.id3.ID3, mutagen.mp4.MP4Tags, mutagen._vorbis.VCommentDict)}
    assert read == set(READERS)


def _listed(path: Path, frames: list[Any]) -> list[str]:
    file: Any = mutagen.File(path)
    for number, (start, title) in enumerate(CHAPTERS):
        file.tags.add(_chap(f"c{number}", start, title))
    for frame in frames:
        file.tags.add(frame)
    file.save()
    return [chapter.title for chapter in audio.read_tags(path).chapters]


def _contents(id_: str, flags: int, children: list[str]) -> id3.CTOC:
    return id3.CTOC(element_id=id_, flags=flags, child_element_ids=children, sub_frames=[])


@pytest.mark.parametrize(
    ("frames", "titles"),
    [
        ([], ["Anfang", "Mitte", "Ende"]),
        ([_contents("t", 3, ["c2", "c0", "c1"])], ["Ende", "Anfang", "Mitte"]),
        ([_contents("t", 2, ["c2", "c0"])], ["Anfang", "Ende"]),
        ([_contents("t", 3, ["u", "c0", "nirgends"]), _contents("u", 1, ["c1", "t"])], ["Mitte", "Anfang"]),
    ],
    ids=["no contents: by time", "ordered", "not ordered: by time", "nested, with a loop"],
)  # fmt: skip
def test_a_table_of_contents_says_which_id3_chapters_count_and_in_which_order(
    tmp_path: Path, frames: list[Any], titles: list[str]
) -> None:
    assert _listed(recordings.make(tmp_path / "a.mp3"), frames) == titles


def test_the_podcast_frames_of_itunes_count_where_others_are_missing(tmp_path: Path) -> None:
    path = recordings.make(tmp_path / "a.mp3")
    file: Any = mutagen.File(path)
    file.tags.add(id3.TGID(encoding=3, text=["g-2"]))
    file.tags.add(id3.TDES(encoding=3, text=["Beschreibung"]))
    file.save()
    tags = audio.read_tags(path)
    assert (tags.guid, tags.description) == ("g-2", "Beschreibung")


def test_a_flood_of_names_and_chapters_is_bounded(tmp_path: Path) -> None:
    path = recordings.make(tmp_path / "a.flac")
    file: Any = mutagen.File(path)
    file["artist"] = [f"Person {n}" for n in range(5000)]
    for n in range(1000):
        file[f"CHAPTER{n:03}"], file[f"CHAPTER{n:03}NAME"] = ["00:00:01.000"], ["x"]
    file.save()
    tags = audio.read_tags(path)
    assert (len(tags.people), len(tags.chapters)) == (100, 1000)
