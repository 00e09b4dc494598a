"""Small recordings of several synthetic voices for tests (espeak-ng): `python tools/make_voices.py`.

`voices-two.mp3` and `voices-three.mp3` are one microphone each. `track-mira.mp3` and `track-kim.mp3` are a
microphone a person, each of which catches the other person more quietly; once both speak at the same time,
and Kim's is shorter. Beside each lies a .txt: start, end (seconds), voice, text. Words are those that the
demonstration checkpoint has heard.
"""

from __future__ import annotations

import subprocess
import tempfile
import wave
from pathlib import Path
from typing import Any

import av
import numpy as np

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures"
PAUSE_S = 0.5
BIT_RATE = 40_000
ECHO = 0.1  # −20 dB
AUDIBLE = 100  # of 32768
NOISE = 12  # of 32768: a room is never quite silent

TWO = (
    ("de", "Hallo und willkommen zu einer neuen Folge."),
    ("de", "Heute sprechen wir über die Bibliothek in Bochum."),
    ("de+f2", "Vielen Dank für die Einladung."),
    ("de+f2", "Die Bibliothek ist ein Ort für alle Menschen in der Stadt."),
    ("de", "Was ist in diesem Jahr neu?"),
    ("de+f2", "Wir haben neue Angebote für Kinder und Jugendliche."),
    ("de+f2", "Am Sonntag gibt es eine Lesung im Rathaus."),
    ("de", "Welche Ideen haben die Bürgerinnen und Bürger?"),
    ("de", "Gibt es auch eine Umfrage?"),
    ("de+f2", "Ja, die Umfrage beginnt im Januar."),
    ("de+f2", "Alle können ihre Ideen mit uns teilen."),
    ("de", "Herzlichen Dank und bis zum nächsten Mal."),
)
THREE = (
    ("de", "Hallo und willkommen zu einer neuen Folge."),
    ("de", "Unser Thema heute ist Datenschutz."),
    ("de+f2", "Vielen Dank für die Einladung."),
    ("de+f2", "Der Datenschutz ist wichtig für alle Menschen."),
    ("de+m7", "Wir brauchen neue Regeln für die Verwaltung."),
    ("de+m7", "Die neuen Angebote sind wichtig für alle Schulen."),
    ("de", "Welche Fragen haben die Bürgerinnen und Bürger?"),
    ("de+f2", "Viele Menschen fragen nach ihren Daten."),
    ("de+m7", "Die Antworten gibt es im Rathaus und in der Bibliothek."),
    ("de", "Gibt es auch eine Umfrage?"),
    ("de+f2", "Ja, die Umfrage beginnt im Januar."),
    ("de+m7", "Alle können ihre Ideen mit uns teilen."),
    ("de", "Herzlichen Dank an alle Hörerinnen und Hörer."),
)
MIRA, KIM = "mira", "kim"
TALK = (
    # seconds after the end of the last sentence, who, voice, text
    (0.5, MIRA, "de", "Hallo und willkommen zu einer neuen Folge."),
    (0.6, KIM, "de+m4", "Vielen Dank für die Einladung."),
    (0.6, MIRA, "de", "Was ist in diesem Jahr neu in der Bibliothek?"),
    (0.6, KIM, "de+m4", "Am Sonntag gibt es eine Lesung im Rathaus."),
    (-1.2, MIRA, "de", "Das Projekt ist für alle Menschen in der Stadt."),
    (2.2, MIRA, "de", "Herzlichen Dank und bis zum nächsten Mal."),
)


def main() -> None:
    """Make all four; the same espeak-ng and libraries give the same bytes."""
    for name, script in (("voices-two", TWO), ("voices-three", THREE)):
        parts = [(0.0 if not n else PAUSE_S, voice, voice, text) for n, (voice, text) in enumerate(script)]
        length, placed = place(parts)
        keep(name, mixed(length, [(at, sound, 1.0) for at, sound, _, _ in placed]), placed)
    length, placed = place(list(TALK))
    for own in (MIRA, KIM):
        sounds = [(at, sound, 1.0 if who == own else ECHO) for at, sound, who, _ in placed]
        cut = length if own == MIRA else length - RATE
        keep(f"track-{own}", mixed(length, sounds)[:cut], [one for one in placed if one[2] == own])


RATE = 22_050
Placed = tuple[int, Any, str, str]


def place(parts: list[tuple[float, str, str, str]]) -> tuple[int, list[Placed]]:
    """Each sentence with the sample it starts at; and how many samples there are."""
    placed: list[Placed] = []
    end = 0
    for pause_s, who, voice, text in parts:
        sound = spoken(voice, text)
        start = end + round(pause_s * RATE)
        placed.append((start, sound, who, text))
        end = max(end, start + len(sound))
    return end + RATE // 2, placed


def spoken(voice: str, text: str) -> Any:
    """Samples at 22,050 Hz without the silence at both ends."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.wav"
        subprocess.run(["espeak-ng", "-v", voice, "-w", str(path), text], check=True)
        with wave.open(str(path), "rb") as one:
            sound = np.frombuffer(one.readframes(one.getnframes()), np.int16)
    loud = np.nonzero(np.abs(sound) > AUDIBLE)[0]
    return sound[loud[0] : loud[-1] + 1]


def mixed(length: int, sounds: list[tuple[int, Any, float]]) -> Any:
    """All sounds at their places over a quiet room."""
    room = np.random.default_rng(1).normal(0, NOISE, length)
    for at, sound, gain in sounds:
        room[at : at + len(sound)] += 0.7 * gain * sound
    return np.clip(room, -32768, 32767).astype(np.int16)


def keep(name: str, samples: Any, placed: list[Placed]) -> None:
    """The MP3 and what is said in it."""
    with av.open(str(FIXTURES / f"{name}.mp3"), "w", options={"fflags": "+bitexact"}) as container:
        stream: Any = container.add_stream("libmp3lame", rate=RATE, layout="mono")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
        frame.rate = RATE
        for out in av.AudioResampler("s16p", "mono", RATE, 1152).resample(frame):
            container.mux(stream.encode(out))
        container.mux(stream.encode(None))
    lines = (f"{at / RATE:.2f} {(at + len(s)) / RATE:.2f} {who} {text}\n" for at, s, who, text in placed)
    (FIXTURES / f"{name}.txt").write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
