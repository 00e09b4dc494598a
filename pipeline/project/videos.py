"""What a video file holds (PyAV): its head and its first picture are read, so that a house loads quickly.

Recordings are measured once and on record; a video is only shown, and what its head says is enough.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import Any

from pipeline.models import VIDEO_TYPES, VideoFacts
from pipeline.project import pictures

# Demuxers that read the one file they are given; nothing that would open what a file names.
FORMATS = "matroska,mov"
POSTER_S, POSTER_PIXELS = 2.0, 1280
_END_BYTES = 1 << 20


def measure(path: Path) -> VideoFacts | None:
    """Format, pixels, frames a second, length; None if it is missing or no video that can be opened."""
    if not path.is_file():
        return None
    import av  # noqa: PLC0415 (heavy; only where there are videos)

    try:
        with av.open(str(path), container_options={"format_whitelist": FORMATS}) as container:
            return _measured(container, path)
    except (av.FFmpegError, OSError, ValueError):
        return None


def poster(path: Path) -> bytes:
    """The picture after two seconds, when a fade-in is over, as a JPEG of at most 1,280 pixels a side."""
    import av  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    with av.open(str(path), container_options={"format_whitelist": FORMATS}) as container:
        frames = container.decode(container.streams.video[0])
        shown = next(frames)
        with contextlib.suppress(av.FFmpegError):  # damaged further on: its first picture will do
            shown = next((one for one in frames if (one.time or 0) >= POSTER_S), shown)
        image = Image.fromarray(shown.to_ndarray(format="rgb24")).rotate(shown.rotation, expand=True)
    return pictures.small_jpeg(image, POSTER_PIXELS)


def _measured(container: Any, path: Path) -> VideoFacts | None:
    if not container.streams.video or not container.duration:
        return None
    stream = container.streams.video[0]
    frame = next(container.decode(stream), None)
    if frame is None:
        return None
    lies_down = frame.rotation % 180 != 0
    width, height = (frame.height, frame.width) if lies_down else (frame.width, frame.height)
    return VideoFacts(
        type=VIDEO_TYPES.get(path.suffix.lower(), ""),
        codec=stream.codec_context.codec.canonical_name,
        width=width,
        height=height,
        rate=float(stream.average_rate or stream.guessed_rate or 0),
        duration_s=container.duration / 1e6,
        bytes=path.stat().st_size,
        mark=_mark(path),
    )


def _mark(path: Path) -> str:
    """The digest of a file's size and both its ends; one of them lists the place of every picture in it."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        digest.update(file.read(_END_BYTES))
        file.seek(max(0, size - _END_BYTES))
        digest.update(file.read(_END_BYTES))
    return digest.hexdigest()[:8]
