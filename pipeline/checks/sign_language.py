"""Rules for videos in sign language: browsers show them, and hands are seen as the law asks."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.rules import HOUSE, MUST, Finding, Rule, in_episode
from pipeline.messages import Message, msg
from pipeline.models import VIDEO_TYPES, House, VideoFacts

LEAST_PIXELS = (320, 240)
LEAST_RATE = 25
CODECS = {"av1", "h264", "vp8", "vp9"}
"""What browsers show, as FFmpeg names it."""
FIELD = "sign_language"


def present(house: House) -> Iterator[Finding]:
    """The video is there, can be opened, and is of a kind that every browser shows."""
    names = ", ".join(suffix[1:].upper() for suffix in VIDEO_TYPES)
    hint = msg("Export it as MP4 with H.264, put it into the episode's folder, or delete the line.")
    for episode in house.episodes:
        file, facts = episode.sign_language, house.of(episode).sign_language
        if file is None:
            continue
        if facts is None:
            message = msg("The video {file} is missing or cannot be opened.", file=file)
            yield in_episode(episode, FIELD, message, hint)
        elif not facts.type:
            message = msg("Not every browser shows {file}: it has to be {names}.", file=file, names=names)
            yield in_episode(episode, FIELD, message, hint)
        elif facts.codec not in CODECS:
            message = msg("Not every browser shows {file}: it holds {codec}.", file=file, codec=facts.codec)
            yield in_episode(episode, FIELD, message, hint)


def fits(house: House) -> Iterator[Finding]:
    """The video has at least 320 × 240 pixels and 25 pictures a second."""
    for episode in house.episodes:
        facts = house.of(episode).sign_language
        for message, hint in _mistakes(facts) if facts else ():
            yield in_episode(episode, FIELD, message, hint)


def _mistakes(facts: VideoFacts) -> Iterator[tuple[Message, Message]]:
    width, height = LEAST_PIXELS
    if facts.width < width or facts.height < height:
        size = {"width": facts.width, "height": facts.height}
        message = msg("The video has {width} × {height} pixels; 320 × 240 are the least.", **size)
        yield message, msg("Export it again, larger: 1280 × 720 shows faces and fingers well.")
    if round(facts.rate, 1) < LEAST_RATE:
        message = msg("The video has {n} pictures a second; 25 are the least.", n=round(facts.rate, 1))
        yield (
            message,
            msg("Export it again with as many pictures a second as it was recorded with."),
        )


RULES: tuple[Rule, ...] = (
    Rule("sign-language-fits", MUST, "BITV 2.0, § 4 and Anlage 2",
         msg("Signs are read from hands and faces: small or jerking pictures cannot be understood."), fits),
    Rule("sign-language-present", MUST, f"{HOUSE}, Gebärdensprache",
         msg("The page would show a player in which nothing plays."), present),
)  # fmt: skip
