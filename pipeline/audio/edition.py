"""A recording → the file that is published: retagged, remuxed or encoded, never in place."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from pipeline.audio import probe
from pipeline.audio.tags import Tags
from pipeline.errors import AudioError
from pipeline.files import whole
from pipeline.messages import msg
from pipeline.models import MIME_TYPES, Chapter, Edition, Recording

BITS_MONO, BITS_STEREO = 64_000, 128_000
_KEPT = {"aac": ".m4a", "mp3": ".mp3"}  # codecs whose sound is published as it is


def make_edition(recording: Path, target: Path, tags: Tags, *, facts: Recording, inputs: str) -> Edition:
    """Make a published file beside `target` (a path without suffix); returns its facts.

    MP3 keeps its sound, M4A is remuxed, everything else becomes MP3, whose length is measured again. No old
    tag survives.
    """
    suffix = _KEPT.get(facts.codec, ".mp3")
    made = target.with_name(target.name + suffix)
    try:
        with whole(made, durable=True) as part:
            encoded = _fill(recording, part, tags, facts, suffix)
            duration_s = probe.measure(part).duration_s if encoded else facts.duration_s
            size, digest = part.stat().st_size, _digest(part)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AudioError(
            msg("The published file cannot be made: {reason}.", reason=reason), where=made
        ) from error
    return Edition(
        file=made.name,
        type=MIME_TYPES[suffix],
        bytes=size,
        sha256=digest,
        bit_rate=round(size * 8 / duration_s),
        duration_s=duration_s,
        inputs=inputs,
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fill(recording: Path, part: Path, tags: Tags, facts: Recording, suffix: str) -> bool:
    """Whether the sound was encoded anew."""
    if suffix == ".m4a":
        _remux(recording, part, tags.chapters, facts.duration_s)
        _tag_mp4(part, tags)
        return False
    kept = facts.codec == "mp3" and _is_bare(recording)
    if kept:
        shutil.copyfile(recording, part)
    else:
        _encode(recording, part, facts)
    _tag_mp3(part, tags, facts.duration_s)
    return not kept


def _is_bare(recording: Path) -> bool:
    """MP3 may also lie in a WAV or MP4 container, which no podcast app expects behind `.mp3`."""
    with probe.opened(recording) as source:
        return bool(source.format.name == "mp3")


def _encode(recording: Path, part: Path, facts: Recording) -> None:
    import av  # noqa: PLC0415 (heavy)

    mono = facts.channels == 1
    with (
        probe.opened(recording) as source,
        av.open(str(part), "w", format="mp3", options={"id3v2_version": "0", "fflags": "+bitexact"}) as made,
    ):
        stream = made.add_stream("libmp3lame", rate=44_100, layout="mono" if mono else "stereo")
        stream.bit_rate = BITS_MONO if mono else BITS_STEREO
        resampler = av.AudioResampler(format="fltp", layout="mono" if mono else "stereo", rate=44_100)
        for frame in _resampled(source, recording, resampler):
            frame.pts = None
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))


def _resampled(source: Any, recording: Path, resampler: Any) -> Iterable[Any]:
    for frame in probe.frames(source, probe.sound_of(source, recording)):
        yield from resampler.resample(frame)
    yield from resampler.resample(None)


def _remux(recording: Path, part: Path, chapters: tuple[Chapter, ...], duration_s: float) -> None:
    import av  # noqa: PLC0415

    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with probe.opened(recording) as source, av.open(str(part), "w", format="ipod", options=options) as made:
        stream = probe.sound_of(source, recording)
        out = made.add_stream_from_template(stream)
        if chapters:
            made.set_chapters(_mp4_chapters(chapters, duration_s))
        for packet in source.demux(stream):
            if packet.dts is not None:
                packet.stream = out
                made.mux(packet)


def _mp4_chapters(chapters: tuple[Chapter, ...], duration_s: float) -> list[Any]:
    return [
        {
            "id": number,
            "start": round(chapter.start * 1000),
            "end": round(end * 1000),
            "time_base": Fraction(1, 1000),
            "metadata": {"title": chapter.title},
        }
        for number, (chapter, end) in enumerate(_ends(chapters, duration_s))
    ]


def _ends(chapters: tuple[Chapter, ...], duration_s: float) -> list[tuple[Chapter, float]]:
    starts = [chapter.start for chapter in chapters]
    return list(zip(chapters, [*starts[1:], duration_s][: len(starts)], strict=True))


def _tag_mp3(part: Path, tags: Tags, duration_s: float) -> None:
    """ID3v2.3, which every player reads; chapters as CHAP frames listed in a top-level CTOC."""
    from mutagen import id3  # noqa: PLC0415

    _strip(part)
    made = id3.ID3()
    for frame in _frames(id3, tags):
        made.add(frame)
    for number, (chapter, end) in enumerate(_ends(tags.chapters, duration_s)):
        title = id3.TIT2(encoding=1, text=[chapter.title])
        times = {"start_time": round(chapter.start * 1000), "end_time": round(end * 1000)}
        made.add(
            id3.CHAP(
                element_id=f"chp{number}",
                **times,
                start_offset=0xFFFFFFFF,
                end_offset=0xFFFFFFFF,
                sub_frames=[title],
            )
        )
    if tags.chapters:
        children = [f"chp{number}" for number in range(len(tags.chapters))]
        made.add(id3.CTOC(element_id="toc", flags=3, child_element_ids=children, sub_frames=[]))
    made.update_to_v23()
    made.save(part, v2_version=3, v1=0, padding=lambda _: 1024)


def _strip(part: Path) -> None:
    from mutagen import apev2, id3  # noqa: PLC0415

    apev2.delete(part)
    while True:  # a careless program puts its tag in front of an older one
        size = part.stat().st_size
        id3.delete(part)
        if part.stat().st_size == size:
            return


def _frames(id3: Any, tags: Tags) -> Iterable[Any]:
    texts = (
        (id3.TIT2, tags.title), (id3.TIT3, tags.subtitle), (id3.TPE1, " / ".join(tags.people)),
        (id3.TALB, tags.album), (id3.TDRC, tags.date), (id3.TRCK, str(tags.number or "")),
        (id3.TLAN, _three_letters(tags.language)),
    )  # fmt: skip
    yield from (frame(encoding=1, text=[text]) for frame, text in texts if text)
    if tags.comment:
        yield id3.COMM(encoding=1, lang=_three_letters(tags.language) or "und", desc="", text=[tags.comment])
    if tags.guid:
        yield id3.TXXX(encoding=1, desc="PODCAST GUID", text=[tags.guid])
    if tags.cover:
        yield id3.APIC(encoding=0, mime=tags.cover.type, type=3, desc="", data=tags.cover.data)


def _three_letters(language: str) -> str:
    codes = {"de": "deu", "en": "eng", "es": "spa", "fr": "fra", "tr": "tur", "uk": "ukr"}
    return codes.get(language.partition("-")[0], "")


def _tag_mp4(part: Path, tags: Tags) -> None:
    from mutagen.mp4 import MP4, MP4Cover  # noqa: PLC0415

    file: Any = MP4(part)
    file.delete()
    if file.tags is None:
        file.add_tags()
    texts = (
        ("\xa9nam", tags.title), ("\xa9ART", ", ".join(tags.people)), ("\xa9alb", tags.album),
        ("\xa9day", tags.date), ("\xa9cmt", tags.comment), ("desc", tags.description),
    )  # fmt: skip
    for name, text in texts:
        if text:
            file.tags[name] = [text]
    if tags.number:
        file.tags["trkn"] = [(tags.number, 0)]
    if tags.cover:
        kind = MP4Cover.FORMAT_PNG if tags.cover.type == "image/png" else MP4Cover.FORMAT_JPEG
        file.tags["covr"] = [MP4Cover(tags.cover.data, kind)]
    free = (("PODCAST GUID", tags.guid), ("SUBTITLE", tags.subtitle), ("LANGUAGE", tags.language))
    for name, text in free:
        if text:
            file.tags[f"----:com.apple.iTunes:{name}"] = [text.encode()]
    file.save()
