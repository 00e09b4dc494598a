from __future__ import annotations

from pipeline.models import Word
from pipeline.transcripts import Decision, Track, decided, merged, sentences

QUIET, LOUD, ROOM = -45.0, -25.0, -80.0


def said(start_s: float, text: str) -> list[Word]:
    """Half a second a word."""
    return [Word(word, start_s + n / 2, start_s + n / 2 + 0.45) for n, word in enumerate(text.split())]


def track(person: str, *parts: tuple[float, str, float], gain: float = 0.0) -> Track:
    """A track of 20 s: where something is heard, what, and how loud."""
    levels = [ROOM] * 200
    for start_s, text, level in parts:
        for at in range(round(start_s * 10), round((start_s + len(text.split()) / 2) * 10)):
            levels[at] = max(levels[at], level + gain)
    words = sorted((w for start_s, text, _ in parts for w in said(start_s, text)), key=lambda w: w.start_s)
    return Track(f"{person}.wav", person, sentences(words), tuple(levels))


def talk(*tracks: Track) -> list[tuple[str, str]]:
    return [(cue.speaker, cue.text) for cue in merged(tracks, decided(tracks))]


def removed(decisions: tuple[Decision, ...]) -> list[tuple[str, str]]:
    return [(echo.text, echo.of) for decision in decisions for echo in decision.echoes]


HELLO, THANKS = "Hallo und willkommen im Haus.", "Vielen Dank für die Einladung."


def test_the_quieter_of_the_same_words_at_the_same_time_is_removed() -> None:
    mira = track("mira", (1, HELLO, LOUD), (8, THANKS, QUIET))
    kim = track("kim", (1, HELLO, QUIET), (8, THANKS, LOUD))
    assert talk(mira, kim) == [("mira", HELLO), ("kim", THANKS)]


def test_what_was_removed_is_told_with_the_track_it_was_said_on() -> None:
    mira = track("mira", (1, HELLO, LOUD))
    kim = track("kim", (1, HELLO, QUIET), (8, THANKS, LOUD))
    decisions = decided((mira, kim))
    assert [removed(own) for own in decisions] == [[], [(HELLO, "mira.wav")]]
    assert decisions[1][0].levels == {"mira.wav": LOUD, "kim.wav": QUIET}


def test_a_microphone_with_low_gain_keeps_its_own_voice() -> None:
    mira = track("mira", (1, HELLO, LOUD), (8, THANKS, QUIET), gain=-18.0)
    kim = track("kim", (1, HELLO, QUIET), (8, THANKS, LOUD))
    assert talk(mira, kim) == [("mira", HELLO), ("kim", THANKS)]


def test_a_person_who_says_nothing_gets_none_of_the_words() -> None:
    mira = track("mira", (1, HELLO, LOUD), (8, THANKS, LOUD))
    kim = track("kim", (1, HELLO, QUIET), (8, THANKS, QUIET))
    assert talk(mira, kim) == [("mira", HELLO), ("mira", THANKS)]


def test_other_words_at_the_same_time_stay_however_quiet() -> None:
    mira = track("mira", (1, HELLO, LOUD))
    kim = track("kim", (1, "Ganz anderes sage ich.", QUIET), (8, THANKS, LOUD))
    assert ("kim", "Ganz anderes sage ich.") in talk(mira, kim)


def test_the_same_words_at_another_time_stay() -> None:
    mira = track("mira", (1, HELLO, LOUD), (15, THANKS, LOUD))
    kim = track("kim", (8, HELLO, QUIET), (12, THANKS, LOUD))
    assert ("kim", HELLO) in talk(mira, kim)


def test_the_same_word_said_by_both_stays_twice() -> None:
    mira, kim = track("mira", (1, "Ja.", LOUD)), track("kim", (1, "Ja.", LOUD - 2))
    assert talk(mira, kim) == [("mira", "Ja."), ("kim", "Ja.")]


def test_an_echo_at_the_edge_of_a_sentence_is_cut_off_and_the_rest_stays() -> None:
    own, other = "Ich meine heute noch", "alle Menschen hier."
    mira = track("mira", (4, other, LOUD), (10, HELLO, LOUD))
    kim = track("kim", (2, own, LOUD), (4, other, QUIET))
    assert talk(mira, kim) == [("kim", own), ("mira", other), ("mira", HELLO)]


def test_who_speaks_at_once_keeps_a_sentence_each_in_the_order_of_time() -> None:
    mira, kim = track("mira", (1, HELLO, LOUD)), track("kim", (2, THANKS, LOUD))
    cues = merged((mira, kim), decided((mira, kim)))
    assert [(cue.id, cue.speaker, cue.start_s) for cue in cues] == [("1", "mira", 1), ("2", "kim", 2)]


def test_three_tracks_keep_one_of_three() -> None:
    tracks = [track(name, (1, HELLO, LOUD if name == "kim" else QUIET)) for name in ("mira", "kim", "ali")]
    assert talk(*tracks) == [("kim", HELLO)]


def test_an_echo_at_the_start_of_a_sentence_is_cut_off_and_the_rest_stays() -> None:
    own, other = "sage ich heute noch einmal.", "Alle Menschen hier"
    mira = track("mira", (4, other + ".", LOUD), (10, HELLO, LOUD))
    kim = track("kim", (4, other, QUIET), (5.5, own, LOUD))
    assert talk(mira, kim) == [("mira", other + "."), ("kim", own), ("mira", HELLO)]


def test_who_repeats_a_sentence_a_second_later_is_no_echo() -> None:
    mira = track("mira", (1, HELLO, LOUD), (10, THANKS, LOUD))
    kim = track("kim", (2, HELLO, QUIET), (15, THANKS, LOUD))
    assert ("kim", HELLO) in talk(mira, kim)
