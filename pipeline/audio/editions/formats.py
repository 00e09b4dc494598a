"""The formats that are published: containers, bit rates, loudness; and what is fit to publish as it is."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.models import Recording

MAKING = "1"
"""Goes into every digest of inputs; another number where the same input gives other bytes."""
COVER_PIXELS = 600  # of covers and chapter pictures inside a file: sharp on a phone, far below 1 MB
STEREO_LUFS, MONO_LUFS = -16.0, -19.0  # one channel alone sounds 3 LU louder: it comes out of two speakers
PEAK_DBTP = -1.0
CEILING_DBTP = -2.0
"""What the limiter holds: an encoder may overshoot by a decibel (docs/audio.md, “Loudness”)."""
CD_RATE, STUDIO_RATE = 44_100, 48_000
_FIT_LU, _FIT_S = 1.0, 1.0
_FIT_BITS = (32_000, 128_000)  # for each channel: Apple's least and its highest recommendation


@dataclass(frozen=True, slots=True)
class Format:
    """A format: suffix, codec and container as FFmpeg names them when it reads them, bits per second."""

    suffix: str
    codec: str
    reads: str
    mono: int
    stereo: int
    rates: tuple[int, ...] = (CD_RATE, STUDIO_RATE)

    def bit_rate(self, channels: int) -> int:
        """Bits per second for one channel or two."""
        return self.mono if channels == 1 else self.stereo

    def rate(self, recorded: int) -> int:
        """Samples per second of the published file: those of the recording where that is possible."""
        near = STUDIO_RATE if recorded % STUDIO_RATE == 0 else CD_RATE
        return near if near in self.rates else self.rates[-1]


FORMATS = {
    # why these bit rates: docs/audio.md, “Formats”
    "aac": Format(".m4a", "aac", "mov,mp4,m4a,3gp,3g2,mj2", 64_000, 128_000),
    "mp3": Format(".mp3", "mp3", "mp3", 64_000, 128_000),
    "opus": Format(".opus", "opus", "ogg", 48_000, 64_000, (STUDIO_RATE,)),
}


def target_lufs(channels: int) -> float:
    """The loudness of a published file: −16 LUFS, and −19 for a single channel."""
    return MONO_LUFS if channels == 1 else STEREO_LUFS


def fit(recording: Recording) -> str:
    """The format in which a recording is fit to be published as it is, tags aside; "" for none.

    Bounds: docs/audio.md, “As it is”. A silent recording has no loudness that could be wrong.
    """
    own = next((n for n, f in FORMATS.items() if (f.codec, f.reads) == _kind(recording)), "")
    return own if own and _sounds_right(recording) and _plays_right(recording, FORMATS[own]) else ""


def _kind(recording: Recording) -> tuple[str, str]:
    return recording.codec, recording.container


def _sounds_right(recording: Recording) -> bool:
    loudness, peak = recording.loudness_lufs, recording.true_peak_dbtp
    near = loudness is None or abs(loudness - target_lufs(recording.channels)) <= _FIT_LU
    return near and (peak is None or peak <= PEAK_DBTP)


def _plays_right(recording: Recording, own: Format) -> bool:
    least, most = (bits * recording.channels for bits in _FIT_BITS)
    told = recording.told_s is not None and abs(recording.told_s - recording.duration_s) <= _FIT_S
    channels = recording.channels <= 2  # noqa: PLR2004 (stereo)
    return told and channels and recording.sample_rate in own.rates and least <= recording.bit_rate <= most
