"""Pictures on the site: versions in the formats that browsers know, without what a camera wrote."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms
from PIL.PngImagePlugin import PngInfo

from pipeline import workflow
from pipeline.errors import BuildError
from pipeline.models import PictureFacts, Version, versions
from pipeline.project import pictures
from pipeline.website.scaling import Scaled

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
PAGE = "folgen/was-ist-eine-smarte-stadt/index.html"
FORMATS = {".avif": "AVIF", ".webp": "WEBP", ".jpg": "JPEG", ".png": "PNG"}


def _photograph(path: Path, size: tuple[int, int], **options: Any) -> Path:
    """A picture whose left half is red and right half is blue, as its file holds it."""
    image = Image.new("RGB", size, "#C00000")
    image.paste("#0000C0", (size[0] // 2, 0, *size))
    image.save(path, **options)
    return path


def _from_a_camera(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Kamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 28.0, 54.0)})
    return exif


def _made(path: Path, suffix: str, width: int) -> Image.Image:
    facts = pictures.measure(path)
    assert facts
    (version,) = [one for one in versions(facts, suffix) if one.width == width]
    return Image.open(io.BytesIO(Scaled(path, facts.sha256, version)(path)))


def _images(site: Any, page: str = PAGE) -> list[Any]:
    return list(site.trees[page].iter("picture"))


def _files(srcset: str) -> list[tuple[str, int]]:
    pairs = (one.split(" ") for one in srcset.split(", "))
    return [(path, int(width.removesuffix("w"))) for path, width in pairs]


def test_every_version_that_a_page_offers_is_there_in_its_size_and_format(rich_site: Any) -> None:
    offered = [
        one
        for page in (PAGE, "personen/mira-beispiel/index.html")
        for picture in _images(rich_site, page)
        for element in picture
        for one in _files(element.get("srcset"))
    ]
    assert len(offered) == 3 * (3 + 2 + 3 + 2)  # widths of 640, 300, 640 and 400 pixels in three formats
    for path, width in offered:
        with Image.open(rich_site.output / path.removeprefix("/")) as image:
            assert image.width == width
            assert image.format == FORMATS[Path(path).suffix]


def test_modern_formats_come_first_and_the_common_one_is_what_stays(rich_site: Any) -> None:
    for picture, common in zip(_images(rich_site), ("jpg", "png", "jpg"), strict=True):
        assert [one.get("type") for one in picture.iter("source")] == ["image/avif", "image/webp"]
        image = picture.find("img")
        assert image.get("src").endswith(common)
        assert int(image.get("width")), (
            int(image.get("height")) == Image.open(rich_site.output / image.get("src")[1:]).size
        )


def test_no_picture_is_made_larger_than_it_is() -> None:
    assert [one.width for one in versions(PictureFacts("JPEG", "RGB", 100, 50, 1, "a"), ".jpg")] == [100]
    assert [one.width for one in versions(PictureFacts("JPEG", "RGB", 240, 50, 1, "a"), ".jpg")] == [240]
    wide = versions(PictureFacts("JPEG", "RGB", 4000, 3000, 1, "a"), ".jpg")
    assert [(one.width, one.height) for one in wide][-2:] == [(960, 720), (1280, 960)]


def test_only_what_is_in_view_at_once_is_loaded_at_once(rich_site: Any) -> None:
    assert [one.find("img").get("loading") for one in _images(rich_site)] == ["lazy"] * 3
    (portrait,) = _images(rich_site, "personen/mira-beispiel/index.html")
    assert portrait.find("img").get("loading") is None
    assert portrait.find("img").get("decoding") == "async"


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_a_camera_wrote_is_left_out(tmp_path: Path, suffix: str) -> None:
    said = {"exif": _from_a_camera(1), "xmp": b"<x>Ort</x>", "comment": b"Bochum"}
    source = _photograph(tmp_path / "foto.jpg", (600, 400), **said)
    assert all(source.read_bytes().count(one) == 1 for one in (b"Kamera", b"<x>Ort", b"Bochum"))
    facts = pictures.measure(source)
    assert facts
    data = Scaled(source, facts.sha256, Version(suffix, 240, 160))(tmp_path)
    assert not any(one in data for one in (b"Kamera", b"<x>Ort", b"Bochum"))
    assert dict(Image.open(io.BytesIO(data)).getexif()) == {}


def test_a_picture_taken_sideways_stands_upright(tmp_path: Path) -> None:
    source = _photograph(tmp_path / "foto.jpg", (600, 400), exif=_from_a_camera(6))
    facts = pictures.measure(source)
    assert facts
    assert (facts.width, facts.height) == (400, 600)
    image = _made(source, ".jpg", 240)
    assert image.size == (240, 360)
    assert image.getpixel((120, 20))[0] > 150  # type: ignore[index]  # the left half is the upper one
    assert image.getpixel((120, 340))[2] > 150  # type: ignore[index]


def test_colours_of_another_profile_become_those_of_the_screen(tmp_path: Path) -> None:
    """In a profile whose red and blue are exchanged, the numbers of red mean blue."""
    ordinary = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exchanged = ordinary.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    Image.new("RGB", (600, 400), (200, 30, 30)).save(tmp_path / "foto.png", icc_profile=exchanged)
    image = _made(tmp_path / "foto.png", ".png", 240)
    assert "icc_profile" not in image.info
    red, _, blue = image.getpixel((100, 100))  # type: ignore[misc]
    assert blue > 150
    assert red < 80


def test_a_picture_for_print_becomes_one_for_the_screen(tmp_path: Path) -> None:
    Image.new("CMYK", (600, 400), (0, 255, 255, 0)).save(tmp_path / "druck.jpg", quality=95)
    image = _made(tmp_path / "druck.jpg", ".jpg", 240)
    assert image.mode == "RGB"
    assert image.getpixel((100, 100))[0] > 200  # type: ignore[index]


def test_what_shines_through_still_does(tmp_path: Path) -> None:
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(tmp_path / "zeichen.webp", lossless=True)
    facts = pictures.measure(tmp_path / "zeichen.webp")
    assert facts
    for suffix in (".png", ".webp", ".avif"):
        image = Image.open(
            io.BytesIO(Scaled(tmp_path / "zeichen.webp", facts.sha256, Version(suffix, 240, 240))(tmp_path))
        )
        assert image.convert("RGBA").getpixel((9, 9))[3] < 10  # type: ignore[index]


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    source = _photograph(tmp_path / "foto.jpg", (700, 500))
    for suffix in FORMATS:
        make = Scaled(source, "a", Version(suffix, 480, 343))
        assert make(tmp_path) == make(tmp_path)


def test_a_damaged_picture_stops_the_build_and_is_named(tmp_path: Path) -> None:
    source = _photograph(tmp_path / "foto.jpg", (600, 400))
    source.write_bytes(source.read_bytes()[:700])
    with pytest.raises(BuildError) as raised:
        Scaled(source, "damaged", Version(".jpg", 240, 160))(tmp_path)
    assert str(raised.value.where) == str(source)


def test_originals_stay_at_home_and_covers_are_published_as_they_came(rich_site: Any) -> None:
    published = {path.name for path in (rich_site.output / "bilder").iterdir()}
    originals = ("episodes/2026-11-20-smarte-stadt/aufnahme.jpg", "content/people/mira.jpg")
    for name in originals:
        facts = pictures.measure(rich_site.house / name)
        assert facts
        assert f"{facts.sha256[:16]}.jpg" not in published
        assert f"{facts.sha256[:16]}-240.1.avif" in published
    cover = pictures.measure(rich_site.house / "content/cover.jpg")
    assert cover
    assert f"{cover.sha256[:16]}.jpg" in published


def test_a_second_build_decodes_no_picture(rich_site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(Scaled, "__call__", refuse)
    report = workflow.build(rich_site.house, output=rich_site.output, now=NOW)
    assert report.written == 0


@pytest.mark.parametrize("name", ["cover.jpg", "cover.png"])
def test_a_cover_tells_nothing_that_its_camera_wrote_and_looks_the_same(tmp_path: Path, name: str) -> None:
    said: dict[str, Any] = {"exif": _from_a_camera(1)}
    if name.endswith("png"):
        said["pnginfo"] = PngInfo()
        said["pnginfo"].add_text("Comment", "Bochum")
    else:
        said |= {"xmp": b"<x>Ort</x>", "comment": b"Bochum", "quality": 93}
    source = _photograph(tmp_path / name, (600, 600), **said)
    data = pictures.bare(source)
    assert b"Bochum" in source.read_bytes()
    assert not any(one in data for one in (b"Kamera", b"<x>Ort", b"Bochum", b"Exif", b"eXIf"))
    before, after = Image.open(source), Image.open(io.BytesIO(data))
    assert (after.format, after.size) == (before.format, before.size)
    worst = max(
        high for _, high in ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getextrema()
    )
    assert worst == 0


def test_a_cover_taken_sideways_stands_upright(tmp_path: Path) -> None:
    data = pictures.bare(_photograph(tmp_path / "cover.jpg", (600, 600), exif=_from_a_camera(6)))
    image = Image.open(io.BytesIO(data))
    assert dict(image.getexif()) == {}
    assert image.getpixel((300, 20))[0] > 150  # type: ignore[index]  # the left half is the upper one
    assert image.getpixel((300, 580))[2] > 150  # type: ignore[index]


def test_a_cover_without_words_beside_its_pixels_stays_byte_for_byte(tmp_path: Path) -> None:
    source = _photograph(tmp_path / "cover.jpg", (600, 600), quality=93)
    assert pictures.bare(source) == source.read_bytes()
    (tmp_path / "kaputt.jpg").write_bytes(source.read_bytes()[:200])
    assert pictures.bare(tmp_path / "kaputt.jpg") == source.read_bytes()[:200]


def test_covers_are_published_bare(house_folder: Path, tmp_path: Path) -> None:
    _photograph(house_folder / "content/cover.jpg", (1400, 1400), exif=_from_a_camera(1))
    output = workflow.build(house_folder, output=tmp_path / "out", now=NOW).output
    published = [path.read_bytes() for path in output.glob("bilder/*.jpg")]
    assert published
    assert not any(b"Kamera" in data for data in published)
