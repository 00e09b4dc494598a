"""A picture → one of its versions: upright, in sRGB, without anything that its camera wrote into it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import project
from pipeline.errors import BuildError
from pipeline.messages import msg
from pipeline.models import WIDTHS, Version

if TYPE_CHECKING:
    from PIL.Image import Image

_SAVED: dict[str, tuple[str, dict[str, object]]] = {
    # suffix: Pillow's name of the format, its options
    ".avif": ("AVIF", {"quality": 60, "speed": 6}),
    ".webp": ("WEBP", {"quality": 78, "method": 4}),
    ".jpg": ("JPEG", {"quality": 82, "optimize": True, "progressive": True}),
    ".png": ("PNG", {"optimize": True}),
}


@dataclass(frozen=True, slots=True)
class Scaled:
    """Makes one version of a picture; `sha256` is that of the picture's file."""

    source: Path
    sha256: str
    version: Version

    def __call__(self, _static: Path) -> bytes:
        """The version's bytes, the same for the same picture; BuildError for a damaged one."""
        from PIL.Image import Resampling  # noqa: PLC0415 (heavy)

        image = _upright(self.source, self.sha256)
        size = (self.version.width, self.version.height)
        return _bytes(
            image if image.size == size else image.resize(size, Resampling.LANCZOS), self.version.suffix
        )


@dataclass(frozen=True, slots=True)
class Bare:
    """A cover as it came, for apps, but without anything that was written beside its pixels."""

    source: Path

    def __call__(self, _static: Path) -> bytes:
        """The cover's bytes."""
        return project.bare(self.source)


@lru_cache(maxsize=1)
def _upright(source: Path, sha256: str) -> Image:
    """The picture, no larger than any version needs it: its versions follow one another."""
    image = project.decoded(source, 2 * WIDTHS[-1])
    if image is None:
        raise BuildError(
            msg("The picture is damaged or too large to open."),
            where=source,
            hint=msg("Export it again, 400 to 4000 pixels wide."),
        )
    return image


def _bytes(image: Image, suffix: str) -> bytes:
    format_, options = _SAVED[suffix]
    stream = io.BytesIO()
    plain = image.convert("RGB") if suffix == ".jpg" else image
    plain.save(stream, format_, **options)
    return stream.getvalue()
