"""From recordings of several people to a transcript in which everybody has a name."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import wave
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline import audio, project, transcripts, workflow
from pipeline.catalog import packing
from pipeline.errors import MisuseError, ProjectError, SpeechError
from pipeline.models import AudioFacts, CueReview, CueState, Review
from pipeline.workflow import Choices, Event, exchanging
from pipeline.workflow.tracks import said
from tests.small_house import EPISODE_MD, PODCAST_TOML, write

FIXTURES = Path(__file__).parent.parent / "fixtures"
MODEL = FIXTURES / "tiny-de-espeak.pt"
EPISODE = "2026-11-20-smarte-stadt"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
VOICES_TWO = {"de": "Stimme 1", "de+f2": "Stimme 2"}
AWRY_S = 0.3  # by so much a word's times may be wrong
BOTH = "people: [{person: mira-beispiel, role: host}, {person: kim-muster, role: guest}]\n"
TRACKS = """\
tracks:
  - {file: track-mira.mp3, person: mira-beispiel}
  - {file: track-kim.mp3, person: kim-muster}
"""
TALK = """\
WEBVTT
Language: de

NOTE from the editor

1
00:00:00.000 --> 00:00:02.000
<v Stimme 1>Hallo und willkommen.

2
00:00:02.500 --> 00:00:05.000
<v Stimme 2>Vielen Dank für die Einladung.

3
00:00:05.500 --> 00:00:07.500
<v Stimme 1>Was ist neu?
"""


def folder(root: Path) -> Path:
    return root / "episodes" / EPISODE


def house(root: Path, fields: str, *files: str) -> Path:
    """The small house with two people, an episode with these fields, and its recordings."""
    person = root / "content/people/kim-muster.md"
    person.write_text("---\nname: Kim Muster\n---\n", encoding="utf-8")
    path = folder(root) / "episode.md"
    text = path.read_text(encoding="utf-8")
    people = text[text.index("people:") : text.index("---\n\nDie")]
    path.write_text(text.replace(people, fields), encoding="utf-8")
    settings = root / "podcast.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "\n[speech]\nprompt = false\n", encoding="utf-8"
    )
    for name in files:
        shutil.copyfile(FIXTURES / name, folder(root) / name)
    return root


def transcribed(root: Path) -> tuple[list[Event], list[tuple[str, str]]]:
    """All that was told, and who says what."""
    told: list[Event] = []
    choices = Choices(model=str(MODEL), device="cpu")
    workflow.transcribe(root, (EPISODE,), choices, report=told.append, now=NOW)
    made = project.load_transcript(root, EPISODE)
    assert made is not None
    return told, [(cue.speaker, cue.text) for cue in made.cues]


@pytest.fixture(scope="module")
def tracks(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, list[Event], list[tuple[str, str]]]:
    """An episode of two microphones, the guest's in the storage."""
    root = tmp_path_factory.mktemp("tracks") / "haus"
    small_house(root)
    house(root, BOTH + TRACKS, "track-mira.mp3", "track-kim.mp3")
    (root / "podcast.toml").write_text(
        (root / "podcast.toml").read_text(encoding="utf-8") + '\n[storage]\nrecordings = "lager"\n',
        encoding="utf-8",
    )
    (root / "lager").mkdir()
    (folder(root) / "track-kim.mp3").rename(root / "lager" / "track-kim.mp3")
    return root, *transcribed(root)


def small_house(root: Path) -> None:
    files = {
        "podcast.toml": PODCAST_TOML,
        "content/people/mira-beispiel.md": "---\nname: Mira Beispiel\n---\n",
        f"episodes/{EPISODE}/episode.md": EPISODE_MD,
    }
    write(root, files)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str]]]:
    """An episode of one microphone and two people."""
    root = tmp_path_factory.mktemp("mixed") / "haus"
    small_house(root)
    house(root, BOTH + "audio: voices-two.mp3\n", "voices-two.mp3")
    return root, transcribed(root)[1]


def test_every_track_is_its_persons_and_nothing_is_said_twice(
    tracks: tuple[Path, list[Event], list[tuple[str, str]]],
) -> None:
    spoken = tracks[2]
    assert [speaker for speaker, _ in spoken] == [
        "mira-beispiel",
        "kim-muster",
        "mira-beispiel",
        "kim-muster",
        "mira-beispiel",
        "mira-beispiel",
    ]
    for start, (_, text) in zip(
        ("Hallo und", "Vielen Dank", "Was ist", "Am Sonntag", "das Projekt", "Herzlichen"),
        spoken,
        strict=True,
    ):
        assert text.casefold().startswith(start.casefold())


def test_who_speaks_at_the_same_time_keeps_a_sentence_each(
    tracks: tuple[Path, list[Event], list[tuple[str, str]]],
) -> None:
    made = project.load_transcript(tracks[0], EPISODE)
    assert made is not None
    kim, mira = made.cues[3], made.cues[4]
    assert kim.start_s < mira.start_s < kim.end_s < mira.end_s
    assert "Projekt" not in kim.text
    assert "Sonntag" not in mira.text


def test_every_track_has_a_file_of_what_was_heard_with_levels_and_what_was_removed(
    tracks: tuple[Path, list[Event], list[tuple[str, str]]],
) -> None:
    files = sorted((folder(tracks[0]) / "asr").iterdir())
    assert [re.sub(r"_[0-9a-f]{8}", "", path.name) for path in files] == [
        "2026-11-24_tiny-de-espeak_track-kim.jsonl",
        "2026-11-24_tiny-de-espeak_track-mira.jsonl",
    ]
    kim, mira = (json.loads(path.read_text(encoding="utf-8").split("\n")[0]) for path in files)
    assert (kim["track"], kim["person"]) == ("track-kim.mp3", "kim-muster")
    assert set(kim["sentences"][0]["levels_dbfs"]) == {"track-mira.mp3", "track-kim.mp3"}
    gone = [one for sentence in kim["sentences"] for one in sentence["removed"]]
    assert {one["echo_of"] for one in gone} == {"track-mira.mp3"}
    assert any(one["text"].startswith("Hallo und willkommen") for one in gone)
    assert any(one["text"].startswith("Am Sonntag") for s in mira["sentences"] for one in s["removed"])


def test_adopting_several_tracks_takes_them_all_as_transcribing_does(
    tracks: tuple[Path, list[Event], list[tuple[str, str]]], tmp_path: Path
) -> None:
    root = shutil.copytree(tracks[0], tmp_path / "haus")
    before = (folder(root) / "transcript.vtt").read_bytes()
    done = workflow.adopt(root, EPISODE, now=NOW)
    assert (done.fresh, done.gone, done.kept) == (0, 0, 0)
    assert (folder(root) / "transcript.vtt").read_bytes() == before
    review = project.load_review(root, EPISODE)
    assert review.model == "tiny-de-espeak"
    assert "track-mira" in review.asr


def test_a_text_given_up_comes_back_from_all_tracks_with_everybodys_name(
    tracks: tuple[Path, list[Event], list[tuple[str, str]]], tmp_path: Path
) -> None:
    root = shutil.copytree(tracks[0], tmp_path / "haus")
    only = "WEBVTT\n\n99\n00:00:00.000 --> 00:00:01.000\nEtwas ganz anderes.\n"
    (folder(root) / "transcript.vtt").write_text(only, encoding="utf-8")
    workflow.adopt(root, EPISODE, discard=1, now=NOW)
    made = project.load_transcript(root, EPISODE)
    assert made is not None
    assert [(cue.speaker, cue.text) for cue in made.cues] == tracks[2]


def test_the_site_gets_the_word_times_of_all_tracks(
    tracks: tuple[Path, list[Event], list[tuple[str, str]]],
) -> None:
    loaded = project.load(tracks[0])
    (episode,) = (one for one in loaded.episodes if one.id == EPISODE)
    written = json.loads(exchanging.word_times(tracks[0], loaded, episode))
    made = project.load_transcript(tracks[0], EPISODE)
    assert made is not None
    heard = said(tracks[0], episode, project.recognitions(tracks[0], EPISODE)[-1])
    assert {voice for _, voice in heard} == {"mira-beispiel", "kim-muster"}
    assert [word.text for word, _ in heard] == [word for cue in made.cues for word in cue.text.split()]
    assert written


def test_progress_counts_all_tracks(tracks: tuple[Path, list[Event], list[tuple[str, str]]]) -> None:
    pieces = [event for event in tracks[1] if event.kind == "piece"]
    done = [event.done_s for event in pieces]
    assert done == sorted(done)
    assert done[-1] == pytest.approx(pieces[-1].of_s)
    assert 30 < pieces[-1].of_s < 34  # about 16.7 and 15.7 s


def test_a_missing_track_is_named_before_anything_is_heard(house_folder: Path) -> None:
    house(house_folder, BOTH + TRACKS, "track-mira.mp3")
    with pytest.raises(SpeechError, match=r"track-kim\.mp3 of kim-muster") as raised:
        transcribed(house_folder)
    assert "track-kim.mp3" in str(raised.value.where)
    assert not (folder(house_folder) / "asr").exists()


def test_an_episode_whose_tracks_are_elsewhere_is_not_due(house_folder: Path) -> None:
    house(house_folder, BOTH + TRACKS, "track-mira.mp3")
    assert workflow.transcribe(house_folder, report=print, now=NOW) == ()


def test_one_microphone_gives_voices_in_the_order_of_appearance(
    mixed: tuple[Path, list[tuple[str, str]]],
) -> None:
    truth = [
        (float(start), float(end), VOICES_TWO[voice])
        for start, end, voice, _ in (
            line.split(" ", 3)
            for line in (FIXTURES / "voices-two.txt").read_text(encoding="utf-8").splitlines()
        )
    ]
    cues = transcripts.read_vtt(project.transcript_source(mixed[0], EPISODE)).cues
    heard = {
        cue.id: {
            voice for start, end, voice in truth if min(end, cue.end_s) - max(start, cue.start_s) > AWRY_S
        }
        for cue in cues
    }
    assert {cue.id: {cue.speaker} for cue in cues} == heard  # where sentences end is not what is asked here
    assert [cue.speaker for cue in cues[:3]] == ["Stimme 1", "Stimme 1", "Stimme 2"]


def test_a_voice_print_is_nowhere_on_disk(mixed: tuple[Path, list[tuple[str, str]]]) -> None:
    """All that is written is text; its numbers are times, levels and how sure the network was of words.

    The catalogue holds what is read from these texts: no row of numbers as long as a voice print is.
    """
    root = mixed[0]
    files = (path for path in root.rglob("*") if path.is_file() and path.suffix != ".mp3")
    written = [path for path in files if path != root / project.CATALOG]
    assert {path.suffix for path in written} <= {".jsonl", ".json", ".md", ".toml", ".vtt"}
    assert not list((root / project.JOURNALS).iterdir())
    (heard,) = (path for path in written if path.suffix == ".jsonl")
    head, *segments = (json.loads(line) for line in heard.read_text(encoding="utf-8").splitlines())
    assert not [key for key in head if re.search("voice|speaker|embedding|print", key)]
    assert {name for name, value in head.items() if isinstance(value, list | float)} == {"speech"}
    assert all(len(stretch) == 2 for stretch in head["speech"])
    assert {key for segment in segments for key in segment} == {
        "average_log_probability",
        "compression_ratio",
        "end",
        "no_speech_probability",
        "start",
        "temperature",
        "text",
        "words",
    }
    assert all(len(word) == 4 for segment in segments for word in segment["words"])
    kept = _kept(root)
    assert kept
    assert not [
        value for value in kept if re.search(r"(?:-?[0-9.]+(?:e-?[0-9]+)?, ){20}|array\(|b['\"]", value)
    ]


def _kept(root: Path) -> list[str]:
    """All that the catalogue of a house knows, in words."""
    with closing(sqlite3.connect(root / project.CATALOG)) as opened:
        tables = ("files", "heavy", "memos", "pages")
        found = [one for table in tables for one in opened.execute(f"SELECT value FROM {table}")]
    return [repr(packing.unpacked(value)) for (value,) in found]


def test_one_person_among_helpers_says_everything(house_folder: Path) -> None:
    people = "people: [{person: mira-beispiel, role: host}, {person: kim-muster, role: audio editor}]\n"
    house(house_folder, people + "audio: speech.mp3\n", "speech.mp3")
    assert {speaker for speaker, _ in transcribed(house_folder)[1]} == {"mira-beispiel"}


@pytest.fixture
def talk(house_folder: Path) -> Path:
    """A transcript of two open voices, its second sentence checked, its third changed since."""
    house(house_folder, BOTH + "audio: voices-two.mp3\n", "voices-two.mp3")
    (folder(house_folder) / "transcript.vtt").write_text(TALK, encoding="utf-8", newline="\n")
    cues = transcripts.read_vtt(TALK).cues
    day = date(2026, 11, 23)
    checked = {
        "2": CueReview(CueState.CHECKED, "Mira", day, transcripts.text_digest(cues[1])),
        "3": CueReview(CueState.CHECKED, "Mira", day, "0" * 16),
    }
    project.save_review(house_folder, EPISODE, Review(cues=checked, model="turbo"))
    return house_folder


def text_of(root: Path) -> str:
    return (folder(root) / "transcript.vtt").read_text(encoding="utf-8")


def test_open_voices_are_told_with_share_places_and_clips(talk: Path) -> None:
    found = workflow.open_voices(talk, EPISODE)
    assert [(v.number, v.name, round(v.share, 3)) for v in found.voices] == [
        (1, "Stimme 1", 0.615),
        (2, "Stimme 2", 0.385),
    ]
    assert [cue.id for cue in found.voices[0].places] == ["1", "3"]
    with wave.open(str(found.voices[1].clips[0])) as clip:
        assert clip.getnframes() / clip.getframerate() == pytest.approx(2.5)
    assert all(
        path.is_relative_to(talk / ".hdw" / "voices" / EPISODE) for v in found.voices for path in v.clips
    )


def test_without_the_recording_there_is_nothing_to_hear(talk: Path) -> None:
    (folder(talk) / "voices-two.mp3").unlink()
    found = workflow.open_voices(talk, EPISODE)
    assert not found.recording_here
    assert {v.clips for v in found.voices} == {()}


def test_naming_a_voice_changes_its_sentences_and_nothing_else(talk: Path) -> None:
    assert workflow.name_voices(talk, EPISODE, {1: "mira-beispiel"}) == 2
    assert text_of(talk) == TALK.replace("Stimme 1", "mira-beispiel")


def test_what_was_checked_stays_checked_under_its_new_name(talk: Path) -> None:
    workflow.name_voices(talk, EPISODE, {1: "mira-beispiel", 2: "kim-muster"})
    review = project.load_review(talk, EPISODE)
    cue = transcripts.read_vtt(text_of(talk)).cues[1]
    assert review.cues["2"] == CueReview(
        CueState.CHECKED, "Mira", date(2026, 11, 23), transcripts.text_digest(cue)
    )
    assert review.cues["3"].digest == "0" * 16  # it was changed since, and that stays visible
    assert review.model == "turbo"


def test_clips_go_once_every_voice_has_a_name(talk: Path) -> None:
    workflow.open_voices(talk, EPISODE)
    workflow.name_voices(talk, EPISODE, {1: "mira-beispiel", 2: "kim-muster"})
    assert not (talk / ".hdw" / "voices" / EPISODE).exists()


def test_both_voices_may_be_one_person(talk: Path) -> None:
    assert workflow.name_voices(talk, EPISODE, {1: "kim-muster", 2: "kim-muster"}) == 3


def test_an_unknown_person_names_the_nearest(talk: Path) -> None:
    with pytest.raises(MisuseError, match="no person mira-beispil") as raised:
        workflow.name_voices(talk, EPISODE, {1: "mira-beispil"})
    assert "mira-beispiel" in str(raised.value.hint)
    assert text_of(talk) == TALK


def test_a_voice_that_is_not_open_is_refused(talk: Path) -> None:
    with pytest.raises(MisuseError, match="no voice 3"):
        workflow.name_voices(talk, EPISODE, {3: "mira-beispiel"})


def test_ranges_of_sentences_get_a_person(talk: Path) -> None:
    assert workflow.set_speakers(talk, EPISODE, [("1-2", "kim-muster"), ("3", "mira-beispiel")]) == 3
    speakers = [cue.speaker for cue in transcripts.read_vtt(text_of(talk)).cues]
    assert speakers == ["kim-muster", "kim-muster", "mira-beispiel"]


def test_an_id_goes_before_a_place(talk: Path) -> None:
    text = TALK.replace("\n1\n00", "\n3\n00").replace("\n3\n00:00:05", "\na-1\n00:00:05")
    (folder(talk) / "transcript.vtt").write_text(text, encoding="utf-8")
    workflow.set_speakers(talk, EPISODE, [("3", "kim-muster"), ("a-1", "mira-beispiel")])
    speakers = [cue.speaker for cue in transcripts.read_vtt(text_of(talk)).cues]
    assert speakers == ["kim-muster", "Stimme 2", "mira-beispiel"]


def test_overlapping_ranges_are_refused_and_nothing_changes(talk: Path) -> None:
    with pytest.raises(MisuseError, match="Sentence 2 is named twice"):
        workflow.set_speakers(talk, EPISODE, [("1-2", "kim-muster"), ("2,3", "mira-beispiel")])
    assert text_of(talk) == TALK


@pytest.mark.parametrize("written", ["3-1", "4", "0", "1-", "x", ""])
def test_ranges_that_name_no_sentences_are_refused(talk: Path, written: str) -> None:
    with pytest.raises(MisuseError, match="There are no sentences"):
        workflow.set_speakers(talk, EPISODE, [(written, "kim-muster")])


def test_naming_the_same_again_changes_no_file(talk: Path) -> None:
    workflow.set_speakers(talk, EPISODE, [("2", "kim-muster")])
    before = (folder(talk) / "transcript.json").read_bytes(), text_of(talk)
    assert workflow.set_speakers(talk, EPISODE, [("2", "kim-muster")]) == 0
    assert before == ((folder(talk) / "transcript.json").read_bytes(), text_of(talk))


def test_pages_show_open_voices_until_they_have_a_name(talk: Path, tmp_path: Path) -> None:
    (talk / "content/cover.jpg").write_bytes(project.plain_cover())
    page = tmp_path / "out" / "folgen/was-ist-eine-smarte-stadt/index.html"
    project.save_audio(talk, EPISODE, AudioFacts(recording=audio.measure(folder(talk) / "voices-two.mp3")))
    workflow.build(talk, output=tmp_path / "out", now=NOW)
    assert "Stimme 1" in page.read_text(encoding="utf-8")
    workflow.name_voices(talk, EPISODE, {1: "mira-beispiel", 2: "kim-muster"})
    workflow.build(talk, output=tmp_path / "out", now=NOW)
    assert "Stimme 1" not in page.read_text(encoding="utf-8")
    assert "Kim Muster" in page.read_text(encoding="utf-8")


def test_a_production_build_asks_for_open_voices_to_be_named(talk: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as raised:
        workflow.build(talk, output=tmp_path / "out", production=True, now=NOW)
    told = {str(problem.message): str(problem.hint) for problem in raised.value.problems}
    assert told["Stimme 1 has no name yet."] == f"Listen and name: hdw transcript voices {EPISODE}"
