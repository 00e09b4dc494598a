"""The picture that stands for an episode where its address is shared: title, house, its course to scale.

Open Graph protocol, og:image; 1,200 × 630 pixels, as services that show it ask for.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 1200, 630
MARGIN, JOINT = 72, 6
VERSION = 2
"""Of the drawing: another one gives every card another name."""

PAPER, INK, MUTED, BRICK, ROOF = "#FBF8F3", "#1B2330", "#4C5666", "#8E3219", "#1D6148"
COLOURS = {"lib": BRICK, "vhs": "#1F4B7A", "uni": ROOF, "par": "#7A5300"}
_SERIF, _SANS = "fonts/literata.woff2", "fonts/atkinson.woff2"
_SIZES = (92, 80, 68, 58, 50, 44)
_LINES, _LINE, _TITLE_HEIGHT = 4, 1.08, 290


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows; `bricks` are start and width of each chapter as shares of the episode.

    `drawn` is the mark of the fonts that it is set in (`fonts`).
    """

    title: str
    eyebrow: str
    house: str
    colour: str
    bricks: tuple[tuple[float, float], ...]
    drawn: str = ""

    @property
    def mark(self) -> str:
        """The first sixteen characters of the digest of all that is drawn."""
        drawn = json.dumps([VERSION, asdict(self)], sort_keys=True)
        return hashlib.sha256(drawn.encode()).hexdigest()[:16]

    def draw(self, static: Path) -> bytes:
        """The card as PNG; `static` is the folder of the theme's files, whose fonts it is set in."""
        return _drawn(self, static)


def fonts(static: Path) -> str:
    """The digest of the theme's fonts that cards are set in."""
    files = (static / name for name in (_SERIF, _SANS))
    data = (path.read_bytes() if path.is_file() else b"" for path in files)
    return hashlib.sha256(b"\0".join(data)).hexdigest()[:16]


@lru_cache(maxsize=2)
def _drawn(card: Card, static: Path) -> bytes:
    """Drawn once for the page of an episode and for its book, which is made next."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 (heavy)

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 15), fill=ROOF)
    pen.text((MARGIN, 64), card.eyebrow, font=_font(static, _SANS, 34, 600), fill=MUTED)
    _title(pen, card.title, static)
    _course(pen, card)
    pen.text((MARGIN, HEIGHT - 92), card.house, font=_font(static, _SERIF, 38, 600), fill=INK)
    file = io.BytesIO()
    # An octree with zlib's usual effort takes a sixth of the time of a median cut with the most: 7 % larger.
    image.quantize(64, method=Image.Quantize.FASTOCTREE).save(file, "PNG", compress_level=6)
    return file.getvalue()


def _title(pen: Any, title: str, static: Path) -> None:
    for size in _SIZES:
        font = _font(static, _SERIF, size, 600)
        lines = _broken(pen, title, font, WIDTH - 2 * MARGIN)
        fits = all(_width(pen, line, font) <= WIDTH - 2 * MARGIN for line in lines)
        if fits and len(lines) * size * _LINE <= _TITLE_HEIGHT:
            break
    lines = lines[:_LINES]
    for number, line in enumerate(lines):
        pen.text((MARGIN - 3, 128 + number * size * _LINE), line, font=font, fill=INK)


def _broken(pen: Any, text: str, font: Any, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        tried = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(pen, tried, font) > width:
            lines.append(word)
        else:
            lines[-1] = tried
    return lines


def _width(pen: Any, text: str, font: Any) -> float:
    return float(pen.textlength(text, font=font))


def _course(pen: Any, card: Card) -> None:
    """Two courses of the wall: the chapters to scale, and the one they stand on."""
    room = WIDTH - 2 * MARGIN
    for start, share in card.bricks or ((0.0, 1.0),):
        left = MARGIN + start * room
        pen.rectangle(
            (left, 466, max(left + 2, left + share * room - JOINT), 500), fill=COLOURS.get(card.colour, BRICK)
        )
    for left in range(MARGIN - 40, WIDTH - MARGIN, 160):
        pen.rectangle(
            (max(left, MARGIN), 506, min(left + 160 - JOINT, WIDTH - MARGIN - JOINT), 518), fill=INK
        )


def _font(static: Path, name: str, size: int, weight: int) -> Any:
    """A font of the theme in a weight; another theme may have none of these."""
    from PIL import ImageFont  # noqa: PLC0415

    if not (static / name).is_file():
        return ImageFont.load_default(size)
    font = ImageFont.truetype(str(static / name), size)
    axes: Sequence[Any] = font.get_variation_axes()
    font.set_variation_by_axes([weight if axis["name"] == b"Weight" else axis["maximum"] for axis in axes])
    return font
