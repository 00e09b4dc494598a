"""Measures a recording in one pass (PyAV): length as decoded, loudness, true peak, digest."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.audio.hashing import HashedFile
from pipeline.audio.loudness import Meter
from pipeline.audio.promise import Promise, promised
from pipeline.audio.refusing import refuse, refuse_content
from pipeline.errors import AudioError, ShortRecordingError
from pipeline.messages import clock_text, msg
from pipeline.models import Recording

SHORT_BY_S = 0.5  # encoders pad and players trim less than a tenth of a second
INDEXED = {
    "matroska,webm",
    "mov,mp4,m4a,3gp,3g2,mj2",
}  # FFmpeg reads their length, and guesses that of others
# Playlists and the like are left out: FFmpeg would open what they name, also over the network.
FORMATS = "aac,aiff,caf,flac,matroska,mov,mp3,ogg,w64,wav"
_DISK = {errno.EFBIG, errno.EIO, errno.ENOSPC}  # not the recording's fault


def measure(
    path: Path, *, accept_short: bool = False, heard: Callable[[float], object] = lambda _: None
) -> Recording:
    """Everything audio.json says about a recording; the file is read once, and `heard` told how far (s).

    AudioError if it is empty, no audio, copy-protected, damaged, or ends before the length it announces
    (`accept_short` takes it all the same). What announces no length is told in `promise.promised`.
    """
    with reading(path):
        refuse(path)
        with path.open("rb") as file:
            refuse_content(file, path)
            promise = promised(file)
            file.seek(0)
            return _measured(HashedFile(file), path, promise, accept_short, heard)


def _measured(
    file: HashedFile, path: Path, promise: Promise, accept_short: bool, heard: Callable[[float], object]
) -> Recording:
    meter = Meter()
    try:
        with opened(path, file) as container:
            stream = sound_of(container, path)
            announced, told_s = _announced(container, stream, promise), _told(stream)
            for frame in frames(container, stream):
                meter.add(frame)
                heard(meter.duration_s)
            context = stream.codec_context
            codec, rate, channels = context.name, context.rate, context.channels
            kind = container.format.name
    except AudioError as error:
        if promise.ends:
            raise
        raise _broken_off(path, 0, None) from error
    if meter.duration_s == 0:
        raise AudioError(msg("There is no sound in it."), where=path)
    if not accept_short and (announced or 0) - meter.duration_s > SHORT_BY_S:
        raise _broken_off(path, meter.duration_s, announced)
    if not accept_short and not promise.ends:
        raise _broken_off(path, meter.duration_s, None)
    return Recording(
        file=path.name,
        bytes=file.size,
        sha256=file.hexdigest(),
        container=kind,
        codec=codec.removesuffix("float"),
        sample_rate=rate,
        channels=channels,
        bit_rate=round(file.size * 8 / meter.duration_s),
        duration_s=round(meter.duration_s, 3),
        told_s=told_s,
        loudness_lufs=meter.loudness_lufs(),
        true_peak_dbtp=meter.true_peak_dbtp(),
    )


def _announced(container: Any, stream: Any, promise: Promise) -> float | None:
    if container.format.name in INDEXED and stream.duration:
        return float(stream.duration * stream.time_base)
    return promise.duration_s


def _told(stream: Any) -> float | None:
    """What FFmpeg, as a player would, takes for the length: the file's word, else its first bit rate."""
    return round(float(stream.duration * stream.time_base), 3) if stream.duration else None


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """AudioError for what the system says about a file: no permission, a drive that went away."""
    try:
        yield
    except OSError as error:
        raise AudioError(
            msg("The file cannot be read: {reason}.", reason=error.strerror or str(error)),
            where=path,
            hint=msg("Is the drive connected, and may this account read the file?"),
        ) from error


@contextmanager
def opened(path: Path, file: HashedFile | None = None) -> Iterator[Any]:
    """An open container; AudioError for what FFmpeg cannot read, also while it is being read."""
    import av  # noqa: PLC0415 (heavy)

    options = {"format_whitelist": FORMATS}
    try:
        with av.open(file or str(path), metadata_errors="replace", container_options=options) as container:
            yield container
    except av.FFmpegError as error:
        if error.errno in _DISK:
            raise OSError(error.errno, os.strerror(error.errno)) from error
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


def _broken_off(path: Path, duration_s: float, announced_s: float | None) -> AudioError:
    once_more = msg("Copy it from the recorder once more. To take it as it is: --accept-short")
    if announced_s:
        values = {"at": clock_text(duration_s), "announced": clock_text(announced_s)}
        message = msg("The recording breaks off after {at}; {announced} are announced.", **values)
        return ShortRecordingError(message, where=path, hint=once_more)
    if duration_s:
        message = msg("The recording breaks off after {at}: its end is missing.", at=clock_text(duration_s))
        return ShortRecordingError(message, where=path, hint=once_more)
    message = msg("The recording is cut off, and what is left cannot be read.")
    return AudioError(message, where=path, hint=msg("Copy it from the recorder once more."))
