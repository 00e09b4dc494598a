"""Cutting: what is kept, what is left out, and that nothing depends on how the samples come in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.speech.activity import FRAME
from pipeline.speech.pieces import RATE, WINDOW, WINDOWS, Clip, Piece, Window, cut

SECOND = RATE / FRAME  # frames


def stream(speech: list[tuple[float, float]], step: int = 512) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Speech and pauses (seconds each, in turn) as probabilities, with samples that number themselves."""
    probabilities = np.concatenate(
        [
            part
            for spoken_s, quiet_s in speech
            for part in (np.full(round(spoken_s * SECOND), 0.9), np.full(round(quiet_s * SECOND), 0.01))
        ]
        or [np.zeros(0)]
    ).astype(np.float32)
    samples = (np.arange(len(probabilities) * FRAME) % 30_000).astype(np.int16)
    for at in range(0, len(probabilities), step):
        yield samples[at * FRAME : (at + step) * FRAME], probabilities[at : at + step]


def clips(pieces: list[Piece]) -> list[Clip]:
    return [clip for piece in pieces for window in piece.windows for clip in window.clips]


def test_silence_gives_nothing() -> None:
    assert list(cut(stream([(0, 600)]))) == []
    assert list(cut(stream([]))) == []


def test_a_click_is_no_speech() -> None:
    assert list(cut(stream([(0, 5), (0.06, 5)]))) == []


def test_a_word_of_a_fifth_of_a_second_is_heard() -> None:
    (piece,) = cut(stream([(0.2, 0)]))
    assert piece.end_s == pytest.approx(0.2, abs=0.04)


def test_a_long_pause_is_left_out_and_a_short_one_stays() -> None:
    (piece,) = cut(stream([(3, 0.4), (3, 6), (3, 1)]))
    (window,) = piece.windows
    assert len(window.clips) == 2
    assert window.length / RATE == pytest.approx(9.4 + 3 * 0.4, abs=0.2)


def test_windows_end_at_the_longest_pause_within_reach() -> None:
    (piece,) = cut(stream([(13, 0.2), (13, 0.6), (2.5, 0.2), (10, 1)]))
    assert piece.windows[0].clips[-1].end / RATE == pytest.approx(26.5, abs=0.1)


def test_speech_without_a_pause_is_cut_all_the_same() -> None:
    pieces = list(cut(stream([(300, 0)])))
    assert sum(clip.end - clip.start for clip in clips(pieces)) == round(300 * SECOND) * FRAME
    assert all(window.length <= WINDOW for piece in pieces for window in piece.windows)


spoken = st.lists(
    st.tuples(st.floats(0.2, 40), st.floats(0.1, 20)).map(lambda p: (round(p[0], 1), round(p[1], 1))),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(speech=spoken, step=st.sampled_from([1, 100, 512, 5000]))
def test_pieces_are_whole_in_order_and_the_same_however_the_samples_come(
    speech: list[tuple[float, float]], step: int
) -> None:
    pieces = list(cut(stream(speech, step)))
    assert [p.digest for p in pieces] == [p.digest for p in cut(stream(speech))]
    assert [p.number for p in pieces] == list(range(len(pieces)))
    found = clips(pieces)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    probabilities = np.concatenate([p for _, p in stream(speech)] or [np.zeros(0)])
    covered = np.zeros(len(probabilities), bool)
    for clip in found:
        covered[clip.start // FRAME : clip.end // FRAME] = True
    assert covered[probabilities > 0.5].all()
    for piece in pieces:
        assert 1 <= len(piece.windows) <= WINDOWS
        for window, sound in zip(piece.windows, piece.sounds(), strict=True):
            assert len(sound) == window.length <= WINDOW
            wanted = np.concatenate([np.arange(c.start, c.end) % 30_000 for c in window.clips])
            assert (sound == wanted).all()


def test_a_piece_travels_as_flac_and_arrives_the_same() -> None:
    (piece,) = cut(stream([(12, 3), (4, 1)]))
    packed = piece.packed()
    assert len(packed.flac) < piece.samples.nbytes
    assert packed.unpacked().digest == piece.digest


WINDOW_OF_TWO = Window((Clip(16_000, 32_000), Clip(80_000, 96_000)))


@pytest.mark.parametrize(("at_s", "moment_s"), [(0.0, 1.0), (0.5, 1.5), (1.5, 5.5), (2.0, 6.0), (9.0, 6.0)])
def test_a_moment_of_a_window_is_one_of_the_recording(at_s: float, moment_s: float) -> None:
    assert WINDOW_OF_TWO.moments(at_s, at_s)[0] == pytest.approx(moment_s)


def test_a_word_never_lasts_over_a_pause_that_was_left_out() -> None:
    assert WINDOW_OF_TWO.word(0.9, 1.4) == (5.0, 5.4)
    assert WINDOW_OF_TWO.word(0.5, 1.2) == (1.5, 2.0)


def test_what_is_left_of_a_window_keeps_its_place() -> None:
    assert WINDOW_OF_TWO.after(8000) == Window((Clip(24_000, 32_000), Clip(80_000, 96_000)))
    assert WINDOW_OF_TWO.after(20_000) == Window((Clip(84_000, 96_000),))
