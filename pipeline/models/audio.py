"""Facts about audio files: measured once, written to `audio.json`, never guessed."""

from __future__ import annotations

from pipeline.models.episode import Chapter
from pipeline.models.fields import Model, RelativeFile, Text, WebAddress, field

MIME_TYPES = {
    # suffix: MIME type that Apple's guide and PSP-1 both name
    ".flac": "audio/flac",
    ".m4a": "audio/x-m4a",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}
VIDEO_TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}
"""The same of videos: what every browser shows."""
FORMATS = {".m4a": "aac", ".mp3": "mp3", ".opus": "opus"}
"""The suffix of an edition: its format, as `[feed] formats` names it."""
TITLES = {"aac": "AAC", "mp3": "MP3", "opus": "Opus"}
"""The format of an edition: what people call it."""


class Recording(Model):
    """What one pass over a recording measured (PyAV): all of it true to the decoded audio."""

    file: RelativeFile = field("The file's name.", example="aufnahme.mp3")
    bytes: int = field("Size in bytes.", example=3604480, ge=1)
    sha256: str = field("SHA-256 of the file, hexadecimal.", example="a1f1…", pattern=r"^[0-9a-f]{64}$")
    container: str = field("Container as FFmpeg names it.", example="mp3", default="")
    codec: Text = field("Codec as FFmpeg names it.", example="mp3")
    sample_rate: int = field("Samples per second.", example=44100, ge=1)
    channels: int = field("1 mono, 2 stereo.", example=2, ge=1)
    bit_rate: int = field("Bits per second, averaged over the file.", example=128000, ge=0)
    duration_s: float = field("Decoded length in seconds.", example=2537.2, gt=0)
    told_s: float | None = field(
        "Length in seconds that players are told before they have decoded it.", example=2537.2, default=None
    )
    loudness_lufs: float | None = field(
        "Integrated loudness (EBU R128) in LUFS; none for silence.", example=-19.2, default=None
    )
    true_peak_dbtp: float | None = field("True peak in dBTP; none for silence.", example=-1.3, default=None)


class Label(Model):
    """What an audio file says about its episode in its tags."""

    title: str = field("The episode's title.", example="Was ist eine smarte Stadt?", default="")
    subtitle: str = field("The line under it.", example="Im Gespräch mit Mira Beispiel", default="")
    people: tuple[str, ...] = field("Who takes part.", example=["Mira Beispiel"], default=())
    album: str = field("The series, else the show.", example="Smart and the City", default="")
    date: str = field("The day of publication.", example="2026-11-20", default="")
    number: int | None = field("The episode's number.", example=7, default=None)
    comment: str = field("The summary.", example="Wie Bochum Daten teilt.", default="")
    language: str = field("The language spoken.", example="de", default="")
    guid: str = field("The episode's identity.", example="0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11", default="")
    cover: str = field("SHA-256 of the cover's file.", example="9f86…", default="")
    chapters: tuple[Chapter, ...] = field("The chapters.", example=[], default=())
    pictures: tuple[str, ...] = field(
        "SHA-256 of each chapter's picture; empty for none.", example=["9f86…", ""], default=()
    )


class Edition(Model):
    """A published audio file, made once from a recording."""

    file: RelativeFile = field("The file below the episode's folder.", example="published/folge.mp3")
    type: Text = field("MIME type.", example="audio/mpeg")
    bytes: int = field("Size in bytes.", example=3604480, ge=1)
    sha256: str = field(
        "SHA-256 of the file, hexadecimal; empty where the file stays elsewhere.",
        example="a1f1…",
        pattern=r"^([0-9a-f]{64})?$",
    )
    bit_rate: int = field("Bits per second, averaged over the file.", example=128000, ge=0)
    duration_s: float = field("Decoded length in seconds.", example=2537.2, gt=0)
    inputs: str = field("Digest of what it was made from.", example="9f86…")
    url: WebAddress | None = field(
        "Where it stays, if another host serves it; it was imported with its feed.",
        example="https://media.example.org/folge-1.mp3",
        default=None,
    )
    sound: str = field("Digest of what its sound was made from, tags aside.", example="2c26…", default="")
    codec: str = field("Codec as FFmpeg names it.", example="mp3", default="")
    sample_rate: int | None = field("Samples per second.", example=44100, default=None)
    channels: int | None = field("1 mono, 2 stereo.", example=2, default=None)
    loudness_lufs: float | None = field(
        "Integrated loudness (EBU R128) in LUFS; none for silence.", example=-16.0, default=None
    )
    true_peak_dbtp: float | None = field("True peak in dBTP; none for silence.", example=-1.4, default=None)
    label: Label | None = field("What its tags say.", example={}, default=None)

    @property
    def suffix(self) -> str:
        """`.mp3`, `.m4a` or `.opus`."""
        return "." + self.file.rpartition(".")[2]

    @property
    def format(self) -> str:
        """`mp3`, `aac` or `opus`, as `[feed] formats` names it."""
        return FORMATS.get(self.suffix, "")

    @property
    def mark(self) -> str:
        """The eight characters of the content hash that stand in the published name."""
        return self.sha256[:8]


class AudioFacts(Model):
    """`audio.json`: the recording, its tracks, and the editions made of it."""

    recording: Recording | None = field("The published mix.", example={}, default=None)
    tracks: tuple[Recording, ...] = field("One file a person, for recognition only.", example=[], default=())
    editions: tuple[Edition, ...] = field("What is published.", example=[], default=())
    replaced: bool | None = field(
        "The recording was replaced: the next build makes the editions anew.", example=True, default=None
    )
