"""Where nobody speaks, nothing is written: real sound through the real network."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from pipeline import audio, speech
from pipeline.speech import Options, Place, Recognition

FIXTURES = Path(__file__).parent.parent / "fixtures"
OPTIONS = Options(
    model=str(FIXTURES / "tiny-de-espeak.pt"), language="de", engine="faster-whisper", device="cpu"
)
SECONDS = np.arange(20 * audio.RATE) / audio.RATE
RANDOM = np.random.default_rng(1)

Samples = npt.NDArray[np.float64]


def tone(hertz: float) -> Samples:
    return np.sin(2 * np.pi * hertz * SECONDS)


def music() -> Samples:
    """Chords that change every half second, with a beat of noise."""
    chords = [(220, 277, 330), (196, 247, 294), (175, 220, 262), (165, 208, 247)]
    at = (SECONDS * 2).astype(int) % 4
    tones = sum(
        np.where(at == n, tone(hertz) + 0.5 * tone(2 * hertz), 0)
        for n, chord in enumerate(chords)
        for hertz in chord
    )
    beat = RANDOM.normal(size=len(SECONDS)) * np.exp(-20 * (SECONDS * 2 % 1))
    made: Samples = 0.1 * tones + 0.2 * beat
    return made


SOUNDS = {
    "silence": lambda: 0 * SECONDS,
    "hum": lambda: 0.2 * (tone(50) + 0.5 * tone(150) + 0.3 * tone(250)),
    "noise": lambda: 0.1 * RANDOM.normal(size=len(SECONDS)),
    "music": music,
}


def heard(folder: Path, samples: npt.NDArray[np.int16]) -> Recognition:
    recording = folder / "aufnahme.wav"
    with wave.open(str(recording), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(audio.RATE)
        file.writeframes(samples.astype("<i2").tobytes())
    length_s = len(samples) / audio.RATE
    place = Place(1)
    return speech.recognise(
        recording, OPTIONS, place, length_s=length_s, journals=folder / "journal", report=lambda _: None
    )


@pytest.mark.parametrize("sound", SOUNDS)
def test_without_a_voice_there_is_no_text(tmp_path: Path, sound: str) -> None:
    result = heard(tmp_path, (SOUNDS[sound]() * 32767).clip(-32768, 32767).astype(np.int16))
    assert result.segments == ()
    assert result.speech == ()


def test_a_minute_of_silence_within_a_talk_gives_no_text_there(tmp_path: Path) -> None:
    talk = np.concatenate(list(audio.stream(FIXTURES / "speech.mp3")))
    spoken_s = len(talk) / audio.RATE
    result = heard(tmp_path, np.concatenate([talk, np.zeros(60 * audio.RATE, np.int16), talk]))
    words = [word for segment in result.segments for word in segment.words]
    before = [word.text for word in words if word.end_s <= spoken_s + 0.5]
    after = [word.text for word in words if word.start_s >= spoken_s + 59.5]
    assert len(before) + len(after) == len(words)
    assert len(before) >= 18
    assert before == after
    first, *_, last = result.speech
    assert all(end_s <= spoken_s + 0.5 or start_s >= spoken_s + 59.5 for start_s, end_s in result.speech)
    assert first[0] < 1
    assert last[1] > spoken_s + 60 + spoken_s - 2
