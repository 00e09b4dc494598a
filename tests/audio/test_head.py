"""Where the sound of a published file begins."""

from __future__ import annotations

from pathlib import Path

import mutagen
import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from pipeline import audio
from pipeline.errors import AudioError
from pipeline.project import thumbnail
from tests.publishing import published

FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.fixture(scope="module")
def cover(tmp_path_factory: pytest.TempPathFactory) -> audio.Cover:
    from PIL import Image

    path = tmp_path_factory.mktemp("bild") / "cover.png"
    Image.effect_noise((1400, 1400), 80).convert("RGB").save(path)
    data = thumbnail(path, audio.COVER_PIXELS)
    assert data
    return audio.Cover(data=data, type="image/jpeg")


@pytest.mark.parametrize("format_", audio.FORMATS)
def test_tags_and_cover_are_head_and_the_rest_is_sound(
    format_: str, cover: audio.Cover, tmp_path: Path
) -> None:
    sizes = {}
    for name, tags in {"ohne": audio.Tags(title="x"), "mit": audio.Tags(title="x", cover=cover)}.items():
        made = published(FIXTURES / "speech.mp3", tmp_path / name, tags, format_)
        file = next((tmp_path).glob(f"{name}.*{made.suffix}"))
        sizes[name] = audio.head_bytes(file), file.stat().st_size
    assert sizes["mit"][0] - sizes["ohne"][0] > len(cover.data)
    sound = {name: size - head for name, (head, size) in sizes.items()}
    assert 0 < sound["mit"] == pytest.approx(sound["ohne"], abs=300)


def test_the_head_of_an_mp3_is_where_mutagen_finds_its_sound(tmp_path: Path) -> None:
    file = tmp_path / "a.mp3"
    file.write_bytes((FIXTURES / "speech.mp3").read_bytes())
    tags = ID3()
    tags.add(mutagen.id3.TXXX(desc="x", text=["y" * 5000]))
    tags.save(file)
    assert audio.head_bytes(file) == ID3(file).size
    assert file.read_bytes()[audio.head_bytes(file)] == 0xFF
    MP3(file).delete()
    assert audio.head_bytes(file) == 0


def test_the_head_of_anything_else_is_nothing_and_of_no_file_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"OggS")
    (tmp_path / "b").write_bytes(b"")
    assert (audio.head_bytes(tmp_path / "a"), audio.head_bytes(tmp_path / "b")) == (0, 0)
    with pytest.raises(AudioError):
        audio.head_bytes(tmp_path / "c")
