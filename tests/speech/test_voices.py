from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from pipeline import audio, speech
from pipeline.speech import grouping, prints, voices
from pipeline.speech.levels import Levels

FIXTURES = Path(__file__).parent.parent / "fixtures"
Spans = tuple[tuple[float, float], ...]


def spoken(name: str) -> tuple[tuple[Spans, ...], list[str]]:
    """The sentences of a recording, its words by the share of their letters; and who says each."""
    sentences, speakers = [], []
    for line in (FIXTURES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        start, end, speaker, text = line.split(" ", 3)
        edges = np.cumsum([0, *map(len, text.split())]) / sum(map(len, text.split()))
        times = float(start) + edges * (float(end) - float(start))
        sentences.append(tuple((float(a), float(b)) for a, b in itertools.pairwise(times)))
        speakers.append(speaker)
    return tuple(sentences), speakers


@pytest.mark.parametrize(("name", "people"), [("voices-two", 2), ("voices-three", 3)])
def test_real_voices_come_apart_and_count_in_the_order_of_appearance(name: str, people: int) -> None:
    sentences, speakers = spoken(name)
    heard = speech.tell_apart(FIXTURES / f"{name}.mp3", sentences, people)
    order = {speaker: place for place, speaker in enumerate(dict.fromkeys(speakers), 1)}
    assert len(order) == people
    assert heard == tuple((order[s],) * len(words) for s, words in zip(speakers, sentences, strict=True))


def test_two_real_voices_come_apart_where_nobody_says_how_many_there_are() -> None:
    sentences, speakers = spoken("voices-two")
    heard = speech.tell_apart(FIXTURES / "voices-two.mp3", sentences)
    assert len({(s, v) for s, own in zip(speakers, heard, strict=True) for v in own}) == 2


def test_a_sentence_that_goes_over_to_another_voice_changes_at_the_word() -> None:
    sentences, _ = spoken("voices-two")
    joined = (*sentences[:1], sentences[1] + sentences[2], *sentences[3:])
    heard = speech.tell_apart(FIXTURES / "voices-two.mp3", joined, 2)
    assert heard[1] == (1,) * len(sentences[1]) + (2,) * len(sentences[2])


def test_it_is_told_how_far_the_telling_apart_has_come() -> None:
    sentences, _ = spoken("voices-two")
    told: list[float] = []
    speech.tell_apart(FIXTURES / "voices-two.mp3", sentences, 2, told.append)
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] == pytest.approx(sentences[-1][-1][1])


def test_nothing_but_numbers_leaves_the_process_that_listens() -> None:
    sentences, _ = spoken("voices-two")
    heard = speech.tell_apart(FIXTURES / "voices-two.mp3", sentences, 2)
    assert {type(voice) for own in heard for voice in own} == {int}


def test_a_recording_without_words_has_no_voices() -> None:
    assert speech.tell_apart(FIXTURES / "voices-two.mp3", (), 2) == ()


def test_words_too_short_to_tell_follow_those_before_them() -> None:
    long = tuple((n * 0.5, n * 0.5 + 0.5) for n in range(8))
    known = [voices.Unit(0, 0, 8, 0, 4), voices.Unit(2, 0, 8, 6, 10), voices.Unit(3, 0, 8, 11, 15)]
    one, other = np.eye(2, 4, dtype=np.float32)
    rows = np.stack([one, other, one])
    made = voices.assigned((long, ((4.1, 4.3),), long, long), known, rows, 2)
    assert made[1] == made[0][-1:]


def test_units_cover_every_word_once_and_lie_within_a_sentence() -> None:
    sentences, _ = spoken("voices-two")
    made = voices.units(sentences)
    for number, words in enumerate(sentences):
        own = [at for u in made if u.sentence == number for at in range(u.first, u.last)]
        assert own == list(range(len(words)))


def test_the_sound_of_a_unit_is_that_of_the_recording_at_its_time() -> None:
    sound = np.arange(160_000, dtype=np.int32).astype(np.int16)
    units = [voices.Unit(0, 0, 1, 1.0, 2.0), voices.Unit(1, 0, 1, 1.5, 9.0), voices.Unit(2, 0, 1, 9.5, 30.0)]
    blocks = [sound[at : at + 1000] for at in range(0, len(sound), 1000)]
    for unit, part in voices._sounds(blocks, units):
        start = round((unit.start_s - voices.MARGIN_S) * 16_000)
        end = round((unit.end_s + voices.MARGIN_S) * 16_000)
        assert np.array_equal(part, sound[start:end])


def clouds(count: int, spread: float, each: int = 12) -> tuple[np.ndarray, list[int]]:
    random = np.random.default_rng(7)
    centres = np.eye(count, 32)
    rows = np.concatenate([centre + random.normal(0, spread, (each, 32)) for centre in centres])
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), [
        number for number in range(count) for _ in range(each)
    ]


@pytest.mark.parametrize("count", [2, 3, 5])
@pytest.mark.parametrize("most", [0, 5])
def test_groups_are_found_with_and_without_a_hint(count: int, most: int) -> None:
    rows, truth = clouds(count, 0.08)
    groups = grouping.group(rows, np.ones(len(rows), np.float32), most)
    assert len(set(zip(truth, groups.tolist(), strict=True))) == count == len(set(groups.tolist()))


def test_one_voice_that_varies_stays_one() -> None:
    rows, _ = clouds(1, 0.15, each=40)
    assert set(grouping.group(rows, np.ones(40, np.float32), 0).tolist()) == {0}
    assert set(grouping.group(rows, np.ones(40, np.float32), 3).tolist()) == {0}


def test_there_are_never_more_voices_than_people() -> None:
    rows, _ = clouds(5, 0.05)
    assert len(set(grouping.group(rows, np.ones(len(rows), np.float32), 3).tolist())) <= 3


def test_embeddings_have_length_one_and_one_voice_is_like_itself() -> None:
    sound = np.concatenate(list(audio.stream(FIXTURES / "voices-two.mp3")))
    sentences, speakers = spoken("voices-two")
    embedder = prints.Embedder()
    spans = [(round(words[0][0] * 16_000), round(words[-1][1] * 16_000)) for words in sentences]
    made = np.stack([embedder.embed(sound[start:end]) for start, end in spans])
    assert np.allclose(np.linalg.norm(made, axis=1), 1.0, atol=1e-5)
    own = np.array([[a == b for b in speakers] for a in speakers])
    likeness = made @ made.T
    assert likeness[own].min() > likeness[~own].max()


def test_a_level_stands_for_every_tenth_of_a_second() -> None:
    levels = Levels()
    tone = (0.5 * 32768 * np.sin(np.arange(16_000) * 0.3)).astype(np.int16)
    sound = np.concatenate([np.zeros(16_000, np.int16), tone, np.zeros(100, np.int16)])
    blocks = [sound[at : at + 777] for at in range(0, len(sound), 777)]
    assert np.array_equal(np.concatenate(list(levels.listening(blocks))), sound)
    assert len(levels.values) == 21
    assert levels.values[5] < -95.0
    assert levels.values[15] == pytest.approx(-9.0, abs=0.1)
