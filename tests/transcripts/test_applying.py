"""Deeds → another transcript.vtt and another review."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from editors import Window
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pipeline.errors import MisuseError
from pipeline.models import Cue, CueReview, CueState, Review, Span, Transcript
from pipeline.transcripts import paragraphs, read_vtt, reviewing
from pipeline.transcripts.applying import Carried, Script, carry_out, script
from pipeline.transcripts.deeds import Change, Clash, Deed, Kind, Sentence
from pipeline.transcripts.history import History, Record, back
from pipeline.transcripts.reviewing import Standing

NEW = Review()
DAY, LATER = date(2026, 11, 24), date(2026, 11, 25)
NOW = datetime(2026, 11, 25, tzinfo=UTC)
FILE = """\ufeffWEBVTT - von Hand\r
Language: de\r
\r
STYLE\r
::cue { color: red }\r
\r
\r
NOTE Anfang\r
\r
1\r
00:00.000 --> 00:02.000 align:start\r
<v mira>Das ist\r
<b>fett</b> &amp; <lang en>open data</lang>.\r
\r
2\r
00:00:02.500 --> 00:00:05.000\r
<v.loud Stimme 1>Hören <00:00:03.000>Sie <00:00:04.000>zu?</v>\r
\r
NOTE zwischendurch\r
über zwei Zeilen\r
\r
\r
\r
3\r
00:00:05.500 --> 00:00:07.000\r
<c.sound>[Lachen]</c>\r
\r
4\r
00:00:07.500 --> 00:00:09.000\r
Ohne Namen."""


def opened(text: str = FILE, review: Review = NEW) -> tuple[Script, Window]:
    found = script(text, review)
    sentences = [one for cue in found.in_order if (one := found.sentence(cue.id))]
    return found, Window(sentences, found.review.last_id + 1)


def done(found: Script, deed: Deed, history: History | None = None, day: date = LATER) -> Script:
    past = history or History()
    made = carry_out(found, deed, day, back=back(deed, past.records), known=past.known)
    assert isinstance(made, Carried), made
    past.add(Record(deed, NOW, made.effects))
    return made.script


def machine() -> Review:
    return reviewing.recorded(Review(), read_vtt(FILE).cues)


def test_nothing_done_gives_the_same_bytes() -> None:
    assert opened()[0].text == FILE


def test_other_words_leave_every_other_byte_and_the_tags_beside_them() -> None:
    found, _ = opened()
    with_span = replace(found.cues["1"], text="Das ist fett & open source.", spans=(Span(15, 26, "en"),))
    change = Change("1", found.sentence("1"), Sentence(with_span, Standing.EDITED))
    assert done(found, Deed("x", (change,))).text == FILE.replace("open data", "open source")


def test_where_tags_cannot_stay_the_sentence_is_written_anew_in_one_line() -> None:
    found, window = opened()
    made = done(found, window.type("1", "Das ist fett & open source."))  # and no longer marked as English
    old = "Das ist\r\n<b>fett</b> &amp; <lang en>open data</lang>."
    assert made.text == FILE.replace(old, "Das ist fett &amp; open source.")


def test_times_of_single_words_stay_where_other_words_change() -> None:
    found, window = opened()
    made = done(found, window.type("2", "Hören Sie nicht zu?"))
    assert made.text == FILE.replace("Sie <00:00:04.000>", "Sie nicht <00:00:04.000>")


def test_another_voice_changes_its_tag_alone() -> None:
    found, window = opened()
    made = done(found, window.speak(["2"], "kim"))
    assert made.text == FILE.replace("<v.loud Stimme 1>", "<v kim>")
    nobody = done(made, window.speak(["2"], ""))
    assert nobody.cues["2"].speaker == ""
    assert nobody.text == FILE.replace("<v.loud Stimme 1>", "").replace("</v>", "")


def test_a_split_makes_a_sentence_below_with_an_id_that_none_had() -> None:
    found, window = opened(review=Review(last_id=40))
    made = done(found, window.split("4", 4, 8.25))
    assert made.text == FILE.replace("00:00:09.000\r\nOhne Namen.", "00:00:08.250\r\nOhne") + (
        "\r\n\r\n41\r\n00:00:08.250 --> 00:00:09.000\r\nNamen."
    )
    assert made.review.last_id == 41


def test_a_joined_sentence_goes_with_its_lines_and_its_note_stays() -> None:
    found, window = opened()
    made = done(found, window.join("4"))
    assert [cue.text for cue in read_vtt(made.text).cues] == [*window.texts]
    assert "NOTE zwischendurch\r\nüber zwei Zeilen\r\n\r\n\r\n\r\n3\r\n" in made.text
    assert "\r\n4\r\n" not in made.text


def test_everything_taken_back_gives_the_first_bytes() -> None:
    found, window = opened()
    history, made = History(), found
    for deed in (
        window.split("4", 4, 8.25),
        window.type("1", "Ganz anders"),
        window.delete("3"),
        window.insert(5.2, 5.4, "Dazwischen."),
        window.join("4"),
        window.delete("1"),
        window.insert(10, 11, "Zuletzt."),
    ):
        made = done(made, deed, history)
    assert made.text != FILE
    changed = made.text
    while window.undo:
        made = done(made, window.take_back(), history)
    assert made.text == FILE
    while window.redo:
        made = done(made, window.do_again(), history)
    assert made.text == changed


def test_a_clash_changes_nothing_and_shows_both() -> None:
    _, window = opened()
    mine = window.done(
        "beide", [(i, replace(window.get(i), cue=replace(window.get(i).cue, text="Mein"))) for i in "12"]
    )
    other, their_window = opened()
    theirs = done(other, their_window.type("2", "Ihres"))
    clashes = carry_out(theirs, mine, LATER)
    assert clashes == (Clash("2", mine.changes[1].after, theirs.sentence("2")),)


def test_what_is_already_so_is_no_clash() -> None:
    found, window = opened()
    deed = window.type("2", "Gleich")
    twice = done(done(found, deed), replace(deed, key="other"))
    assert twice.cues["2"].text == "Gleich"


@pytest.mark.parametrize("deed", ["type", "delete"])
def test_a_sentence_that_is_gone_clashes_with_what_changes_it(deed: str) -> None:
    found, window = opened()
    gone = done(found, opened()[1].delete("2"))
    if deed == "delete":
        assert done(gone, window.delete("2")).text == gone.text
    else:
        (clash,) = carry_out(gone, window.type("2", "x"), LATER)  # type: ignore[misc]
        assert clash.theirs is None


@pytest.mark.parametrize(
    ("id_", "start_s", "end_s"),
    [("4", 1.0, 2.0), ("2", 1.0, 2.0), ("abc", 3.0, 4.0), ("77", 4.0, 4.0), ("77", 4.0, 3.0)],
)
def test_ids_that_were_given_and_times_that_go_back_are_refused(
    id_: str, start_s: float, end_s: float
) -> None:
    found, _ = opened()
    without = done(found, opened()[1].delete("4"))
    new = Sentence(Cue(id_, start_s, end_s, "Neu."), Standing.EDITED)
    deed = Deed("x", (Change(id_, None, new, "1"),))
    if id_ == "2":
        assert isinstance(carry_out(without, deed, LATER), tuple)
        return
    with pytest.raises(MisuseError):
        carry_out(without, deed, LATER)


def test_a_start_may_not_pass_the_sentences_beside_it() -> None:
    found, window = opened()
    for start_s in (0.0, 5.6):
        later = replace(window.get("2"), cue=replace(window.get("2").cue, start_s=start_s, end_s=9.0))
        change = Change("2", found.sentence("2"), later)
        if start_s:
            with pytest.raises(MisuseError):
                carry_out(found, Deed("x", (change,)), LATER)
        else:
            assert isinstance(carry_out(found, Deed("x", (change,)), LATER), Carried)


def test_a_new_sentence_stands_in_the_order_of_time_whatever_it_follows() -> None:
    found, _ = opened()
    for follows, start_s, place in (("1", 6.0, 3), ("4", 1.0, 1), ("", 0.0, 0), ("gone", 6.0, 3)):
        new = Sentence(Cue("9", start_s, start_s + 0.1, "Neu."), Standing.EDITED)
        made = done(found, Deed("x", (Change("9", None, new, follows),)))
        assert [cue.id for cue in made.in_order].index("9") == place


def test_a_check_notes_who_and_when_and_goes_with_the_words() -> None:
    found, window = opened(review=machine())
    assert {one.state for one in window.sentences} == {Standing.MACHINE}
    made = done(found, window.check("2"))
    entry = made.review.cues["2"]
    assert entry == CueReview(CueState.CHECKED, "Kim", LATER, reviewing.text_digest(made.cues["2"]))
    edited = done(made, window.type("2", "Anders"))
    assert edited.sentence("2") == Sentence(edited.cues["2"], Standing.EDITED)


def test_taken_back_a_check_is_again_that_of_whoever_checked_it() -> None:
    first = CueReview(CueState.CHECKED, "Mira", DAY, reviewing.text_digest(read_vtt(FILE).cues[3]))
    found, window = opened(review=Review({"4": first}))
    history = History()
    made = done(found, window.type("4", "Neu"), history)
    made = done(made, window.check("4"), history)
    assert made.review.cues["4"].by == "Kim"
    made = done(made, window.take_back(), history)
    assert made.sentence("4") == Sentence(made.cues["4"], Standing.EDITED)
    made = done(made, window.take_back(), history)
    assert made.review.cues["4"] == first
    made = done(done(made, window.do_again(), history), window.do_again(), history)
    assert made.review.cues["4"].by == "Kim"


def test_replacing_words_everywhere_keeps_checks_and_takes_them_back() -> None:
    cues = read_vtt(FILE).cues
    review = Review({cue.id: reviewing.approved(cue, "Mira", DAY) for cue in cues})
    found, window = opened(review=review)
    history = History()
    made = done(found, replace(window.replace_all("a", "o"), by=""), history)
    assert {made.sentence(cue.id).state for cue in cues} == {Standing.CHECKED}  # type: ignore[union-attr]
    assert made.review.cues["1"].by == "Mira"
    assert made.review.cues["1"].on == LATER
    assert done(made, window.take_back(), history).review.cues == review.cues


def test_hearing_takes_no_check_that_was_made_meanwhile() -> None:
    found, window = opened(review=machine())
    checked = done(found, opened()[1].check("2"), day=DAY)
    heard = done(checked, window.check("2", Standing.HEARD))
    assert heard.review.cues["2"] == checked.review.cues["2"]


def test_taking_back_what_was_heard_takes_no_check_that_was_made_meanwhile() -> None:
    found, window = opened(review=machine())
    history = History()
    heard = done(found, window.check("2", Standing.HEARD), history)
    checked = carry_out(heard, opened(FILE, heard.review)[1].check("2"), DAY)
    assert isinstance(checked, Carried)
    back_ = done(checked.script, window.take_back(), history)
    assert back_.review.cues["2"].state is CueState.CHECKED


def test_a_check_is_taken_away_by_hand() -> None:
    cues = read_vtt(FILE).cues
    found, window = opened(review=Review({"2": reviewing.approved(cues[1], "Mira", DAY)}))
    made = done(found, window.check("2", Standing.EDITED))
    assert made.sentence("2").state is Standing.EDITED  # type: ignore[union-attr]


@pytest.mark.parametrize("state", [Standing.MACHINE, Standing.CHECKED])
def test_a_voice_that_gets_its_name_leaves_the_sentence_what_it_was(state: Standing) -> None:
    cue = read_vtt(FILE).cues[1]
    checked = Review({"2": reviewing.approved(cue, "Mira", DAY)})
    found, window = opened(review=checked if state is Standing.CHECKED else machine())
    made = done(found, window.speak(["2"], "kim"))
    assert made.sentence("2").state is state  # type: ignore[union-attr]
    if state is Standing.CHECKED:
        assert (made.review.cues["2"].by, made.review.cues["2"].on) == ("Mira", DAY)


def test_marks_left_as_they_are_stay_settled_until_taken_back() -> None:
    found, _ = opened()
    history = History()
    deed = Deed("s", (), name="So gelassen", settled=("unsure:2:sie", "a"))
    made = done(found, deed, history)
    assert made.review.settled == ("a", "unsure:2:sie")
    undone = Deed("t", (), Kind.UNDO, reopened=deed.settled, of="s")
    assert done(made, undone, history).review.settled == ()


def anchored() -> Review:
    return Review(anchors={"1": "t=0", "2": "t=2", "4": "t=7"})


@pytest.mark.parametrize(("gone", "heir"), [("2", "3"), ("4", "3"), ("1", "")])
def test_a_frozen_address_goes_to_the_sentence_beside_and_comes_back(gone: str, heir: str) -> None:
    found, window = opened(review=anchored())
    history = History()
    made = done(found, window.delete(gone), history)
    anchor = anchored().anchors[gone]
    assert made.review.anchors.get(heir or gone) == anchor
    shown = paragraphs(Transcript(made.in_order), (), made.review.anchors)
    there = {one.anchor for one in shown} | {a for one in shown for own in one.inside.values() for a in own}
    assert set(anchored().anchors.values()) <= there
    assert done(made, window.take_back(), history).review.anchors == anchored().anchors


def test_the_address_of_a_joined_sentence_goes_where_its_words_are() -> None:
    found, window = opened(review=Review(anchors={"3": "t=5"}))
    assert done(found, window.join("3")).review.anchors == {"2": "t=5"}


def test_sentences_without_ids_get_some_and_keep_them() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nA.\n\n7\n00:02.000 --> 00:03.000\nB.\n"
    found, window = opened(text)
    assert [one.cue.id for one in window.sentences] == ["8", "7"]
    made = done(found, window.type("8", "Neu."))
    assert made.text == text.replace("00:01.000 -->", "8\n00:01.000 -->").replace("A.", "Neu.")


@pytest.mark.parametrize("text", ["a --> b", "<v x>", "&amp;", "NOTE", "-->", "WEBVTT", "1", "a\u00a0b"])
def test_any_words_can_stand_in_a_sentence(text: str) -> None:
    found, window = opened()
    made = done(found, window.type("2", text))
    assert read_vtt(made.text).cues[1].text == text
    assert len(read_vtt(made.text).cues) == 4


class Editing(RuleBasedStateMachine):
    """Any deeds in any order, undo and redo; a window that knows nothing of files is the model."""

    @initialize(
        count=st.integers(1, 4),
        end=st.sampled_from(["\n", "\r\n", "\r"]),
        tail=st.sampled_from(["", "\n", "\n\n\n"]),
        gap=st.sampled_from(["\n\n", "\n \n\n", "\n\nNOTE x\n\n"]),
    )
    def open(self, count: int, end: str, tail: str, gap: str) -> None:
        blocks = [
            f"{n}\n00:00:{n:02}.000 --> 00:00:{n:02}.900 line:{n}\n<v s{n % 2}><i>Satz</i>  {n} &amp;\nhier."
            for n in range(1, count + 1)
        ]
        self.first = f"WEBVTT\n\n{gap.join(blocks)}{tail}".replace("\n", end)
        review = reviewing.recorded(Review(), read_vtt(self.first).cues)
        self.found, self.window = opened(self.first, review)
        self.history, self.ever = History(), {str(n) for n in range(1, count + 1)}
        self.raw = {block.id: block.head + block.words for block in self.found.blocks}

    def carry(self, deed: Deed) -> None:
        before = {one.cue.id for one in self.window.sentences}
        untouched = {b.id: b.raw for b in self.found.blocks if b.id not in {c.id for c in deed.changes}}
        ends = {b.id for b in self.found.blocks[-1:]}
        self.found = done(self.found, deed, self.history)
        for block in self.found.blocks[:-1]:
            if block.id is not None and block.id in untouched and block.id not in ends:
                assert block.raw == untouched[block.id]
        if deed.kind is Kind.DO:
            new = {c.id for c in deed.changes if c.before is None}
            assert not new & self.ever
            self.ever |= new
        assert before  # there was something

    def chosen(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([one.cue.id for one in self.window.sentences]), label="sentence")

    @precondition(lambda self: self.window.sentences)
    @rule(data=st.data(), text=st.sampled_from(["Neu.", "Satz und mehr", "a & <b>", "hier. hier."]))
    def type(self, data: st.DataObject, text: str) -> None:
        self.carry(self.window.type(self.chosen(data), text))

    @precondition(lambda self: self.window.sentences)
    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        one = self.window.get(self.chosen(data)).cue
        middle = round((one.start_s + one.end_s) / 2, 3)
        if " " in one.text and one.start_s < middle < one.end_s:
            self.carry(self.window.split(one.id, one.text.index(" "), middle))

    @precondition(lambda self: len(self.window.sentences) > 1)
    @rule(data=st.data())
    def join(self, data: st.DataObject) -> None:
        id_ = self.chosen(data)
        if self.window.at(id_):
            self.carry(self.window.join(id_))

    @precondition(lambda self: len(self.window.sentences) > 1)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        self.carry(self.window.delete(self.chosen(data)))

    @rule(start=st.integers(0, 12_000), text=st.sampled_from(["[Lachen]", "Dazu."]))
    def insert(self, start: int, text: str) -> None:
        self.carry(self.window.insert(start / 1000, (start + 500) / 1000, text))

    @precondition(lambda self: self.window.sentences)
    @rule(data=st.data(), who=st.sampled_from(["kim", "", "Stimme 3"]))
    def speak(self, data: st.DataObject, who: str) -> None:
        self.carry(self.window.speak([self.chosen(data)], who))

    @precondition(lambda self: self.window.sentences)
    @rule(data=st.data(), state=st.sampled_from([Standing.CHECKED, Standing.HEARD]))
    def check(self, data: st.DataObject, state: Standing) -> None:
        self.carry(self.window.check(self.chosen(data), state))

    @rule(old=st.sampled_from(["Satz", "hier", "a"]), new=st.sampled_from(["Wort", "dort und da"]))
    def replace_all(self, old: str, new: str) -> None:
        if any(old in text for text in self.window.texts):
            self.carry(self.window.replace_all(old, new))

    @precondition(lambda self: self.window.undo)
    @rule(times=st.integers(1, 3))
    def take_back(self, times: int) -> None:
        for _ in range(min(times, len(self.window.undo))):
            self.carry(self.window.take_back())

    @precondition(lambda self: self.window.redo)
    @rule()
    def do_again(self) -> None:
        self.carry(self.window.do_again())

    @invariant()
    def the_file_says_what_the_window_shows(self) -> None:
        read = read_vtt(self.found.text).cues
        assert read == self.found.in_order == tuple(one.cue for one in self.window.sentences)
        starts = [cue.start_s for cue in read]
        assert starts == sorted(starts)
        assert all(cue.end_s > cue.start_s for cue in read)
        assert self.history.undo == [deed.key for deed in self.window.undo]
        assert self.history.redo == [deed.key for deed in self.window.redo]
        assert self.found.review.last_id >= max((int(cue.id) for cue in read), default=0)

    def teardown(self) -> None:
        if not hasattr(self, "window"):
            return
        while self.window.undo:
            self.carry(self.window.take_back())
        assert self.found.text == self.first


Editing.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=timedelta(seconds=20))
test_any_deeds_in_any_order = Editing.TestCase
