"""Addresses of paragraphs stay, whatever happens to the text."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Chapter, Cue, Transcript
from pipeline.transcripts import Paragraph, freeze, paragraphs

CUES = (
    Cue("1", 0.0, 2.0, "Eins.", "x"),
    Cue("2", 2.0, 4.0, "Zwei.", "x"),
    Cue("3", 4.0, 6.0, "Drei.", "y"),
    Cue("4", 6.0, 8.0, "Vier.", "x"),
)
TALK = Transcript(CUES)


def _ids(made: tuple[Paragraph, ...]) -> list[str]:
    return sorted([p.anchor for p in made] + [one for p in made for own in p.inside.values() for one in own])


def test_the_anchors_of_today_are_kept_by_the_first_cue_of_each_paragraph() -> None:
    assert freeze(TALK, (), {}) == {"1": "t=0", "3": "t=4", "4": "t=6"}


def test_a_frozen_anchor_stays_when_its_sentence_begins_at_another_time() -> None:
    later = Transcript((CUES[0], CUES[1], Cue("3", 5.2, 6.0, "Drei.", "y"), CUES[3]))
    assert [p.anchor for p in paragraphs(later, (), {"3": "t=4"})] == ["t=0", "t=4", "t=6"]


def test_a_paragraph_that_was_joined_keeps_its_anchor_before_its_sentence() -> None:
    joined = Transcript((CUES[0], CUES[1], Cue("3", 4.0, 6.0, "Drei.", "x"), CUES[3]))
    (only,) = paragraphs(joined, (), freeze(TALK, (), {}))
    assert only.anchor == "t=0"
    assert only.inside == {2: ("t=4",), 3: ("t=6",)}


def test_the_anchor_of_a_sentence_that_is_gone_leads_to_the_paragraph_of_its_moment() -> None:
    made = paragraphs(Transcript((CUES[0], CUES[1], CUES[3])), (Chapter(start=6, title="X"),), {"3": "t=4"})
    assert [p.inside for p in made] == [{0: ("t=4",)}, {}]


def test_a_new_paragraph_takes_no_anchor_that_is_frozen_elsewhere() -> None:
    made = paragraphs(TALK, (), {"1": "t=4"})
    assert [p.anchor for p in made] == ["t=4", "t=4.0", "t=6"]


SPEAKERS = st.sampled_from("xy")


@st.composite
def talks(draw: st.DrawFn) -> Transcript:
    chosen = draw(st.lists(st.integers(1, 12), unique=True, min_size=1, max_size=12))
    shift = draw(st.floats(0, 3))
    return Transcript(
        tuple(
            Cue(str(n), 2.0 * n + shift, 2.0 * n + shift + 1, f"Satz {n}.", draw(SPEAKERS))
            for n in sorted(chosen)
        )
    )


@given(st.lists(talks(), min_size=1, max_size=4))
def test_every_address_ever_given_leads_somewhere_and_none_stands_twice(edits: list[Transcript]) -> None:
    frozen: Mapping[str, str] = {}
    for talk in edits:
        ids = _ids(paragraphs(talk, (), frozen))
        assert len(ids) == len(set(ids))
        assert set(frozen.values()) <= set(ids)
        frozen = freeze(talk, (), frozen)
