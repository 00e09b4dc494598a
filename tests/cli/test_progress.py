from __future__ import annotations

import pytest

from pipeline.cli.progress import SHOWN, Lines
from pipeline.cli.speaking import speak
from pipeline.messages import Translator, msg
from pipeline.workflow import Event, Pace


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_episode_speaks_at_most_once_per_twentieth(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(Clock())
    lines(Event("start", "a"))
    for second in range(3001):
        lines(Event("piece", "a", second, 3000))
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 20


def test_telling_voices_apart_is_progress_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    speak("en")
    lines = Lines(Clock())
    lines(Event("start", "a"))
    lines(Event("piece", "a", 3000, 3000))
    lines(Event("voices", "a", 10, 3000))
    lines(Event("voices", "a", 1500, 3000))
    assert capsys.readouterr().err.splitlines()[1:] == ["a  voices: 0:25:00 of 0:50:00"]


def test_a_warning_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(Clock())
    for episode in "abc":
        lines(Event("warning", episode, message=msg("The model knows one voice.")))
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_speed_and_what_remains_are_measured_from_the_first_second_decoded() -> None:
    clock = Clock()
    pace = Pace(clock, 0)
    german = Translator("de")
    clock.now = 30  # the model was loading
    assert german(SHOWN["piece"](pace, Event("piece", "a", 0, 2537))) == "0:00:00 von 0:42:17"
    clock.now = 30 + 1420 / 3.1
    said = german(SHOWN["piece"](pace, Event("piece", "a", 1420, 2537)))
    assert said == "0:23:40 von 0:42:17 · 3,1-fach · noch 0:06:00"
