"""Re-running recognition over what people did (website.md, § 4.5): nothing of theirs changes, ever."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pipeline.models import Cue, Review, Transcript, Word
from pipeline.transcripts import adopting, read_vtt, reviewing, selecting, sentences, splicing, vtt, write_vtt

DAY = datetime.date(2026, 11, 24)
VOCABULARY = [
    *("Haus", "Wissen", "Bochum", "lesen.", "und", "die", "Stadt", "hört", "zu."),
    *("Was?", "[Musik]", "der", "Dr.", "Beispiel", "kommt.", "nicht"),
]


def spoken(text: str, step_s: float = 0.5) -> list[Word]:
    return [Word(word, n * step_s, n * step_s + 0.4) for n, word in enumerate(text.split())]


def start(words: list[Word], speaker: str = "mira") -> tuple[Transcript, Review]:
    """What `hdw transcribe` writes at first."""
    cues = tuple(replace(cue, words=(), speaker="" if cue.sound else speaker) for cue in sentences(words))
    return Transcript(cues), reviewing.recorded(Review(), cues)


def adopt(
    transcript: Transcript,
    review: Review,
    words: Sequence[Word],
    *,
    before: Sequence[Word] = (),
    discard: bool = False,
    voices: Sequence[str] = (),
) -> adopting.Adoption:
    """Words with the people who say them; without them nobody knows."""
    said = list(zip(words, voices or [""] * len(words), strict=True))
    return adopting.adopt(transcript, review, said, before=before, discard=discard)


def texts(cues: tuple[Cue, ...]) -> list[str]:
    return [cue.text for cue in cues]


def test_untouched_sentences_follow_the_new_recognition_and_the_others_stay() -> None:
    transcript, review = start(spoken("Guten Tak. Hier ist Bochum. Wir lesen."))
    first, second, third = transcript.cues
    edited = Transcript((first, replace(second, text="Hier ist Herne."), third))
    made = adopt(edited, review, spoken("Guten Tag. Hier ist Bonn. Wir lesen."))
    assert texts(made.transcript.cues) == ["Guten Tag.", "Hier ist Herne.", "Wir lesen."]
    assert [cue.id for cue in made.transcript.cues] == ["4", "2", "3"]
    assert made.transcript.cues[1:] == edited.cues[1:]
    assert (made.kept, texts(made.fresh), made.gone) == (1, ["Guten Tag."], {"1"})
    assert made.transcript.cues[0].speaker == "mira"


def test_a_checked_sentence_stays_though_nobody_changed_it() -> None:
    transcript, review = start(spoken("Guten Tak. Wir lesen."))
    review = replace(review, cues={**review.cues, "1": reviewing.approved(transcript.cues[0], "Kim", DAY)})
    made = adopt(transcript, review, spoken("Guten Tag. Wir lasen."))
    assert texts(made.transcript.cues) == ["Guten Tak.", "Wir lasen."]
    assert made.review.cues["1"] == review.cues["1"]


def test_a_sentence_that_was_only_moved_in_time_stays() -> None:
    transcript, review = start(spoken("Guten Tak."))
    moved = Transcript((replace(transcript.cues[0], start_s=0.1),))
    assert adopt(moved, review, spoken("Guten Tag.")).transcript == moved


def test_a_sentence_that_a_person_deleted_does_not_come_back() -> None:
    words = spoken("Guten Tag. Untertitel des ZDF. Wir lesen.")
    transcript, review = start(words)
    shorter = Transcript((transcript.cues[0], transcript.cues[2]))
    again = spoken("Guten Tag. Untertitel des ZDF. Wir lasen.")
    made = adopt(shorter, review, again, before=words)
    assert texts(made.transcript.cues) == ["Guten Tag.", "Wir lasen."]


def test_what_was_deleted_does_not_come_back_misheard_either() -> None:
    words = spoken("Guten Tag. Untertitel des ZDF. Wir lesen.")
    transcript, review = start(words)
    shorter = Transcript((transcript.cues[0], replace(transcript.cues[2], text="Wir schreiben.")))
    made = adopt(shorter, review, spoken("Guten Tag. Untertitel im ZDF. Wir lasen."), before=words)
    assert texts(made.transcript.cues) == ["Guten Tag.", "Wir schreiben."]


def test_what_is_said_after_a_persons_last_sentence_is_added() -> None:
    only = Cue("1", 0.0, 1.4, "Hier ist Bochum.")
    made = adopt(Transcript((only,)), Review(), spoken("Hier ist Bonn. Wir lesen alle."))
    assert texts(made.transcript.cues) == ["Hier ist Bochum.", "Wir lesen alle."]


def test_a_sentence_that_was_not_heard_before_appears_between_two_that_stay() -> None:
    words = spoken("Guten Tag. x x x x Wir lesen.")
    first, last = Cue("1", 0.0, 0.9, "Guten Tag."), Cue("2", 3.0, 3.9, "Wir lesen.")
    made = adopt(Transcript((first, last)), Review(), words)
    assert texts(made.transcript.cues) == ["Guten Tag.", "x x x x", "Wir lesen."]
    assert made.transcript.cues[1].id == "3"


def test_words_within_the_time_of_a_persons_sentence_are_theirs() -> None:
    only = Cue("1", 0.0, 5.0, "Ganz anders geschrieben.")
    made = adopt(Transcript((only,)), Review(), spoken("Völlig neu gehört und länger als zuvor."))
    assert made.transcript.cues == (only,)


def test_a_new_sentence_is_that_of_the_person_whose_track_it_is_on() -> None:
    transcript, review = start(spoken("Eins."))
    words = spoken("Guten Tag. Wer spricht Ich spreche. [Musik]")
    voices = ["kim", "kim", "kim", "kim", "mira", "mira", "mira"]
    made = adopt(transcript, review, words, voices=voices)
    assert [(cue.text, cue.speaker) for cue in made.fresh] == [
        ("Guten Tag.", "kim"),
        ("Wer spricht", "kim"),
        ("Ich spreche.", "mira"),
        ("[Musik]", ""),
    ]


def test_an_id_is_never_given_twice() -> None:
    transcript, review = start(spoken("Eins. Zwei."))
    for number, word in enumerate(["Drei.", "Vier.", "Fünf."], 3):
        made = adopt(transcript, review, spoken(f"Eins. {word}"))
        transcript, review = made.transcript, made.review
        assert [cue.id for cue in transcript.cues] == ["1", str(number)]


def test_discarding_takes_everything_from_the_machine() -> None:
    transcript, review = start(spoken("Guten Tak. Wir lesen."))
    edited = Transcript((replace(transcript.cues[0], text="Moin."), transcript.cues[1]))
    made = adopt(edited, review, spoken("Guten Tag. Wir lesen."), discard=True)
    assert texts(made.transcript.cues) == ["Guten Tag.", "Wir lesen."]
    assert (made.kept, made.transcript.cues[1].id) == (0, "2")


def test_splicing_keeps_notes_settings_and_line_ends() -> None:
    text = _windows("""\
WEBVTT - von Hand
Language: de

STYLE
::cue {}


1
00:01.000 --> 00:02.000 align:start
<v mira>Das ist
<b>fett</b>.

NOTE geht

2
00:02.000 --> 00:03.000
Weg.
""")
    one = read_vtt(text).cues[0]
    made = splicing.spliced(text, [Cue("9", 0.0, 0.5, "Neu."), one], {"2"})
    assert made == _windows("""\
WEBVTT - von Hand
Language: de

STYLE
::cue {}


9
00:00:00.000 --> 00:00:00.500
Neu.

1
00:01.000 --> 00:02.000 align:start
<v mira>Das ist
<b>fett</b>.

NOTE geht
""")


def _windows(text: str) -> str:
    return "\ufeff" + text.replace("\n", "\r\n")


def test_sentences_without_an_id_get_one_and_nothing_else_changes() -> None:
    text = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nA.\n\nNOTE x --> y\n\n00:02.000 --> 00:03.000\nB.\n"
    made = splicing.numbered(text, 7)
    assert made == text.replace("00:02.000 --> 00:03.000", "7\n00:02.000 --> 00:03.000")
    assert splicing.numbered(made, 8) == made


def test_ranges_of_sentences_go_by_their_place() -> None:
    cues = tuple(Cue(id_, n, n + 1, "x") for n, id_ in enumerate(["1", "9", "2", "3", "a-b"]))
    chosen = [cue.id for cue in selecting.selected(Transcript(cues), "a-b, 1-2,9")]
    assert chosen == ["1", "9", "2", "a-b"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, reviewing.Standing.MACHINE),
        ({"text": "B"}, reviewing.Standing.EDITED),
        ({"speaker": "kim"}, reviewing.Standing.EDITED),
        ({"end_s": 1.5}, reviewing.Standing.EDITED),
        ({"id": "7"}, reviewing.Standing.EDITED),
    ],
)
def test_what_a_machines_sentence_is_worth(change: dict[str, str], expected: reviewing.Standing) -> None:
    cue = Cue("1", 0, 1, "A", "x")
    review = reviewing.recorded(Review(), [cue])
    changed = replace(cue, **change)  # type: ignore[arg-type]
    assert reviewing.standing(changed, review) is expected
    assert reviewing.touched(changed, review) is (expected is not reviewing.Standing.MACHINE)


@pytest.mark.parametrize(
    ("change", "checked"),
    [({}, True), ({"end_s": 1.5}, True), ({"text": "B"}, False), ({"speaker": "kim"}, False)],
)
def test_a_check_holds_as_long_as_words_and_voice_do(change: dict[str, str], checked: bool) -> None:
    cue = Cue("1", 0, 1, "A", "x")
    review = Review({"1": reviewing.approved(cue, "Kim", DAY)})
    changed = replace(cue, **change)  # type: ignore[arg-type]
    assert reviewing.checked(changed, review) is checked
    assert reviewing.changed_since(changed, review) is not checked
    assert reviewing.touched(changed, review)


class Rerunning(RuleBasedStateMachine):
    """A person and a machine take turns with one transcript, in any order."""

    @initialize(words=st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=30))
    def recognise_first(self, words: list[str]) -> None:
        self.heard = spoken(" ".join(words))
        transcript, self.review = start(self.heard)
        self.text = write_vtt(transcript)
        self.before = self.heard
        self.ever = {cue.id for cue in transcript.cues}

    @property
    def cues(self) -> tuple[Cue, ...]:
        return read_vtt(self.text).cues

    def chosen(self, data: st.DataObject) -> int:
        return data.draw(st.integers(0, len(self.cues) - 1), label="cue")

    def write(self, cues: list[Cue]) -> None:
        self.text = write_vtt(Transcript(tuple(cues)))
        self.ever |= {cue.id for cue in cues}

    @precondition(lambda self: self.cues)
    @rule(data=st.data(), text=st.sampled_from(["Neu.", "Haus und", "die Stadt hört zu.", "[Lachen]"]))
    def edit(self, data: st.DataObject, text: str) -> None:
        cues = list(self.cues)
        at = self.chosen(data)
        cues[at] = replace(cues[at], text=text, spans=())
        self.write(cues)

    @precondition(lambda self: self.cues)
    @rule(data=st.data())
    def name_speaker(self, data: st.DataObject) -> None:
        cues = list(self.cues)
        at = self.chosen(data)
        cues[at] = replace(cues[at], speaker="" if cues[at].sound else "kim")
        self.write(cues)

    @precondition(lambda self: self.cues)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        cues = list(self.cues)
        del cues[self.chosen(data)]
        self.write(cues)

    @precondition(lambda self: self.cues)
    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        cues = list(self.cues)
        at = self.chosen(data)
        cue, words = cues[at], cues[at].text.split()
        middle = round((cue.start_s + cue.end_s) / 2, 3)
        if len(words) > 1 and cue.start_s < middle < cue.end_s:
            new = f"{cue.id}b"
            if new not in self.ever:
                second = replace(cue, id=new, start_s=middle, text=" ".join(words[1:]))
                cues[at : at + 1] = [replace(cue, end_s=middle, text=words[0]), second]
                self.write(cues)

    @precondition(lambda self: len(self.cues) > 1)
    @rule(data=st.data())
    def join(self, data: st.DataObject) -> None:
        cues = list(self.cues)
        at = min(self.chosen(data), len(cues) - 2)
        one, two = cues[at : at + 2]
        joined = replace(one, end_s=max(one.end_s, two.end_s), text=f"{one.text} {two.text}")
        cues[at : at + 2] = [joined]
        self.write(cues)

    @precondition(lambda self: self.cues)
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        cue = self.cues[self.chosen(data)]
        entries = {**self.review.cues, cue.id: reviewing.approved(cue, "Kim", DAY)}
        self.review = replace(self.review, cues=entries)

    @rule(data=st.data())
    def add_without_id(self, data: st.DataObject) -> None:
        """At the end, as an editor types it; the program gives it an id with the next command."""
        end = max((cue.end_s for cue in self.cues), default=0.0) + 0.5
        block = f"{vtt.time_text(end)} --> {vtt.time_text(end + 1)}\nVon Hand.\n"
        self.review = reviewing.seen(self.review, self.cues)
        self.text = splicing.numbered(f"{self.text}\n{block}", self.review.last_id + 1)
        assert not {cue.id for cue in self.cues[-1:]} & self.ever
        self.review = reviewing.seen(self.review, self.cues)
        self.ever |= {cue.id for cue in self.cues}

    @rule(data=st.data())
    def recognise_again(self, data: st.DataObject) -> None:
        words = [word.text for word in self.heard]
        for _ in range(data.draw(st.integers(0, 6), label="differences")):
            at = data.draw(st.integers(0, len(words)), label="where")
            words[at : at + data.draw(st.integers(0, 2))] = data.draw(
                st.lists(st.sampled_from(VOCABULARY), max_size=2), label="heard"
            )
        shift = data.draw(st.sampled_from([0.0, 0.2, 3.0]), label="shift")
        heard = [
            replace(w, start_s=w.start_s + shift, end_s=w.end_s + shift) for w in spoken(" ".join(words))
        ]
        before = self.cues
        theirs = [cue for cue in before if reviewing.touched(cue, self.review)]
        blocks = self.blocks()
        made = adopt(Transcript(before), self.review, heard, before=self.before)
        assert not {cue.id for cue in made.fresh} & self.ever
        self.text = splicing.spliced(self.text, made.transcript.cues, made.gone)
        assert read_vtt(self.text).cues == tuple(replace(cue, words=()) for cue in made.transcript.cues)
        kept = [cue for cue in self.cues if cue.id in {one.id for one in theirs}]
        assert kept == theirs
        assert all(self.blocks()[cue.id] == blocks[cue.id] for cue in theirs)
        assert made.kept == len(theirs)
        assert all(made.review.cues.get(c.id) == self.review.cues.get(c.id) for c in theirs)
        self.review, self.before = made.review, heard
        assert not any(reviewing.touched(cue, self.review) for cue in self.cues if cue not in theirs)
        self.ever |= {cue.id for cue in self.cues}

    def blocks(self) -> dict[str | None, str]:
        return {block.id: block.head + block.words for block in vtt.placed(self.text)}

    @invariant()
    def ids_are_unique_and_times_never_go_back(self) -> None:
        cues = read_vtt(self.text).cues if hasattr(self, "text") else ()
        assert len({cue.id for cue in cues}) == len(cues)
        assert all(one.start_s <= two.start_s for one, two in pairwise(cues))


TestRerunning = Rerunning.TestCase
TestRerunning.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
