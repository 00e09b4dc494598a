"""Facts about audio files: measured once, written to `audio.json`, never guessed."""

from __future__ import annotations

from pipeline.models.fields import Model, RelativeFile, Text, field

MIME_TYPES = {
    # suffix: MIME type that Apple's guide and PSP-1 both name
    ".flac": "audio/flac",
    ".m4a": "audio/x-m4a",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}


class Recording(Model):
    """What one pass over a recording measured (PyAV): all of it true to the decoded audio."""

    file: RelativeFile = field("The file's name.", example="aufnahme.mp3")
    bytes: int = field("Size in bytes.", example=3604480, ge=1)
    sha256: str = field("SHA-256 of the file, hexadecimal.", example="a1f1…", pattern=r"^[0-9a-f]{64}$")
    codec: Text = field("Codec as FFmpeg names it.", example="mp3")
    sample_rate: int = field("Samples per second.", example=44100, ge=1)
    channels: int = field("1 mono, 2 stereo.", example=2, ge=1)
    bit_rate: int = field("Bits per second, averaged over the file.", example=128000, ge=0)
    duration_s: float = field("Decoded length in seconds.", example=2537.2, gt=0)
    loudness_lufs: float | None = field(
        "Integrated loudness (EBU R128) in LUFS; none for silence.", example=-19.2, default=None
    )
    true_peak_dbtp: float | None = field("True peak in dBTP; none for silence.", example=-1.3, default=None)


class Edition(Model):
    """A published audio file, made once from a recording."""

    file: RelativeFile = field("The file below the episode's folder.", example="published/folge.mp3")
    type: Text = field("MIME type.", example="audio/mpeg")
    bytes: int = field("Size in bytes.", example=3604480, ge=1)
    sha256: str = field("SHA-256 of the file, hexadecimal.", example="a1f1…", pattern=r"^[0-9a-f]{64}$")
    bit_rate: int = field("Bits per second, averaged over the file.", example=128000, ge=0)
    duration_s: float = field("Decoded length in seconds.", example=2537.2, gt=0)
    inputs: str = field("Digest of what it was made from.", example="9f86…")

    @property
    def suffix(self) -> str:
        """`.mp3` or `.m4a`."""
        return "." + self.file.rpartition(".")[2]

    @property
    def mark(self) -> str:
        """The eight characters of the content hash that stand in the published name."""
        return self.sha256[:8]


class AudioFacts(Model):
    """`audio.json`: the recording, its tracks, and the editions made of it."""

    recording: Recording | None = field("The published mix.", example={}, default=None)
    tracks: tuple[Recording, ...] = field("One file a person, for recognition only.", example=[], default=())
    editions: tuple[Edition, ...] = field("What is published.", example=[], default=())
