"""The sizes and formats in which a picture is shown: which are made of it, and how many pixels they have."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.models.house import PictureFacts

WIDTHS = (240, 480, 720, 960, 1280)
"""Pixels. The text column is 640 wide: twice that is as fine as screens show."""

MODERN: tuple[tuple[str, str], ...] = ((".avif", "image/avif"), (".webp", "image/webp"))
"""Suffix and MIME type, the smallest files first; who knows neither takes the common format."""

RECIPE = "1"
"""How versions are made; another way of making them gives every version another name."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a picture: its suffix with dot, its pixels."""

    suffix: str
    width: int
    height: int


def common(facts: PictureFacts) -> str:
    """The format that everybody opens: PNG for what is PNG or lets something shine through, else JPEG."""
    return ".png" if facts.format == "PNG" or facts.mode in {"RGBA", "LA", "PA", "P"} else ".jpg"


def versions(facts: PictureFacts, suffix: str) -> tuple[Version, ...]:
    """The versions in one format, the narrowest first; none is wider than the picture itself."""
    most = min(facts.width, WIDTHS[-1])
    widths = (*(width for width in WIDTHS if width < most), most)
    return tuple(
        Version(suffix, width, max(1, round(facts.height * width / facts.width))) for width in widths
    )


def every_version(facts: PictureFacts) -> tuple[Version, ...]:
    """All versions of a picture."""
    suffixes = (*(suffix for suffix, _ in MODERN), common(facts))
    return tuple(version for suffix in suffixes for version in versions(facts, suffix))


def widest(facts: PictureFacts) -> Version:
    """The version for whoever shows one only: apps, search engines, books."""
    return versions(facts, common(facts))[-1]
