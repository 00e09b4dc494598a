"""MP3 by LAME, with the frame in front that says how long the sound is and what the encoder added to it.

LAME comes from the package lameenc: the same library inside PyAV is built without optimisation and takes
three times as long (benchmarks/audio.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

SCALE_DB = 0.4
"""What LAME takes away by itself at these bit rates (the scale of its presets); to be added beforehand."""
FRAME = 1152
DELAY = 576  # samples that LAME puts in front (ENCDELAY)
_QUALITY = 3  # LAME's own default for constant bit rates
_HEADER = 4
_SIDE = {1: 17, 2: 32}  # bytes of side information, by channels (ISO/IEC 11172-3, 2.4.1.7)
_TABLE = bytes(256 * percent // 100 for percent in range(100))  # places at a constant bit rate


def write(frames: Iterable[Any], part: Path, *, rate: int, channels: int, bit_rate: int) -> None:
    """Encode frames (s16, interleaved) into `part`, at a constant bit rate.

    `rate` are samples a second, `channels` one or two, `bit_rate` bits a second. OSError if it cannot be
    written.
    """
    encoder, samples, size = _encoder(rate, channels, bit_rate), 0, 144 * bit_rate // rate
    with part.open("w+b") as file:
        file.write(bytes(size))
        for frame in frames:
            samples += frame.samples
            file.write(encoder.encode(bytes(frame.planes[0])[: 2 * channels * frame.samples]))
        file.write(encoder.flush())
        end = file.tell()
        file.seek(size)
        header = file.read(_HEADER)
        count = round((end - size) * rate / (144 * bit_rate))
        file.seek(0)
        file.write(_told(header, size, end=end, count=count, samples=samples, channels=channels))


def _encoder(rate: int, channels: int, bit_rate: int) -> Any:
    from lameenc import Encoder  # noqa: PLC0415

    encoder = Encoder()
    encoder.silence()
    encoder.set_channels(channels)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_bit_rate(bit_rate // 1000)
    encoder.set_quality(_QUALITY)
    return encoder


def _told(header: bytes, size: int, *, end: int, count: int, samples: int, channels: int) -> bytes:
    """The Info frame with LAME's extension (http://gabriel.mp3-tech.org/mp3infotag.html)."""
    unpadded = bytes((*header[:2], header[2] & ~2, header[3]))
    padding = max(0, count * FRAME - samples - DELAY)
    frame = b"".join(
        (
            unpadded, bytes(_SIDE[channels]),
            b"Info", (0x0F).to_bytes(4, "big"), count.to_bytes(4, "big"), end.to_bytes(4, "big"), _TABLE,
            bytes(4),  # quality
            b"LAME3.100", b"\x01",  # constant bit rate
            bytes(10),  # lowpass, peak, replay gain, flags
            b"\xff", (DELAY << 12 | padding).to_bytes(3, "big"),
            bytes(4),  # noise shaping, gain, preset
            end.to_bytes(4, "big"), bytes(2),
        )
    )  # fmt: skip
    return (frame + _crc(frame).to_bytes(2, "big")).ljust(size, b"\0")


def _crc(data: bytes) -> int:
    """CRC-16 with the reflected polynomial 0xA001, from 0, as the extension asks for its last field."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value
