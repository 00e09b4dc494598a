"""Real tiny audio files of every format, made by PyAV and tagged by mutagen."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from mutagen import File, id3
from PIL import Image

RATE = 48_000
MILLISECOND = Fraction(1, 1000)
CODECS = {
    "mp3": "libmp3lame",
    "m4a": "aac",
    "ogg": "vorbis",
    "opus": "libopus",
    "flac": "flac",
    "wav": "pcm_s16le",
}
CONTAINERS = {"m4a": "ipod", "opus": "ogg"}


def make(path: Path, seconds: float = 2.0, level: float = 0.25, channels: int = 1) -> Path:
    """A sine of a given length, level (linear) and channels in any format."""
    kind = path.suffix[1:]
    channels = 2 if kind == "ogg" else channels  # FFmpeg's own Vorbis encoder knows stereo only
    with av.open(str(path), "w", format=CONTAINERS.get(kind, kind)) as container:
        layout = "mono" if channels == 1 else "stereo"
        stream: Any = container.add_stream(CODECS[kind], rate=RATE, layout=layout)
        stream.codec_context.options = {"strict": "experimental"}
        samples = (level * np.sin(2 * np.pi * 997 * np.arange(int(RATE * seconds)) / RATE)).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(np.vstack([samples] * channels), format="fltp", layout=layout)
        frame.rate = RATE
        fifo, resampler = av.AudioFifo(), av.AudioResampler(stream.codec_context.format, layout, RATE)
        for out in resampler.resample(frame):
            out.pts = None
            fifo.write(out)
        size = stream.codec_context.frame_size or 1024
        while (chunk := fifo.read(size, partial=True)) is not None:
            container.mux(stream.encode(chunk))
        container.mux(stream.encode(None))
    return path


def jpeg(side: int = 32) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (side, side), "red").save(stream, "JPEG")
    return stream.getvalue()


def tag(path: Path, title: str = "Was ist eine smarte Stadt?") -> None:
    """Title, artist, album, date and number in the format's own way."""
    file: Any = File(path)
    if path.suffix in {".mp3", ".wav"}:
        if file.tags is None:
            file.add_tags()
        for frame in (
            id3.TIT2(encoding=3, text=[title]),
            id3.TPE1(encoding=3, text=["Mira Beispiel"]),
            id3.TALB(encoding=3, text=["Smart and the City"]),
            id3.TDRC(encoding=3, text=["2026-11-20"]),
            id3.TRCK(encoding=3, text=["7/12"]),
            id3.COMM(encoding=3, lang="deu", desc="", text=["geheim"]),
        ):
            file.tags.add(frame)
    elif path.suffix == ".m4a":
        file["\xa9nam"], file["\xa9ART"], file["\xa9alb"] = [title], ["Mira Beispiel"], ["Smart and the City"]
        file["\xa9day"], file["trkn"], file["\xa9cmt"] = ["2026-11-20"], [(7, 12)], ["geheim"]
    else:
        file["title"], file["artist"], file["album"] = [title], ["Mira Beispiel"], ["Smart and the City"]
        file["date"], file["tracknumber"], file["comment"] = ["2026-11-20"], ["7"], ["geheim"]
    file.save()


def video(
    path: Path,
    *,
    size: tuple[int, int] = (640, 360),
    rate: int = 25,
    seconds: float = 2.0,
    codec: str = "libx264",
) -> Path:
    """A grey picture with a bar that moves; the format follows the suffix.

    Not by `libsvtav1` in the tests' own process: run by root, that encoder makes the calling thread one of
    real time (SCHED_FIFO, 99), and all that it starts from then on keeps everything else off the processor.
    """
    width, height = size
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(int(seconds * rate)):
            picture = np.full((height, width, 3), 112, dtype=np.uint8)
            picture[:, (number * 4) % width :][:, :24] = (29, 97, 72)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path
