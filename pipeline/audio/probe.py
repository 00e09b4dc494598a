"""Measures a recording in one pass (PyAV): length as decoded, loudness by EBU R128, true peak, digest."""

from __future__ import annotations

import hashlib
import math
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors import AudioError
from pipeline.messages import clock_text, msg
from pipeline.models import Recording

PROTECTED = {".aa", ".aax", ".aaxc", ".m4p"}
SHORT_BY_S = 2.0
SILENCE_LUFS = -69.0  # ebur128 reports -70 where nothing passed its gate


def measure(path: Path, *, accept_short: bool = False) -> Recording:
    """Everything audio.json says about a recording.

    AudioError if it is empty, no audio, copy-protected, damaged, or ends well before its header says
    (`accept_short` takes it all the same).
    """
    import av  # noqa: PLC0415 (heavy)

    _refuse(path)
    with opened(path) as container:
        stream = sound_of(container, path)
        announced = float(container.duration or 0) / av.time_base
        meter = _Meter(stream)
        for frame in frames(container, stream):
            meter.add(frame)
        codec, rate, channels = (
            stream.codec_context.name,
            stream.codec_context.rate,
            stream.codec_context.channels,
        )
    if meter.samples == 0:
        raise AudioError(msg("There is no sound in it."), where=path)
    duration = meter.samples / rate
    exact_header = path.suffix.lower() != ".mp3" or announced < 2 * duration
    if announced - duration > SHORT_BY_S and exact_header and not accept_short:
        raise _broken_off(path, duration, announced)
    size = path.stat().st_size
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Recording(
        file=path.name,
        bytes=size,
        sha256=digest,
        codec=codec.removesuffix("float"),
        sample_rate=rate,
        channels=channels,
        bit_rate=round(size * 8 / duration),
        duration_s=round(duration, 3),
        loudness_lufs=meter.loudness(),
        true_peak_dbtp=meter.peak(),
    )


class _Meter:
    """FFmpeg's ebur128 filter; the peaks in its frame metadata are linear."""

    def __init__(self, stream: Any) -> None:
        from av.filter import Graph  # noqa: PLC0415

        self.samples = 0
        self._metadata: dict[str, str] = {}
        self._graph = Graph()
        source = self._graph.add_abuffer(template=stream)
        meter = self._graph.add("ebur128", "peak=true:metadata=1")
        sink = self._graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        self._graph.configure()

    def add(self, frame: Any) -> None:
        self.samples += frame.samples
        self._graph.push(frame)
        self._pull()

    def _pull(self) -> None:
        import av  # noqa: PLC0415

        while True:
            try:
                out = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            self._metadata = dict(out.metadata)

    def loudness(self) -> float | None:
        value = float(self._metadata.get("lavfi.r128.I", "nan"))
        return round(value, 1) if math.isfinite(value) and value > SILENCE_LUFS else None

    def peak(self) -> float | None:
        peaks = [float(v) for k, v in self._metadata.items() if k.startswith("lavfi.r128.true_peaks_ch")]
        top = max(peaks, default=0.0)
        return round(20 * math.log10(top), 1) if top > 0 and self.loudness() is not None else None


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """An open container; AudioError for what FFmpeg cannot read, also while it is being read."""
    import av  # noqa: PLC0415

    try:
        with av.open(str(path), metadata_errors="replace") as container:
            yield container
    except av.FFmpegError as error:
        raise AudioError(
            msg("This is no audio file that can be read."),
            where=path,
            hint=msg("MP3, M4A, WAV, FLAC, Ogg and Opus can be read."),
        ) from error


def frames(container: Any, stream: Any) -> Iterator[Any]:
    """Decoded frames; a damaged packet is skipped, so that only the length tells what is lost."""
    import av  # noqa: PLC0415

    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.InvalidDataError:
            continue


def sound_of(container: Any, path: Path) -> Any:
    """The first audio stream; AudioError if there is none that can be decoded."""
    streams = container.streams.audio
    if not streams:
        raise AudioError(msg("There is no sound in it."), where=path)
    if not streams[0].codec_context or streams[0].codec_context.rate == 0:
        raise AudioError(msg("Its sound is protected or of an unknown kind."), where=path)
    return streams[0]


def _refuse(path: Path) -> None:
    if not path.is_file():
        raise AudioError(msg("There is no such file."), where=path)
    if path.stat().st_size == 0:
        raise AudioError(
            msg("The file is empty."), where=path, hint=msg("Copy it from the recorder once more.")
        )
    if path.suffix.lower() in PROTECTED:
        raise AudioError(
            msg("The file is copy-protected; nobody but its shop's own player can read it."), where=path
        )
    if zipfile.is_zipfile(path):
        raise AudioError(
            msg("This is an archive, not a recording."),
            where=path,
            hint=msg("Unpack it and add the recording."),
        )


def _broken_off(path: Path, duration_s: float, announced_s: float) -> AudioError:
    return AudioError(
        msg(
            "The recording breaks off after {at}; {announced} are announced.",
            at=clock_text(duration_s),
            announced=clock_text(announced_s),
        ),
        where=path,
        hint=msg("Copy it from the recorder once more. To take it as it is: --accept-short"),
    )
