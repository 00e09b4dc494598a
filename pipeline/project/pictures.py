"""What a picture file holds (Pillow); files that are no picture, or a bomb, simply have no facts."""

from __future__ import annotations

import hashlib
import io
import warnings
from pathlib import Path

from pipeline.models import PictureFacts


def measure(path: Path) -> PictureFacts | None:
    """Format, size and digest of a picture; None if it is missing or no picture that can be opened."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (only where there are pictures)

    if not path.is_file():
        return None
    data = path.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        return None
    return PictureFacts(
        format=image.format or "",
        mode=image.mode,
        width=image.width,
        height=image.height,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def thumbnail(path: Path, pixels: int) -> bytes | None:
    """The picture as a JPEG of at most `pixels` on its longer side; None if it cannot be opened."""
    from PIL import Image  # noqa: PLC0415

    if measure(path) is None:
        return None
    with Image.open(path) as image:
        small = image.convert("RGB")
        small.thumbnail((pixels, pixels))
        stream = io.BytesIO()
        small.save(stream, "JPEG", quality=85, optimize=True)
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
