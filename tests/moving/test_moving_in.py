"""Moving in: the audio, going on after a stop, what stays as people wrote it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from mutagen.id3 import CHAP, CTOC, ID3, TIT2, CTOCFlags

from pipeline import moving, project, workflow
from pipeline.errors import FetchError, ForeignFeedError, MisuseError
from pipeline.workflow import Step
from tests.moving.conftest import SPEECH, Move
from tests.moving.serving import Host

NEWEST = "2026-11-06-wem-gehoert-der-platz"
SOUND = "/podlove/file/3/s/feed/c/mp3/fs003.mp3"


def again(host: Host, folder: Path, name: str = "podlove.xml", **options: object) -> workflow.MovedIn:
    fetcher = moving.Fetcher(private=True, sleep=lambda _: None)
    return workflow.move_in(host.feed(name), folder, fetcher=fetcher, **options)


def test_audio_comes_whole_and_measured(move: Move) -> None:
    done = move("podlove.xml", audio=True)
    house = project.load(done.root)
    assert (done.sounds, done.silent) == (3, 0)
    for episode in house.episodes:
        recording = house.of(episode).audio.recording
        assert recording is not None
        assert (recording.bytes, recording.file) == (len(SPEECH), episode.audio)
        assert house.of(episode).recording_present


def test_house_with_its_audio_builds_and_the_feed_has_every_episode(move: Move, tmp_path: Path) -> None:
    done = move("podlove.xml", audio=True, given=workflow.Given("https://neu.example.org/"))
    workflow.build(done.root, output=tmp_path / "site", now=datetime(2026, 12, 1, tzinfo=UTC))
    written = (tmp_path / "site" / "feed.xml").read_text()
    assert written.count("<item>") == 3
    assert written.count('enclosure url="https://neu.example.org/audio/') == 3


def test_chapters_in_the_sound_come_where_the_feed_has_none(host: Host, tmp_path: Path) -> None:
    file = tmp_path / "mit-kapiteln.mp3"
    file.write_bytes(SPEECH)
    tags = ID3()
    tags.add(CTOC(element_id="toc", flags=CTOCFlags.TOP_LEVEL, child_element_ids=["a"], sub_frames=[]))
    tags.add(CHAP(element_id="a", start_time=0, end_time=4000, sub_frames=[TIT2(text="Aus der Datei")]))
    tags.save(file)
    host.sound = file.read_bytes()
    again(host, tmp_path / "haus", audio=True)
    titles = [[c.title for c in e.chapters] for e in project.load(tmp_path / "haus").episodes]
    assert titles == [["Begrüßung", "Bänke"], ["Aus der Datei"], ["Aus der Datei"]]


def test_without_audio_the_recordings_are_named_and_missing(move: Move) -> None:
    done = move("podlove.xml")
    assert (done.sounds, done.silent) == (0, 3)
    assert project.load(done.root).episodes[0].audio == "fs003-wem-gehoert-der-platz.mp3"


def test_download_goes_on_where_the_connection_broke(host: Host, tmp_path: Path) -> None:
    host.cut[SOUND] = [20_000, 10_000]
    done = again(host, tmp_path / "haus", audio=True)
    ranges = [asked for _, path, asked in host.asked if path == SOUND]
    assert ranges == ["", "bytes=20000-", "bytes=30000-"]
    assert done.sounds == 3


def test_download_goes_on_in_the_next_call_after_a_kill(host: Host, tmp_path: Path) -> None:
    def kill(step: Step) -> None:
        if step.kind == "audio":
            raise KeyboardInterrupt

    host.sound = SPEECH * 6
    with pytest.raises(KeyboardInterrupt):
        again(host, tmp_path / "haus", audio=True, told=kill)
    host.asked.clear()
    assert again(host, tmp_path / "haus", audio=True).sounds == 3
    assert next(asked for _, path, asked in host.asked if path == SOUND).startswith("bytes=")
    assert (
        tmp_path / "haus" / "episodes" / NEWEST / "fs003-wem-gehoert-der-platz.mp3"
    ).read_bytes() == host.sound


def test_download_starts_anew_where_the_server_knows_no_ranges(host: Host, tmp_path: Path) -> None:
    host.ranges = False
    host.cut[SOUND] = [20_000]
    assert again(host, tmp_path / "haus", audio=True).sounds == 3


def test_download_starts_anew_where_the_file_changed(host: Host, tmp_path: Path) -> None:
    host.cut[SOUND] = [20_000]
    host.headers[SOUND] = {"ETag": '"old"'}
    assert again(host, tmp_path / "haus", audio=True).sounds == 3


def test_sound_that_does_not_decode_is_not_taken(host: Host, tmp_path: Path) -> None:
    host.files[SOUND] = b"<html>Sorry</html>" * 1000
    done = again(host, tmp_path / "haus", audio=True)
    assert (done.sounds, done.silent) == (2, 1)
    assert [one.tag for one in done.left[NEWEST]].count("enclosure") == 1
    assert not (tmp_path / "haus" / "episodes" / NEWEST / "fs003-wem-gehoert-der-platz.mp3").exists()


def test_sound_of_another_length_than_the_feed_says_is_taken_and_said(host: Host, tmp_path: Path) -> None:
    host.feed("podlove.xml")
    host.sound = SPEECH + SPEECH
    done = workflow.move_in(f"{host.address}/podlove.xml", tmp_path / "haus", audio=True, private=True)
    assert done.sounds == 3
    assert "enclosure length" in [one.tag for one in done.left[NEWEST]]


def test_sound_that_is_gone_leaves_the_rest_in_peace(host: Host, tmp_path: Path) -> None:
    host.refused[SOUND] = 410
    done = again(host, tmp_path / "haus", audio=True)
    assert (done.sounds, done.silent) == (2, 1)


def test_second_call_brings_the_audio_and_nothing_twice(host: Host, tmp_path: Path) -> None:
    again(host, tmp_path / "haus")
    done = again(host, tmp_path / "haus", audio=True)
    assert (done.added, done.sounds, done.people) == (0, 3, 0)
    assert again(host, tmp_path / "haus", audio=True).sounds == 0


def test_audio_after_all_takes_the_place_of_kept_addresses(host: Host, tmp_path: Path) -> None:
    again(host, tmp_path / "haus", keep_addresses=True)
    again(host, tmp_path / "haus", audio=True)
    house = project.load(tmp_path / "haus")
    for episode in house.episodes:
        assert episode.audio
        assert house.of(episode).audio.editions == ()


def test_what_a_person_wrote_stays_when_the_import_goes_on(host: Host, tmp_path: Path) -> None:
    again(host, tmp_path / "haus")
    file = tmp_path / "haus" / "episodes" / NEWEST / "episode.md"
    written = file.read_text().replace("title: Wem", "# geprüft\ntitle: Wem")
    file.write_text(written)
    again(host, tmp_path / "haus", audio=True)
    assert file.read_text() == written


def test_import_stopped_between_episodes_goes_on(host: Host, tmp_path: Path) -> None:
    def kill(step: Step) -> None:
        if step.kind == "episode" and step.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        again(host, tmp_path / "haus", told=kill)
    assert len(project.load(tmp_path / "haus").episodes) == 1
    assert again(host, tmp_path / "haus").added == 2


def test_new_episode_of_the_feed_comes_with_the_next_call(host: Host, tmp_path: Path) -> None:
    again(host, tmp_path / "haus")
    newer = host.files["/podlove.xml"].decode().replace("<item>", NEW_ITEM, 1)
    host.files["/podlove.xml"] = newer.encode()
    fetcher = moving.Fetcher(private=True)
    done = workflow.move_in(f"{host.address}/podlove.xml", tmp_path / "haus", fetcher=fetcher)
    assert done.added == 1
    assert project.load(tmp_path / "haus").ledger.episodes[-1].number == 3


NEW_ITEM = """<item><title>Neu</title><guid>neu</guid><pubDate>Fri, 13 Nov 2026 10:00:00 +0100</pubDate>
<enclosure url="https://a.example/neu.mp3" length="1" type="audio/mpeg"/></item><item>"""


def test_folder_of_another_podcast_is_refused(host: Host, tmp_path: Path) -> None:
    again(host, tmp_path / "haus")
    with pytest.raises(MisuseError, match="Another podcast"):
        again(host, tmp_path / "haus", "anchor.xml")


def test_folder_with_anything_in_it_is_refused_and_untouched(host: Host, tmp_path: Path) -> None:
    (tmp_path / "notiz.txt").write_text("meins")
    with pytest.raises(MisuseError, match="not empty"):
        again(host, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notiz.txt"]


def test_file_is_imported_as_an_address_is(host: Host, tmp_path: Path) -> None:
    host.feed("podigee.xml")
    (tmp_path / "feed.xml").write_bytes(host.files["/podigee.xml"])
    done = workflow.move_in(str(tmp_path / "feed.xml"), tmp_path / "haus", private=True)
    assert done.added == 1


def test_folder_is_no_feed(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="folder"):
        workflow.move_in(str(tmp_path), tmp_path / "haus")


def test_page_that_is_missing_stops_the_import_before_anything_is_written(host: Host, tmp_path: Path) -> None:
    host.feed("podlove.xml")
    del host.files["/podlove-2.xml"]
    with pytest.raises(FetchError, match="404"):
        workflow.move_in(f"{host.address}/podlove.xml", tmp_path / "haus", private=True)
    assert not (tmp_path / "haus").exists()


def test_feed_that_is_a_web_page_says_so_with_its_address(host: Host, tmp_path: Path) -> None:
    host.files["/x"] = b"<!doctype html><html></html>"
    with pytest.raises(ForeignFeedError, match="web page") as error:
        workflow.move_in(f"{host.address}/x", tmp_path / "haus", private=True)
    assert str(error.value.where) == f"{host.address}/x"


def test_nothing_of_a_feed_leaves_the_house(host: Host, tmp_path: Path) -> None:
    evil = b"""<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>../../x</title>
    <item><title>../../../../boese</title><guid>../../guid</guid><link>https://a.example/..%2f..%2fboese</link>
    <pubDate>Fri, 06 Nov 2026 10:00:01 +0000</pubDate>
    <enclosure url="{host}/..%2F..%2Fboese.mp3" type="audio/mpeg"/>
    <podcast:person>../../person</podcast:person></item></channel></rss>"""
    address = host.serve("/evil.xml", evil)
    before = set(tmp_path.rglob("*"))
    workflow.move_in(address, tmp_path / "a" / "b" / "haus", audio=True, private=True)
    house = tmp_path / "a" / "b" / "haus"
    outside = {path for path in tmp_path.rglob("*") if house not in (path, *path.parents)}
    assert outside - before == {tmp_path / "a", tmp_path / "a" / "b"}


def test_same_feed_gives_the_same_files(host: Host, tmp_path: Path) -> None:
    for name in ("eins", "zwei"):
        again(host, tmp_path / name)
    one, two = (
        {
            p.relative_to(tmp_path / name): p.read_bytes()
            for p in (tmp_path / name).rglob("*")
            if p.is_file() and p.name != Path(project.CATALOG).name  # it knows inodes
        }
        for name in ("eins", "zwei")
    )
    assert one == two


def test_file_that_is_one_page_of_a_feed_says_where_the_others_are(host: Host, tmp_path: Path) -> None:
    further = host.feed("podlove.xml").replace(".xml", "-2.xml")
    (tmp_path / "feed.xml").write_bytes(host.files["/podlove.xml"])
    done = again_from(tmp_path / "feed.xml", tmp_path / "haus")
    assert any("page of the feed" in str(note) and further in str(note) for note in done.podcast.notes)


def again_from(file: Path, folder: Path) -> workflow.MovedIn:
    return workflow.move_in(str(file), folder, private=True)
