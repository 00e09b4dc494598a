"""A text whose recording was replaced: nothing that a person wrote is lost or taken for checked unheard."""

from __future__ import annotations

from datetime import date

from pipeline.models import Cue, CueReview, CueState, Mark, Review, Term, Transcript, Word
from pipeline.transcripts import read_vtt, reviewing, splicing
from pipeline.transcripts.moves import Kept, Moves
from pipeline.transcripts.moving import Alignment, align
from pipeline.transcripts.shifting import Shifted, shift

TODAY = date(2026, 11, 24)
SENTENCES = (
    "Heute sprechen wir über Natur.",
    "Es geht um eine große Zahl.",
    "Kinder arbeiten in einem Garten.",
    "Sie schreiben jeden Tag auf.",
    "Der Garten ist sehr schön.",
    "Vielen Dank und bis bald.",
)
CUT = 4.0
"""Each sentence takes three seconds and a pause of one."""


def words(sentence: str, start_s: float) -> list[Word]:
    texts = sentence.split()
    step_s = 3.0 / len(texts)
    return [Word(text, start_s + n * step_s, start_s + (n + 0.9) * step_s) for n, text in enumerate(texts)]


OLD = [word for n, sentence in enumerate(SENTENCES) for word in words(sentence, n * CUT)]
CUES = tuple(Cue(str(n + 1), n * CUT, n * CUT + 3, text, "mira") for n, text in enumerate(SENTENCES))
REVIEW = reviewing.recorded(Review(), CUES)


def shifted(
    moves: Moves, new: list[Word], review: Review = REVIEW, cues: tuple[Cue, ...] = CUES, **more: object
) -> Shifted:
    found = align(OLD, new, moves.old_s, moves.new_s)
    alignment = Alignment(moves, found.old, found.new, found.share)
    return shift(Transcript(cues), review, alignment, OLD, new, **more)  # type: ignore[arg-type]


def cut(first_s: float, last_s: float) -> tuple[Moves, list[Word]]:
    """The recording without what is spoken between two moments."""
    gone_s = last_s - first_s
    kept = (Kept(0, 0, first_s), Kept(last_s, first_s, 24 - last_s))
    new = [word for word in OLD if word.end_s <= first_s]
    new += [Word(w.text, w.start_s - gone_s, w.end_s - gone_s) for w in OLD if w.start_s >= last_s]
    return Moves(kept, 24, 24 - gone_s), new


def put_in(at_s: float, length_s: float, spoken: list[Word]) -> tuple[Moves, list[Word]]:
    """The recording with something more at a moment."""
    kept = tuple(one for one in (Kept(0, 0, at_s), Kept(at_s, at_s + length_s, 24 - at_s)) if one.length_s)
    before = [word for word in OLD if word.end_s <= at_s]
    after = [Word(w.text, w.start_s + length_s, w.end_s + length_s) for w in OLD if w.start_s >= at_s]
    return Moves(kept, 24, 24 + length_s), [*before, *spoken, *after]


def checked(*ids: str) -> Review:
    entries = {cue.id: reviewing.approved(cue, "Kim", TODAY) for cue in CUES if cue.id in ids}
    return Review({**REVIEW.cues, **entries}, last_id=6)


def times(made: Shifted) -> list[tuple[str, float]]:
    return [(cue.id, cue.start_s) for cue in made.transcript.cues]


def test_after_a_jingle_every_sentence_is_later_and_stays_what_it_was() -> None:
    made = shifted(*put_in(0, 8, []), checked("2"))
    assert times(made) == [(str(n + 1), 8 + n * CUT) for n in range(6)]
    assert [cue.text for cue in made.transcript.cues] == list(SENTENCES)
    standing = [reviewing.standing(cue, made.review).value for cue in made.transcript.cues]
    assert standing == ["machine", "checked", "machine", "machine", "machine", "machine"]
    assert made.review.cues["2"] == checked("2").cues["2"]
    assert (made.fresh, made.gone, made.doubtful) == ((), (), ())


def test_sentences_that_were_cut_are_gone_with_their_entries_and_marks() -> None:
    review = Review(
        REVIEW.cues, (Mark("unsure", 8.5, "3", SENTENCES[2]), Mark("unsure", 20.5, "6", SENTENCES[5]))
    )
    made = shifted(*cut(7.5, 15.5), review)
    assert [cue.id for cue in made.gone] == ["3", "4"]
    assert times(made) == [("1", 0), ("2", 4), ("5", 8), ("6", 12)]
    assert set(made.review.cues) == {"1", "2", "5", "6"}
    assert [(mark.cue, mark.start_s) for mark in made.review.marks] == [("6", 12.5)]
    assert made.review.last_id == 6


def test_an_edited_sentence_stays_edited_and_keeps_the_persons_words() -> None:
    cues = (CUES[0], Cue("2", 4, 7, "Es geht um große Zahlen!", "kim"), *CUES[2:])
    made = shifted(*put_in(0, 8, []), cues=cues)
    assert (made.transcript.cues[1].text, made.transcript.cues[1].speaker) == (
        "Es geht um große Zahlen!",
        "kim",
    )
    assert reviewing.standing(made.transcript.cues[1], made.review).value == "edited"


def test_a_machines_sentence_that_was_cut_is_made_anew_of_what_is_left() -> None:
    made = shifted(*cut(5.51, 7.5))
    assert [cue.id for cue in made.gone] == ["2"]
    (fresh,) = made.fresh
    assert (fresh.id, fresh.text, fresh.speaker) == ("7", "Es geht um", "mira")
    assert [cue.id for cue in made.transcript.cues] == ["1", "7", "3", "4", "5", "6"]
    assert reviewing.standing(fresh, made.review).value == "machine"


def test_a_checked_sentence_that_was_cut_stays_whole_is_marked_and_counts_as_unchecked() -> None:
    made = shifted(*cut(5.51, 7.5), checked("2"))
    assert made.transcript.cues[1].text == SENTENCES[1]
    assert [(mark.kind, mark.cue) for mark in made.doubtful] == [("cut", "2")]
    assert made.doubtful[0] in made.review.marks
    assert reviewing.standing(made.transcript.cues[1], made.review).value == "edited"
    assert (made.fresh, made.gone) == ((), ())


def test_what_was_put_in_becomes_sentences_of_the_machine() -> None:
    spoken = words("Zuerst eine Ansage. Danach geht es weiter.", 7.5)
    made = shifted(*put_in(7.5, 5, spoken), speaker="kim", terms=[Term(term="Anmerkung", heard=("Ansage",))])
    assert [(cue.id, cue.text, cue.speaker) for cue in made.fresh] == [
        ("7", "Zuerst eine Anmerkung.", "kim"),
        ("8", "Danach geht es weiter.", "kim"),
    ]
    assert [cue.id for cue in made.transcript.cues] == ["1", "2", "7", "8", "3", "4", "5", "6"]
    assert [one.term for one in made.replacements] == ["Anmerkung"]
    assert all(reviewing.standing(cue, made.review).value == "machine" for cue in made.fresh)
    assert made.review.last_id == 8
    ends = [cue.end_s for cue in made.transcript.cues]
    assert all(end <= cue.start_s for end, cue in zip(ends, made.transcript.cues[1:], strict=False))


def test_something_put_into_a_sentence_marks_it() -> None:
    made = shifted(*put_in(5.5, 5, words("Werbung für alle.", 5.6)), checked("2"))
    assert [(mark.kind, mark.cue) for mark in made.doubtful] == [("parted", "2")]
    assert (made.transcript.cues[1].start_s, made.transcript.cues[1].end_s) == (4, 12)
    assert made.fresh == ()  # it would stand within the sentence: a person says how the two are told apart


def test_a_sentence_that_is_not_heard_again_waits_for_somebody() -> None:
    new = [*OLD[:5], *(Word(f"piep{n}", w.start_s, w.end_s) for n, w in enumerate(OLD[5:11])), *OLD[11:]]
    made = shifted(Moves((Kept(0, 0, 24),), 24, 24), new, checked("1", "2"))
    assert [(mark.kind, mark.cue) for mark in made.doubtful] == [("otherwise", "2")]
    assert made.review.cues["2"] == CueReview(CueState.MACHINE)
    assert reviewing.checked(made.transcript.cues[0], made.review)
    assert made.fresh == ()


def test_speech_without_text_keeps_its_mark_where_it_was_kept() -> None:
    review = Review(REVIEW.cues, (Mark("unheard", 3.2), Mark("unheard", 11.2)))
    assert [mark.start_s for mark in shifted(*cut(7.5, 15.5), review).review.marks] == [3.2]


VTT = """\
WEBVTT - von Hand
Language: de

NOTE gehört zum ersten

1
00:00:00.000 --> 00:00:03.000 align:start
<v mira>Heute &amp; morgen

00:04.000 --> 00:07.000
Ohne Nummer.
"""


def test_new_times_leave_every_other_byte_of_the_file() -> None:
    made = splicing.retimed(VTT, {"1": Cue("1", 8, 11, "")})
    assert made == VTT.replace("00:00:00.000 --> 00:00:03.000", "00:00:08.000 --> 00:00:11.000")
    windows = splicing.retimed(VTT.replace("\n", "\r\n"), {"1": Cue("1", 8, 11, "")})
    assert windows == made.replace("\n", "\r\n")
    assert read_vtt(made).cues[0].start_s == 8
