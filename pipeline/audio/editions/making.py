"""The two steps from recording to published file: sound encoded and measured, then labelled on a copy."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from pipeline.audio import probe, tags
from pipeline.audio.editions import lame, levelling
from pipeline.audio.editions.formats import FORMATS, Format
from pipeline.audio.editions.levelling import Heard, Level, Shape
from pipeline.audio.filters import Filter, filtered
from pipeline.audio.tags import Tags
from pipeline.errors import AudioError
from pipeline.files import whole
from pipeline.messages import msg
from pipeline.models import MIME_TYPES, Edition, Recording

_TRIES = 4
_BLOCK = ("asetnsamples", "n=9216:pad=0")  # larger blocks: less work between them
_SHARE = 0.8  # of the time goes into encoding; the rest measures the result
_STEP_S = 1.0
_FULL = {errno.EDQUOT, errno.EFBIG, errno.ENOSPC}
_OPTIONS = {"fflags": "+bitexact"}  # no random serial numbers, no dates


def encode(recording: Path, facts: Recording, format_: str, target: Path, heard: Heard) -> Recording:
    """Encode a recording at the published loudness into `target`, without tags; what was measured of it.

    ±0.5 LU and at most −1 dBTP, else it is encoded again with what the first try showed. AudioError if the
    recording cannot be read or the file cannot be written; then there is no `target`.
    """
    made = FORMATS[format_]
    shape = Shape(min(facts.channels, 2), made.rate(facts.sample_rate))
    with _writing(target), whole(target, durable=False) as part:
        level = levelling.levelled(recording, facts, shape, heard)
        for _ in range(_TRIES):
            _encoded(recording, part, level, format_=made, shape=shape, heard=heard)
            measured = probe.measure(part, heard=_measuring(facts.duration_s, heard))
            again = levelling.corrected(level, measured)
            if again is None:
                break
            level = again
    return measured


def _measuring(of_s: float, heard: Heard) -> Heard:
    """The second part of the way, told about once a second of sound."""
    next_s = 0.0

    def told(done_s: float) -> None:
        nonlocal next_s
        if done_s >= next_s:
            heard(_SHARE * of_s + (1 - _SHARE) * done_s)
            next_s = done_s + _STEP_S

    return told


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """AudioError for what the system says while a file is written: a full disk, no permission."""
    import mutagen  # noqa: PLC0415

    try:
        yield
    except OSError as error:
        raise _unwritten(target, error) from error
    except mutagen.MutagenError as error:
        raise _unwritten(target, error.__cause__ or error.__context__ or error) from error


def _unwritten(target: Path, error: BaseException) -> AudioError:
    reason = getattr(error, "strerror", None) or str(error)
    full = getattr(error, "errno", None) in _FULL
    return AudioError(
        msg("The published file cannot be made: {reason}.", reason=reason),
        where=target,
        hint=msg("Make room on the disk, and try once more: what is ready is kept.")
        if full
        else msg("May this account write there?"),
    )


def _encoded(
    recording: Path, part: Path, level: Level, *, format_: Format, shape: Shape, heard: Heard
) -> None:
    with probe.opened(recording) as source:
        frames = probe.frames(source, probe.sound_of(source, recording))
        filters = (*levelling.chain(shape, level), *_LAST.get(format_.codec, ()), _BLOCK)
        write = _ENCODERS[format_.codec]
        write(_told(filtered(frames, *filters), shape, heard), part, shape, format_.bit_rate(shape.channels))


def _mp3(frames: Iterator[Any], part: Path, shape: Shape, bit_rate: int) -> None:
    lame.write(frames, part, rate=shape.rate, channels=shape.channels, bit_rate=bit_rate)


def _aac(frames: Iterator[Any], part: Path, shape: Shape, bit_rate: int) -> None:
    """FFmpeg's quick search: its slow one overshoots peaks by up to 2.9 dB, and takes three times as long."""
    _mux(frames, part, _Encoder("aac", "ipod", bit_rate, {"aac_coder": "fast"}), shape)


def _opus(frames: Iterator[Any], part: Path, shape: Shape, bit_rate: int) -> None:
    _mux(frames, part, _Encoder("libopus", "ogg", bit_rate, {}), shape)


_ENCODERS: dict[str, Callable[[Iterator[Any], Path, Shape, int], None]] = {
    "aac": _aac,
    "mp3": _mp3,
    "opus": _opus,
}
_LAST: dict[str, tuple[Filter, ...]] = {
    # what an encoder wants beside the published level
    "mp3": (("volume", f"volume={lame.SCALE_DB}dB"), ("aformat", "sample_fmts=s16")),
}


@dataclass(frozen=True, slots=True)
class _Encoder:
    """One of FFmpeg's: its name, the container it writes into, bits per second, its own options."""

    name: str
    container: str
    bit_rate: int
    options: dict[str, str]


def _told(frames: Iterator[Any], shape: Shape, heard: Heard) -> Iterator[Any]:
    """The frames as they come, numbered by their samples; `heard` is told about once a second of sound."""
    at, next_s = 0, 0.0
    for frame in frames:
        frame.pts, frame.time_base = at, Fraction(1, shape.rate)
        yield frame
        at += frame.samples
        if at / shape.rate >= next_s:
            heard(_SHARE * at / shape.rate)
            next_s = at / shape.rate + _STEP_S


def _mux(frames: Iterator[Any], part: Path, encoder: _Encoder, shape: Shape) -> None:
    import av  # noqa: PLC0415 (heavy)

    with av.open(str(part), "w", format=encoder.container, options=_OPTIONS) as made:
        stream: Any = made.add_stream(encoder.name, rate=shape.rate, layout=shape.layout)
        stream.bit_rate = encoder.bit_rate
        stream.codec_context.options = {"flags": "+bitexact", **encoder.options}
        for frame in frames:
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))


def publish(sound: Path, facts: Recording, target: Path, label: Tags, format_: str) -> Edition:
    """Copy the sound beside `target` (a path without suffix), labelled; its name carries its content's hash.

    The sound's own bytes stay as they are; no old tag survives. `facts` are those of the sound. AudioError
    if the file cannot be written; then there is none.
    """
    suffix = FORMATS[format_].suffix
    with _writing(target.with_name(target.name + suffix)):
        return _published(sound, facts, target, label, suffix)


def _published(sound: Path, facts: Recording, target: Path, label: Tags, suffix: str) -> Edition:
    made: list[tuple[str, int]] = []

    def name(part: Path) -> str:
        with part.open("rb") as file:
            made.append((hashlib.file_digest(file, "sha256").hexdigest(), part.stat().st_size))
        return f"{target.name}.{made[0][0][:8]}{suffix}"

    with whole(target, durable=True, name=name) as part:
        _COPIES.get(suffix, _copy)(sound, part, label, facts.duration_s)
        tags.write(part, suffix, label, facts.duration_s)
    digest, size = made[0]
    return Edition(
        file=f"{target.name}.{digest[:8]}{suffix}",
        type=MIME_TYPES[suffix],
        bytes=size,
        sha256=digest,
        bit_rate=round(size * 8 / facts.duration_s),
        duration_s=facts.duration_s,
        inputs="",
        codec=facts.codec,
        sample_rate=facts.sample_rate,
        channels=facts.channels,
        loudness_lufs=facts.loudness_lufs,
        true_peak_dbtp=facts.true_peak_dbtp,
    )


def _copy(sound: Path, part: Path, _label: Tags, _duration_s: float) -> None:
    shutil.copyfile(sound, part)


def _remux(sound: Path, part: Path, label: Tags, duration_s: float) -> None:
    """MP4 keeps its chapters in a track, so the sound is written into a new file; its packets stay."""
    import av  # noqa: PLC0415

    options = {**_OPTIONS, "movflags": "+faststart"}
    with probe.opened(sound) as source, av.open(str(part), "w", format="ipod", options=options) as made:
        stream = probe.sound_of(source, sound)
        out: Any = made.add_stream_from_template(stream)
        out.metadata["language"] = tags.three_letters(label.language) or "und"
        if label.chapters:
            made.set_chapters([_chapter(*one) for one in enumerate(label.spans(duration_s))])
        for packet in source.demux(stream):
            if packet.dts is not None:
                packet.stream = out
                made.mux(packet)


def _chapter(number: int, span: tuple[str, float, float]) -> Any:
    title, start, end = span
    times = {"start": round(start * 1000), "end": round(end * 1000), "time_base": Fraction(1, 1000)}
    return {"id": number, **times, "metadata": {"title": title}}


_COPIES: dict[str, Callable[[Path, Path, Tags, float], None]] = {".m4a": _remux}
