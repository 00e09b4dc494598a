"""What a picture file holds (Pillow); files that are no picture, or a bomb, are never decoded."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.checks.show import COVER_PIXELS
from pipeline.messages import Message, msg
from pipeline.models import PictureFacts

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000  # 120 MB decoded; the largest cover that Apple takes has 9 million
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
    """Format, size and digest of a picture; None if it is missing or no picture that can be opened."""
    if not path.is_file():
        return None
    data = path.read_bytes()
    image = _opened(data)
    if image is None:
        return None
    return PictureFacts(
        format=image.format or "",
        mode=image.mode,
        width=image.width,
        height=image.height,
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


def _refused(image: Image) -> Message | None:
    """Why apps would not take a picture as a cover, as far as its head tells."""
    least, _ = COVER_PIXELS
    if min(image.size) < least:
        return msg("apps take covers from {n} pixels on", n=str(least))
    if image.width != image.height:
        return msg("apps take square covers only")
    if image.width * image.height > MOST_PIXELS:
        return msg("it is too large to open")
    return None


def _taken(data: bytes, image: Image) -> Embedded:
    _, most = COVER_PIXELS
    image.load()
    still = getattr(image, "n_frames", 1) == 1
    if still and image.format in _SUFFIXES and image.mode == "RGB" and image.width <= most:
        return Embedded(data, _SUFFIXES[image.format], *image.size)
    image.seek(0)
    plain = image.convert("RGB")
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
    small.thumbnail((pixels, pixels))
    return _jpeg(small, 85)


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
