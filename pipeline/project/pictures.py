"""What a picture file holds (Pillow); files that are no picture, or a bomb, are never decoded."""

from __future__ import annotations

import contextlib
import hashlib
import io
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.messages import Message, msg
from pipeline.models import PictureFacts
from pipeline.models.limits import COVER_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000  # 120 MB decoded; the largest cover that Apple takes has 9 million
_TOO_LARGE = msg(
    "it has more than {n} million pixels; save it smaller, for instance 3,000 pixels wide",
    n=MOST_PIXELS // 1_000_000,
)
_ORIENTATION = 0x0112  # Exif 2.32
_WRITTEN = {"XML:com.adobe.xmp", "comment", "exif", "mp", "photoshop", "xmp"}
"""What Pillow calls words beside the pixels; the text of a PNG has a place of its own."""
_WORDS = {0xE1, 0xED, 0xFE}
"""Markers of a JPEG's segments: Exif and XMP (APP1), IPTC (APP13), a comment (COM)."""
_SCAN = 0xDA
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png"}
# What Pillow raises for files that are damaged or lie about themselves.
_LIES = (
    EOFError,
    IndexError,
    KeyError,
    MemoryError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture out of a tag as it may be kept: bytes and suffix; without bytes, `note` says why not."""

    data: bytes
    suffix: str
    width: int
    height: int
    note: Message | None = None


def measure(path: Path) -> PictureFacts | None:
    """Format, size when upright, digest of a picture; None if it is missing or none that can be opened."""
    if not path.is_file():
        return None
    data = path.read_bytes()
    image = _opened(data)
    if image is None:
        return None
    width, height = image.size[::-1] if _lies_down(image) else image.size
    return PictureFacts(
        format=image.format or "",
        mode=image.mode,
        width=width,
        height=height,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def embedded(data: bytes) -> Embedded:
    """A cover from a tag as apps take it: a fitting JPEG or PNG stays byte for byte, else it becomes a JPEG.

    Left out: what is no picture, is damaged, too small for apps, not square, or too large to decode.
    """
    image = _opened(data)
    if image is None:
        return Embedded(b"", "", 0, 0, msg("it is no picture that can be opened"))
    refused = _refused(image)
    if refused:
        return Embedded(b"", "", *image.size, refused)
    try:
        return _taken(data, image)
    except _LIES:
        return Embedded(b"", "", *image.size, msg("it is damaged"))


def illustration(data: bytes) -> Embedded:
    """A picture of any shape: a JPEG or PNG in RGB stays byte for byte, else it becomes a JPEG.

    Left out: what is no picture, is damaged, or too large to decode.
    """
    image = _opened(data)
    if image is None:
        return Embedded(b"", "", 0, 0, msg("it is no picture that can be opened"))
    if image.width * image.height > MOST_PIXELS:
        return Embedded(b"", "", *image.size, _TOO_LARGE)
    try:
        return _taken(data, image)
    except _LIES:
        return Embedded(b"", "", *image.size, msg("it is damaged"))


def _refused(image: Image) -> Message | None:
    """Why apps would not take a picture as a cover, as far as its head tells."""
    least, _ = COVER_PIXELS
    if min(image.size) < least:
        return msg("apps take covers from {n} pixels on", n=str(least))
    if image.width != image.height:
        return msg("apps take square covers only")
    if image.width * image.height > MOST_PIXELS:
        return _TOO_LARGE
    return None


def _taken(data: bytes, image: Image) -> Embedded:
    from PIL import ImageOps  # noqa: PLC0415

    _, most = COVER_PIXELS
    image.load()
    still = getattr(image, "n_frames", 1) == 1
    if still and image.format in _SUFFIXES and image.mode == "RGB" and image.width <= most:
        return Embedded(data, _SUFFIXES[image.format], *image.size)
    image.seek(0)
    plain = ImageOps.exif_transpose(image).convert("RGB")
    plain.thumbnail((most, most))
    return Embedded(_jpeg(plain, 92), ".jpg", *plain.size, msg("made an ordinary JPEG of it"))


def thumbnail(path: Path, pixels: int) -> bytes | None:
    """The picture as a JPEG of at most `pixels` on its longer side; None if it cannot be opened."""
    image = _opened(path.read_bytes()) if path.is_file() else None
    if image is None or image.width * image.height > MOST_PIXELS:
        return None
    try:
        small = image.convert("RGB")
    except _LIES:
        return None
    return small_jpeg(small, pixels)


def small_jpeg(image: Image, pixels: int) -> bytes:
    """A picture in RGB as a JPEG of at most `pixels` on its longer side."""
    image.thumbnail((pixels, pixels))
    return _jpeg(image, 85)


def decoded(path: Path, pixels: int) -> Image | None:
    """The picture upright, in sRGB, with nothing but its pixels; None if it is damaged or too large.

    A JPEG may come at half, a quarter or an eighth of its size, but no smaller than `pixels` a side.
    """
    image = _opened(path.read_bytes())
    if image is None:
        return None
    try:
        image.draft("RGB", (pixels, pixels))
        if image.width * image.height > MOST_PIXELS:
            return None
        return _plain(image)
    except _LIES:
        return None


def bare(path: Path) -> bytes:
    """A JPEG's or PNG's bytes without what a camera or program wrote beside its pixels.

    They are the file's own where nothing is written there, and where it is damaged. Its pixels stay as they
    are; only a JPEG that lay on its side is turned upright, and packed again for that.
    """
    from PIL import ImageOps  # noqa: PLC0415

    data = path.read_bytes()
    image = _opened(data)
    if image is None or not (image.info.keys() & _WRITTEN or getattr(image, "text", None)):
        return data
    stream, profile = io.BytesIO(), image.info.get("icc_profile")
    try:
        upright = image if image.getexif().get(_ORIENTATION, 1) == 1 else ImageOps.exif_transpose(image)
        if upright.format == "JPEG":
            return _bare_jpeg(data)
        upright.info = {}
        if image.format == "PNG":
            upright.save(stream, "PNG", icc_profile=profile, optimize=True)
        else:
            upright.save(stream, "JPEG", icc_profile=profile, quality=95)
    except _LIES:
        return data
    return stream.getvalue()


def _bare_jpeg(data: bytes) -> bytes:
    """The file without its segments of words (ITU-T T.81, B.1.1.4: marker, length, content)."""
    kept, at = data[:2], 2
    while data[at + 1] != _SCAN:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        kept += b"" if data[at + 1] in _WORDS else data[at:end]
        at = end
    return kept + data[at:]


def _plain(image: Image) -> Image:
    from PIL import Image, ImageOps  # noqa: PLC0415

    upright = ImageOps.exif_transpose(image) if "exif" in image.info else image
    coloured = _in_srgb(upright)
    bare = Image.new(coloured.mode, coloured.size)
    bare.paste(coloured)
    return bare


def _in_srgb(image: Image) -> Image:
    """The colours as screens without a colour profile show them."""
    from PIL import ImageCms  # noqa: PLC0415

    mode = "RGBA" if image.has_transparency_data else "RGB"
    plain = image if image.mode == "CMYK" else image.convert(mode)
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        # A profile that does not fit its picture says nothing.
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(plain, own, srgb, outputMode=mode) or plain
    return plain.convert(mode)


def _lies_down(image: Image) -> bool:
    """Whether the camera was held sideways (Exif 2.32, Orientation, 5 to 8); read off the head alone."""
    return "exif" in image.info and image.getexif().get(_ORIENTATION, 1) in range(5, 9)


def _opened(data: bytes) -> Image | None:
    """The picture's head; its pixels are not decoded yet."""
    from PIL import Image  # noqa: PLC0415 (only where there are pictures)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data))
    except (Image.DecompressionBombError, *_LIES):
        return None


def _jpeg(image: Image, quality: int) -> bytes:
    stream = io.BytesIO()
    image.convert("RGB").save(stream, "JPEG", quality=quality, optimize=True)
    return stream.getvalue()


def plain_cover() -> bytes:
    """A square cover drawn by program: courses of brick under a green roof."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    side, joint, rows = 3000, 40, 8
    image = Image.new("RGB", (side, side), "#FBF8F3")
    draw = ImageDraw.Draw(image)
    height = side // rows
    for row in range(rows):
        top, shift = row * height, (row % 2) * height
        for left in range(-shift, side, 2 * height):
            box = (left, top, left + 2 * height - joint, top + height - joint)
            draw.rectangle(box, fill="#1D6148" if row == 0 else "#8E3219")
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80, optimize=True)
    return stream.getvalue()
