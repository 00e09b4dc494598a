"""Another recording of the same talk, really recognised: a jingle in front, sentences cut out, and both."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline import audio, project, workflow
from pipeline.errors import BusyError, MisuseError
from pipeline.models import Cue
from pipeline.transcripts import read_vtt, reviewing
from pipeline.workflow import editions
from tests import published, talks
from tests.talks import CUT_S, ID, JINGLE_S

NOW = datetime(2026, 11, 25, 9, 30, 15, tzinfo=UTC)
CORRECTED = "In dieser Folge geht es um eine sehr große Zahl und um kleine Tiere."
VARIANTS = ("jingle.wav", "cut.wav", "both.wav")


@dataclass(frozen=True)
class Done:
    """A replacement that was carried out in a house of its own, and the episode's files before."""

    house: Path
    before: dict[str, bytes]
    shown: dict[str, bytes]
    made: workflow.Replacement


def replacement(house: Path, name: str) -> workflow.Replacement:
    recording = house.parent / name
    return workflow.replacement(
        house, ID, recording, choices=workflow.Choices(), report=lambda event: None, now=NOW
    )


@pytest.fixture(scope="module")
def talk(heard_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house as it was recognised, and corrected and checked by a person."""
    house = published.copied(heard_once, tmp_path_factory.mktemp("gespraech") / "alles")
    talks.publish(house)
    text = project.transcript_source(house, ID)
    second = read_vtt(text).cues[1].text
    project.change_transcript(house, ID, text, text.replace(second, CORRECTED))
    workflow.approve(house, ID, by="Kim Muster", today=date(2026, 11, 24), cues="1-5")
    return house


@pytest.fixture(scope="module")
def done(talk: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    """Each new recording in a copy of the house; recognised once, as that takes a while."""

    def made() -> Iterator[tuple[str, Done]]:
        for name in VARIANTS:
            house = published.copied(talk, tmp_path_factory.mktemp("neu") / "alles")
            before, found = files(house), replacement(house, name)
            shown = files(house)
            workflow.carry_out(house, found)
            yield name, Done(house, before, shown, found)

    return dict(made())


def cues(house: Path) -> tuple[Cue, ...]:
    return read_vtt(project.transcript_source(house, ID)).cues


def files(house: Path) -> dict[str, bytes]:
    folder = house / "episodes" / ID
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def moved_s(start_s: float, name: str) -> float:
    """Where a moment lies in a new recording."""
    jingle_s = 0.0 if name == "cut.wav" else JINGLE_S
    cut_s = CUT_S[1] - CUT_S[0] if name != "jingle.wav" and start_s > CUT_S[0] else 0.0
    return start_s + jingle_s - cut_s


@pytest.mark.parametrize("name", VARIANTS)
def test_every_sentence_is_where_it_is_spoken_now(talk: Path, done: dict[str, Done], name: str) -> None:
    one, cut = done[name], name != "jingle.wav"
    gone = [cue for cue in cues(talk) if cut and CUT_S[0] - 0.5 < cue.start_s < CUT_S[1] - 0.5]
    stays = [cue for cue in cues(talk) if cue not in gone]
    assert len(gone) == 3 * cut
    assert one.made.sentences.gone == tuple(cue.text for cue in gone)
    now = cues(one.house)
    assert [(cue.id, cue.text) for cue in now] == [(cue.id, cue.text) for cue in stays]
    assert [cue.start_s for cue in now] == pytest.approx(
        [moved_s(cue.start_s, name) for cue in stays], abs=0.3
    )
    lengths = [cue.end_s - cue.start_s for cue in stays]
    assert [cue.end_s - cue.start_s for cue in now] == pytest.approx(lengths, abs=0.3)


@pytest.mark.parametrize("name", VARIANTS)
def test_what_was_cut_and_added_is_told(done: dict[str, Done], name: str) -> None:
    made = done[name].made
    cut_s = [] if name == "jingle.wav" else [CUT_S[1] - CUT_S[0]]
    added_s = [] if name == "cut.wav" else [JINGLE_S]
    assert [last - first for first, last in made.cut] == pytest.approx(cut_s, abs=0.3)
    assert [last - first for first, last in made.added] == pytest.approx(added_s, abs=0.3)
    assert (made.sentences.fresh, made.sentences.marks) == (0, ())


@pytest.mark.parametrize("name", VARIANTS)
def test_chapters_move_along(done: dict[str, Done], name: str) -> None:
    text = project.episode_source(done[name].house, ID)
    found = {one["title"]: _seconds(one["start"]) for one in project.front_values(text)["chapters"]}
    garden_s = moved_s(11.5, "jingle.wav") if name == "jingle.wav" else moved_s(CUT_S[1], name)
    assert found == {
        "Anfang": 0.0,
        "Im Garten": pytest.approx(garden_s, abs=0.4),
        "Nachbarn": pytest.approx(moved_s(24.5, name), abs=0.3),
    }


def _seconds(text: str) -> float:
    return sum(float(part) * 60**n for n, part in enumerate(reversed(text.split(":"))))


def test_what_a_person_corrected_and_checked_stays_so(done: dict[str, Done]) -> None:
    one = done["both.wav"]
    review = project.load_review(one.house, ID)
    standing = [reviewing.standing(cue, review).value for cue in cues(one.house)]
    assert standing == ["checked"] * 3 + ["machine"] * (len(standing) - 3)
    assert cues(one.house)[1].text == CORRECTED
    assert one.made.sentences.checked == 3


def test_until_it_is_carried_out_nothing_changes(done: dict[str, Done]) -> None:
    assert [one.shown for one in done.values()] == [one.before for one in done.values()]


def test_guid_and_every_line_without_a_moment_stay(done: dict[str, Done]) -> None:
    one = done["jingle.wav"]
    before, after = (text["episode.md"].decode().splitlines() for text in (one.before, files(one.house)))
    changed = [new.strip(" -").split(":")[0] for old, new in zip(before, after, strict=True) if old != new]
    assert sorted(changed) == ["audio", "start", "start", "start"]
    assert "guid: 0b4c7f0e-3a59-5b8e-9f0e-6c1f4d2f9a11" in after


def test_the_facts_are_those_of_the_new_recording_and_the_old_files_are_kept(done: dict[str, Done]) -> None:
    one = done["both.wav"]
    after = files(one.house)
    recording = audio.measure(one.house.parent / "both.wav")
    assert project.load_audio(one.house, ID).recording == recording
    assert project.load_audio(one.house, ID).replaced
    assert after["both.wav"] == (one.house.parent / "both.wav").read_bytes()
    assert after["tiere.mp3"] == one.before["tiere.mp3"]
    assert after["asr/discarded-2026-11-25-093015.vtt"] == one.before["transcript.vtt"]
    assert after["asr/discarded-2026-11-25-093015.json"] == one.before["transcript.json"]
    review = json.loads(after["transcript.json"])
    assert (review["recognised"], review["model"]) == ("2026-11-25", "tiny-de-espeak")
    assert f"asr/{review['asr']}" in after
    assert list((one.house / ".hdw" / "journal").glob("*.jsonl")) == []


def test_whether_listeners_have_the_old_one_is_known_from_the_ledger(done: dict[str, Done]) -> None:
    entry = done["cut.wav"].made.entry
    assert entry is not None
    assert f"{entry.first_published:%d.%m.%Y}" == "20.11.2026"


def test_the_next_build_makes_another_edition(talk: Path, done: dict[str, Done], tmp_path: Path) -> None:
    old = published.copied(talk, tmp_path / "alt")
    new = published.copied(done["cut.wav"].house, tmp_path / "neu")
    first, second = (
        editions.prepare(one, project.load(one)).facts[ID].audio.editions[0] for one in (old, new)
    )
    assert first.sha256 != second.sha256
    assert not project.load_audio(new, ID).replaced
    assert second.duration_s == pytest.approx(first.duration_s - (CUT_S[1] - CUT_S[0]), abs=0.2)


def here(made: workflow.Replacement, house: Path) -> workflow.Replacement:
    """The same replacement for another copy of the house."""
    place = house / "episodes" / ID / made.outcome.place.name
    return replace(made, outcome=replace(made.outcome, place=place))


@pytest.mark.parametrize("name", ["episode.md", "transcript.vtt"])
def test_an_episode_that_somebody_edits_meanwhile_is_left_alone(
    talk: Path, done: dict[str, Done], tmp_path: Path, name: str
) -> None:
    house = published.copied(talk, tmp_path / "alles")
    path = house / "episodes" / ID / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    before = files(house)
    with pytest.raises(BusyError):
        workflow.carry_out(house, here(done["cut.wav"].made, house))
    assert {key: data for key, data in files(house).items() if key != "cut.wav"} == before


def test_the_same_call_again_takes_the_copy_that_a_killed_one_left(
    talk: Path, done: dict[str, Done], tmp_path: Path
) -> None:
    house = published.copied(talk, tmp_path / "alles")
    shutil.copy(house.parent / "cut.wav", house / "episodes" / ID)
    workflow.carry_out(house, here(done["cut.wav"].made, house))
    assert {path.name for path in (house / "episodes" / ID).glob("*.wav")} == {"cut.wav"}
    assert project.load_audio(house, ID).recording == project.load_audio(done["cut.wav"].house, ID).recording


def test_the_recording_that_is_there_is_no_other(talk: Path) -> None:
    with pytest.raises(MisuseError) as caught:
        replacement(talk, "tiere.mp3")
    assert "that the episode has already" in str(caught.value)


def test_another_talk_is_refused(talk: Path, tmp_path: Path) -> None:
    house = published.copied(talk, tmp_path / "alles")
    shutil.copy(talks.FIXTURES / "speech.mp3", house.parent / "anders.mp3")
    before = files(house)
    with pytest.raises(MisuseError) as caught:
        replacement(house, "anders.mp3")
    assert "says something else" in str(caught.value)
    assert "hdw add anders.mp3" in str(caught.value.hint)
    assert files(house) == before


def test_a_text_that_no_machine_heard_is_held_against_the_new_words(talk: Path, tmp_path: Path) -> None:
    house = published.copied(talk, tmp_path / "alles")
    shutil.rmtree(house / "episodes" / ID / "asr")
    made = replacement(house, "both.wav")
    assert [last - first for first, last in made.cut] == pytest.approx([CUT_S[1] - CUT_S[0]], abs=0.6)
    assert [last - first for first, last in made.added] == pytest.approx([JINGLE_S], abs=0.6)
