"""Two recordings of one talk: what was kept, cut and added, from words that a machine heard twice."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Word
from pipeline.transcripts.moves import Kept, Moves
from pipeline.transcripts.moving import align

VOCABULARY = [f"wort{n}" for n in range(300)]
Words = list[Word]


def spoken(count: int, seed: int = 1) -> Words:
    """Sentences of twelve words with pauses between them, from 1 s on."""
    chance, made, at = random.Random(seed), [], 1.0
    for number in range(count):
        made.append(Word(chance.choice(VOCABULARY), round(at, 3), round(at + 0.25, 3)))
        at += 1.3 if number % 12 == 11 else 0.35
    return made


def heard(words: Words, seed: int, off_s: float = 0.07) -> Words:
    """As a machine hears it: each tenth word wrongly, times by so much off (standard deviation)."""
    chance = random.Random(seed)

    def off(moment_s: float) -> float:
        return max(0.0, moment_s + chance.gauss(0, off_s))

    return [
        Word(word.text if chance.random() > 0.1 else f"x{word.text}", off(word.start_s), off(word.end_s))
        for word in words
    ]


def moved(words: Words, by_s: float) -> Words:
    return [Word(word.text, word.start_s + by_s, word.end_s + by_s) for word in words]


TALK = spoken(600)
LENGTH_S = TALK[-1].end_s + 2.0
CASES = {
    # cuts as places of words, and stretches that are added: before which word, seconds, whether spoken
    "the same": ([], []),
    "a jingle in front": ([], [(0, 8.0, False)]),
    "a minute cut": ([(204, 348)], []),
    "a jingle in front and a minute cut": ([(204, 348)], [(0, 8.0, False)]),
    "the beginning cut": ([(0, 48)], []),
    "the end cut": ([(552, 600)], []),
    "three cuts and a new passage": ([(96, 132), (144, 168), (300, 420)], [(252, 20.0, True)]),
    "an advertisement in the middle": ([], [(300, 30.0, False)]),
    "words in place of others": ([(204, 240)], [(204, 9.0, True)]),
}


def edited(
    cuts: list[tuple[int, int]], added: list[tuple[int, float, bool]]
) -> tuple[Words, float, list[float]]:
    """The words of the new recording, its length, and how much later each old word is spoken (nan: gone)."""
    made, offsets, by_s = Words(), list[float](), 0.0
    for number, word in enumerate(TALK):
        for before, seconds, says in added:
            if before == number:
                start_s = word.start_s + by_s
                new = [
                    Word(f"neu{n}", start_s + n * 0.4, start_s + n * 0.4 + 0.3)
                    for n in range(int(seconds / 0.4))
                ]
                made += new if says else []
                by_s += seconds
        cut = next((one for one in cuts if one[0] <= number < one[1]), None)
        offsets.append(float("nan") if cut else by_s)
        if cut is None:
            made += moved([word], by_s)
        elif number == cut[1] - 1:
            after_s = TALK[cut[1]].start_s if cut[1] < len(TALK) else LENGTH_S
            by_s -= after_s - TALK[cut[0]].start_s
    return made, LENGTH_S + by_s, offsets


@pytest.mark.parametrize("name", CASES)
def test_every_kept_word_is_found_within_a_third_of_a_second(name: str) -> None:
    new, new_s, offsets = edited(*CASES[name])
    moves = align(heard(TALK, 2), heard(new, 3), LENGTH_S, new_s).moves
    for number, (word, offset) in enumerate(zip(TALK, offsets, strict=True)):
        middle_s = (word.start_s + word.end_s) / 2
        now = moves.moved(middle_s)
        if math.isnan(offset):
            assert now is None, (number, word, now)
        else:
            assert now == pytest.approx(middle_s + offset, abs=0.3), (number, word)


@pytest.mark.parametrize("name", CASES)
def test_what_was_cut_and_added_is_told_by_its_length(name: str) -> None:
    cuts, added = CASES[name]
    new, new_s, _ = edited(cuts, added)
    moves = align(heard(TALK, 4), heard(new, 5), LENGTH_S, new_s).moves
    assert len(moves.cut) == len(cuts)
    for (first, last), (start, end) in zip(moves.cut, cuts, strict=True):
        end_s = TALK[end].start_s if end < len(TALK) else LENGTH_S
        assert last - first == pytest.approx(
            end_s - TALK[start].start_s, abs=1.3
        )  # the pauses may be either's
    assert len(moves.added) == len(added)
    for (first, last), (_, seconds, _) in zip(moves.added, added, strict=True):
        assert last - first == pytest.approx(seconds, abs=1.3)


@pytest.mark.parametrize("seed", range(4))
def test_times_that_are_off_make_no_cuts(seed: int) -> None:
    new, new_s, _ = edited([(204, 348)], [])
    found = align(heard(TALK, seed, off_s=0.12), heard(new, seed + 9, off_s=0.12), LENGTH_S, new_s)
    assert [last - first for first, last in found.moves.cut] == [pytest.approx(62.4, abs=1.3)]
    assert found.moves.added == ()


def test_words_that_are_heard_before_the_last_one_ended_make_no_overlap() -> None:
    old = [Word(f"wort{n}", n * 0.5, (n + 1) * 0.5) for n in range(20)]
    new = [*old[:10], *moved(old[10:], -0.4)]
    moves = align(old, new, 10.0, 9.6).moves
    holds(moves)
    assert moves.moved(8.0) == pytest.approx(7.6)


def test_another_talk_shares_next_to_nothing() -> None:
    other = spoken(500, seed=9)
    assert align(TALK, other, LENGTH_S, other[-1].end_s).share < 0.05


def test_a_short_version_of_a_long_talk_is_the_same_talk() -> None:
    new = moved(TALK[300:348], -TALK[300].start_s)
    assert align(heard(TALK, 2), heard(new, 3), LENGTH_S, new[-1].end_s).share > 0.6


def test_without_words_nothing_is_known() -> None:
    found = align([], TALK, 10.0, LENGTH_S)
    assert (found.moves.kept, found.share) == ((), 0.0)
    assert found.moves.cut == ((0.0, 10.0),)


def _words(rows: list[tuple[str, float, float]]) -> Words:
    made, at = Words(), 0.0
    for text, pause_s, length_s in rows:
        made.append(Word(text, at + pause_s, at + pause_s + length_s))
        at += pause_s + length_s
    return made


TIMED = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.floats(0, 3), st.floats(0, 1)), max_size=60).map(
    _words
)


@st.composite
def pieces(draw: st.DrawFn) -> Moves:
    """Any map that keeps its promise."""
    made, old_s, new_s = list[Kept](), 0.0, 0.0
    for cut, added, kept in draw(
        st.lists(st.tuples(*[st.integers(0, 50)] * 2, st.integers(1, 50)), max_size=6)
    ):
        made.append(Kept(old_s + cut, new_s + added, float(kept)))
        old_s, new_s = made[-1].old_end_s, made[-1].new_end_s
    return Moves(tuple(made), old_s + draw(st.integers(0, 50)), new_s + draw(st.integers(0, 50)))


def holds(moves: Moves) -> None:
    """Stretches in order, apart in both recordings, and within them."""
    edges = [Kept(0, 0, 0), *moves.kept, Kept(moves.old_s, moves.new_s, 0)]
    for before, after in pairwise(edges):
        assert before.old_end_s <= after.old_s + 1e-6
        assert before.new_end_s <= after.new_s + 1e-6
    assert all(one.length_s > 0 for one in moves.kept)


@given(TIMED, TIMED, st.floats(0, 5), st.floats(0, 5))
def test_kept_stretches_never_overlap_whatever_was_heard(
    old: Words, new: Words, more: float, most: float
) -> None:
    old_s = (old[-1].end_s if old else 0.0) + more
    new_s = (new[-1].end_s if new else 0.0) + most
    holds(align(old, new, old_s, new_s).moves)


@given(pieces(), st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_every_moment_has_a_place_and_none_overtakes_another(moves: Moves, shares: list[float]) -> None:
    moments = sorted(share * moves.old_s for share in shares)
    for ends in (False, True):
        places = [moves.nearest(moment, ends=ends) for moment in moments]
        assert all(0 <= place <= moves.new_s + 1e-6 for place in places)
        assert all(before <= after + 1e-6 for before, after in pairwise(places))


@given(pieces(), st.floats(0, 1))
def test_what_was_kept_leads_there_and_back(moves: Moves, share: float) -> None:
    back = Moves(
        tuple(Kept(one.new_s, one.old_s, one.length_s) for one in moves.kept), moves.new_s, moves.old_s
    )
    for one in moves.kept:
        moment = one.old_s + share * one.length_s
        for ends in (False, True):
            now = moves.moved(moment, ends=ends)
            assert now is not None
            assert moves.kept_s(one.old_s, one.old_end_s) == pytest.approx(one.length_s)
            if 0.001 < share < 0.999:  # at a seam a moment belongs to two stretches
                assert back.moved(now, ends=ends) == pytest.approx(moment)


@given(pieces())
def test_cut_and_kept_are_all_of_the_old_and_added_and_kept_all_of_the_new(moves: Moves) -> None:
    kept_s = sum(one.length_s for one in moves.kept)
    assert kept_s + sum(last - first for first, last in moves.cut) == pytest.approx(moves.old_s)
    assert kept_s + sum(last - first for first, last in moves.added) == pytest.approx(moves.new_s)


def test_at_a_seam_what_ends_stays_before_what_was_put_in() -> None:
    moves = Moves((Kept(0, 0, 10), Kept(10, 25, 10)), 20, 35)
    assert (moves.nearest(10, ends=True), moves.nearest(10)) == (10, 25)
    assert moves.added == ((10, 25),)
