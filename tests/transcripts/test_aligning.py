from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Cue, Word
from pipeline.transcripts import aligning

WORDS = [f"{a}{b}" for a in ("haus", "stadt", "wissen", "buch", "und", "die") for b in ("", "e", "n", "er")]


def heard(texts: list[str]) -> list[Word]:
    return [Word(text, n * 0.4, n * 0.4 + 0.3) for n, text in enumerate(texts)]


def cue_of(words: list[Word], text: str = "", id_: str = "1") -> Cue:
    return Cue(id_, words[0].start_s, words[-1].end_s, text or " ".join(word.text for word in words))


def test_words_heard_just_so_have_their_own_times() -> None:
    words = heard(["guten", "tag", "allerseits"])
    (made,) = aligning.timed([cue_of(words, "Guten Tag, allerseits!")], words)
    assert [(w.text, w.start_s, w.exact) for w in made] == [
        ("Guten", 0.0, True),
        ("Tag,", 0.4, True),
        ("allerseits!", 0.8, True),
    ]


def test_words_between_anchors_share_the_time_by_their_letters() -> None:
    words = heard(["das", "is", "gut"])
    (made,) = aligning.timed([cue_of(words, "Das ist dochnoch gut")], words)
    assert [w.exact for w in made] == [True, False, False, True]
    ist, noch = made[1:3]
    assert ist.start_s == 0.3
    assert abs(ist.end_s - (0.3 + 0.5 * 4 / 13)) < 1e-9
    assert (noch.start_s, round(noch.end_s, 9)) == (ist.end_s, 0.8)


def test_a_word_in_place_of_another_has_its_time() -> None:
    words = heard(["hier", "ist", "bochum"])
    (made,) = aligning.timed([cue_of(words, "Hier ist Herne.")], words)
    assert [(w.start_s, w.exact) for w in made] == [(0.0, True), (0.4, True), (0.8, False)]


def test_a_sentence_that_nobody_heard_shares_its_own_time() -> None:
    (made,) = aligning.timed([Cue("1", 10.0, 12.0, "ab cd")], [])
    assert [(w.start_s, w.end_s) for w in made] == [(10.0, 11.0), (11.0, 12.0)]


def test_a_word_heard_elsewhere_is_no_anchor() -> None:
    (made,) = aligning.timed([Cue("1", 10.0, 12.0, "haus")], [Word("haus", 50.0, 50.3)])
    assert [(w.start_s, w.end_s, w.exact) for w in made] == [(10.0, 12.0, False)]


def test_with_six_percent_noise_98_of_100_words_have_an_exact_anchor() -> None:
    """Words drawn like those of a language (few of them often), 6 % replaced, left out or added."""
    chance = random.Random(4)
    weights = [1 / (n + 1) for n in range(3000)]
    spoken = [f"w{n}" for n in chance.choices(range(3000), weights, k=20_000)]
    noisy, origin = [], []
    for number, word in enumerate(spoken):
        kind = chance.random()
        if kind < 0.02:
            continue
        noisy.append(f"x{number}" if kind < 0.04 else word)
        origin.append(-1 if kind < 0.04 else number)
        if kind > 0.98:
            noisy.append(f"y{number}")
            origin.append(-1)
    words = heard(spoken)
    groups = [range(at, min(at + 12, len(noisy))) for at in range(0, len(noisy), 12)]
    cues = [Cue(str(g.start), 0.0, 8000.0, " ".join(noisy[at] for at in g)) for g in groups]
    made = [word for cue in aligning.timed(cues, words) for word in cue]
    kept = [(word, number) for word, number in zip(made, origin, strict=True) if number >= 0]
    right = sum(word.exact and word.start_s == words[number].start_s for word, number in kept)
    assert right / len(kept) >= 0.98


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.data())
def test_times_never_go_back_and_stay_within_the_sentence(texts: list[str], data: st.DataObject) -> None:
    words = heard(texts)
    cues, at = [], 0.0
    for number in range(data.draw(st.integers(0, 6))):
        start = at + data.draw(st.integers(0, 3))
        at = start + data.draw(st.integers(1, 8))
        text = " ".join(data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)))
        cues.append(Cue(str(number), float(start), float(at), text))
    made = aligning.timed(cues, words)
    assert [[w.text for w in cue] for cue in made] == [cue.text.split() for cue in cues]
    for cue, own in zip(cues, made, strict=True):
        assert all(cue.start_s <= w.start_s <= w.end_s <= cue.end_s for w in own)
    flat = [word for own in made for word in own]
    assert all(a.start_s <= b.start_s for a, b in pairwise(flat))
