"""Published files in a house: made once, labelled anew without encoding, kept as listeners have them."""

from __future__ import annotations

import io
import multiprocessing
import os
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import mutagen
import numpy as np
import pytest
import recordings
from PIL import Image

from pipeline import audio, project, workflow
from pipeline.errors import AudioError, MisuseError
from pipeline.models import Edition
from pipeline.workflow import editions

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ALL = ("mp3", "aac", "opus")


@dataclass
class Told:
    """What a build said while it encoded."""

    events: list[workflow.Event] = field(default_factory=list)

    def __call__(self, event: workflow.Event) -> None:
        self.events.append(event)

    @property
    def encoded(self) -> list[str]:
        """The files that were encoded to their end."""
        return [event.episode for event in self.events if event.kind == "done"]


def _added(root: Path, recording: Path, title: str = "Titel") -> workflow.Added:
    return workflow.add(root, recording, metadata={"title": title}, now=NOW)


def _prepare(root: Path, told: Callable[[workflow.Event], object] = lambda _: None, **choices: Any) -> None:
    editions.prepare(root, project.load(root), report=told, **choices)


def _editions(root: Path, added: workflow.Added, **choices: Any) -> tuple[Edition, ...]:
    _prepare(root, **choices)
    return project.load_audio(root, added.episode_id).editions


def _edition(root: Path, added: workflow.Added, **choices: Any) -> Edition:
    (edition,) = _editions(root, added, **choices)
    return edition


def _wants(root: Path, formats: Iterable[str]) -> None:
    path = root / "podcast.toml"
    text = path.read_text(encoding="utf-8").partition("\n[feed]")[0]
    path.write_text(f"{text}\n[feed]\nformats = {list(formats)}\n".replace("'", '"'), encoding="utf-8")


def _swap(added: workflow.Added, old: str, new: str) -> None:
    path = added.folder / "episode.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _give(root: Path, added: workflow.Added, *given: Edition) -> None:
    """Write into the ledger that feeds have named these files."""
    guid = re.search(r"guid: (.+)", (added.folder / "episode.md").read_text(encoding="utf-8"))
    assert guid
    entry = (
        f'[[episodes]]\nguid = "{guid[1]}"\nepisode = "{added.episode_id}"\nnumber = 0\nslug = "titel"\n'
        "first_published = 2026-11-20T12:00:00+01:00\n"
    )
    files = "".join(
        f'\n[[episodes.editions]]\nurl = "https://podcast.example.org/audio/{Path(one.file).name}"\n'
        f'bytes = {one.bytes}\nsha256 = "{one.sha256}"\n'
        for one in given
    )
    (root / "episodes/ledger.toml").write_text(entry + files, encoding="utf-8")


@pytest.mark.parametrize("kind", ["flac", "m4a", "mp3", "wav"])
def test_what_audio_json_says_of_an_edition_is_true_of_its_file(
    house_folder: Path, tmp_path: Path, kind: str
) -> None:
    _wants(house_folder, ALL)
    added = _added(house_folder, recordings.make(tmp_path / f"a.{kind}", seconds=3))
    found = _editions(house_folder, added)
    assert [edition.format for edition in found] == list(ALL)
    for edition in found:
        made = audio.measure(added.folder / edition.file)
        for name in (
            "bytes",
            "sha256",
            "codec",
            "channels",
            "sample_rate",
            "loudness_lufs",
            "true_peak_dbtp",
        ):
            assert getattr(edition, name) == getattr(made, name), (edition.file, name)
        assert edition.duration_s == made.duration_s == pytest.approx(3.0, abs=0.06)
        assert edition.bit_rate == pytest.approx(made.bit_rate, rel=0.001)
        assert Path(edition.file).name == f"titel.{edition.mark}{edition.suffix}"
        assert edition.file.isascii()


def test_an_edition_is_made_once(house_folder: Path, tmp_path: Path) -> None:
    added, told = _added(house_folder, recordings.make(tmp_path / "a.mp3")), Told()
    made = added.folder / _edition(house_folder, added).file
    before = made.stat()
    _prepare(house_folder, told)
    assert (made.stat().st_mtime_ns, made.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert told.events == []


def test_made_again_from_nothing_the_bytes_are_the_same(house_folder: Path, tmp_path: Path) -> None:
    _wants(house_folder, ALL)
    added = _added(house_folder, recordings.make(tmp_path / "a.wav"))
    before = _editions(house_folder, added)
    shutil.rmtree(house_folder / ".hdw")
    shutil.rmtree(added.folder / "published")
    assert _editions(house_folder, added) == before


def test_another_title_relabels_what_nobody_has_yet_without_encoding(
    house_folder: Path, tmp_path: Path
) -> None:
    _wants(house_folder, ALL)
    added, told = _added(house_folder, recordings.make(tmp_path / "a.wav")), Told()
    before = _editions(house_folder, added)
    _swap(added, "title: Titel", "title: Anders")
    _prepare(house_folder, told)
    after = project.load_audio(house_folder, added.episode_id).editions
    assert told.encoded == []
    assert {audio.read_tags(added.folder / one.file).title for one in after} == {"Anders"}
    assert [one.sound for one in after] == [one.sound for one in before]
    assert sorted(p.name for p in (added.folder / "published").iterdir()) == sorted(
        Path(one.file).name for one in after
    )


@pytest.fixture
def fit(tmp_path: Path) -> dict[str, Path]:
    """A recording in each format that needs no encoding."""
    source, made = recordings.make(tmp_path / "source.wav", seconds=3), {}
    for format_ in ALL:
        made[format_] = tmp_path / f"fit{audio.FORMATS[format_].suffix}"
        audio.encode(source, audio.measure(source), format_, made[format_], lambda _: None)
    return made


# format of a fit recording, formats asked for: formats published, how many of them encoded
FIT = {
    ("mp3", ("mp3",)): (["mp3"], 0),
    ("aac", ("mp3",)): (["aac"], 0),  # stands in for the first format
    ("aac", ("mp3", "aac")): (["mp3", "aac"], 1),
    ("mp3", ("aac", "opus")): (["mp3", "opus"], 1),
    ("opus", ("mp3",)): (["mp3"], 1),  # never in the main feed
    ("opus", ("mp3", "opus")): (["mp3", "opus"], 1),
}


@pytest.mark.parametrize(("recorded", "wanted"), FIT)
def test_a_fit_recording_is_published_as_it_is_where_its_format_may_be(
    house_folder: Path, fit: dict[str, Path], recorded: str, wanted: tuple[str, ...]
) -> None:
    _wants(house_folder, wanted)
    added, told = _added(house_folder, fit[recorded]), Told()
    _prepare(house_folder, told)
    found = project.load_audio(house_folder, added.episode_id).editions
    assert ([edition.format for edition in found], len(told.encoded)) == FIT[recorded, wanted]


@pytest.mark.parametrize("how", ["absent", "altered"])
def test_an_edition_stays_as_it_is_where_its_recording_is_not_here(
    house_folder: Path, tmp_path: Path, how: str
) -> None:
    added = _added(house_folder, recordings.make(tmp_path / "a.mp3"))
    before = _edition(house_folder, added)
    kept = added.folder / "a.mp3"
    kept.unlink()
    if how == "altered":
        recordings.make(kept, seconds=5)
    _swap(added, "title: Titel", "title: Anders")
    assert _edition(house_folder, added) == before


def test_a_file_that_is_lost_again_and_again_is_made_again_each_time(
    house_folder: Path, tmp_path: Path
) -> None:
    added, output = _added(house_folder, recordings.make(tmp_path / "a.wav")), house_folder / "output"
    for _ in range(4):
        workflow.build(house_folder, output=output, drafts=True, now=NOW)
        (edition,) = project.load_audio(house_folder, added.episode_id).editions
        assert (added.folder / edition.file).is_file()
        (added.folder / edition.file).unlink()


class TestPublished:
    """What listeners were given."""

    @pytest.fixture
    def added(self, house_folder: Path, tmp_path: Path) -> workflow.Added:
        """An episode whose MP3 a feed has named; then its title was changed."""
        added = _added(house_folder, recordings.make(tmp_path / "a.wav"))
        _give(house_folder, added, _edition(house_folder, added))
        _swap(added, "title: Titel", "title: Anders")
        return added

    def test_it_stays_whatever_changes(self, house_folder: Path, added: workflow.Added) -> None:
        before = project.load_audio(house_folder, added.episode_id).editions
        data = (added.folder / before[0].file).read_bytes()
        _wants(house_folder, ["aac", "mp3"])
        first, second = _editions(house_folder, added)
        assert (first,) == before  # what apps have loaded from the main feed stays there
        assert second.format == "aac"
        assert (added.folder / first.file).read_bytes() == data

    def test_what_is_no_longer_asked_for_stays_too(self, house_folder: Path, added: workflow.Added) -> None:
        _wants(house_folder, ["mp3", "opus"])
        _give(house_folder, added, *_editions(house_folder, added))
        before = project.load_audio(house_folder, added.episode_id).editions
        _wants(house_folder, ["mp3"])
        assert _editions(house_folder, added) == before

    def test_it_is_made_again_where_that_is_asked_for_and_the_old_file_stays(
        self, house_folder: Path, added: workflow.Added
    ) -> None:
        (old,) = project.load_audio(house_folder, added.episode_id).editions
        new = _edition(house_folder, added, remake={added.episode_id})
        assert audio.read_tags(added.folder / new.file).title == "Anders"
        assert (added.folder / old.file).is_file()
        assert _edition(house_folder, added) == new  # also on the next build, without asking again

    def test_a_lost_file_is_not_made_again(self, house_folder: Path, added: workflow.Added) -> None:
        (before,) = project.load_audio(house_folder, added.episode_id).editions
        (added.folder / before.file).unlink()
        assert _edition(house_folder, added) == before
        assert not (added.folder / before.file).exists()

    def test_an_altered_file_stops_the_build_and_says_where_the_right_one_is(
        self, house_folder: Path, added: workflow.Added
    ) -> None:
        (before,) = project.load_audio(house_folder, added.episode_id).editions
        (added.folder / before.file).write_bytes(b"anders")
        with pytest.raises(
            AudioError, match=r"published/titel.*not the one that listeners were given"
        ) as raised:
            _prepare(house_folder)
        assert "https://podcast.example.org/audio/titel." in str(raised.value.hint)
        assert f"hdw build --remake {added.episode_id}" in str(raised.value.hint)

    def test_facts_that_were_lost_are_measured_again_from_the_file(
        self, house_folder: Path, added: workflow.Added
    ) -> None:
        (before,) = project.load_audio(house_folder, added.episode_id).editions
        (added.folder / "audio.json").unlink()
        after = _edition(house_folder, added)
        unknown = {"inputs": "", "label": None, "sound": ""}
        assert after == before.model_copy(update=unknown)

    def test_without_file_and_facts_no_other_file_takes_its_place(
        self, house_folder: Path, added: workflow.Added
    ) -> None:
        (added.folder / "audio.json").unlink()
        shutil.rmtree(added.folder / "published")
        with pytest.raises(AudioError, match="here it is missing") as raised:
            _prepare(house_folder)
        assert "Bring audio.json back from git" in str(raised.value.hint)
        assert _edition(house_folder, added, remake={added.episode_id}).label

    def test_it_cannot_be_made_again_without_its_recording(
        self, house_folder: Path, added: workflow.Added
    ) -> None:
        (added.folder / "a.wav").unlink()
        with pytest.raises(AudioError, match="Without its recording"):
            _prepare(house_folder, remake={added.episode_id})

    def test_its_encoded_sound_is_forgotten_when_another_is_made(
        self, house_folder: Path, tmp_path: Path, added: workflow.Added
    ) -> None:
        (before,) = project.load_audio(house_folder, added.episode_id).editions
        assert (house_folder / ".hdw/sounds" / f"{before.sound}.mp3").is_file()
        other = _added(house_folder, recordings.make(tmp_path / "b.wav", seconds=1), "Andere Folge")
        (made,) = _editions(house_folder, other)
        left = [path.stem for path in (house_folder / ".hdw/sounds").glob("*.mp3")]
        assert left == [made.sound]


def test_only_what_is_built_can_be_made_again(house_folder: Path, tmp_path: Path) -> None:
    added = _added(house_folder, recordings.make(tmp_path / "a.mp3"))
    for name, words in ((added.episode_id, "is a draft"), ("nirgends", "There is no episode nirgends")):
        with pytest.raises(MisuseError, match=words):
            workflow.build(house_folder, output=tmp_path / "out", remake=(name,), now=NOW)


def test_several_episodes_are_made_and_each_tells_how_far_it_is(house_folder: Path, tmp_path: Path) -> None:
    _wants(house_folder, ["mp3", "opus"])
    made = [
        _added(house_folder, recordings.make(tmp_path / f"{n}.wav", seconds=6 + n), f"Folge {n}")
        for n in (1, 2)
    ]
    told = Told()
    _prepare(house_folder, told)
    names = {f"{one.episode_id} {format_}" for one in made for format_ in ("mp3", "opus")}
    assert set(told.encoded) == names
    for name in names:
        done = [event.done_s for event in told.events if event.episode == name and event.kind == "piece"]
        assert done[0] == 0
        assert done == sorted(done)
        assert len(done) >= 5
        assert {event.of_s for event in told.events if event.episode == name} >= {done[-1]}
    for one in made:
        assert len(project.load_audio(house_folder, one.episode_id).editions) == 2


def test_one_recording_that_cannot_be_read_does_not_lose_the_others(
    house_folder: Path, tmp_path: Path
) -> None:
    good = _added(house_folder, recordings.make(tmp_path / "a.wav"), "Gut")
    bad = _added(house_folder, recordings.make(tmp_path / "b.flac", seconds=3), "Schlecht")
    path = bad.folder / "b.flac"
    path.write_bytes(b"\0" * path.stat().st_size)  # of the same size: only decoding shows it
    with pytest.raises(AudioError, match="unknown kind"):
        _prepare(house_folder)
    path.unlink()
    assert _edition(house_folder, good).label
    assert project.load_audio(house_folder, bad.episode_id).editions == ()


def test_the_cover_inside_is_small_and_chapters_bring_their_own_pictures(
    house_folder: Path, tmp_path: Path
) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (3000, 3000, 3), np.uint8)
    added = _added(house_folder, recordings.make(tmp_path / "a.wav"))
    Image.fromarray(noise).save(house_folder / "content/cover.jpg", quality=95)
    Image.new("RGB", (800, 800), "blue").save(added.folder / "k.png")
    _swap(added, "title: Titel", "title: Titel\nchapters:\n- {start: 0, title: Eins, picture: k.png}")
    path = added.folder / _edition(house_folder, added).file
    file: Any = mutagen.File(path)
    cover, chapter = file.tags.getall("APIC")[0].data, file.tags.getall("CHAP")[0]
    assert len(cover) < 1_000_000
    assert Image.open(io.BytesIO(cover)).size == (600, 600)
    assert Image.open(io.BytesIO(chapter.sub_frames.getall("APIC")[0].data)).size == (600, 600)


def _child(root: Path) -> None:
    _prepare(root)


@pytest.mark.parametrize("wait_s", [0.0, 0.3])
def test_killed_at_any_moment_the_next_build_finishes_with_the_same_bytes(
    house_folder: Path, tmp_path: Path, wait_s: float
) -> None:
    _wants(house_folder, ["mp3", "opus"])
    added = _added(house_folder, recordings.make(tmp_path / "a.wav", seconds=15))
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(house_folder, undisturbed)
    child = multiprocessing.get_context("spawn").Process(target=_child, args=(house_folder,))
    child.start()
    while not list(house_folder.glob(".hdw/sounds/.*.part")) and child.is_alive():
        time.sleep(0.005)
    time.sleep(wait_s)
    assert child.pid
    os.kill(child.pid, signal.SIGKILL)
    child.join(10)
    after = _editions(house_folder, added)
    _prepare(undisturbed)
    assert after == project.load_audio(undisturbed, added.episode_id).editions
    assert list(house_folder.rglob("*.part")) == []


def test_editions_of_a_hidden_person_never_name_them(house_folder: Path, tmp_path: Path) -> None:
    person = house_folder / "content/people/mira-beispiel.md"
    person.write_text("---\nname: Mira Beispiel\nhidden: true\n---\n", encoding="utf-8")
    _wants(house_folder, ALL)
    added = _added(house_folder, recordings.make(tmp_path / "a.wav"))
    _swap(added, "title: Titel", "title: Titel\npeople: [{person: mira-beispiel}]")
    workflow.build(house_folder, output=tmp_path / "out", drafts=True, now=NOW)
    found = project.load_audio(house_folder, added.episode_id).editions
    assert len(found) == 3
    for edition in found:
        data = (added.folder / edition.file).read_bytes()
        assert not any(name in data for name in (b"Mira", "Mira".encode("utf-16-le")))
    assert b"Mira" not in (added.folder / "audio.json").read_bytes()
